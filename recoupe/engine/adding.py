"""Adding: what somebody gives by hand (an address, a file, a text) into a store, and into the story it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from recoupe.engine.collect import Collected, OnProblem, take
from recoupe.engine.correcting import correct
from recoupe.engine.gather import gather
from recoupe.errors import StoreError
from recoupe.loading import load
from recoupe.records import Problem, Report
from recoupe.records.correction import SameStory
from recoupe.settings import Settings
from recoupe.store import Store, open_store

if TYPE_CHECKING:
    from recoupe.loading.fetching import Fetcher

ADDED = "added"
"""What stands for the address of what was given by hand: `added#name`."""
_PROBLEMS = 100
"""Problems of one thing that are told; a feed may have more than anybody reads."""


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that is added: an `address` of the web, a file at a `path`, or a `text`; `name` is what it is called.

    `url`, `outlet`, `title` and `published` are what somebody says of a text, as in a Report.
    """

    name: str
    address: str | None = None
    path: str | None = None
    text: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What came of one thing: how many articles were new, changed and known, their ids, and the problems."""

    new: int = 0
    changed: int = 0
    known: int = 0
    articles: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def add_one(task: tuple[str, Given, Settings]) -> Added:
    """Keep what one thing holds, in the store at an address. Plain data in and out, for a worker.

    An address is fetched once, and becomes no source: `recoupe collect` and `recoupe watch` make sources.
    """
    where, given, settings = task
    problems: list[Problem] = []
    with open_store(where) as store:
        if given.address is not None:
            fetched = load([given.address], settings, problems.append, fetcher=_fetcher(settings))
            found = take(store, ADDED, fetched, settings, problems.append)
        else:
            found = take(store, ADDED, _reports(given, settings, problems.append), settings, problems.append)
    return _told(found, problems)


@cache
def _fetcher(settings: Settings) -> Fetcher:
    """One for all that this process fetches, so that it takes turns at each host."""
    from recoupe.loading.fetching import Fetcher

    return Fetcher(settings)


@dataclass(frozen=True, slots=True)
class Home:
    """Where articles are to go: into the story they belong to, with `story` into that one, or `together` into one."""

    story: str | None = None
    together: bool = False


def put_together(task: tuple[str, tuple[str, ...], Home, Settings]) -> tuple[tuple[str, ...], list[Problem]]:
    """Put articles that were added into their stories; the ids of the stories that hold them, and what went wrong.

    Where the reports do not tell by themselves that they belong where they are to go, that is kept as a correction.
    """
    where, articles, to, settings = task
    problems: list[Problem] = []
    with open_store(where) as store:
        waiting = set(store.loose()) & set(articles)
        gather(store, waiting, settings, problems.append)
        if to.story is not None:
            _keep_with(store, articles, store.story(to.story).articles, settings, problems.append)
        elif to.together and len(articles) > 1:
            _keep_with(store, articles[1:], articles[:1], settings, problems.append)
        homes = {version.story for version in store.current(list(articles))}
    return tuple(sorted(home for home in homes if home)), problems


def _keep_with(
    store: Store, articles: Sequence[str], others: Sequence[str], settings: Settings, on_problem: OnProblem
) -> None:
    """Say that articles tell the story of others, where they are not in it anyway. Raises StoreError for none."""
    if not others:
        raise StoreError("the story has no article any more.")
    homes = {version.id: version.story for version in store.current([*articles, others[0]])}
    apart = [name for name in articles if name in homes and homes[name] != homes[others[0]]]
    if apart:
        addresses = store.addresses([*apart, others[0]])
        row = SameStory(articles=tuple(addresses[name] for name in apart), others=(addresses[others[0]],), same=True)
        correct(store, row, settings, on_problem)


def _reports(given: Given, settings: Settings, on_problem: OnProblem) -> Iterator[Report]:
    """The reports of a file or a text, under the name that somebody gave it in place of where it lay."""
    name = f"{ADDED}#{given.name}"
    if given.text is not None:
        yield Report(name, "text", given.text, url=given.url, outlet=given.outlet, published=given.published,
                     title=given.title)  # fmt: skip
    elif given.path is not None:
        path = given.path

        def told(problem: Problem) -> None:
            message = problem.message.replace(path, given.name)
            on_problem(Problem(problem.report.replace(path, given.name), problem.step, message))

        for report in load([path], replace(settings, follow=False), told):
            yield replace(report, address=report.address.replace(path, name))


def _told(found: Collected, problems: Sequence[Problem]) -> Added:
    return Added(
        found.new, found.changed, found.known, tuple(sorted(found.all)),
        tuple(replace(problem, message=problem.message[:500]) for problem in problems[:_PROBLEMS]),
    )  # fmt: skip

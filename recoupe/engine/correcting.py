"""Correcting: corrections into a store, and the stories that they concern up to date at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from recoupe.correcting import identified
from recoupe.engine.collect import OnProblem
from recoupe.engine.gather import Gathering, gather
from recoupe.engine.made import made
from recoupe.engine.story_links import linked_to, story_links
from recoupe.engine.updating import Updating
from recoupe.engine.workers import Workers
from recoupe.errors import StoreError
from recoupe.records import Dossier
from recoupe.records.correction import Correction, SameStory, Undo, articles_of
from recoupe.records.kept import KeptStory
from recoupe.settings import Settings
from recoupe.store import Store, StoryUpdate
from recoupe.store.preparing import opened_dossier


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of correcting: the corrections that were new, as they are kept, and the stories that changed."""

    added: tuple[Correction, ...]
    stories: tuple[KeptStory, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a correction would make of a story: its dossier before and after; `after` is None where it falls apart.

    `moves` are, for a correction of stories, the groups of articles that there would be.
    """

    correction: Correction
    before: Dossier | None
    after: Dossier | None
    moves: tuple[tuple[str, ...], ...] = ()


def correct(
    store: Store,
    correction: Correction,
    settings: Settings | None = None,
    on_problem: OnProblem | None = None,
    *,
    workers: Workers | None = None,
) -> Corrected:
    """Keep a correction, and bring the stories concerned up to date. The same again changes nothing."""
    return take_in(store, [correction], settings, on_problem, workers=workers)


def undo(
    store: Store,
    correction: str,
    author: str = "",
    note: str = "",
    settings: Settings | None = None,
    on_problem: OnProblem | None = None,
    *,
    workers: Workers | None = None,
) -> Corrected:
    """Take back the correction, or the undoing, whose id is this or begins so. Raises StoreError for none or several.

    What was taken back already changes nothing.
    """
    known = [c for c in store.corrections() if correction and c.id.startswith(correction)]
    exact = [c for c in known if c.id == correction] or known
    if len(exact) != 1:
        what = "several corrections begin so" if exact else "there is no such correction"
        raise StoreError(f"{correction!r}: {what}; 'recoupe corrections' lists them.")
    if exact[0].undone_by is not None:
        return Corrected((), ())
    row = Undo(of=exact[0].id, author=author, note=note)
    return take_in(store, [row], settings, on_problem, workers=workers)


def take_in(
    store: Store,
    corrections: Sequence[Correction],
    settings: Settings | None = None,
    on_problem: OnProblem | None = None,
    *,
    workers: Workers | None = None,
) -> Corrected:
    """Keep corrections and undoings, those that are not there yet, and bring the stories concerned up to date."""
    settings, workers = settings or Settings(), workers or Workers(0)
    added = store.correct(corrections)
    stories: dict[str, KeptStory] = {}
    if added:
        work = _Work(store, settings, on_problem, workers)
        for story in work.stories(added):
            stories[story.id] = story
    return Corrected(tuple(added), tuple(stories.values()))


def preview(store: Store, story: str, correction: Correction, settings: Settings | None = None) -> Preview:
    """What a correction would make of a story, without keeping it. Raises StoreError where there is no such story."""
    one = identified(correction if correction.when else replace(correction, when=_stamp()))
    kept = store.story(story)
    last = store.dossiers(kept.id, last=True) if kept.dossiers else []
    before = last[-1].dossier if last else None
    work = _Work(store, settings or Settings(), None, Workers(0))
    if isinstance(one, SameStory):
        _, groups = work.groups(work.concerned([one]), [one])
        return Preview(one, before, None, tuple(tuple(group) for group in groups))
    update = work.updating.update(kept.id, list(work.updating.members(kept.articles).values()), extra=[one])
    return Preview(one, before, opened_dossier(update.dossier) if update.dossier else None)


def _stamp() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


class _Work:
    """The stories that corrections concern, brought up to date."""

    def __init__(self, store: Store, settings: Settings, on_problem: OnProblem | None, workers: Workers) -> None:
        self._store, self._settings, self._on_problem, self._workers = store, settings, on_problem, workers
        self.updating = Updating(store, settings, on_problem, workers)

    def stories(self, added: Sequence[Correction]) -> list[KeptStory]:
        """The stories that changed."""
        touched = self.concerned(added)
        homes = {v.id: v.story for v in self._store.current(sorted(touched))}
        if any(isinstance(c, Undo) and self._of_stories(c) for c in added) or None in homes.values():
            return gather(self._store, touched, self._settings, self._on_problem, workers=self._workers)
        if any(isinstance(c, SameStory) for c in added):
            return self._regrouped(touched)
        return self._rewritten(sorted({home for home in homes.values() if home}))

    def concerned(self, rows: Iterable[Correction]) -> set[str]:
        """The ids of the articles that corrections speak of, or undoings through what they take back."""
        log: dict[str, Correction] | None = None
        addresses: set[str] = set()
        for row in rows:
            if isinstance(row, Undo):
                log = log if log is not None else {c.id: c for c in self._store.corrections()}
                addresses |= set(articles_of(_origin(row, log)))
            else:
                addresses |= set(articles_of(row))
        return set(self._store.articles_at(addresses).values())

    def _of_stories(self, row: Undo) -> bool:
        return isinstance(_origin(row, {c.id: c for c in self._store.corrections()}), SameStory)

    def _rewritten(self, names: Sequence[str]) -> list[KeptStory]:
        """Stories with the articles that they have, and new dossiers."""
        updates = []
        for name in names:
            members = self.updating.members(self._store.story(name).articles)
            if members and (update := self.updating.update(name, list(members.values()))):
                updates.append(update)
        return self._store.update(updates)

    def groups(
        self, touched: set[str], extra: Sequence[Correction] = ()
    ) -> tuple[dict[str, str | None], list[list[str]]]:
        """The stories of articles as they are kept to now: where each article was, and the groups that there are."""
        links = story_links(self._store, extra)
        found = {v.id: v.story for v in self._store.current(sorted(touched | linked_to(touched, links)))}
        while stories := {s for s in found.values() if s} - {None}:
            rest = {i for s in stories for i in self._store.story(s).articles} - found.keys()
            rest |= linked_to(found.keys() | rest, links) - found.keys()
            if not rest:
                break
            found |= {v.id: v.story for v in self._store.current(sorted(rest))}
        groups: dict[str, list[str]] = {}
        for name in sorted(found):
            groups.setdefault(found[name] or name, []).append(name)
        return found, links.kept(groups.values())

    def _regrouped(self, touched: set[str]) -> list[KeptStory]:
        """Stories as corrections have them, without asking again which articles are alike."""
        had, groups = self.groups(touched)
        updates = []
        kept = Gathering(self._store, self._settings, self._on_problem, self._workers).named(groups, had)
        versions = self.updating.members(sorted(had))
        for name, members in kept:
            here = [versions[i] for i in members if i in versions]
            if here and (update := self.updating.update(name, here)):
                updates.append(update)
        for name in sorted({s for s in had.values() if s} - {name for name, _ in kept}):
            updates.append(StoryUpdate(name, (), self._store.story(name).title, made([], self._settings)))
        return self._store.update(updates)


def _origin(row: Correction, log: dict[str, Correction]) -> Correction:
    """What an undoing, perhaps of an undoing, is about."""
    seen = set()
    while isinstance(row, Undo) and row.of in log and row.of not in seen:
        seen.add(row.of)
        row = log[row.of]
    return row

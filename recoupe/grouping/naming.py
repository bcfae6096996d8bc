"""Naming: a story keeps its id as long as most of it stays together. One rule, for piles, streams and stores."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from recoupe.grouping.traits import Traits

_Report = TypeVar("_Report", bound=Hashable)
_LATE = 10**9  # where a report without a day stands among others


@dataclass(frozen=True, slots=True)
class Changes:
    """What a settling has done to stories, by their ids: `merged` and `split` map the old to the new ones."""

    opened: tuple[str, ...] = ()
    grown: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    split: tuple[tuple[str, tuple[str, ...]], ...] = ()


def changes(old: Mapping[_Report, str], new: Mapping[_Report, str]) -> Changes:
    """What became of stories, from the story of each report before and now; a report that had none is not in `old`."""
    before: defaultdict[str, set[str]] = defaultdict(set)
    after: defaultdict[str, set[str]] = defaultdict(set)
    for report, name in new.items():
        was = old.get(report, "")
        before[name].add(was)
        if was:
            after[was].add(name)
    return Changes(
        opened=tuple(sorted(name for name, olds in before.items() if name not in after and olds == {""})),
        grown=tuple(sorted(name for name, olds in before.items() if name in olds and "" in olds)),
        merged=tuple(
            sorted((name, next(iter(news))) for name, news in after.items() if len(news) == 1 and name not in news)
        ),
        split=tuple(sorted((name, tuple(sorted(news))) for name, news in after.items() if len(news) > 1)),
    )


def named(
    groups: Sequence[Sequence[_Report]],
    had: Mapping[_Report, str | None],
    fresh: Callable[[Sequence[_Report], Collection[str]], str],
) -> list[str]:
    """The ids of groups: of the stories that their reports had, each goes to the group that has most of it.

    Each group gets one; of equal claims the alphabet decides. A group that gets none is named by `fresh`, which is told
    the ids that are given away.
    """
    claims = [
        (-count, name, k)
        for k, members in enumerate(groups)
        for name, count in Counter(had.get(i) for i in members).items()
        if name
    ]
    names: dict[int, str] = {}
    given: set[str] = set()
    for _, name, k in sorted(claims):
        if k not in names and name not in given:
            names[k] = name
            given.add(name)
    for k, members in enumerate(groups):
        if k not in names:
            names[k] = fresh(members, given)
            given.add(names[k])
    return [names[k] for k in range(len(groups))]


def fresh_id(reports: Sequence[Traits], is_taken: Callable[[str], bool]) -> str:
    """The id of a new story, made of its first report's text, so that it is the same where it is found again."""
    name = f"s{min(reports, key=place).mark:016x}"
    while is_taken(name):
        name += "x"
    return name


def place(report: Traits) -> tuple[int, int]:
    """Where a report stands among others: by day, those without one last, and by its text."""
    return (report.first if report.first is not None else _LATE, report.mark)

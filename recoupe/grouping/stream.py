"""Stream: stories that go on. Reports join, open, merge and split them, and a story keeps its id.

What has been put together is settled by grouping all reports of the last days anew, so that it does not matter in which
order those of a day came; until then a report that joins is held against those that were there at the last settling.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recoupe.grouping.candidates import Candidates
from recoupe.grouping.events import grouped
from recoupe.grouping.space import Space
from recoupe.grouping.traits import Traits

WINDOW = 30  # days before the last report that are grouped anew
_SEEN = 20  # reports of a story that one that joins is held against at least, in a large one


@dataclass(frozen=True, slots=True)
class Changes:
    """What a settling has done to stories, by their ids: `merged` and `split` map the old to the new ones."""

    opened: tuple[str, ...] = ()
    grown: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    split: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Stream:
    """Reports with the stories that they are in; `stories[i]` is the id of that of `reports[i]`."""

    def __init__(self) -> None:
        self.reports: list[Traits] = []
        self.stories: list[str] = []
        self._taken: set[str] = set()
        self._space: Space | None = None
        self._candidates: Candidates | None = None
        self._order: list[int] = []
        self._sizes: Counter[str] = Counter()

    @classmethod
    def of(cls, reports: Sequence[Traits], groups: Iterable[Sequence[int]]) -> Stream:
        """A stream that goes on from stories that are known, given as indices of their reports."""
        stream = cls()
        stream.reports, stream.stories = list(reports), [""] * len(reports)
        for members in groups:
            name = stream._new(members)
            for i in members:
                stream.stories[i] = name
        stream._index()
        return stream

    def join(self, report: Traits) -> str:
        """Put one report into the story that it is likeliest of, or open one; the id of that."""
        name = self._likeliest(report)
        self.reports.append(report)
        self.stories.append(name or "")
        if name is None:
            name = self.stories[-1] = self._new([len(self.reports) - 1])
        self._sizes[name] += 1
        return name

    def add(self, reports: Iterable[Traits]) -> Changes:
        """Take reports, and settle."""
        before = len(self.reports)
        self.reports += reports
        self.stories += [""] * (len(self.reports) - before)
        return self.settle()

    def settle(self) -> Changes:
        """Group the reports of the last days anew. Stories keep the id under which most of their reports were."""
        last = max((r.first for r in self.reports if r.first is not None), default=0)
        recent = [i for i, r in enumerate(self.reports) if r.first is None or r.first >= last - WINDOW]
        old = {i: self.stories[i] for i in recent}
        groups = [[recent[k] for k in members] for members in grouped([self.reports[i] for i in recent])]
        for members, name in zip(groups, self._named(groups, old)):
            for i in members:
                self.stories[i] = name
        self._index()
        return _changes(old, {i: self.stories[i] for i in recent})

    def _named(self, groups: Sequence[Sequence[int]], old: dict[int, str]) -> list[str]:
        """The ids of groups: of the old stories each goes to the group that has most of it, each group gets one."""
        shared = [
            (-n, name, k)
            for k, members in enumerate(groups)
            for name, n in Counter(old[i] for i in members if old[i]).items()
        ]
        names: dict[int, str] = {}
        given: set[str] = set()
        for _, name, k in sorted(shared):
            if k not in names and name not in given:
                names[k] = name
                given.add(name)
        return [names[k] if k in names else self._new(members) for k, members in enumerate(groups)]

    def _new(self, members: Sequence[int]) -> str:
        """An id that no story has had, made of the text of the earliest report."""
        first = min((self.reports[i] for i in members), key=lambda r: (r.first or 10**9, r.mark))
        name = f"s{first.mark:016x}"
        while name in self._taken:
            name += "x"
        self._taken.add(name)
        return name

    def _index(self) -> None:
        self._order = sorted(range(len(self.reports)), key=lambda i: (self.reports[i].first or 10**9, i))
        self._space = Space([self.reports[i] for i in self._order])
        self._candidates = Candidates(self._space)
        self._sizes = Counter(self.stories)

    def _likeliest(self, report: Traits) -> str | None:
        if self._space is None or self._candidates is None:
            return None
        guest = self._space.guest(report)
        if guest is None:
            return None
        by = self._space.model
        others = self._candidates.of_guest(guest)
        found: dict[str, list[float]] = defaultdict(list)
        for place, value in zip(others.tolist(), self._space.likeness_of(guest, others).tolist()):
            found[self.stories[self._order[place]]].append(value - by.floor)
        best, most = None, by.threshold
        for name, values in sorted(found.items()):
            held = max(len(values), min(self._sizes[name], _SEEN))
            mean = sum(values) / held + by.floor
            if mean >= most:
                best, most = name, mean
        return best


def _changes(old: dict[int, str], new: dict[int, str]) -> Changes:
    before, after = defaultdict(set), defaultdict(set)
    for i, name in new.items():
        before[name].add(old[i])
        if old[i]:
            after[old[i]].add(name)
    opened = tuple(sorted(name for name, olds in before.items() if name not in after and olds == {""}))
    grown = tuple(sorted(name for name, olds in before.items() if name in olds and "" in olds))
    merged = tuple(
        sorted((name, next(iter(news))) for name, news in after.items() if len(news) == 1 and name not in news)
    )
    split = tuple(sorted((name, tuple(sorted(news))) for name, news in after.items() if len(news) > 1))
    return Changes(opened, grown, merged, split)

"""Stream: stories that go on. Reports join, open, merge and split them, and a story keeps its id.

What has been put together is settled by grouping all reports of the days around what is new once more, so that it does
not matter in which order those of a day came; until then a report that joins is held against those that were there at
the last settling.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Sequence

from recoupe.grouping.candidates import Candidates
from recoupe.grouping.events import grouped
from recoupe.grouping.mentions import likeliest
from recoupe.grouping.naming import Changes, changes, fresh_id, named
from recoupe.grouping.space import Space
from recoupe.grouping.traits import Traits

WINDOW = 30  # days before and after a new report that are grouped once more

__all__ = ["WINDOW", "Changes", "Stream", "near", "regrouped", "spans_around"]


def near(days: Sequence[int | None], fresh: Sequence[int | None]) -> list[int]:
    """The places of those of `days` (ordinals) that lie within WINDOW of one of `fresh`; and of those that are None.

    A fresh report without a day is taken to have come on the last one.
    """
    if None in fresh:
        fresh = [*fresh, max((day for day in days if day is not None), default=None)]
    spans = spans_around(day for day in fresh if day is not None)
    return [i for i, day in enumerate(days) if day is None or any(first <= day <= last for first, last in spans)]


def spans_around(days: Iterable[int]) -> list[tuple[int, int]]:
    """The spans of days (ordinals, ends included) within WINDOW of some, in order, without overlap."""
    spans: list[tuple[int, int]] = []
    for day in sorted(set(days)):
        first = day - WINDOW
        if spans and first <= spans[-1][1] + 1:
            first = spans.pop()[0]
        spans.append((first, day + WINDOW))
    return spans


def regrouped(
    reports: Sequence[Traits],
    had: Sequence[str | None],
    is_taken: Callable[[str], bool] = lambda name: False,
    beside: Sequence[Traits] = (),
) -> list[str]:
    """The ids of the stories of reports, grouped once more, from those that they had (none: None or "").

    `is_taken` tells whether a story beside these has an id; `beside` are reports that show what chance gives.
    """
    return renamed(grouped(reports, beside), reports, had, is_taken)


def renamed(
    groups: Sequence[Sequence[int]],
    reports: Sequence[Traits],
    had: Sequence[str | None],
    is_taken: Callable[[str], bool],
) -> list[str]:
    """The ids of the stories of reports that have been grouped, from those that they had."""

    def fresh(members: Sequence[int], given: Collection[str]) -> str:
        return fresh_id([reports[i] for i in members], lambda name: name in given or is_taken(name))

    found = [""] * len(reports)
    for members, name in zip(groups, named(groups, dict(enumerate(had)), fresh)):
        for i in members:
            found[i] = name
    return found


class Stream:
    """Reports with the stories that they are in; `stories[i]` is the id of that of `reports[i]`, "" for none yet."""

    def __init__(self) -> None:
        self.reports: list[Traits] = []
        self.stories: list[str] = []
        self._settled = 0  # reports that were there at the last settling
        self._space: Space | None = None
        self._candidates: Candidates | None = None
        self._order: list[int] = []
        self._sizes: Counter[str] = Counter()

    @classmethod
    def of(cls, reports: Sequence[Traits], groups: Iterable[Sequence[int]]) -> Stream:
        """A stream that goes on from stories that are known, given as indices of their reports."""
        stream = cls.going_on(reports, [""] * len(reports))
        taken: set[str] = set()
        for members in groups:
            name = stream._fresh(members, taken)
            taken.add(name)
            for i in members:
                stream.stories[i] = name
        stream._index()
        return stream

    @classmethod
    def going_on(cls, reports: Sequence[Traits], stories: Sequence[str]) -> Stream:
        """A stream that goes on from stories that are known by the ids that their reports have."""
        stream = cls()
        stream.reports, stream.stories, stream._settled = list(reports), list(stories), len(reports)
        return stream

    def join(self, report: Traits) -> str:
        """Put one report into the story that it is likeliest of, or open one; the id of that.

        The first one after a settling takes longer, for what is there is looked through once.
        """
        if self._space is None and self._settled:
            self._index()
        name = self._likeliest(report)
        self.reports.append(report)
        self.stories.append(name or "")
        if name is None:
            name = self.stories[-1] = self._fresh([len(self.reports) - 1], self._sizes)
        self._sizes[name] += 1
        return name

    def add(self, reports: Iterable[Traits]) -> Changes:
        """Take reports, and settle."""
        before = len(self.reports)
        self.reports += reports
        self.stories += [""] * (len(self.reports) - before)
        return self.settle()

    def settle(self) -> Changes:
        """Group the reports of the days around what is new once more; without any, those of the last days.

        Stories keep the id under which most of their reports were.
        """
        days = [report.first for report in self.reports]
        last = max((day for day in days if day is not None), default=None)
        recent = near(days, days[self._settled :] or [last])
        return self._regroup(recent)

    def _regroup(self, some: Sequence[int]) -> Changes:
        """Group some reports once more, without regard to the stories that they are in but for their ids."""
        old = {i: self.stories[i] for i in some}
        others = {name for i, name in enumerate(self.stories) if i not in old}
        found = regrouped([self.reports[i] for i in some], list(old.values()), others.__contains__)
        for i, name in zip(some, found):
            self.stories[i] = name
        self._settled = len(self.reports)
        self._space = self._candidates = None
        return changes(old, dict(zip(some, found)))

    def _fresh(self, members: Sequence[int], taken: Container[str]) -> str:
        """An id that no story has, made of the text of the earliest report."""
        return fresh_id([self.reports[i] for i in members], taken.__contains__)

    def _index(self) -> None:
        single = (i for i, report in enumerate(self.reports) if not report.several)
        self._order = sorted(single, key=lambda i: (self.reports[i].first or 10**9, i))
        if self._order:
            self._space = Space([self.reports[i] for i in self._order])
            self._candidates = Candidates(self._space)
        self._sizes = Counter(self.stories)

    def _likeliest(self, report: Traits) -> str | None:
        if self._space is None or self._candidates is None or report.several:
            return None
        return likeliest(
            [report], self._space, self._candidates, lambda at: self.stories[self._order[at]], self._sizes.__getitem__
        )[0]

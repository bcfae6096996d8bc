"""Linking: pairs with their likeness -> groups, the likest first, by the mean likeness of all pairs of two groups."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from recoupe.grouping.background import Model

    Numbers = NDArray[Any]

_SEEN = 20  # reports of the larger group that each of the smaller has been held against, where not all pairs were


class Linking:
    """Groups of reports in the making; a pair that is not given is as unlike as the model knows.

    `limited`: each report was held against its likeliest candidates only, so that in large groups most pairs are not
    known; then a mean over as many pairs as could be known stands for that over all.
    """

    def __init__(self, number: int, by: Model, limited: bool = False) -> None:
        self._by, self._limited = by, limited
        self._members: list[list[int]] = [[i] for i in range(number)]
        self._links: list[dict[int, list[float]]] = [{} for _ in range(number)]
        self._age = [0] * number
        self._heap: list[tuple[float, int, int, int, int]] = []

    def add(self, one: int, others: Numbers, likeness: Numbers) -> None:
        """Tell how alike a report and others are."""
        floor = self._by.floor
        mine = self._links[one]
        for other, value in zip(others.tolist(), likeness.tolist()):
            mine[other] = self._links[other][one] = [value - floor, 1]

    def groups(self) -> list[list[int]]:
        """Join what is alike until nothing is alike enough; groups in the order of their first members."""
        enough = self._by.threshold - self._by.floor
        for one, links in enumerate(self._links):
            for other, link in links.items():
                if other < one and link[0] >= enough:
                    self._heap.append((-link[0], other, one, 0, 0))
        heapq.heapify(self._heap)
        while self._heap:
            _, a, b, age_a, age_b = heapq.heappop(self._heap)
            if self._age[a] == age_a and self._age[b] == age_b:
                self._join(a, b)
        return sorted(sorted(m) for m in self._members if m)

    def _join(self, a: int, b: int) -> None:
        """Let one group swallow the other, the one with fewer links."""
        if len(self._links[a]) < len(self._links[b]):
            a, b = b, a
        mine, theirs = self._links[a], self._links[b]
        for other, link in theirs.items():
            back = self._links[other]
            del back[b]
            if other == a:
                continue
            known = mine.get(other)
            if known is None:
                mine[other] = back[a] = link
            else:
                known[0] += link[0]
                known[1] += link[1]
        self._links[b] = {}
        self._members[a] += self._members[b]
        self._members[b] = []
        self._age[a] += 1
        self._age[b] += 1
        self._weigh(a)

    def _weigh(self, a: int) -> None:
        """Work out anew how alike a group is to those that it has links with."""
        size, enough = len(self._members[a]), self._by.threshold - self._by.floor
        age = self._age[a]
        for other, (total, known) in self._links[a].items():
            if total < enough:
                continue
            its = len(self._members[other])
            pairs = size * its
            held: float = pairs
            if self._limited:
                held = min(pairs, max(_SEEN * min(size, its), known))
            if total >= enough * held:  # else not even without what its size takes
                mean = total / held - self._by.size * math.log(pairs)
                if mean >= enough:
                    entry = (-mean, a, other, age, self._age[other])
                    heapq.heappush(self._heap, entry if a < other else (-mean, other, a, entry[4], age))


def linked(
    number: int, pairs: Iterable[tuple[int, Numbers, Numbers]], by: Model, limited: bool = False
) -> list[list[int]]:
    """The groups of so many reports, given for reports the others that they are like."""
    linking = Linking(number, by, limited)
    for one, others, likeness in pairs:
        linking.add(one, others, likeness)
    return linking.groups()

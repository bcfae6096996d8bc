"""Linking: pairs with their likeness -> groups, the likest first, by the mean likeness of all pairs of two groups."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence
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
        for one, links in enumerate(self._links):
            for other, link in links.items():
                if other < one:
                    self._push(other, one, link)
        heapq.heapify(self._heap)
        while self._heap:
            _, a, b, age_a, age_b = heapq.heappop(self._heap)
            if self._age[a] == age_a and self._age[b] == age_b:
                self._join(a, b)
        return sorted(sorted(m) for m in self._members if m)

    def _mean(self, a: int, b: int, link: Sequence[float]) -> float:
        one, other = len(self._members[a]), len(self._members[b])
        pairs = one * other
        held = min(pairs, max(_SEEN * min(one, other), link[1])) if self._limited else pairs
        return link[0] / held + self._by.floor - self._by.size * math.log(pairs)

    def _push(self, a: int, b: int, link: Sequence[float], sift: bool = False) -> None:
        mean = self._mean(a, b, link)
        if mean >= self._by.threshold:
            if a > b:
                a, b = b, a
            entry = (-mean, a, b, self._age[a], self._age[b])
            if sift:
                heapq.heappush(self._heap, entry)
            else:
                self._heap.append(entry)

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
        for other, link in mine.items():
            self._push(a, other, link, sift=True)


def linked(
    number: int, pairs: Iterable[tuple[int, Numbers, Numbers]], by: Model, limited: bool = False
) -> list[list[int]]:
    """The groups of so many reports, given for reports the others that they are like."""
    linking = Linking(number, by, limited)
    for one, others, likeness in pairs:
        linking.add(one, others, likeness)
    return linking.groups()

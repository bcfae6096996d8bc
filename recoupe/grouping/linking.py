"""Linking: pairs with their likeness -> groups, the likest first, by the mean likeness of all pairs of two groups.

What is joined at a level of likeness is connected by pairs of groups that are so alike. So the levels are gone through
from the top, and at each what is connected there is taken for itself: as a table of all its pairs, or, where that were
too large, as links of those that are known.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from recoupe.grouping.background import Model

    Numbers = NDArray[Any]

_LEVELS = (8.0, 5.0, 3.0, 1.5, 0.0)  # of likeness above the model's threshold
_TABLE = 1500  # groups up to which all pairs of what is connected stand in a table
_SEEN = 20  # reports of the larger group that each of the smaller has been held against, where not all pairs were


def linked(
    number: int, pairs: Iterable[tuple[Numbers, Numbers, Numbers]], by: Model, limited: bool = False
) -> list[list[int]]:
    """The groups of so many reports, in the order of their first members. `pairs`: columns of two reports, likeness.

    A pair that is not given is as unlike as the model knows. `limited`: each report was held against its likeliest
    candidates only, so that in large groups most pairs are not known; then a mean over as many pairs as could be known
    stands for that over all.
    """
    import numpy as np

    columns = [np.concatenate(parts) for parts in zip(*pairs)]
    if not columns:
        return [[i] for i in range(number)]
    links = _Columns(columns[0], columns[1], columns[2] - by.floor, np.ones(len(columns[0])), np.ones(number))
    group = np.arange(number)
    for above in _LEVELS:
        rule = _Rule(by.threshold - by.floor + above, by.size, limited)
        number = 0
        # where not all pairs are known, what is joined may be more like a third group than either was
        while number != len(links.sizes):
            number = len(links.sizes)
            fresh = _joined(links, rule)
            group = fresh[group]
            links = links.contracted(fresh)
    order = np.argsort(group, kind="stable")
    return sorted(g.tolist() for g in np.split(order, np.flatnonzero(np.diff(group[order])) + 1))


def _joined(links: _Columns, rule: _Rule) -> Numbers:
    """For each group the number of that which it is part of when what the rule lets join has been joined."""
    import numpy as np

    group = np.arange(len(links.sizes))
    for members, part in _connected(links, rule):
        for joined in (_Table if len(members) <= _TABLE else _Links)(part, rule).groups():
            group[members[joined]] = members[joined[0]]
    numbers: Numbers = np.unique(group, return_inverse=True)[1]
    return numbers


@dataclass(frozen=True, slots=True)
class _Rule:
    """From what mean likeness above the floor on two groups are joined, and what a mean is."""

    enough: float
    size: float
    limited: bool

    def means(self, totals: Numbers, known: Numbers, mine: Numbers, theirs: Numbers) -> Numbers:
        """The mean likeness of groups of these sizes, less what their size takes."""
        import numpy as np

        pairs = mine * theirs
        held = np.minimum(pairs, np.maximum(_SEEN * np.minimum(mine, theirs), known)) if self.limited else pairs
        means: Numbers = totals / held - self.size * np.log(pairs)
        return means


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Groups with their sizes, and links: two groups, the sum of likeness above the floor, how many pairs it is of."""

    ones: Numbers
    others: Numbers
    totals: Numbers
    known: Numbers
    sizes: Numbers

    def contracted(self, group: Numbers) -> _Columns:
        """The same between larger groups, given for each of the groups there are."""
        import numpy as np

        ones, others = group[self.ones], group[self.others]
        apart = ones != others
        ones, others = np.maximum(ones, others)[apart], np.minimum(ones, others)[apart]
        sizes = np.bincount(group, weights=self.sizes)
        if not len(ones):
            return _Columns(ones, others, self.totals[:0], self.known[:0], sizes)
        packed = ones.astype(np.int64) << 32 | others
        order = np.argsort(packed, kind="stable")
        packed = packed[order]
        begins = np.flatnonzero(np.concatenate(([True], packed[1:] != packed[:-1])))
        totals, known = (np.add.reduceat(column[apart][order], begins) for column in (self.totals, self.known))
        return _Columns(packed[begins] >> 32, packed[begins] & 0xFFFFFFFF, totals, known, sizes)


def _connected(links: _Columns, rule: _Rule) -> Iterator[tuple[Numbers, _Columns]]:
    """What links that are enough connect: groups, and the links among them, told by places in these."""
    import numpy as np

    ones, others, number = links.ones, links.others, len(links.sizes)
    enough = rule.means(links.totals, links.known, links.sizes[ones], links.sizes[others]) >= rule.enough
    label = _labelled(number, ones[enough], others[enough])
    inside = np.flatnonzero(label[ones] == label[others])
    inside = inside[np.argsort(label[ones[inside]], kind="stable")]
    order = np.argsort(label, kind="stable")
    place = np.empty(number, dtype=np.int64)
    place[order] = np.arange(number)
    labels, firsts = np.unique(label[ones[inside]], return_index=True)
    begins, sizes = np.searchsorted(label[order], labels).tolist(), np.bincount(label)[labels].tolist()
    for begin, size, (a, b) in zip(begins, sizes, pairwise([*firsts.tolist(), len(inside)])):
        members, its = order[begin : begin + size], inside[a:b]
        at = place[ones[its]] - begin, place[others[its]] - begin
        yield members, _Columns(*at, links.totals[its], links.known[its], links.sizes[members])


def _labelled(number: int, ones: Numbers, others: Numbers) -> Numbers:
    """For each report the first one that it is connected with."""
    import numpy as np

    label = np.arange(number)
    while True:
        least = np.minimum(label[ones], label[others])
        new = label.copy()
        for ends in (ones, others, label[ones], label[others]):
            np.minimum.at(new, ends, least)
        new = new[new]
        if np.array_equal(new, label):
            return label
        label = new


class _Table:
    """Groups in the making, with all their pairs."""

    def __init__(self, links: _Columns, rule: _Rule) -> None:
        import numpy as np

        number = len(links.sizes)
        self._rule, self._sizes = rule, links.sizes.copy()
        self._members = [[i] for i in range(number)]
        self._totals, self._known, self._means = (np.zeros((number, number)) for _ in range(3))
        ones, others = links.ones, links.others
        self._totals[ones, others] = self._totals[others, ones] = links.totals
        self._known[ones, others] = self._known[others, ones] = links.known
        means = rule.means(links.totals, links.known, links.sizes[ones], links.sizes[others])
        self._means[ones, others] = self._means[others, ones] = means
        self._nearest = self._means.argmax(1)
        self._best = self._means.max(1)  # of each row, or more: what falls is worked out anew when it is looked at

    def groups(self) -> list[list[int]]:
        """Join what is alike until nothing is alike enough."""
        best, nearest, means = self._best, self._nearest, self._means
        while True:
            a = int(best.argmax())
            b = int(nearest[a])
            if best[a] < self._rule.enough:
                return [m for m in self._members if m]
            if means[a, b] == best[a]:
                self._join(min(a, b), max(a, b))
            else:
                nearest[a] = means[a].argmax()
                best[a] = means[a, nearest[a]]

    def _join(self, a: int, b: int) -> None:
        """Let one group swallow another."""
        self._members[a] += self._members[b]
        self._members[b] = []
        self._sizes[a] += self._sizes[b]
        for table in (self._totals, self._known):
            table[a] += table[b]
            table[a, a] = 0.0
            table[:, a] = table[a]
            table[b] = table[:, b] = 0.0
        row = self._rule.means(self._totals[a], self._known[a], self._sizes[a], self._sizes)
        row[self._totals[a] == 0.0] = -math.inf
        self._means[a] = self._means[:, a] = row
        self._means[b] = self._means[:, b] = self._best[b] = -math.inf
        higher = row > self._best
        self._best[higher] = row[higher]
        self._nearest[higher] = a
        self._nearest[a] = row.argmax()
        self._best[a] = row[self._nearest[a]]


class _Links:
    """Groups in the making, with the pairs that are known alone."""

    def __init__(self, links: _Columns, rule: _Rule) -> None:
        number = len(links.sizes)
        self._rule, self._sizes = rule, links.sizes.tolist()
        self._members: list[list[int]] = [[i] for i in range(number)]
        self._links: list[dict[int, list[float]]] = [{} for _ in range(number)]
        self._age = [0] * number
        self._heap: list[tuple[float, int, int, int, int]] = []
        columns = (links.ones, links.others, links.totals, links.known)
        for one, other, total, known in zip(*(column.tolist() for column in columns)):
            self._links[one][other] = self._links[other][one] = [total, known]

    def groups(self) -> list[list[int]]:
        """Join what is alike until nothing is alike enough."""
        for one, links in enumerate(self._links):
            for other, (total, known) in links.items():
                mean = self._mean(one, other, total, known)
                if other < one and mean >= self._rule.enough:
                    self._heap.append((-mean, other, one, 0, 0))
        heapq.heapify(self._heap)
        while self._heap:
            _, a, b, age_a, age_b = heapq.heappop(self._heap)
            if self._age[a] == age_a and self._age[b] == age_b:
                self._join(a, b)
        return [m for m in self._members if m]

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
        self._sizes[a] += self._sizes[b]
        self._age[a] += 1
        self._age[b] += 1
        self._weigh(a)

    def _weigh(self, a: int) -> None:
        """Work out anew how alike a group is to those that it has links with."""
        age = self._age[a]
        for other, (total, known) in self._links[a].items():
            mean = self._mean(a, other, total, known)
            if mean >= self._rule.enough:
                entry = (-mean, a, other, age, self._age[other])
                heapq.heappush(self._heap, entry if a < other else (-mean, other, a, entry[4], age))

    def _mean(self, a: int, b: int, total: float, known: float) -> float:
        """As in the rule; minus infinity where it is clear that it is not enough."""
        if total < self._rule.enough:
            return -math.inf
        pairs = self._sizes[a] * self._sizes[b]
        held = min(pairs, max(_SEEN * min(self._sizes[a], self._sizes[b]), known)) if self._rule.limited else pairs
        return float(total / held - self._rule.size * math.log(pairs))

"""Scales: the affinities of many claims at once, each the same to the last bit as `affinity` gives it.

What two claims have around them in common is added up over an index of their terms, row by row. Every other sign is
worked out once for all claims in which it depends on the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from recoupe.comparing.affinity import (
    ASIDE,
    ENOUGH,
    FORBIDDEN,
    MUCH,
    PRIOR,
    SIGNS,
    UNTOLD,
    WITHOUT_IT,
    Sign,
    cosine,
    much,
    one_denies,
    same_place,
    twice_told,
)
from recoupe.comparing.items import Item
from recoupe.records import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


FEW = 64  # up to so many items are weighed two by two: to bring numpy takes longer


class Scales:
    """The affinities of items of one kind, row by row in an order of theirs.

    `reports` are those of the items in this order. Where no order is given, items with fewer terms come first: their
    terms are added up in their order, as `cosine` does.
    """

    def __init__(self, items: Sequence[Item], order: Sequence[int] | None = None) -> None:
        import numpy as np

        self.items = items
        self.order = order if order is not None else sorted(range(len(items)), key=lambda i: (len(items[i].terms), i))
        sorted_items = [items[i] for i in self.order]
        self._sorted = sorted_items
        self._at = np.array(self.order, dtype=np.int64)
        self._index = _Index(sorted_items)
        self._kind = items[0].claim.kind if items else Kind.COUNT
        self._places = np.array([item.place for item in sorted_items])
        self.reports = np.array([item.reading for item in sorted_items])
        self._tables = {n: _Table(sign, sorted_items) for n, sign in enumerate(SIGNS[self._kind]) if sign.by}
        self._aside = _Aside(sorted_items) if self._kind is Kind.STANCE else None

    def matrix(self) -> Array:
        """The affinity of every two, by their places in `items`; minus infinity where they exclude each other."""
        import numpy as np

        size = len(self.items)
        found = np.full((size, size), -np.inf)
        for p in range(size - 1):
            row = self.row(p, slice(p + 1, size))
            behind = self._at[p + 1 :]
            found[self._at[p], behind] = row
            found[behind, self._at[p]] = row
        return found

    def row(self, p: int, others: slice) -> Array:
        """The affinities of the item at `p` in `order` with those at `others`, all before or all behind it."""
        import numpy as np

        likeness, common = self._index.row(p, others)
        swapped = self._at[others] < self._at[p]
        total, twice_denied = np.zeros(len(swapped)), np.zeros(len(swapped), dtype=bool)
        for n, sign in enumerate(SIGNS[self._kind]):
            if sign.of is cosine:
                total += sign.weight * likeness
            elif sign.of is much:
                total += sign.weight * np.minimum(common / MUCH, 1.0)
            elif sign.of is same_place:
                total += sign.weight * (0.25 - np.abs(self._places[p] - self._places[others]))
            elif sign.of is twice_told:
                self._told_twice(p, others, total, sign.weight)
            else:
                found = self._tables[n].row(p, others, swapped)
                total += sign.weight * found
                if sign.of is one_denies:
                    twice_denied = found > 0.0
        excluded = total <= FORBIDDEN / 2
        if self._aside is not None:
            against = self._aside.row(p)[others] & ~twice_denied
            total[against & (PRIOR[self._kind] + total > 0.0)] -= ASIDE
        total = PRIOR[self._kind] + total
        total[excluded] = -np.inf
        return total

    def _told_twice(self, p: int, others: slice, total: Array, weight: float) -> None:
        """Add what speaks against two claims of one report."""
        import numpy as np

        for q in np.flatnonzero(self.reports[others] == self.reports[p]).tolist():
            a, b = sorted((p, others.start + q), key=self.order.__getitem__)
            total[q] += weight * twice_told(self._sorted[a], self._sorted[b])


class _Index:
    """The terms of items, each with those that have it; stems of two languages never meet."""

    def __init__(self, items: Sequence[Item]) -> None:
        import numpy as np

        ids: dict[str, int] = {}
        holders: list[list[int]] = []
        weights: list[list[float]] = []
        self._terms: list[list[tuple[int, int, float]]] = []
        for p, item in enumerate(items):
            row = []
            for key, weight in item.terms.items():
                n = ids.setdefault(f"{item.lang}:{key}" if key.startswith("s:") else key, len(ids))
                if n == len(holders):
                    holders.append([])
                    weights.append([])
                holders[n].append(p)
                weights[n].append(weight)
                row.append((n, len(holders[n]), weight))
            self._terms.append(row)
        self._holders = [np.array(h, dtype=np.int64) for h in holders]
        self._weights = [np.array(w) for w in weights]
        self._cut: tuple[int, dict[int, int]] = (-1, {})
        langs: dict[str, int] = {}
        self._langs = np.array([langs.setdefault(item.lang, len(langs)) for item in items])
        self._norms = np.array([item.norm for item in items])
        self._neutral = np.array([item.neutral for item in items])

    def row(self, p: int, others: slice) -> tuple[Array, Array]:
        """(cosine, what is in common) of an item and each of others, all before or all behind it."""
        import numpy as np

        size, behind = others.stop - others.start, others.start > p
        rows = [
            (n, slice(at, None) if behind else slice(self._until(n, others.stop)), w) for n, at, w in self._terms[p]
        ]
        found = [self._holders[n][where] for n, where, _ in rows]
        if not any(map(len, found)):
            return np.zeros(size), np.zeros(size)
        holders = np.concatenate(found) - others.start
        theirs = np.concatenate([self._weights[n][where] for n, where, _ in rows])
        mine = np.repeat([w for _, _, w in rows], [len(f) for f in found])
        dots = np.bincount(holders, mine * theirs, size)
        common = np.bincount(holders, np.minimum(mine, theirs), size)
        alike = self._langs[others] == self._langs[p]
        norms = np.where(alike, self._norms[p] * self._norms[others], self._neutral[p] * self._neutral[others])
        return np.divide(dots, norms, out=np.zeros(size), where=dots != 0.0), common

    def _until(self, key: int, stop: int) -> int:
        """How many of those that have a key stand before a place."""
        if stop != self._cut[0]:
            self._cut = (stop, {})
        known = self._cut[1].get(key)
        if known is None:
            known = self._cut[1][key] = int(self._holders[key].searchsorted(stop))
        return known


class _Table:
    """A sign for every two sorts of items, worked out when first asked for."""

    def __init__(self, sign: Sign, items: Sequence[Item]) -> None:
        import numpy as np

        assert sign.by is not None
        sorts: dict[Hashable, int] = {}
        self._sign = sign
        self._examples: list[Item] = []
        of = []
        for item in items:
            n = sorts.setdefault(sign.by(item), len(sorts))
            if n == len(self._examples):
                self._examples.append(item)
            of.append(n)
        self._of = np.array(of, dtype=np.int64)
        self._known = np.full((len(sorts), len(sorts)), np.nan)

    def row(self, p: int, others: slice, swapped: Array) -> Array:
        """The sign of an item with others; `swapped` are those that stand before it in the story."""
        import numpy as np

        mine, theirs = self._of[p], self._of[others]
        first, second = np.where(swapped, theirs, mine), np.where(swapped, mine, theirs)
        found: Array = self._known[first, second]
        unknown = np.isnan(found)
        if unknown.any():
            size = len(self._known)
            for code in np.unique(first[unknown] * size + second[unknown]).tolist():
                a, b = divmod(code, size)
                self._known[a, b] = self._sign.of(self._examples[a], self._examples[b])
            found = self._known[first, second]
        return found


class Alike:
    """Which of many sets have something in common."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        import numpy as np

        sorts: dict[frozenset[str], int] = {}
        self._of = np.array([sorts.setdefault(s, len(sorts)) for s in sets], dtype=np.int64)
        self._sorts = list(sorts)
        self._rows: dict[int, Array] = {}

    def row(self, p: int) -> Array:
        """Whether the set at `p` has something in common with each."""
        import numpy as np

        mine = int(self._of[p])
        if mine not in self._rows:
            self._rows[mine] = np.array([not self._sorts[mine].isdisjoint(s) for s in self._sorts])
        found: Array = self._rows[mine][self._of]
        return found


class _Aside:
    """Which stances deny something of which another does not speak: `misses` for whole rows."""

    def __init__(self, items: Sequence[Item]) -> None:
        import numpy as np

        self._langs = np.array([item.lang for item in items])
        self._blame = np.array([item.blame for item in items])
        holders: dict[str, list[int]] = defaultdict(list)
        for p, item in enumerate(items):
            for key in item.heavy:
                holders[key].append(p)
        self._holders = {key: np.array(found, dtype=np.int64) for key, found in holders.items()}
        denials = [p for p, item in enumerate(items) if str(item.value) != "asserted"]
        self._denials = np.array(denials, dtype=np.int64)
        self._number = {p: n for n, p in enumerate(denials)}
        self._missed = np.array([self._missing(items[p]) for p in denials], dtype=bool).reshape(-1, len(items))

    def row(self, p: int) -> Array:
        """Whether one of two denies what the other misses, for an item and each one."""
        import numpy as np

        found = np.zeros(len(self._langs), dtype=bool)
        if self._blame[p]:
            return found
        found[self._denials] = self._missed[:, p]
        if p in self._number:
            found |= self._missed[self._number[p]]
        return found

    def _missing(self, denial: Item) -> Array:
        """Which items miss what one denies."""
        import numpy as np

        size = len(self._langs)
        alike = self._langs == denial.lang
        met, weight, first = np.zeros(size, dtype=np.int64), np.zeros(size), np.zeros(size, dtype=bool)
        for key in denial.keys:
            found = self._holders.get(key, _NONE)
            if len(found) and key.startswith("s:"):
                found = found[alike[found]]
            if len(found):
                met[found] += 1
                weight[found] += denial.terms[key]
        for key in denial.denied:
            found = self._holders.get(key, _NONE)
            if len(found):
                first[found] = True
        whole, common = (sum(denial.terms[k] for k in keys) for keys in (denial.keys, denial.common))
        needed = np.where(first, ENOUGH, WITHOUT_IT) * np.where(alike, whole, common)
        missed: Array = (met == 0) | (weight < needed)
        if all(k.startswith("s:") for k in denial.denied):
            missed |= ~alike & (met < UNTOLD)
        return missed


_NONE: tuple[int, ...] = ()

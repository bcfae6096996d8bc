"""Candidates: the earlier reports that a report may tell one event with, found by the rarest traits they share.

Cost grows with the number of reports and not with that of their pairs: a report looks up its rarest traits, as many as
lead to so many others, and of a trait that many have it meets only those that are nearest to it in the order, which is
that of their days. A trait that is not among a report's rarest leads nowhere. What is like a report that it is like is
looked at too. Reports are taken some hundreds at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from recoupe.grouping.space import Space

    Numbers = NDArray[Any]

ALL = 300  # reports up to which every pair is looked at
KEPT = 32  # candidates of a report whose likeness is worked out
ACROSS = 8  # of these in other languages, where there are so many: reports of one language share more words
_MET = 1000  # reports that a report may meet by its traits, each as often as they share one
_NEAREST = 48  # reports with a trait that are met
_FRIENDS = 8  # reports that a report is likest, and whose own likest are looked at
_FRIEND = 0.0  # likeness from which on
_AT_ONCE = 512  # reports that are looked at together
_PAIRS_AT_ONCE = 32768  # pairs whose likeness is worked out together, about
Columns = tuple["Numbers", "Numbers", "Numbers"]  # of pairs: the two, the later ones first, and their likeness
Pairs = tuple["Numbers", "Numbers"]  # two columns of reports, the later ones first, ascending


class Candidates:
    """The reports of a space by their rarest traits."""

    def __init__(self, space: Space) -> None:
        import numpy as np

        self._space = space
        self._owner, self._ids = _rarest(space)
        packed = self._ids.astype(np.uint64) << np.uint64(32) | np.arange(len(self._ids), dtype=np.uint64)
        packed.sort()
        order = packed.astype(np.uint32)
        del packed
        self._holders = self._owner[order]
        self._places = np.empty(len(order), dtype=np.int64)  # of each trait of a report among the holders
        self._places[order] = np.arange(len(order))
        number = len(space.vectors.vocabulary)
        self._weight = space.vectors.rarity**2
        self._begins = np.concatenate(([0], np.cumsum(np.bincount(self._ids, minlength=number))))

    def between(self, a: int, b: int) -> Pairs:
        """For the reports [a, b) at most KEPT earlier ones each."""
        import numpy as np

        here = slice(*np.searchsorted(self._owner, (a, b)).tolist())
        owner = self._owner[here]
        return self._met(owner, self._ids[here], self._places[here], self._space.lang[owner])

    def of_guests(self, owner: Numbers, ids: Numbers, langs: Numbers) -> Pairs:
        """At most KEPT reports for each of some that are not of the space, the latest first where many share a trait.

        `owner`, ascending, and `ids`: whose traits they are, and which; `langs` the languages of all, by number.
        """
        import numpy as np

        order = np.lexsort((self._space.vectors.spread[ids], owner))
        owner, ids = owner[order], ids[order]
        ends = self._begins[ids + 1]
        sizes = np.minimum(ends - self._begins[ids], _NEAREST)
        before = np.cumsum(sizes) - sizes
        kept = before - before[np.searchsorted(owner, owner)] < _MET if len(owner) else owner > 0
        owner = owner[kept]
        return self._met(owner, ids[kept], ends[kept], langs[owner])

    def _met(self, owner: Numbers, ids: Numbers, ends: Numbers, langs: Numbers) -> Pairs:
        """The reports that stand before `ends` in the lists of those that have these traits, and share the rarest."""
        import numpy as np

        sizes = np.minimum(ends - self._begins[ids], _NEAREST)
        bounds = np.cumsum(sizes)
        if not len(bounds) or not bounds[-1]:
            return bounds[:0], bounds[:0]
        at = np.arange(bounds[-1]) + np.repeat(ends - bounds, sizes)
        others = self._holders[at]
        ones, others, found = _united(np.repeat(owner, sizes), others, np.repeat(self._weight[ids], sizes))
        across = self._space.lang[others] != langs[np.searchsorted(owner, ones)]
        kept = _foremost(ones, found, KEPT - ACROSS)
        kept[across] |= _foremost(ones[across], found[across], ACROSS)
        return ones[kept], others[kept]


def _rarest(space: Space) -> Pairs:
    """(reports, ascending; traits of each, the rarest first, as many as may lead to enough others)."""
    import numpy as np

    vectors = space.vectors
    owners, places = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int64)]
    for a, b in vectors.chunks():
        begin = int(vectors.starts[a])
        spread = vectors.spread[vectors.ids[begin : vectors.starts[b]]]
        shared = np.flatnonzero(spread > 1)
        if not len(shared):
            continue
        spread = spread[shared]
        owner = np.repeat(np.arange(b - a, dtype=np.uint64), np.diff(vectors.starts[a : b + 1]))[shared]
        # report, spread and place in one number of 11, 22 and 31 bits, to be sorted at once
        packed = owner << np.uint64(22) | np.minimum(spread, 2**22 - 1).astype(np.uint64)
        packed = packed << np.uint64(31) | shared.astype(np.uint64)
        packed.sort()
        owner = (packed >> np.uint64(53)).astype(np.int32)
        led = np.minimum((packed >> np.uint64(31)).astype(np.int64) & (2**22 - 1), _NEAREST)
        before = np.cumsum(led) - led
        kept = before - before[np.searchsorted(owner, owner)] < _MET
        owners.append(owner[kept] + np.int32(a))
        places.append((packed[kept] & np.uint64(2**31 - 1)).astype(np.int64) + begin)
    return np.concatenate(owners), vectors.ids[np.concatenate(places)]


def _united(ones: Numbers, others: Numbers, values: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The different pairs, ascending, with the sum of their values."""
    import numpy as np

    packed = ones.astype(np.int64) << 32 | others
    order = np.argsort(packed)
    packed = packed[order]
    begins = np.flatnonzero(np.concatenate(([True], packed[1:] != packed[:-1])))
    packed = packed[begins]
    return packed >> 32, packed & 0xFFFFFFFF, np.add.reduceat(values[order], begins)


def _foremost(ones: Numbers, values: Numbers, number: int) -> Numbers:
    """Which of pairs, ascending, have the highest values for each first report, so many at most."""
    import numpy as np

    kept = np.zeros(len(ones), dtype=bool)
    if not len(ones):
        return kept
    # report, how far the value lies under the highest, and place in one number, to be sorted at once
    under = (values.max() - values) * (2**21 / (np.ptp(values) + 1e-9))
    rows = (ones - ones[0]).astype(np.uint64)
    packed = rows << np.uint64(54) | under.astype(np.uint64) << np.uint64(32) | np.arange(len(ones), dtype=np.uint64)
    packed.sort()
    kept[packed[np.arange(len(ones)) - np.searchsorted(rows, rows) < number].astype(np.uint32)] = True
    return kept


def alike(space: Space, candidates: Candidates | None = None) -> Iterator[Columns]:
    """Pairs of reports, the later ones first, that are more alike than the model's floor, and how much; each once.

    `candidates` are those of the space where they are wanted for more; else they go when they are no longer needed.
    """
    import numpy as np

    if len(space) <= ALL:
        for a in range(0, len(space), _AT_ONCE):
            rows = np.arange(a, min(a + _AT_ONCE, len(space)))
            ones = np.repeat(rows, rows)
            yield from _more_than_floor(space, ones, np.arange(len(ones)) - np.searchsorted(ones, ones))
        return
    candidates = candidates or Candidates(space)
    met: list[Numbers] = []
    found: list[Columns] = []
    for a in range(0, len(space), _AT_ONCE):
        ones, others = candidates.between(a, min(a + _AT_ONCE, len(space)))
        met.append(ones << 32 | others)
        found += _more_than_floor(space, ones, others)
    yield from found
    del candidates
    friends = _friends(len(space), found)
    for a, known in zip(range(0, len(space), _AT_ONCE), met):
        rows = np.arange(a, min(a + _AT_ONCE, len(space)))
        yield from _more_than_floor(space, *_of_friends(rows, friends, known))


def _friends(number: int, found: list[Columns]) -> Numbers:
    """For each report those that it is likest, the likest first; -1 where there are fewer: (reports, _FRIENDS)."""
    import numpy as np

    friends = np.full((number, _FRIENDS), -1, dtype=np.int64)
    if not found:
        return friends
    ones, others, likeness = (np.concatenate(columns) for columns in zip(*found))
    near = likeness > _FRIEND
    ones, others = np.concatenate((ones[near], others[near])), np.concatenate((others[near], ones[near]))
    order = np.lexsort((others, -np.tile(likeness[near], 2), ones))
    ones, others = ones[order], others[order]
    rank = np.arange(len(ones)) - np.searchsorted(ones, ones)
    kept = rank < _FRIENDS
    friends[ones[kept], rank[kept]] = others[kept]
    return friends


def _of_friends(rows: Numbers, friends: Numbers, known: Numbers) -> Pairs:
    """For each report the likest of its likest, where they stand before it and are not known."""
    import numpy as np

    mine = friends[rows]
    theirs = np.where(mine[:, :, None] >= 0, friends[mine], -1).reshape(len(rows), -1)
    ones = np.repeat(rows, theirs.shape[1])
    others = theirs.ravel()
    fit = (others >= 0) & (others < ones)
    packed = np.unique(ones[fit] << 32 | others[fit])
    packed = packed[~np.isin(packed, known, assume_unique=True)]
    return packed >> 32, packed & 0xFFFFFFFF


def _more_than_floor(space: Space, ones: Numbers, others: Numbers) -> Iterator[Columns]:
    """Those pairs whose likeness is above the floor, with it, some thousands at once."""
    import numpy as np

    firsts = np.flatnonzero(np.concatenate(([True], ones[1:] != ones[:-1]))) if len(ones) else np.zeros(0, np.int64)
    cuts = firsts[np.searchsorted(firsts, np.arange(_PAIRS_AT_ONCE, len(ones), _PAIRS_AT_ONCE), "right") - 1]
    for some, its in zip(np.split(ones, cuts), np.split(others, cuts)):
        likeness = space.likenesses(some, its)
        kept = likeness > space.model.floor
        if kept.any():
            yield some[kept].astype(np.int32), its[kept].astype(np.int32), likeness[kept].astype(np.float32)

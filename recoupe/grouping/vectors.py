"""Vectors: the traits of many reports in flat arrays, weighed by rarity, and what two vectors share kind by kind.

Everything is worked out in stretches of reports, so that no step needs much more than the arrays that are kept: eight
bytes a trait.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from recoupe.grouping.background import Background
from recoupe.grouping.traits import KINDS, Traits, kinds_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

_CHUNK = 2048  # reports that are worked on at once


class Vectors:
    """Vectors of reports, by index of the sequence given.

    `vocabulary` holds the different keys, ascending, `spread` in how many reports each stands, `rarity` what it weighs.
    The traits of report i are `ids[starts[i]:starts[i + 1]]`, numbers of the vocabulary, ascending; `values` stand
    beside them, each kind of each report of length 1. `edges[i]` tells where in `ids` its kinds begin, and its end.
    """

    def __init__(self, reports: Sequence[Traits], known: Background) -> None:
        import numpy as np

        sizes = np.array([len(r.keys) for r in reports], dtype=np.int64)
        self.starts = np.concatenate(([0], np.cumsum(sizes)))
        self.vocabulary, self.ids = _numbered([r.keys for r in reports], int(self.starts[-1]))
        self.spread = np.bincount(self.ids, minlength=len(self.vocabulary))
        self.rarity = known.rarity(self.vocabulary, self.spread, len(reports))
        self.values = np.empty(len(self.ids), dtype=np.float32)
        self.edges = np.empty((len(reports), len(KINDS) + 1), dtype=np.int64)
        kinds = kinds_of(self.vocabulary).astype(np.int8)
        for a, b in self.chunks():
            self._weigh(reports, a, b, kinds)
        # one small view a report: to take a few of them together costs less than to cut them out each time
        cuts = self.starts.tolist()
        self._ids = [self.ids[a:b] for a, b in pairwise(cuts)]
        self._values = [self.values[a:b] for a, b in pairwise(cuts)]
        self._row = np.zeros(len(self.vocabulary), dtype=np.float32)
        self._room: tuple[Numbers, ...] = (np.zeros(0),)  # kept, so that it need not be found for each report

    def __len__(self) -> int:
        return len(self.starts) - 1

    def chunks(self) -> Iterator[tuple[int, int]]:
        """Stretches of reports [a, b)."""
        for a in range(0, len(self), _CHUNK):
            yield a, min(a + _CHUNK, len(self))

    def _weigh(self, reports: Sequence[Traits], a: int, b: int, kinds: Numbers) -> None:
        """Count times rarity, each kind of each report brought to length 1."""
        import numpy as np

        here = slice(self.starts[a], self.starts[b])
        ids = self.ids[here]
        sizes = np.diff(self.starts[a : b + 1])
        place = np.repeat(np.arange(b - a) * len(KINDS), sizes) + kinds[ids]
        number = np.bincount(place, minlength=(b - a) * len(KINDS)).reshape(b - a, len(KINDS))
        self.edges[a:b, 0] = self.starts[a:b]
        self.edges[a:b, 1:] = self.starts[a:b, None] + np.cumsum(number, 1)
        values = np.concatenate([r.counts for r in reports[a:b]]) * self.rarity[ids]
        lengths = np.sqrt(np.bincount(place, weights=values.astype(np.float64) ** 2, minlength=number.size))
        lengths[lengths == 0.0] = 1.0
        self.values[here] = values / lengths[place]

    # --- what vectors share

    def of(self, one: int) -> tuple[Numbers, Numbers]:
        """(ids, values) of a report."""
        return self._ids[one], self._values[one]

    def products(self, ids: Numbers, values: Numbers, others: Numbers) -> Numbers:
        """Sums of the products of what a vector shares with reports, for each kind: (others, kinds)."""
        import numpy as np

        edges = self.edges[others]
        size = int((edges[:, -1] - edges[:, 0]).sum())
        if len(self._room[0]) <= size:
            self._room = tuple(np.empty(2 * size + 1, dtype) for dtype in (np.int64, np.float32, np.float32))
        at, theirs, shared = self._room[0][:size], self._room[1][:size], self._room[2][: size + 1]
        some = others.tolist()
        np.concatenate([self._ids[i] for i in some], out=at, casting="same_kind")
        np.concatenate([self._values[i] for i in some], out=theirs)
        self._row[ids] = values
        self._row.take(at, out=shared[:-1], mode="clip")
        self._row[ids] = 0.0
        shared[:-1] *= theirs
        shared[-1] = 0.0
        return added_up(shared, edges)

    def with_centre(self, centre: Numbers) -> Numbers:
        """For each report and kind, the sum of the products of its vector with a vector over the whole vocabulary."""
        import numpy as np

        found = np.empty((len(self), len(KINDS)), dtype=np.float32)
        for a, b in self.chunks():
            here = slice(self.starts[a], self.starts[b])
            shared = np.zeros(self.starts[b] - self.starts[a] + 1, dtype=np.float32)
            np.multiply(centre.take(self.ids[here]), self.values[here], out=shared[:-1])
            found[a:b] = added_up(shared, self.edges[a:b])
        return found


def added_up(values: Numbers, edges: Numbers) -> Numbers:
    """Sums of `values`, which hold those of the rows of `edges` one after the other, and a zero: (rows, kinds)."""
    import numpy as np

    sizes = edges[:, 1:] - edges[:, :-1]
    begins = np.cumsum(sizes.ravel()) - sizes.ravel()
    sums: Numbers = np.add.reduceat(values, begins).reshape(sizes.shape)
    sums[sizes == 0] = 0.0
    return sums


def _numbered(keys: Sequence[Numbers], number: int) -> tuple[Numbers, Numbers]:
    """(the different keys, ascending; the number of each key among them, one report after the other)."""
    import numpy as np

    # key and place in one number: to sort those is several times faster than to sort places by their keys
    packed = np.empty(number, dtype=np.uint64)
    if number:
        np.concatenate(keys, out=packed, casting="same_kind")
    packed <<= np.uint64(32)
    packed |= np.arange(number, dtype=np.uint32)
    packed.sort()
    places = packed.astype(np.uint32)  # the lower half
    packed >>= np.uint64(32)
    fresh = np.ones(number, dtype=bool)
    np.not_equal(packed[1:], packed[:-1], out=fresh[1:])
    vocabulary = packed[fresh].astype(np.uint32)
    del packed
    ids = np.empty(number, dtype=np.int32)
    ids[places] = np.cumsum(fresh, dtype=np.int32) - np.int32(1)
    return vocabulary, ids

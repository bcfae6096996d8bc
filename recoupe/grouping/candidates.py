"""Candidates: the earlier reports that a report may tell one event with, found by the rarest traits they share.

Cost grows with the number of reports and not with that of their pairs: a report looks up its traits, the rarest first,
until it has met so many others, and of a trait that many share it meets only those that are nearest to it in the order,
which is that of their days. What is like a report that it is like is looked at too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from recoupe.grouping.space import Guest, Space

    Numbers = NDArray[Any]

ALL = 1500  # reports up to which every pair is looked at
KEPT = 24  # candidates of a report whose likeness is worked out
_MET = 1000  # reports that a report meets by its traits, each as often as they share one
_NEAREST = 48  # reports with a trait that are met
_FRIENDS = 8  # reports that a report is likest, and whose own likest are looked at
_FRIEND = 0.0  # likeness from which on
_AT_ONCE = 64  # reports whose likeness is worked out together


class Candidates:
    """The reports of a space by their traits."""

    def __init__(self, space: Space) -> None:
        import numpy as np

        self._space = space
        owner = np.repeat(np.arange(len(space), dtype=np.int32), np.diff(space.starts))
        order = np.argsort(space.ids, kind="stable")
        self._holders = owner[order]
        self._places = np.empty(len(order), dtype=np.int32)
        self._places[order] = np.arange(len(order), dtype=np.int32)
        self._begins = np.concatenate(([0], np.cumsum(space.spread)))

    def of(self, one: int) -> Numbers:
        """At most KEPT reports before `one` in the order of the space."""
        import numpy as np

        space = self._space
        here = slice(space.starts[one], space.starts[one + 1])
        return self._met(space.ids[here], self._places[here].astype(np.int64))

    def of_guest(self, guest: Guest) -> Numbers:
        """At most KEPT reports of the space for one that is not of it, the latest first where many share a trait."""
        return self._met(guest.ids, self._begins[guest.ids + 1])

    def _met(self, ids: Numbers, ends: Numbers) -> Numbers:
        """The reports that stand before `ends` in the lists of those that have these traits."""
        import numpy as np

        space = self._space
        sizes = np.minimum(ends - self._begins[ids], _NEAREST)
        order = np.argsort(space.spread[ids], kind="stable")
        order = order[sizes[order] > 0]
        order = order[: int(np.searchsorted(np.cumsum(sizes[order]), _MET)) + 1]
        if not len(order):
            return np.zeros(0, dtype=np.int64)
        sizes, ends = sizes[order], ends[order]
        bounds = np.cumsum(sizes)
        at = np.arange(bounds[-1]) + np.repeat(ends - bounds, sizes)
        found, inverse = np.unique(self._holders[at], return_inverse=True)
        if len(found) > KEPT:
            score = np.bincount(inverse, weights=np.repeat(space.rarity[ids[order]] ** 2, sizes))
            found = np.sort(found[np.argsort(-score, kind="stable")[:KEPT]])
        return found.astype(np.int64)


def alike(space: Space) -> Iterator[tuple[int, Numbers, Numbers]]:
    """For each report those earlier ones that are more like it than the model's floor, with their likeness.

    A report may come twice, with other ones.
    """
    import numpy as np

    if len(space) <= ALL:
        yield from _more_than_floor(space, ((one, np.arange(one)) for one in range(1, len(space))))
        return
    candidates = Candidates(space)
    friends: list[list[tuple[float, int]]] = [[] for _ in range(len(space))]
    met: list[set[int]] = [set() for _ in range(len(space))]
    first = ((one, others) for one in range(1, len(space)) if len(others := candidates.of(one)))
    for one, others, likeness in _more_than_floor(space, first):
        met[one] = set(others.tolist())
        for other, value in zip(others.tolist(), likeness.tolist()):
            if value > _FRIEND:
                friends[one].append((-value, other))
                friends[other].append((-value, one))
        yield one, others, likeness
    likest = [[other for _, other in sorted(row)[:_FRIENDS]] for row in friends]
    yield from _more_than_floor(space, _of_friends(likest, met))


def _of_friends(likest: list[list[int]], met: list[set[int]]) -> Iterator[tuple[int, Numbers]]:
    """For each report the likest of its likest, where they stand before it and it has not met them."""
    import numpy as np

    for one, mine in enumerate(likest):
        found = {other for friend in mine for other in likest[friend] if other < one} - met[one]
        if found:
            yield one, np.array(sorted(found))


def _more_than_floor(space: Space, rows: Iterable[tuple[int, Numbers]]) -> Iterator[tuple[int, Numbers, Numbers]]:
    """The likeness of reports to others, worked out for several of them at once."""
    rows = iter(rows)
    while some := list(islice(rows, _AT_ONCE)):
        for (one, others), likeness in zip(some, space.likenesses(some)):
            kept = likeness > space.model.floor
            if kept.any():
                yield one, others[kept], likeness[kept]

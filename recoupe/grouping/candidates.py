"""Candidates: the earlier reports that a report may tell one event with, found by the rarest traits they share.

Cost grows with the number of reports and not with that of their pairs: a report looks up its traits, the rarest first,
until it has met so many others, and of a trait that many share it meets only those that are nearest to it in the order,
which is that of their days. What is like a report that it is like is looked at too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from recoupe.grouping.space import Space

    Numbers = NDArray[Any]

ALL = 1500  # reports up to which every pair is looked at
KEPT = 40  # candidates of a report whose likeness is worked out
_MET = 1500  # reports that a report meets by its traits, each as often as they share one
_NEAREST = 64  # reports with a trait that are met
_FRIENDS = 12  # reports that a report is likest, and whose own likest are looked at
_FRIEND = 0.0  # likeness from which on


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
        ids, ends = space.ids[here], self._places[here].astype(np.int64)
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
    """For each report the earlier ones that are more like it than the model's floor, with their likeness."""
    if len(space) <= ALL:
        yield from _all_pairs(space)
        return
    import numpy as np

    candidates, friends = Candidates(space), Friends()
    for one in range(1, len(space)):
        others = candidates.of(one)
        likeness = space.likeness(one, others)
        more = friends.of(others, likeness)
        if len(more):
            others, likeness = np.concatenate((others, more)), np.concatenate((likeness, space.likeness(one, more)))
        friends.add(one, others, likeness)
        kept = likeness > space.model.floor
        if kept.any():
            yield one, others[kept], likeness[kept]


def _all_pairs(space: Space) -> Iterator[tuple[int, Numbers, Numbers]]:
    import numpy as np

    for one in range(1, len(space)):
        others = np.arange(one)
        likeness = space.likeness(one, others)
        kept = likeness > space.model.floor
        if kept.any():
            yield one, others[kept], likeness[kept]


class Friends:
    """The likest of each report so far."""

    def __init__(self) -> None:
        self._known: dict[int, list[int]] = {}

    def of(self, others: Numbers, likeness: Numbers) -> Numbers:
        """The likest of the likest of these that are not among them."""
        import numpy as np

        found: dict[int, None] = {}
        for friend in self._likest(others, likeness):
            found.update(dict.fromkeys(self._known.get(friend, ())))
        known = set(others.tolist())
        return np.array([other for other in found if other not in known], dtype=np.int64)

    def add(self, one: int, others: Numbers, likeness: Numbers) -> None:
        """Remember what a report is likest."""
        mine = self._likest(others, likeness)
        self._known[one] = mine
        for other in mine:
            theirs = self._known.setdefault(other, [])
            if len(theirs) < _FRIENDS:
                theirs.append(one)

    def _likest(self, others: Numbers, likeness: Numbers) -> list[int]:
        import numpy as np

        order = np.argsort(-likeness, kind="stable")[:_FRIENDS]
        near: list[int] = others[order][likeness[order] > _FRIEND].tolist()
        return near

"""Keeping: questions as somebody has told which claims they hold, whatever their affinities say."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.comparing.affinity import affinity
from recoupe.comparing.items import Item
from recoupe.records.told import Claimed, Told


def without(items: Sequence[Item], told: Told) -> list[Item]:
    """The items that find their question by themselves: not those that are put somewhere, or out of all."""
    if not told:
        return list(items)
    put = told.out | {claim for claim, _ in told.moved}
    return [item for item in items if (item.reading, item.index) not in put]


def as_told(clusters: Sequence[list[Item]], items: Sequence[Item], told: Told) -> list[list[Item]]:
    """Clusters of `items` in which is together and apart what is told to be, in the order of the items."""
    if not told:
        return list(clusters)
    places = {(item.reading, item.index): n for n, item in enumerate(items)}
    here = {claim for cluster in clusters for claim in map(_claimed, cluster)}
    wanted = asked_for(told) - told.out
    lone = [[claim] for claim in places if claim in wanted and claim not in here]
    by_claim = {_claimed(item): item for item in items}
    rows = [*([_claimed(item) for item in cluster] for cluster in clusters), *lone]
    kept = told.claims.kept(rows, lambda a, b: affinity(by_claim[a], by_claim[b]))
    return [[by_claim[claim] for claim in sorted(row, key=places.__getitem__)] for row in kept]


def asked_for(told: Told) -> frozenset[Claimed]:
    """The claims of which somebody has said where they belong; their questions are asked in any case."""
    return frozenset(claim for pair in told.claims.same for claim in pair)


def _claimed(item: Item) -> Claimed:
    return item.reading, item.index

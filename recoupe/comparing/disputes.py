"""Disputes: what somebody denies, leaves open or is blamed for, with what other reports say of the same."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.comparing.affinity import Item, affinity, misses
from recoupe.comparing.clusters import clusters
from recoupe.comparing.neighbours import Neighbours

TO_THE_POINT = 0.25  # of what a denial denies, what an assertion must speak of to stand against it


def disputes(items: Sequence[Item]) -> list[list[Item]]:
    """Stances that answer one question, in the order of their items.

    Questions form around denials, what is left open and blame, which are grouped first. An assertion then joins
    the question it is nearest to, not other assertions: much that reports assert together is disputed by nobody.
    """
    seeds = [i for i in items if not _asserts(i)]
    groups = clusters(seeds)
    home = {id(seed): n for n, group in enumerate(groups) for seed in group}
    joined: list[list[Item]] = [[] for _ in groups]
    beside = Neighbours(seeds)
    for item in items:
        if id(item) in home:
            continue
        near = {home[id(s)] for s in beside.of(item) if s.reading != item.reading and affinity(item, s) > 0.0}
        if near:
            joined[-max((_nearness(item, groups[n]), -n) for n in near)[1]].append(item)
    places = {id(item): n for n, item in enumerate(items)}
    found = (sorted([*g, *_to_the_point(g, j)], key=lambda i: places[id(i)]) for g, j in zip(groups, joined))
    return [*found]


def _asserts(item: Item) -> bool:
    return str(item.value) == "asserted" and not item.blame


def _nearness(item: Item, group: Sequence[Item]) -> tuple[bool, float]:
    """How near an assertion is to a dispute, by the nearest of what others say in it; the same act comes first."""
    near = ((affinity(item, other), other) for other in group if other.reading != item.reading)
    return max(((not item.kinds.isdisjoint(other.kinds), score) for score, other in near if score > 0.0))


def _to_the_point(group: Sequence[Item], joined: Sequence[Item]) -> list[Item]:
    """Of the assertions that are near a dispute, those that speak of what another report denies."""
    if group[0].blame:
        return list(joined)
    return [i for i in joined if any(d.reading != i.reading and not misses(d, i, TO_THE_POINT) for d in group)]

"""Disputes: what somebody denies, leaves open or is blamed for, with what other reports say of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recoupe.comparing.affinity import affinity, misses
from recoupe.comparing.clusters import clusters
from recoupe.comparing.items import Item
from recoupe.comparing.scales import FEW, Alike, Scales

TO_THE_POINT = 0.25  # of what a denial denies, what an assertion must speak of to stand against it


def disputes(items: Sequence[Item]) -> list[list[Item]]:
    """Stances that answer one question, in the order of their items.

    Questions form around denials, what is left open and blame, which are grouped first. An assertion then joins
    the question it is nearest to, not other assertions: much that reports assert together is disputed by nobody.
    """
    seeds = [i for i in items if not _asserts(i)]
    groups = clusters(seeds)
    joined: list[list[Item]] = [[] for _ in groups]
    for item, home in _homes(items, groups):
        joined[home].append(item)
    places = {id(item): n for n, item in enumerate(items)}
    found = (sorted([*g, *_to_the_point(g, j)], key=lambda i: places[id(i)]) for g, j in zip(groups, joined))
    return [*found]


def _asserts(item: Item) -> bool:
    return str(item.value) == "asserted" and not item.blame


def _homes(items: Sequence[Item], groups: Sequence[Sequence[Item]]) -> Iterator[tuple[Item, int]]:
    """Each assertion that is near a dispute, with the index of that which it is nearest to.

    That is the one in which another report says what is most like it; of the same act if there is any.
    """
    seeds = [(seed, n) for n, group in enumerate(groups) for seed in group]
    known = {id(seed) for seed, _ in seeds}
    others = [item for item in items if id(item) not in known]
    if len(seeds) * len(others) > FEW * FEW:
        yield from _homes_of_many(others, seeds)
        return
    for item in others:
        near = [
            (not item.kinds.isdisjoint(seed.kinds), score, -n)
            for seed, n in seeds
            if seed.reading != item.reading and (score := affinity(item, seed)) > 0.0
        ]
        if near:
            yield item, -max(near)[2]


def _homes_of_many(others: Sequence[Item], seeds: Sequence[tuple[Item, int]]) -> Iterator[tuple[Item, int]]:
    """The same row by row."""
    import numpy as np

    scales = Scales([*(seed for seed, _ in seeds), *others], range(len(seeds) + len(others)))
    reports = scales.reports[: len(seeds)]
    homes = np.array([n for _, n in seeds])
    acts = Alike([*(seed.kinds for seed, _ in seeds), *(item.kinds for item in others)])
    for p, item in enumerate(others, len(seeds)):
        scores = scales.row(p, slice(0, len(seeds)))
        near = (scores > 0.0) & (reports != item.reading)
        if near.any():
            same = acts.row(p)[: len(seeds)] & near
            near = same if same.any() else near
            best = near & (scores == scores[near].max())
            yield item, int(homes[best].min())


def _to_the_point(group: Sequence[Item], joined: Sequence[Item]) -> list[Item]:
    """Of the assertions that are near a dispute, those that speak of what another report denies."""
    if group[0].blame:
        return list(joined)
    return [i for i in joined if any(d.reading != i.reading and not misses(d, i, TO_THE_POINT) for d in group)]

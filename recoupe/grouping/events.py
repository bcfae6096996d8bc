"""The grouping itself: readings that share rare names, figures and days within a few days are one story."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from recoupe.grouping.keys import keys
from recoupe.records import Reading, Story

LIKENESS = 0.2  # cosine of the weighted keys from which two reports tell one event
DAYS = 4  # reports of one event appear within so many days of each other


def group(readings: Iterable[Reading]) -> list[Story]:
    """Put readings into stories, in the order of their first reports; the result does not depend on the order given.

    Average linkage over the cosine of keys weighted by rarity; a reading that is like no other is a story alone.
    """
    found = list(readings)
    order = sorted(range(len(found)), key=lambda i: (found[i].article.published or "~", found[i].article.text))
    ordered = [found[i] for i in order]
    groups = _link(ordered, _vectors(ordered))
    stories = [sorted(order[i] for i in members) for members in groups]
    return [Story(tuple(found[i] for i in members)) for members in sorted(stories)]


def _vectors(readings: Sequence[Reading]) -> list[dict[str, float]]:
    bags = [keys(reading) for reading in readings]
    spread: dict[str, int] = defaultdict(int)
    for bag in bags:
        for key in bag:
            spread[key] += 1
    vectors = []
    for bag in bags:
        vector = {k: (1.0 + math.log(n)) * math.log(1.0 + len(bags) / spread[k]) for k, n in bag.items()}
        length = math.sqrt(sum(v * v for v in vector.values())) or 1.0
        vectors.append({k: v / length for k, v in vector.items()})
    return vectors


def _link(readings: Sequence[Reading], vectors: Sequence[dict[str, float]]) -> list[list[int]]:
    """Average linkage, over pairs that share a key and lie near in time."""
    score: dict[tuple[int, int], float] = defaultdict(float)
    holders: dict[str, list[int]] = defaultdict(list)
    for i, vector in enumerate(vectors):
        for key, weight in vector.items():
            for j in holders[key]:
                score[j, i] += weight * vectors[j][key]
            holders[key].append(i)
    near = {pair: s for pair, s in score.items() if _near(readings[pair[0]], readings[pair[1]])}
    groups = {i: [i] for i in range(len(readings))}
    while near:
        (i, j), best = max(near.items(), key=lambda entry: (entry[1], -entry[0][0], -entry[0][1]))
        if best < LIKENESS:
            break
        weights = len(groups[i]), len(groups[j])
        for k in groups:
            if k not in (i, j):
                a, b = near.pop((min(i, k), max(i, k)), 0.0), near.pop((min(j, k), max(j, k)), 0.0)
                if a or b:
                    near[min(i, k), max(i, k)] = (a * weights[0] + b * weights[1]) / sum(weights)
        del near[i, j]
        groups[i] += groups.pop(j)
    return list(groups.values())


def _near(a: Reading, b: Reading) -> bool:
    days_a, days_b = a.article.day, b.article.day
    if days_a is None or days_b is None or not days_a.start or not days_b.start or not days_a.end or not days_b.end:
        return True
    gap = max(
        (date.fromisoformat(days_b.start[:10]) - date.fromisoformat(days_a.end[:10])).days,
        (date.fromisoformat(days_a.start[:10]) - date.fromisoformat(days_b.end[:10])).days,
    )
    return gap <= DAYS

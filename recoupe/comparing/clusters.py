"""Clusters: items that answer one question, by average linkage over their affinities."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence

from recoupe.comparing.affinity import FORBIDDEN, Item, affinity

ALL_PAIRS = 300  # up to so many items every two are weighed; of more only those that share something telling
SPREAD = 40  # a key that more items have than this tells little
UNLIKE = -1.5  # taken as the affinity of two items that share nothing telling


def clusters(items: Sequence[Item]) -> list[list[Item]]:
    """Group items: the two nearest clusters merge as long as their mean affinity is above nought.

    Two items that exclude each other are never in one cluster. The result does not depend on the order of the items;
    the cost grows with the number of pairs that share something, not of all pairs.
    """
    links: list[dict[int, float]] = [{} for _ in items]  # cluster -> other cluster -> sum of affinities
    apart: list[set[int]] = [set() for _ in items]
    heap: list[tuple[float, int, int, int, int]] = []
    for i, j in _candidates(items):
        score = affinity(items[i], items[j])
        if score <= FORBIDDEN / 2:
            apart[i].add(j)
            apart[j].add(i)
        else:
            links[i][j] = links[j][i] = score
            if score > 0.0:
                heap.append((-score, i, j, 1, 1))
    heapq.heapify(heap)
    members: list[list[int]] = [[i] for i in range(len(items))]
    while heap:
        _, i, j, size_i, size_j = heapq.heappop(heap)
        if len(members[i]) != size_i or len(members[j]) != size_j or j in apart[i]:
            continue  # one of the two has grown since
        _merge(i, j, members, links, apart)
        for k, total in links[i].items():
            if k not in apart[i]:
                a, b = min(i, k), max(i, k)
                mean = total / (len(members[i]) * len(members[k]))
                if mean > 0.0:
                    heapq.heappush(heap, (-mean, a, b, len(members[a]), len(members[b])))
    return [[items[k] for k in sorted(group)] for group in members if group]


def _merge(i: int, j: int, members: list[list[int]], links: list[dict[int, float]], apart: list[set[int]]) -> None:
    """Let cluster `i` take in cluster `j`; pairs that were not weighed count as unlike."""
    size_i, size_j = len(members[i]), len(members[j])
    for k in {*links[i], *links[j]} - {i, j}:
        n = len(members[k])
        total = links[i].get(k, UNLIKE * size_i * n) + links[j].get(k, UNLIKE * size_j * n)
        links[i][k] = links[k][i] = total
        links[k].pop(j, None)
    for k in apart[j]:
        apart[k].discard(j)
        apart[k].add(i)
    apart[i] |= apart[j]
    links[i].pop(j, None)
    links[j], apart[j] = {}, set()
    members[i] += members[j]
    members[j] = []


def _candidates(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Pairs of items worth weighing, each once.

    All of few; of many those that share a value, a question or a rare key.
    """
    if len(items) <= ALL_PAIRS:
        for i in range(len(items)):
            for j in range(i + 1, len(items)):
                yield i, j
        return
    holders: dict[str, list[int]] = defaultdict(list)
    for i, item in enumerate(items):
        for key in {f"={item.value}", *(f"?{a}" for a in item.asks), *item.terms}:
            holders[key].append(i)
    seen: set[tuple[int, int]] = set()
    for key, found in sorted(holders.items()):
        if len(found) > SPREAD and key[0] not in "=?":
            continue
        for x, i in enumerate(found):
            for j in found[x + 1 : x + 1 + SPREAD]:
                if (i, j) not in seen:
                    seen.add((i, j))
                    yield i, j

"""Clusters: items that answer one question, by average linkage over their affinities."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from recoupe.comparing.affinity import FORBIDDEN, noted
from recoupe.comparing.items import Item
from recoupe.comparing.scales import FEW, Scales

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

MANY = 4000  # of more items so many are weighed two by two, the others with the clusters of these


def clusters(items: Sequence[Item]) -> list[list[Item]]:
    """Group items: the two nearest clusters merge as long as their mean affinity is above nought.

    Two items that exclude each other are never in one cluster. The result does not depend on the order of the items
    where there are no more than MANY.
    """
    if len(items) <= FEW:
        groups = of_few(len(items), lambda i, j: noted(items[i], items[j]))
    elif len(items) <= MANY:
        groups = linkage(Scales(items).matrix())
    else:
        groups = _in_turn(items)
    return [[items[k] for k in sorted(group)] for group in groups]


def _in_turn(items: Sequence[Item]) -> list[list[int]]:
    """The clusters of very many items: MANY from all over the story, then each other one joins the nearest of these.

    What is near to none of them is clustered in the same way.
    """
    import numpy as np

    core = [n * len(items) // MANY for n in range(MANY)]
    in_core = set(core)
    order = [*core, *(i for i in range(len(items)) if i not in in_core)]
    groups = [[core[k] for k in group] for group in linkage(Scales([items[i] for i in core]).matrix())]
    scales = Scales(items, order)
    place = {i: p for p, i in enumerate(order)}
    label = np.full(len(items), len(groups))  # of those that are near to none
    for n, group in enumerate(groups):
        label[[place[i] for i in group]] = n
    sizes = np.array([*map(len, groups), 0.0])
    loose = []
    for p in range(MANY, len(items)):
        sums = np.bincount(label[:p], scales.row(p, slice(0, p)), len(sizes))[:-1]
        means = sums / sizes[:-1]
        n = int(means.argmax())
        if means[n] > 0.0:
            label[p] = n
            sizes[n] += 1
            groups[n].append(order[p])
        else:
            loose.append(order[p])
    index = {id(items[i]): i for i in loose}
    return groups + [[index[id(i)] for i in group] for group in clusters([items[i] for i in loose])]


def of_few(size: int, weigh: Callable[[int, int], float]) -> list[list[int]]:
    """The clusters of a few items, by their indices; `weigh` gives the affinity of two, the lower index first."""
    sums: list[dict[int, float]] = [{} for _ in range(size)]  # cluster -> other cluster -> sum of affinities
    heap: list[tuple[float, int, int, int, int]] = []
    for i in range(size):
        for j in range(i + 1, size):
            score = weigh(i, j)
            if score > FORBIDDEN / 2:
                sums[i][j] = sums[j][i] = score
                if score > 0.0:
                    heap.append((-score, i, j, 1, 1))
    heapq.heapify(heap)
    members: list[list[int]] = [[i] for i in range(size)]
    while heap:
        _, i, j, size_i, size_j = heapq.heappop(heap)
        if len(members[i]) != size_i or len(members[j]) != size_j:
            continue  # one of the two has grown since
        members[i] += members[j]
        members[j] = []
        both = {k: total + sums[j][k] for k, total in sums[i].items() if k in sums[j]}
        for k in {*sums[i], *sums[j]}:
            sums[k].pop(i, None)
            sums[k].pop(j, None)
        sums[i], sums[j] = both, {}
        for k, total in both.items():
            sums[k][i] = total
            mean = total / (len(members[i]) * len(members[k]))
            if mean > 0.0:
                a, b = min(i, k), max(i, k)
                heapq.heappush(heap, (-mean, a, b, len(members[a]), len(members[b])))
    return [group for group in members if group]


def linkage(sums: Array) -> list[list[int]]:
    """The clusters of many items, by their indices; `sums` holds the affinity of every two, and is used up.

    Of two pairs that are equally near the one with the lower indices merges first. A row that has lost its nearest
    neighbour is looked through again only when its turn comes: merging brings nobody nearer.
    """
    import numpy as np

    size = len(sums)
    sizes = np.ones(size)
    members = [[i] for i in range(size)]
    nearest, best = sums.argmax(1), sums.max(1)
    stale = np.zeros(size, dtype=bool)
    while best[i := int(best.argmax())] > 0.0:
        if stale[i]:
            means = sums[i] / (sizes[i] * sizes)
            nearest[i] = means.argmax()
            best[i], stale[i] = means[nearest[i]], False
            continue
        j = int(nearest[i])
        members[i] += members[j]
        members[j] = []
        sizes[i] += sizes[j]
        sums[i] += sums[j]
        sums[i, i] = -np.inf
        sums[j] = sums[:, j] = -np.inf
        sums[:, i] = sums[i]
        means = sums[i] / (sizes[i] * sizes)
        stale |= (nearest == i) | (nearest == j)
        nearer = (means > best) | ((means == best) & (nearest > i))
        nearest[nearer], best[nearer] = i, means[nearer]
        nearest[i] = means.argmax()
        best[i], best[j], stale[i] = means[nearest[i]], -np.inf, False
    return [group for group in members if group]

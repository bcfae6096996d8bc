"""Linking: which signs joined the answers of a question, for a reader who asks why they stand together."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.comparing.affinity import FORBIDDEN, noted, shared_terms, signs
from recoupe.comparing.items import Item
from recoupe.records import Link

LOOKED_AT = 12  # so many answers before an answer are weighed: the cost stays linear
SHARED = 6  # keys told of one link
_TINY = 0.005


def linked(cluster: Sequence[Item]) -> tuple[Link, ...]:
    """For each item but the first the one before it that it is nearest to, another report's where there is one.

    Signs that weigh nothing are left out.
    """
    found = []
    for b in range(1, len(cluster)):
        before = range(max(0, b - LOOKED_AT), b)
        weighed = [(noted(cluster[a], cluster[b]), a) for a in before]
        near = [(cluster[a].reading != cluster[b].reading, score, -a) for score, a in weighed if score > FORBIDDEN / 2]
        if near:
            _, score, minus = max(near)
            found.append(_link(cluster, -minus, b, score))
    return tuple(found)


def _link(cluster: Sequence[Item], a: int, b: int, score: float) -> Link:
    weights = {sign: round(weight, 2) for sign, weight in signs(cluster[a], cluster[b]).items() if abs(weight) > _TINY}
    order = sorted(weights.items(), key=lambda sign: (-abs(sign[1]), sign[0]))
    return Link(a, b, round(score, 2), tuple(order), tuple(shared_terms(cluster[a], cluster[b])[:SHARED]))

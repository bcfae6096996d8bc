"""One person, organisation or place under several spellings."""

from __future__ import annotations

from recoupe.text.latin import latin
from recoupe.text.similarity import alike


def name_similarity(a: str, b: str) -> float:
    """How likely two names are one person's or organisation's, from 0 to 1, in whatever scripts."""
    x, y = latin(a).split(), latin(b).split()
    if not x or not y:
        return 0.0
    if len(x) > len(y):
        x, y = y, x
    pairs = sorted(((alike(p, q), i, j) for i, p in enumerate(x) for j, q in enumerate(y)), key=lambda t: (-t[0], t[1], t[2]))
    used_x: set[int] = set()
    used_y: set[int] = set()
    total = 0.0
    worst = 1.0
    for score, i, j in pairs:
        if i in used_x or j in used_y:
            continue
        used_x.add(i)
        used_y.add(j)
        total += score * (len(x[i]) + len(y[j]))
        worst = min(worst, score)
    weight = sum(map(len, x)) + sum(map(len, y))
    return (total / weight) * (0.5 + 0.5 * worst)

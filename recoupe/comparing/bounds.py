"""Bounds: how much of one report is compared, so that a page made to be slow cannot hold up its story.

Every two claims of one kind are weighed against each other, so the work grows with the square of their number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from recoupe.records import Claim, Problem, Reading

MOST = 500
"""Claims of one kind that one report may bring; no article comes near, a live blog of many days hardly does."""


def compared(reading: Reading) -> Iterator[tuple[int, Claim]]:
    """The claims that are compared, with their index in the reading: of each kind the first MOST."""
    taken: Counter[str] = Counter()
    for c, claim in enumerate(reading.claims):
        taken[claim.kind] += 1
        if taken[claim.kind] <= MOST:
            yield c, claim


def left_out(reading: Reading) -> Iterator[Problem]:
    """What is told of a report that brings more."""
    path = reading.article.path
    for kind, count in sorted(Counter(claim.kind for claim in reading.claims).items()):
        if count > MOST:
            what = f"{path}: holds {count} claims of the kind '{kind}', of which the first {MOST} were compared."
            yield Problem(path, "compare", f"{what} Split it by day or event to compare them all.")

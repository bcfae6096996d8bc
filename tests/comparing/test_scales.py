"""Scales: many claims are weighed as two are, and clusters do not depend on how they are found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.cleaning import clean
from recoupe.comparing.affinity import FORBIDDEN, affinity
from recoupe.comparing.clusters import linkage, of_few
from recoupe.comparing.items import Item
from recoupe.comparing.names import merge_names
from recoupe.comparing.questions import _items
from recoupe.comparing.scales import Scales
from recoupe.reading import read
from recoupe.records import Kind, Report

STORY = Path(__file__).parents[2] / "examples" / "tunnel-fire"


@pytest.fixture(scope="module")
def items() -> list[Item]:
    """All claims of the example story."""
    readings = [read(clean(Report(f.name, "text", f.read_text("utf-8")))) for f in sorted(STORY.glob("*.txt"))]
    return _items(readings, merge_names(readings))


@pytest.mark.parametrize("kind", Kind)
def test_scales_weigh_every_two_claims_as_affinity_does_to_the_last_bit(items, kind):
    mine = [item for item in items if item.claim.kind is kind]
    matrix = Scales(mine).matrix()
    for i, one in enumerate(mine):
        for j in range(i + 1, len(mine)):
            expected = affinity(one, mine[j])
            assert matrix[i, j] == matrix[j, i] == (expected if expected > FORBIDDEN / 2 else -np.inf)


@settings(deadline=None)
@given(st.integers(2, 12).flatmap(lambda n: st.lists(st.sampled_from([-9.0, -1.0, -0.25, 0.5, 1.0, 2.0, None]),
                                                     min_size=n * n, max_size=n * n)))  # fmt: skip
def test_many_claims_are_clustered_as_few_are(values):
    size = int(len(values) ** 0.5)
    scores = {(i, j): values[i * size + j] for i in range(size) for j in range(i + 1, size)}
    matrix = np.full((size, size), -np.inf)
    for (i, j), score in scores.items():
        if score is not None:
            matrix[i, j] = matrix[j, i] = score

    def weigh(i: int, j: int) -> float:
        return FORBIDDEN if scores[i, j] is None else scores[i, j]

    assert [sorted(g) for g in of_few(size, weigh)] == [sorted(g) for g in linkage(matrix)]

"""Groups are joined by the mean likeness of all their pairs."""

import random

import numpy as np
import pytest

from recoupe.grouping import linking
from recoupe.grouping.background import model
from recoupe.grouping.linking import linked

STRONG, WEAK = 8.0, -1.0


def groups(number, pairs, limited=False):
    given = [tuple(map(np.array, zip(*((max(p), min(p), value) for p, value in pairs.items()))))] if pairs else []
    return linked(number, given, model(), limited)


def test_what_is_alike_is_joined_and_the_rest_stands_alone():
    assert groups(4, {(0, 1): STRONG, (1, 2): STRONG, (0, 2): STRONG}) == [[0, 1, 2], [3]]


def test_one_pair_alike_does_not_glue_two_stories():
    pairs = {(0, 1): STRONG, (2, 3): STRONG, (1, 2): 1.0}
    assert groups(4, pairs) == [[0, 1], [2, 3]]


def test_the_likest_are_joined_first():
    assert groups(3, {(0, 1): 1.0, (1, 2): STRONG}) == [[0], [1, 2]]


def test_a_large_story_holds_together_though_each_report_was_held_against_few():
    """Sixty reports of one event, each compared with the thirty before it only."""
    pairs = {(i, j): STRONG for i in range(60) for j in range(max(0, i - 30), i)}
    assert len(groups(60, pairs, limited=True)) == 1


@pytest.mark.parametrize("limited", [False, True])
def test_without_pairs_everything_stands_alone(limited):
    assert groups(3, {}, limited) == [[0], [1], [2]]


@pytest.mark.parametrize("limited", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_what_is_too_large_for_a_table_is_linked_the_same_way(seed, limited, monkeypatch):
    chance = random.Random(seed)
    story = [chance.randrange(6) for _ in range(60)]
    pairs = {
        (i, j): chance.gauss(4.0 if story[i] == story[j] else -3.0, 2.0)
        for i in range(60)
        for j in range(i)
        if not limited or chance.random() < 0.5
    }
    pairs = {pair: value for pair, value in pairs.items() if value > model().floor}
    tables = groups(60, pairs, limited)
    monkeypatch.setattr(linking, "_TABLE", 0)
    assert groups(60, pairs, limited) == tables

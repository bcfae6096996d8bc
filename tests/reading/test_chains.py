"""Chains: labels of words in a row."""

from itertools import pairwise, product
from math import exp

import numpy as np
import pytest

from recoupe.reading.chains import Chains

LABELS = 3


def _labellings(sums, transitions):
    """All labellings of one row, each with its weight."""
    for labels in product(range(LABELS), repeat=len(sums)):
        weight = sum(row[label] for row, label in zip(sums, labels))
        yield labels, weight + sum(transitions[a][b] for a, b in pairwise(labels))


def _one_by_one(sums, transitions):
    """The likeliest labels of one row and how likely each label is, by trying all labellings."""
    tried = list(_labellings(sums, transitions))
    total = sum(exp(weight) for _, weight in tried)
    likely = [
        [sum(exp(weight) for labels, weight in tried if labels[i] == label) / total for label in range(LABELS)]
        for i in range(len(sums))
    ]
    return max(tried, key=lambda t: t[1])[0], likely


@pytest.mark.parametrize("seed", range(20))
def test_rows_are_labelled_as_if_all_labellings_were_tried(seed):
    """Rows of several lengths side by side are read as each of them alone."""
    made = np.random.default_rng(seed)
    transitions, sums = made.normal(size=(LABELS, LABELS)) * 2, made.normal(size=(20, LABELS)) * 2
    rows = [(1, 2), (3, 8), (8, 10), (12, 19)]
    labels, likely = Chains(transitions).read(sums, rows)
    at = 0
    for first, last in rows:
        best, each = _one_by_one(sums[first:last].tolist(), transitions.tolist())
        assert tuple(labels[at : at + last - first]) == best
        assert likely[at : at + last - first] == pytest.approx(np.array(each), abs=1e-12)
        at += last - first


def test_long_rows_stay_in_the_range_of_numbers():
    """Thousands of words with great weights give likelihoods that add up to one."""
    sums = np.tile([300.0, -300.0, 20.0], (3000, 1))
    labels, likely = Chains(np.array([[-9.0, 5.0, 9.0], [9.0, 9.0, 9.0], [-9.0, 0.0, 9.0]])).read(sums, [(0, 3000)])
    assert not labels.any()
    assert likely.sum(axis=1) == pytest.approx(1.0)

"""A report is held against those that it shares rare traits with, and those that they are like."""

import random

import numpy as np
import pytest

from recoupe.grouping import candidates, events
from recoupe.grouping.candidates import KEPT, Candidates, alike
from recoupe.grouping.events import grouped
from recoupe.grouping.space import Space
from recoupe.grouping.traits import NAME, PROPER, ROOT, TERM, WORD, Traits, key


def report(story, n, chance, lang="en", day=738000):
    """A report of an event: some of its words and names, and words that any report may have."""
    own = [(NAME, f"s{story}n{i}") for i in range(6)] + [(TERM, f"m:{story}.{i}") for i in range(4)]
    own += [(kind, f"{lang} s{story}w{i}") for i in range(12) for kind in (WORD, ROOT, PROPER)]
    told = chance.sample(own, len(own) * 2 // 3)
    told += [(WORD, f"{lang} any{chance.randrange(200)}") for _ in range(40)]
    keys = sorted({key(kind, text) for kind, text in told})
    return Traits(lang, np.array(keys, np.uint32), np.ones(len(keys), np.float32), day, day, chance.randrange(2**40))


@pytest.fixture(scope="module")
def pile():
    chance = random.Random(3)
    return [(s, report(s, n, chance, day=738000 + s % 5)) for s in range(40) for n in range(1 + s % 6)]


def test_every_report_of_a_story_is_found_among_the_candidates(pile):
    space = Space([r for _, r in pile])
    told = [s for s, _ in pile]
    found = Candidates(space)
    ones, others = found.between(0, len(pile))
    for one in range(len(pile)):
        its = others[ones == one].tolist()
        assert len(its) <= KEPT
        assert {i for i in range(one) if told[i] == told[one]} <= set(its)


def test_candidates_give_the_stories_that_all_pairs_give(pile, monkeypatch):
    reports = [r for _, r in pile]
    every = grouped(reports)
    monkeypatch.setattr(candidates, "ALL", 0)
    monkeypatch.setattr(events, "ALL", 0)
    assert grouped(reports) == every
    assert sorted(len(g) for g in every) == sorted(1 + s % 6 for s in range(40))


def test_a_report_that_shares_nothing_has_no_candidates():
    empty = Traits("en", np.zeros(0, np.uint32), np.zeros(0, np.float32))
    alone = Traits("fr", np.array([key(WORD, "fr seul")], np.uint32), np.ones(1, np.float32))
    assert list(alike(Space([empty, alone, empty]))) == []
    assert len(Candidates(Space([empty, alone, empty])).between(0, 3)[0]) == 0


def test_each_pair_comes_once_and_its_likeness_is_that_of_the_space(pile, monkeypatch):
    monkeypatch.setattr(candidates, "ALL", 0)
    space = Space([r for _, r in pile])
    pairs = [pair for columns in alike(space) for pair in zip(*(column.tolist() for column in columns))]
    assert len({(one, other) for one, other, _ in pairs}) == len(pairs)
    for one, other, likeness in pairs[::50]:
        assert one > other
        assert likeness == pytest.approx(float(space.likeness(one, np.array([other]))[0]), abs=1e-4)

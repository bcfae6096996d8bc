"""Sketches: what grouping needs of articles is kept and found by day and by what it shares."""

from __future__ import annotations

import pytest
from making import MADE, entry

from recoupe.records.kept import Sketch
from recoupe.store import StoryUpdate, open_store


@pytest.fixture
def store(address):
    with open_store(address) as opened:
        yield opened


@pytest.fixture
def names(store):
    return [k.id for k in store.keep([entry(str(i)) for i in range(6)])]


def sketch(name, day=100, keys=(1, 2, 3), number=1, body=b"b"):
    return Sketch(name, number, day, tuple(keys), body)


def test_a_sketch_comes_back_as_it_was_kept_with_its_story(store, names):
    store.update([StoryUpdate("s1", (names[0],), "One", MADE)])
    told = sketch(names[0], keys=(4_294_967_295, 0))
    store.keep_sketches([told])
    assert store.sketches(names) == [Sketch(names[0], 1, 100, told.keys, b"b", "s1")]


def test_a_new_sketch_takes_the_place_of_the_old_and_that_of_an_old_version_is_none(store, names):
    store.keep_sketches([sketch(names[0]), sketch(names[1], keys=(1, 9))])
    store.keep_sketches([sketch(names[0], keys=(7,))])
    ((one, _), (nine, _)) = (store.near([sketch("x", keys=(key,))], [(0, 200)], 0) for key in (1, 9))
    assert [s.article for s in one] == [s.article for s in nine] == [names[1]]
    store.keep([entry("1", "Nine died.")])
    assert [s.article for s in store.sketches(names)] == [names[0]]


def test_few_are_all_looked_at_and_only_those_of_the_days(store, names):
    store.keep_sketches([sketch(name, day=100 + 10 * i) for i, name in enumerate(names)])
    near, others = store.near([sketch(names[0])], [(100, 110), (140, 200)], 4)
    assert {s.article for s in near} == {names[0], names[1], names[4], names[5]}
    assert others is None


def test_of_many_those_that_share_most_are_looked_at_with_their_stories(store, names, monkeypatch):
    monkeypatch.setattr("recoupe.store.sketches._CANDIDATES", 1)
    a, b, c, d, e, far = names
    store.update([StoryUpdate("s1", (b, c, far), "One", MADE), StoryUpdate("s2", (d, e), "Two", MADE)])
    keys = {a: (1, 2, 3), b: (1, 2, 8), c: (9,), d: (3, 11), e: (12,), far: (1, 2, 3)}
    store.keep_sketches([sketch(n, 300 if n == far else 100, k) for n, k in keys.items()])
    asked = sketch("x", 101, (1, 2))
    near, others = store.near([asked], [(71, 131)], 0)
    assert {s.article for s in near} <= {a, b, c}
    near, others = store.near([sketch("x", 101, (1, 2, 8))], [(71, 131)], 0)
    assert {s.article for s in near} == {b, c}
    assert {s.article for s in others} == {a, d, e}


def test_nothing_is_near_in_an_empty_store(store):
    assert store.near([sketch("x")], [(0, 10)], 0) == ([], None)
    assert store.sketches([]) == []

"""What has to be together is, and what has to be apart is, whatever groups there were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recoupe.correcting.deciding import Deciding
from recoupe.records.links import Links

ITEMS = st.integers(0, 11)
SAID = st.lists(st.tuples(ITEMS, ITEMS, st.booleans()).filter(lambda row: row[0] != row[1]), max_size=14)
HOMES = st.lists(st.integers(0, 5), min_size=12, max_size=12)


def grouped(homes):
    groups: dict[int, list[int]] = {}
    for item, home in enumerate(homes):
        groups.setdefault(home, []).append(item)
    return list(groups.values())


def decided(said):
    """Links without contradiction, and for each saying what stood against it."""
    deciding: Deciding[int] = Deciding()
    against = [(deciding.same if same else deciding.apart)(a, b, f"k{n}") for n, (a, b, same) in enumerate(said)]
    return deciding.links, against


@given(HOMES, SAID)
def test_pairs_are_always_as_they_have_to_be(homes, said):
    links, _ = decided(said)
    found = links.kept(grouped(homes))
    home = {item: n for n, group in enumerate(found) for item in group}
    assert sorted(item for group in found for item in group) == list(range(12))
    assert all(home[a] == home[b] for a, b in links.same)
    assert all(home[a] != home[b] for a, b in links.apart)
    assert all(found)


@given(HOMES, SAID)
def test_keeping_again_changes_nothing(homes, said):
    links, _ = decided(said)
    once = links.kept(grouped(homes))
    assert {frozenset(g) for g in links.kept(once)} == {frozenset(g) for g in once}


@given(HOMES, SAID, st.randoms())
def test_the_order_in_which_it_was_said_makes_no_difference(homes, said, random):
    links, _ = decided(said)
    same, apart = list(links.same), list(links.apart)
    random.shuffle(same)
    random.shuffle(apart)
    other = Links(tuple(same), tuple(apart)).kept(grouped(homes))
    assert other == links.kept(grouped(homes))


@given(HOMES, SAID)
def test_groups_of_which_nothing_is_said_stay_as_they_are(homes, said):
    links, _ = decided(said)
    named = {item for pair in (*links.same, *links.apart) for item in pair}
    found = {frozenset(g) for g in links.kept(grouped(homes))}
    assert all(frozenset(g) in found for g in grouped(homes) if named.isdisjoint(g))


@given(SAID)
def test_what_is_refused_is_refused_by_something_said_before(said):
    _, against = decided(said)
    for n, by in enumerate(against):
        assert by is None or int(by[1:]) < n


def test_others_go_to_those_that_they_are_nearest_to():
    near = {frozenset((1, 3)): 0.9, frozenset((2, 3)): 0.1}
    links = Links(apart=((1, 2),))
    assert links.kept([[1, 2, 3]], lambda a, b: near[frozenset((a, b))]) == [[1, 3], [2]]

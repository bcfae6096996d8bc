"""Stories go on from earlier ones, whatever order and parts the reports of a day come in."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from recoupe import Article, group, read
from recoupe.grouping import changed
from recoupe.grouping.stream import near, regrouped
from recoupe.records import Period

EVENTS = {
    "bridge": ("Morvelay", "Anne Kerzel", "bridge", "collapsed", "lorries", "river"),
    "strike": ("Harsholm", "Mette Krogh", "bakers", "strike", "wages", "ovens"),
    "storm": ("Port Elsin", "Juan Tarreda", "storm", "flooded", "harbour", "ferries"),
}


def report(event, number, day="2025-03-17", told=6):
    place, person, *words = EVENTS[event]
    lines = [
        f"Two people were hurt in {place} when the {words[0]} {words[1]}, {person} said.",
        f"{person} told reporters in {place} that the {words[0]} had been closed to {words[2]} since Monday.",
        f"Residents of {place} had warned of the {words[0]} and of the {words[3]} for years.",
        f"The {words[2]} of {place} will stay away from the {words[3]} until further notice.",
        f"{person} promised an inquiry into the {words[0]} in {place}.",
        f"A hotline for {place} has been open since the {words[0]} {words[1]}.",
    ]
    random.Random(f"{event}{number}").shuffle(lines)
    text = "\n".join([f"Report {number} from {place}", *lines[:told]])
    return read(
        Article("x", f"{event}{number}.txt", text, "en", f"Report {number}", published=day, day=Period(day, day))
    )


@pytest.fixture(scope="module")
def monday():
    return [report(event, number) for event in EVENTS for number in range(4)]


def told(stories):
    return {frozenset(r.article.path for r in s.readings) for s in stories}


def test_without_earlier_stories_it_is_the_grouping_of_a_pile(monday):
    assert told(group(monday)) == {frozenset(f"{e}{n}.txt" for n in range(4)) for e in EVENTS}


@pytest.mark.parametrize("seed", range(4))
def test_the_order_and_the_parts_of_a_day_do_not_matter(monday, seed):
    chance = random.Random(seed)
    mixed = chance.sample(monday, len(monday))
    stories, at = [], 0
    while at < len(mixed):
        step = chance.randrange(1, 6)
        stories = group(mixed[at : at + step], stories)
        at += step
    assert told(stories) == told(group(monday))


def test_ids_stay_and_stories_that_nothing_joins_are_given_back_as_they_were(monday):
    before = group(monday)
    after = group([report("storm", 9, "2025-03-18")], before)
    assert [s.id for s in after] == [s.id for s in before]
    assert [a is b for a, b in zip(after, before)] == [True, True, False]
    assert changed(before, after).grown == (before[2].id,)


def test_what_is_there_already_is_passed_over(monday):
    before = group(monday)
    assert group(monday[:5], before) == before


def test_a_new_version_of_a_report_joins_it(monday):
    before = group(monday)
    old = monday[0].article
    new = read(replace(old, text=old.text.replace("Two", "Three")))
    after = group([new], before)
    assert after[0].readings == (*before[0].readings, new)


def test_stories_wrongly_parted_are_merged_and_wrongly_joined_ones_split(monday):
    bridge, strike, storm = group(monday)
    parted = [replace(bridge, readings=bridge.readings[:1], id="s1"), replace(bridge, readings=bridge.readings[1:])]
    after = group([report("storm", 7)], [*parted, strike, storm])
    assert changed([*parted, strike, storm], after).merged == (("s1", bridge.id),)
    joined = [replace(bridge, readings=bridge.readings + strike.readings), storm]
    ((name, parts),) = changed(joined, group([report("storm", 8)], joined)).split
    assert name == bridge.id
    assert name in parts
    assert len(parts) == 2


def test_a_late_report_joins_the_story_of_its_day_and_moves_nothing_else(monday):
    before = group([*monday, *(report("storm", n, "2025-06-01") for n in (11, 12))])
    after = group([report("bridge", 5, "2025-03-17")], before)
    grown = changed(before, after)
    assert grown.grown == (next(s.id for s in before if s.readings[0].article.path == "bridge0.txt"),)
    assert (grown.opened, grown.merged, grown.split) == ((), (), ())


def test_reports_without_a_day_are_looked_at_with_those_of_the_last():
    assert near([1, 100, None], [None]) == [1, 2]
    assert near([1, 40, 100], [60, 5]) == [0, 1]
    assert near([], []) == []


def test_an_id_that_another_story_has_is_not_given_again(monday):
    from recoupe.grouping.traits import traits

    seen = [traits(r) for r in monday[:4]]
    (own,) = set(regrouped(seen, [""] * 4))
    (other,) = set(regrouped(seen, [""] * 4, lambda name: name == own))
    assert other == own + "x"

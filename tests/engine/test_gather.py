"""Stories of a store go on: they are joined, opened, merged and split, and keep their ids."""

from __future__ import annotations

import random
from importlib import import_module

import pytest

from recoupe import Article, group, read
from recoupe.engine import gather
from recoupe.engine.gather import concerned
from recoupe.engine.made import made, reader_of
from recoupe.records import Period
from recoupe.records.kept import Entry
from recoupe.settings import Settings
from recoupe.store import StoryUpdate, Which, open_store
from recoupe.store.packing import digest

EVENTS = {
    "bridge": ("Morvelay", "Anne Kerzel", "bridge", "collapsed", "lorries", "river"),
    "strike": ("Harsholm", "Mette Krogh", "bakers", "strike", "wages", "ovens"),
    "storm": ("Port Elsin", "Juan Tarreda", "storm", "flooded", "harbour", "ferries"),
}
SETTINGS = Settings()


def article(event, number, day="2025-03-17", told=6, hurt="Two"):
    place, person, *words = EVENTS[event]
    lines = [
        f"{hurt} people were hurt in {place} when the {words[0]} {words[1]}, {person} said.",
        f"{person} told reporters in {place} that the {words[0]} had been closed to {words[2]} since Monday.",
        f"Residents of {place} had warned of the {words[0]} and of the {words[3]} for years.",
        f"The {words[2]} of {place} will stay away from the {words[3]} until further notice.",
        f"{person} promised an inquiry into the {words[0]} in {place}.",
        f"A hotline for {place} has been open since the {words[0]} {words[1]}.",
    ]
    random.Random(f"{event}{number}").shuffle(lines)
    name, text = f"{event}{number}", "\n".join([f"Report {number} from {place}", *lines[:told]])
    days = Period(day, day) if day else None
    return Article("x", f"{name}.txt", text, "en", f"Report {number} from {place}", published=day, day=days)


def keep(store, *articles):
    """Keep articles; their ids by name, in the order given."""
    told, reader = made(["en"], SETTINGS), reader_of("en", SETTINGS)
    entries = [
        Entry(f"p:{a.path}", "here", digest((a.path, a.text)), a, told, reader, read(a), live=True) for a in articles
    ]
    return [kept.id for kept in store.keep(entries)]


def stories(store):
    """The stories as sets of names, by their ids."""
    paths = {v.id: v.article.path.removesuffix(".txt") for v in store.current()}
    return {s.id: frozenset(paths[i] for i in s.articles) for s in store.stories(Which(least=1))}


def happened(store, story):
    return [e.what for e in store.history(story)]


MONDAY = [(event, number) for event in EVENTS for number in range(3)]
BY_EVENT = {frozenset(f"{event}{n}" for n in range(3)) for event in EVENTS}


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "store.db")) as opened:
        yield opened


@pytest.fixture
def monday(store):
    keep(store, *(article(*one) for one in MONDAY))
    gather(store)
    return store


def test_what_comes_is_put_into_stories_by_events(monday):
    assert set(stories(monday).values()) == BY_EVENT
    assert monday.loose() == []


def test_a_story_has_the_id_that_grouping_a_pile_gives_it(monday):
    pile = group([read(article(*one)) for one in MONDAY])
    assert sorted(stories(monday)) == sorted(story.id for story in pile)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_and_the_parts_of_a_day_do_not_matter(store, seed):
    chance = random.Random(seed)
    mixed = chance.sample(MONDAY, len(MONDAY))
    while mixed:
        step = chance.randrange(1, 5)
        keep(store, *(article(*one) for one in mixed[:step]))
        gather(store)
        mixed = mixed[step:]
    assert set(stories(store).values()) == BY_EVENT


def test_the_next_day_joins_and_only_its_story_changes(monday):
    before = stories(monday)
    keep(monday, article("storm", 9, "2025-03-18"))
    (changed,) = gather(monday)
    assert stories(monday) == before | {changed.id: before[changed.id] | {"storm9"}}
    assert changed.dossiers == 2


def test_stories_wrongly_parted_are_merged_into_the_larger(store):
    names = keep(store, *(article("bridge", n) for n in range(3)))
    told = made(["en"], SETTINGS)
    store.update([StoryUpdate("s1", (names[0],), "One", told), StoryUpdate("s2", tuple(names[1:]), "Two", told)])
    gather(store)
    assert stories(store) == {"s2": frozenset({"bridge0", "bridge1", "bridge2"})}
    assert happened(store, "s1")[-1] == "moved"


def test_a_story_wrongly_joined_is_split_and_the_larger_part_keeps_its_id(store):
    names = keep(store, *(article("bridge", n) for n in range(3)), *(article("storm", n) for n in range(2)))
    store.update([StoryUpdate("s1", tuple(names), "All", made(["en"], SETTINGS))])
    gather(store)
    found = stories(store)
    assert found.pop("s1") == frozenset({"bridge0", "bridge1", "bridge2"})
    assert list(found.values()) == [frozenset({"storm0", "storm1"})]
    assert happened(store, "s1").count("moved") == 2


def test_a_late_report_joins_the_story_of_its_day(monday):
    keep(monday, *(article("storm", n, "2025-06-01") for n in (11, 12)))
    gather(monday)
    before = stories(monday)
    keep(monday, article("bridge", 5))
    (changed,) = gather(monday)
    assert before[changed.id] == {"bridge0", "bridge1", "bridge2"}
    assert stories(monday) == before | {changed.id: before[changed.id] | {"bridge5"}}


def test_what_lies_long_ago_stays_in_its_story(monday):
    before = stories(monday)
    keep(monday, article("storm", 9, "2025-06-01"))
    (changed,) = gather(monday)
    assert stories(monday) == before | {changed.id: frozenset({"storm9"})}


def test_an_article_without_a_day_is_looked_at_with_those_of_the_day_it_was_kept(tmp_path):
    from datetime import UTC, datetime

    from recoupe.store.sql import SqlStore

    with SqlStore(str(tmp_path / "s.db"), lambda: datetime(2025, 3, 18, tzinfo=UTC)) as store:
        keep(store, article("bridge", 0), article("bridge", 1), article("storm", 0))
        gather(store)
        keep(store, article("bridge", 2, None))
        gather(store)
        assert frozenset({"bridge0", "bridge1", "bridge2"}) in stories(store).values()


def test_a_changed_version_has_its_story_written_anew(monday):
    before = stories(monday)
    keep(monday, article("bridge", 1, hurt="Nine"))
    (changed,) = gather(monday)
    assert stories(monday) == before
    assert changed.dossiers == 2
    assert "changed" in happened(monday, changed.id)


def test_a_version_that_tells_another_event_moves_to_its_story(monday):
    from dataclasses import replace

    moved = replace(article("storm", 7), path="bridge1.txt")
    keep(monday, moved)
    gather(monday)
    assert set(stories(monday).values()) == {
        frozenset({"bridge0", "bridge2"}), frozenset({"storm0", "storm1", "storm2", "bridge1"}),
        frozenset({"strike0", "strike1", "strike2"}),
    }  # fmt: skip


def test_a_run_that_is_stopped_is_gone_on_with(store, monkeypatch):
    keep(store, *(article(*one) for one in MONDAY))

    def stopped(updates):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store, "update", stopped)
        with pytest.raises(KeyboardInterrupt):
            gather(store)
    assert len(store.loose()) == len(MONDAY)
    gather(store)
    assert set(stories(store).values()) == BY_EVENT
    assert gather(store) == []


def test_among_many_only_what_shares_something_telling_is_looked_at(monday, monkeypatch):
    before = stories(monday)
    monkeypatch.setattr(import_module("recoupe.engine.gather"), "ALL", 2)
    looked, real = [], monday.near
    monkeypatch.setattr(monday, "near", lambda *asked: looked.append(real(*asked)) or looked[-1])
    monkeypatch.setattr("recoupe.store.sketches._CANDIDATES", 2)
    keep(monday, article("strike", 9))
    (changed,) = gather(monday)
    assert before[changed.id] == {"strike0", "strike1", "strike2"}
    ((near, others),) = looked
    paths = {v.id: v.article.path for v in monday.current()}
    assert {paths[s.article][:6] for s in near} == {"strike"}
    assert {paths[s.article] for s in others} <= {f"{event}{n}.txt" for event in ("bridge", "storm") for n in range(3)}


def test_only_stories_that_take_from_or_give_to_those_of_something_new_are_concerned():
    had = {"a": "s1", "b": "s1", "c": "s2", "d": "s3", "new": None}
    names = {"a": "s1", "b": "s4", "c": "s4", "d": "s5", "new": "s1"}
    assert concerned(names, had, {"new"}) == {"a": "s1", "b": "s4", "c": "s4", "new": "s1"}


DIGEST = """News in brief

The bridge that collapsed in Morvelay stays closed to lorries, Anne Kerzel said. An inquiry begins.

Bakers of Harsholm light their ovens again: the strike for better wages is over. Mette Krogh called it a good day.

A painting by Ottoline Crake was found in an attic. An auction house values the landscape at 200,000 pounds.

Swimmers have been told to stay out of Lake Venna because of blue algae. New samples will be taken by the health office.
"""


def test_a_round_up_in_a_store_is_a_story_alone(store):
    day = "2025-03-17"
    digest_of = Article("x", "digest.txt", DIGEST, "en", "News in brief", published=day, day=Period(day, day))
    keep(store, article("bridge", 1), article("strike", 1), digest_of)
    gather(store, settings=SETTINGS)
    keep(store, article("bridge", 2), article("strike", 2))
    gather(store, settings=SETTINGS)
    assert {"digest"} in stories(store).values()
    assert sorted(map(len, stories(store).values())) == [1, 2, 2]

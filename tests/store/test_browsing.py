"""Lists of stories: filtered, in order, with what they can be filtered by."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from making import MADE, entry

from recoupe.records.browsed import Browse, LeadSide
from recoupe.records.dossier import Dossier, DossierAnswer, DossierArticle, DossierName, DossierQuestion, Mention
from recoupe.store import StoryUpdate, open_store


def dossier(names: list[str], verdict: str, person: str, spelling: str, place: str) -> Dossier:
    """A dossier of two articles with one question, a person under two spellings, and a place."""
    articles = [
        DossierArticle(n, n, None, None, n, "en", None, None, "text", [], None, [], None) for n in names
    ]  # fmt: skip
    answers = [
        DossierAnswer(n, 0, 1, "4", (0, 4), {"low": 4 + i, "high": 4 + i}, None, False, f"origin {i}")
        for i, n in enumerate(names)
    ]
    question = DossierQuestion("q1", "count", "people killed", verdict, len(names), answers, [])
    people = DossierName(
        "n1", "PERSON", person, [], [Mention(names[0], 0, 1, person), Mention(names[1], 0, 1, spelling)]
    )
    where = DossierName("n2", "PLACE", place, [], [Mention(names[0], 0, 1, place)])
    return Dossier("about", articles, [people, where], [question], [], [])


@pytest.fixture
def store(address):
    """Three stories of two articles, one of one."""
    with open_store(address) as opened:
        days = ("2025-03-14", "2025-03-15", "2025-03-15", "2025-03-16")
        langs, outlets = ("fr", "fr", "en", "uk"), ("Le Soir", "Le Soir", "The Paper", "Газета")
        for i in range(4):
            more = {"lang": langs[i], "outlet": outlets[i]}
            pair = [entry(f"{i}{j}", f"Text {i}{j}.", day=days[i], **more) for j in range(2 if i < 3 else 1)]
            names = [kept.id for kept in opened.keep(pair)]
            told = None
            if i < 3:
                verdict = ("contested", "updated", "contested")[i]
                told = dossier(names, verdict, ("Ivan Čapek", "Zoé", "Ann Lee")[i], ("Иван Чапек", "Zoe", "A. Lee")[i],
                               ("Brno", "Lyon", "Leeds")[i])  # fmt: skip
            opened.update([StoryUpdate(f"s{i}", tuple(names), f"Story {i}", MADE, told)])
        yield opened


def ids(store, **asked) -> list[str]:
    return [one.story.id for one in store.browse(Browse(**asked)).stories]


def test_the_newest_day_comes_first_and_in_it_the_most_contested(store):
    assert ids(store) == ["s2", "s1", "s0"]
    assert ids(store, least=1) == ["s3", "s2", "s1", "s0"]
    assert ids(store, sort="contested") == ["s2", "s0", "s1"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"contested": True}, ["s2", "s0"]),
        ({"updated": True}, ["s1"]),
        ({"single": True, "least": 1}, ["s3"]),
        ({"lang": "fr"}, ["s1", "s0"]),
        ({"lang": "fr", "contested": True}, ["s0"]),
        ({"outlet": "le soir"}, ["s1", "s0"]),
        ({"outlet": "soir"}, ["s1", "s0"]),
        ({"person": "capek"}, ["s0"]),
        ({"person": "чапек"}, ["s0"]),
        ({"person": "ZOE"}, ["s1"]),
        ({"person": "nobody"}, []),
        ({"person": "%"}, []),
        ({"place": "brno", "lang": "fr"}, ["s0"]),
        ({"place": "brno", "lang": "en"}, []),
        ({"since": "2025-03-15"}, ["s2", "s1"]),
        ({"until": "2025-03-14"}, ["s0"]),
        ({"changed": "2000-01-01T00:00:00+00:00"}, ["s2", "s1", "s0"]),
        ({"changed": "2999-01-01T00:00:00+00:00"}, []),
        ({"skip": 1, "most": 1}, ["s1"]),
    ],
)
def test_stories_are_filtered(store, asked, found):
    assert ids(store, **asked) == found


def test_a_story_is_listed_with_its_leading_questions(store):
    one = store.browse(Browse(person="capek")).stories[0]
    (lead,) = one.leads
    assert (lead.question, lead.label, lead.verdict) == ("q1", "people killed", "contested")
    assert lead.sides == (LeadSide({"low": 4, "high": 4}, 1, 1), LeadSide({"low": 5, "high": 5}, 1, 1))
    assert (one.size, one.langs, one.outlets, one.people) == (2, ("fr",), ("Le Soir",), ("Ivan Čapek",))
    assert one.titles == (("fr", "Title of 00"),)


def test_facets_are_what_most_of_the_stories_have(store):
    found = [(f.kind, f.shown, f.count) for f in store.facets(Browse(lang="fr"))]
    assert found[0] == ("lang", "fr", 2)
    assert ("outlet", "Le Soir", 2) in found


def test_the_state_changes_when_a_story_does(store):
    store._clock = lambda: datetime(2999, 1, 1, tzinfo=UTC)
    before = store.state(story="s0"), store.state()
    assert None not in before
    members = store.story("s0").articles
    assert store.state(article=members[0]) is not None
    store._clock = lambda: datetime(2998, 1, 1, tzinfo=UTC)
    store.update([StoryUpdate("s0", members[:1], "Story 0", MADE)])
    store._clock = lambda: datetime(2999, 1, 1, tzinfo=UTC)
    assert store.state(story="s0") != before[0]
    assert store.state() != before[1]
    assert store.state(story="nothing") is None
    assert store.state(article="nothing") is None


def test_what_an_older_program_kept_is_summed_up(store):
    with store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE stories SET summed = 0, card = NULL")
        connection.exec_driver_sql("DELETE FROM story_facets")
    assert ids(store, person="capek") == []
    assert store.sum_up_anew(3) == 3
    assert store.sum_up_anew(3) == 1
    assert store.sum_up_anew(3) == 0
    assert ids(store, person="capek") == ["s0"]


def test_what_happened_since_a_moment_is_told(store):
    told = store.happened(["s0", "s3"], "2000-01-01T00:00:00+00:00")
    assert [event.what for event in told["s0"]] == ["joined", "joined", "dossier"]
    assert store.happened(["s0"], "2999-01-01T00:00:00+00:00") == {}

"""Stories keep their ids, their members and dossiers, and what became of them."""

from __future__ import annotations

import pytest
from making import MADE, entry

from recoupe.errors import StoreError
from recoupe.records import Dossier
from recoupe.records.dossier import DossierQuestion
from recoupe.store import StoryUpdate, Which, open_store


@pytest.fixture
def store(address):
    with open_store(address) as opened:
        yield opened


@pytest.fixture
def names(store):
    return [k.id for k in store.keep([entry(str(i), day=f"2025-03-1{i}") for i in range(6)])]


def dossier(verdict: str = "contested", origins: int = 2) -> Dossier:
    question = DossierQuestion("q1", "count", "people killed", verdict, origins, [], [])
    return Dossier("About it", [], [], [question], [], [])


def happened(store, story):
    return [(e.what, e.article, e.detail) for e in store.history(story)]


def test_a_story_is_what_it_was_made(store, names):
    update = StoryUpdate("s1", (names[0], names[1]), "A fire", MADE, dossier(), ((names[0], 1), (names[1], 1)))
    (story,) = store.update([update])
    assert (story.title, story.contested, story.origins, story.dossiers) == ("A fire", 1, 2, 1)
    assert (story.first, story.last) == ("2025-03-10", "2025-03-11")
    assert set(story.articles) == {names[0], names[1]}
    (kept,) = store.dossiers("s1")
    assert (kept.dossier, kept.made, kept.versions, kept.number) == (dossier(), MADE, update.versions, 1)
    assert {c.story for c in store.current(names[:2])} == {"s1"}


def test_the_same_update_twice_changes_nothing(store, names):
    update = StoryUpdate("s1", tuple(names[:2]), "A fire", MADE, dossier())
    store.update([update])
    before = store.stories(Which()), store.history("s1"), store.dossiers("s1")
    assert store.update([update]) == []
    assert (store.stories(Which()), store.history("s1"), store.dossiers("s1")) == before


def test_the_history_tells_what_joined_moved_and_left(store, names):
    a, b, c = names[:3]
    store.update([StoryUpdate("s1", (a, b), "One", MADE, dossier()), StoryUpdate("s2", (c,), "Two", MADE)])
    store.update(
        [StoryUpdate("s1", (a, b, c), "One", MADE, dossier("corroborated")), StoryUpdate("s2", (), "Two", MADE)]
    )
    store.update([StoryUpdate("s1", (a, c), "One", MADE)])
    assert happened(store, "s1") == [
        *(("joined", name, "") for name in (a, b)), ("dossier", None, "1"), ("joined", c, "s2"),
        ("dossier", None, "2"), ("left", b, ""),
    ]  # fmt: skip
    assert happened(store, "s2") == [("joined", c, ""), ("moved", c, "s1")]
    assert [s.id for s in store.stories(Which(least=1))] == ["s1"]
    assert [k.dossier.questions[0].verdict for k in store.dossiers("s1")] == ["contested", "corroborated"]
    assert [k.number for k in store.dossiers("s1", last=True)] == [2]


def test_a_new_version_of_an_article_stands_in_its_story(store, names):
    store.update([StoryUpdate("s1", tuple(names[:2]), "One", MADE)])
    store.keep([entry("0", "Nine died.", day="2025-03-10")])
    assert happened(store, "s1")[-1] == ("changed", names[0], "2")


def test_stories_are_listed_as_asked(store, names):
    for i, verdict in enumerate(("contested", "corroborated", "contested")):
        store.update([StoryUpdate(f"s{i}", tuple(names[2 * i : 2 * i + 2]), str(i), MADE, dossier(verdict))])

    def listed(**which):
        return sorted(s.id for s in store.stories(Which(**which)))

    assert listed() == ["s0", "s1", "s2"]
    assert listed(contested=True) == ["s0", "s2"]
    assert listed(since="2025-03-13") == ["s1", "s2"]
    assert listed(until="2025-03-11") == ["s0"]
    assert len(listed(most=1)) == 1


def test_a_story_is_found_by_the_beginning_of_its_id(store, names):
    store.update([StoryUpdate("sabc", (names[0],), "1", MADE), StoryUpdate("sabd", (names[1],), "2", MADE)])
    assert store.story("sabd").title == "2"
    with pytest.raises(StoreError, match="give more of its id"):
        store.story("sab")
    with pytest.raises(StoreError, match="no story"):
        store.story("%")

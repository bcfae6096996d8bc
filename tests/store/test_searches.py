"""Searches that are kept, how what they find is spread, and what each source gives."""

from __future__ import annotations

import pytest
from making import entry

from recoupe.errors import StoreError
from recoupe.records.searched import SavedSearch
from recoupe.store import Which, open_store


@pytest.fixture
def store(address):
    with open_store(address) as opened:
        opened.keep(
            [
                entry("a", "The bridge fell.", lang="en", outlet="The Herald"),
                entry("b", "The bridge stands.", lang="en", outlet="The Post"),
                entry("c", "The bridge is closed.", lang="en", outlet="The Herald"),
                entry("d", "Le bridge, jeu de cartes.", lang="fr", outlet=None),
            ]
        )
        yield opened


def told(spread, kind):
    return [(t.value, t.count) for t in spread.tallies if t.kind == kind]


def test_what_is_found_is_spread_over_languages_and_outlets(store):
    spread = store.spread("bridge", Which())
    assert spread.total == 4
    assert told(spread, "lang") == [("en", 3), ("fr", 1)]
    assert told(spread, "outlet") == [("The Herald", 2), ("The Post", 1)]
    assert told(store.spread("bridge", Which(lang="fr")), "lang") == [("fr", 1)]
    assert store.spread("", Which()).total == store.spread("nothing", Which()).total == 0


def test_a_search_is_narrowed_by_outlet_and_goes_on(store):
    assert {hit.outlet for hit in store.search("bridge", Which(outlet="The Herald"))} == {"The Herald"}
    pages = [store.search("bridge", Which(most=2, skip=skip)) for skip in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 0]
    assert len({hit.id for page in pages for hit in page}) == 4


def test_a_saved_search_comes_back_as_it_went_in_under_one_name(store):
    first = store.save_search(SavedSearch("", " The  bridge ", "bridge", "en", "The Herald", when=("denial",)))
    assert first.name == "The bridge"
    assert store.saved_searches() == [first]
    second = store.save_search(SavedSearch("", "The bridge", "pont"))
    assert second.id == first.id
    assert [search.query for search in store.saved_searches()] == ["pont"]
    store.forget_search(first.id)
    assert store.saved_searches() == []
    with pytest.raises(StoreError):
        store.forget_search(first.id)


def test_sources_are_counted_by_the_day(store):
    days = store.daily("2000-01-01")
    assert sum(day.articles for day in days) == 4
    assert all(len(day.day) == 10 for day in days)
    assert store.daily("2999-01-01") == []

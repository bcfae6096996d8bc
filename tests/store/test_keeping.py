"""A store keeps articles with every version, readings, sources and what is remembered, in both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from making import MADE, article, entry, reading

from recoupe.errors import StoreError
from recoupe.records.kept import SourceState
from recoupe.records.validators import Validators
from recoupe.store import Which, open_store
from recoupe.store.sql import SqlStore


@pytest.fixture
def store(address) -> Iterator[SqlStore]:
    with open_store(address) as opened:
        yield opened


def whole(store):
    """All that can be seen of a store, for comparison."""
    versions = [v for c in store.current() for v in store.versions(c.id, {"en": "r1"})]
    return versions, store.sources(), store.stories(Which(least=0)), store.search("died", Which(old=True))


def test_an_article_comes_back_with_its_reading_and_what_made_it(store):
    (kept,) = store.keep([entry()])
    assert (kept.number, kept.what) == (1, "new")
    (version,) = store.versions(kept.id, {"en": "r1"})
    assert version.article == replace(entry().article, id=kept.id)
    assert version.reading == replace(reading(entry().article), article=version.article)
    assert version.made == MADE


def test_the_same_input_twice_changes_nothing(store):
    entries = [entry("one"), entry("two"), entry("one", "Five people died."), entry("two")]
    first = store.keep(entries, [SourceState("here", "2025-03-14")], {"http://a": Validators(etag='"1"')})
    assert [k.what for k in first] == ["new", "new", "changed", "known"]
    before = whole(store)
    assert {k.what for k in store.keep(entries, [SourceState("here", "2025-03-14")])} == {"known"}
    assert whole(store) == before


def test_judging_says_what_keeping_does(store):
    entries = [entry("one"), entry("one", "Five people died."), entry("two"), entry("one")]
    judged = store.judge(entries)
    assert whole(store)[0] == []
    assert store.keep(entries) == judged


def test_a_page_that_changes_back_has_changed_once_more(store):
    store.keep([entry("one", live=True), entry("one", "Five died.", live=True)])
    (kept,) = store.keep([entry("one", live=True)])
    assert (kept.number, kept.what) == (3, "changed")
    (kept,) = store.keep([entry("one", "Five died.")])  # out of an archive: it was so once
    assert (kept.number, kept.what) == (2, "known")


def test_a_report_that_was_kept_is_known_by_its_digest(store):
    (one,) = store.keep([entry("one")])
    store.keep([entry("one", "Five died.")])
    known = store.known([entry("one").report, entry("one", "Five died.").report, "never seen"])
    assert {(kept.id, kept.number, now) for kept, now in known.values()} == {(one.id, 1, False), (one.id, 2, True)}


def test_a_new_reader_reads_again_and_the_old_reading_stays(store):
    store.keep([entry()])
    (found,) = store.current(readers={"en": "r2"})
    assert found.reading is None
    again = replace(reading(found.article), notes=("read anew",))
    store.keep_readings([(again, "r2", MADE)])
    store.keep_readings([(replace(again, notes=("never kept",)), "r2", MADE)])
    assert store.current(readers={"en": "r2"})[0].reading == again
    assert store.current(readers={"en": "r1"})[0].reading == reading(found.article)


def test_articles_are_found_by_their_days(store):
    store.keep([entry(str(d), day=f"2025-03-{d:02}") for d in range(1, 10)] + [entry("none", day="2025-03-01")])
    assert len(store.current(days=("2025-03-03", "2025-03-05"))) == 3


def test_what_is_remembered_is_the_last_that_was_said(store):
    store.keep([], [SourceState("http://a", "1", None, 1, "is down")], {"http://a": Validators(failures=1, error="x")})
    store.keep([], [SourceState("http://a", "2", "2", 0, None, 7)], {"http://a": Validators("e", not_before=2.5)})
    assert store.remembered(["http://a", "http://b"]) == {"http://a": Validators("e", not_before=2.5)}
    assert store.sources() == [SourceState("http://a", "2", "2", 0, None, 7)]


def test_a_clock_that_jumps_back_turns_no_order_round(address):
    now = [datetime(2025, 3, 14, tzinfo=UTC)]
    with SqlStore(address, lambda: now[0]) as store:
        (kept,) = store.keep([entry()])
        for number in range(2, 5):
            now[0] -= timedelta(days=400)
            store.keep([entry("one", f"{number} people died.")])
        assert [v.number for v in store.versions(kept.id)] == [1, 2, 3, 4]
        assert store.current()[0].article.text.startswith("4 ")
        assert store.keep([entry("one", "4 people died.")])[0].what == "known"


def test_what_cannot_be_kept_leaves_all_as_it_was(store):
    with pytest.raises(StoreError, match="half of a character"):
        store.keep([entry("one"), entry("two", "\ud800 died")])
    assert store.current() == []


def test_odd_characters_are_kept(store):
    odd = "A\0B \U0001f525 died \u202e đ"
    (kept,) = store.keep([entry("odd", odd, title="T\0", outlet="O\0")])
    assert store.versions(kept.id)[0].article.text == odd


def test_an_article_that_is_not_there_is_an_error(store):
    with pytest.raises(StoreError, match="no article 'nothing'"):
        store.versions("nothing")


def test_a_store_is_there_when_it_is_opened_again(address):
    with open_store(address) as store:
        store.keep([entry(str(i)) for i in range(50)])
        before = whole(store)
    with open_store(address) as store:
        assert whole(store) == before


def test_a_place_of_something_else_is_left_alone(tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("These are notes. " * 100)
    with pytest.raises(StoreError, match="is no store"):
        open_store(str(other))
    assert other.read_text().startswith("These")
    import sqlite3

    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE stuff (x)")
    with pytest.raises(StoreError, match="holds something else"):
        open_store(str(tmp_path / "other.db"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mysql://a/b", "a store is a file"),
        ("postgresql://127.0.0.1:1/x", "the database says"),
        ("x://y", "a store is"),
    ],
)
def test_an_address_that_is_no_store_is_told(given, said):
    with pytest.raises(StoreError, match=said):
        open_store(given)


def test_a_password_is_not_told():
    with pytest.raises(StoreError) as error:
        open_store("postgresql://me:secret@127.0.0.1:1/x")
    assert "secret" not in str(error.value)


def test_entries_of_one_text_under_two_addresses_are_two_articles_read_once(store):
    one, two = store.keep([entry("one"), replace(entry("one"), key="p:two")])
    assert one.id != two.id
    assert article().text == store.versions(two.id)[0].article.text

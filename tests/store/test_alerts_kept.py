"""Alerts are kept once, told by each channel once, and one watch at a time looks at a store."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from datetime import UTC, datetime

import pytest
from making import MADE, entry

from recoupe.errors import StoreError
from recoupe.records import Dossier
from recoupe.records.alert import Alert, Evidence, Telling
from recoupe.store import StoryUpdate, WhichAlerts, open_store

FORK = multiprocessing.get_context("fork")
WORDS = Evidence("a1", 1, "The Paper", None, "en", "2025-03-14", 0, 4, "Four", "Four people died.", "4")


@pytest.fixture
def store(address):
    with open_store(address) as opened:
        yield opened


@pytest.fixture
def names(store):
    kept = [k.id for k in store.keep([entry(str(i)) for i in range(4)])]
    store.update(
        [StoryUpdate("s1", tuple(kept[:2]), "A fire", MADE, about("1")), StoryUpdate("s2", tuple(kept[2:]), "B", MADE)]
    )
    return kept


def about(words: str) -> Dossier:
    return Dossier(words, [], [], [], [], [])


def alert(number: int = 1, **more) -> Alert:
    told = {"rule": "deaths", "what": "moved", "story": "s1", "title": "A fire", "subject": "people killed"}
    return Alert(f"w{number}", **{**told, **more}, before="4", after="5", evidence=(WORDS,))


def ids(found) -> list[str]:
    return [one.id for one in found]


def test_an_alert_comes_back_as_it_went_in_with_the_time(store, names):
    (kept,) = store.keep_alerts([(alert(), ["terminal"])])
    assert kept.at
    assert store.alerts(WhichAlerts()) == [kept]
    assert kept.evidence == (WORDS,)


def test_the_same_alert_is_kept_once(store, names):
    store.keep_alerts([(alert(), ["terminal"]), (alert(), ["mail"])])
    assert store.keep_alerts([(alert(), ["mail"]), (alert(2), ["mail"])])[0].id == "w2"
    assert ids(store.alerts(WhichAlerts())) == ["w2", "w1"]
    assert ids(store.waiting("mail")) == ["w2"]


def test_each_channel_tells_each_alert_once(store, names):
    store.keep_alerts([(alert(n), ["terminal", "mail"]) for n in (1, 2, 3)])
    store.mark_told("terminal", ["w1", "w2"])
    store.mark_told("mail", ["w1"], error="no answer")
    store.mark_told("mail", ["w1"], error="no answer still")
    assert ids(store.waiting("terminal")) == ["w3"]
    assert ids(store.waiting("mail")) == ["w2", "w3", "w1"]  # one that fails stands in nobody's way
    by = {(t.alert, t.channel): t for t in store.tellings(["w1", "w2", "w3"])}
    assert by["w1", "mail"] == Telling("w1", "mail", None, 2, "no answer still")
    assert by["w2", "terminal"].told
    store.mark_told("mail", ["w1"])
    told, _ = store.tellings(["w1"])
    assert (told.told is not None, told.error, told.tries) == (True, None, 2)
    store.mark_told("mail", ["w1"])
    assert store.tellings(["w1"])[0] == told


def test_alerts_are_listed_as_asked(address):
    from recoupe.store.sql import SqlStore

    day = 1
    with SqlStore(address, lambda: datetime(2025, 3, day, 12, tzinfo=UTC)) as store:
        names = [k.id for k in store.keep([entry("0"), entry("1")])]
        store.update([StoryUpdate("s1", (names[0],), "A", MADE), StoryUpdate("s2", (names[1],), "B", MADE)])
        store.keep_alerts([(alert(1), ["mail"])])
        day = 2
        store.keep_alerts([(alert(2, story="s2"), [])])
        day = 3
        store.keep_alerts([(alert(3, rule="other", what="denial"), ["mail"])])

        def listed(**which):
            return ids(store.alerts(WhichAlerts(**which)))

        assert listed() == ["w3", "w2", "w1"]
        assert listed(story="s1") == ["w3", "w1"]
        assert listed(rule="other") == listed(what="denial") == ["w3"]
        assert listed(channel="mail") == ["w3", "w1"]
        assert listed(since="2025-03-02") == ["w3", "w2"]
        assert listed(until="2025-03-02") == ["w2", "w1"]
        assert listed(most=1) == ["w3"]
        assert listed(id="w2") == ["w2"]


def test_the_first_watch_takes_what_is_there_as_seen(store, names):
    assert store.unwatched().stories == (("s1", 0, 1),)
    assert store.begin_watch()
    assert store.unwatched().stories == ()
    store.update([StoryUpdate("s1", tuple(names[:2]), "A fire", MADE, about("2"))])
    store.keep([entry("0", "Five people died.")])
    assert store.unwatched().stories == (("s1", 1, 2),)
    assert store.unwatched().articles == ((names[0], 1, 2),)
    assert not store.begin_watch()
    store.keep_alerts([], {"s1": 2}, {names[0]: 2})
    assert (store.unwatched().stories, store.unwatched().articles) == ((), ())


def test_an_article_that_came_during_the_watch_is_compared_with_its_first_version(store):
    store.begin_watch()
    (kept,) = store.keep([entry("new")])
    assert store.unwatched().articles == ()
    store.keep([entry("new", "Five people died.")])
    assert store.unwatched().articles == ((kept.id, 1, 2),)


def test_a_dossier_is_found_by_its_number(store, names):
    assert store.dossier("s1", 1).dossier == about("1")
    with pytest.raises(StoreError, match="no dossier 2"):
        store.dossier("s1", 2)


def hold(address: str, line) -> None:
    with open_store(address) as store, store.only_watch():
        line.send("held")
        line.recv()


def test_one_watch_at_a_time_and_a_killed_one_lets_go(address):
    open_store(address).close()
    near, far = FORK.Pipe()
    child = FORK.Process(target=hold, args=(address, far))
    child.start()
    assert near.recv() == "held"
    with open_store(address) as store:
        with pytest.raises(StoreError, match="another process is watching"), store.only_watch():
            pass
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        for _ in range(50):  # PostgreSQL notices a moment later
            try:
                with store.only_watch() as turn:
                    turn.renew()
                    break
            except StoreError:
                time.sleep(0.1)
        else:
            pytest.fail("the lock outlived the process that held it")
        with store.only_watch():
            pass


def test_a_server_that_was_restarted_is_asked_for_the_watch_again(postgres):
    address = postgres.fresh()
    with open_store(address) as store, store.only_watch() as turn:
        postgres.stop()
        postgres.start()
        turn.renew()
        with open_store(address) as other, pytest.raises(StoreError, match="another"), other.only_watch():
            pass


def test_the_pages_of_new_articles_of_the_web_are_found(store):
    from dataclasses import replace

    web = [replace(entry(n), key=f"u:https://example.org/{n}", source="https://example.org/feed.xml") for n in "ab"]
    kept = store.keep([*web, replace(web[0], key="u:https://example.org/c", source="/saved/c.html"), entry("d")])
    found = store.pages("2000-01-01")
    assert [(p.article, p.address) for p in found] == [
        (kept[1].id, "https://example.org/b"),
        (kept[0].id, "https://example.org/a"),
    ]
    assert {p.source for p in found} == {"https://example.org/feed.xml"}
    assert store.pages("2999-01-01") == []
    assert len(store.pages("2000-01-01", most=1)) == 1

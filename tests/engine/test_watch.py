"""The watch collects, compares and tells what rules ask for: once each, round after round, also after a restart."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from newsroom import ALSO_FOUR, DENIAL, FIVE, FOUR, Newsroom
from servers import Web

from recoupe.engine import watch as watching
from recoupe.engine.watch import RulesFile, Watcher
from recoupe.errors import SettingsError
from recoupe.settings import Settings
from recoupe.store import WhichAlerts, open_store

LOCAL = Settings(allow_private=True, delay=0.0, timeout=5.0)
RULES = """
[[rule]]
name = "figures"
when = ["contested", "moved"]
concepts = "killed"
to = ["terminal", "hook"]
[[rule]]
name = "denials"
when = "denial"
to = ["terminal", "feed"]
[[rule]]
name = "silent"
when = "silent"
[channels.hook]
sort = "webhook"
url = "URL/hook"
[channels.feed]
sort = "feed"
path = "alerts.atom"
"""


@pytest.fixture
def web():
    web = Web()
    yield web
    web.close()


@pytest.fixture
def newsroom(web):
    room = Newsroom(web)
    room.publish("a", FOUR)
    room.publish("b", ALSO_FOUR)
    return room


@pytest.fixture
def rules(tmp_path, web) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(RULES.replace("URL", web.url))
    return path


class Desk:
    """A watch over one store; `shown` is what stood on the terminal."""

    def __init__(self, store, sources, rules: Path | None, **more) -> None:
        self.shown: list[str] = []
        self.problems: list[str] = []
        self.watcher = Watcher(
            store,
            sources,
            RulesFile(str(rules) if rules else None),
            LOCAL,
            show=self.shown.append,
            on_problem=lambda p: self.problems.append(p.message),
            **more,
        )
        store.begin_watch()

    def round(self) -> list[tuple[str, str, str]]:
        """One round; its alerts."""
        return [(a.what, a.before, a.after) for a in self.watcher.round(patience=20).alerts]


@pytest.fixture
def store(address):
    with open_store(address) as opened:
        yield opened


def test_figures_denials_and_silent_changes_are_told_once_each(store, newsroom, rules, web, tmp_path):
    desk = Desk(store, [newsroom.feed], rules)
    assert desk.round() == []
    assert desk.round() == []
    newsroom.publish("c", FIVE)
    found = desk.round()
    assert sorted(what for what, _, _ in found) == ["contested", "moved"]
    assert ("moved", "4", "4 (4–5)") in found or ("moved", "4", "5 (4–5)") in found
    assert desk.round() == []
    newsroom.publish("d", DENIAL)
    assert ("denial", "", "that the bridge in Morvelay had been unsafe before its collapse") in desk.round()
    newsroom.publish("a", FOUR.replace("Four", "Seven"))
    assert {what for what, _, _ in desk.round()} >= {"moved", "silent"}
    assert desk.round() == []
    assert desk.problems == []

    alerts = store.alerts(WhichAlerts())
    posted = [json.loads(body) for _, _, body in web.posts]
    assert sorted(p["id"] for p in posted) == sorted(a.id for a in alerts if a.rule == "figures")
    assert len(desk.shown) == len(alerts)
    assert (tmp_path / "alerts.atom").read_text().count("<entry") == sum(a.rule == "denials" for a in alerts)
    texts = {v.id: {w.number: w.article.text for w in store.versions(v.id)} for v in store.current()}
    for alert in alerts:
        assert alert.evidence
        for words in alert.evidence:
            assert texts[words.article][words.version][words.start : words.end] == words.text
    silent = next(a for a in alerts if a.what == "silent")
    assert {(e.side, e.text) for e in silent.evidence} >= {("before", "Four"), ("after", "Seven")}


def test_a_restart_tells_nothing_twice(store, newsroom, rules, web):
    newsroom.publish("c", FIVE)
    first = Desk(store, [newsroom.feed], rules)
    assert first.round()
    again = Desk(store, [newsroom.feed], rules)
    assert again.round() == []
    assert again.shown == []
    assert len(web.posts) == sum(a.rule == "figures" for a in store.alerts(WhichAlerts()))


def test_what_a_killed_watch_left_is_told_by_the_next(store, newsroom, rules, web, monkeypatch):
    """It dies after the stories are written and before the rules have looked at them; then before it is told."""
    newsroom.publish("c", FIVE)
    desk = Desk(store, [newsroom.feed], rules)
    desk.watcher._collect()
    desk.watcher._gather()
    desk = Desk(store, [newsroom.feed], rules)
    desk.watcher._judge()
    assert store.alerts(WhichAlerts())
    assert web.posts == []
    desk = Desk(store, [newsroom.feed], rules)
    assert desk.round() == []
    assert len(desk.shown) == len(store.alerts(WhichAlerts()))
    assert len(web.posts) == sum(a.rule == "figures" for a in store.alerts(WhichAlerts()))


def test_what_the_store_held_before_the_first_watch_is_known(store, newsroom, rules):
    from recoupe.engine import collect, gather

    newsroom.publish("c", FIVE)
    gather(store, collect(store, [newsroom.feed], LOCAL).touched, LOCAL)
    desk = Desk(store, None, rules)  # the sources are those that the store knows
    assert desk.round() == []
    newsroom.publish("d", DENIAL)
    assert "denial" in {what for what, _, _ in desk.round()}


def test_a_source_that_fails_holds_up_no_other(store, newsroom, rules, web):
    newsroom.publish("c", FIVE)
    desk = Desk(store, [f"{web.url}/missing.xml", newsroom.feed, "http://127.0.0.1:9/feed.xml"], rules)
    assert desk.round()
    assert len(desk.problems) == 2


def test_a_story_that_fails_holds_up_no_other_and_is_looked_at_again(store, newsroom, rules, monkeypatch):
    from recoupe.engine import judging

    newsroom.publish("c", FIVE)
    desk = Desk(store, [newsroom.feed], rules)
    real = judging.alerts_of
    monkeypatch.setattr(judging, "alerts_of", lambda *_: 1 / 0)
    assert desk.round() == []
    assert "ZeroDivisionError" in desk.problems[0]
    monkeypatch.setattr(judging, "alerts_of", real)
    assert desk.round()


def test_rules_are_read_again_when_they_change_and_wrong_ones_change_nothing(store, newsroom, rules, web):
    desk = Desk(store, [newsroom.feed], rules)
    desk.round()
    rules.write_text("[[rule]]\nname = 1")
    newsroom.publish("c", FIVE)
    assert desk.round()
    assert "The rules from before stay" in desk.problems[0]
    rules.write_text("[[rule]]\nname = 'reports'\nwhen = 'report'\n")
    newsroom.publish("d", DENIAL)
    assert {what for what, _, _ in desk.round()} == {"report"}
    assert len(desk.problems) == 1


def test_a_webhook_that_was_away_gets_its_alerts_later(store, newsroom, rules, web):
    web.answers = [500] * 3
    newsroom.publish("c", FIVE)
    desk = Desk(store, [newsroom.feed], rules)
    assert desk.round()
    assert "answered 500" in desk.problems[0]
    web.posts.clear()
    assert Desk(store, [newsroom.feed], rules).round() == []
    assert len(web.posts) == sum(a.rule == "figures" for a in store.alerts(WhichAlerts()))


def test_hostile_titles_reach_every_channel_as_text(store, newsroom, rules, web, tmp_path):
    title = "Bridge collapse in Morvelay <script>alert(1)</script> ]]>\u202e\x1b[31m {after} {id}"
    newsroom.publish("c", FIVE, title.replace("\x1b", ""))
    newsroom.publish("d", DENIAL, title.replace("\x1b", ""))
    desk = Desk(store, [newsroom.feed], rules)
    assert desk.round()
    assert not any("\x1b" in text or "\u202e" in text for text in desk.shown)
    assert "<script" not in (tmp_path / "alerts.atom").read_text()
    assert all(json.loads(body)["headline"] for _, _, body in web.posts)


def test_the_clock_of_the_wall_may_jump_back(store, newsroom, rules, monkeypatch):
    from datetime import UTC, datetime

    moments = iter([datetime(2030, 1, 1, tzinfo=UTC), *[datetime(1999, 1, 1, tzinfo=UTC)] * 1000])
    monkeypatch.setattr(store, "_clock", lambda: next(moments))
    desk = Desk(store, [newsroom.feed], rules)
    desk.round()
    newsroom.publish("c", FIVE)
    assert desk.round()
    newsroom.publish("d", DENIAL)
    assert desk.round()
    assert desk.round() == []


def test_it_stops_between_two_steps_when_asked(store, newsroom, rules):
    stop = threading.Event()
    desk = Desk(store, [newsroom.feed], rules, stop=stop)
    rounds = []

    def after(found):
        rounds.append(found)
        if len(rounds) == 2:
            stop.set()

    desk.watcher.run(0.01, after)
    assert len(rounds) == 2


def test_rounds_begin_so_far_apart_on_a_clock_that_never_jumps(store, rules, newsroom, monkeypatch):
    stop = threading.Event()
    waits: list[float] = []
    ticks = iter([0.0, 3.0, 10.0, 25.0])
    monkeypatch.setattr(watching, "monotonic", lambda: next(ticks))
    monkeypatch.setattr(stop, "wait", lambda seconds: waits.append(seconds) or (len(waits) == 2 and stop.set()))
    Desk(store, [newsroom.feed], rules, stop=stop).watcher.run(10.0)
    assert waits == [7.0, 1.0]


def test_rules_that_cannot_be_read_are_told_of_at_once(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        RulesFile(str(tmp_path / "missing.toml"))
    (tmp_path / "rules.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        RulesFile(str(tmp_path / "rules.toml"))


def test_a_page_that_changes_behind_a_feed_is_seen_when_it_is_asked_for_again(store, newsroom, rules, web):
    desk = Desk(store, [newsroom.feed], rules, again=0.0)
    desk.round()
    before = store.current()
    assert desk.round() == []
    assert store.current() == before  # what a feed said of an article counts for its page too
    newsroom.edit("a", FOUR.replace("Four", "Seven"))
    assert {what for what, _, _ in desk.round()} == {"contested", "moved", "silent"}
    desk = Desk(store, [newsroom.feed], rules, again=0.0)
    web.pages.pop("/a.html")  # a page that is gone, or leads elsewhere, is no new version
    assert desk.round() == []
    newsroom.edit("b", ALSO_FOUR + "\nCorrection: an earlier version gave another day.\nNine people were injured.")
    assert "silent" not in {what for what, _, _ in desk.round()}
    assert desk.problems == []


def test_pages_are_asked_for_again_after_twice_as_long_each_time():
    from recoupe.engine.revisiting import Timetable
    from recoupe.records.kept import Page

    now = [0.0]
    table, pages = Timetable(60.0, lambda: now[0]), [Page("a", "http://a.example/1", "http://a.example/feed")]
    asked = []
    for second in range(0, 1000, 5):
        now[0] = float(second)
        asked += [second for _ in table.due(pages)]
    assert asked == [60, 180, 420, 900]
    assert table.due([]) == []
    assert table.due(pages) == []


def test_a_database_that_goes_away_for_a_while_costs_rounds_and_no_alert(postgres, newsroom, rules):
    with open_store(postgres.fresh()) as store, store.only_watch() as turn:
        desk = Desk(store, [newsroom.feed], rules, turn=turn)
        desk.round()
        newsroom.publish("c", FIVE)
        postgres.stop()
        try:
            assert desk.watcher.round().failed
        finally:
            postgres.start()
        assert {what for what, _, _ in desk.round()} == {"contested", "moved"}


def test_a_fault_in_one_step_leaves_the_others_their_turn(store, newsroom, rules, monkeypatch):
    newsroom.publish("c", FIVE)
    desk = Desk(store, [newsroom.feed], rules)
    desk.watcher._collect()
    monkeypatch.setattr(watching, "collect", lambda *_, **__: 1 / 0)
    assert desk.round()
    assert "ZeroDivisionError" in desk.problems[0]
    assert desk.shown


def test_a_hanging_webhook_does_not_hold_up_a_stop(store, newsroom, rules, web, monkeypatch):
    import time

    from recoupe.engine import telling

    monkeypatch.setattr(telling, "_LAST", 0.2)
    stop = threading.Event()
    web.before = lambda handler: (stop.set(), time.sleep(3))
    newsroom.publish("c", FIVE)
    desk = Desk(store, [newsroom.feed], rules, stop=stop)
    begun = time.monotonic()
    desk.watcher.run(60.0, lambda found: None)
    assert desk.shown
    assert time.monotonic() - begun < 60

"""Alerts and sources: what a watch told, as pages, records and a feed; how sources are doing."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest

from recoupe.records.alert import Alert, Evidence
from recoupe.records.kept import SourceState
from recoupe.store import Which, open_store
from recoupe.web.pages.sources import health_of, source_of

HOSTILE = "<img src=x onerror=alert(1)> \u202egnp"
NOW = datetime(2025, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def desk(visit, store_address):
    with open_store(store_address) as store:
        story = store.stories(Which())[0]
        article = story.articles[0]
        words = Evidence(article, 1, HOSTILE, "javascript:alert(1)", "fr", "2025-03-12", 0, 3, "six", f"six {HOSTILE}")
        store.keep_alerts(
            [
                (Alert("wa", "fire", "contested", story.id, HOSTILE, HOSTILE, "6", "7", (words,), 1, "q1"), ()),
                (Alert("wb", "other", "denial", story.id, "title", "subject", "", "said", ()), ()),
            ]
        )
    return visit(store_address)


def test_alerts_are_listed_the_last_first_and_narrowed(desk):
    ids = [alert["id"] for alert in desk.get("/alerts.json").json()["alerts"]]
    assert ids == ["wb", "wa"]
    for query, wanted in (("rule=fire", ["wa"]), ("what=denial", ["wb"]), ("since=2999-01-01", []), ("what=x", ids)):
        found = [alert["id"] for alert in desk.get(f"/alerts.json?{query}").json()["alerts"]]
        assert found == wanted
        assert desk.get(f"/alerts?{query}").status_code == 200


def test_an_alert_shows_the_words_that_it_rests_on_and_nothing_of_them_is_html(desk):
    for path in ("/alerts", "/alerts/wa"):
        page = desk.get(path).text
        assert '<mark class="hit">six</mark>' in page
        assert "<img" not in page
        assert "javascript:" not in page
        assert page.count("\u202e") == page.count('data-code="U+202E"')
    assert desk.get("/alerts/nothing").status_code == 404


def test_the_feed_of_alerts_is_atom(desk):
    answer = desk.get("/alerts.atom?rule=fire")
    assert answer.headers["content-type"] == "application/atom+xml"
    assert answer.headers["x-content-type-options"] == "nosniff"
    feed = ET.fromstring(answer.content)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    assert "/alerts.atom?rule=fire" in desk.get("/alerts?rule=fire").text.replace("&amp;", "&")


def test_a_store_without_alerts_says_so(browser):
    assert browser.get("/alerts").status_code == 200
    assert browser.get("/alerts.json").json() == {"alerts": [], "more": False}


@pytest.mark.parametrize(
    ("state", "health"),
    [
        (SourceState("https://a.example", failures=2, tried="2025-03-14T10:00:00+00:00"), "failing"),
        (SourceState("https://a.example"), "waiting"),
        (SourceState("https://a.example", "2025-03-14T10:00:00+00:00", "2025-03-14T10:00:00+00:00"), "well"),
        (SourceState("https://a.example", "2025-03-01T10:00:00", "2025-03-01T10:00:00"), "stale"),
        (SourceState("/a/file", "2025-03-01T10:00:00", "2025-03-01T10:00:00"), "well"),
        (SourceState("https://a.example", "nonsense", "nonsense"), "stale"),
    ],
)
def test_how_a_source_is_doing(state, health):
    assert health_of(state, NOW) == health


def test_a_source_gives_so_many_articles_a_day():
    days = [(NOW - timedelta(days=back)).date().isoformat() for back in (1, 0)]
    source = source_of(SourceState("x"), {days[0]: 3}, days, NOW)
    assert source.given == (3, 0)
    assert source.a_day == 1.5


def test_sources_are_listed_with_what_ails_them_first(visit, store_address):
    with open_store(store_address) as store:
        store.keep([], [SourceState("https://ill.example/feed", "2025-03-14T10:00:00+00:00", None, 3, HOSTILE)])
    desk = visit(store_address)
    record = desk.get("/sources.json").json()
    assert record["sources"][0]["state"]["address"] == "https://ill.example/feed"
    assert record["health"]["failing"] == 1
    assert sum(record["sources"][1]["given"]) == 5
    page = desk.get("/sources?health=failing").text
    assert "&lt;img" in page
    assert "<img" not in page

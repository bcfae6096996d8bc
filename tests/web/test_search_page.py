"""Search finds articles, statements and names; searches are kept, and make rules."""

from __future__ import annotations

import pytest
from visiting import token_of

from recoupe.watching import parse


@pytest.fixture
def desk(visit, store_address):
    return visit(store_address)


def found(browser, **asked):
    return browser.get("/search.json", params=asked).json()


def test_articles_are_found_with_what_narrows_them_down(browser):
    record = found(browser, q="tunnel")
    assert len(record["articles"]) == record["spread"]["total"] == 5
    langs = {t["value"]: t["count"] for t in record["spread"]["tallies"] if t["kind"] == "lang"}
    assert langs == {"fr": 3, "en": 2}
    assert len(found(browser, q="tunnel", lang="en")["articles"]) == 2
    outlet = record["articles"][0]["outlet"]
    assert {hit["outlet"] for hit in found(browser, q="tunnel", outlet=outlet)["articles"]} == {outlet}
    assert found(browser, q="tunnel", since="2999-01-01")["articles"] == []
    assert len(found(browser, q="tunnel", day="2025-03-13")["articles"]) == 2


def test_statements_are_found_by_what_is_said_and_by_who_says_it(browser):
    record = found(browser, q="ministère tunnel", kind="statements")
    assert record["statements"]
    for one in record["statements"]:
        article = browser.get(f"/search.json?q=tunnel&lang={one['lang']}").json()
        assert one["article"] in [hit["id"] for hit in article["articles"]]
        assert "tunnel" in f"{one['who']} {one['said']}".lower()


def test_names_are_found_without_their_accents(browser):
    names = found(browser, q="vardazaryan", kind="names")["names"]
    assert names[0]["type"] == "PERSON"
    assert len(names[0]["articles"]) >= 2
    assert "Vardazaryan" in browser.get("/search?q=VARDAZARYAN&kind=names").text


@pytest.mark.parametrize("kind", ["articles", "statements", "names", "nonsense"])
@pytest.mark.parametrize("query", ["", '"', "<script>alert(1)</script>", "\u202e", "a" * 5000, "' OR 1=1 --", "%00"])
def test_whatever_is_asked_is_answered_and_never_becomes_html(browser, query, kind):
    page = browser.get("/search", params={"q": query, "kind": kind, "page": "0", "lang": "../x", "day": "x"})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_words_that_were_asked_for_are_marked(browser):
    assert "<mark>tunnel</mark>" in browser.get("/search?q=TUNNEL").text


def test_a_search_is_kept_changed_and_deleted(desk):
    token = token_of(desk.get("/search?q=tunnel").text)
    answer = desk.post("/searches", data={"token": token, "q": "tunnel", "name": "Fire", "lang": "fr"})
    assert answer.status_code == 303
    page = desk.get(answer.headers["location"]).text
    assert "Fire" in page
    assert "/search?q=tunnel&amp;lang=fr" in page
    desk.post("/searches", data={"token": token, "q": "tunnel", "name": "Fire", "when": ["denial", "moved", "x"]})
    (kept,) = desk.get("/searches.json").json()["searches"]
    assert kept["when"] == ["moved", "denial"]
    desk.post(f"/searches/{kept['id']}/forget", data={"token": token})
    assert desk.get("/searches.json").json()["searches"] == []
    assert desk.post(f"/searches/{kept['id']}/forget", data={"token": token}).status_code == 404


def test_searches_that_are_watched_are_rules(desk):
    hostile = 'a "quoted" \\ name'
    desk.post("/searches", json={"q": '"debed tunnel"', "name": hostile, "lang": "fr", "when": ["contested"]})
    desk.post("/searches", json={"q": "unwatched"})
    rules = parse(desk.get("/searches/rules.toml").text)
    (rule,) = rules.rules
    assert (rule.name, rule.words, rule.languages, rule.when) == (hostile, '"debed tunnel"', ("fr",), ("contested",))


@pytest.mark.parametrize("sent", [{}, {"q": " "}, {"q": "x", "lang": "no language", "when": ["moved"]}])
def test_what_makes_no_search_is_refused(desk, sent):
    assert desk.post("/searches", json=sent).status_code == 400

"""What the pages show, and that each leads on."""

from __future__ import annotations

import json

import pytest
from crawling import crawl, read

from recoupe.web.app import faces
from recoupe.web.faces import Face
from recoupe.web.words import FOLDER, language_of, words

PARTS = ("", "/statements", "/timeline", "/names", "/origins", "/reports", "/history", "/compare")


@pytest.fixture
def dossier(browser, story):
    return browser.get(f"/stories/{story}.json").json()


def test_every_link_of_every_page_leads_somewhere(browser):
    pages = crawl(browser)
    assert len(pages) > 30
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path


def test_every_anchor_that_a_page_leads_to_is_on_the_page_it_names(browser):
    pages = crawl(browser)
    for path, page in pages.items():
        for link in page.links:
            target, mark, anchor = link.partition("#")
            target = target or path
            if mark and target in pages and "/articles/" not in target:
                assert anchor in pages[target].ids, f"{path} -> {link}"


def test_nothing_in_a_page_is_inline_and_nothing_comes_from_elsewhere(browser):
    for path, page in crawl(browser).items():
        for tag, told in page.tags:
            assert tag != "style", path
            assert tag != "script" or told.get("src", "").startswith("/static/"), path
            assert not [name for name in told if name.startswith("on") or name == "style"], path
            if tag in ("script", "img", "link", "iframe", "object", "form"):
                address = told.get("src") or told.get("href") or told.get("action") or "/"
                assert address.startswith("/"), path


def test_every_page_has_landmarks_a_heading_and_labels(browser):
    for path, page in crawl(browser).items():
        tags = [tag for tag, _ in page.tags]
        if not tags:
            continue
        assert tags.count("main") == tags.count("h1") == 1, path
        assert {"header", "nav", "footer"} <= set(tags), path
        for tag, told in page.tags:
            if tag in ("input", "select", "textarea") and told.get("type") not in ("hidden", "submit"):
                named = told.get("id") in page.labels or told.get("aria-label") or tag == "select"
                assert named, f"{path}: {tag} {told}"


@pytest.mark.parametrize("code", ["en", "fr"])
def test_every_part_of_a_story_is_there_in_both_languages(browser, story, code):
    for part in PARTS:
        answer = browser.get(f"/stories/{story}{part}", params={"ui": code})
        assert answer.status_code == 200
        assert f'<html lang="{code}">' in answer.text


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_story_is_json_beside_it(browser, story, part):
    answer = browser.get(f"/stories/{story}{part}.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert isinstance(answer.json(), dict)


def test_the_json_of_a_story_is_its_dossier(browser, story, dossier):
    assert dossier["schema"] == "recoupe/dossier/1"
    for question in dossier["questions"]:
        for answer in question["answers"]:
            text = next(a["text"] for a in dossier["articles"] if a["id"] == answer["article"])
            assert text[answer["start"] : answer["end"]] == answer["text"]


def test_a_contested_question_stands_on_top_with_its_quotations(browser, story, dossier):
    page = browser.get(f"/stories/{story}").text
    first = next(q for q in dossier["questions"] if q["verdict"] == "contested")
    assert page.index('id="contested"') < page.index('id="corroborated"')
    assert f"/stories/{story}/questions/{first['id']}" in page
    assert '<mark class="hit contested">' in page


def test_the_list_leads_to_the_evidence_in_one_click(browser, story, dossier):
    page = browser.get("/stories")
    links = [link for link in read(page.text).links if "/questions/" in link]
    assert links
    assert browser.get(links[0]).text.count("<mark") >= 2


def test_an_earlier_dossier_has_a_permalink_and_a_missing_one_is_missing(browser, story):
    assert browser.get(f"/stories/{story}?dossier=1").status_code == 200
    assert browser.get(f"/stories/{story}?dossier=99").status_code == 404
    assert browser.get(f"/stories/{story}/questions/q99999").status_code == 404
    assert browser.get("/stories/snothere").status_code == 404
    assert browser.get("/articles/anothere").status_code == 404
    assert browser.get("/articles/anothere.json").json()["error"]["status"] == 404


def test_the_beginning_of_an_id_leads_to_the_story(browser, story):
    answer = browser.get(f"/stories/{story[:5]}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/stories/{story}")


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("contested=1", True),
        ("updated=1", False),
        ("lang=fr", True),
        ("lang=vi", False),
        ("outlet=caspian", True),
        ("outlet=nobody", False),
        ("person=tchitachvili", True),
        ("place=debed", True),
        ("place=paris", False),
        ("since=2025-03-13&until=2025-03-20", True),
        ("day=2020-01-01", False),
        ("since=nonsense", True),
        ("sort=contested", True),
        ("sort=drop table", True),
        ("page=0", True),
        ("page=999999", False),
    ],
)
def test_stories_are_filtered(browser, story, query, there):
    answer = browser.get(f"/stories?{query}")
    assert answer.status_code == 200
    assert (f'href="/stories/{story}"' in answer.text) is there
    found = browser.get(f"/stories.json?{query}").json()["stories"]
    assert (story in [one["id"] for one in found]) is there


def test_what_is_new_since_the_last_visit_is_shown(browser, story):
    browser.cookies.set("recoupe_visit", "|2020-01-01T00:00:00+00:00")
    page = browser.get("/stories?changed=1").text
    assert 'class="new"' in page
    assert f'href="/stories/{story}"' in page
    browser.cookies.delete("recoupe_visit")
    browser.cookies.set("recoupe_visit", "|2999-01-01T00:00:00+00:00")
    assert 'class="new"' not in browser.get("/stories").text


def test_a_page_that_the_browser_has_is_not_sent_again(browser, story):
    first = browser.get(f"/stories/{story}")
    again = browser.get(f"/stories/{story}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    french = browser.get(f"/stories/{story}?ui=fr", headers={"if-none-match": first.headers["etag"]})
    assert french.status_code == 200


def test_two_reports_are_joined_where_both_answer(browser, story, dossier):
    one, other = dossier["articles"][0]["id"], dossier["articles"][1]["id"]
    told = browser.get(f"/stories/{story}/compare.json", params={"a": one, "b": other}).json()
    for row in told["questions"]:
        question = next(q for q in dossier["questions"] if q["id"] == row["question"])
        left, right = (question["answers"][i] for i in row["answers"])
        assert (left["article"], right["article"]) == (one, other)
        assert (left["value"], right["value"]) == (row["a"], row["b"])
    assert told["questions"]
    assert browser.get(f"/stories/{story}/compare?a={one}&b=nobody").status_code == 404


def test_the_text_of_an_article_is_there_word_for_word(browser, dossier):
    article = dossier["articles"][0]
    told = browser.get(f"/articles/{article['id']}.json").json()
    assert told["article"]["text"] == article["text"]
    page = browser.get(f"/articles/{article['id']}").text
    assert '<mark id="question-' in page


def test_both_languages_have_the_same_words():
    files = {code: {f.name for f in (FOLDER / code).glob("*.toml")} for code in ("en", "fr")}
    assert files["en"] == files["fr"]
    english, french = words("en").tables, words("fr").tables
    assert english.keys() == french.keys()
    for name, table in english.items():
        if isinstance(table, dict) and name != "messages":
            assert table.keys() == french[name].keys(), name


def test_the_language_is_the_one_asked_for_then_the_one_remembered_then_the_browsers():
    assert language_of("fr", "en", "en", "en") == "fr"
    assert language_of("xx", "fr", "en", "en") == "fr"
    assert language_of(None, None, "de, fr;q=0.5", "en") == "fr"
    assert language_of(None, None, ";;q=,=x" * 50, "en") == "en"


def test_the_language_asked_for_is_remembered(browser):
    browser.get("/stories?ui=fr")
    assert '<html lang="fr">' in browser.get("/stories").text


def test_no_two_pages_stand_at_one_path():
    paths = [(route.path, *sorted(route.methods)) for face in faces() for route in face.routes()]
    assert len(paths) == len(set(paths))
    assert all(isinstance(face.ask.__doc__, str) for face in faces() if isinstance(face, Face))


def test_an_empty_store_says_so(visit, tmp_path):
    page = visit(tmp_path / "new.db").get("/stories")
    assert page.status_code == 200
    assert json.loads(visit(tmp_path / "new.db").get("/stories.json").text)["stories"] == []

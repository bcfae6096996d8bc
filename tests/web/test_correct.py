"""Putting right on the desk: a form for each finding, what it would change, the log, and undo."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

import pytest
from visiting import token_of

from recoupe.records.correction import KINDS, kind_of
from recoupe.store import open_store


@pytest.fixture
def here(visit, store_address, story):
    """A browser at a store of its own, the path of its story, and its dossier."""
    browser = visit(store_address)
    path = f"/stories/{story}"
    return browser, path, browser.get(f"{path}.json").json()


def links(page, sort):
    return [html.unescape(link) for link in re.findall(rf'href="([^"]*/correct\?{sort}=[^"]*)"', page)]


def sent(page):
    return html.unescape(page.partition('name="correction" value="')[2].partition('"')[0])


def corrected(browser, path, **fields):
    """Go the whole way: preview, confirm; the page on which one comes out."""
    preview = browser.get(f"{path}/correct/preview?{urlencode(fields)}")
    assert preview.status_code == 200, preview.text
    form = {"token": token_of(preview.text), "correction": sent(preview.text)}
    done = browser.post(f"{path}/corrections", data=form)
    assert done.status_code == 303
    assert done.headers["location"].startswith(f"{path}/corrections?said=corrected")
    return browser.get(done.headers["location"])


def count_of(dossier):
    return next(q for q in dossier["questions"] if q["kind"] == "count" and q["verdict"] == "contested")


def test_each_answer_leads_to_its_forms(here):
    browser, path, _ = here
    found = links(browser.get(path).text, "answer")
    assert found
    page = browser.get(found[0])
    assert page.status_code == 200
    assert 'action="' + path + '/correct/preview"' in page.text
    assert all(f'name="kind" value="{kind}"' in page.text for kind in ("value", "question", "event", "voice"))


@pytest.mark.parametrize("sort", ["statement", "name", "article"])
def test_statements_names_and_articles_have_forms(here, sort):
    browser, path, dossier = here
    what = {"statement": dossier["statements"][0]["id"], "name": dossier["names"][0]["id"], "article": "a"}[sort]
    page = browser.get(f"{path}/correct?{sort}={what}")
    assert page.status_code == 200
    assert f'name="{sort}" value="{what}"' in page.text
    assert page.text.count("<form") >= 1


@pytest.mark.parametrize("what", ["answer=q1.99", "answer=x", "statement=s999", "name=n999", "article=zz", ""])
def test_what_is_not_there_is_told(here, what):
    browser, path, _ = here
    assert browser.get(f"{path}/correct?{what}").status_code == 404


def test_a_value_is_put_right_shown_as_such_and_taken_back(here, store_address, story):
    browser, path, before = here
    question = count_of(before)
    fields = {
        "kind": "value",
        "answer": f"{question['id']}.0",
        "low": "99",
        "high": "99",
        "author": "Ada",
        "note": "why",
    }
    preview = browser.get(f"{path}/correct/preview?{urlencode(fields)}").text
    assert "99 (" in preview
    assert browser.get(f"{path}.json").json() == before
    log = corrected(browser, path, **fields).text
    assert all(word in log for word in ("99", "Ada", "why", "The correction is kept"))
    now = browser.get(f"{path}.json").json()
    assert now["corrections"][0]["state"] == "applied"
    assert "corrections#k" in browser.get(path).text
    undone = browser.post(
        "/corrections/undo", data={"token": token_of(log), "id": now["corrections"][0]["id"], "story": story}
    )
    assert undone.headers["location"].startswith(f"{path}/corrections?said=taken_back")
    assert browser.get(f"{path}.json").json() == before
    with open_store(store_address) as store:
        assert [kind_of(c) for c in store.corrections()] == ["value", "undo"]


def ways(dossier):
    """A correction of each kind, as the forms send it."""
    count = count_of(dossier)
    times = [q for q in dossier["questions"] if q["kind"] == "time"]
    people = [n for n in dossier["names"] if n["type"] == "PERSON" and n["mentions"]]
    spelt = next(n for n in people if len({m["text"] for m in n["mentions"]}) > 1)
    forms = list(dict.fromkeys((m["article"], m["text"]) for m in spelt["mentions"]))
    letter = {a["id"]: "abcdef"[i] for i, a in enumerate(dossier["articles"])}
    return [
        {"kind": "value", "answer": f"{times[0]['id']}.0", "start": "2025-03-10", "end": ""},
        {"kind": "question", "answer": f"{times[0]['id']}.0", "to": f"{times[1]['id']}.0"},
        {"kind": "question", "answer": f"{count['id']}.0"},
        {"kind": "event", "answer": f"{count['id']}.0", "other": f"{count['id']}.1", "same": "0"},
        {"kind": "event", "answer": f"{times[0]['id']}.0", "other": f"{times[1]['id']}.0", "same": "1"},
        {"kind": "voice", "answer": f"{count['id']}.0", "voice": f"name:{people[0]['id']}"},
        {"kind": "voice", "answer": f"{count['id']}.0", "voice": "article:b"},
        {"kind": "voice", "answer": f"{count['id']}.0", "voice": "", "label": "Reuters"},
        {"kind": "speaker", "statement": "s1", "name": people[0]["id"]},
        {"kind": "speaker", "statement": "s1", "name": ""},
        {"kind": "person", "name": people[0]["id"], "other": people[1]["id"], "same": "1"},
        {"kind": "person", "name": spelt["id"], "same": "0",
         **{k: f"{letter[a]}:{t}" for k, (a, t) in zip(("one", "other"), forms)}},
        {"kind": "copy", "article": "a", "of": "b", "same": "1"},
        {"kind": "copy", "article": "a", "of": "b", "same": "0"},
        {"kind": "story", "article": "a", "same": "0"},
    ]  # fmt: skip


def test_every_kind_can_be_said_with_a_form(here, store_address):
    browser, path, dossier = here
    for n in range(len(ways(dossier))):
        fields = ways(browser.get(f"{path}.json").json())[n]  # names and questions are numbered anew each time
        assert corrected(browser, path, **fields).status_code == 200
    with open_store(store_address) as store:
        log = store.corrections()
    assert {kind_of(c) for c in log} == set(KINDS) - {"undo"}
    assert len(log) == len(ways(dossier))
    whole = browser.get("/corrections")
    assert all(c.id in whole.text for c in log)
    assert [c["id"] for c in browser.get("/corrections.json").json()["corrections"]] == [c.id for c in log]


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "value", "low": "many"},
        {"kind": "value", "low": "9", "high": "3"},
        {"kind": "value", "low": "", "high": ""},
        {"kind": "value", "low": "nan"},
        {"kind": "value", "low": "1e999"},
        {"kind": "undo"},
        {"kind": "voice", "voice": "name:n999"},
        {"kind": "voice"},
        {"kind": "event", "other": "q999.0"},
    ],
)
def test_what_makes_no_sense_is_refused_in_words(here, more):
    browser, path, dossier = here
    fields = {"answer": f"{count_of(dossier)['id']}.0", **more}
    answer = browser.get(f"{path}/correct/preview?{urlencode(fields)}")
    assert answer.status_code == 400
    assert "That cannot be done" in answer.text


def test_nothing_is_changed_without_the_form_s_token(here):
    browser, path, dossier = here
    for token in ("", "x"):
        for to in (f"{path}/corrections", "/corrections/undo"):
            assert browser.post(to, data={"token": token, "correction": "{}", "id": "k"}).status_code == 403
    assert browser.get(f"{path}.json").json() == dossier


def test_a_program_sends_a_correction_as_json(here):
    browser, path, dossier = here
    question = count_of(dossier)
    fields = {"kind": "value", "answer": f"{question['id']}.0", "low": "99", "high": "99"}
    body = browser.get(f"{path}/correct/preview.json?{urlencode(fields)}").json()["correction"]
    done = browser.post(f"{path}/corrections", json=body)
    assert (done.status_code, len(done.json()["added"])) == (200, 1)
    assert browser.post(f"{path}/corrections", json={"correction": "value"}).status_code == 400
    back = browser.post("/corrections/undo", json={"id": done.json()["added"][0]["id"]})
    assert len(back.json()["added"]) == 1
    assert browser.post("/corrections/undo", json={"id": "k-none"}).status_code == 404


def test_hostile_words_stay_words(here):
    browser, path, dossier = here
    hostile = '"><script>alert(1)</script>'
    fields = {"kind": "value", "answer": f"{count_of(dossier)['id']}.0", "low": "9", "note": hostile, "author": hostile}
    page = corrected(browser, path, **fields)
    assert "<script>alert" not in page.text
    assert html.escape(hostile, quote=False).replace('"', "") in page.text.replace("&#34;", "").replace('"', "")


def test_an_earlier_dossier_is_not_put_right(here):
    browser, path, _ = here
    assert links(browser.get(f"{path}?dossier=1").text, "answer") == []


def test_the_pages_speak_french(here):
    browser, path, dossier = here
    page = browser.get(f"{path}/correct?answer={count_of(dossier)['id']}.0&ui=fr")
    assert "Corriger" in page.text
    assert "Corrections" in browser.get("/corrections?ui=fr").text

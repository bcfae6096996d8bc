"""The description of the desk is a valid one, leaves nothing out, and what it promises is what comes."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from recoupe.records.alert import Alert
from recoupe.store import Which, open_store
from recoupe.web.app import faces
from recoupe.web.contract import ASKED, DONE, RECORDS, TAKEN
from recoupe.web.describing import schema_of
from recoupe.web.faces import Action, Face, File, beside
from recoupe.web.jobs import Jobs

ASKS = {
    "/search": "?q=tunnel",
    "/stories/{story}/correct": "?answer=q1.0",
    "/stories/{story}/correct/preview": "?kind=question&answer=q1.0&to=",
}
"""What a page does not go without, or shows more with."""
LEADS_ON = {"/enter", "/stories/{story}/correct/preview"}
"""Pages that lead on: no token is needed here, and there may be nothing to be corrected so."""


@pytest.fixture
def desk(visit, store_address):
    with open_store(store_address) as store:
        story = store.stories(Which())[0]
        store.keep_alerts([(Alert("wa", "fire", "contested", story.id, "t", "s", "6", "7", ()), ())])
    browser = visit(store_address)
    browser.app.state.desk.jobs = Jobs(processes=0)
    return browser


@pytest.fixture
def described(desk):
    return desk.get("/openapi.json").json()


@pytest.fixture
def named(desk):
    story = desk.get("/stories.json").json()["stories"][0]["id"]
    dossier = desk.get(f"/stories/{story}.json").json()
    job = desk.post("/add", json={"text": "A text.\n\nIt says nothing much."}).json()
    return {
        "story": story, "article": dossier["articles"][0]["id"], "question": dossier["questions"][0]["id"],
        "alert": "wa", "job": job["id"],
    }  # fmt: skip


def fits(record, path, described, method="get"):
    schema = {**schema_of(path, described, method), "components": described["components"]}
    return [f"{path}: {e.json_path}: {e.message[:200]}" for e in Draft202012Validator(schema).iter_errors(record)]


def test_the_description_is_openapi(described):
    validate(described)
    assert described["openapi"].startswith("3.1")


def test_everything_is_described_and_nothing_else(described):
    pages = {face.path for face in faces() if isinstance(face, Face)} - {"/"}
    actions = {face.path for face in faces() if isinstance(face, Action)}
    files = {face.path for face in faces() if isinstance(face, File)}
    assert set(RECORDS) == pages
    assert set(DONE) == set(TAKEN) == actions
    assert set(ASKED) <= pages | files
    assert set(described["paths"]) == {beside(path) for path in pages} | actions | files
    for methods in described["paths"].values():
        assert all(operation["summary"] for operation in methods.values())


def test_what_every_page_answers_is_what_is_described(desk, described, named):
    wrong = []
    for path in RECORDS:
        answer = desk.get(beside(path.format(**named)) + ASKS.get(path, ""))
        if answer.status_code == 200:
            wrong += fits(answer.json(), beside(path), described)
        elif path not in LEADS_ON:
            wrong.append(f"{path}: {answer.status_code}")
    assert wrong == []


def test_what_actions_answer_is_what_is_described(desk, described):
    kept = desk.post("/searches", json={"q": "tunnel", "when": ["moved"]}).json()
    forgotten = desk.post(f"/searches/{kept['id']}/forget", json={}).json()
    added = desk.post("/add", json={"text": "A text."}).json()
    assert fits(kept, "/searches", described, "post") == []
    assert fits(forgotten, "/searches/{search}/forget", described, "post") == []
    assert fits(added, "/add", described, "post") == []


def test_an_error_is_what_is_described(desk, described):
    error = {**described["components"]["schemas"]["Error"]}
    for answer in (desk.get("/stories/none.json"), desk.post("/searches", json={})):
        assert answer.status_code in (400, 404)
        Draft202012Validator(error).validate(answer.json())


def test_the_description_is_known_by_the_pages(browser):
    assert browser.get("/openapi.json").headers["content-type"] == "application/json"
    assert browser.get("/openapi").status_code == 404

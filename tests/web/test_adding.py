"""What is added is kept in the background, told report by report, and goes where it is to go."""

from __future__ import annotations

import time

import pytest
from visiting import EXAMPLE, token_of

from recoupe.store import open_store
from recoupe.web.jobs import Jobs

TEXT = """Wildfire near Orvena

OLMSTADT, 3 May 2024 - A wildfire near Orvena killed two people on Thursday, the regional fire service said.
The mayor of Orvena said that 300 residents had been evacuated.
"""


@pytest.fixture
def desk(visit, tmp_path):
    """A desk on an empty store, which does its work in this process."""
    browser = visit(tmp_path / "empty.db")
    browser.app.state.desk.jobs = Jobs(processes=0)
    return browser


def over(desk, place: str) -> dict:
    """What came of an addition, once it is over."""
    for _ in range(600):
        job = desk.get(f"{place}.json").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def add(desk, **sent) -> dict:
    answer = desk.post("/add", json=sent)
    assert answer.status_code == 200, answer.text
    return over(desk, f"/add/{answer.json()['id']}")


def test_a_pasted_text_is_kept_and_known_the_second_time(desk):
    job = add(desk, text=TEXT, outlet="The Herald", published="2024-05-03")
    assert (job["state"], job["items"][0]["added"]["new"]) == ("done", 1)
    (article,) = job["articles"]
    with open_store(desk.app.state.desk.store.address) as store:
        (version,) = store.versions(article)
    assert (version.article.text, version.article.outlet) == (TEXT, "The Herald")
    again = add(desk, text=TEXT, outlet="The Herald", published="2024-05-03")
    assert again["items"][0]["added"]["known"] == 1
    assert again["articles"] == [article]
    assert desk.get("/sources.json").json()["sources"] == []


def test_files_come_by_the_form_and_make_a_story(desk):
    token = token_of(desk.get("/add").text)
    files = [("files", (path.name, path.read_bytes())) for path in sorted(EXAMPLE.glob("*.txt"))]
    answer = desk.post("/add", data={"token": token, "into": "find"}, files=files)
    assert answer.status_code == 303
    assert desk.get(answer.headers["location"]).status_code == 200
    job = over(desk, answer.headers["location"])
    assert [item["added"]["new"] for item in job["items"]] == [1] * len(files)
    assert max(len(story["articles"]) for story in job["stories"]) >= 2
    page = desk.get(answer.headers["location"]).text
    assert "http-equiv" not in page
    assert f"/stories/{job['stories'][0]['id']}" in page


def test_where_a_file_lay_and_lies_is_told_nowhere(desk, tmp_path):
    token = token_of(desk.get("/add").text)
    files = [
        ("files", ("C:\\secret\\..\\a#b.txt", TEXT.encode())),
        ("files", ("../../etc/bad.warc.gz", b"\x1f\x8b broken")),
        ("files", ("<script>alert(1)</script>.txt", b"")),
    ]
    place = desk.post("/add", data={"token": token}, files=files).headers["location"]
    job = over(desk, place)
    assert job["items"][1]["added"]["problems"]
    assert job["items"][2]["added"]["problems"]
    page = desk.get(place).text
    for word in ("secret", "/tmp", "recoupe-", str(tmp_path), "<script>alert", "etc/"):
        assert word not in page
        assert word not in desk.get(f"{place}.json").text or word == "<script>alert"
    assert "ab.txt" in page


def test_the_files_that_were_sent_are_removed_when_the_job_is_over(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    token = token_of(desk.get("/add").text)
    place = desk.post("/add", data={"token": token}, files=[("files", ("a.txt", b"x"))]).headers["location"]
    over(desk, place)
    for _ in range(100):
        if not list(tmp_path.glob("recoupe-*")):
            return
        time.sleep(0.02)
    raise AssertionError


@pytest.mark.parametrize(
    "address",
    ["/etc/passwd", "file:///etc/passwd", "-", "ftp://a.example/x", "javascript:alert(1)", "http://", "../x", "c.txt"],
)
def test_only_addresses_of_the_web_are_taken(desk, address):
    assert desk.post("/add", json={"address": address}).status_code == 400


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x", "http://localhost/x", "http://[::1]/", "http://10.0.0.1/"])
def test_private_addresses_are_not_fetched(desk, address):
    job = add(desk, address=address)
    assert job["articles"] == []
    (problem,) = job["items"][0]["added"]["problems"]
    assert "private" in problem["message"]
    assert desk.get("/sources.json").json()["sources"] == []


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"text": "   "},
        {"address": " ".join(f"https://a.example/{i}" for i in range(51))},
        {"text": "x" * 1_000_001},
        {"text": "x", "published": "yesterday"},
        {"text": "x", "url": "javascript:alert(1)"},
        {"text": "x", "into": "story", "story": "nothing"},
        {"text": "x", "into": "story"},
    ],
)
def test_what_cannot_be_added_is_refused_at_once(desk, sent):
    assert desk.post("/add", json=sent).status_code == 400
    assert desk.get("/add.json").json()["jobs"] == []


def test_a_report_goes_into_the_story_that_somebody_names_and_stays_there(visit, store_address):
    desk = visit(store_address)
    desk.app.state.desk.jobs = Jobs(processes=0)
    story = desk.get("/stories.json").json()["stories"][0]["id"]
    job = add(desk, text=TEXT, published="2024-05-03", into="story", story=f"http://localhost:8137/stories/{story}?x=1")
    assert [one["id"] for one in job["stories"]] == [story]
    with open_store(store_address) as store:
        assert job["articles"][0] in store.story(story).articles
        assert len(store.corrections(kind="story")) == 1
    assert story in desk.get(f"/add?story={story}").text


def test_reports_that_tell_one_story_by_the_word_of_who_gives_them_are_one(desk):
    files = [("files", ("a.txt", TEXT.encode())), ("files", ("b.txt", (EXAMPLE / "a.txt").read_bytes()))]
    token = token_of(desk.get("/add").text)
    job = over(desk, desk.post("/add", data={"token": token, "into": "together"}, files=files).headers["location"])
    assert [len(story["articles"]) for story in job["stories"]] == [2]


def test_a_process_of_its_own_does_the_work(visit, tmp_path):
    desk = visit(tmp_path / "empty.db")
    job = add(desk, text=TEXT, published="2024-05-03")
    assert (job["state"], len(job["articles"])) == ("done", 1)


def test_no_more_is_taken_than_can_wait(desk, monkeypatch):
    monkeypatch.setattr(Jobs, "full", lambda self: True)
    assert desk.post("/add", json={"text": TEXT}).status_code == 400


def test_an_addition_that_nobody_knows_is_not_found(desk):
    assert desk.get("/add/nothing").status_code == 404

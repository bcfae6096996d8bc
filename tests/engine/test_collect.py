"""Collecting keeps what sources hold, once, and puts it into stories whose ids stay."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from recoupe.engine import collect, gather, reread, stale
from recoupe.engine.collect import is_live, key_of
from recoupe.engine.made import readers
from recoupe.records import Article, Problem, Report
from recoupe.records.validators import Validators
from recoupe.settings import Settings
from recoupe.store import Which, open_store

STORY = {
    "a": "Four people were killed when a bridge collapsed in Morvelay on Sunday, police said.\n"
    "Mayor Anne Kerzel said the bridge in Morvelay had been closed to lorries.",
    "b": "Five people were killed in the collapse of a bridge in Morvelay on Sunday, the mayor Anne Kerzel said.\n"
    "Police said two people were injured in Morvelay.",
}


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "store.db")) as opened:
        yield opened


def rows(path: Path, **texts: str) -> str:
    path.write_text(
        "".join(
            json.dumps(
                {"text": text, "title": text.split("\n")[0], "url": f"https://example.org/{name}", "language": "en",
                 "published": "2025-03-17", "source": f"Outlet {name}"}
            ) + "\n"
            for name, text in texts.items()
        )
    )  # fmt: skip
    return str(path)


def test_what_was_collected_is_known_the_next_time(store, tmp_path):
    source = rows(tmp_path / "rows.jsonl", **STORY)
    first = collect(store, [source])
    assert (first.new, first.changed, first.known, first.problems) == (2, 0, 0, 0)
    before = store.current(), store.stories(Which(least=0))
    second = collect(store, [source])
    assert (second.new, second.changed, second.known, second.touched) == (0, 0, 2, set())
    assert (store.current(), store.stories(Which(least=0))) == before
    again = collect(store, [source], again=True)
    assert (again.new, again.changed, again.known) == (0, 0, 2)


def test_a_row_that_says_something_else_is_a_new_version(store, tmp_path):
    collect(store, [rows(tmp_path / "rows.jsonl", **STORY)])
    changed = STORY | {"a": STORY["a"].replace("Four", "Six")}
    found = collect(store, [rows(tmp_path / "rows.jsonl", **changed)])
    assert (found.new, found.changed, found.known) == (0, 1, 1)
    (name,) = found.touched
    assert [v.article.text[:4] for v in store.versions(name)] == ["Four", "Six "]


def test_a_source_that_fails_holds_up_no_other_and_says_why(store, tmp_path):
    told = []
    missing = str(tmp_path / "missing.jsonl")
    found = collect(store, [missing, rows(tmp_path / "rows.jsonl", **STORY)], on_problem=told.append)
    assert (found.new, found.problems, len(told)) == (2, 1, 1)
    states = {Path(s.address).name: s for s in store.sources()}
    assert states["missing.jsonl"].failures == 1
    assert "missing.jsonl" in states["missing.jsonl"].error
    assert states["missing.jsonl"].succeeded is None
    assert (states["rows.jsonl"].failures, states["rows.jsonl"].reports) == (0, 2)


def test_reports_of_one_event_become_a_story_that_keeps_its_id(store, tmp_path):
    found = collect(store, [rows(tmp_path / "rows.jsonl", **STORY)])
    gather(store, found.touched)
    (story,) = store.stories(Which())
    assert len(story.articles) == 2
    assert story.dossiers == 1
    assert gather(store, found.touched) == []
    later = {"c": STORY["b"].replace("Five", "Seven").replace("two", "nine")}
    more = collect(store, [rows(tmp_path / "more.jsonl", **later)])
    gather(store, more.touched)
    (now,) = store.stories(Which())
    assert now.id == story.id
    assert len(now.articles) == 3
    assert [k.number for k in store.dossiers(story.id)] == [1, 2]
    assert {a.id for a in store.dossiers(story.id)[-1].dossier.articles} == set(now.articles)


def test_what_a_stopped_run_left_behind_is_put_into_stories_by_the_next(store, tmp_path):
    source = rows(tmp_path / "rows.jsonl", **STORY)
    found = collect(store, [source])
    assert set(store.loose()) == found.touched
    assert collect(store, [source]).touched == set()
    (story,) = gather(store)
    assert set(story.articles) == found.touched
    assert store.loose() == []
    collect(store, [rows(tmp_path / "rows.jsonl", **(STORY | {"a": STORY["a"].replace("Four", "Six")}))])
    assert len(store.loose()) == 1
    assert [s.dossiers for s in gather(store)] == [2]
    assert store.loose() == []


def test_a_new_pack_reads_again_what_its_stories_hold(store, tmp_path, monkeypatch):
    found = collect(store, [rows(tmp_path / "rows.jsonl", **STORY)])
    monkeypatch.setattr("recoupe.engine.made.pack_digest", lambda code: "another")
    gather(store, found.touched)
    assert all(v.reading for v in store.current(readers={"en": "0.1.0+another"}))


def test_the_same_articles_make_the_same_ids_in_another_store(store, tmp_path):
    source = rows(tmp_path / "rows.jsonl", **STORY)
    gather(store, collect(store, [source]).touched)
    with open_store(str(tmp_path / "other.db")) as other:
        gather(other, collect(other, [source]).touched)
        assert [s.id for s in other.stories(Which())] == [s.id for s in store.stories(Which())]
        assert [s.articles for s in other.stories(Which())] == [s.articles for s in store.stories(Which())]


REPORT = Report("articles.jsonl#3", "text", "Text", outlet="The Paper")
ARTICLE = Article("x", "x", "Text", "en", "Title")


@pytest.mark.parametrize(
    ("report", "article", "key", "live"),
    [
        (replace(REPORT, url="https://e.org/1#top"), ARTICLE, "u:https://e.org/1", False),
        (replace(REPORT, id="7"), ARTICLE, "i:The Paper:7", False),
        (Report("/saved/a.html", "html", ""), replace(ARTICLE, url="https://e.org/1"), "u:https://e.org/1", False),
        (Report("/saved/a.txt", "text", ""), ARTICLE, "p:/saved/a.txt", False),
        (Report("https://e.org/1", "html", "", url="https://e.org/1"), replace(ARTICLE, url="https://other.org/"),
         "u:https://e.org/1", True),
        (Report("https://e.org/a.warc.gz#9", "html", "", url="https://n.org/"), ARTICLE, "u:https://n.org/", False),
    ],
)  # fmt: skip
def test_an_article_is_known_by_the_address_that_its_source_gives(report, article, key, live):
    assert key_of(report, article) == key
    assert is_live(report) is live


def test_a_row_without_an_address_is_known_by_what_it_says():
    assert key_of(REPORT, ARTICLE) == key_of(replace(REPORT, address="other.jsonl#9"), ARTICLE)


def newer(monkeypatch):
    """Packs of another digest, as after an update."""
    monkeypatch.setattr("recoupe.engine.made.pack_digest", lambda code: "another")


def test_rereading_reads_what_older_packs_have_read_and_writes_its_dossiers_anew(store, tmp_path, monkeypatch):
    gather(store, collect(store, [rows(tmp_path / "rows.jsonl", **STORY)]).touched)
    assert stale(store, Settings()) == []
    assert reread(store) == 0
    (old,) = {v.reading for v in store.current(readers=readers(Settings()))[:1]}
    newer(monkeypatch)
    waiting, seen = stale(store, Settings()), []
    assert len(waiting) == 2
    assert reread(store, progress=seen.append) == len(seen) == 2
    assert stale(store, Settings()) == []
    assert store.loose() == waiting
    assert gather(store) == []  # the dossier says what it said
    assert store.loose() == []
    assert all(v.reading for v in store.current(readers=readers(Settings())))
    monkeypatch.undo()
    assert old in [v.reading for v in store.current(readers=readers(Settings()))]


def test_rereading_that_is_stopped_goes_on_where_it_was(store, tmp_path, monkeypatch):
    collect(store, [rows(tmp_path / "rows.jsonl", **STORY)])
    newer(monkeypatch)
    monkeypatch.setattr(sys.modules["recoupe.engine.reread"], "_BATCH", 1)

    def stopped(address):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reread(store, progress=stopped)
    assert reread(store) == 1


def test_what_cannot_be_read_anew_is_told_and_stays(store, tmp_path, monkeypatch):
    collect(store, [rows(tmp_path / "rows.jsonl", **STORY)])
    newer(monkeypatch)
    monkeypatch.setattr(
        sys.modules["recoupe.engine.reread"], "prepared_reading_of", lambda task: Problem(task[0].path, "read", "no")
    )
    told = []
    assert reread(store, on_problem=told.append) == 0
    assert len(told) == 2
    assert len(store.current()) == 2


def test_what_was_said_of_addresses_long_ago_is_forgotten(store, tmp_path):
    now = [datetime(2024, 3, 1, tzinfo=UTC)]
    store._clock = lambda: now[0]
    store.keep([], [], {"https://example.org/old": Validators(etag="1")})
    now[0] = datetime.now(UTC)
    store.keep([], [], {"https://example.org/new": Validators(etag="2")})
    collect(store, [rows(tmp_path / "rows.jsonl", **STORY)])
    assert list(store.remembered(["https://example.org/old", "https://example.org/new"])) == ["https://example.org/new"]

"""The commands on a store: collect, stories, show, history, search."""

from __future__ import annotations

import json

import pytest

from recoupe.cli import main
from recoupe.cli.options import day_of
from recoupe.errors import SettingsError

TEXTS = {
    "a": "Four people were killed when a bridge collapsed in Morvelay on Sunday, police said.\n"
    "Mayor Anne Kerzel said the bridge in Morvelay had been closed to lorries.",
    "b": "Five people were killed in the collapse of a bridge in Morvelay on Sunday, the mayor Anne Kerzel said.\n"
    "Police said two people were injured in Morvelay.",
}


def rows(path, texts):
    def row(name, text):
        return {
            "text": text,
            "title": f"Bridge {name}",
            "url": f"https://example.org/{name}",
            "published": "2025-03-17",
        }

    path.write_text("".join(json.dumps(row(*item)) + "\n" for item in texts.items()))
    return str(path)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store that was collected into twice: the second time one report says more people were killed."""
    folder = tmp_path_factory.mktemp("kept")
    place = str(folder / "store.db")
    for texts in (TEXTS, TEXTS | {"a": TEXTS["a"].replace("Four", "Seven")}):
        assert main(["collect", rows(folder / "rows.jsonl", texts), "--store", place, "-p", "0", "-q"]) == 0
    return place


def run(capsys, *arguments):
    status = main(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def listed(capsys, store, *arguments):
    status, out, _ = run(capsys, "stories", "--store", store, "--format", "json", *arguments)
    assert status == 0
    return [json.loads(line) for line in out.splitlines()]


def test_collecting_again_says_that_all_is_known(capsys, tmp_path):
    source, place = rows(tmp_path / "rows.jsonl", TEXTS), str(tmp_path / "store.db")
    first = run(capsys, "collect", source, "--store", place, "-p", "0")
    assert first[0] == 0
    assert "kept 2 new and 0 changed articles, 0 were known" in first[2]
    again = run(capsys, "collect", source, "--store", place, "-p", "0")
    assert again[0] == 0
    assert "kept 0 new and 0 changed articles, 2 were known" in again[2]


def test_nothing_that_could_be_kept_is_status_2(capsys, tmp_path):
    missing = str(tmp_path / "missing.txt")
    status, _, err = run(capsys, "collect", missing, "--store", str(tmp_path / "s.db"), "-p", "0")
    assert status == 2
    assert "missing.txt" in err


def test_stories_are_listed_with_their_reports(capsys, store):
    (story,) = listed(capsys, store)
    assert len(story["articles"]) == 2
    assert listed(capsys, store, "--since", "2025-03-18") == []
    assert len(listed(capsys, store, "--until", "2025-03-18")) == 1
    status, out, _ = run(capsys, "stories", "--store", store)
    assert status == 0
    assert out.startswith(story["id"])
    assert "2 reports" in out


def test_a_story_shows_its_dossier_in_every_form(capsys, store, tmp_path):
    name = listed(capsys, store)[0]["id"]
    status, out, _ = run(capsys, "show", name[:6], "--store", store, "--format", "json")
    assert status == 0
    assert json.loads(out)["schema"] == "recoupe/dossier/1"
    assert run(capsys, "show", name, "--store", store, "-o", str(tmp_path / "d.html"))[0] == 0
    assert (tmp_path / "d.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    first = json.loads(run(capsys, "show", name, "--store", store, "--dossier", "1", "--format", "json")[1])
    assert any("Four" in article["text"] for article in first["articles"])
    assert run(capsys, "show", name, "--store", store, "--dossier", "9")[0] == 2


def test_an_article_shows_what_its_versions_find_otherwise(capsys, store):
    found = json.loads(run(capsys, "search", "seven", "--store", store, "--format", "json")[1])
    status, out, _ = run(capsys, "show", found["id"], "--store", store)
    assert status == 0
    assert "version 2" in out
    assert "changed without a new time stamp" in out
    assert "~ count: Four [4] → Seven [7]" in " ".join(out.split())


def test_a_history_tells_what_happened_and_how_a_figure_moved(capsys, store):
    name = listed(capsys, store)[0]["id"]
    status, out, _ = run(capsys, "history", name, "--store", store)
    assert status == 0
    assert [word in out for word in ("joined", "version 2", "dossier 2")] == [True] * 3
    status, out, _ = run(capsys, "history", name, "killed", "--store", store)
    assert status == 0
    assert out.count("dossier") >= 2
    assert run(capsys, "history", name, "nonsense", "--store", store)[0] == 2
    lines = run(capsys, "history", name, "--store", store, "--format", "json")[1].splitlines()
    assert {"joined", "dossier", "changed"} <= {json.loads(line)["what"] for line in lines}


def test_a_search_finds_without_accents_and_says_when_it_finds_nothing(capsys, store):
    status, out, _ = run(capsys, "search", "MÖRVELAY", "lorries", "--store", store)
    assert status == 0
    assert "Bridge a" in out
    assert run(capsys, "search", "four", "--store", store)[:2] == (1, "")
    assert "version 1, since" in " ".join(run(capsys, "search", "four", "--old", "--store", store)[1].split())


@pytest.mark.parametrize(
    "arguments",
    [["stories"], ["show", "s1"], ["history", "s1"], ["search", "x"]],
)
def test_a_store_that_is_not_there_is_not_made_by_looking(capsys, tmp_path, arguments):
    place = tmp_path / "none.db"
    status, _, err = run(capsys, *arguments, "--store", str(place))
    assert status == 2
    assert "recoupe collect" in err
    assert not place.exists()


@pytest.mark.parametrize(
    "arguments",
    [["stories", "--since", "soon"], ["stories", "-f", "xml"], ["search", "x", "-f", "xml"], ["show", "s-none"],
     ["show", "a-none"], ["history", "none"]],
)  # fmt: skip
def test_what_makes_no_sense_is_one_line_and_status_2(capsys, store, arguments):
    status, out, err = run(capsys, *arguments, "--store", store)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_days_are_said_in_several_ways():
    assert day_of("2025-03-14", "--since") == "2025-03-14"
    assert day_of("today", "--since") > day_of("yesterday", "--since") > day_of("7d", "--since")
    with pytest.raises(SettingsError):
        day_of("99999d", "--since")


def test_reading_anew_needs_no_sources(capsys, store, monkeypatch):
    status, _, err = run(capsys, "collect", "--reread", "--store", store, "-p", "0")
    assert (status, "read 0 of 0 articles anew" in err) == (0, True)
    monkeypatch.setattr("recoupe.engine.made.pack_digest", lambda code: "another")
    status, _, err = run(capsys, "collect", "--reread", "--store", store, "-p", "0")
    assert (status, "read 2 of 2 articles anew" in err) == (0, True)


def test_collecting_nothing_says_what_to_give(capsys, store):
    status, _, err = run(capsys, "collect", "--store", store)
    assert status == 2
    assert "--reread" in err

"""`recoupe export`: from dossiers to tables, with errors that say what to do."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from recoupe import cross_check
from recoupe.cli import main
from recoupe.writing import to_json

STORY = Path(__file__).resolve().parents[2] / "examples" / "tunnel-fire"


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "fire.json"
    path.write_text(to_json(cross_check([str(STORY / "b.html"), str(STORY / "c.txt")])), "utf-8")
    return path


def test_the_dead_of_reports_become_an_event(saved, tmp_path, capsys):
    out = tmp_path / "events.csv"
    assert main(["export", "events", str(saved), "-o", str(out)]) == 0
    (row,) = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    assert row["story"] == "fire"
    assert (row["number_of_sources"], row["date_start"], row["date_prec"]) == ("2", "2025-03-11", "1")
    assert "1 rows from 1 dossier" in capsys.readouterr().err


def test_dossiers_of_one_name_are_told_apart_by_their_paths(saved, tmp_path, capsys):
    other = tmp_path / "fire.json"
    other.write_bytes(saved.read_bytes())
    assert main(["export", "stories", str(saved), str(other), "--format", "jsonl"]) == 0
    told = [json.loads(line)["story"] for line in capsys.readouterr().out.splitlines()]
    assert told == [str(saved), str(other)]


def test_dossiers_become_a_graph(saved, tmp_path):
    out = tmp_path / "fire.jsonld"
    assert main(["export", "linked", str(saved), "-o", str(out)]) == 0
    assert {"@context", "@graph"} == json.loads(out.read_text("utf-8")).keys()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["linked", "{saved}", "-f", "csv"], "has one form"),
        (["linked", "{broken}"], "do not fit together"),
        (["nothing", "{saved}"], "choose one of answers, statements"),
        (["answers", "{saved}", "-o", "x.xls"], "x.xls: no form goes with this ending"),
        (["answers", "{saved}", "-f", "parquet"], "name a file with -o"),
        (["answers", "missing.json"], "missing.json: cannot be read"),
        (["answers", "{broken}"], "its parts do not fit together"),
        (["answers", "{text}"], "this is no dossier"),
    ],
)
def test_an_error_is_one_line_and_nothing_is_written(arguments, said, saved, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    broken = json.loads(saved.read_text("utf-8"))
    broken["articles"] = []
    (tmp_path / "broken.json").write_text(json.dumps(broken), "utf-8")
    (tmp_path / "text.json").write_text("no JSON at all", "utf-8")
    before = sorted(tmp_path.iterdir())
    places = {"saved": saved, "broken": tmp_path / "broken.json", "text": tmp_path / "text.json"}
    assert main(["export", *(a.format(**places) for a in arguments)]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before

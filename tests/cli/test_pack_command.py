"""`recoupe pack` and `recoupe open`: a story goes from one store to another and stays what it was."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from recoupe.cli import main
from recoupe.store import Which, open_store

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "tunnel-fire"


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packed")
    store, path = str(folder / "one.db"), folder / "fire.recoupe"
    assert main(["collect", str(EXAMPLE), "--store", store, "--quiet"]) == 0
    with open_store(store) as opened:
        (story,) = [s.id for s in opened.stories(Which())]
    assert main(["pack", story[:5], "--store", store, "-o", str(path)]) == 0
    assert main(["show", story, "--store", store, "-o", str(folder / "shown.json")]) == 0
    return story, str(path), (folder / "shown.json").read_bytes()


def test_a_packed_story_opens_as_the_same_dossier(packed, tmp_path):
    _, path, shown = packed
    out = tmp_path / "opened.json"
    assert main(["open", path, "-o", str(out)]) == 0
    assert out.read_bytes() == shown
    assert main(["open", path, "-o", str(tmp_path / "opened.html")]) == 0
    assert (tmp_path / "opened.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_a_packed_story_is_shown(packed, capsys):
    assert main(["open", packed[1], "--ui", "en"]) == 0
    assert "CONTESTED" in capsys.readouterr().out.upper()


def test_a_packed_story_is_taken_into_a_store_once(packed, tmp_path, capsys):
    story, path, shown = packed
    store = str(tmp_path / "two.db")
    assert main(["open", path, "--store", store]) == 0
    assert f"{story}: 5 articles, 5 versions, 1 dossiers new" in capsys.readouterr().err
    assert main(["open", path, "--store", store]) == 0
    assert "all of it was there already" in capsys.readouterr().err
    assert main(["show", story, "--store", store, "-o", str(tmp_path / "shown.json")]) == 0
    assert (tmp_path / "shown.json").read_bytes() == shown
    assert main(["collect", str(EXAMPLE / "b.html"), "--store", store]) == 0
    assert "0 new and 0 changed articles, 1 were known" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["open", "missing.recoupe"], "cannot be read"),
        (["open", str(EXAMPLE / "c.txt")], "is no pack"),
        (["open", "{path}", "-o", "x.xls"], "no form goes with this ending"),
        (["open", "{path}", "--corrections"], "goes with --store"),
        (["open", "{path}", "--dossier", "7"], "no dossier 7"),
    ],
)
def test_an_error_is_one_line(packed, arguments, said, capsys):
    assert main([a.format(path=packed[1]) for a in arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_a_dossier_whose_parts_do_not_fit_is_one_line(packed, tmp_path, capsys):
    made_up = tmp_path / "made-up.recoupe"
    with zipfile.ZipFile(packed[1]) as good, zipfile.ZipFile(made_up, "w") as out:
        members = {name: good.read(name) for name in good.namelist()}
        dossier = json.loads(members["dossiers/1.json"])
        members["dossiers/1.json"] = json.dumps({**dossier, "articles": []}).encode()
        head = json.loads(members["pack.json"])
        head["files"]["dossiers/1.json"] = hashlib.sha256(members["dossiers/1.json"]).hexdigest()
        members["pack.json"] = json.dumps(head).encode()
        for name, data in members.items():
            out.writestr(name, data)
    assert main(["open", str(made_up)]) == 2
    told = capsys.readouterr().err
    assert "do not fit together" in told
    assert told.count("\n") == 1

"""The bench harness: what goes in, what comes out, and floors that only rise."""

from __future__ import annotations

import json
import math
import tomllib

import pytest

from bench import predict, run
from bench.predictors import crosscheck, rows, write_rows

GOLD = {
    "id": "made-up",
    "about": "a story",
    "articles": [
        {
            "id": "a",
            "file": "a.fr.txt",
            "lang": "fr",
            "outlet": "One",
            "published": None,
            "origins": ["x"],
            "translated_from": "nl",
        },
        {
            "id": "b",
            "file": "b.en.txt",
            "lang": "en",
            "outlet": None,
            "published": "2024-06-26",
            "url": "https://two.example/1",
        },
    ],
    "entities": [{"id": "E1"}],
    "slots": [{"id": "killed"}],
    "statements": [{"id": "S1"}],
}


@pytest.fixture
def story(tmp_path):
    folder = tmp_path / "data" / "made-up"
    folder.mkdir(parents=True)
    (folder / "a.fr.txt").write_text("Un titre\n\nDeux morts.", "utf-8")
    (folder / "b.en.txt").write_text("A title\n\nThree dead.", "utf-8")
    return folder


def test_a_predictor_is_given_nothing_of_the_gold(story):
    (story / "story.json").write_text(json.dumps(GOLD), "utf-8")
    name, articles = crosscheck.describe(story)
    assert name == "made-up"
    assert articles == [
        {"file": "a.fr.txt", "id": "a", "outlet": "One"},
        {"file": "b.en.txt", "id": "b", "published": "2024-06-26", "url": "https://two.example/1"},
    ]


def test_a_folder_without_gold_is_a_story_all_the_same(story):
    assert crosscheck.stories(story.parent) == [story]
    name, articles = crosscheck.describe(story)
    assert name == "made-up"
    assert articles == [{"id": "a", "file": "a.fr.txt"}, {"id": "b", "file": "b.en.txt"}]


def test_a_story_that_fails_gives_an_empty_dossier_and_a_message(story, tmp_path, monkeypatch, capsys):
    def broken(*_: object, **__: object) -> None:
        raise ValueError("out of order")

    monkeypatch.setattr("recoupe.cross_check", broken, raising=False)
    crosscheck.predict(story.parent, tmp_path / "out")
    written = json.loads((tmp_path / "out" / "made-up.json").read_text("utf-8"))
    assert written["schema"] == "recoupe/dossier/1"
    assert written["articles"] == written["questions"] == written["statements"] == written["names"] == []
    assert "out of order" in capsys.readouterr().err


def test_an_unknown_benchmark_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="no predictor 'nonsense'"):
        predict.predict("nonsense", tmp_path, tmp_path / "out")


def test_every_predictor_has_a_benchmark_and_a_function():
    assert set(predict.available()) <= {b.predictor for b in run.BENCHMARKS}


def test_rows_come_back_as_they_were_written(tmp_path):
    write_rows(tmp_path / "new" / "rows.jsonl", [{"id": "é"}, {"id": 2}])
    assert list(rows(tmp_path / "new" / "rows.jsonl")) == [{"id": "é"}, {"id": 2}]


def test_a_figure_under_its_floor_is_told():
    assert run.Row("x", "f1", 0.5, 0.6, None).under
    assert not run.Row("x", "f1", 0.6, 0.6, None).under
    assert not run.Row("x", "f1", 0.1, None, None).under
    assert run.Row("x", "failed", math.nan, 0.0, None).under


def test_of_a_ceiling_less_is_better():
    assert run.Row("timing", "s", 2.0, 1.5, None, ceiling=True).under
    assert not run.Row("timing", "s", 1.0, 1.5, None, ceiling=True).under


def test_floors_rise_and_comments_stay():
    text = '# why\n\n[a]\n"f1" = 0.5\n"other" = 0.1\n\n[b]\n"f1" = 0.5\n'
    better = [
        run.Row("a", "f1", 0.61239, 0.5, None),
        run.Row("c", "new", 0.2, None, None),
        run.Row("a", "more", 0.3, None, None),
    ]
    new = run.raised(text, better)
    assert new.startswith("# why\n")
    assert tomllib.loads(new) == {
        "a": {"f1": 0.6123, "other": 0.1, "more": 0.3},
        "b": {"f1": 0.5},
        "c": {"new": 0.2},
    }


def test_the_figures_are_taken_from_what_the_scorer_prints():
    printed = (
        "2 stories\n"
        "answer             P 0.500  R 0.250  F1 0.333   (gold 8)\n"
        "answer count       P 0.100  R 0.100  F1 0.100   (gold 8)\n"
        "pair conflict      P 1.000  R 0.500  F1 0.667   (gold 2)\n"
        "names (B-cubed)    P 0.900  R 0.900  F1 0.900   (gold 9)\n"
        "crosscheck_f1 0.4567\n"
    )
    assert run.crosscheck_figures(printed) == {
        "crosscheck_f1": 0.4567,
        "conflicts": 0.667,
        "conflicts, precision": 1.0,
        "answers": 0.333,
        "names": 0.9,
    }


def test_the_floors_are_of_figures_that_are_measured():
    known = {b.name for b in run.BENCHMARKS} | {"copies", "contradictions", "timing", "speed", "keeping", "comparing"}
    known |= {"watching", "grouping", "desk"}
    assert set(tomllib.loads(run.FLOORS.read_text("utf-8"))) <= known

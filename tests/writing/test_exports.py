"""Exports: the tables hold what the dossier holds, words and places, in every form."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from harbour_story import comparison

from recoupe.errors import SettingsError, WriteError
from recoupe.records.dossier import DossierEstimate
from recoupe.writing import write
from recoupe.writing.exports import TABLES, arrow_schema, rows, save_table, table_form, table_text


@pytest.fixture(scope="module")
def dossier():
    return write(comparison(), "en")


@pytest.fixture(scope="module")
def texts(dossier):
    return {article.id: article.text for article in dossier.articles}


def estimate(best, low, high):
    return DossierEstimate(best, low, high, None, False, True, "latest", "", 3, 2, 0, "range")


@pytest.fixture(scope="module")
def counted(dossier):
    """The dossier with a best figure for each count."""
    told = [replace(q, estimate=estimate(9, 7, 9)) if q.kind == "count" else q for q in dossier.questions]
    return replace(dossier, questions=told)


@pytest.mark.parametrize("table", TABLES)
def test_each_row_has_each_column_in_order(table, counted):
    made = rows(table, [("one", counted), ("two", counted)])
    assert {row["story"] for row in made} == {"one", "two"}
    assert all(list(row) == [c.name for c in TABLES[table]] for row in made)


SHAPES = {"text": str, "integer": int, "number": float, "truth": bool, "texts": list, "spans": list}


@pytest.mark.parametrize("table", TABLES)
def test_each_cell_has_the_shape_of_its_column(table, counted):
    for row in rows(table, [("one", counted)]):
        for column in TABLES[table]:
            assert row[column.name] is None or type(row[column.name]) is SHAPES[column.shape], column


def test_the_answers_stand_where_the_rows_say(dossier, texts):
    made = rows("answers", [("one", dossier)])
    assert len(made) == sum(len(q.answers) for q in dossier.questions)
    for row in made:
        text = texts[row["article"]]
        assert text[row["start"] : row["end"]] == row["text"]
        assert text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]


def test_the_values_stand_in_the_columns_of_their_kind(dossier):
    made = rows("answers", [("one", dossier)])
    filled = {
        "count": "low", "quantity": "unit", "time": "time_start", "entity": "entity_name", "stance": "stance",
    }  # fmt: skip
    assert {row["kind"] for row in made} <= filled.keys()
    assert all(row[filled[row["kind"]]] is not None for row in made if row["kind"] != "count")


def test_the_words_of_statements_and_names_stand_where_the_rows_say(dossier, texts):
    for row in rows("statements", [("one", dossier)]):
        text = texts[row["article"]]
        assert text[row["cue_start"] : row["cue_end"]] == row["cue"]
        assert " … ".join(text[s["start"] : s["end"]] for s in row["content_spans"]) == row["content"]
        assert row["who"] is None or text[row["who_start"] : row["who_end"]] == row["who"]
    mentions = rows("names", [("one", dossier)])
    assert len(mentions) == sum(len(name.mentions) for name in dossier.names)
    assert all(texts[row["article"]][row["start"] : row["end"]] == row["text"] for row in mentions)


def test_a_story_is_counted(dossier):
    (row,) = rows("stories", [("one", dossier)])
    assert row["articles"] == len(dossier.articles)
    assert sum(row[v] for v in ("contested", "updated", "compatible", "corroborated", "single")) == row["questions"]


def test_the_dead_are_an_event(counted):
    (row,) = rows("events", [("one", counted)])
    assert (row["counted"], row["best"], row["low"], row["high"], row["open_high"]) == ("killed", 9, 7, 9, True)
    answering = next(q for q in counted.questions if q.label.startswith("people killed")).answers
    assert row["number_of_sources"] == len({a.article for a in answering})
    assert len(row["source_date"].split(";")) == row["number_of_sources"]
    assert row["id"].startswith("one:q")


def test_the_dead_are_found_in_every_interface_language(counted):
    french = write(comparison(), "fr")
    told = [replace(q, estimate=estimate(9, 7, 9)) if q.kind == "count" else q for q in french.questions]
    made = rows("events", [("one", replace(french, questions=told))])
    assert [row["id"] for row in made] == [row["id"] for row in rows("events", [("one", counted)])]


def test_json_lines_and_csv_hold_the_same(dossier):
    made = rows("names", [("one", dossier)])
    assert [json.loads(line) for line in table_text("names", made, "jsonl").splitlines()] == made
    read = list(csv.DictReader(io.StringIO(table_text("names", made, "csv"), newline="")))
    assert [row["start"] for row in read] == [str(row["start"]) for row in made]
    assert [json.loads(row["roles"].lstrip("'")) for row in read] == [row["roles"] for row in made]


def test_no_cell_of_the_csv_is_a_formula(dossier):
    articles = [replace(a, title="=cmd|' /C calc'!A0") for a in dossier.articles]
    made = rows("articles", [("one", replace(dossier, articles=articles))])
    read = csv.DictReader(io.StringIO(table_text("articles", made, "csv"), newline=""))
    assert {row["title"][0] for row in read} == {"'"}


@pytest.mark.parametrize("table", TABLES)
def test_parquet_gives_the_rows_back(table, counted, tmp_path):
    pytest.importorskip("pyarrow", reason="needs the extra 'tables'")
    from pyarrow import parquet

    made = rows(table, [("one", counted)])
    save_table(table, made, str(tmp_path / "t.parquet"), "parquet")
    read = parquet.read_table(tmp_path / "t.parquet")
    assert read.schema.equals(arrow_schema(table))
    assert read.to_pylist() == made


def test_a_number_beyond_parquet_is_an_error_of_ours(dossier, tmp_path):
    pytest.importorskip("pyarrow", reason="needs the extra 'tables'")
    made = [{**row, "start": 2**70} for row in rows("names", [("one", dossier)])]
    with pytest.raises(WriteError, match="jsonl"):
        save_table("names", made, str(tmp_path / "t.parquet"), "parquet")
    assert list(tmp_path.iterdir()) == []


def test_the_form_is_told_by_the_ending():
    assert [table_form(p) for p in ("a.csv", "a.JSONL", "a.parquet", None)] == ["csv", "jsonl", "parquet", "csv"]
    with pytest.raises(SettingsError, match=r"a\.xls"):
        table_form("a.xls")
    with pytest.raises(SettingsError, match="no table"):
        rows("nothing", [])


UCDP = {
    "best": int, "low": int, "high": int, "number_of_sources": int, "source_article": str, "source_office": str,
    "source_date": str, "source_headline": str, "source_original": str, "where_prec": int, "where_description": str,
    "date_prec": int, "date_start": str, "date_end": str,
}  # fmt: skip
"""The fields of the UCDP's georeferenced event data that we fill, with their types."""
CODES = {"where_prec": range(1, 8), "date_prec": range(1, 6)}
DAYS = {1: (1, 1), 2: (2, 6), 3: (7, 7), 4: (8, 31), 5: (32, 365)}
"""How many days each code of `date_prec` stands for."""


@pytest.fixture(scope="module")
def examples(counted):
    from recoupe import cross_check

    return [counted, cross_check([str(Path(__file__).resolve().parents[2] / "examples" / "tunnel-fire")])]


def test_an_event_keeps_to_the_codebook(examples):
    for row in (row for dossier in examples for row in rows("events", [("one", dossier)])):
        for field, kind in UCDP.items():
            assert row[field] is None or type(row[field]) is kind, field
        for field, codes in CODES.items():
            assert row[field] is None or row[field] in codes, field
        assert 0 <= row["low"] <= row["best"] <= row["high"]
        parts = csv.reader([row["source_office"]], delimiter=";")
        assert len(next(parts)) == row["number_of_sources"]
        days = [date.fromisoformat(row[d]) for d in ("date_start", "date_end") if row[d]]
        assert days == sorted(days)
        if row["date_prec"]:
            least, most = DAYS[row["date_prec"]]
            assert least <= (days[1] - days[0]).days + 1 <= most


@pytest.mark.parametrize(
    ("days", "code"),
    [(("2025-03-11", "2025-03-11"), 1), (("2025-03-10", "2025-03-12"), 2), (("2025-03-10", "2025-03-16"), 3),
     (("2025-03-01", "2025-03-31"), 4), (("2025-03-01", "2025-06-30"), 5), ((None, "2025-03-11"), None)],
)  # fmt: skip
def test_the_precision_of_a_date_is_told_by_its_code(days, code):
    from recoupe.writing.exports.events import _date_precision

    assert _date_precision(*days) == code


PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "exports.md"


@pytest.mark.parametrize("table", TABLES)
def test_the_page_of_a_table_is_its_schema(table):
    pytest.importorskip("pyarrow", reason="needs the extra 'tables'")
    section = PAGE.read_text("utf-8").partition(f"## `{table}`")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `(\w+)` \| `([^`]+)` \| (.+) \|$", section, re.M)
    schema = arrow_schema(table)
    types = [str(f.type).replace("element: ", "").replace("item: ", "").replace("double", "float64") for f in schema]
    assert told == [(f.name, kind, f.metadata[b"means"].decode()) for f, kind in zip(schema, types)]

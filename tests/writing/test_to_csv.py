"""The table has a row an answer and no cell that a spreadsheet would run."""

import csv
import io
from dataclasses import replace

import pytest
from harbour_story import comparison

from recoupe.writing import to_csv, write
from recoupe.writing.to_csv import COLUMNS


def rows(dossier):
    return list(csv.DictReader(io.StringIO(to_csv(dossier), newline="")))


def test_each_answer_has_a_row_with_its_value_its_words_and_its_reasons():
    dossier = write(comparison())
    found = rows(dossier)
    assert len(found) == sum(len(q.answers) for q in dossier.questions)
    assert tuple(found[0]) == COLUMNS
    first = found[0]
    assert (first["question"], first["verdict"], first["article"], first["low"], first["high"]) == (
        "q1",
        "contested",
        "a",
        "7",
        "7",
    )
    assert first["text"] == "Sept"
    assert first["sentence"].startswith("Sept personnes ont été tuées")
    assert "7 ≠ 9" in first["why"]


def test_values_of_every_kind_have_their_columns():
    found = rows(write(comparison()))
    assert {r["unit"] for r in found} >= {"t", "EUR"}
    assert {r["stance"] for r in found} >= {"denied", "asserted"}
    assert {r["entity"] for r in found} >= {"Ilse Van Doren"}
    assert {r["start"] for r in found} >= {"2025-03-12"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "＝1", "|x", "\x00=1"])
def test_no_cell_is_taken_for_a_formula(text):
    dossier = write(comparison())
    question = dossier.questions[0]
    odd = replace(question, label=text, answers=[replace(question.answers[0], attributed_to=text)], pairs=[])
    row = rows(replace(dossier, questions=[odd]))[0]
    for cell in (row["label"], row["attributed_to"]):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "|"))


def test_rows_end_as_the_standard_asks():
    assert to_csv(write(comparison())).split("\n")[0].endswith("\r")

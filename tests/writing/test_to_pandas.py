"""A dossier as data frames: the rows of the tables, missing values missing, whole numbers whole."""

from __future__ import annotations

import subprocess
import sys

import pytest
from harbour_story import comparison

import recoupe
from recoupe.errors import SettingsError
from recoupe.writing import write
from recoupe.writing.exports import TABLES, rows

TYPES = {"text": "string", "integer": "Int64", "number": "Float64", "truth": "boolean", "texts": "object"}


@pytest.fixture(scope="module")
def dossier():
    return write(comparison())


@pytest.fixture(scope="module")
def frames(dossier):
    pytest.importorskip("pandas", reason="needs the extra 'pandas'")
    return dossier.to_pandas()


@pytest.mark.parametrize("table", TABLES)
def test_a_frame_has_the_rows_of_its_table(dossier, frames, table):
    import pandas

    frame = frames[table]
    assert list(frame.columns) == [column.name for column in TABLES[table]]
    for column in TABLES[table]:
        assert str(frame[column.name].dtype) == TYPES.get(column.shape, "object")
    made = rows(table, [("dossier", dossier)])
    missing = frame.astype(object).where(frame.notna(), None)
    assert pandas.DataFrame(missing).to_dict("records") == made


def test_the_words_of_an_answer_are_found_by_its_places(frames):
    texts = frames["articles"].set_index("article")["text"]
    for row in frames["answers"].itertuples():
        assert texts[row.article][row.start : row.end] == row.text


def test_the_name_of_a_story_may_be_given(dossier, frames):
    assert set(recoupe.to_pandas(dossier, "harbour")["answers"]["story"]) == {"harbour"}
    assert set(frames["answers"]["story"]) == {"dossier"}


def test_pandas_is_imported_when_it_is_asked_for():
    code = "import sys, recoupe; from recoupe.writing import write; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_without_pandas_the_error_says_what_to_install(dossier, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(SettingsError, match=r"recoupe\[pandas\]"):
        dossier.to_pandas()

"""JSON gives back the dossier that went in."""

import json

import pytest
from harbour_story import comparison

from recoupe.errors import WriteError
from recoupe.writing import from_json, to_json, write


def test_a_dossier_comes_back_as_it_went_in():
    dossier = write(comparison(), "fr")
    assert from_json(to_json(dossier)) == dossier


def test_the_fields_of_the_contract_are_there():
    found = json.loads(to_json(write(comparison())))
    assert found["schema"] == "recoupe/dossier/1"
    assert set(found) >= {"about", "articles", "names", "questions", "statements", "timeline"}
    assert set(found["articles"][0]) >= {
        "id", "path", "url", "outlet", "title", "lang", "published", "updated", "text", "clutter",
        "translated_from", "origins", "copy_of",
    }  # fmt: skip
    question = found["questions"][0]
    assert set(question) >= {"id", "kind", "label", "verdict", "independent_origins", "answers", "pairs"}
    assert set(question["answers"][0]) >= {
        "article",
        "start",
        "end",
        "text",
        "sentence",
        "value",
        "attributed_to",
        "hedged",
        "origin",
    }
    assert question["answers"][0]["value"] == {"low": 7, "high": 7}
    assert set(question["pairs"][0]) >= {"a", "b", "verdict", "why"}
    assert set(found["statements"][0]) >= {
        "id",
        "article",
        "source",
        "cue",
        "content",
        "quoted",
        "hedged",
        "speaker",
        "group",
    }


def test_whole_numbers_stay_whole():
    assert '"high": 12000,' in to_json(write(comparison()))


def test_the_same_dossier_gives_the_same_bytes():
    assert to_json(write(comparison())) == to_json(write(comparison()))


def test_letters_are_written_as_they_are():
    assert "Port-Mérel" in to_json(write(comparison()))


def test_fields_of_a_later_version_are_passed_over():
    found = json.loads(to_json(write(comparison())))
    found["mood"] = "tense"
    assert from_json(json.dumps(found)) == write(comparison())


@pytest.mark.parametrize("text", ["", "[]", "{", '{"about": 1}'])
def test_what_is_no_dossier_is_an_error_of_ours(text):
    with pytest.raises(WriteError, match="no dossier"):
        from_json(text)

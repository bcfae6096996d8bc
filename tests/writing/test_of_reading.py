"""What one report says, as text and as JSON."""

import json
from dataclasses import replace

import pytest
from harbour_story import comparison

from recoupe.writing import reading_to_json, reading_to_text


@pytest.fixture
def reading():
    return comparison().story.readings[0]


def test_the_text_lists_what_the_report_says(reading):
    text = reading_to_text(reading)
    for words in (
        "Ilse Vandoren  person  procureure",
        "Sept  = 7",
        "la société Granor  dément  que les",
        "Partager sur les réseaux",
    ):
        assert words in text


def test_headings_speak_the_language_of_the_interface(reading):
    assert "DÉCLARATIONS (3)" in reading_to_text(reading, "fr")


def test_json_is_one_object_on_one_line_with_spans_into_the_text(reading):
    line = reading_to_json(reading)
    assert line.count("\n") == 1
    found = json.loads(line)
    assert found["schema"] == "recoupe/reading/1"
    span = found["claims"][0]["span"]
    assert found["article"]["text"][span["start"] : span["end"]] == "Sept"


def test_text_that_utf8_cannot_hold_is_mended(reading):
    text = reading.article.text[:-1] + "\udc80"
    found = json.loads(reading_to_json(replace(reading, article=replace(reading.article, text=text))))
    assert found["article"]["text"].endswith("\ufffd")

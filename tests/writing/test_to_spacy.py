"""A reading as a Doc: each finding is a span over its words, with its exact place and what it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from harbour_story import comparison

import recoupe
from recoupe.errors import SettingsError
from recoupe.records import Article, Figure, Reading, Span
from recoupe.records.values import Amount
from recoupe.writing.to_spacy import GROUPS

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "tunnel-fire"


@pytest.fixture(scope="module")
def spacy():
    return pytest.importorskip("spacy", reason="needs the extra 'spacy'")


@pytest.fixture(scope="module")
def readings(spacy):
    read = [recoupe.read(recoupe.clean(report)) for report in recoupe.load([str(EXAMPLE)])]
    return [*read, *comparison().story.readings]


@pytest.fixture(scope="module")
def docs(readings):
    return [(reading, recoupe.to_spacy(reading)) for reading in readings]


def test_the_text_is_the_article_and_every_group_is_there(docs):
    for reading, doc in docs:
        assert doc.text == reading.article.text
        assert tuple(doc.spans) == GROUPS


def test_every_span_covers_the_words_that_were_found(docs):
    for reading, doc in docs:
        for name in GROUPS:
            group = doc.spans[name]
            assert len(group) == len(group.attrs["found"])
            for span, found in zip(group, group.attrs["found"], strict=True):
                start, end = found["span"]
                assert span.start_char <= start < end <= span.end_char
                assert reading.article.text[start:end] in span.text


def test_everything_that_was_found_is_there(docs):
    for reading, doc in docs:
        assert len(doc.spans["names"]) == sum(len(name.mentions) for name in reading.names)
        assert len(doc.spans["times"]) == len(reading.times)
        assert len(doc.spans["figures"]) == len(reading.figures)
        assert {span.label_ for span in doc.spans["names"]} <= {"PERSON", "ORG", "PLACE"}
        assert [span.label_ for span in doc.spans["claims"]] == [str(claim.kind) for claim in reading.claims]


def test_the_parts_of_a_statement_are_tied_together(docs):
    for reading, doc in docs:
        for i, said in enumerate(reading.statements):
            parts = [span.label_ for span in doc.spans["statements"] if span.id_ == f"s{i}"]
            assert parts == ["source"] * (said.source is not None) + ["cue"] + ["content"] * len(said.content)


def test_the_values_stand_beside_the_spans(docs):
    for reading, doc in docs:
        found = doc.spans["figures"].attrs["found"]
        assert [(f["low"], f["high"]) for f in found] == [(f.amount.low, f.amount.high) for f in reading.figures]


def test_a_pipeline_of_ones_own_makes_the_doc(spacy, readings):
    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    doc = recoupe.to_spacy(readings[0], nlp)
    assert doc.has_annotation("SENT_START")
    assert doc.spans["claims"]


@pytest.mark.parametrize("lang", ["en", "fr", "de", "nl", "es", "it", "ru", "uk", "vi", "xx", "not a language"])
def test_a_text_of_any_language_becomes_a_doc(spacy, lang):
    text = "Có 120người chết, сказал 😀 он.\n\n  Mười hai  "
    figure = Figure(Span(3, 6), Amount(120, 120), "count")
    doc = recoupe.to_spacy(Reading(Article("a", "a.txt", text, lang, "T"), figures=(figure,)))
    (found,) = doc.spans["figures"]
    assert doc.text == text
    assert "120" in found.text


def test_a_doc_outlives_a_disk(docs, spacy, tmp_path):
    from spacy.tokens import Doc

    doc = docs[0][1]
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    for name in GROUPS:
        assert [(s.start, s.end, s.label_) for s in again.spans[name]] == [
            (s.start, s.end, s.label_) for s in doc.spans[name]
        ]
        assert again.spans[name].attrs == doc.spans[name].attrs


def test_an_empty_reading_becomes_an_empty_doc(spacy):
    doc = recoupe.to_spacy(Reading(Article("a", "a.txt", "", "en", "")))
    assert [len(doc.spans[name]) for name in GROUPS] == [0] * 5


def test_without_spacy_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(SettingsError, match=r"recoupe\[spacy\]"):
        recoupe.to_spacy(Reading(Article("a", "a.txt", "Text", "en", "")))

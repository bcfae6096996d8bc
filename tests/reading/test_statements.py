"""Who says what: each pack's own cases, and what holds for any text."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.languages import available, load_pack
from recoupe.languages.pack import FOLDER
from recoupe.reading.document import Document, open_document
from recoupe.reading.names import read_names
from recoupe.reading.statements import read_statements
from recoupe.records import Article, Span, Statement

CHECKED = ("act", "stance", "quoted", "hedged")


def cases() -> Iterator[Any]:
    for lang in available():
        file = FOLDER / lang / "examples.toml"
        if file.is_file():
            for case in tomllib.loads(file.read_text("utf-8")).get("statements", []):
                yield pytest.param(lang, case, id=f"{lang}: {case['text'][:40]}")


def document(text: str, lang: str, headings: tuple[Span, ...] = ()) -> Document:
    return open_document(Article("a", "a.txt", text, lang, "", headings=headings), load_pack(lang))


def read(text: str, lang: str) -> list[Statement]:
    doc = document(text, lang)
    return read_statements(doc, read_names(doc))


@pytest.mark.parametrize(("lang", "case"), list(cases()))
def test_a_pack_reads_its_own_examples(lang: str, case: dict[str, Any]) -> None:
    text = case["text"]
    found = read(text, lang)
    shown = [(s.source.of(text) if s.source else "", s.cue.of(text), [c.of(text) for c in s.content]) for s in found]
    assert shown == [(s["source"], s["cue"], s["content"]) for s in case["statements"]]
    for statement, wanted in zip(found, case["statements"], strict=True):
        for key in CHECKED:
            assert key not in wanted or getattr(statement, key) == wanted[key], key
        assert (statement.named.of(text) if statement.named else None) == wanted.get("named")


def test_a_heading_makes_no_statement() -> None:
    text = "Banker held, sources say\n\nThe sources said the banker was held."
    doc = document(text, "en", headings=(Span(0, 24),))
    assert [s.cue.of(text) for s in read_statements(doc, [])] == ["said"]


def test_a_speaker_is_the_person_whom_the_source_names() -> None:
    text = "The mayor of Ormby, Agnes Pell, said the dam was safe."
    doc = document(text, "en")
    names = read_names(doc)
    [statement] = read_statements(doc, names)
    assert next(n.name for n in names if n.id == statement.speaker) == "Agnes Pell"


def test_a_statement_inside_another_knows_it() -> None:
    text = "Interfax reported that the governor had rejected the plan."
    outer, inner = read(text, "en")
    assert (outer.within, inner.within) == (None, 0)


WORDS = [
    *"«»“”\"',.:;—()!?",
    "\n\n",
    "Le",
    "la",
    "ministre",
    "selon",
    "a",
    "déclaré",
    "que",
    "dit",
    "-t-il",
    "et",
    "Moscou",
    "said",
    "according",
    "to",
    "told",
    "that",
    "who",
    "he",
    "he’s",
    "claims",
    "d'",
    "l’",
    "accuse",
    "de",
    "12",
    "««",
    "””",
]


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join)),
    st.sampled_from(["fr", "en"]),
)
def test_spans_lie_in_the_text_and_no_text_breaks_the_reader(text: str, lang: str) -> None:
    doc = document(text, lang)
    found = read_statements(doc, [])
    assert found == sorted(found, key=lambda s: s.cue)
    for i, s in enumerate(found):
        for span in (s.cue, *s.content, *([s.source] if s.source else [])):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip() == span.of(text)
        assert list(s.content) == sorted(s.content)
        assert not any(c.covers(s.cue) for c in s.content)
        assert s.within is None or 0 <= s.within < len(found)
        assert s.within != i


@pytest.mark.parametrize(
    "piece", ["Le ministre a dit que ", "« ", "X said, ", "selon ", "“who said ” ", ", according to it "]
)
def test_reading_takes_time_in_proportion_to_the_text(piece: str) -> None:
    lang = "fr" if "selon" in piece or "«" in piece or "ministre" in piece else "en"

    def seconds(size: int) -> float:
        doc, taken = document(piece * (size // len(piece)), lang), []
        for _ in range(3):
            begun = time.process_time()
            read_statements(doc, [])
            taken.append(time.process_time() - begun)
        return min(taken)

    seconds(1000)
    assert seconds(40_000) < 12 * max(seconds(10_000), 0.05)

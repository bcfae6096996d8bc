"""Statements in languages with the verb in second place: the verb's place tells what a part of a sentence is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.languages import load_pack
from recoupe.reading.document import open_document
from recoupe.reading.names import read_names
from recoupe.reading.statements import read_statements
from recoupe.records import Article, Statement


def read(text: str, lang: str) -> list[Statement]:
    doc = open_document(Article("a", "a.txt", text, lang, ""), load_pack(lang))
    return read_statements(doc, read_names(doc))


def shown(text: str, lang: str) -> list[tuple[str, list[str]]]:
    return [(s.source.of(text) if s.source else "", [c.of(text) for c in s.content]) for s in read(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "source", "content"),
    [
        (
            "de",
            "Der Damm ist sicher, sagte der Bürgermeister am Montag.",
            "der Bürgermeister",
            "Der Damm ist sicher",
        ),
        (
            "de",
            "Am Montag teilte die Polizei mit, dass zwei Menschen vermisst werden.",
            "die Polizei",
            "dass zwei Menschen vermisst werden",
        ),
        (
            "de",
            "Der Minister erklärte, der Zug sei zu schnell gefahren.",
            "Der Minister",
            "der Zug sei zu schnell gefahren",
        ),
        (
            "de",
            "Laut der Feuerwehr brannten drei Häuser.",
            "der Feuerwehr",
            "brannten drei Häuser",
        ),
        (
            "nl",
            "Maandag liet de politie weten dat twee mensen worden vermist.",
            "de politie",
            "dat twee mensen worden vermist",
        ),
        ("nl", "De dam is veilig, zei de burgemeester.", "de burgemeester", "De dam is veilig"),
        ("nl", "Volgens de brandweer brandden drie huizen af.", "de brandweer", "brandden drie huizen af"),
    ],
)
def test_the_place_of_the_verb_tells_who_says_what(lang: str, text: str, source: str, content: str) -> None:
    assert shown(text, lang) == [(source, [content])]


def test_a_verb_and_its_parted_prefix_are_one_verb() -> None:
    assert not read("Er teilte den Kuchen, weil alle Hunger hatten.", "de")


def test_an_object_is_no_speaker() -> None:
    found = shown("Den Vorwurf wies der Minister am Dienstag zurück.", "de")
    assert [source for source, _ in found] == ["der Minister"]


WORDS = [
    *"„“‚‘»«”.,:;–()?",
    *("Der", "Minister", "sagte", "teilte", "mit", "dass", "laut", "so", "wie", "sei", "habe", "hieß", "es", "zufolge"),
    *("De", "zei", "liet", "weten", "dat", "volgens", "aldus", "zou", "het", "politie", "Den", "Haag", "12", "\n\n"),
    *("nannte", "Gründe", "-", "Stadt", "noemde", "redenen", "ontkende"),
]


MOODS = ("sei", "habe", "zou")  # a verb in reported speech is a word of what it reports


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join), st.sampled_from(["de", "nl"]))
def test_no_text_breaks_the_reader(text: str, lang: str) -> None:
    found = read(text, lang)
    assert found == sorted(found, key=lambda s: s.cue)
    for s in found:
        for span in (s.cue, *s.content, *([s.source] if s.source else [])):
            assert 0 <= span.start < span.end <= len(text)
        assert list(s.content) == sorted(s.content)
        assert s.cue.of(text) in MOODS or not any(c.covers(s.cue) for c in s.content)


def test_what_is_announced_with_a_colon_may_stand_in_a_list() -> None:
    text = "Die Richterin nannte diese Gründe:\n\n- Die Stadt muss sparen, sagte die Richterin."
    assert ("die Richterin", ["Die Stadt muss sparen"]) in shown(text, "de")

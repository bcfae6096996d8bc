"""What statements tell of is the same in all languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.errors import PackError
from recoupe.languages import LanguagePack, available, load_pack
from recoupe.languages.pack import shared
from recoupe.reading import read
from recoupe.reading.content import with_terms
from recoupe.reading.context import read_context
from recoupe.reading.document import open_document
from recoupe.records import Article, Statement

SAID = {  # one statement, its source and what both must tell
    "en": "The port authority said the rudder of the ship had failed.",
    "fr": "L'autorité portuaire a déclaré que le gouvernail du navire était tombé en panne.",
    "de": "Die Hafenbehörde sagte, dass die Ruderanlage des Schiffes ausgefallen sei.",
    "nl": "De havenautoriteit zei dat het roer van het schip een storing had.",
    "ru": "Портовые власти заявили, что у судна произошла неисправность руля.",
    "uk": "Портова влада заявила, що на судні сталася несправність керма.",
    "vi": "Chính quyền cảng cho biết bánh lái của con tàu gặp trục trặc.",
}


def statements(text: str, lang: str) -> tuple[Statement, ...]:
    return read(Article("a", "a.txt", text, lang, "")).statements


@pytest.mark.parametrize("lang", SAID)
def test_a_statement_tells_the_same_in_every_language(lang: str) -> None:
    said = statements(SAID[lang], lang)[0]
    assert {"m:rudder", "m:ship", "m:failure"} <= set(said.terms)
    assert "m:authority" in said.voice


def test_a_compound_means_what_its_parts_mean() -> None:
    said = statements(SAID["de"], "de")[0]
    assert {"m:rudder", "m:system"} <= set(said.terms)


def test_words_of_names_mean_nothing() -> None:
    said = statements("Agnes Pell said Walter Wall had met Bill Waters in Doorn.", "en")[0]
    assert not {"m:wall", "m:water", "m:door"} & set(said.terms)


def test_the_longest_phrase_counts() -> None:
    said = statements("Ông An nói 4 người thiệt mạng.", "vi")[0]
    assert "m:dead" in said.terms
    assert "m:network" not in said.terms  # mạng alone


def test_a_source_tells_its_role_and_country() -> None:
    said = statements("The French defence minister said the talks had failed.", "en")[0]
    assert {"r:minister", "d:defence", "l:FR"} <= set(said.voice)


@pytest.mark.parametrize("code", [c for c in available() if not load_pack(c).tables["pack"]["partial"]])
def test_a_whole_pack_has_all_meanings(code: str) -> None:
    assert set(load_pack(code).tables["meanings"]["meanings"]) == set(shared("meanings"))


def test_an_unknown_meaning_is_told() -> None:
    pack = load_pack("en")
    tables = {**pack.tables, "meanings": {"meanings": {"wal": ["wall"]}}}
    doc = open_document(Article("a", "a.txt", SAID["en"], "en", ""), LanguagePack("en", "", "", tables))
    with pytest.raises(PackError, match=r"meanings\.toml: 'wal'"):
        with_terms(doc, read_context(doc, []), statements(SAID["en"], "en"))


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=300), st.sampled_from(sorted(SAID)))
def test_any_text_is_read(text: str, lang: str) -> None:
    for said in statements(f"{text} {SAID[lang]}", lang):
        assert list(said.terms) == sorted(set(said.terms))

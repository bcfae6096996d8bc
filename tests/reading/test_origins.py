"""Whose word an article rests on."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.languages import load_pack
from recoupe.reading.document import open_document
from recoupe.reading.names import read_names
from recoupe.reading.origins import read_origins
from recoupe.reading.stances import hedged, stance_at
from recoupe.reading.statements import read_statements
from recoupe.records import Article, Origin, Span


def origins(text: str, lang: str = "fr", sources: tuple[Span, ...] = ()) -> list[Origin]:
    doc = open_document(Article("a", "a.txt", text, lang, "", sources=sources), load_pack(lang))
    names = read_names(doc)
    return read_origins(doc, names, read_statements(doc, names))


def labels(text: str, lang: str = "fr") -> list[str]:
    return [o.label for o in origins(text, lang)]


def test_an_agency_bears_its_canonical_label() -> None:
    assert labels("Le pont a cédé, rapporte l'Agence France-Presse.")[0] == "AFP"
    assert labels("OSLO (Reuters) - A bridge has collapsed.", "en") == ["Reuters"]


def test_an_acronym_counts_only_as_it_is_written() -> None:
    assert labels("The map was drawn up in an app.", "en") == []


def test_a_spokesman_gives_the_word_of_his_body() -> None:
    assert "Pentagone" in labels("Le porte-parole du Pentagone, John Harwick, a dit que la base était ouverte.")


def test_an_office_without_a_name_is_an_origin() -> None:
    assert labels("Selon la préfecture, deux routes sont coupées.") == ["préfecture"]


def test_an_origin_is_listed_once() -> None:
    text = "Selon la préfecture, une route est coupée. Deux maisons ont brûlé, d'après la préfecture."
    assert labels(text) == ["préfecture"]


def test_a_source_line_names_an_origin_also_in_clutter() -> None:
    text = "Le pont a cédé mardi.\nSource : AFP"
    article = Article("a", "a", text, "fr", "", clutter=(Span(22, 34),), sources=(Span(22, 34),))
    doc = open_document(article, load_pack("fr"))
    assert [o.label for o in read_origins(doc, [], [])] == ["AFP"]


def test_a_conditional_hedges_its_clause_and_no_other() -> None:
    text = "Le pilote aurait bu, le copilote dormait."
    doc = open_document(Article("a", "a", text, "fr", ""), load_pack("fr"))
    assert hedged(doc, Span(3, 9))
    assert not hedged(doc, Span(24, 32))
    assert stance_at(doc, Span(3, 9)) == "unconfirmed"


def test_a_negation_denies_its_clause() -> None:
    text = "No such person is in custody."
    doc = open_document(Article("a", "a", text, "en", ""), load_pack("en"))
    assert stance_at(doc, Span(8, 14)) == "denied"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["fr", "en"]))
def test_no_text_breaks_the_reader(text: str, lang: str) -> None:
    for origin in origins(text, lang):
        assert origin.label
        assert 0 <= origin.span.start < origin.span.end <= len(text)


def test_a_month_is_no_hedge() -> None:
    text = "Two sailors drowned in May off Ormby."
    doc = open_document(Article("a", "a", text, "en", ""), load_pack("en"))
    assert not hedged(doc, Span(0, 3))


def test_a_modifier_of_a_figure_is_no_denial() -> None:
    text = "No fewer than 12 people were hurt."
    doc = open_document(Article("a", "a", text, "en", ""), load_pack("en"))
    assert stance_at(doc, Span(14, 16)) == "asserted"

"""Events and concepts: what holds of any text, and how fast; each pack's cases are in its examples."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.languages import available, load_pack
from recoupe.languages.pack import shared
from recoupe.reading.document import Document, open_document
from recoupe.reading.events import concepts, read_concepts, read_events
from recoupe.records import Article, Span
from recoupe.text.uncollected import uncollected

WORDS = [
    "la", "le", "n'", "pas", "a", "été", "tué", "tuée", "blessés", "mise en garde", "garde à vue", "feu",
    "cessez-le-feu", "was", "killed", "not", "march", "March", "strike", ",", ".", "\n\n", "«", "12", "États-Unis",
    "мир", "é", "\u0301", "'",
]  # fmt: skip


def document(text: str, lang: str, **more: tuple[Span, ...]) -> Document:
    return open_document(Article("a", "a.txt", text, lang, "", **more), load_pack(lang))


@pytest.mark.parametrize("lang", ["fr", "en"])
@given(text=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
@settings(max_examples=150, deadline=None)
def test_spans_lie_in_order_in_any_text_without_overlap(lang: str, text: str) -> None:
    doc = document(text, lang)
    for found in (read_events(doc), read_concepts(doc)):
        spans = list(dict.fromkeys((f.span.start, f.span.end) for f in found))
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert all(doc.span(f.first, f.last) == f.span for f in found)
    assert all(e.kind in shared("kinds") for e in read_events(doc))
    assert all(c.concept in shared("concepts") for c in read_concepts(doc))


def test_nothing_is_read_in_clutter() -> None:
    text = "Trois morts à Lille.\n\nLire aussi : deux blessés"
    doc = document(text, "fr", clutter=(Span(22, len(text)),))
    assert [c.concept for c in read_concepts(doc)] == ["killed"]
    assert [e.kind for e in read_events(doc)] == ["kill"]


def test_a_phrase_ends_with_its_sentence() -> None:
    text = "Le suspect est en garde. À vue de nez, rien."
    assert "detained" not in {c.concept for c in read_concepts(document(text, "fr"))}


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("de", "Die Regierung zog am Montag ihre Truppen aus der Stadt ab.", "withdraw"),
        ("de", "Die Bahn stellte am Freitag den Verkehr auf der Strecke ein.", "suspend"),
        ("nl", "Het bedrijf haalde donderdag in de hele stad 3000 kilo terug.", "recall"),
        ("nl", "De politie hield maandag drie mannen in de stad aan.", "arrest"),
    ],
)
def test_a_verb_is_read_with_the_particle_that_ends_its_clause(lang: str, text: str, kind: str) -> None:
    assert kind in {e.kind for e in read_events(document(text, lang))}


def test_a_german_noun_has_a_capital() -> None:
    text = "Zwölf Menschen waren dort, die Waren verdarben."
    found = [(c.concept, c.span.of(text)) for c in read_concepts(document(text, "de"))]
    assert [words for concept, words in found if concept == "products"] == ["Waren"]


@pytest.mark.parametrize(
    ("lang", "text", "concept"),
    [
        ("de", "An Bord waren 450 Menschen.", "on_board"),
        ("nl", "Aan boord waren 450 mensen.", "on_board"),
        ("es", "Cinco hombres fueron detenidos.", "arrested"),
        ("uk", "П'ятеро людей дістали тяжкі поранення.", "badly_injured"),
        ("ru", "Пять человек получили тяжёлые ранения.", "badly_injured"),
    ],
)
def test_what_became_of_people_is_known_in_each_language(lang: str, text: str, concept: str) -> None:
    assert concept in {c.concept for c in read_concepts(document(text, lang))}


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("uk", "Виробник відкликав три тонни сиру.", "recall"),
        ("uk", "Сир, виготовлений у січні, зник із полиць.", "produce"),
        ("uk", "Дві компанії об'єдналися торік.", "merge"),
        ("uk", "Завод звільнив працівників.", "lay_off"),
        ("ru", "Сыр, изготовленный в январе, изъяли из продажи.", "produce"),
        ("ru", "Партию изъяли из продажи в январе.", "recall"),
        ("ru", "Поезд сошёл с рельсов под городом.", "derail"),
    ],
)
def test_common_events_are_known_in_each_language(lang: str, text: str, kind: str) -> None:
    assert kind in {e.kind for e in read_events(document(text, lang))}


def test_a_negation_reaches_no_further_than_its_clause() -> None:
    text = "The minister did not resign, but the mayor was arrested."
    assert [(e.kind, e.negated) for e in read_events(document(text, "en"))] == [("resign", True), ("arrest", False)]


def test_a_word_of_a_name_counts_nothing() -> None:
    text = "The council of Saint-Marin and the Onion Traders' Association met two traders and MPs."
    assert [c.concept for c in read_concepts(document(text, "en"))] == ["traders", "deputies"]
    assert "sailors" not in {c.concept for c in read_concepts(document("Il est né à Saint-Marin en mai.", "fr"))}


def test_a_line_in_capital_letters_is_read_all_the_same() -> None:
    text = "Three Soldiers Killed In Strike On Bridge"
    assert {c.concept for c in read_concepts(document(text, "en"))} >= {"soldiers", "killed", "bridges"}


def test_a_restriction_is_no_negation() -> None:
    (event,) = read_events(document("L'orage n'a détruit que deux toits.", "fr"))[1:]
    assert (event.kind, event.negated) == ("destroy", False)


def test_the_lexicon_of_concepts_leaves_out_what_names_none() -> None:
    pack = load_pack("fr")
    lexicon = concepts(pack)
    norms = pack.tokenizer.norms("les gardes ont mis en garde les États-Unis")
    assert [(i, j, c) for i, j, c in lexicon.find(norms)] == [(1, 2, "guards")]
    assert [c for _, _, c in lexicon.longest(norms)] == ["guards"]
    assert lexicon.at(norms, 0) == []


@pytest.mark.parametrize("lang", available())
def test_time_grows_with_the_text_and_no_faster(lang: str) -> None:
    def seconds(times: int) -> float:
        doc = document("en garde à feu la mise a été pas was not set on " * times, lang)
        with uncollected():  # as in reading: other tests leave much that a search for garbage would go over
            started = time.process_time()
            read_events(doc)
            read_concepts(doc)
            return time.process_time() - started

    seconds(10)
    assert seconds(4000) < 40 * max(seconds(400), 0.005)

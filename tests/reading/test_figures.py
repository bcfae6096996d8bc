"""Figures. What each language says is in its examples.toml; here is what holds in all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import recoupe
from recoupe.languages import load_pack
from recoupe.reading.document import open_document
from recoupe.reading.figures import read_figures
from recoupe.reading.times import read_times
from recoupe.records import Amount, Article, Figure, Span, Time


def figures(text: str, code: str = "fr", taken: tuple[Span, ...] = (), with_times: bool = True) -> list[Figure]:
    doc = open_document(Article("a", "a.txt", text, code, ""), load_pack(code))
    return read_figures(doc, read_times(doc) if with_times else [], taken)


def test_a_number_in_a_name_is_no_figure() -> None:
    assert [f.span.start for f in figures("Le Su 27 a tué 27 moutons.", taken=(Span(3, 8),))] == [15]


def test_a_number_in_a_time_is_no_figure() -> None:
    text = "Le 12 mai 2021, 12 moutons."
    assert [f.span.of(text) for f in figures(text)] == ["12"]
    doc = open_document(Article("a", "a.txt", text, "fr", ""), load_pack("fr"))
    assert [f.span.start for f in read_figures(doc, [Time(Span(0, 14), None)], [])] == [16]


def test_a_number_in_an_address_is_no_figure() -> None:
    assert figures("Voir https://example.org/2024/06/page-12 ici.") == []


def test_what_is_counted_is_told_with_its_concept() -> None:
    text = "Onze personnes ont péri."
    (figure,) = figures(text)
    assert (figure.kind, figure.concept, figure.noun and figure.noun.of(text)) == ("count", "people", "personnes")


def test_an_amount_said_with_about_is_approximate() -> None:
    assert [f.approximate for f in figures("Environ 30 moutons et 12 brebis.")] == [True, False]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("10 miles", Amount(16.09344, 16.09344, "km")),
        ("212 degrees Fahrenheit", Amount(100, 100, "Cel")),
        ("two centuries", Amount(200, 200, "a")),
        ("30 knots", Amount(55.56, 55.56, "km/h")),
        ("50 cents", Amount(0.5, 0.5, "USD")),
    ],
)
def test_measures_come_in_international_units(text: str, amount: Amount) -> None:
    (figure,) = figures(f"It was {text}.", "en")
    assert figure.amount.unit == amount.unit
    assert figure.amount.low == pytest.approx(amount.low)


PIECES = """
un une deux cent mille millions milliards 3 12 1 200 2024 , . - / % € $ £ km m heures ans plus de moins
environ près d' entre et à ou dont aucun personne morts blessés douzaine centaine milliers tiers moitié et
demi quart sur dix le la les degrés ½ -5 a one two hundred thousand million dozen dozens third half and
between more than up to about aged of cents per year old no
"""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split()), max_size=40), st.sampled_from(["fr", "en"]))
def test_any_words_give_spans_in_the_text_and_ranges_in_order(words: list[str], code: str) -> None:
    text = " ".join(words)
    end = 0
    for figure in figures(text, code):
        assert end <= figure.span.start < figure.span.end <= len(text)
        end = figure.span.end
        low, high = figure.amount.low, figure.amount.high
        assert low is None or high is None or low <= high
        assert figure.noun is None or figure.noun.end <= len(text)


@given(st.text(max_size=300), st.sampled_from(["fr", "en"]))
def test_no_text_breaks_it(text: str, code: str) -> None:
    assert figures(text, code) == figures(text, code)


HOSTILE = ["1 ", "un ", "1/2 ", "entre ", "plus de ", "cent ", "12 et ", "- ", "a hundred and ", "1-1-"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_repetition_takes_bounded_time(piece: str) -> None:
    text = piece * (8_000 // len(piece))
    started = time.process_time()
    figures(text)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("words", "how", "number", "given"),
    [
        ("nine people", "exact", 9, None),
        ("about nine people", "about", 9, None),
        ("about a dozen people", "about", 12, None),
        ("nearly 40 people", "nearly", 40, None),
        ("at least 40 people", "over", 40, None),
        ("at most 40 people", "under", 40, None),
        ("10 to 12 people", "range", None, None),
        ("dozens of people", "vague", None, None),
        ("12 miles of road", "exact", 12, "[mi_i]"),
    ],
)
def test_a_figure_tells_how_its_words_name_a_number(words, how, number, given):
    text = f"A title\n\nThe mayor saw {words} in Lyon.\n"
    reading = recoupe.read(recoupe.clean(recoupe.Report("a", "text", text, published="2025-03-14")))
    assert [(f.how, f.number, f.given) for f in reading.figures] == [(how, number, given)]


@pytest.mark.parametrize(
    ("lang", "text", "ordinal"),
    [
        ("de", "Ein dritter Mensch wurde verletzt.", "dritter"),
        ("en", "A third person was injured.", "third"),
        ("nl", "Een derde persoon raakte gewond.", "derde"),
        ("es", "Una tercera persona resultó herida.", "tercera"),
        ("fr", "Une troisième personne a été blessée.", "troisième"),
    ],
)
def test_an_article_before_an_ordinal_counts_nothing(lang: str, text: str, ordinal: str) -> None:
    doc = open_document(Article("a", "a.txt", text, lang, ""), load_pack(lang))
    found = [(f.span.of(text), f.kind) for f in read_figures(doc, [], [])]
    assert found == [(ordinal, "ordinal")]


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("en", "The mass was 1.3e6 tons.", [("1.3e6 tons", 1.3e6)]),
        ("en", "It grew by 10^4.", [("10^4", 10_000.0)]),
        ("nl", "De massa was 12e3 kilo.", [("12e3 kilo", 12_000.0)]),
        ("en", "His score is 200 or greater than 190.", [("200", 200.0), ("greater than 190", 190.0)]),
        ("en", "It costs 15 dollars and 50.", [("15 dollars and 50", 15.5)]),
        ("en", "She paid with 15 dollars and 50 came back.", [("15 dollars", 15.0), ("50", 50.0)]),
        ("es", "Hay 135 medios y uno sobre 20 barcos.", [("135", 135.0), ("20", 20.0)]),
        ("es", "El termómetro marcó 10 bajo cero.", [("10 bajo cero", -10.0)]),
        ("es", "De 12 pruebas, 10 negativos.", [("12", 12.0), ("10", 10.0)]),
        ("es", "Pesa ciento tres con dos tercios.", [("ciento tres con dos tercios", 103.666667)]),
    ],
)
def test_powers_bounds_and_change(lang: str, text: str, found: list[tuple[str, float]]) -> None:
    read = [(f.span.of(text), f.amount.low) for f in figures(text, lang)]
    assert read == [(words, pytest.approx(low)) for words, low in found]

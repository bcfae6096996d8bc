"""Words are found again where their surroundings still stand, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.correcting.anchors import addresses, known_as, locate, quote
from recoupe.records import Article, Span

TEXT = "Six people died in the tunnel on Tuesday night. Later six people were said to be safe, the prefect told us."


@given(st.text(min_size=1, max_size=300), st.data())
def test_what_has_not_changed_is_found_where_it_is(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span(start, end)
    told = quote(text, span)
    found = locate(text, told)
    assert found is None or found.of(text).split() == told.exact.split()
    if span.of(text) == span.of(text).strip() and span.of(text).split() and len(span) <= 300:
        assert found == span


@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_whatever_the_text_what_is_found_are_the_words(text, before, after):
    told = replace(quote(f"{before}seven dead{after}", Span(len(before), len(before) + 10)))
    found = locate(text, told)
    assert found is None or found.of(text).split() == ["seven", "dead"]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (TEXT, "six"),
        ("Update. " + TEXT, "six"),
        (TEXT.replace("Six people", "Seven people"), "six"),
        (TEXT.replace("night. Later", "night.\n\n Later"), "six"),
        (TEXT.replace(" the prefect told us.", " a fireman said."), "six"),
        (TEXT.replace("six", "nine"), None),
        ("Only six were there.", None),
        ("", None),
    ],
)
def test_a_changed_text_keeps_the_words_or_has_lost_them(changed, found):
    at = TEXT.index("six")
    span = locate(changed, quote(TEXT, Span(at, at + 3)))
    assert (span and span.of(changed)) == found
    assert span is None or changed[: span.start].rstrip().endswith("Later")


def test_of_the_same_words_at_two_places_those_with_the_same_surroundings_are_meant():
    text = "four dead in the east, four dead in the west"
    for at in (0, text.index("four", 1)):
        assert locate("So: " + text, quote(text, Span(at, at + 4))) == Span(at + 4, at + 8)


def test_without_surroundings_the_words_must_stand_once():
    bare = quote("four", Span(0, 4))
    assert locate("a four b", bare) == Span(2, 6)
    assert locate("four four", bare) is None


def test_a_million_times_the_same_word_ends():
    assert locate("a " * 500_000, quote("x a y", Span(2, 3))) is None


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("u:https://e.example/1", True),
        ("u:https://e.example/2", False),
        ("p:/home/x/reports/a.txt", True),
        ("p:reports/a.txt", True),
        ("p:a.txt", True),
        ("p:other/a.txt", False),
        ("p:s/a.txt", False),
        ("i:The Paper:a7", True),
        ("p:", False),
        ("", False),
    ],
)
def test_an_article_is_known_by_its_address(address, meant):
    article = Article("a7", "/home/x/reports/a.txt", "t", "en", "T", "https://e.example/1#top", "The Paper")
    assert known_as(address, addresses(article)) is meant

"""The tagger of names: what it looks at, and what it knows of words."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.languages import load_pack
from recoupe.reading.document import open_document
from recoupe.reading.gazetteer import marks
from recoupe.reading.tagger import Features, lists, shape_of, tagger, windows
from recoupe.records import Article


@given(st.lists(st.sampled_from(["Paris", "dit", "A", ",", "5"]), max_size=900))
def test_windows_hold_every_capital_in_order_and_apart(surfaces):
    """No window overlaps another, leaves the sentence, or is longer than the tagger takes at once."""
    found = windows(surfaces, 0, len(surfaces))
    assert all(0 <= a < b <= len(surfaces) and b - a < 420 for a, b in found)
    assert all(b <= c for (_, b), (c, _) in pairwise(found))
    inside = {i for a, b in found for i in range(a, b)}
    assert {i for i, s in enumerate(surfaces) if s[0].isupper()} <= inside


@pytest.mark.parametrize("rest", range(12))
def test_the_last_capitals_of_a_long_row_stand_in_one_window(rest):
    """However many words are left when a window is full, none is left out and no window is empty."""
    for count in (410 + rest, 830 + rest, 50_000 + rest):
        found = windows(["A"] * count, 0, count)
        assert found[0][0] == 0
        assert found[-1][1] == count
        assert all(a < b == c for (a, b), (c, _) in pairwise(found))
        assert found[-1][0] < found[-1][1]


def test_a_text_without_capitals_has_no_window():
    """Where no capital stands, nothing is tagged."""
    assert windows(["il", "pleut", "."], 0, 3) == []


@given(st.text(st.sampled_from("aZßǅªя5²-'’中"), min_size=1, max_size=30))
def test_shapes_name_each_sign_at_most_twice_in_a_row(word):
    """Capitals, letters and digits of the beginning of a word are told apart, whatever else stands beside them."""
    signs = ["X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in word[:24]]
    assert shape_of(word) == "".join("".join(list(run)[:2]) for _, run in groupby(signs))


@pytest.mark.parametrize(
    ("word", "letter"),
    [("vladimir", "g"), ("олена", "g"), ("martínez", "f"), ("шевченко", "f"), ("marseille", "c"), ("reuters", "o")],
)
def test_the_lists_know_common_names(word, letter):
    """Given names, family names, towns and organisations are told apart as far as a list can."""
    assert letter in lists().sorts(word)


@pytest.mark.parametrize(("word", "letter"), [("оленою", "g"), ("катерині", "g"), ("харькове", "c")])
def test_a_case_form_is_looked_up_under_its_base(word, letter):
    """A word found only under a base form is marked with a tilde, for it may be another word."""
    found = lists().sorts(word)
    assert found.startswith("~")
    assert letter in found


def test_a_language_knows_its_common_words():
    """A word that the language writes in lower case is common there and not elsewhere."""
    assert "lorsque" in lists().common("fr")
    assert "lorsque" not in lists().common("en")
    assert lists().common("zz") == frozenset()


def test_features_do_not_depend_on_the_window():
    """A token has the same features whatever part of its sentence is asked for."""
    pack = load_pack("en")
    text = "On Monday Karim Osei of Reuters met the mayor of Delmara."
    document = open_document(Article("a", "", text, "en", ""), pack)
    found, last = marks(document), len(document.tokens)
    whole = Features()(document, found, 0, last, 0, last)
    part = Features()(document, found, 3, 9, 0, last)
    assert part == whole[3:9]


def test_names_in_a_plain_sentence_are_found():
    """The shipped weights find a person, a place and an organisation."""
    pack = load_pack("en")
    document = open_document(Article("a", "", "Karim Osei of Reuters flew from Nairobi on Friday.", "en", ""), pack)
    (found,) = tagger()(document, marks(document), document.sentences)
    kinds = {document.span(i, j).of(document.text): max(likely, key=lambda k: likely[k]) for i, j, likely in found}
    assert kinds == {"Karim Osei": "PERSON", "Reuters": "ORG", "Nairobi": "PLACE"}

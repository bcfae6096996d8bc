"""A few words of a report tell which thing is meant: a clause, cut at whole words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.records import Span
from recoupe.writing.quoting import cut

LONG = "The first talk between the two ministers, who had not spoken since January 2024, took place on Thursday."


@pytest.mark.parametrize(
    ("part", "most", "said"),
    [
        ("since January 2024", 72, "who had not spoken since January 2024"),
        ("January", 20, "…January 2024"),
        ("on Thursday", 72, "took place on Thursday"),
        ("4.000", 72, "It burnt 4.000 square metres"),
    ],
)
def test_the_clause_around_some_words_is_shown(part, most, said):
    text = LONG if part in LONG else "It burnt 4.000 square metres."
    start = text.index(part)
    assert cut(text, Span(0, len(text)), Span(start, start + len(part)), most, "…") == said


@given(st.text(min_size=1, max_size=300), st.data())
def test_no_text_breaks_it_and_what_is_shown_stands_in_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = cut(text, Span(0, len(text)), Span(start, end), 40, "…")
    assert len(shown) <= 130

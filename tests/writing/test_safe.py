"""Text of a report is made fit to be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.writing.safe import around, clipped, complaint, encodable, line, plain


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_becomes_one_visible_line(text):
    shown = line(text)
    assert not any(ord(c) < 32 or ord(c) in (0x7F, 0x202E, 0x2066, 0xFEFF) for c in shown)
    shown.encode("utf-8")


@given(st.text(alphabet=st.characters(codec=None)))
def test_what_utf8_can_hold_has_the_same_length(text):
    assert len(encodable(text)) == len(text)
    encodable(text).encode("utf-8")


def test_controls_are_shown_and_line_ends_kept():
    assert plain("a\x1b[31m\n\tb\u202e\x85") == "a␛[31m\n\tb[U+202E][U+0085]"


@given(st.text(), st.integers(10, 60))
def test_a_clipped_text_is_no_longer_than_asked(text, most):
    assert len(clipped(text, most)) <= most


@given(st.text(min_size=1), st.data())
def test_what_stands_around_a_part_is_bounded_and_taken_from_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before, after = around(text, (0, len(text)), (start, end), 5, 7)
    assert len(before) <= 6
    assert len(after) <= 8
    assert text[:start].endswith(before.removeprefix("…"))
    assert text[end:].startswith(after.removesuffix("…"))


@pytest.mark.parametrize(
    ("report", "message", "shown"),
    [
        ("a.txt", "a.txt: is empty.", "a.txt: is empty."),
        ("a.txt", "is empty.", "a.txt: is empty."),
        ("", "is empty.", ": is empty."),
    ],
)
def test_a_complaint_names_its_report_once(report, message, shown):
    assert complaint(report, message) == shown

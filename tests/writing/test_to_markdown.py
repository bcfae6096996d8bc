"""Markdown shows the words of reports as they are."""

from dataclasses import replace

import pytest
from harbour_story import comparison

from recoupe.writing import to_markdown, write
from recoupe.writing.to_markdown import escaped


def test_contested_questions_come_before_all_others():
    text = to_markdown(write(comparison()))
    assert (
        text.index("## ≠ Contested")
        < text.index("## ↻ Updated")
        < text.index("## ✓ Corroborated")
        < text.index("## Who says")
    )
    assert "**Sept** personnes ont été tuées" in text
    assert "- why (a–b): 7 ≠ 9" in text


def test_headings_speak_the_language_of_the_interface():
    assert "## ≠ Contesté" in to_markdown(write(comparison(), "fr"))


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("<script>", "\\<script\\>"),
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("- no list", "\\- no list"),
        ("a | b", "a \\| b"),
        ("[a](http://x)", "\\[a\\](http&#8203;://x)"),
        ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
        ("two\nlines", "two lines"),
        ("&lt;", "\\&lt;"),
        ("turn\u202eed", "turn\\[U+202E\\]ed"),
    ],
)
def test_nothing_in_a_report_is_taken_for_markup(text, markdown):
    assert escaped(text) == markdown


def test_a_name_with_a_bar_in_it_breaks_no_table():
    dossier = write(comparison())
    names = [replace(n, name="x | y\nz") for n in dossier.names]
    rows = [row for row in to_markdown(replace(dossier, names=names)).split("\n") if row.startswith("|")]
    assert len({row.replace("\\|", "").count("|") for row in rows}) == 1


def test_an_address_that_is_not_of_the_web_is_no_link():
    dossier = write(comparison())
    bad = [replace(a, url="javascript:alert(1)") for a in dossier.articles]
    assert "javascript" not in to_markdown(replace(dossier, articles=bad))

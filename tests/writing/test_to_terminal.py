"""A terminal shows contested questions first, in 80 columns, and says the same without colour."""

import re
from dataclasses import replace

import pytest
from harbour_story import comparison

from recoupe.writing import to_terminal, write

CODES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("ui", ["en", "fr"])
@pytest.mark.parametrize("width", [40, 80, 110])
def test_no_line_is_wider_than_asked(ui, width):
    from rich.cells import cell_len

    assert max(map(cell_len, to_terminal(write(comparison(), ui), width).split("\n"))) <= width


def test_what_is_contested_comes_first_with_the_answer_pointed_out():
    text = to_terminal(write(comparison()))
    assert (
        text.index("≠ CONTESTED")
        < text.index("↻ UPDATED")
        < text.index("✓ CORROBORATED")
        < text.index("· ONE VOICE ONLY")
    )
    assert "“*Sept* personnes ont été tuées" in text
    assert "why: 7 ≠ 9" in text


def test_without_colour_there_are_no_codes_and_with_it_the_words_are_the_same():
    dossier = write(comparison())
    plain, coloured = to_terminal(dossier), to_terminal(dossier, colour=True)
    assert "\x1b" not in plain
    assert "\x1b" in coloured
    without = "\n".join(row.rstrip() for row in CODES.sub("", coloured).split("\n"))
    assert without == plain


def test_what_a_report_holds_cannot_act_on_the_terminal():
    dossier = write(comparison())
    bad = "\x1b]0;title\x07\x1b[2J[bold]x[/bold]\u202e :smile:"
    articles = [replace(a, title=bad, outlet=bad) for a in dossier.articles]
    questions = [replace(q, label=bad) for q in dossier.questions]
    text = to_terminal(replace(dossier, about=bad, articles=articles, questions=questions))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    assert "[bold]x[/bold]" in text.replace("\n", "")
    assert ":smile:" in text


def test_a_dossier_without_findings_says_so():
    dossier = replace(write(comparison()), questions=[], names=[], statements=[], timeline=[])
    assert "The reports contradict each other nowhere." in to_terminal(dossier)

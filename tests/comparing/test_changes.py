"""Two versions of one article differ in what they find, not in where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from recoupe.comparing.changes import changes
from recoupe.reading import read
from recoupe.records import Article, Period

DAY = Period("2025-03-17", "2025-03-17")
FIRST = "Four people were killed when a bridge collapsed in Morvelay on Sunday, police said.\nThe bridge was old."


def reading(text: str = FIRST, title: str = "Bridge collapses"):
    return read(Article("a", "a.txt", text, "en", title, day=DAY))


def told(before, after):
    return {(c.what, c.kind) for c in changes(before, after)}


def test_a_figure_that_moves_is_one_change_with_both_values():
    found = [c for c in changes(reading(), reading(FIRST.replace("Four", "Six"))) if c.kind == "count"]
    (change,) = found
    assert change.what == "changed"
    assert change.before.startswith("Four")
    assert change.before.endswith("[4]")
    assert change.after.startswith("Six")
    assert change.after.endswith("[6]")


def test_the_same_article_has_not_changed():
    assert changes(reading(), reading()) == ()


def test_what_only_stands_elsewhere_has_not_changed():
    assert changes(reading(), reading("Read on below.\n\n" + FIRST)) == ()


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (FIRST, FIRST + "\nThirty people were injured.", ("added", "count")),
        (FIRST + "\nThirty people were injured.", FIRST, ("removed", "count")),
        (FIRST, FIRST.replace(", police said", ""), ("removed", "statement")),
    ],
)
def test_findings_come_and_go(before, after, what):
    assert what in told(reading(before), reading(after))


def test_a_new_title_is_told_first():
    found = changes(reading(), reading(title="Six killed"))
    assert (found[0].kind, found[0].before, found[0].after) == ("title", "Bridge collapses", "Six killed")


def test_a_great_many_findings_take_no_great_time():
    many = "\n".join(f"{n} people were killed in place {n}." for n in range(2, 900))
    one = reading(many)
    claims = tuple(replace(c, hedged=not c.hedged) for c in one.claims)
    assert changes(one, replace(one, claims=claims))

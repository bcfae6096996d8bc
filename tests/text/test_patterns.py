"""Templates of words and slots."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from recoupe.text.patterns import Patterns
from recoupe.text.tokens import Tokenizer

NORMS = ["il", "y", "a", "3", "jours", "déjà"]


def numbers(name: str, i: int) -> Iterable[tuple[int, Any]]:
    """A slot `n` is filled by a number, `rest` by one word or two."""
    if name == "n" and NORMS[i].isdigit():
        yield i + 1, int(NORMS[i])
    if name == "rest":
        yield from ((end, NORMS[i:end]) for end in (i + 1, i + 2) if end <= len(NORMS))


def patterns(*forms: str) -> Patterns[str]:
    found: Patterns[str] = Patterns(Tokenizer("elision"), {"s": ["", "s"]})
    for form in forms:
        found.add(form, form)
    return found


def test_slots_capture_what_fills_them() -> None:
    matches = patterns("[il y a] {n} jour{-s}").match(NORMS, 0, numbers)
    assert [(m.end, m.captures) for m in matches] == [(5, {"n": 3})]


def test_the_longest_match_comes_first() -> None:
    matches = patterns("{n} jours", "{n} jours déjà", "{n} {rest}").match(NORMS, 3, numbers)
    assert [(m.end, m.value) for m in matches] == [
        (6, "{n} jours déjà"), (6, "{n} {rest}"), (5, "{n} jours"), (5, "{n} {rest}"),
    ]  # fmt: skip


def test_two_slots_of_one_sort_are_told_apart_by_their_suffix() -> None:
    found: Patterns[str] = Patterns(Tokenizer())
    found.add("{rest} {rest:2}", "x")
    captures = found.match(NORMS, 0, lambda name, i: [(i + 1, NORMS[i])])[0].captures
    assert captures == {"rest": "il", "rest2": "y"}


def test_a_template_without_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="matches nothing at all"):
        patterns("[s]")


def test_nothing_matches_beyond_the_words() -> None:
    assert patterns("déjà {n}").match(NORMS, 5, numbers) == []

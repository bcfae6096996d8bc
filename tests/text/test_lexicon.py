"""Many phrases looked up at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.text.lexicon import Lexicon


def lexicon(**phrases: str) -> Lexicon[str]:
    found: Lexicon[str] = Lexicon()
    for value, text in phrases.items():
        found.add(text.split(), value)
    return found


def test_all_phrases_at_a_word_come_the_longest_first() -> None:
    found = lexicon(sight="garde", custody="garde à vue", night="nuit")
    assert found.at(["en", "garde", "à", "vue"], 1) == [(4, "custody"), (2, "sight")]
    assert found.at(["en", "garde", "à", "vue"], 2) == []


def test_a_phrase_may_have_several_values_each_once() -> None:
    found = lexicon(a="feu", b="feu")
    found.add(["feu"], "a")
    assert found.at(["feu"], 0) == [(1, "a"), (1, "b")]


def test_a_phrase_does_not_reach_beyond_the_words() -> None:
    assert lexicon(custody="garde à vue").at(["garde", "à"], 0) == []


def test_longest_leaves_no_overlap() -> None:
    found = lexicon(ab="a b", bc="b c", c="c")
    assert list(found.longest(["a", "b", "c"])) == [(0, 2, "ab"), (2, 3, "c")]
    assert list(found.find(["a", "b", "c"])) == [(0, 2, "ab"), (1, 3, "bc"), (2, 3, "c")]


def test_an_empty_phrase_is_refused() -> None:
    with pytest.raises(ValueError, match="an empty phrase"):
        Lexicon[str]().add([], "x")


def test_an_empty_lexicon_is_false() -> None:
    assert not Lexicon[str]()
    assert lexicon(a="a")


WORDS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3)


@given(st.lists(WORDS, max_size=8), st.lists(st.sampled_from("abcd"), max_size=12))
def test_what_is_found_stands_there_and_nothing_is_missed(phrases: list[list[str]], norms: list[str]) -> None:
    found: Lexicon[str] = Lexicon()
    for phrase in phrases:
        found.add(phrase, " ".join(phrase))
    hits = list(found.find(norms))
    assert all(" ".join(norms[i:j]) == value for i, j, value in hits)
    wanted = {
        (i, i + len(p)) for p in phrases for i in range(len(norms) - len(p) + 1) if norms[i : i + len(p)] == p
    }  # fmt: skip
    assert {(i, j) for i, j, _ in hits} == wanted

"""Words made of words ('Fabrikarbeiter') are read by their last part where a language writes them as one."""

from __future__ import annotations

from recoupe.text.cuts import NOTHING
from recoupe.text.inflected import Inflected
from recoupe.text.tokens import Tokenizer


def people(word: str) -> bool:
    return word == "people"


def phrases() -> Inflected[str]:
    found: Inflected[str] = Inflected(Tokenizer(), {"n": ["", "n"]}, people)
    found.add("arbeiter{-n}", "people")
    found.add("seiten{-n}", "things")
    return found


def test_a_word_that_is_not_listed_is_read_by_its_last_part() -> None:
    assert phrases().matches(["fabrikarbeitern"], 0) == [(1, "people", NOTHING)]


def test_only_values_that_may_end_a_compound_are_found_in_one() -> None:
    assert phrases().matches(["buchseiten"], 0) == []
    assert phrases().matches(["seiten"], 0) == [(1, "things", NOTHING)]


def test_without_compounds_only_listed_words_are_found() -> None:
    plain: Inflected[str] = Inflected(Tokenizer(), {"n": ["", "n"]})
    plain.add("arbeiter{-n}", "people")
    assert plain.matches(["fabrikarbeitern"], 0) == []

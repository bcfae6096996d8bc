"""Phrases with inflected words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.text.cuts import NOTHING
from recoupe.text.forms import expand
from recoupe.text.inflected import Inflected
from recoupe.text.tokens import Tokenizer

ENDINGS = {
    "er": ["er", "e", "é", "ée", "a"],
    "er_pp": ["é", "ée"],
    "er_past": ["a"],
    "ed": ["", "s", "ed"],
    "ed_pp": ["ed"],
    "ed_past": ["ed"],
    "re": ["re", "", "u"],
}
PP = frozenset({"pp"})


def phrases(*entries: str, apostrophe: str = "elision") -> Inflected[str]:
    found: Inflected[str] = Inflected(Tokenizer(apostrophe), ENDINGS)
    for entry in entries:
        found.add(entry, entry)
    return found


def test_a_word_is_found_by_stem_and_ending() -> None:
    found = phrases("tu{-er}")
    assert found.matches(["tuée"], 0) == [(1, "tu{-er}", PP)]
    assert found.matches(["tuer"], 0) == [(1, "tu{-er}", NOTHING)]
    assert found.matches(["tu"], 0) == []
    assert found.matches(["tuyau"], 0) == []


def test_the_parts_of_an_ending_are_told() -> None:
    assert phrases("kill{-ed}").matches(["killed"], 0) == [(1, "kill{-ed}", frozenset({"pp", "past"}))]


def test_an_inflected_word_may_stand_anywhere_in_a_phrase() -> None:
    found = phrases("s'est cass{-er} la jambe", "s'entret{-er} avec")
    assert found.matches(["s'", "est", "cassé", "la", "jambe"], 0) == [(5, "s'est cass{-er} la jambe", PP)]
    assert found.matches(["s'", "entreta", "avec"], 0) == [(3, "s'entret{-er} avec", frozenset({"past"}))]
    assert found.matches(["s'", "entreta"], 0) == []


def test_the_longest_phrase_comes_first_whichever_way_its_first_word_is_read() -> None:
    found = phrases("port{-er}", "porte close", "port{-er} secours")
    assert [v for _, v, _ in found.matches(["porte", "secours"], 0)] == ["port{-er} secours", "port{-er}"]
    assert [v for _, v, _ in found.matches(["porte", "close"], 0)] == ["porte close", "port{-er}"]


def test_two_stems_may_share_a_form() -> None:
    assert {v for _, v, _ in phrases("vend{-re}", "ven{-er}", "ven{-ed}d").matches(["vend"], 0)} == {"vend{-re}"}
    assert {v for _, v, _ in phrases("su{-er}", "s{-re}").matches(["su"], 0)} == {"s{-re}"}


def test_words_that_are_allowed_may_stand_inside_a_phrase() -> None:
    found: Inflected[str] = Inflected(Tokenizer(), ENDINGS, within=frozenset({"hier", "pas"}))
    found.add("tu{-er} la vie", "kill")
    assert found.matches(["tué", "hier", "pas", "la", "hier", "vie"], 0) == [(6, "kill", PP)]
    assert found.matches(["tué", "hier", "la", "belle", "vie"], 0) == []
    assert found.matches(["tué", *["hier"] * 4, "la", "vie"], 0) == []
    assert found.matches(["tué", "hier", "la"], 0) == []


def test_malformed_entries_are_refused() -> None:
    with pytest.raises(ValueError, match="no endings named 'xx'"):
        phrases("tu{-xx}")
    with pytest.raises(ValueError, match="matches nothing at all"):
        phrases("[s]")
    with pytest.raises(ValueError, match="bracket"):
        phrases("tu(er")


ENTRY = st.lists(st.sampled_from(["tu{-er}", "la", "p[as]", "vend{-re}", "(a|b)"]), min_size=1, max_size=3)


@given(
    st.lists(ENTRY, max_size=5), st.lists(st.sampled_from(["tue", "tué", "la", "p", "pas", "vend", "a"]), max_size=6)
)
def test_it_finds_what_the_spelt_out_forms_would_find(entries: list[list[str]], norms: list[str]) -> None:
    found = phrases(*(" ".join(e) for e in entries))
    for i in range(len(norms)):
        flat = {(len(f.split()), e) for e in map(" ".join, entries) for f in expand(e, ENDINGS)
                if norms[i : i + len(f.split())] == f.split()}  # fmt: skip
        hits = found.matches(norms, i)
        assert {(end - i, value) for end, value, _ in hits} == flat
        assert [end for end, _, _ in hits] == sorted((end for end, _, _ in hits), reverse=True)

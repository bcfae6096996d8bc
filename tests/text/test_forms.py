"""The notation of word forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.text.forms import alternatives, expand, resolve

ENDINGS = {"er": ["er", "e", "é", "ée"], "s": ["", "s"]}

CASES = {
    "mort": ["mort"],
    "mort[s]": ["morts", "mort"],
    "tu(er|é[e])": ["tuer", "tuée", "tué"],
    "tu{-er}": ["tuer", "tue", "tué", "tuée"],
    "coût{-er} la  vie": ["coûter la vie", "coûte la vie", "coûté la vie", "coûtée la vie"],
    "[dans] la nuit": ["dans la nuit", "la nuit"],
    "lib(ér{-s}|èr)": ["libér", "libérs", "libèr"],
    "a(|b)": ["a", "ab"],
    "(a|a)": ["a"],
    "fait[s] {n} mort[s]": ["faits {n} morts", "faits {n} mort", "fait {n} morts", "fait {n} mort"],
}


@pytest.mark.parametrize(("form", "flat"), CASES.items(), ids=CASES)
def test_a_form_stands_for_its_flat_forms(form: str, flat: list[str]) -> None:
    assert expand(form, ENDINGS) == flat


@pytest.mark.parametrize("form", ["a(b", "a)b", "a[b", "(a|b]", "a]", "[(]"])
def test_brackets_that_do_not_match_are_refused(form: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        expand(form)


def test_unknown_endings_are_named_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match=r"no endings named 'ir' \(there are: er, s\)"):
        expand("fin{-ir}", ENDINGS)
    with pytest.raises(ValueError, match=r"no endings named 'ir' \(there are: none\)"):
        expand("fin{-ir}")


def test_alternatives_leave_endings_as_they_are_written() -> None:
    assert alternatives("lib(ér{-er}|èr{-mute}) [un otage]") == [
        "libér{-er} un otage", "libér{-er}", "libèr{-mute} un otage", "libèr{-mute}",
    ]  # fmt: skip


def test_a_set_of_endings_takes_in_others() -> None:
    assert resolve({"er": ["er", "{-pp}", "{-past}"], "pp": ["é"], "past": ["a", "é"]})["er"] == ["er", "é", "a"]


@pytest.mark.parametrize("endings", [{"a": ["{-a}"]}, {"a": ["{-b}"], "b": ["x", "{-a}"]}, {"a": ["{-c}"]}])
def test_endings_that_go_round_in_a_circle_or_are_missing_are_refused(endings: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match=r"take in themselves|no endings named"):
        resolve(endings)


@given(st.text("ab ()[]|{-er}", max_size=14))
def test_any_text_expands_or_is_refused(form: str) -> None:
    try:
        flat = expand(form, {"er": ["er", "é"]})
    except ValueError:
        return
    assert flat
    assert len(flat) == len(set(flat))
    assert not any(sign in f for f in flat for sign in "()[]|")

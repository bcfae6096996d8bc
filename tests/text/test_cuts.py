"""Words cut into listed stems and their endings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recoupe.text.cuts import NOTHING, Cuts
from recoupe.text.tokens import Tokenizer

ENDINGS = {"er": ["er", "e", "é"], "er_pp": ["é"], "re": ["re", "", "u"], "ed": ["", "s", "ed"]}


def cuts(*stems: tuple[str, str]) -> Cuts:
    found = Cuts(Tokenizer(), ENDINGS)
    for stem, name in stems:
        found.add(stem, name)
    return found


def test_the_longest_stem_comes_first_and_the_shortest_ones_count_too() -> None:
    found = cuts(("s", "re"), ("su", "ed"), ("suré", "er"), ("surée", "ed"), ("", "er"))
    assert [element for element, _ in found.of("suréed")] == []
    assert [element for element, _ in found.of("suréeed")] == ["surée{-ed}"]
    assert [element for element, _ in found.of("suréé")] == ["suré{-er}"]
    assert [element for element, _ in found.of("sued")] == ["su{-ed}"]
    assert [element for element, _ in found.of("su")] == ["su{-ed}", "s{-re}"]
    assert [element for element, _ in found.of("s")] == ["s{-re}"]
    assert found.of("é") == (("{-er}", frozenset({"pp"})),)


def test_a_stem_added_later_is_found_in_words_met_before() -> None:
    found = cuts(("tu", "er"))
    assert found.of("coûte") == ()
    assert found.add("coût", "er") == "coût{-er}"
    assert found.of("coûte") == (("coût{-er}", NOTHING),)


def test_the_forms_of_an_element_are_all_its_words() -> None:
    assert cuts().forms("tu{-er}") == ["tuer", "tue", "tué"]
    assert cuts().forms("la") == ["la"]


STEM = st.tuples(st.text("abé", max_size=5), st.sampled_from(["er", "re", "ed"]))


@given(st.lists(STEM, max_size=8), st.text("abéersud", min_size=1, max_size=8))
def test_a_word_is_each_stem_with_one_of_its_endings(stems: list[tuple[str, str]], word: str) -> None:
    found = [element for element, _ in cuts(*stems).of(word)]
    assert set(found) == {f"{stem}{{-{name}}}" for stem, name in stems if word in cuts().forms(f"{stem}{{-{name}}}")}
    assert len(found) == len(set(found))

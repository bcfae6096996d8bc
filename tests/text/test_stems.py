"""Light stems, from the endings of each pack."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.languages import available, load_pack
from recoupe.text.stems import Stemmer, fold, is_content, stem

SAME = {
    "fr": [
        "appel appels appelé appelée appelait appeler",
        "explosion explosions explosé",
        "solvant solvants",
        "manifestation manifestations",
        "élection élections",
        "négociation négociations négocier négocié négocient",
        "livraison livraisons",
        "autorisation autorisations",
        "blessure blessures",
        "fermeture fermetures",
        "enfant enfants",
        "national nationale nationaux nationales",
        "accident accidents",
        "président présidents présidente",
        "client clients",
        "étudiant étudiants",
    ],
    "en": [
        "strike strikes striking",
        "explosion explosions",
        "negotiation negotiations",
        "depositor depositors deposit deposits",
        "flooded flooding floods flood",
        "stopped stop stopping",
        "city cities",
    ],
}
APART = {
    "fr": ["mort mois", "ville village", "pont pontife", "maire mari"],
    "en": ["fire firm", "port police", "court country", "death deal"],
}


def words(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(lang, row) for lang, rows in table.items() for row in rows]


@pytest.mark.parametrize(("lang", "row"), words(SAME))
def test_forms_of_a_word_share_their_stem(lang: str, row: str) -> None:
    endings = load_pack(lang).endings
    assert len({stem(word, endings) for word in row.split()}) == 1


@pytest.mark.parametrize(("lang", "row"), words(APART))
def test_other_words_do_not(lang: str, row: str) -> None:
    endings = load_pack(lang).endings
    assert len({stem(word, endings) for word in row.split()}) == 2


def test_accents_do_not_matter() -> None:
    assert fold("événement") == "evenement"
    assert stem("événements", ["s"]) == stem("évènement", ["s"])


def test_a_language_without_endings_keeps_its_words() -> None:
    assert stem("thành", []) == "thành"
    assert stem("thành", {}) == "thành"


def test_what_is_no_word_stays_as_it_is() -> None:
    assert stem("12", ["2"]) == "12"
    assert stem("aujourd'hui", ["ui"]) == "aujourd'hui"


def test_a_stem_keeps_three_letters_at_least() -> None:
    assert stem("des", ["s", "es"]) == "des"
    assert stem("rues", ["s", "es"]) == "rue"


def test_two_lists_of_endings_are_not_mixed_up() -> None:
    for ending in ("s", "x", "z") * 50:
        assert stem("motsxz"[:3] + ending, [ending]) == "mot"


def test_content_words_are_words_with_letters_that_are_no_function_words() -> None:
    function = frozenset({"the", "l'"})
    assert [w for w in ("the", "fire", "l'", "12", ".", "a", "été") if is_content(w, function)] == ["fire", "été"]


@given(st.text(max_size=12), st.lists(st.text("abcé", max_size=3), max_size=4))
def test_any_word_has_a_stem_and_keeps_it(word: str, endings: list[str]) -> None:
    stemmer = Stemmer(endings)
    assert stemmer(word) == stemmer(word)
    if word:
        assert stemmer(word)


@pytest.mark.parametrize("lang", available())
@given(word=st.text("abcdeinorstué", min_size=1, max_size=12))
def test_a_stem_of_a_word_is_the_beginning_of_it(lang: str, word: str) -> None:
    found = stem(word, load_pack(lang).endings)
    assert found == word or fold(word).startswith(found)

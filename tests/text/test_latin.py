"""Latin keys and sounds of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.text.latin import latin, skeleton, sound
from recoupe.text.scripts import script
from recoupe.text.similarity import alike, same_word


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Сергей Шойгу", "sergey shoygu"),
        ("Jean-Luc N’Diaye", "jean luc ndiaye"),
        ("Łódź", "lodz"),
        ("Nguyễn Phú", "nguyen phu"),
        ("«»", ""),
    ],
)
def test_any_script_becomes_plain_latin_words(text: str, key: str) -> None:
    assert latin(text) == key


@pytest.mark.parametrize(
    "words", [("choigu", "shoigu", "sjojgoe", "schoigu"), ("beloesov", "beloessov", "belousov", "beloussov")]
)
def test_spellings_of_one_name_sound_alike(words: tuple[str, ...]) -> None:
    for a in words:
        for b in words:
            assert alike(a, b) >= 0.8
            assert skeleton(a) == skeleton(b)


@pytest.mark.parametrize(
    ("a", "b"), [("austin", "justin"), ("meyer", "meier-schulz"), ("kim", "kin"), ("ryder", "rider-haggard")]
)
def test_other_names_are_other_words(a: str, b: str) -> None:
    assert not same_word(a, b)


@pytest.mark.parametrize(
    ("text", "name"), [("«Шойгу»", "CYRILLIC"), ("42 Tôkyô", "LATIN"), ("東京", "CJK"), ("12", "")]
)
def test_the_first_letter_tells_the_script(text: str, name: str) -> None:
    assert script(text) == name


@given(st.text(max_size=60), st.text(max_size=60))
def test_keys_are_plain_and_likeness_has_no_direction(a: str, b: str) -> None:
    x, y = latin(a), latin(b)
    assert x.isascii()
    assert x == " ".join(x.split())
    sound(x)
    assert alike(x, y) == pytest.approx(alike(y, x))
    assert 0.0 <= alike(x, y) <= 1.0

"""Numbers in digits and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.languages import load_pack
from recoupe.reading.numerals import numerals

WORDS = [
    ("fr", "vingt-trois", 23),
    ("fr", "soixante et onze", 71),
    ("fr", "quatre-vingt-dix-sept", 97),
    ("fr", "quatre-vingts", 80),
    ("fr", "nonante-deux", 92),
    ("fr", "cent un", 101),
    ("fr", "deux mille trois cent vingt et un", 2321),
    ("fr", "mille neuf cent quatorze", 1914),
    ("fr", "douze millions quatre cent mille", 12_400_000),
    ("fr", "deux millions et demi", 2_500_000),
    ("fr", "1 200", 1200),
    ("fr", "1\u202f200\u202f000", 1_200_000),
    ("fr", "4.000", 4000),
    ("fr", "2,5", 2.5),
    ("fr", "6.7", 6.7),
    ("fr", "2,3 millions", 2_300_000),
    ("en", "two hundred and five", 205),
    ("en", "fifteen hundred", 1500),
    ("en", "twenty-one thousand", 21_000),
    ("en", "two and a half million", 2_500_000),
    ("en", "three dozen", 36),
    ("en", "half a million", 500_000),
    ("en", "14,000", 14_000),
    ("en", "1.5 billion", 1.5e9),
    ("en", "two point five", 2.5),
    ("en", "2½", 2.5),
]


@pytest.mark.parametrize(("code", "text", "value"), WORDS)
def test_a_number_is_read_whole(code: str, text: str, value: float) -> None:
    tokens = load_pack(code).tokenizer(text)
    found = numerals(load_pack(code)).read(tokens, 0, len(tokens))
    assert found is not None
    assert (found.end, found.value) == (len(tokens), value)


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [("fr", "deux et trois", 1), ("fr", "trois quatre", 1), ("en", "five six", 1), ("fr", "2012 300", 1)],
)
def test_two_numbers_are_not_added(code: str, text: str, words: int) -> None:
    tokens = load_pack(code).tokenizer(text)
    found = numerals(load_pack(code)).read(tokens, 0, len(tokens))
    assert found is not None
    assert found.end == words


ORDINALS = [("fr", "troisième", 3), ("fr", "21e", 21), ("en", "twenty-fifth", 25), ("en", "3rd", 3)]


@pytest.mark.parametrize(("code", "text", "value"), ORDINALS)
def test_an_ordinal_is_told_from_a_number(code: str, text: str, value: float) -> None:
    tokens = load_pack(code).tokenizer(text)
    found = numerals(load_pack(code)).read(tokens, 0, len(tokens))
    assert found is not None
    assert (found.ordinal, found.value) == (True, value)


def test_an_article_alone_is_marked() -> None:
    tokens = load_pack("fr").tokenizer("une usine")
    found = numerals(load_pack("fr")).read(tokens, 0, len(tokens))
    assert found is not None
    assert found.article


def test_an_address_of_numbers_is_odd() -> None:
    tokens = load_pack("en").tokenizer("192.168.1.2")
    found = numerals(load_pack("en")).read(tokens, 0, len(tokens))
    assert found is not None
    assert found.odd


@given(st.integers(min_value=0, max_value=999_999_999), st.sampled_from([("fr", " "), ("fr", "."), ("en", ",")]))
def test_grouped_digits_come_back(value: int, form: tuple[str, str]) -> None:
    code, sign = form
    tokens = load_pack(code).tokenizer(f"{value:,}".replace(",", sign))
    found = numerals(load_pack(code)).read(tokens, 0, len(tokens))
    assert found is not None
    assert (found.end, found.value) == (len(tokens), value)


@given(st.text(max_size=200), st.sampled_from(["fr", "en"]))
def test_no_text_breaks_it(text: str, code: str) -> None:
    tokens = load_pack(code).tokenizer(text)
    reader = numerals(load_pack(code))
    for i in range(len(tokens)):
        found = reader.read(tokens, i, len(tokens))
        assert found is None or i < found.end <= len(tokens)


def test_a_mile_of_digits_is_no_number() -> None:
    tokens = load_pack("en").tokenizer("9" * 100_000)
    assert numerals(load_pack("en")).read(tokens, 0, 1) is None

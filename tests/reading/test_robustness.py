"""No text makes reading raise: words of a pack in any order, with numbers and signs between them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe import Report, clean, read
from recoupe.errors import CleanError
from recoupe.languages import available, load_pack

NUMBERS = ["3", "12", "2024", "31", "1 000", "5.2", "0", "16-9", "7/3", "12:30", "5h", "€5", "5 %", "1,5", "2023/24"]
SIGNS = [*"«»\",.:—-()?…“”';!/", "\n", "\n\n"]
NAMES = ["Anna", "Ivan Petrov", "Paris", "Reuters", "Москва", "Hà Nội", "J.", "M", "k"]


def strings(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict | list):
        for value in table.values() if isinstance(table, dict) else table:
            yield from strings(value)


@cache
def phrases(code: str) -> dict[str, list[str]]:
    """The words of a pack by file: of each form its first alternative, with a number in each slot."""
    found = {}
    for name, table in load_pack(code).tables.items():
        rows = (re.sub(r"\{\w+(:\w+)?\}", "12", re.sub(r"\{-\w+\}", "", row)) for row in strings(table))
        found[name] = [re.sub(r"[\[\]]", "", re.sub(r"\(([^|()]*)[^()]*\)", r"\1", row)) for row in rows]
    return {name: rows for name, rows in found.items() if rows}


@pytest.mark.parametrize("code", available())
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_words_of_a_language_in_any_order_are_read(code: str, data: st.DataObject) -> None:
    words = phrases(code)
    word = st.sampled_from(sorted(words)).flatmap(lambda name: st.sampled_from(words[name]))
    piece = st.one_of(word, word, word, st.sampled_from(NUMBERS), st.sampled_from(SIGNS), st.sampled_from(NAMES))
    text = " ".join(data.draw(st.lists(piece, min_size=1, max_size=20)))
    try:
        read(clean(Report("a.txt", "text", text, published="2025-03-14", language=code)))
    except CleanError:
        return


@pytest.mark.parametrize("code", available())
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_same_few_words_hundreds_of_times_are_read(code: str, data: st.DataObject) -> None:
    """What goes on for longer than any sentence does is read in parts, wherever the last part ends."""
    name = data.draw(st.sampled_from(sorted(phrases(code))))
    piece = st.one_of(st.sampled_from(phrases(code)[name]), st.sampled_from([*NUMBERS, *SIGNS, *NAMES, "A", "a"]))
    text = " ".join(data.draw(st.lists(piece, min_size=1, max_size=3)) * data.draw(st.integers(300, 900)))
    try:
        read(clean(Report("a.txt", "text", text, published="2025-03-14", language=code)))
    except CleanError:
        return


def seconds(code: str, text: str) -> float:
    before = time.process_time()
    read(clean(Report("a.txt", "text", text, published="2025-03-14", language=code)))
    return time.process_time() - before


@pytest.mark.parametrize(
    ("code", "piece"),
    [
        ("de", "A"), ("de", "l'"), ("de", "e\u0301\u0300"), ("de", "vierundzwanzigtausend"), ("en", "ngày 5 tháng "),
        ("en", "from 3 to "), ("en", "A "), ("en", "three killed and "), ("fr", "entre le 3 et "), ("it", "<a "),
        ("it", "deux cent mille "), ("nl", "a"), ("ru", "двадцать один "), ("uk", "5 in Kyiv "), ("vi", "a\n"),
    ],
)  # fmt: skip
def test_eight_times_as_much_of_one_thing_takes_about_eight_times_as_long(code: str, piece: str) -> None:
    """Whatever a text is made of, reading it costs so much a word: nothing looks through all of a sentence."""
    short, long = (piece * (size // len(piece)) for size in (8_000, 64_000))
    seconds(code, short)  # what is compiled once
    before = max(min(seconds(code, short) for _ in range(3)), 0.02)
    assert min(seconds(code, long) for _ in range(2)) < 16 * before


@pytest.mark.parametrize("text", ["Between noon and four.", "At noon. Midnight.", "It was noon"])
def test_a_word_for_a_clock_time_stands_alone(text: str) -> None:
    found = read(clean(Report("a.txt", "text", text, published="2025-03-14", language="en"))).times
    assert {t.span.of(text).lower() for t in found} & {"noon", "at noon", "midnight"}


def test_a_letter_for_millions_is_none_where_the_language_has_no_such_letter() -> None:
    assert read(clean(Report("a.txt", "text", "Es kostet 3 M $.", published="2025-03-14", language="de"))).figures

"""The log of corrections, and corrections as JSON lines."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.correcting import from_lines, identified, in_force, in_order, to_lines
from recoupe.errors import SettingsError
from recoupe.records import Amount, Period, Stance
from recoupe.records.correction import (
    KINDS,
    ClaimAt,
    NameAt,
    Quote,
    SameEvent,
    SamePerson,
    SameStory,
    StatementAt,
    Undo,
    WrongCopy,
    WrongQuestion,
    WrongSpeaker,
    WrongValue,
    WrongVoice,
    articles_of,
)

CLAIM = ClaimAt("u:a", Quote("Six", "", " people", 0), "count", "6")
NAME = NameAt("u:b", "Белоусов", "belousov")
EACH = [
    SamePerson(a=NAME, b=NAME, same=True),
    SameEvent(a=CLAIM, b=CLAIM, same=False),
    SameStory(articles=("u:a",), others=("u:b", "u:c"), same=False),
    WrongValue(claim=CLAIM, amount=Amount(7, None, "EUR")),
    WrongValue(claim=CLAIM, period=Period("2025-01-01", None)),
    WrongValue(claim=CLAIM, stance=Stance("denied")),
    WrongValue(claim=CLAIM, named=NAME),
    WrongQuestion(claim=CLAIM, to=CLAIM),
    WrongQuestion(claim=CLAIM),
    WrongSpeaker(statement=StatementAt("u:a", Quote("said")), speaker=NAME),
    WrongSpeaker(statement=StatementAt("u:a", Quote("said"))),
    WrongCopy(article="u:a", of="u:b", same=False),
    WrongVoice(claim=CLAIM, voice=NAME),
    WrongVoice(claim=CLAIM, report="u:c"),
    WrongVoice(claim=CLAIM, label="Reuters"),
    Undo(of="k1"),
]


def test_every_kind_goes_to_a_line_and_back():
    assert {type(c) for c in EACH} == set(KINDS.values())
    rows = [identified(c) for c in EACH]
    assert from_lines(to_lines(rows)) == rows
    assert len({c.id for c in rows}) == len(rows)
    assert all(articles_of(c) for c in rows if not isinstance(c, Undo))


@given(st.text(), st.text(), st.text())
def test_any_words_go_to_a_line_and_back(author, note, exact):
    try:
        "".join((author, note, exact)).encode()
    except UnicodeEncodeError:
        return
    row = identified(WrongQuestion(claim=ClaimAt("u:a", Quote(exact), "count"), author=author, note=note))
    assert from_lines(to_lines([row])) == [row]


@pytest.mark.parametrize(
    "line", ["{", "[]", "{}", '{"correction": "x"}', '{"correction": "value"}', '{"correction": "undo", "of": 3}', "7"]
)
def test_a_line_that_is_none_is_told_by_its_number(line):
    with pytest.raises(SettingsError, match=r"^f\.jsonl, line 3: no correction \("):
        from_lines(f"\n\n{line}\n", "f.jsonl")


def test_the_id_follows_from_what_is_said():
    one = WrongValue(claim=CLAIM, amount=Amount(7, 7), when="2025-01-01T00:00:00Z")
    assert identified(one).id == identified(identified(one)).id
    assert identified(WrongValue(claim=CLAIM, amount=Amount(7.0, 7.0), when=one.when)).id == identified(one).id
    assert identified(WrongValue(claim=CLAIM, amount=Amount(8, 7), when=one.when)).id != identified(one).id


def test_what_is_taken_back_does_not_count_until_the_undoing_is_taken_back():
    one = identified(WrongQuestion(claim=CLAIM, when="2025-01-01"))
    back = identified(Undo(of=one.id, when="2025-01-02"))
    again = identified(Undo(of=back.id, when="2025-01-03"))
    assert in_force([one]) == [one]
    assert in_force([back, one]) == []
    assert in_order([back, one])[0].undone_by == back.id
    assert [c.id for c in in_force([again, back, one])] == [one.id]


def test_the_order_and_the_number_of_copies_make_no_difference():
    rows = [identified(WrongQuestion(claim=CLAIM, when=f"2025-01-0{n}", note=str(n))) for n in range(1, 6)]
    mixed = [*rows, *rows[:3]]
    random.Random(3).shuffle(mixed)
    assert in_order(mixed) == rows

"""Records come back from a store exactly as they went in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import article, reading

from recoupe.errors import StoreError
from recoupe.records import (
    Amount,
    Article,
    Claim,
    Figure,
    Kind,
    Name,
    Named,
    Origin,
    Period,
    Reading,
    Span,
    Stance,
    Statement,
    Time,
)
from recoupe.store import packing

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBER = st.none() | st.integers(-(10**9), 10**15) | st.floats(allow_nan=False)
SPAN = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 10**6), st.integers(1, 10**4))
PERIOD = st.builds(Period, st.none() | TEXT, st.none() | TEXT, st.none() | st.integers(-900, 900))
VALUE = {
    Kind.COUNT: st.builds(Amount, NUMBER, NUMBER, st.none() | TEXT),
    Kind.QUANTITY: st.builds(Amount, NUMBER, NUMBER, st.none() | TEXT),
    Kind.TIME: PERIOD,
    Kind.ENTITY: st.builds(Named, TEXT),
    Kind.STANCE: st.builds(Stance, TEXT),
}
st.register_type_strategy(Span, SPAN)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(Amount, VALUE[Kind.COUNT])
st.register_type_strategy(int, st.integers(-(2**31), 2**31))
st.register_type_strategy(float, st.floats(allow_nan=False))
CLAIM = st.builds(
    Claim,
    kind=st.sampled_from(list(Kind)),
    span=SPAN,
    value=st.one_of(*VALUE.values()),
    sentence=SPAN,
    asks=st.lists(TEXT, max_size=2).map(tuple),
    terms=st.lists(st.tuples(TEXT, st.floats(allow_nan=False)), max_size=2).map(tuple),
    when=st.none() | PERIOD,
    statement=st.none() | st.integers(0, 99),
)


def some(kind):
    return st.lists(st.from_type(kind) if kind is not Claim else CLAIM, max_size=3).map(tuple)


READING = st.builds(
    Reading,
    st.from_type(Article),
    st.lists(SPAN, max_size=3).map(tuple),
    some(Name),
    some(Time),
    some(Figure),
    some(Statement),
    some(Claim),
    some(Origin),
    st.lists(TEXT, max_size=2).map(tuple),
    st.lists(st.lists(TEXT, max_size=2).map(tuple), max_size=2).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(READING)
def test_a_reading_comes_back_as_it_went_in(one):
    article = packing.unpacked(packing.packed(one.article), Article)
    assert packing.unpacked_reading(packing.packed_reading(one), article) == one


def test_the_same_record_has_the_same_bytes():
    one = article()
    assert packing.packed(one) == packing.packed(article())
    assert packing.packed_reading(reading(one)) == packing.packed_reading(reading(replace(one, id="y", path="z")))


def test_what_is_damaged_is_told():
    data = bytearray(packing.packed(article()))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(StoreError, match=r"damaged|cannot be opened"):
        packing.unpacked(bytes(data), Article)


def test_half_a_character_is_refused():
    with pytest.raises(StoreError, match="half of a character"):
        packing.packed(article(text="\ud800"))


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"updated": "2025-03-15"}, True),
        ({"notes": ("read slowly",)}, True),
        ({"id": "other", "path": "other"}, True),
        ({"text": "Four  people died\nat the bridge."}, True),
        ({"text": "Five people died at the bridge."}, False),
        ({"title": "Another"}, False),
        ({"published": "2025-03-15"}, False),
    ],
)
def test_a_version_is_told_by_what_its_reader_is_told(change, same):
    one = article()
    assert (packing.told_digest(one) == packing.told_digest(replace(one, **change))) is same


def test_page_furniture_makes_no_version():
    one = article(text="Advertisement 17. Four died.", clutter=(Span(0, 17),))
    other = article(text="Advertisement 18. Four died.", clutter=(Span(0, 17),))
    assert packing.told_digest(one) == packing.told_digest(other)

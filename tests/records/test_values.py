"""Values are constraints: they conflict only if nothing satisfies both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.records import Amount, Period, Relation, Span, Stance

AGREE, COMPATIBLE, CONFLICT = Relation.AGREE, Relation.COMPATIBLE, Relation.CONFLICT


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (Amount(5, 5), Amount(5, 5), AGREE),
        (Amount(5, 5), Amount(4, 4), CONFLICT),
        (Amount(150, None), Amount(160, 160), COMPATIBLE),
        (Amount(150, None), Amount(140, 140), CONFLICT),
        (Amount(None, 20), Amount(20, None), COMPATIBLE),
        (Amount(36, 44), Amount(44, 50), COMPATIBLE),
        (Amount(0, 0), Amount(1, 1), CONFLICT),
    ],
)
def test_two_amounts_conflict_only_if_no_number_satisfies_both(a, b, relation):
    assert a.relation(b) is relation
    assert b.relation(a) is relation


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (Period("2024-06-23", "2024-06-23"), Period("2024-06-22", "2024-06-23"), COMPATIBLE),
        (Period(None, "2023-06-27"), Period("2023-03-01", "2023-03-31"), COMPATIBLE),
        (Period("2024-06-25", "2024-06-25"), Period("2024-06-25", "2024-06-25"), AGREE),
        (Period("2024-06-25", "2024-06-25"), Period("2024-06-26", "2024-06-26"), CONFLICT),
        (Period("2024-06-25T14:00", "2024-06-25T14:30"), Period("2024-06-25T15:00", "2024-06-25T15:00"), CONFLICT),
        (Period("2024-06-25T14:00", "2024-06-25T14:30"), Period("2024-06-25", "2024-06-25"), AGREE),
    ],
)
def test_times_are_compared_as_days_unless_both_are_given_to_the_minute(a, b, relation):
    assert a.relation(b) is relation
    assert b.relation(a) is relation


def test_only_an_assertion_and_a_denial_exclude_each_other():
    assert Stance("asserted").relation(Stance("denied")) is CONFLICT
    assert Stance("unconfirmed").relation(Stance("denied")) is COMPATIBLE
    assert Stance("denied").relation(Stance("denied")) is AGREE


bounds = st.one_of(st.none(), st.integers(0, 50))
amounts = st.tuples(bounds, bounds).map(lambda b: Amount(*(sorted(b) if None not in b else b)))


@given(amounts, amounts)
def test_a_relation_is_the_same_from_both_sides_and_a_conflict_means_no_common_number(a, b):
    assert a.relation(b) is b.relation(a)

    def within(n, x):
        return (x.low is None or n >= x.low) and (x.high is None or n <= x.high)

    common = any(within(n, a) and within(n, b) for n in range(-1, 52))
    assert (a.relation(b) is CONFLICT) == (not common)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_a_span_is_never_empty_nor_negative(start, end):
    with pytest.raises(ValueError, match="a span is"):
        Span(start, end)

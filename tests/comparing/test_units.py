"""Measures are brought to one unit, currencies are left alone."""

import pytest

from recoupe.comparing.units import common_unit, dimension, in_unit
from recoupe.records import Amount


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (Amount(0.4, 0.4, "ha"), "m2", Amount(4000, 4000, "m2")),
        (Amount(1.5, None, "km"), "m", Amount(1500, None, "m")),
        (Amount(2, 2, "h"), "min", Amount(120, 120, "min")),
        (Amount(5, 5, "EUR"), "USD", Amount(5, 5, "EUR")),
        (Amount(5, 5, "km"), "kg", None),
        (Amount(3, 3), None, Amount(3, 3)),
    ],
)
def test_an_amount_is_said_in_another_unit_of_its_dimension(amount, unit, expected):
    if expected is None:
        assert dimension(amount.unit) != dimension(unit)
    else:
        assert in_unit(amount, unit) == expected


def test_the_unit_of_most_answers_is_the_common_one():
    assert common_unit([Amount(1, 1, "m2"), Amount(1, 1, "ha"), Amount(1, 1, "m2")]) == "m2"

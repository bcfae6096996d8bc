"""Found: a figure as it was read, before it is a record."""

from __future__ import annotations

from msgspec import Struct

from recoupe.reading.measures import Measures
from recoupe.reading.quantities import Quantity
from recoupe.records import Amount

COUNT, QUANTITY, ORDINAL, OTHER = "count", "quantity", "ordinal", "other"

AGE = "age"  # the concept of a quantity that is said to be one


class Found(Struct):
    """A figure as it was read: tokens `first` to `end`; `said` before and `amount` after it was brought to SI."""

    first: int
    end: int
    said: Quantity
    kind: str
    amount: Amount
    unit: str | None = None
    noun: tuple[int, int] | None = None
    concept: str | None = None


def quantity(measures: Measures, said: Quantity) -> Found:
    """A quantity with its unit, brought to SI."""
    if said.unit == "h" and said.value == 1 and said.modified:
        said = said.scaled(60.0)._replace(unit="min")  # nearly an hour: 54 to 60 minutes
    unit, factor, plus = measures.normal(said.unit or "")
    normal = said.scaled(factor, plus) if (factor, plus) != (1.0, 0.0) else said
    return Found(said.start, said.end, said, QUANTITY, Amount(normal.low, normal.high, unit), unit)

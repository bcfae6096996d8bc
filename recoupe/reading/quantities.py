"""Quantities: what an amount says, before its unit is known, and what a modifier makes of it."""

from __future__ import annotations

from typing import NamedTuple

from recoupe.reading.numerals import Numeral

SLACK = 0.1  # 'about 40' is 36 to 44


class Quantity(NamedTuple):
    """A range of numbers from token `start` to before token `end`, before its unit is known.

    `value` is the number said (of a range the upper one); `modified`: other words than the number itself narrow or
    widen it; `range`: two numbers; `vague`: 'dozens', 'several thousand'; `unit` is what stood before the number ('$').
    `fraction`: a part of a whole, as a percentage; `minor`: said in small change;
    `smallest`: in the smallest unit that was said.
    `core` is the token at which the number itself begins. The rest is as in `Numeral`.
    """

    start: int
    core: int
    end: int
    value: float
    low: float | None
    high: float | None
    approximate: bool = False
    modified: bool = False
    range: bool = False
    vague: bool = False
    words: bool = False
    ordinal: bool = False
    article: bool = False
    odd: bool = False
    factor: float = 1.0
    size: int = 0
    unit: str | None = None
    fraction: bool = False
    minor: bool = False
    smallest: float | None = None

    def scaled(self, by: float, plus: float = 0.0) -> Quantity:
        """The same in another unit."""

        def turn(bound: float | None) -> float | None:
            return None if bound is None else clean(bound * by + plus)

        return self._replace(value=clean(self.value * by + plus), low=turn(self.low), high=turn(self.high))


def modify(found: Quantity, sort: str) -> Quantity:
    """What a modifier makes of an amount: about, nearly, over, under, exactly."""
    low, high, value = found.low, found.high, found.value
    single = low is not None and low == high
    if sort == "about" and low is not None and high is not None:
        if single:
            low, high = clean(value * (1 - SLACK)), clean(value * (1 + SLACK))
            if value < 0:
                low, high = high, low
        return found._replace(low=low, high=high, approximate=True)
    if sort == "nearly":
        return found._replace(low=clean(value * (1 - SLACK)), high=value, approximate=True)
    if sort == "over":
        return found._replace(
            low=value if found.approximate and found.words and not found.vague and not found.modified else low,
            high=None,
        )
    if sort == "under":
        return found._replace(low=None, high=value if high is None else high)
    return found


def exact(i: int, end: int, value: float, number: Numeral, factor: float, unit: str | None) -> Quantity:
    """The quantity that a number is, from token `i` to before `end`."""
    return Quantity(
        i,
        i,
        end,
        value,
        value,
        value,
        words=number.words,
        ordinal=number.ordinal,
        article=number.article and end == number.end,
        odd=number.odd,
        factor=factor,
        size=number.size,
        unit=unit,
    )


def clean(value: float) -> float:
    """Without the dust of binary fractions."""
    return round(value, 9)

"""Shapes: what kind of time expression some words make, told by their slots and the signs between them."""

from __future__ import annotations

from typing import Any

from recoupe.reading.said import Expression
from recoupe.text.tokens import Tokens

_OLDEST = 1500  # a number below stands for no year by itself
_YEARS = (1950, 2050)
_DAY_RULES = frozenset({"offset", "anchored", "numeric"})


def lacks_day(captures: dict[str, Any]) -> bool:
    """Whether a range begins with a day and ends with a month or a year."""
    last = captures.get("date2")
    if "daydate" not in captures or last is None or last.rule != "date":
        return False
    return last.get("day") is None and last.get("weekday") is None


def is_month(said: Expression | None) -> bool:
    """Whether an expression is as long as a month."""
    if said is None:
        return False
    if said.rule == "date":
        return said.get("month") is not None and said.get("day") is None
    return said.get("period") == ("unit", "month") or said.rule in ("of_last", "of_this", "of_next")


def is_spaced(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a date has a dash or a slash between spaces: no '13 - July' of 'July 13 - July 15'."""
    return any(tokens.norms[k] in "-/" and tokens.starts[k] > tokens.ends[k - 1] for k in range(i + 1, end))


def cuts_figures(tokens: Tokens, i: int) -> bool:
    """Whether token `i` goes on with the figures before it."""
    joined = tokens.ends[i - 1] == tokens.starts[i]
    return joined and tokens.surfaces[i].isdecimal() and tokens.surfaces[i - 2].isdecimal()


def is_bare_year(word: str) -> bool:
    """Whether a word is a year in four digits."""
    return len(word) == 4 and word.isdecimal() and _OLDEST <= int(word) < _YEARS[1]


def is_weekday(said: Expression) -> bool:
    """Whether an expression is a weekday, be it with 'this' or 'next'."""
    if said.rule in ("this", "next", "weekday_next"):
        return said.get("unit") is None and (said.get("weekday") or (said.get("period") or ("", 0))[0] == "weekday")
    return said.rule == "date" and set(said.slots) <= {"weekday", "begin"}


def names_day(said: Expression) -> bool:
    """Whether an expression is about as long as a day, so that a part of the day may follow."""
    if said.rule == "date":
        return said.get("day") is not None or said.get("weekday") is not None
    if said.rule in ("weekday_next", "weekday_last"):
        return True
    if said.rule in ("this", "last", "next"):
        return bool(said.get("period")) and said.get("period")[0] == "weekday"
    return said.rule in _DAY_RULES


def part_of(said: Expression) -> str | None:
    """The part of the day that an expression names: 'this morning'."""
    period = said.get("period")
    return period[1] if period and period[0] == "part" else None


def minutes_of(rule: str, c: dict[str, Any]) -> tuple[int, int] | None:
    """The first and last minute of the day that a clock time names, by its rule and what fills its slots."""
    if "clockword" in c:
        hour, minute = (int(v) for v in c["clockword"].split(":"))
    elif "hour" in c or "ordinal" in c:
        hour, minute = int(c["hour"] if "hour" in c else c["ordinal"]), c.get("minute", 0)
    else:
        return None
    if "quarter" in rule:
        minute = 15
    if "half" in rule:
        minute = 30
    if "to_hour" in rule:
        hour, minute = hour - 1, 60 - (minute or 15)
    if rule == "half_to":
        hour = hour - 1 if hour > 1 else 12
    half = c.get("ampm")
    if half is not None and not 1 <= hour <= 12:
        half = None if hour <= 24 else "none"
    if half == "none" or hour > 24 or minute > 59:
        return None
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return hour * 60 + minute, hour * 60 + minute

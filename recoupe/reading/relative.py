"""Relative: distances and periods that are told from the report's day, or from the one that the text has reached."""

from __future__ import annotations

import datetime as dt

from recoupe.reading.calendar import (
    ONE,
    Days,
    around,
    feast,
    full_year,
    month_span,
    nearest_season,
    one,
    season_span,
    shift,
)
from recoupe.reading.nearest import Now, near_weekday, weekend_of
from recoupe.reading.said import Count, Expression

_NEAR_MONTHS = 3  # 'this January', said in December, is the next one


def offset(e: Expression, now: Now) -> Days | None:
    """Yesterday, today, tomorrow."""
    return one(now.day + ONE * e.get("offset")) if now.day else None


def ago(e: Expression, now: Now, sign: int = -1) -> Days | None:
    """Two years ago."""
    if now.day is None:
        return None
    return distance(e, _further(e, (now.day, now.day), sign), sign, now.exact or e.get("n2") is not None)


def _further(e: Expression, base: Days, sign: int) -> Days:
    """A day from which a second, smaller distance is already taken off: two years and three months ago."""
    n, unit, day = e.get("n2"), e.get("unit2"), base[0]
    if n is None or unit is None or day is None or n.vague:
        return base
    return one(shift(day, sign * n.value, unit))


def ahead(e: Expression, now: Now) -> Days | None:
    """In two years."""
    return ago(e, now, 1)


def distance(e: Expression, base: Days, sign: int, exact: bool = False) -> Days | None:
    """So many units before or after a day, as exact as the unit: two years ago is a year, ten days ago a day."""
    n, unit = e.get("n"), e.get("unit")
    start, end = base
    if n is None or start is None or end is None:
        return None
    if n.low is not None and n.high is None and n.vague:
        return None  # some days ago
    near = None if n.low is None else shift(start if sign < 0 else end, sign * n.low, unit)
    if n.low is not None and n.high is not None and n.low != n.high:
        first, last = sorted((shift(start, sign * n.low, unit), shift(end, sign * n.high, unit)))
        return around(first, unit)[0], around(last, unit)[1]
    if n.high is None:
        return (None, near) if sign < 0 else (near, None)
    if n.low is None:
        far = shift(start, sign * n.high, unit)
        return (far, start) if sign < 0 else (end, far)
    first, last = shift(start, sign * n.value, unit), shift(end, sign * n.value, unit)
    if n.value % 1 == 0 and not exact:
        wide = "month" if unit in ("quarter", "semester") else "year" if unit in ("decade", "century") else unit
        return around(first, wide)[0], around(last, wide)[1]
    return first, last


def within(e: Expression, now: Now) -> Days | None:
    """Within three weeks: from the report on."""
    n = e.get("n")
    return (now.day, shift(now.day, n.value, e.get("unit"))) if now.day and not n.vague else None


def last_n(e: Expression, now: Now) -> Days | None:
    """The last three months: to the report."""
    n = e.get("n") or Count(1.0, 1.0, 1.0)
    return (shift(now.day, -n.value, e.get("unit")), now.day) if now.day and not n.vague else None


def next_n(e: Expression, now: Now) -> Days | None:
    """The next three months: from the day after the report."""
    n = e.get("n")
    return (now.day + ONE, shift(now.day, n.value, e.get("unit"))) if now.day and not n.vague else None


_NAMED = ("weekday", "month", "season", "part", "unit")


def period(e: Expression, now: Now, step: int) -> Days | None:
    """This, the last, the next Monday, week, month, May, summer, weekend, half-year."""
    if now.day is None:
        return None
    named = ((sort, e.get(sort)) for sort in _NAMED if e.get(sort) is not None)
    sort, value = e.get("period") or next(named, ("", None))
    if value is None:
        return None
    if sort == "weekday":
        return near_weekday(value, now, step, e.get("unit"))
    if sort == "part":
        return one(now.day + ONE * step)
    if sort == "month":
        ahead = (value - now.day.month) % 12
        if step == 0:
            coming = now.future and ahead <= _NEAR_MONTHS and value < now.day.month
            return month_span(now.day.year + coming, value)
        year = now.day.year - (value >= now.day.month) if step < 0 else now.day.year + (value <= now.day.month)
        return month_span(year + step + (1 if step < 0 else -1), value)
    if sort == "season":
        return nearest_season(value, now.day, step, now.future, now.past)
    if value == "weekend":
        return weekend_of(now, step)
    if value == "day":
        return one(now.day + ONE * step)
    return around(shift(around(now.day, value)[0] or now.day, step, value), value)


def year(e: Expression, now: Now, step: int) -> Days | None:
    """This or the last year, said in a word: 'heuer', 'торік'."""
    return period(Expression(e.rule, {"unit": "year"}), now, step)


def this_weekend(e: Expression, now: Now) -> Days | None:
    """The weekend."""
    return weekend_of(now, 0) if now.day else None


def season(e: Expression, now: Now) -> Days | None:
    """The summer, of a year or the one that is meant."""
    year = e.get("year")
    if year is not None:
        return season_span(full_year(year), e.get("season"))
    if now.day is None:
        return None
    return nearest_season(e.get("season"), now.day, 0, now.future, not now.future)


def week_number(e: Expression, now: Now) -> Days | None:
    """Week 31 of the year, as ISO 8601 counts them."""
    year = e.get("year") or (now.day.year if now.day else None)
    if year is None:
        return None
    return around(dt.date.fromisocalendar(full_year(year), e.get("weeknr"), 1), "week")


def weekday_ahead(e: Expression, now: Now, sign: int = 1) -> Days | None:
    """Wednesday in two weeks, Wednesday two weeks ago: of that week."""
    n = e.get("n")
    if now.day is None or n.vague or e.get("unit") == "day":
        return None
    there = around(shift(now.day, sign * n.value, e.get("unit")), "week")
    return one(there[0] + ONE * (e.get("weekday") - 1))


def weekday_ago(e: Expression, now: Now) -> Days | None:
    """Wednesday two weeks ago: of that week."""
    return weekday_ahead(e, now, -1)


def weekdays_ahead(e: Expression, now: Now, sign: int = 1) -> Days | None:
    """Three Fridays from now, two Thursdays ago."""
    n = e.get("n")
    if n.vague or n.value % 1:
        return None
    return near_weekday(e.get("weekday"), now, sign * int(n.value), None)


def weekdays_ago(e: Expression, now: Now) -> Days | None:
    """Two Thursdays ago."""
    return weekdays_ahead(e, now, -1)


def weekday_of_week(e: Expression, now: Now, step: int) -> Days | None:
    """Next Friday, where that is the Friday of the next week."""
    return near_weekday(e.get("weekday"), now, step, "week")


def holiday(e: Expression, now: Now) -> Days | None:
    """Christmas, of a year or the nearest one."""
    name, year = e.get("holiday"), e.get("year")
    years = [full_year(year)] if year is not None else range(now.day.year - 1, now.day.year + 2) if now.day else []
    options = [feast(name, y) for y in years]
    if not options:
        return None
    if now.day is None or len(options) == 1:
        return one(options[0])
    day = now.day
    return one(min(options, key=lambda o: ((now.future and o < day) or (now.past and o > day), abs((o - day).days))))


def decade(e: Expression, now: Now) -> Days | None:
    """The nineties."""
    year = full_year(int(e.get("decade")))
    return dt.date(year, 1, 1), dt.date(year + 9, 12, 31)


def century(e: Expression, now: Now) -> Days | None:
    """The 19th century, from 1800 to 1899."""
    number = int(e.get("ordinal"))
    return dt.date(max(1, number * 100 - 100), 1, 1), dt.date(number * 100 - 1, 12, 31)


def anchored(e: Expression, now: Now) -> Days | None:
    """The day before, the same day, the next day."""
    base = now.anchor("day") or (one(now.day) if now.day else None)
    if base is None or base[0] is None or base[1] is None:
        return None
    by = ONE * e.get("anchored")
    return base[0] + by, base[1] + by


def later(e: Expression, now: Now, sign: int = 1) -> Days | None:
    """Two days later."""
    unit = e.get("unit")
    base = now.anchor(unit) or (one(now.day) if now.day else None)
    return distance(e, base, sign, now.exact) if base else None


def earlier(e: Expression, now: Now) -> Days | None:
    """Two days earlier."""
    return later(e, now, -1)


def same(e: Expression, now: Now) -> Days | None:
    """That week, the same year: of the day that the text has reached."""
    base = now.anchor(e.get("unit")) or (one(now.day) if now.day else None)
    return around(base[0], e.get("unit")) if base and base[0] else None


def following(e: Expression, now: Now, sign: int = 1) -> Days | None:
    """The week, the Monday after (before) the day that the text has reached."""
    unit, weekday = e.get("unit"), e.get("weekday")
    if unit is not None:
        reached = now.anchor(unit) or (one(now.day) if now.day else None)
        return around(shift(reached[0], sign, unit), unit) if reached and reached[0] else None
    base = now.anchor("day") or (one(now.day) if now.day else None)
    if base is None or base[0] is None or base[1] is None:
        return None
    return near_weekday(weekday, Now(base[1] if sign > 0 else base[0]), sign, None)


def preceding(e: Expression, now: Now) -> Days | None:
    """The week, the Monday before."""
    return following(e, now, -1)


def before_event(e: Expression, now: Now, sign: int = -1) -> Days | None:
    """'Three days before the warrant'; after a date ('on Sunday, three days before …') the warrant's day."""
    if now.before is not None:
        return distance(e, now.before, -sign, now.exact)
    base = now.anchor(e.get("unit"))
    return distance(e, base, sign, now.exact) if base else None


def after_event(e: Expression, now: Now) -> Days | None:
    """Three days after the warrant."""
    return before_event(e, now, 1)

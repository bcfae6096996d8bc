"""Resolving: what the words of a time expression say, turned into days against the report's day and the text so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from recoupe.reading.calendar import (
    ONE,
    Closed,
    Days,
    add_months,
    around,
    closed,
    feast,
    full_year,
    month_span,
    nearest_season,
    one,
    part_of,
    season_span,
    shift,
    third_of,
    third_of_year,
    year_span,
)
from recoupe.reading.nearest import Now, day_of, day_of_month, month_of, near_weekday, weekday_of, weekend_of
from recoupe.reading.said import Count, Expression


def resolve(expression: Expression, now: Now) -> Days | None:
    """The days that an expression names; None if it names none, or none that can be known."""
    rule = RULES.get(expression.rule)
    try:
        return rule(expression, now) if rule and expression.complete else None
    except (ValueError, OverflowError):
        return None  # the 31st of February, the year 0


# --- absolute dates, of which parts may be left out


def _date(e: Expression, now: Now) -> Days | None:
    year, month, day, weekday = e.get("year"), e.get("month"), e.get("day"), e.get("weekday")
    if year is not None:
        year = full_year(year)
    if month is not None and day is not None:
        return day_of(year, month, day, weekday, now)
    if month is not None:
        return month_of(year, month, now)
    if day is not None:
        return day_of_month(day, weekday, now)
    if weekday is not None:
        return weekday_of(weekday, now)
    return year_span(year) if year is not None else None


# --- relative to the report


def _offset(e: Expression, now: Now) -> Days | None:
    return one(now.day + ONE * e.get("offset")) if now.day else None


def _ago(e: Expression, now: Now, sign: int = -1) -> Days | None:
    if now.day is None:
        return None
    return _distance(e, (now.day, now.day), sign)


def _ahead(e: Expression, now: Now) -> Days | None:
    return _ago(e, now, 1)


def _distance(e: Expression, base: Days, sign: int) -> Days | None:
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
    if n.value % 1 == 0:
        wide = "month" if unit in ("quarter", "semester") else "year" if unit in ("decade", "century") else unit
        return around(first, wide)[0], around(last, wide)[1]
    return first, last


def _first_n_of(e: Expression, now: Now) -> Days | None:
    """The first nine months of 2024."""
    span, n = _whole(e, now), e.get("n")
    if span is None or n.vague:
        return None
    return span[0], min(span[1], shift(span[0], n.value, e.get("unit")) - ONE)


def _last_n_of(e: Expression, now: Now) -> Days | None:
    """The last three weeks of May."""
    span, n = _whole(e, now), e.get("n")
    if span is None or n.vague:
        return None
    return max(span[0], shift(span[1] + ONE, -n.value, e.get("unit"))), span[1]


def _within(e: Expression, now: Now) -> Days | None:
    n = e.get("n")
    return (now.day, shift(now.day, n.value, e.get("unit"))) if now.day and not n.vague else None


def _last_n(e: Expression, now: Now) -> Days | None:
    n = e.get("n") or Count(1.0, 1.0, 1.0)
    return (shift(now.day, -n.value, e.get("unit")), now.day) if now.day and not n.vague else None


def _next_n(e: Expression, now: Now) -> Days | None:
    n = e.get("n")
    return (now.day + ONE, shift(now.day, n.value, e.get("unit"))) if now.day and not n.vague else None


def _of_last(e: Expression, now: Now, years: int = -1) -> Days | None:
    """January of last year, of this one, of the next."""
    return _date(Expression("date", {**e.slots, "year": now.day.year + years}), now) if now.day else None


def _of_this(e: Expression, now: Now) -> Days | None:
    return _of_last(e, now, 0)


def _of_next(e: Expression, now: Now) -> Days | None:
    return _of_last(e, now, 1)


def _earlier_this(e: Expression, now: Now) -> Days | None:
    if e.get("period") == ("unit", "day"):
        return _part(e, now)
    span = _period(e, now, 0)
    return (span[0], now.day) if span and span[0] and now.day and span[0] <= now.day else span


def _later_this(e: Expression, now: Now) -> Days | None:
    if e.get("period") == ("unit", "day"):
        return _part(e, now)
    span = _period(e, now, 0)
    return (now.day, span[1]) if span and span[1] and now.day and now.day <= span[1] else span


def _period(e: Expression, now: Now, step: int) -> Days | None:
    """This, the last, the next Monday, week, month, May, summer, weekend, half-year."""
    if now.day is None:
        return None
    sort, value = e.get("period") or ("weekday", e.get("weekday"))
    if value is None:
        return None
    if sort == "weekday":
        return near_weekday(value, now, step, e.get("unit"))
    if sort == "part":
        return one(now.day + ONE * step)
    if sort == "month":
        ahead = (value - now.day.month) % 12
        year = {
            0: now.day.year,
            -1: now.day.year - (value >= now.day.month),
            1: now.day.year + (value <= now.day.month),
        }[step]
        return month_span(year + (1 if step == 0 and now.future and ahead and value < now.day.month else 0), value)
    if sort == "season":
        return nearest_season(value, now.day, step, now.future, now.past)
    if value == "weekend":
        return weekend_of(now, step)
    if value == "day":
        return one(now.day + ONE * step)
    return around(shift(around(now.day, value)[0] or now.day, step, value), value)


def _this_weekend(e: Expression, now: Now) -> Days | None:
    return weekend_of(now, 0) if now.day else None


def _season(e: Expression, now: Now) -> Days | None:
    year = e.get("year")
    if year is not None:
        return season_span(full_year(year), e.get("season"))
    if now.day is None:
        return None
    return nearest_season(e.get("season"), now.day, 0, now.future, not now.future)


def _third(e: Expression, now: Now) -> Days | None:
    """Early, mid, late May; the start, the middle, the end of the year."""
    third, month, year, date = e.get("third"), e.get("month"), e.get("year"), e.get("date")
    if date is not None:
        if date.rule != "date" or date.get("day") or date.get("weekday"):
            return third_of(third, closed(resolve(date, now)))
        month, year = date.get("month"), date.get("year")
    if month is not None:
        return third_of(third, closed(month_of(full_year(year) if year is not None else None, month, now)))
    if year is not None:
        return third_of_year(third, full_year(year))
    period = e.get("period")
    if period is None or now.day is None:
        return None
    if period == ("unit", "day"):
        return now.anchor("day") or one(now.day)
    return third_of(third, closed(_period(e, now, 0)))


def _whole(e: Expression, now: Now) -> Closed | None:
    """The year or the date of which an expression names a part."""
    year, date = e.get("year"), e.get("date")
    if year is not None:
        return year_span(full_year(year))
    if date is not None:
        return closed(resolve(date, now))
    return closed(_period(e, now, 0)) if e.get("period") is not None else None


def _division(e: Expression, now: Now) -> Days | None:
    """The first quarter of 2025, the second half of May; without a year the one that is not to come."""
    number, unit, whole = int(e.get("ordinal")), e.get("division"), _whole(e, now)
    if whole is not None or now.day is None:
        return part_of(whole, number, unit) if whole else None
    found = part_of(year_span(now.day.year), number, unit)
    if found is not None and found[0] > now.day and not now.future:
        return part_of(year_span(now.day.year - 1), number, unit)
    return found


def _last_division(e: Expression, now: Now) -> Days | None:
    """The last week of September, the last day of the year, the last quarter of 2024."""
    whole, unit = _whole(e, now), e.get("division")
    if whole is None:
        return None
    return one(whole[1]) if unit is None else part_of(whole, -1, unit)


def _nth_weekday(e: Expression, now: Now) -> Days | None:
    """The first Monday of May, the last Friday of the month."""
    span = _whole(e, now)
    if span is None:
        return None
    start, end = span
    weekday, number = e.get("weekday"), e.get("ordinal")
    if number is None:
        return one(end - ONE * ((end.isoweekday() - weekday) % 7))
    day = start + ONE * ((weekday - start.isoweekday()) % 7 + 7 * (int(number) - 1))
    return one(day) if day <= end else None


def _holiday(e: Expression, now: Now) -> Days | None:
    name, year = e.get("holiday"), e.get("year")
    years = [full_year(year)] if year is not None else range(now.day.year - 1, now.day.year + 2) if now.day else []
    options = [feast(name, y) for y in years]
    if not options:
        return None
    if now.day is None or len(options) == 1:
        return one(options[0])
    day = now.day
    return one(min(options, key=lambda o: ((now.future and o < day) or (now.past and o > day), abs((o - day).days))))


def _week_of(e: Expression, now: Now) -> Days | None:
    span = resolve(e.get("date"), now)
    return around(span[0], "week") if span and span[0] else None


def _decade(e: Expression, now: Now) -> Days | None:
    year = full_year(int(e.get("decade")))
    return dt.date(year, 1, 1), dt.date(year + 9, 12, 31)


def _century(e: Expression, now: Now) -> Days | None:
    number = int(e.get("ordinal"))
    return dt.date(max(1, number * 100 - 99), 1, 1), dt.date(number * 100, 12, 31)


# --- relative to what the text has reached


def _anchored(e: Expression, now: Now) -> Days | None:
    base = now.anchor("day") or (one(now.day) if now.day else None)
    if base is None or base[0] is None or base[1] is None:
        return None
    by = ONE * e.get("anchored")
    return base[0] + by, base[1] + by


def _later(e: Expression, now: Now, sign: int = 1) -> Days | None:
    unit = e.get("unit")
    base = now.anchor(unit) or (one(now.day) if now.day else None)
    return _distance(e, base, sign) if base else None


def _earlier(e: Expression, now: Now) -> Days | None:
    return _later(e, now, -1)


def _following(e: Expression, now: Now, sign: int = 1) -> Days | None:
    """The week, the Monday after (before) the day that the text has reached."""
    unit, weekday = e.get("unit"), e.get("weekday")
    if unit is not None:
        reached = now.anchor(unit) or (one(now.day) if now.day else None)
        return around(shift(reached[0], sign, unit), unit) if reached and reached[0] else None
    base = now.anchor("day") or (one(now.day) if now.day else None)
    if base is None or base[0] is None or base[1] is None:
        return None
    return near_weekday(weekday, Now(base[1] if sign > 0 else base[0]), sign, None)


def _preceding(e: Expression, now: Now) -> Days | None:
    return _following(e, now, -1)


def _later_than(e: Expression, now: Now, sign: int = 1) -> Days | None:
    base = resolve(e.get("date"), now)
    return _distance(e, base, sign) if base else None


def _earlier_than(e: Expression, now: Now) -> Days | None:
    return _later_than(e, now, -1)


def _before_event(e: Expression, now: Now, sign: int = -1) -> Days | None:
    """'Three days before the warrant'; after a date ('on Sunday, three days before …') the warrant's day."""
    if now.before is not None:
        return _distance(e, now.before, -sign)
    base = now.anchor(e.get("unit"))
    return _distance(e, base, sign) if base else None


def _after_event(e: Expression, now: Now) -> Days | None:
    return _before_event(e, now, 1)


# --- spans between two dates, and open ones


def _between(e: Expression, now: Now) -> Days | None:
    first, second = e.get("date"), e.get("date2")
    if first is None or second is None:
        return None
    if first.rule == second.rule == "date":
        missing = {k: second.get(k) for k in ("month", "year") if first.get(k) is None and second.get(k) is not None}
        if first.get("day") is not None or first.get("month") is not None:
            if first.get("day") is None:
                missing.pop("month", None)
            first = Expression("date", {**first.slots, **missing})
        if second.get("month") is None and second.get("day") is not None and first.get("month") is not None:
            second = Expression(
                "date", {**second.slots, "month": first.get("month"), "year": second.get("year") or first.get("year")}
            )
        if first.get("year") is not None and second.get("year") is None and second.get("month") is not None:
            second = Expression("date", {**second.slots, "year": first.get("year")})
    a = resolve(first, now)
    if a and a[0] and _is_yearless(first) and _is_yearless(second):  # the end follows the beginning
        after = a[0].year + (second.get("month") < first.get("month"))
        second = Expression("date", {**second.slots, "year": after})
    b = resolve(second, now)
    if a and a[0] and set(first.slots) == set(second.slots) == {"weekday"}:  # the second one follows the first
        return a[0], a[0] + ONE * ((second.get("weekday") - first.get("weekday")) % 7)
    if a is None or b is None:
        return None
    start, end = a[0], b[1]
    if start and end and start > end:
        start, end = _in_order(first, second, start, end)
    return (start, end) if start is None or end is None or start <= end else None


def _is_yearless(e: Expression) -> bool:
    return e.rule == "date" and e.get("month") is not None and e.get("year") is None


def _in_order(first: Expression, second: Expression, start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
    """Move an end that lies before its start: to the week or the year in which it fits."""
    if second.get("month") is None and second.get("weekday") is not None:
        return start - 7 * ONE, end
    if (first.get("month") is not None and first.get("year") is None) or (
        second.get("year") is not None and first.get("month") is not None
    ):
        return add_months(start, -12), end
    return start, end


def _night(e: Expression, now: Now) -> Days | None:
    """The night from Monday to Tuesday: both days."""
    first, second = e.get("date"), e.get("date2")
    b = resolve(second, now)
    if b is None:
        return None
    if first is not None and (first.get("month") or first.get("day")):
        return _between(e, now)
    return (b[0] - ONE, b[1]) if b[0] else None


def _last_night(e: Expression, now: Now) -> Days | None:
    return (now.day - ONE, now.day) if now.day else None


def _by(e: Expression, now: Now) -> Days | None:
    if now.past:  # 'by Sunday eleven remained'
        return resolve(e.get("date"), now)
    span = resolve(e.get("date"), _ahead_of(now))
    if span is None or span[1] is None:
        return None
    return (now.day, span[1]) if now.day and now.day <= span[1] else (None, span[1])


def _until(e: Expression, now: Now) -> Days | None:
    return resolve(e.get("date"), _ahead_of(now) if not now.past else now)


def _ahead_of(now: Now) -> Now:
    return Now(now.day, now.anchor, True, False, now.before)


def _since(e: Expression, now: Now) -> Days | None:
    """The moment that it names."""
    return resolve(e.get("date"), now)


def _before(e: Expression, now: Now) -> Days | None:
    span = resolve(e.get("date"), now)
    return (None, span[0] - ONE) if span and span[0] else None


def _after(e: Expression, now: Now) -> Days | None:
    span = resolve(e.get("date"), now)
    return (span[1] + ONE, None) if span and span[1] else None


def _not_before(e: Expression, now: Now) -> Days | None:
    span = resolve(e.get("date"), _ahead_of(now))
    return (span[0], None) if span else None


def _part(e: Expression, now: Now) -> Days | None:
    """'In the evening', without a day: of the day that the text has reached."""
    return now.anchor("clock") or (one(now.day) if now.day else None)


RULES: dict[str, Callable[[Expression, Now], Days | None]] = {
    "date": _date,
    "offset": _offset,
    "ago": _ago,
    "ahead": _ahead,
    "within": _within,
    "next_n": _next_n,
    "last_n": _last_n,
    "first_n_of": _first_n_of,
    "last_n_of": _last_n_of,
    "this": partial(_period, step=0),
    "of_last": _of_last,
    "of_this": _of_this,
    "of_next": _of_next,
    "earlier_this": _earlier_this,
    "later_this": _later_this,
    "last": partial(_period, step=-1),
    "next": partial(_period, step=1),
    "season": _season,
    "third": _third,
    "division": _division,
    "last_division": _last_division,
    "nth_weekday": _nth_weekday,
    "week_of": _week_of,
    "decade": _decade,
    "century": _century,
    "holiday": _holiday,
    "anchored": _anchored,
    "later": _later,
    "earlier": _earlier,
    "following": _following,
    "preceding": _preceding,
    "later_than": _later_than,
    "earlier_than": _earlier_than,
    "before_event": _before_event,
    "after_event": _after_event,
    "between": _between,
    "night": _night,
    "last_night": _last_night,
    "by": _by,
    "until": _until,
    "since": _since,
    "before": _before,
    "after": _after,
    "not_before": _not_before,
    "part": _part,
    "weekend": _this_weekend,
    "of_day": _since,
}

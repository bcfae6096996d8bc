"""Resolving: what the words of a time expression say, turned into days against the report's day and the text so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from recoupe.reading import relative
from recoupe.reading.calendar import (
    ONE,
    Closed,
    Days,
    add_months,
    around,
    closed,
    full_year,
    month_span,
    one,
    part_of,
    shift,
    third_of,
    third_of_year,
    year_span,
)
from recoupe.reading.nearest import Now, day_of, day_of_month, month_of, weekday_of
from recoupe.reading.said import Expression


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
    span = relative.period(e, now, 0)
    return (span[0], now.day) if span and span[0] and now.day and span[0] <= now.day else span


def _later_this(e: Expression, now: Now) -> Days | None:
    if e.get("period") == ("unit", "day"):
        return _part(e, now)
    span = relative.period(e, now, 0)
    return (now.day, span[1]) if span and span[1] and now.day and now.day <= span[1] else span


def _third(e: Expression, now: Now) -> Days | None:
    """Early, mid, late May; the start, the middle, the end of the year."""
    third, month, year, date = e.get("third"), e.get("month"), e.get("year"), e.get("date")
    if date is not None:
        if date.rule != "date" or date.get("day") or date.get("weekday"):
            span = closed(resolve(date, now))
            year = span is not None and span == year_span(span[0].year)
            return third_of_year(third, span[0].year) if span and year else third_of(third, span)
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
    span = closed(relative.period(e, now, 0))
    return third_of_year(third, span[0].year) if span and period == ("unit", "year") else third_of(third, span)


def _whole(e: Expression, now: Now) -> Closed | None:
    """The year or the date of which an expression names a part."""
    year, date = e.get("year"), e.get("date")
    if year is not None:
        return year_span(full_year(year))
    if date is not None:
        return closed(resolve(date, now))
    return closed(relative.period(e, now, 0)) if e.get("period") is not None else None


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


def _day_of(e: Expression, now: Now) -> Days | None:
    """The 20th of next month, the third day of October."""
    span, number = _whole(e, now), int(e.get("day") or e.get("ordinal"))
    if span is None or not 27 <= (span[1] - span[0]).days <= 30:
        return None
    day = span[0] + ONE * (number - 1)
    return one(day) if span[0] <= day <= span[1] else None


def _week_of(e: Expression, now: Now) -> Days | None:
    span = resolve(e.get("date"), now)
    return around(span[0], "week") if span and span[0] else None


# --- relative to what the text has reached


def _later_than(e: Expression, now: Now, sign: int = 1) -> Days | None:
    base = resolve(e.get("date"), now)
    return relative.distance(e, base, sign, now.exact) if base else None


def _earlier_than(e: Expression, now: Now) -> Days | None:
    return _later_than(e, now, -1)


# --- spans between two dates, and open ones


def _between(e: Expression, now: Now) -> Days | None:
    first, second = e.get("date"), e.get("date2")
    if first is not None and second is None and now.day is not None:  # until now
        begins = resolve(first, now)
        return (begins[0], now.day) if begins and begins[0] and begins[0] <= now.day else None
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
    a = _beginning(first, second, now) if _is_yearless(first) and _is_yearless(second) else resolve(first, now)
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


def _beginning(first: Expression, second: Expression, now: Now) -> Days | None:
    """The first date of a range without a year: of the one that is going on, if any."""
    begins, day = resolve(first, now), now.day
    if begins is None or begins[0] is None or day is None:
        return begins
    if first.get("day") and second.get("day"):
        return _going_on(first, second, day) or begins
    if now.past or first.get("day") or second.get("day"):
        return begins
    months = (second.get("month") - first.get("month")) % 12
    since = (day.month - first.get("month")) % 12
    return month_span(day.year - (first.get("month") > day.month), first.get("month")) if since <= months else begins


def _going_on(first: Expression, second: Expression, day: dt.date) -> Days | None:
    """The first day of a range between two days without a year that holds the report's day."""
    for year in (day.year, day.year - 1):
        try:
            start = dt.date(year, first.get("month"), first.get("day"))
            end = dt.date(year + (second.get("month") < first.get("month")), second.get("month"), second.get("day"))
        except ValueError:
            continue  # the 29th of February
        if start <= day <= end:
            return one(start)
    return None


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
    return Now(now.day, now.anchor, True, False, now.before, now.exact)


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
    "offset": relative.offset,
    "ago": relative.ago,
    "ahead": relative.ahead,
    "within": relative.within,
    "next_n": relative.next_n,
    "last_n": relative.last_n,
    "first_n_of": _first_n_of,
    "last_n_of": _last_n_of,
    "this": partial(relative.period, step=0),
    "of_last": _of_last,
    "of_this": _of_this,
    "of_next": _of_next,
    "earlier_this": _earlier_this,
    "later_this": _later_this,
    "last": partial(relative.period, step=-1),
    "next": partial(relative.period, step=1),
    "last_but_one": partial(relative.period, step=-2),
    "next_but_one": partial(relative.period, step=2),
    "next_but_two": partial(relative.period, step=3),
    "day_of": _day_of,
    "week_number": relative.week_number,
    "weekday_ahead": relative.weekday_ahead,
    "weekday_ago": relative.weekday_ago,
    "weekday_next": partial(relative.weekday_of_week, step=1),
    "weekday_last": partial(relative.weekday_of_week, step=-1),
    "weekdays_ahead": relative.weekdays_ahead,
    "weekdays_ago": relative.weekdays_ago,
    "season": relative.season,
    "third": _third,
    "division": _division,
    "last_division": _last_division,
    "nth_weekday": _nth_weekday,
    "week_of": _week_of,
    "decade": relative.decade,
    "weak_decade": relative.decade,
    "century": relative.century,
    "holiday": relative.holiday,
    "anchored": relative.anchored,
    "later": relative.later,
    "earlier": relative.earlier,
    "same": relative.same,
    "following": relative.following,
    "preceding": relative.preceding,
    "later_than": _later_than,
    "earlier_than": _earlier_than,
    "before_event": relative.before_event,
    "after_event": relative.after_event,
    "between": _between,
    "night": _night,
    "last_night": _last_night,
    "last_year": partial(relative.year, step=-1),
    "this_year": partial(relative.year, step=0),
    "by": _by,
    "until": _until,
    "since": _since,
    "before": _before,
    "after": _after,
    "not_before": _not_before,
    "part": _part,
    "weekend": relative.this_weekend,
    "of_day": _since,
}

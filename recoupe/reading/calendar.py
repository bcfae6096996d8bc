"""Calendar: what the words of a time expression say, turned into days. Pure arithmetic, no text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ONE = dt.timedelta(1)
Days = tuple[dt.date | None, dt.date | None]
"""First and last day, None where open."""
_UNIT_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_UNIT_MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12, "decade": 120, "century": 1200}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_FAR = 4000  # years and months beyond this are no news


@dataclass(frozen=True, slots=True)
class Expression:
    """What a time expression says: the rule that read it and what stood in its slots.

    Slots hold numbers (`day`, `month`, `year`, `weekday`, `offset`), names (`unit`, `season`, `third`), a pair
    `period` (sort, value), an amount `n` (low, high, value, vague) or further expressions (`date`, `date2`).
    """

    rule: str
    slots: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """What stood in a slot, None if there was none."""
        return self.slots.get(name)


@dataclass(frozen=True, slots=True)
class Count:
    """How many units: 'two', 'more than a', 'some'."""

    value: float
    low: float | None
    high: float | None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """Where an expression is read from: the report's `day`, the `anchor` that the text has reached, and what the tense says."""

    day: dt.date | None
    anchor: Callable[[str], Days | None] = lambda unit: None
    future: bool = False
    past: bool = False
    before: Days | None = None  # the day that the expression stands in apposition to


def resolve(expression: Expression, now: Now) -> Days | None:
    """The days that an expression names; None if it names none, or none that can be known."""
    rule = _RULES.get(expression.rule)
    try:
        return rule(expression, now) if rule else None
    except (ValueError, OverflowError):
        return None  # the 31st of February, the year 0


# --- absolute dates, of which parts may be left out


def _date(e: Expression, now: Now) -> Days | None:
    year, month, day, weekday = e.get("year"), e.get("month"), e.get("day"), e.get("weekday")
    if year is not None:
        year = full_year(year)
    if month is not None and day is not None:
        return _day_of(year, month, day, weekday, now)
    if month is not None:
        return _month_of(year, month, now)
    if day is not None:
        return _day_of_month(day, weekday, now)
    if weekday is not None:
        return _weekday(weekday, now)
    return (dt.date(year, 1, 1), dt.date(year, 12, 31)) if year is not None else None


def full_year(year: int) -> int:
    """A year of two digits in full: 69 is 1969, 24 is 2024."""
    return year if year > 99 else year + (1900 if year >= 50 else 2000)


def _day_of(year: int | None, month: int, day: int, weekday: int | None, now: Now) -> Days | None:
    if year is not None:
        return _one(dt.date(year, month, day))
    if now.day is None:
        return None
    options = []
    for y in range(now.day.year - 1, now.day.year + 2):
        try:
            option = dt.date(y, month, day)
        except ValueError:
            continue
        off = weekday is not None and option.isoweekday() != weekday
        wrong = (now.future and option < now.day) or (now.past and option > now.day)
        options.append((off, wrong, abs((option - now.day).days), option))
    return _one(min(options)[3]) if options else None


def _month_of(year: int | None, month: int, now: Now) -> Days | None:
    if year is None:
        if now.day is None:
            return None
        ahead = (month - now.day.month) % 12
        later = now.future or (1 <= ahead <= 2 and not now.past)
        year = (
            now.day.year + (1 if month < now.day.month else 0)
            if later or ahead == 0
            else now.day.year - (1 if month > now.day.month else 0)
        )
    return month_span(year, month)


def _day_of_month(day: int, weekday: int | None, now: Now) -> Days | None:
    """'Wednesday 13', 'the 25th': of the nearest month that has it so."""
    if now.day is None:
        return None
    options = []
    for months in range(-12, 13):
        first = add_months(now.day.replace(day=1), months)
        try:
            option = first.replace(day=day)
        except ValueError:
            continue
        off = weekday is not None and option.isoweekday() != weekday
        wrong = (now.future and option < now.day) or (now.past and option > now.day)
        options.append((off, wrong, abs((option - now.day).days), option))
    return _one(min(options)[3]) if options else None


def _weekday(weekday: int, now: Now) -> Days | None:
    """The nearest past one, today included; the next one if the tense says so."""
    if now.day is None:
        return None
    if now.future:
        return _one(now.day + ONE * ((weekday - now.day.isoweekday()) % 7))
    return _one(now.day - ONE * ((now.day.isoweekday() - weekday) % 7))


def month_span(year: int, month: int) -> Days:
    """The first and the last day of a month."""
    first = dt.date(year, month, 1)
    return first, add_months(first, 1) - ONE


def add_months(day: dt.date, months: int) -> dt.date:
    """So many months on, the last day of the month where it is too short."""
    if abs(months) > _FAR * 12:
        raise OverflowError(months)
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            if last == 28:
                raise
    raise ValueError(day)


def shift(day: dt.date, n: float, unit: str) -> dt.date:
    """`n` units on (back, where negative)."""
    if abs(n) > _FAR * 366:
        raise OverflowError(n)
    if unit in _UNIT_DAYS:
        return day + dt.timedelta(round(n * _UNIT_DAYS[unit]))
    if unit in _UNIT_MONTHS:
        return add_months(day, round(n * _UNIT_MONTHS[unit]))
    return day + dt.timedelta(round(n / 24) if unit == "hour" else 0)


def around(day: dt.date, unit: str) -> Days:
    """The whole unit that holds a day: its week, its month, its year."""
    if unit in ("week", "fortnight"):
        monday = day - ONE * (day.isoweekday() - 1)
        return monday, monday + 6 * ONE
    if unit == "weekend":
        saturday = day + ONE * (6 - day.isoweekday())
        return saturday, saturday + ONE
    if unit in _UNIT_MONTHS:
        months = _UNIT_MONTHS[unit]
        index = (day.year * 12 + day.month - 1) // months * months
        first = dt.date(index // 12, index % 12 + 1, 1)
        return first, add_months(first, months) - ONE
    return day, day


# --- relative to the report


def _offset(e: Expression, now: Now) -> Days | None:
    return _one(now.day + ONE * e.get("offset")) if now.day else None


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


def _within(e: Expression, now: Now) -> Days | None:
    n = e.get("n")
    return (now.day, shift(now.day, n.value, e.get("unit"))) if now.day and not n.vague else None


def _last_n(e: Expression, now: Now) -> Days | None:
    n = e.get("n")
    return (shift(now.day, -n.value, e.get("unit")), now.day) if now.day and not n.vague else None


def _next_n(e: Expression, now: Now) -> Days | None:
    n = e.get("n")
    return (now.day + ONE, shift(now.day, n.value, e.get("unit"))) if now.day and not n.vague else None


def _earlier_this(e: Expression, now: Now) -> Days | None:
    span = _period(e, now, 0)
    return (span[0], now.day) if span and span[0] and now.day and span[0] <= now.day else span


def _later_this(e: Expression, now: Now) -> Days | None:
    span = _period(e, now, 0)
    return (now.day, span[1]) if span and span[1] and now.day and now.day <= span[1] else span


def _this(e: Expression, now: Now) -> Days | None:
    return _period(e, now, 0)


def _last(e: Expression, now: Now) -> Days | None:
    return _period(e, now, -1)


def _next(e: Expression, now: Now) -> Days | None:
    return _period(e, now, 1)


def _period(e: Expression, now: Now, step: int) -> Days | None:
    """This, the last, the next Monday, week, month, May, summer, weekend, half-year."""
    if now.day is None:
        return None
    sort, value = e.get("period") or ("weekday", e.get("weekday"))
    if value is None:
        return None
    if sort == "weekday":
        return _near_weekday(value, now, step, e.get("unit"))
    if sort == "part":
        return _one(now.day + ONE * step)
    if sort == "month":
        ahead = (value - now.day.month) % 12
        year = {
            0: now.day.year,
            -1: now.day.year - (value >= now.day.month),
            1: now.day.year + (value <= now.day.month),
        }[step]
        return month_span(year + (1 if step == 0 and now.future and ahead and value < now.day.month else 0), value)
    if sort == "season":
        return _season_near(value, now, step)
    if value == "weekend":
        return _weekend(now, step)
    if value == "day":
        return _one(now.day + ONE * step)
    return around(shift(around(now.day, value)[0] or now.day, step, value), value)


def _this_weekend(e: Expression, now: Now) -> Days | None:
    return _weekend(now, 0) if now.day else None


def _near_weekday(weekday: int, now: Now, step: int, unit: str | None) -> Days | None:
    day = now.day
    assert day is not None
    if unit == "week":  # 'Thursday of last week'
        monday = day - ONE * (day.isoweekday() - 1)
        return _one(monday + ONE * (7 * step + weekday - 1))
    if step == 0:
        return _weekday(weekday, now)
    ahead = (weekday - day.isoweekday()) % 7 or 7
    return _one(day + ONE * ahead) if step > 0 else _one(day - ONE * ((day.isoweekday() - weekday) % 7 or 7))


def _weekend(now: Now, step: int) -> Days | None:
    """This weekend is the past one until Wednesday, the coming one from Thursday, or as the tense says."""
    day = now.day
    assert day is not None
    saturday = day + ONE * (6 - day.isoweekday())
    here = day.isoweekday() >= 6
    if step == 0 and not here:
        saturday -= 7 * ONE * (not now.future and (now.past or day.isoweekday() <= 3))
    elif step < 0:
        saturday -= 7 * ONE
    elif step > 0 and here:
        saturday += 7 * ONE
    return saturday, saturday + ONE


def season_span(year: int, season: str) -> Days:
    """The three months of a season; winter begins in the year named."""
    first = dt.date(year, _SEASONS[season], 1)
    return first, add_months(first, 3) - ONE


def _season_near(season: str, now: Now, step: int) -> Days | None:
    day = now.day
    assert day is not None
    options = [season_span(y, season) for y in range(day.year - 2, day.year + 3)]
    if step < 0 or (step == 0 and now.past):
        options = (
            [o for o in options if o[1] and o[1] < day] if step < 0 else [o for o in options if o[0] and o[0] <= day]
        )
        return options[-1]
    if step > 0 or now.future:
        return [o for o in options if o[0] and (o[0] > day or (step == 0 and o[1] and o[1] >= day))][0]
    return min(options, key=lambda o: max(0, (o[0] - day).days, (day - o[1]).days) if o[0] and o[1] else 0)


def _season(e: Expression, now: Now) -> Days | None:
    year = e.get("year")
    if year is not None:
        return season_span(full_year(year), e.get("season"))
    if now.day is None:
        return None
    if not now.future:
        now = Now(now.day, now.anchor, False, True)
    return _season_near(e.get("season"), now, 0)


def _third(e: Expression, now: Now) -> Days | None:
    """Early, mid, late May; the start, the middle, the end of the year."""
    third, month, year = e.get("third"), e.get("month"), e.get("year")
    date = e.get("date")
    if date is not None:
        month, year = date.get("month"), date.get("year")
        if date.rule != "date" or date.get("day") or date.get("weekday"):
            return _third_of(third, resolve(date, now))
    if month is not None:
        span = _month_of(full_year(year) if year is not None else None, month, now)
        return _third_of(third, span)
    if year is not None:
        if third in ("early", "mid", "late"):
            first = {"early": 1, "mid": 5, "late": 9}[third]
            return dt.date(full_year(year), first, 1), add_months(dt.date(full_year(year), first, 1), 4) - ONE
        return _third_of(third, (dt.date(full_year(year), 1, 1), dt.date(full_year(year), 12, 31)))
    period = e.get("period")
    if period is None or now.day is None:
        return None
    if period[0] == "unit" and period[1] == "day":
        return now.anchor("day") or _one(now.day)
    return _third_of(third, _period(e, now, 0))


def _third_of(third: str, span: Days | None) -> Days | None:
    if span is None or span[0] is None or span[1] is None:
        return None
    start, end = span
    length = (end - start).days + 1
    if length <= 2:
        return span
    if length == 7:
        return {
            "early": (start, start + 2 * ONE), "start": (start, start + 2 * ONE), "mid": (start + 2 * ONE, start + 3 * ONE),
            "late": (start + 3 * ONE, end), "end": (start + 4 * ONE, end),
        }[third]  # fmt: skip
    if length > 31 and third == "mid":
        middle = add_months(start, 6 if length > 300 else length // 60)
        return middle.replace(day=1) - 15 * ONE, middle.replace(day=15)
    if third in ("early", "start"):
        return start, start + 9 * ONE
    return (start + 10 * ONE, start + 19 * ONE) if third == "mid" else (end.replace(day=21), end)


def _division(e: Expression, now: Now) -> Days | None:
    """The first quarter of 2025, the second half of May."""
    number, unit, date, year = int(e.get("ordinal")), e.get("division"), e.get("date"), e.get("year")
    whole = resolve(date, now) if date is not None else None
    if year is not None:
        whole = (dt.date(full_year(year), 1, 1), dt.date(full_year(year), 12, 31))
    if whole is None:
        if now.day is None:
            return None
        whole = around(now.day, "year")
        found = _division(Expression("division", {**e.slots, "year": now.day.year}), now)
        ahead = found is not None and found[0] is not None and found[0] > now.day
        if ahead and not now.future:  # the third quarter, said in May, is last year's
            return _division(Expression("division", {**e.slots, "year": now.day.year - 1}), now)
    start, end = whole
    if start is None or end is None:
        return None
    if (end - start).days > 300:
        months = {"quarter": 3, "semester": 6, "half": 6, "third": 4, "month": 1}.get(unit)
        if unit == "week" and 1 <= number <= 53:
            return around(start + ONE * (3 + 7 * (number - 1)), "week")
        if months is None or not 1 <= number <= 12 // months:
            return None
        first = add_months(start, months * (number - 1))
        return first, add_months(first, months) - ONE
    if unit in ("half", "fortnight") and number in (1, 2):
        return (start, start + 14 * ONE) if number == 1 else (start + 15 * ONE, end)
    if unit == "week" and 1 <= number <= 5:
        return around(start + ONE * (3 + 7 * (number - 1)), "week")  # the first week holds the fourth day
    return None


def _last_division(e: Expression, now: Now) -> Days | None:
    """The last week of September, the last day of the year, the last quarter of 2024."""
    year, date, unit = e.get("year"), e.get("date"), e.get("division")
    whole = resolve(Expression("date", {"year": year}) if year is not None else date, now)
    if whole is None or whole[0] is None or whole[1] is None:
        return None
    start, end = whole
    if unit is None:
        return _one(end)
    if unit == "week":
        thursday = end - ONE * ((end.isoweekday() - 4) % 7)
        return around(thursday, "week")
    months = {"quarter": 3, "semester": 6, "half": 6, "third": 4, "month": 1}.get(unit)
    if (end - start).days > 300 and months is not None:
        return add_months(start, 12 - months), end
    return (start + 15 * ONE, end) if unit in ("half", "fortnight") else None


def _holiday(e: Expression, now: Now) -> Days | None:
    name, year = e.get("holiday"), e.get("year")
    years = [full_year(year)] if year is not None else range(now.day.year - 1, now.day.year + 2) if now.day else []
    options = [_feast(name, y) for y in years]
    if not options:
        return None
    if now.day is None or len(options) == 1:
        return _one(options[0])
    day = now.day
    return _one(min(options, key=lambda o: ((now.future and o < day) or (now.past and o > day), abs((o - day).days))))


def _feast(name: str, year: int) -> dt.date:
    """A holiday's day: 'MM-DD', or so many days from Easter (the anonymous Gregorian algorithm)."""
    if not name.startswith("easter"):
        return dt.date(year, int(name[:2]), int(name[3:]))
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, day + 1) + ONE * int(name[6:] or 0)


def _nth_weekday(e: Expression, now: Now) -> Days | None:
    """The first Monday of May, the last Friday of the month."""
    span = resolve(e.get("date"), now) if e.get("date") is not None else None
    if span is None or span[0] is None or span[1] is None:
        return None
    start, end = span
    weekday, number = e.get("weekday"), e.get("ordinal")
    if number is None:
        return _one(end - ONE * ((end.isoweekday() - weekday) % 7))
    day = start + ONE * ((weekday - start.isoweekday()) % 7 + 7 * (int(number) - 1))
    return _one(day) if day <= end else None


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
    base = now.anchor("day") or (_one(now.day) if now.day else None)
    if base is None or base[0] is None or base[1] is None:
        return None
    by = ONE * e.get("anchored")
    return base[0] + by, base[1] + by


def _later(e: Expression, now: Now, sign: int = 1) -> Days | None:
    unit = e.get("unit")
    base = now.anchor(unit) or (_one(now.day) if now.day else None)
    return _distance(e, base, sign) if base else None


def _earlier(e: Expression, now: Now) -> Days | None:
    return _later(e, now, -1)


def _following(e: Expression, now: Now, sign: int = 1) -> Days | None:
    """The week, the Monday after (before) the day that the text has reached."""
    unit, weekday = e.get("unit"), e.get("weekday")
    if unit is not None:
        reached = now.anchor(unit) or (_one(now.day) if now.day else None)
        return around(shift(reached[0], sign, unit), unit) if reached and reached[0] else None
    base = now.anchor("day") or (_one(now.day) if now.day else None)
    if base is None or base[0] is None or base[1] is None:
        return None
    return _near_weekday(weekday, Now(base[1] if sign > 0 else base[0]), sign, None)


def _preceding(e: Expression, now: Now) -> Days | None:
    return _following(e, now, -1)


def _later_than(e: Expression, now: Now, sign: int = 1) -> Days | None:
    base = resolve(e.get("date"), now)
    return _distance(e, base, sign) if base else None


def _earlier_than(e: Expression, now: Now) -> Days | None:
    return _later_than(e, now, -1)


def _before_event(e: Expression, now: Now, sign: int = -1) -> Days | None:
    """'Three days before the warrant': with a date in its sentence ('on Sunday, three days before …') it dates the warrant."""
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
    a, b = resolve(first, now), resolve(second, now)
    if a is None or b is None:
        return None
    start, end = a[0], b[1]
    if start and end and start > end:
        start, end = _in_order(first, second, start, end)
    return (start, end) if start is None or end is None or start <= end else None


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
    return now.anchor("clock") or (_one(now.day) if now.day else None)


def _one(day: dt.date) -> Days:
    return day, day


_RULES: dict[str, Callable[[Expression, Now], Days | None]] = {
    "date": _date, "weak_year": _date, "offset": _offset, "ago": _ago, "ahead": _ahead, "within": _within, "last_n": _last_n, "this": _this,
    "last": _last, "next": _next, "weekend": _this_weekend, "season": _season, "third": _third, "division": _division, "nth_weekday": _nth_weekday, "week_of": _week_of,
    "last_division": _last_division, "holiday": _holiday, "decade": _decade, "century": _century, "anchored": _anchored, "next_n": _next_n, "earlier_this": _earlier_this, "later_this": _later_this, "later_than": _later_than, "earlier_than": _earlier_than, "following": _following, "preceding": _preceding, "of_day": _since, "later": _later, "earlier": _earlier, "before_event": _before_event,
    "after_event": _after_event, "between": _between, "night": _night, "last_night": _last_night, "by": _by, "until": _until, "since": _since,
    "before": _before, "after": _after, "not_before": _not_before, "part": _part,
}  # fmt: skip

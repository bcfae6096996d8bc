"""Calendar: arithmetic of days, weeks, months, seasons and feasts. No text, no clock."""

from __future__ import annotations

import datetime as dt

ONE = dt.timedelta(1)
Closed = tuple[dt.date, dt.date]
"""First and last day."""
Days = tuple[dt.date | None, dt.date | None]
"""The same, None where open."""
_UNIT_DAYS = {"day": 1, "week": 7, "weekend": 7, "workweek": 7, "fortnight": 14}
_UNIT_MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12, "decade": 120, "century": 1200}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_PART_MONTHS = {"quarter": 3, "semester": 6, "half": 6, "third": 4, "month": 1}
_LAST_CENTURY = 36  # years of two digits from here on are of the twentieth century
_MANY_YEARS = 3000  # days
_FAR = 4000  # years and months beyond this are no news


def one(day: dt.date) -> Closed:
    """A single day."""
    return day, day


def closed(days: Days | None) -> Closed | None:
    """The same days if both ends are known."""
    if days is None or days[0] is None or days[1] is None:
        return None
    return days[0], days[1]


def year_span(year: int) -> Closed:
    """The first and the last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def full_year(year: int) -> int:
    """A year of two digits in full: 69 is 1969, 39 is 1939, 24 is 2024."""
    return year if year > 99 else year + (1900 if year >= _LAST_CENTURY else 2000)


def month_span(year: int, month: int) -> Closed:
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


def around(day: dt.date, unit: str) -> Closed:
    """The whole unit that holds a day: its week, its month, its year."""
    if unit in ("week", "fortnight", "workweek"):
        monday = day - ONE * (day.isoweekday() - 1)
        return monday, monday + (4 if unit == "workweek" else 6) * ONE
    if unit == "weekend":
        saturday = day + ONE * (6 - day.isoweekday())
        return saturday, saturday + ONE
    if unit in _UNIT_MONTHS:
        months = _UNIT_MONTHS[unit]
        index = (day.year * 12 + day.month - 1) // months * months
        first = dt.date(index // 12, index % 12 + 1, 1)
        return first, add_months(first, months) - ONE
    return day, day


def season_span(year: int, season: str) -> Closed:
    """The three months of a season; winter begins in the year named."""
    first = dt.date(year, _SEASONS[season], 1)
    return first, add_months(first, 3) - ONE


def feast(name: str, year: int) -> dt.date:
    """A holiday's day: 'MM-DD', or so many days from Easter (the anonymous Gregorian algorithm) and the like.

    'orthodox+49' goes with the Easter of the Julian calendar, 'advent-7' with the first Sunday of Advent, '11/4/4' is
    the fourth Thursday of November, '05/7/-1' the last Sunday of May, '11/4/4+1' the day after.
    """
    if "/" in name:
        in_month, weekday, rest = name.split("/")
        count, _, more = rest.partition("+")
        return _weekday_of_month(year, int(in_month), int(weekday), int(count)) + ONE * int(more or 0)
    if name.startswith("advent"):
        fourth = dt.date(year, 12, 24)
        return fourth - ONE * (fourth.isoweekday() % 7 + 21) + ONE * int(name[6:] or 0)
    if name.startswith("orthodox"):
        return _julian_easter(year) + ONE * int(name[8:] or 0)
    if not name.startswith("easter"):
        return dt.date(year, int(name[:2]), int(name[3:]))
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, day + 1) + ONE * int(name[6:] or 0)


def _weekday_of_month(year: int, month: int, weekday: int, count: int) -> dt.date:
    """The first (1) or the last (-1) Sunday of a month."""
    first, last = month_span(year, month)
    if count < 0:
        return last - ONE * ((last.isoweekday() - weekday) % 7 + 7 * (-count - 1))
    return first + ONE * ((weekday - first.isoweekday()) % 7 + 7 * (count - 1))


def _julian_easter(year: int) -> dt.date:
    """Easter of the Eastern churches, by Meeus, in our calendar (from 1900 to 2099)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return dt.date(year, month, day + 1) + 13 * ONE


def nearest_season(season: str, day: dt.date, step: int, future: bool, past: bool) -> Closed:
    """The season of that name that is meant on `day`: the last one (step -1), this one (0), the next one (1)."""
    options = [season_span(y, season) for y in range(day.year - 2, day.year + 3)]
    if step < 0:
        return [o for o in options if o[1] < day][-1]
    if step > 0:
        return next(o for o in options if o[0] > day)
    if past:
        return [o for o in options if o[0] <= day][-1]
    if future:
        return next(o for o in options if o[1] >= day)
    return min(options, key=lambda o: max(0, (o[0] - day).days, (day - o[1]).days))


def third_of(third: str, span: Closed | None) -> Closed | None:
    """The beginning, the middle or the end of a week, a month or a year: ten days of a month."""
    if span is None:
        return None
    start, end = span
    length = (end - start).days + 1
    if length <= 2:
        return span
    if length == 7:
        first, last = {"early": (0, 2), "start": (0, 2), "mid": (2, 3), "late": (3, 6), "end": (4, 6)}[third]
        return start + first * ONE, start + last * ONE
    if length > _MANY_YEARS:  # of a decade or a century a third of its years
        years = end.year - start.year + 1
        first, last = {"early": (0, 1), "start": (0, 1), "mid": (1, 2), "late": (2, 3), "end": (2, 3)}[third]
        return dt.date(start.year + years * first // 3, 1, 1), dt.date(start.year + years * last // 3 - 1, 12, 31)
    if length > 31 and third == "mid":
        middle = add_months(start, 6 if length > 300 else length // 60)
        return middle.replace(day=1) - 15 * ONE, middle.replace(day=15)
    if third in ("early", "start"):
        return start, start + 9 * ONE
    return (start + 10 * ONE, start + 19 * ONE) if third == "mid" else (end.replace(day=21), end)


def third_of_year(third: str, year: int) -> Closed | None:
    """Early, mid and late 2023 are four months each; its start and its end ten days."""
    first = {"early": 1, "mid": 5, "late": 9}.get(third)
    if first is None:
        return third_of(third, year_span(year))
    return dt.date(year, first, 1), add_months(dt.date(year, first, 1), 4) - ONE


def part_of(span: Closed, number: int, unit: str) -> Closed | None:
    """The third quarter of a year, the second half or the first week of a month; -1 is the last one."""
    start, end = span
    year = (end - start).days > 300
    if unit == "week":
        if (
            number < 0
        ):  # the last week is the last that has its Thursday in the span, the first the one that holds its fourth day
            return around(end - ONE * ((end.isoweekday() - 4) % 7), "week")
        return around(start + ONE * (3 + 7 * (number - 1)), "week") if 1 <= number <= (53 if year else 5) else None
    months = _PART_MONTHS.get(unit)
    if year and months is not None:
        number = 12 // months if number < 0 else number
        if not 1 <= number <= 12 // months:
            return None
        first = add_months(start, months * (number - 1))
        return first, add_months(first, months) - ONE
    if unit in ("half", "fortnight") and number in (1, 2, -1):
        return (start, start + 14 * ONE) if number == 1 else (start + 15 * ONE, end)
    return None


def figures_of(values: list[int], sizes: list[int], order: str, short: bool) -> dict[str, int] | None:
    """Year, month and day of a date in figures: their values and numbers of digits, `order` dmy or mdy."""
    if len(values) == 3 and sizes[0] == 4:
        year, month, day = values
    elif len(values) == 3 and sizes[0] <= 2 and sizes[2] in (2, 4):
        day, month, year = values if order == "dmy" else (values[1], values[0], values[2])
        if month > 12 >= day and sizes[2] == 4:
            day, month = month, day
    elif len(values) == 2 and sizes[0] == 4 and sizes[1] == 2 and 1900 < values[0] < 2100 and 1 <= values[1] <= 12:
        return {"year": values[0], "month": values[1]}
    elif (
        len(values) == 2
        and sizes[1] == 4
        and sizes[0] <= 2
        and short
        and 1 <= values[0] <= 12
        and 1900 < values[1] < 2100
    ):
        return {"year": values[1], "month": values[0]}
    elif len(values) == 2 and short and sizes[0] <= 2 and sizes[1] == 2:
        day, month = values if order == "dmy" else (values[1], values[0])
        return {"month": month, "day": day} if 1 <= month <= 12 and 1 <= day <= 31 else None
    else:
        return None
    return {"year": year, "month": month, "day": day} if 1 <= month <= 12 and 1 <= day <= 31 else None

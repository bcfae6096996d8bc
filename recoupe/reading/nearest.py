"""Nearest: which of all Mondays, Mays or summers is meant, by a report's day and the tense of the words around."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from recoupe.reading.calendar import ONE, Days, add_months, month_span, one

_FAR = 300  # days from which on a report names the year of a day, whatever the words around seem to tell of it


@dataclass(frozen=True, slots=True)
class Now:
    """Where an expression is read from.

    `day` is the report's; `anchor` gives the time that the text has reached, exact enough for a unit; `future` and
    `past` are what the tense says; `before` is the day named earlier in the sentence.
    """

    day: dt.date | None
    anchor: Callable[[str], Days | None] = lambda unit: None
    future: bool = False
    past: bool = False
    before: Days | None = None  # the day that the expression stands in apposition to
    exact: bool = False  # so many weeks or months away is a day, not a week or a month


def day_of(year: int | None, month: int, day: int, weekday: int | None, now: Now) -> Days | None:
    """A day of a month, of the nearest year if none is named, and one in which the weekday is right."""
    if year is not None:
        return one(dt.date(year, month, day))
    if now.day is None:
        return None
    options = []
    for y in range(now.day.year - 1, now.day.year + 2):
        try:
            option = dt.date(y, month, day)
        except ValueError:
            continue
        off = weekday is not None and option.isoweekday() != weekday
        away = (option - now.day).days
        wrong = (now.future and away < 0) or (now.past and away > 0) or abs(away) > _FAR
        options.append((off, wrong, abs(away), option))
    return one(min(options)[3]) if options else None


def month_of(year: int | None, month: int, now: Now) -> Days | None:
    """A month, without a year the last one of that name, or the next one if it is near or the tense says so."""
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


def day_of_month(day: int, weekday: int | None, now: Now) -> Days | None:
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
    return one(min(options)[3]) if options else None


def weekday_of(weekday: int, now: Now) -> Days | None:
    """The nearest past one, today included; the next one if the tense says so."""
    if now.day is None:
        return None
    if now.future:
        return one(now.day + ONE * ((weekday - now.day.isoweekday()) % 7))
    return one(now.day - ONE * ((now.day.isoweekday() - weekday) % 7))


def near_weekday(weekday: int | None, now: Now, step: int, unit: str | None) -> Days | None:
    """This (0), the last (-1), the next (1), the one after that (2) Monday; of that week if `unit` is the week."""
    day = now.day
    if day is None or weekday is None:
        return None
    if unit == "week":  # 'Thursday of last week'
        monday = day - ONE * (day.isoweekday() - 1)
        return one(monday + ONE * (7 * step + weekday - 1))
    if step == 0:
        return weekday_of(weekday, now)
    ahead = (weekday - day.isoweekday()) % 7 or 7
    if step > 0:
        return one(day + ONE * (ahead + 7 * (step - 1)))
    return one(day - ONE * (((day.isoweekday() - weekday) % 7 or 7) + 7 * (-step - 1)))


def weekend_of(now: Now, step: int) -> Days | None:
    """This weekend is the past one until Wednesday, the coming one from Thursday, or as the tense says."""
    day = now.day
    assert day is not None
    saturday = day + ONE * (6 - day.isoweekday())
    here = day.isoweekday() >= 6
    if step == 0 and not here:
        saturday -= 7 * ONE * (not now.future and (now.past or day.isoweekday() <= 3))
    elif step < 0:
        saturday += 7 * ONE * step
    elif step > 0:
        saturday += 7 * ONE * (step - (not here))
    return saturday, saturday + ONE

"""Times: expressions that name a day or a clock time, read against the article's day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from recoupe.reading.calendar import ONE, Closed, Days, closed, year_span
from recoupe.reading.document import Document, Sentence
from recoupe.reading.expressions import Item, find_times
from recoupe.reading.nearest import Now
from recoupe.reading.resolving import resolve
from recoupe.reading.said import Expression
from recoupe.reading.shapes import names_day
from recoupe.reading.tense import tells_tense, tense_of
from recoupe.reading.zones import zone_after
from recoupe.records import Period, Time

_CANDIDATES = 40  # so many possible days of the report are tried one by one
_REACH = {"day": 7, "week": 7, "hour": 7, "minute": 7, "month": 92, "clock": 1}
_ANY = 10**6
_RECENT = 10 * ONE
_YEARS, _MOST = 5, 0.8  # a tale of long ago names so many years, and so large a part of them are long past
_YEARLESS = frozenset({"date", "bare_month", "third", "season"})
_SEASON_MONTHS = {"spring": 4, "summer": 7, "autumn": 10, "winter": 1}
_LONG_AGO = 400  # days before the report
_TALE = 370  # days that a time may last from which a tale goes on
_BESIDE = 100  # so many times of the same sentence are looked at: bounds the work on hostile text
_JUMP = 800  # days that a tale of long ago goes on or back at once
_BACK = 1.3  # a tale goes on rather than back: so much farther
_OF_THE_TALE = frozenset({"this", "last", "next", "third", "division", "following", "preceding", "last_division"})
_MEMORY = 12  # so many times of the text before are looked at
_EVENING = 18 * 60
_NEAR = 2  # words between a clock time and the day that follows it
_DISTANCES = frozenset({"later", "earlier", "anchored"})
_FROM_A_DAY = {"before_event": "earlier_than", "after_event": "later_than"}
_TO_EVENT = 5  # words from a distance to the day of the event that it counts from
_NIGHTS = frozenset({"night", "last_night"})


def read_times(doc: Document) -> list[Time]:
    """All times of a document in the order of the text, resolved against `doc.article.day`.

    Where the report's day is only known as a range, a time covers all that it can mean. `period` is None for what
    names no day ('every Saturday'), and for what depends on the day of a report that has none.
    """
    found = []
    for item, period in resolved(doc):
        found.append(Time(doc.span(item.first, item.end), period))
    return found


def resolved(doc: Document, exact: bool = False, ahead: bool = False) -> list[tuple[Item, Period | None]]:
    """The expressions of a document with the periods that they name.

    `exact`: a distance in weeks, months or years names a day. `ahead`: where no tense tells, what is to come is meant.
    """
    how = How(exact, ahead)
    items = find_times(doc)
    days = possible_days(doc.article.day)
    if not items:
        return []
    readings = [_resolve_all(doc, items, day, how) for day in days]
    return [(item, _hull([reading[n] for reading in readings])) for n, item in enumerate(items)]


def possible_days(day: Period | None) -> Sequence[dt.date | None]:
    """The days on which a report can have been published; None alone where that is not known well enough."""
    if day is None or day.start is None or day.end is None:
        return (None,)
    try:
        first, last = dt.date.fromisoformat(day.start[:10]), dt.date.fromisoformat(day.end[:10])
    except ValueError:
        return (None,)
    count = (last - first).days + 1
    return [first + ONE * n for n in range(count)] if 0 < count <= _CANDIDATES else (None,)


@dataclass(frozen=True, slots=True)
class How:
    """What `resolved` is asked for."""

    exact: bool = False
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class _Reached:
    """A time that the text has named."""

    item: Item
    days: Closed


def _resolve_all(doc: Document, items: list[Item], day: dt.date | None, how: How) -> list[Period | None]:
    """The period of each item for a report of `day`; clock times come after the days of their sentence."""
    reached: list[_Reached] = []
    found: list[Period | None] = [None] * len(items)
    history = _is_history(items, day)
    pinned: int | None = None
    n = 0
    while n < len(items):
        stop = n
        while stop < len(items) and items[stop].sentence is items[n].sentence:
            stop += 1
        here: list[_Reached] = []
        if history and _is_heading(items[n]):
            pinned = items[n].said.get("year")
        for k in range(n, stop):
            if items[k].minutes is None:
                near = _tale(items[k], day, reached + here, history)
                said = _told(_apposed(doc, items, k) or _meant(doc, items, k), near, pinned)
                then = _then(said, near, pinned) or day
                days = resolve(said, _now(doc, items[k], then, reached + here[-_BESIDE:], how))
                found[k] = _period(days)
                both = closed(days)
                here += [] if both is None else [_Reached(items[k], both)]
        for k in range(n, stop):
            if items[k].minutes is not None:
                found[k] = _zoned(doc, items, k, _clock(doc, items[k], day, reached, _around(here, items[k])))
        reached = (reached + here)[-_MEMORY:]
        n = stop
    return found


def _is_history(items: list[Item], day: dt.date | None) -> bool:
    """Whether nearly all years that a text names lie long before its report."""
    years = [y for y in (item.said.get("year") for item in items) if isinstance(y, int) and y > 999]
    return day is not None and len(years) >= _YEARS and sum(y < day.year - 1 for y in years) >= _MOST * len(years)


def _told(said: Expression, near: _Reached | None, pinned: int | None) -> Expression:
    """An expression whose dates lack their year with the year that a tale of long ago has reached at `near`.

    Under a heading that is a year, all is of that one.
    """
    if near is None:
        return said
    return _with_year(said, year_span(pinned) if pinned else near.days)


def _tale(item: Item, day: dt.date | None, reached: list[_Reached], history: bool) -> _Reached | None:
    """Where a tale of long ago has got to before an expression; None where none is told."""
    near = _line(reached, day) if history else (reached[-1] if reached else None)
    if near is None or day is None or not _long_ago(near, day) or (near.days[1] - near.days[0]).days > _TALE:
        return None
    paragraph = near.item.sentence.paragraph == item.sentence.paragraph
    dated = near.item.said.get("year") is not None and near.item.said.get("month") is not None
    return near if history or (paragraph and dated) else None


def _then(said: Expression, near: _Reached | None, pinned: int | None) -> dt.date | None:
    """The day that a tale of long ago has reached, for 'that year' and 'at the end of the month'."""
    if near is None or said.rule not in _OF_THE_TALE:
        return None
    return near.days[0].replace(year=pinned, day=1) if pinned else near.days[0]


def _is_heading(item: Item) -> bool:
    """Whether an expression is a year, and all of its line."""
    sentence = item.sentence
    return item.said.rule == "date" and set(item.said.slots) == {"year"} and sentence.last - sentence.first == 1


def _line(reached: list[_Reached], day: dt.date | None) -> _Reached | None:
    """Where a tale of long ago has got to: the last time that is not far out of line with the one before it."""
    tale = [r for r in reached if _long_ago(r, day) and (r.days[1] - r.days[0]).days <= _TALE]
    for r, before in zip(reversed(tale), reversed(tale[:-1])):
        if abs((r.days[0] - before.days[0]).days) <= _JUMP:
            return r
    return tale[-1] if tale else None


def _long_ago(near: _Reached, day: dt.date | None) -> bool:
    return day is not None and (day - near.days[1]).days > _LONG_AGO


def _with_year(said: Expression, days: Closed) -> Expression:
    """With the year of a time that was named before, or the next one where the month asks for it."""
    slots = {k: _with_year(v, days) if isinstance(v, Expression) else v for k, v in said.slots.items()}
    month = slots.get("month") or _SEASON_MONTHS.get(str(slots.get("season")))
    if not isinstance(month, int) or slots.get("year") is not None or said.rule not in _YEARLESS:
        return Expression(said.rule, slots)
    base = days[0]

    def distance(year: int) -> float:
        ahead = (year - base.year) * 12 + month - base.month
        return float(ahead) if ahead >= 0 else -_BACK * ahead

    whole = (days[1] - days[0]).days > _TALE // 2
    year = base.year if whole else min((base.year - 1, base.year, base.year + 1), key=distance)
    return Expression(said.rule, {**slots, "year": year})


def _apposed(doc: Document, items: list[Item], k: int) -> Expression | None:
    """The date that follows a distance and says the same: 'two days later, on 18 May'."""
    if items[k].said.rule not in _DISTANCES or k + 1 >= len(items) or items[k + 1].sentence is not items[k].sentence:
        return None
    between = doc.norms[items[k].end : items[k + 1].first]
    dated = items[k + 1].said.rule in ("date", "season") and len(items[k + 1].said.slots) > 1
    return items[k + 1].said if dated and 0 < len(between) <= 3 and between[0] == "," else None


def _meant(doc: Document, items: list[Item], k: int) -> Expression:
    """What a distance says by the words around it.

    Before an event whose day follows, it is one from that day: 'three days before the vote on Sunday'. One that opens a
    sentence about the past goes on from the day told last, also where its words would else look ahead.
    """
    item = items[k]
    said, from_day = item.said, _FROM_A_DAY.get(item.said.rule)
    if from_day and k + 1 < len(items) and _is_day_of_event(doc, item, items[k + 1]):
        return Expression(from_day, {**said.slots, "date": items[k + 1].said})
    if said.rule == "ahead" and item.first - item.sentence.first <= 1 and tense_of(doc, item) == "past":
        return Expression("later", said.slots)
    return said


def _is_day_of_event(doc: Document, item: Item, then: Item) -> bool:
    """Whether a day is that of the event that a distance counts from: it stands behind it with no clause between."""
    between = doc.norms[item.end : then.first]
    near = then.sentence is item.sentence and 0 < len(between) <= _TO_EVENT and all(w[:1].isalpha() for w in between)
    return near and then.minutes is None and names_day(then.said) and not tells_tense(doc, item.end, then)


def _now(doc: Document, item: Item, day: dt.date | None, reached: list[_Reached], how: How) -> Now:
    tense = tense_of(doc, item)
    beside = next((r.days for r in reversed(reached) if r.item.sentence is item.sentence and _is_short(r.days)), None)
    future = tense == "future" or (how.ahead and tense is None)
    return Now(day, lambda unit: _anchor(unit, day, reached, item.sentence), future, tense == "past", beside, how.exact)


def _is_short(days: Closed) -> bool:
    return (days[1] - days[0]).days <= 1


def _anchor(unit: str, day: dt.date | None, reached: list[_Reached], sentence: Sentence) -> Days | None:
    """The nearest earlier time that is exact enough for a distance in `unit`; for a clock time a day not long ago."""
    longest = _REACH.get(unit, _ANY)
    for candidate in reversed(reached):
        first, last = candidate.days
        if (last - first).days > longest:
            continue
        if unit != "clock":
            return candidate.days
        if first != last and candidate.item.said.rule not in _NIGHTS:
            continue
        if candidate.item.sentence is sentence or day is None or day - _RECENT <= last <= day:
            return last, last
    return None


def _around(here: list[_Reached], item: Item) -> list[_Reached]:
    """The times of a sentence near one of them."""
    if len(here) <= _BESIDE:
        return here
    at = bisect_left(here, item.first, key=lambda r: r.item.first)
    return here[max(0, at - _BESIDE // 2) : at + _BESIDE // 2]


def _clock(
    doc: Document, item: Item, day: dt.date | None, reached: list[_Reached], here: list[_Reached]
) -> Period | None:
    """A clock time on the day of its sentence, or on the one that the text has reached.

    An evening that has been is seldom that of the report's own day, on which somebody told of it: 'police said on
    Monday. It happened at 21.40'.
    """

    def away(candidate: _Reached) -> tuple[int, int]:
        other = candidate.item
        return min(abs(item.first - other.end), abs(other.first - item.end)), other.first

    near = min((r for r in here if _is_short(r.days)), key=away, default=None)
    days = near.days if near else closed(_anchor("clock", day, reached, item.sentence) or (day, day))
    if days is None or item.minutes is None:
        return None
    first, last = item.minutes
    today = near is None and day is not None and days == (day, day)
    if today and day is not None and first >= _EVENING and tense_of(doc, item) != "future":
        told = [r for r in reached if r.days[1] < day]
        days = closed(_anchor("clock", day, told, item.sentence)) or days
    base = days[1] if first < _EVENING and (first or last) else days[0]  # of a night, the morning is the second day's
    soon_after = first == 0 < last and (today or (near is not None and away(near)[0] <= _NEAR))
    if item.said.get("clockword") == "00:00" and not soon_after:  # 'soon after midnight on Sunday' is early that day
        first, last, base = first + 24 * 60, last + 24 * 60, days[0]
    midnight = dt.datetime.combine(base, dt.time())
    try:
        start, end = midnight + dt.timedelta(minutes=first), midnight + dt.timedelta(minutes=last)
    except OverflowError:
        return None
    return Period(start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes"))


def _zoned(doc: Document, items: list[Item], k: int, period: Period | None) -> Period | None:
    """A clock time with the zone that the text names after it, or after the day that follows it."""
    if period is None or period.start is None:
        return period
    day, end = dt.date.fromisoformat(period.start[:10]), items[k].end
    east = zone_after(doc, end, day)
    if east is None and k + 1 < len(items) and items[k + 1].minutes is None and items[k + 1].first <= end + _NEAR:
        east = zone_after(doc, items[k + 1].end, day)
    return period if east is None else Period(period.start, period.end, east)


def _period(days: Days | None) -> Period | None:
    if days is None or days == (None, None) or (days[0] and days[1] and days[0] > days[1]):
        return None
    return Period(days[0].isoformat() if days[0] else None, days[1].isoformat() if days[1] else None)


def _hull(periods: list[Period | None]) -> Period | None:
    """All that a time can mean for a report of any of its possible days."""
    known = [p for p in periods if p is not None]
    if not known or len(known) < len(periods):
        return None
    starts, ends = [p.start for p in known], [p.end for p in known]
    start = None if None in starts else min(s for s in starts if s is not None)
    end = None if None in ends else max(e for e in ends if e is not None)
    zones = {p.east for p in known}
    return None if start is None and end is None else Period(start, end, known[0].east if len(zones) == 1 else None)

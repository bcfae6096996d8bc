"""Chart: a figure by time and source: a mark or a range a voice, above the day on which it was said.

The best, lowest and highest figure are lines across. What nobody dated stands at the left, before the first day. Only
numbers of our own, letters and checked words come into the drawing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import floor, log10

from markupsafe import Markup

from recoupe.records.dossier import DossierPoint, DossierQuestion
from recoupe.web.drawing import element, picture, words
from recoupe.writing.course import Course
from recoupe.writing.view import View

Height = Callable[[float], float]
"""Where a number stands."""
_WIDE, _TALL = 900, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 24, 18, 36
_APART = 26
"""Marks of one day stand so far apart."""


def chart(view: View, question: DossierQuestion, course: Course) -> Markup | str:
    """The chart of a question whose figure has a course; empty where it has too little to draw."""
    points = question.history
    if len(points) < 2 or course.high <= course.low:
        return ""
    low, high, ticks = _scale(course.low, course.high, question.kind == "count")

    def y(number: float) -> float:
        share = (min(max(number, low), high) - low) / (high - low)
        return _TOP + (1 - share) * (_TALL - _TOP - _BOTTOM)

    parts = [_tick(view, tick, y(tick), question) for tick in ticks]
    parts += _estimate(view, question, y)
    days = [_day(point) for point in points]
    known = sorted({day for day in days if day is not None})
    for point, day, shift in zip(points, days, _shifts(days)):
        x = _x(day, known) + shift
        parts.append(_mark(view, question, point, x, y, y(high)))
    parts += _days(view, known, None in days)
    return picture(_WIDE, _TALL, view.ui.heading("course"), parts, "chart")


def _scale(low: float, high: float, whole: bool) -> tuple[float, float, list[float]]:
    """Round bounds around two numbers, and round numbers between them."""
    span = high - low or abs(high) or 1.0
    step = 10.0 ** floor(log10(span / 4))
    step = next(step * many for many in (1, 2, 2.5, 5, 10) if span / (step * many) <= 5)
    if whole:
        step = max(1.0, float(round(step)))
    first = floor(low / step) * step
    ticks = [first + i * step for i in range(9) if first + i * step < high + step]
    return ticks[0], ticks[-1], ticks


def _day(point: DossierPoint) -> date | None:
    said = (point.said or {}).get("start") or (point.said or {}).get("end")
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        return None


def _x(day: date | None, known: list[date]) -> float:
    if day is None or not known:
        return _LEFT + 24.0
    first, last = known[0], known[-1]
    start = _LEFT + 90.0
    if first == last:
        return (start + _WIDE - _RIGHT) / 2
    return start + (day - first).days / (last - first).days * (_WIDE - _RIGHT - 190 - start)


def _shifts(days: list[date | None]) -> list[float]:
    """How far to the right of its day each mark stands, so that none covers another."""
    seen: dict[date | None, int] = {}
    found = []
    for day in days:
        seen[day] = seen.get(day, -1) + 1
        found.append(float(min(seen[day], 5) * _APART))
    return found


def _tick(view: View, number: float, y: float, question: DossierQuestion) -> str:
    label = element(
        "text", words(view.ui.number(round(number, 6))), x=_LEFT - 10, y=y + 4, cls="tick", text_anchor="end"
    )
    return element("line", x1=_LEFT, x2=_WIDE - _RIGHT, y1=y, y2=y, cls="grid") + label


def _estimate(view: View, question: DossierQuestion, y: Height) -> list[str]:
    told = question.estimate
    if told is None:
        return []
    tall = max(1.0, y(told.low) - y(told.high))
    found = [element("rect", x=_LEFT, width=_WIDE - _RIGHT - _LEFT, y=y(told.high), height=tall, cls="span")]
    found.append(element("line", x1=_LEFT, x2=_WIDE - _RIGHT, y1=y(told.best), y2=y(told.best), cls="best"))
    best = view.ui.word("best_only", best=view.ui.number(told.best))
    found.append(
        element("text", words(best, 60), x=_WIDE - _RIGHT, y=y(told.best) - 5, cls="tick strong", text_anchor="end")
    )
    return found


def _mark(view: View, question: DossierQuestion, point: DossierPoint, x: float, y: Height, top: float) -> str:
    low, high = point.value.get("low"), point.value.get("high")
    upper = y(high) if high is not None else top
    lower = y(low) if low is not None else float(_TALL - _BOTTOM)
    articles = list(dict.fromkeys(question.answers[i].article for i in point.answers))
    told = f"{', '.join(articles)}: {view.ui.value(point.value)}"
    parts = element("title", words(told, 120))
    if low is None or high is None:
        parts += element("line", x1=x, x2=x, y1=lower, y2=upper, cls="open")
    else:
        parts += element("line", x1=x, x2=x, y1=lower, y2=min(upper, lower - 0.01), cls="range")
    at = lower if low is not None else upper
    parts += element("circle", cx=x, cy=at if low != high else upper, r=5)
    parts += element(
        "text", words(" ".join(articles[:3]), 12), x=x + 9, y=(upper if high is not None else at) + 4, cls="letter"
    )
    return element("g", parts, cls="mark" if point.current else "mark gone")


def _days(view: View, known: list[date], undated: bool) -> list[str]:
    """The first and last day, those between that have room, and where what has no day stands."""
    y = _TALL - _BOTTOM + 22
    found, taken = [], -1000.0
    for day in known:
        x = _x(day, known)
        if x - taken >= 130:
            taken = x
            label = view.ui.period(day.isoformat(), day.isoformat())
            found.append(element("text", words(label), x=x, y=y, cls="tick", text_anchor="middle"))
    if undated:
        found.append(
            element("text", words(view.ui.word("undated")), x=_LEFT + 24, y=y, cls="tick", text_anchor="middle")
        )
    return found

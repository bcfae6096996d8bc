"""History: when each answer was said, the course of a figure, and its best, lowest and highest value.

The rules are stated in docs/explanation/best-low-high.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from recoupe.records import (
    Amount,
    Answer,
    Estimate,
    Figure,
    Kind,
    Period,
    Point,
    Question,
    Reading,
    Relation,
    Span,
    Statement,
    Time,
)

RANGE, ACLED = "range", "acled"
VAGUE = (RANGE, ACLED)
_VAGUE = 5  # 'dozens' leaves room for five times its least: for no hundreds
_AGES = frozenset({"a", "mo"})  # two ages are those of two people, of whom none is the best
_BESIDE = 12  # code points between the words of an attribution and the day on which it was made
_DAYS = 7  # a wider time does not say when something was said
_STOPS = frozenset(',;:.()«»“”"')
_LAST = "9999"


def dated(question: Question, readings: Sequence[Reading]) -> Question:
    """The question with the day of each answer: that of the statement it stands in, else that of its report."""
    return replace(question, answers=tuple(_dated(answer, readings[answer.reading]) for answer in question.answers))


def _dated(answer: Answer, reading: Reading) -> Answer:
    article = reading.article
    at = reading.claims[answer.claim].statement
    if at is not None and (period := said_on(reading, reading.statements[at])):
        return replace(answer, said=period, dated_by="statement")
    stamp = article.published or article.updated
    period = Period(stamp[:10], stamp[:10]) if stamp else article.day
    return replace(answer, said=period, dated_by="report" if period else None)


def said_on(reading: Reading, statement: Statement) -> Period | None:
    """The days on which a statement was made, where a time stands beside its source or cue and outside its content."""
    parts = [statement.cue, *([statement.source] if statement.source else [])]
    first = bisect_left(reading.times, min(p.start for p in parts) - 100, key=lambda t: t.span.start)
    for time in reading.times[first:]:
        if time.span.start > max(p.end for p in parts) + _BESIDE:
            break
        if any(c.overlaps(time.span) for c in statement.content):
            continue
        if any(_beside(reading.article.text, time.span, part) for part in parts) and (days := _as_days(time, reading)):
            return days
    return None


def _beside(text: str, time: Span, part: Span) -> bool:
    if time.overlaps(part):
        return True
    between = text[part.end : time.start] if part.end <= time.start else text[time.end : part.start]
    return len(between) <= _BESIDE and _STOPS.isdisjoint(between)


def _as_days(time: Time, reading: Reading) -> Period | None:
    """The days of a time, None where it is too wide or comes after the report itself."""
    if time.period is None or time.period.start is None or time.period.end is None:
        return None
    start, end = time.period.days()
    article = reading.article
    last = (article.updated or article.published or (article.day and article.day.end) or _LAST)[:10]
    if start is None or end is None or start > last or _width(start, end) > _DAYS:
        return None
    return Period(start, end)


def _width(start: str, end: str) -> int:
    from datetime import date

    return (date.fromisoformat(end) - date.fromisoformat(start)).days


# --- the course of a figure ---


def with_course(question: Question, readings: Sequence[Reading], vague: str = RANGE) -> Question:
    """The question with its history and its estimate, if it asks for a number; others come back as they are.

    `vague` says how words without a number are taken: `range` ('dozens' is 24 or more) or `acled` ('dozens' is 12).
    """
    if question.kind not in (Kind.COUNT, Kind.QUANTITY):
        return question
    history = _history(question)
    units = {a.value.unit for a in question.answers if isinstance(a.value, Amount)}
    if question.kind is Kind.QUANTITY and (len({a.reading for a in question.answers}) < 2 or units & _AGES):
        return replace(question, history=history)
    says = [_said(question, point, readings, vague) for point in history]
    return replace(question, history=history, estimate=_estimate(says, vague))


def _history(question: Question) -> tuple[Point, ...]:
    """Every voice's own figures with the days on which it first and last gave them; those of no known day last."""
    gone = _superseded(question)
    grouped: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for index, answer in enumerate(question.answers):
        if isinstance(answer.value, Amount):
            grouped[answer.origin, str(answer.value)].append(index)
    points = [_point(question, indices, gone) for indices in grouped.values()]
    latest: dict[str | None, str] = {}
    for point in points:
        latest[point.origin] = max(latest.get(point.origin, ""), _opening(point.again or point.said))
    points = [replace(p, current=p.current and not _closing(p.again or p.said) < latest[p.origin]) for p in points]
    return tuple(sorted(points, key=_in_time))


def _point(question: Question, indices: list[int], gone: set[int]) -> Point:
    """What one voice says in some answers; moved if the last of them is."""
    said = {i: question.answers[i].said for i in indices}
    first = min(said.values(), key=lambda day: (_opening(day) or _LAST, _closing(day)))
    last = max(said.values(), key=lambda day: (_opening(day), _closing(day) if day else ""))
    moved = any(i in gone for i in indices if said[i] == last)
    value = question.answers[indices[0]].value
    assert isinstance(value, Amount)
    again = None if last == first else last
    return Point(value, first, again, question.answers[indices[0]].origin, tuple(indices), not moved)


def _superseded(question: Question) -> set[int]:
    """The answers that another report moved."""
    found = set()
    for pair in question.pairs:
        if pair.verdict is Relation.UPDATED:
            a, b = question.answers[pair.a], question.answers[pair.b]
            if pair.why.startswith(f"{b.value} →") != pair.why.startswith(f"{a.value} →"):
                found.add(pair.a if pair.why.startswith(f"{a.value} →") else pair.b)
            elif a.said and b.said and a.said != b.said:
                found.add(pair.a if (a.said.end or _LAST) <= (b.said.end or _LAST) else pair.b)
    return found


def _opening(said: Period | None) -> str:
    return (said.start if said else None) or ""


def _closing(said: Period | None) -> str:
    return (said.end if said else None) or _LAST


def _in_time(point: Point) -> tuple[str, str, float, float, str]:
    low = point.value.low if point.value.low is not None else float("-inf")
    high = point.value.high if point.value.high is not None else float("inf")
    return (_opening(point.said) or _LAST, _closing(point.said), low, high, point.origin or "")


# --- best, low, high ---


@dataclass(frozen=True, slots=True)
class _Says:
    """A point as the estimate takes it: its range, the one number that it is told as, and the most that it allows."""

    point: Point
    value: Amount
    number: float
    most: float | None
    exact: bool
    hedged: bool

    def allows(self, number: float) -> bool:
        """Whether a number is in the range."""
        return _within(Amount(self.value.low, self.most), number)


def _within(value: Amount, number: float) -> bool:
    return (value.low is None or value.low <= number) and (value.high is None or number <= value.high)


def _said(question: Question, point: Point, readings: Sequence[Reading], vague: str) -> _Says:
    answers = [question.answers[i] for i in point.answers]
    figure = figure_of(readings[answers[0].reading], answers[0])
    how = figure.how if figure else "exact" if point.value.exact else "range"
    value, most = point.value, point.value.high
    if how == "vague" and value.low is not None:
        if vague == ACLED:  # 'dozens' were read as two dozen or more
            value = Amount(value.low / 2, value.low / 2, value.unit)
        most = value.low * _VAGUE if value.high is None and value.low is not None else value.high
    number = _number(value, how)
    if figure and figure.number is not None and figure.given == value.unit and _within(value, figure.number):
        number = figure.number
    return _Says(point, value, number, most, value.exact, all(a.hedged for a in answers))


def figure_of(reading: Reading, answer: Answer) -> Figure | None:
    """The figure that an answer rests on, None where it rests on none."""
    span = reading.claims[answer.claim].span
    at = bisect_left(reading.figures, span.start, key=lambda f: f.span.start)
    return next((f for f in reading.figures[at : at + 3] if f.span == span), None)


def _number(value: Amount, how: str) -> float:
    """The number that a range is told as: 40 of 'about', 'nearly' or 'at least 40', 10 of '10 to 12'."""
    if value.low is None or value.high is None:
        return value.low if value.low is not None else value.high or 0.0
    if how == "nearly":
        return value.high
    return (value.low + value.high) / 2 if how == "about" else value.low


def _estimate(says: Sequence[_Says], vague: str) -> Estimate | None:
    current = [s for s in says if s.point.current] or list(says)
    if not current:
        return None
    voices = len({s.point.origin for s in current})
    best, rule, behind = _best(current, voices)
    bounds = [b for s in current for b in (s.value.low, s.value.high) if b is not None]
    low, high = min([best, *bounds]), max([best, *bounds])
    return Estimate(
        best,
        low,
        high,
        rule,
        voices,
        behind,
        len(says) - len(current),
        any(s.value.low is None for s in current),
        any(s.value.high is None for s in current),
        current[0].value.unit,
        vague,
    )


def _best(current: Sequence[_Says], voices: int) -> tuple[float, str, int]:
    """The best number, the rule that told it from the next one, and how many voices stand behind it."""

    def behind(number: float, which: Callable[[_Says], bool]) -> int:
        return len({s.point.origin for s in current if s.allows(number) and which(s)})

    ranked = []
    for number in {s.number for s in current}:
        tellers = [s for s in current if s.number == number]
        signs = (
            behind(number, lambda s: True),
            any(not s.hedged for s in tellers),
            max(_opening(s.point.again or s.point.said) for s in tellers),
            behind(number, lambda s: s.exact),
            -number,
        )
        ranked.append((signs, number))
    ranked.sort(reverse=True)
    signs, number = ranked[0]
    if len(ranked) == 1 or signs[0] == voices > max(other[0][0] for other in ranked[1:]):
        return number, "all" if signs[0] == voices else "most", signs[0]
    rules = ("most", "vouched", "latest", "exact", "lowest")
    rule = next(r for r, mine, other in zip(rules, signs, ranked[1][0]) if mine != other)
    return number, rule, signs[0]

"""Course: how a figure went, by time and by source, and its best, lowest and highest value, ready to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from recoupe.records.dossier import DossierEstimate, DossierPoint, DossierQuestion
from recoupe.writing.wording import Wording

_ROOM = 0.12
"""The part of the width that stays free where somebody leaves an end open."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one voice: when, how much, who, in which reports; `low` and `high` are None where open.

    `again` says when it was said last, `current` whether it still counts.
    """

    day: str
    again: str | None
    value: str
    low: float | None
    high: float | None
    current: bool
    who: str
    articles: list[str]


@dataclass(frozen=True, slots=True)
class Course:
    """The figures of a question in the order of time, on one scale from `low` to `high`.

    `first` and `last` are the lowest and highest number named, `best` the best of them, None where there is none.
    """

    rows: list[Row]
    low: float
    high: float
    first: str
    last: str
    best: float | None

    def place(self, number: float) -> float:
        """Where a number stands on the scale, from 0 to 1."""
        return min(1.0, max(0.0, (number - self.low) / (self.high - self.low)))


def course_of(
    question: DossierQuestion, ui: Wording, who: Callable[[DossierPoint], str], place: Mapping[str, int]
) -> Course | None:
    """The course of a figure; None where there is nothing to tell, for all say the same.

    `who` names the voice of a point, `place` is the order of the reports.
    """
    if len({_key(point.value) for point in question.history}) < 2:
        return None
    numbers = [n for point in question.history for n in (point.value.get("low"), point.value.get("high"))]
    known = sorted(float(n) for n in numbers if n is not None)
    if not known:
        return None
    width = (known[-1] - known[0]) or 1.0
    open_low = any(point.value.get("low") is None for point in question.history)
    open_high = any(point.value.get("high") is None for point in question.history)
    unit = question.history[0].value.get("unit")
    return Course(
        [_row(question, point, ui, who(point), place) for point in question.history],
        known[0] - width * _ROOM * open_low,
        known[-1] + width * _ROOM * (open_high or known[0] == known[-1]),
        ui.value({"low": known[0], "high": known[0], "unit": unit}),
        ui.value({"low": known[-1], "high": known[-1], "unit": unit}),
        question.estimate.best if question.estimate else None,
    )


def _row(question: DossierQuestion, point: DossierPoint, ui: Wording, who: str, place: Mapping[str, int]) -> Row:
    articles = sorted({question.answers[i].article for i in point.answers}, key=lambda article: place[article])
    low, high = point.value.get("low"), point.value.get("high")
    return Row(
        day(point.said, ui) or ui.word("undated"),
        day(point.again, ui),
        ui.value(point.value),
        None if low is None else float(low),
        None if high is None else float(high),
        point.current,
        who,
        articles,
    )


def day(said: dict[str, Any] | None, ui: Wording) -> str | None:
    """Some days in words."""
    return None if said is None else ui.period(said.get("start"), said.get("end"))


def estimate_in_words(estimate: DossierEstimate, ui: Wording) -> str:
    """'best 9, low 7, high 9 or more'; one figure alone where all three are the same."""

    best, low, high = (
        ui.value({"low": number, "high": number, "unit": estimate.unit})
        for number in (estimate.best, estimate.low, estimate.high)
    )
    if estimate.low == estimate.high and not (estimate.open_low or estimate.open_high):
        return ui.word("best_only", best=best)
    low = ui.word("or_less", n=low) if estimate.open_low else low
    high = ui.word("or_more", n=high) if estimate.open_high else high
    return ui.word("estimate", best=best, low=low, high=high)


def _key(value: dict[str, Any]) -> tuple[Any, Any]:
    return value.get("low"), value.get("high")

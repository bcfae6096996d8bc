"""Figures: what became contested or settled, and what moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from recoupe.records.dossier import DossierAnswer, DossierQuestion
from recoupe.records.values import Amount
from recoupe.watching.fitting import question_fits, story_fits
from recoupe.watching.rules import Rule
from recoupe.watching.steps import Happening, Step, clipped, new_answers, values_of, varied
from recoupe.watching.views import View, tidy

_FIGURES = ("count", "quantity")
_SHOWN = 6  # answers quoted on each side
_TINY = 1e-9


def contested(rule: Rule, step: Step) -> Iterator[Happening]:
    """Questions that reports answer so that nothing satisfies all of them, and that were not so before."""
    if not story_fits(rule, step.after):
        return
    held = {id(view) for view in step.befores if story_fits(rule, view)}
    for question in step.after.questions():
        if not _is_contested(rule, question):
            continue
        before = step.same.get(question.id)
        if before and id(before[0]) in held and _is_contested(rule, before[1]):
            continue
        told = _against(question)
        values = sorted({step.after.told(a.value) for a in told})
        yield Happening(
            "contested", clipped(question.label), (question.kind, question.label, values),
            values_of(*_answers(before)) if before else "", values_of(step.after, told, " ≠ "),
            varied(step.after, told, _SHOWN), question.id,
        )  # fmt: skip


def settled(rule: Rule, step: Step) -> Iterator[Happening]:
    """Questions that were contested and are not any more."""
    if not story_fits(rule, step.after):
        return
    for question in step.after.questions():
        before = step.same.get(question.id)
        if question.verdict == "contested" or not before or not _is_contested(rule, before[1]):
            continue
        told = new_answers(step, question)
        now = f"{question.verdict}: {_figure_or_values(step, question)}"
        yield Happening(
            "settled", clipped(question.label), (question.kind, question.label, step.after.number),
            values_of(before[0], _against(before[1]), " ≠ "), now,
            (*varied(before[0], _against(before[1]), _SHOWN // 2, "before"), *varied(step.after, told, _SHOWN // 2)),
            question.id,
        )  # fmt: skip


def moved(rule: Rule, step: Step) -> Iterator[Happening]:
    """Figures whose best, lowest or highest is another than before; of other kinds, new values.

    Figures alone unless the rule names other kinds.
    """
    if not story_fits(rule, step.after):
        return
    for question in step.after.questions():
        before = step.same.get(question.id)
        if before is None or not question_fits(rule, question, _FIGURES):
            continue
        old, new = _range(before[1]), _range(question)
        if question.kind in _FIGURES:
            if old is None or new is None or not _far(rule, old, new):
                continue
            was, now = str(old), str(new)
        else:
            fresh = _new_values(before[0], before[1], step.after, question)
            if not fresh or rule.least_change or rule.least_share:
                continue
            was, now = values_of(*_answers(before)), values_of(step.after, fresh)
        yield Happening(
            "moved", clipped(question.label), (question.kind, question.label, was, now, step.after.number),
            was, now, _moved_by(step, before[0], before[1], question), question.id,
        )  # fmt: skip


def _is_contested(rule: Rule, question: DossierQuestion) -> bool:
    return question.verdict == "contested" and question_fits(rule, question)


def _against(question: DossierQuestion) -> list[DossierAnswer]:
    """The answers that contradict each other, in their order; all where no pair says so."""
    places = {i for pair in question.pairs if pair.verdict == "conflict" for i in (pair.a, pair.b)}
    return [question.answers[i] for i in sorted(places)] or list(question.answers)


def _answers(found: tuple[View, DossierQuestion]) -> tuple[View, list[DossierAnswer]]:
    return found[0], list(found[1].answers)


@dataclass(frozen=True, slots=True)
class _Range:
    """The best, lowest and highest figure of a question."""

    best: float
    low: float
    high: float
    unit: str | None
    open_high: bool = False

    def __str__(self) -> str:
        best = str(Amount(tidy(self.best), tidy(self.best), self.unit))
        if self.low == self.high and not self.open_high:
            return best
        return f"{best} ({Amount(tidy(self.low), None if self.open_high else tidy(self.high))})"


def _range(question: DossierQuestion) -> _Range | None:
    found = question.estimate
    if found is not None:
        return _Range(found.best, found.low, found.high, found.unit, found.open_high)
    lows = [v for a in question.answers if (v := _bound(a.value, "low", "high")) is not None]
    highs = [v for a in question.answers if (v := _bound(a.value, "high", "low")) is not None]
    units = {a.value.get("unit") for a in question.answers}
    if not lows or not highs or len(units) != 1 or question.kind not in _FIGURES:
        return None
    return _Range(lows[-1], min(lows), max(highs), units.pop())


def _bound(value: Mapping[str, float | None], first: str, second: str) -> float | None:
    found = value.get(first)
    return found if found is not None else value.get(second)


def _far(rule: Rule, old: _Range, new: _Range) -> bool:
    """Whether a figure moved, as far as a rule asks."""
    if old.unit != new.unit:
        return True
    change = max(abs(new.best - old.best), abs(new.low - old.low), abs(new.high - old.high))
    base = max(abs(old.best), _TINY)
    return change > _TINY * base and change >= rule.least_change and change / base >= rule.least_share


def _new_values(view: View, before: DossierQuestion, after: View, question: DossierQuestion) -> list[DossierAnswer]:
    old = {view.told(answer.value) for answer in before.answers}
    return [answer for answer in question.answers if after.told(answer.value) not in old]


def _moved_by(step: Step, view: View, before: DossierQuestion, question: DossierQuestion):  # type: ignore[no-untyped-def]
    """The words that gave the figure before, and those that moved it."""
    fresh = new_answers(step, question)
    new = _new_values(view, before, step.after, question)
    told = [answer for answer in new if answer in fresh] or new or fresh
    best = before.estimate.best if before.estimate else None
    was = [a for a in before.answers if best is None or _gives(a.value, best)] or list(before.answers)
    return (*varied(view, was, _SHOWN // 2, "before"), *varied(step.after, told, _SHOWN // 2))


def _gives(value: Mapping[str, float | None], figure: float) -> bool:
    low, high = value.get("low"), value.get("high")
    return (low is None or low <= figure) and (high is None or figure <= high)


def _figure_or_values(step: Step, question: DossierQuestion) -> str:
    found = _range(question) if question.kind in _FIGURES else None
    return str(found) if found else values_of(step.after, question.answers)

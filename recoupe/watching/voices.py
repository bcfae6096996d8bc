"""Voices: what is denied, and who is heard, for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from recoupe.records.alert import Evidence
from recoupe.records.dossier import DossierAnswer, DossierQuestion, DossierStatement
from recoupe.text.folding import folded
from recoupe.watching.fitting import question_fits, report_fits, story_fits
from recoupe.watching.rules import Rule
from recoupe.watching.steps import (
    Happening,
    Step,
    by_report,
    clipped,
    content,
    denied_as,
    is_denial,
    overlaps,
    own_voice,
    values_of,
)
from recoupe.watching.views import View, place

_LONG = 600  # code points of a quotation that are shown whole
_SHOWN = 4


def denial(rule: Rule, step: Step) -> Iterator[Happening]:
    """Statements that deny something, and denials in questions that are contested; each once, whoever repeats it.

    `people` of the rule are those who deny, its outlets and languages those of the report.
    """
    if not story_fits(replace(rule, people=()), step.after):
        return
    covered: list[tuple[str, tuple[int, int]]] = []
    told: set[tuple[str, str]] = set()
    for group in _groups(step.after):
        covered += [(s.article, _hull(step.after, s)) for s in group]
        keys = {key for s in group for key in denied_as(step.after, s)}
        if not keys.isdisjoint(step.denials_before | told):
            continue
        told |= keys
        mine = [s for s in group if s.article in step.fresh and _asked(rule, step.after, s)]
        if mine:
            yield _denied(step.after, mine)
    yield from _denied_answers(rule, step, covered)


def origin(rule: Rule, step: Step) -> Iterator[Happening]:
    """Sources that stand behind an answer and were not heard before; `people` of the rule are those sources."""
    if not story_fits(replace(rule, people=()), step.after):
        return
    labels, places = step.voices_before
    found: dict[str, list[tuple[DossierQuestion, DossierAnswer]]] = {}
    for question in step.after.questions():
        for answer in question.answers:
            if not own_voice(answer.origin):
                found.setdefault(str(answer.origin), []).append((question, answer))
    for label, heard in found.items():
        known = folded(label) in labels or any(place(answer) in places for _, answer in heard)
        if known or not _one_of(rule.people, label):
            continue  # the same voice under another name: an answer of it was there
        mine = [(q, a) for q, a in heard if question_fits(rule, q) and _reported(rule, step, a.article)]
        if mine:
            answers = list(by_report([a for _, a in mine], list(step.after.articles)))
            evidence = tuple(step.after.of_answer(answer) for answer in answers[:_SHOWN])
            yield Happening(
                "origin", clipped(label), (folded(label),), "", values_of(step.after, answers), evidence, mine[0][0].id
            )


def _groups(view: View) -> Iterator[list[DossierStatement]]:
    """Denials, those that say the same together, in the order of the first of each."""
    found: dict[str, list[DossierStatement]] = {}
    for statement in view.dossier.statements:
        if is_denial(statement):
            found.setdefault(statement.group or f"alone {statement.id}", []).append(statement)
    return iter(found.values())


def _asked(rule: Rule, view: View, statement: DossierStatement) -> bool:
    """Whether a rule asks for a denial: by its speaker, its report, and the questions that it is about."""
    if not report_fits(rule, view.articles[statement.article]) or not _one_of(rule.people, view.speaker(statement)):
        return False
    if not (rule.kinds or rule.concepts or rule.question or rule.least_origins):
        return True
    span = _hull(view, statement)
    return any(question_fits(rule, q) and overlaps(q, statement.article, span) for q in view.questions())


def _denied(view: View, group: list[DossierStatement]) -> Happening:
    first = group[0]
    speaker = view.speaker(first)
    outlet = view.articles[first.article].outlet
    evidence = tuple(_quoted(view, statement) for statement in group[:_SHOWN])
    key = (folded(speaker), folded(content(view, first)))
    return Happening("denial", clipped(speaker or outlet or ""), key, "", clipped(content(view, first)), evidence)


def _quoted(view: View, statement: DossierStatement) -> Evidence:
    span = _hull(view, statement)
    who = view.articles[statement.article].text[slice(*statement.source)] if statement.source else None
    return view.evidence(statement.article, span, span, "denied", who, "after")


def _hull(view: View, statement: DossierStatement) -> tuple[int, int]:
    """Source, cue and content where they stand together, else the content alone."""
    parts = [p for p in (statement.source, statement.cue, *statement.content) if p is not None]
    hull = min(start for start, _ in parts), max(end for _, end in parts)
    return hull if hull[1] - hull[0] <= _LONG or not statement.content else statement.content[0]


def _denied_answers(rule: Rule, step: Step, covered: list[tuple[str, tuple[int, int]]]) -> Iterator[Happening]:
    """Answers that deny what others assert, where no statement of a denial stands in their place."""
    for question in step.after.questions():
        if question.verdict != "contested" or not question_fits(rule, question):
            continue
        told = [
            answer
            for answer in question.answers
            if answer.value.get("stance") == "denied"
            and answer.article in step.fresh
            and place(answer) not in step.denials_before
            and not any(a == answer.article and s < answer.end and answer.start < e for a, (s, e) in covered)
            and _reported(rule, step, answer.article)
            and _one_of(rule.people, answer.attributed_to or "")
        ]
        if told:
            subject = clipped(told[0].attributed_to or step.after.articles[told[0].article].outlet or question.label)
            evidence = tuple(step.after.of_answer(answer) for answer in told[:_SHOWN])
            key = (folded(subject), question.kind, question.label)
            yield Happening("denial", subject, key, "", clipped(question.label), evidence, question.id)


def _reported(rule: Rule, step: Step, article: str) -> bool:
    return report_fits(rule, step.after.articles[article])


def _one_of(people: tuple[str, ...], name: str) -> bool:
    """Whether a name holds one of those asked for as whole words; any will do where none is asked for."""
    words = f" {folded(name)} "
    return not people or any(f" {part} " in words for one in people if (part := folded(one)))

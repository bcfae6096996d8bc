"""Alerting: which alerts the rules make of what happened. Pure: the same input gives the same alerts and ids."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator

from recoupe.records.alert import Alert
from recoupe.watching import figures, reports, voices
from recoupe.watching.rules import Rule, Rules
from recoupe.watching.steps import Happening, Step
from recoupe.watching.views import Changed

_LETTERS = 16
_MANY = 50  # alerts of one sort that one rule makes of one step; a story does not need more to be looked at

Found = tuple[Alert, tuple[str, ...]]
"""An alert with the names of the channels that are to tell it."""

STEPS: dict[str, Callable[[Rule, Step], Iterator[Happening]]] = {
    "story": reports.story,
    "contested": figures.contested,
    "settled": figures.settled,
    "moved": figures.moved,
    "denial": voices.denial,
    "origin": voices.origin,
    "report": reports.report,
}
"""What can happen from one dossier of a story to the next."""


def alerts_of(rules: Rules, step: Step) -> list[Found]:
    """The alerts that a step of a story makes; none where only the program reads the same reports otherwise."""
    if step.nothing_new:
        return []
    found = []
    for rule in rules.rules:
        for what in rule.when:
            if what in STEPS:
                happened = STEPS[what](rule, step)
                for happening, _ in zip(happened, range(_MANY)):
                    found.append((_of_step(rule, step, happening), rule.to))
    return found


def alerts_of_version(rules: Rules, changed: Changed) -> list[Found]:
    """The alerts that a new version of an article makes."""
    found = []
    for rule in rules.rules:
        if "silent" in rule.when:
            for happening in reports.silent(rule, changed):
                found.append((_of_version(rule, changed, happening), rule.to))
    return found


def _of_step(rule: Rule, step: Step, happening: Happening) -> Alert:
    view = step.after
    return Alert(
        name_of(rule.name, view.story, happening), rule.name, happening.what, view.story, view.dossier.about,
        happening.subject, happening.before, happening.after, happening.evidence, view.number, happening.question,
        happening.article,
    )  # fmt: skip


def _of_version(rule: Rule, changed: Changed, happening: Happening) -> Alert:
    after = changed.after
    return Alert(
        name_of(rule.name, after.id, happening), rule.name, happening.what, after.story, after.article.title,
        happening.subject, happening.before, happening.after, happening.evidence, None, None, after.id,
    )  # fmt: skip


def name_of(rule: str, where: str, happening: Happening) -> str:
    """The id of an alert: the same for the same rule, story and thing."""
    told = repr((rule, where, happening.what, happening.key))
    raw = hashlib.sha256(told.encode("utf-8", "backslashreplace")).digest()
    return "w" + base64.b32encode(raw).decode().lower()[:_LETTERS]

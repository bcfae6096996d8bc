"""Summary: what a list shows of a dossier, and by what it is found, taken from it when it is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recoupe.records.browsed import Lead, LeadSide
from recoupe.records.dossier import Dossier, DossierName, DossierQuestion

_LEADS, _SIDES = 3, 4
_PEOPLE, _PLACES, _SPELLINGS = 10, 8, 6
_VERDICTS = ("contested", "updated", "corroborated", "compatible")
_DIFFER = _VERDICTS[:2]
_WORD = 120
"""Code points of a name, or of an outlet, that are kept at most."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of a dossier, and by what it is found: names are told with their spellings, each with 1 where
    the name is called by it and 0 where not."""

    contested: int
    updated: int
    origins: int
    leads: tuple[Lead, ...]
    people: tuple[tuple[tuple[str, int], ...], ...]
    places: tuple[tuple[tuple[str, int], ...], ...]


def summary(dossier: Dossier) -> Summary:
    """What a list shows of a dossier."""
    verdicts = Counter(question.verdict for question in dossier.questions)
    people, places = (
        tuple(tuple(_spellings(name)) for name in _names(dossier, sort, most))
        for sort, most in (("PERSON", _PEOPLE), ("PLACE", _PLACES))
    )
    origins = max((question.independent_origins for question in dossier.questions), default=0)
    return Summary(verdicts["contested"], verdicts["updated"], origins, tuple(_leads(dossier)), people, places)


def _names(dossier: Dossier, sort: str, most: int) -> list[DossierName]:
    """The names of one sort that most articles share."""
    found = [(len({m.article for m in n.mentions}), len(n.mentions), n) for n in dossier.names if n.type == sort]
    return [name for _, _, name in sorted(found, key=lambda row: (-row[0], -row[1], row[2].id))[:most]]


def _spellings(name: DossierName) -> Iterator[tuple[str, int]]:
    """The spellings of a name, the one that it is called by (1) before the others (0)."""
    yield short(name.name), 1
    often = Counter(short(" ".join(m.text.split())) for m in name.mentions)
    for spelling, _ in often.most_common(_SPELLINGS):
        yield spelling, 0


def _leads(dossier: Dossier) -> Iterator[Lead]:
    """The questions that tell most of a story: contested figures before all, then what else is, then newer figures."""
    names = {name.id: name.name for name in dossier.names}
    ranked = sorted((q for q in dossier.questions if q.verdict in _VERDICTS), key=_rank)
    if ranked and ranked[0].verdict in _DIFFER:
        ranked = [q for q in ranked if q.verdict in _DIFFER]
    for question in ranked[:_LEADS]:
        sides = _sides(question, names)
        yield Lead(question.id, question.kind, question.label[:200], question.verdict, question.independent_origins,
                   tuple(sides[:_SIDES]), max(0, len(sides) - _SIDES))  # fmt: skip


def _rank(question: DossierQuestion) -> tuple[int, bool, bool]:
    """The verdict; then figures before dates and names; then what voices that are independent say."""
    figure = question.kind in ("count", "quantity")
    return _VERDICTS.index(question.verdict), not figure, question.independent_origins < 2


def _sides(question: DossierQuestion, names: dict[str, str]) -> list[LeadSide]:
    """The values of a question with who stands behind each; those with most voices if there are many, by size."""
    values: dict[str, dict[str, Any]] = {}
    voices: dict[str, set[str]] = {}
    reports: dict[str, set[str]] = {}
    for answer in question.answers:
        key = json.dumps(answer.value, sort_keys=True)
        values.setdefault(key, answer.value)
        voices.setdefault(key, set()).add(answer.origin or f"article:{answer.article}")
        reports.setdefault(key, set()).add(answer.article)
    ranked = sorted(values, key=lambda key: -len(voices[key]))
    shown = sorted(ranked[:_SIDES], key=lambda key: _size(values[key])) + ranked[_SIDES:]
    return [LeadSide(_named(values[key], names), len(voices[key]), len(reports[key])) for key in shown]


def _named(value: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    entity = value.get("entity")
    return {**value, "entity": short(names.get(entity, entity))} if entity is not None else value


def _size(value: dict[str, Any]) -> tuple[float, str]:
    for key in ("low", "high"):
        if isinstance(value.get(key), int | float):
            return float(value[key]), ""
    return 0.0, str(value.get("start") or value.get("end") or value.get("stance") or "")


def short(text: str) -> str:
    """A name, or an outlet, as it is kept."""
    return text[:_WORD]

"""Order: what matters to a reader first. Lives before other counts, then who, when and whether, then amounts."""

from __future__ import annotations

from recoupe.errors import PackError
from recoupe.languages import shared
from recoupe.records import Kind, Question

_LIVES = ("killed", "missing", "injured")
"""The counts that open a report of news, and with them all that they count too."""
_PLACES = {Kind.COUNT: 1, Kind.ENTITY: 2, Kind.TIME: 2, Kind.STANCE: 3, Kind.QUANTITY: 4}


def by_importance(questions: tuple[Question, ...]) -> list[Question]:
    """The questions as a reader wants them; equal ones by how many voices and reports answer, then as told."""
    return sorted(questions, key=_rank)


def _rank(question: Question) -> tuple[int, int, bool, int, int]:
    group, place = _PLACES[question.kind], 0
    if question.kind is Kind.COUNT:
        sort, place = _lives(question)
        group = 0 if sort == "casualty" else group
    reports = len({answer.reading for answer in question.answers})
    return group, place, "part" in question.asks, -question.independent_origins, -reports


def _lives(question: Question) -> tuple[str, int]:
    """The sort of the concept that is counted, and its place among those of lives."""
    try:
        concepts = shared("concepts")
    except PackError:  # without the list all counts are alike
        return "", 0
    concept = next((key.removeprefix("c:") for key in question.asks if key.removeprefix("c:") in concepts), "")
    sort = str(concepts.get(concept, {}).get("sort", ""))
    seen: set[str] = set()
    while concept and concept not in _LIVES and concept not in seen:
        seen.add(concept)
        concept = str(concepts.get(concept, {}).get("parent", ""))
    return sort, _LIVES.index(concept) if concept in _LIVES else len(_LIVES)

"""The history of a story: what happened to it, and how its questions moved from dossier to dossier."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from recoupe.records import Dossier
from recoupe.records.dossier import DossierArticle, DossierQuestion
from recoupe.web.faces import Asked, Leave, Page, page
from recoupe.web.pages.story import alone
from recoupe.web.showing import kept_story, shown_story, story_state
from recoupe.writing.course import estimate_in_words
from recoupe.writing.of_kept import same_question
from recoupe.writing.wording import Wording

_DOSSIERS, _EVENTS = 10, 300


@dataclass(frozen=True, slots=True)
class Moved:
    """A question that stands otherwise in a dossier than in the one before; `before` is None where it is new."""

    question: str
    label: str
    verdict: str
    before_verdict: str | None
    before: str | None
    after: str


def moved(before: Dossier, after: Dossier, ui: Wording) -> list[Moved]:
    """The questions whose verdict or figures moved, and the contested and updated ones that are new."""
    found = []
    for question in after.questions:
        earlier = same_question(before, question)
        told = question_in_words(after, question, ui)
        was = question_in_words(before, earlier, ui) if earlier is not None else None
        if earlier is None:
            if question.verdict in ("contested", "updated"):
                found.append(Moved(question.id, question.label, question.verdict, None, None, told))
        elif (earlier.verdict, was) != (question.verdict, told) and _matters(earlier, question):
            found.append(Moved(question.id, question.label, question.verdict, earlier.verdict, was, told))
    return found


def question_in_words(dossier: Dossier, question: DossierQuestion, ui: Wording) -> str:
    """What the answers of a question come to, in the language of the interface."""
    if question.estimate is not None:
        return f"{estimate_in_words(question.estimate, ui)} · {ui.counted('voices', question.estimate.voices)}"
    names = {name.id: name.name for name in dossier.names}
    return " / ".join(list(dict.fromkeys(ui.value(answer.value, names) for answer in question.answers))[:6])


def _matters(one: DossierQuestion, other: DossierQuestion) -> bool:
    return "single" not in (one.verdict, other.verdict) or one.verdict != other.verdict


@page("/stories/{story}/history", "history.html", story_state, since=True)
def history(asked: Asked) -> Page | Leave:
    """What happened to a story, the last first."""
    kept = kept_story(asked)
    if isinstance(kept, Leave):
        return kept
    shown = shown_story(asked, kept)
    if shown is None:
        return alone(asked, kept.articles[0] if kept.articles else None)
    store = asked.desk.store
    events = store.history(kept.id)
    numbers = range(max(1, kept.dossiers - _DOSSIERS + 1), kept.dossiers + 1)
    made = [(one, store.dossier(kept.id, one)) for one in numbers]
    steps: list[dict[str, Any]] = [
        {"number": number, "at": dossier.at, "questions": moved(before.dossier, dossier.dossier, asked.ui)}
        for (_, before), (number, dossier) in pairwise(made)
    ]
    known: dict[str, DossierArticle] = {a.id: a for _, dossier in made for a in dossier.dossier.articles}
    record = {"story": kept, "events": events, "dossiers": steps}
    told = {
        "part": "history",
        "events": events[-_EVENTS:][::-1],
        "steps": {step["number"]: step["questions"] for step in steps},
        "known": known,
        "since": asked.visitor.since,
    }
    title = shown.headline.title or shown.view.dossier.about
    return Page(record, title, {**shown.context(), **told})

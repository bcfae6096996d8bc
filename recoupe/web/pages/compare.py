"""Two reports of a story side by side, joined where both answer a question or report the same statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from recoupe.records.dossier import DossierPair, DossierQuestion
from recoupe.web.faces import Asked, Leave, Missing, Page, page
from recoupe.web.pages.article import text_of
from recoupe.web.pages.story import of_story
from recoupe.web.showing import Places, ShownStory, story_state
from recoupe.writing.to_html import marks_of
from recoupe.writing.view import Excerpt, Shown, View

_RANK = ("conflict", "updated", "compatible", "agree")
VERDICTS = {"conflict": "contested", "updated": "updated", "compatible": "compatible", "agree": "corroborated"}
"""The verdict of a question by which a pair is coloured and signed."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A question that both answer: what each says in it, and what the two are to each other."""

    question: DossierQuestion
    left: Shown
    right: Shown
    verdict: str
    why: str


class Beside(Places):
    """Where things stand when two reports are side by side: both texts are on the page, and what joins them above."""

    def __init__(self, shown: ShownStory, sides: tuple[str, str]) -> None:
        super().__init__(shown)
        self._sides = sides

    def to_answer(self, question: str, index: int) -> str:
        """The way to an answer: on this page where its report is."""
        here = self._answered[question, index] in self._sides
        return f"#{self.answer(question, index)}" if here else super().to_answer(question, index)

    def to_said(self, statement: str) -> str:
        """The way to a statement: on this page where its report is."""
        here = self._said[statement] in self._sides
        return f"#{self.said(statement)}" if here else super().to_said(statement)


def joined(view: View, left: str, right: str) -> list[Joined]:
    """The questions that two reports answer both, those in which they differ first."""
    found = []
    for question in view.dossier.questions:
        pairs = [p for p in question.pairs if _sides(question, p) == {left, right}]
        if not pairs:
            continue
        pair = min(pairs, key=lambda p: _RANK.index(p.verdict) if p.verdict in _RANK else len(_RANK))
        turned = question.answers[pair.a].article != left
        one, other = (pair.b, pair.a) if turned else (pair.a, pair.b)
        found.append(
            Joined(question, _shown(view, question, one), _shown(view, question, other), pair.verdict, pair.why)
        )
    return sorted(found, key=lambda j: _RANK.index(j.verdict) if j.verdict in _RANK else len(_RANK))


def _sides(question: DossierQuestion, pair: DossierPair) -> set[str]:
    return {question.answers[pair.a].article, question.answers[pair.b].article}


def _shown(view: View, question: DossierQuestion, index: int) -> Shown:
    answer = question.answers[index]
    return Shown(index, answer, view.articles[answer.article], view.quote(answer))


def said_by_both(view: View, left: str, right: str) -> Iterator[tuple[Excerpt, Excerpt]]:
    """Statements that two reports have in words of their own."""
    groups: dict[str, dict[str, Excerpt]] = {}
    for statement in view.dossier.statements:
        if statement.group and statement.article in (left, right):
            groups.setdefault(statement.group, {}).setdefault(statement.article, view.excerpt(statement))
    for sides in groups.values():
        if left in sides and right in sides:
            yield sides[left], sides[right]


@page("/stories/{story}/compare", "compare.html", story_state)
def compare(asked: Asked) -> Page | Leave:
    """Two reports side by side with what they answer alike or otherwise."""

    def told(shown: ShownStory) -> tuple[Any, Mapping[str, Any]]:
        known = list(shown.letters)
        left, right = (_chosen(asked.text(name), known, i) for i, name in enumerate(("a", "b")))
        sides = shown.letters[left], shown.letters[right]
        view, places = shown.view, Beside(shown, sides)
        rows = joined(view, *sides)
        both = list(said_by_both(view, *sides))
        record = {
            "story": shown.story.id, "dossier": shown.kept.number, "a": left, "b": right,
            "questions": [
                {"question": j.question.id, "label": j.question.label, "verdict": j.verdict, "why": j.why,
                 "a": j.left.answer.value, "b": j.right.answer.value, "answers": [j.left.index, j.right.index]}
                for j in rows
            ],
            "statements": [[one.statement.id, other.statement.id] for one, other in both],
        }  # fmt: skip
        texts = [text_of(view.articles[s].text, marks_of(view, view.articles[s], places)) for s in sides]
        return record, {"part": "reports", "places": places, "rows": rows, "both": both, "sides": sides,
                        "texts": texts, "verdicts": VERDICTS}  # fmt: skip

    return of_story(asked, told)


def _chosen(name: str | None, known: list[str], place: int) -> str:
    """The report that is asked for, by default the first and the second. Raises Missing."""
    if name is None and len(known) > place:
        return known[place]
    if name not in known:
        raise Missing("no_article")
    return str(name)

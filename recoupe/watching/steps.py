"""Steps: from one state of a story to the next, with what several rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from recoupe.records.alert import Evidence
from recoupe.records.dossier import DossierAnswer, DossierQuestion, DossierStatement
from recoupe.text.folding import folded
from recoupe.watching.matching import Found, matched
from recoupe.watching.views import Place, View, place

_WORDS = 500  # code points of words that an alert carries


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, as one rule asks for it; `key` is the same for the same thing in a story."""

    what: str
    subject: str
    key: tuple[object, ...]
    before: str = ""
    after: str = ""
    evidence: tuple[Evidence, ...] = ()
    question: str | None = None
    article: str | None = None


@dataclass(eq=False)
class Step:
    """What a story was and what it is. `befores` is empty for a story that nobody knew.

    The first of them is the story's own dossier before; where reports came from other stories, theirs follow.
    `own` tells whether the first is the story's own.
    """

    befores: Sequence[View]
    after: View
    own: bool = True

    @cached_property
    def same(self) -> dict[str, Found]:
        """The earlier question of each question, by its id."""
        return matched(self.befores, self.after)

    @cached_property
    def fresh(self) -> set[str]:
        """The reports that are new or have another version than before."""
        return {name for name, number in self.after.versions.items() if number not in self._numbers(name)}

    @property
    def nothing_new(self) -> bool:
        """Whether the story is told by reports that told it before: only the program reads them otherwise now."""
        if not (self.own and self.befores):
            return False
        return self.after.versions.items() <= self.befores[0].versions.items()

    def _numbers(self, name: str) -> set[int | None]:
        return {view.versions.get(name) for view in self.befores}

    @cached_property
    def reports_before(self) -> set[str]:
        """The ids of all reports that were there before."""
        return {name for view in self.befores for name in view.articles}

    @cached_property
    def voices_before(self) -> tuple[set[str], set[Place]]:
        """The labels of all voices that were there before, folded, and where their answers stand."""
        answers = [answer for view in self.befores for q in view.questions() for answer in q.answers]
        return {folded(a.origin or "") for a in answers}, {place(a) for a in answers}

    @cached_property
    def denials_before(self) -> set[tuple[str, str]]:
        """What was denied before: by report, and by speaker, each with the folded words."""
        found: set[tuple[str, str]] = set()
        for view in self.befores:
            for statement in view.dossier.statements:
                if is_denial(statement):
                    found.update(denied_as(view, statement))
            for question in view.questions():
                found |= {place(a) for a in question.answers if a.value.get("stance") == "denied"}
        return found


def is_denial(statement: DossierStatement) -> bool:
    """Whether a statement denies something."""
    return statement.act == "deny" or statement.stance == "denied"


def denied_as(view: View, statement: DossierStatement) -> tuple[tuple[str, str], tuple[str, str]]:
    """What a denial is known by: its words in its report, and from its speaker."""
    words = folded(content(view, statement))
    return (statement.article, words), (f"by {folded(view.speaker(statement))}", words)


def content(view: View, statement: DossierStatement) -> str:
    """What is said, on one line."""
    text = view.articles[statement.article].text
    return " … ".join(" ".join(text[start:end].split()) for start, end in statement.content)


def clipped(words: str, most: int = _WORDS) -> str:
    """Words on one line, at most so many code points."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1] + "…"


def values_of(view: View, answers: Sequence[DossierAnswer], sign: str = " / ", most: int = 8) -> str:
    """The different values of answers, in words, in their order."""
    told = list(dict.fromkeys(clipped(view.told(a.value) or a.text, 120) for a in answers))
    return sign.join(told[:most]) + (f"{sign}…" if len(told) > most else "")


def varied(view: View, answers: Sequence[DossierAnswer], most: int, side: str = "after") -> tuple[Evidence, ...]:
    """Answers as evidence: of each value the first, then others, each report once as long as there are several."""
    seen_values, seen_reports = set(), set()
    first: list[DossierAnswer] = []
    second: list[DossierAnswer] = []
    for answer in answers:
        value = view.told(answer.value)
        (first if value not in seen_values else second if answer.article not in seen_reports else []).append(answer)
        seen_values.add(value)
        seen_reports.add(answer.article)
    return tuple(view.of_answer(answer, side) for answer in (first + second)[:most])


def new_answers(step: Step, question: DossierQuestion) -> list[DossierAnswer]:
    """The answers of a question that reports give which are new or have changed; all where none is."""
    fresh = [answer for answer in question.answers if answer.article in step.fresh]
    return fresh or list(question.answers)


def own_voice(origin: str | None) -> bool:
    """Whether an answer counts for the report itself, or for somebody who is known in that report alone."""
    return origin is None or origin.startswith("article:") or "(article:" in origin


def overlaps(question: DossierQuestion, article: str, span: tuple[int, int]) -> bool:
    """Whether a question has an answer in a stretch of a report."""
    return any(a.article == article and a.start < span[1] and span[0] < a.end for a in question.answers)


def by_report(answers: Sequence[DossierAnswer], order: Sequence[str]) -> Iterator[DossierAnswer]:
    """Answers in the order of their reports."""
    rank = {name: i for i, name in enumerate(order)}
    return iter(sorted(answers, key=lambda a: (rank.get(a.article, len(rank)), a.start)))

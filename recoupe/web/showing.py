"""Showing: a kept story arranged for the desk, and where each thing in it stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from recoupe.errors import MissingError
from recoupe.records.dossier import DossierArticle, DossierQuestion
from recoupe.records.kept import KeptDossier, KeptStory
from recoupe.web.asking import Asked, Leave, Missing
from recoupe.web.chart import chart
from recoupe.web.lettered import lettered, letters_of
from recoupe.writing.explaining import explained
from recoupe.writing.explanation_forms import link_in_words, pairs_in_words
from recoupe.writing.plot import svg
from recoupe.writing.to_html import Anchors
from recoupe.writing.view import View

_WEIGHT = 40
"""How many bytes a dossier takes, unpacked and arranged, for each character of its articles, or thereabouts."""


class Places(Anchors):
    """Where the things of a story stand on the desk: its own pages, and the page of each article."""

    pages = True

    def __init__(self, shown: ShownStory) -> None:
        super().__init__(shown.view.dossier)
        self._shown = shown
        self._answered = {
            (question.id, index): answer.article
            for question in shown.view.dossier.questions
            for index, answer in enumerate(question.answers)
        }
        self._said = {statement.id: statement.article for statement in shown.view.dossier.statements}

    def to_report(self, article: str) -> str:
        """The way to an article."""
        number = self._shown.number
        return f"/articles/{self._shown.ids[article]}" + (f"?dossier={number}" if number else "")

    def to_answer(self, question: str, index: int) -> str:
        """The way to an answer in its article."""
        return f"{self.to_report(self._answered[question, index])}#{self.answer(question, index)}"

    def to_said(self, statement: str) -> str:
        """The way to a statement in its article."""
        return f"{self.to_report(self._said[statement])}#{self.said(statement)}"

    def to_question(self, question: str) -> str:
        """The way to a question with all that stands behind its verdict."""
        return self._shown.path(f"questions/{quote(question, safe='')}")

    def to_statement(self, statement: str) -> str:
        """The way to a statement with its speaker."""
        return f"{self._shown.path('statements')}#{self.statement(statement)}"

    def to_correct(self, sort: str, what: str) -> str | None:
        """The way to put something right; an earlier dossier shows what was, so nothing in it is."""
        if self._shown.number:
            return None
        return f"/stories/{self._shown.story.id}/correct?{sort}={quote(what, safe='')}"

    def to_correction(self, correction: str) -> str:
        """The way to a correction in the log."""
        return f"/stories/{self._shown.story.id}/corrections#{quote(correction, safe='')}"


@dataclass(frozen=True)
class ShownStory:
    """A story with one of its dossiers, in the language of the interface; `view` calls articles by `letters`.

    `number` is None where the last dossier is shown because it is the last.
    """

    story: KeptStory
    kept: KeptDossier
    view: View
    letters: Mapping[str, str]
    number: int | None = None

    def path(self, rest: str = "", number: int | None = None) -> str:
        """The path of one of the story's pages, which stays with the dossier that is shown."""
        number = number or self.number
        base = f"/stories/{self.story.id}"
        return f"{base}{'/' if rest else ''}{rest}" + (f"?dossier={number}" if number else "")

    @cached_property
    def ids(self) -> dict[str, str]:
        """The article that a letter stands for."""
        return {letter: article for article, letter in self.letters.items()}

    @cached_property
    def places(self) -> Places:
        """Where everything stands."""
        return Places(self)

    def question(self, name: str) -> DossierQuestion:
        """The question with an id. Raises Missing."""
        found = next((q for q in self.view.dossier.questions if q.id == name), None)
        if found is None:
            raise Missing("no_question")
        return found

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """The pages of a story: (the key of its word, its path, how much there is)."""
        dossier = self.view.dossier
        contested = sum(q.verdict == "contested" for q in dossier.questions)
        return [
            ("story", "", contested),
            ("statements", "statements", len(dossier.statements)),
            ("timeline", "timeline", len(dossier.timeline)),
            ("names", "names", len(self.view.spellings)),
            ("origins", "origins", len(self.view.origins)),
            ("reports", "reports", len(dossier.articles)),
            ("history", "history", 0),
        ]

    @property
    def headline(self) -> DossierArticle:
        """The report whose title a story is called by: the first in the language of the interface, else the first."""
        articles = self.view.dossier.articles
        return next((a for a in articles if a.lang == self.view.ui.code and a.title), articles[0])

    def context(self) -> dict[str, Any]:
        """What the templates of a story need."""
        return {
            "shown": self,
            "story": self.story,
            "view": self.view,
            "dossier": self.view.dossier,
            "headline": self.headline,
            "places": self.places,
            "explained": lambda question: explained(self.view, question),
            "link_in_words": link_in_words,
            "pairs_in_words": pairs_in_words,
            "drawn": _drawn,
            "chart": lambda question, course: chart(self.view, question, course),
        }


def _drawn(course: Any, row: Any) -> Any:
    from markupsafe import Markup

    return Markup(svg(course, row))


def kept_story(asked: Asked) -> KeptStory | Leave:
    """The story in the path; an abbreviated id leads to its page. Raises Missing."""
    name = asked.path["story"]
    try:
        story = asked.desk.store.story(name)
    except MissingError:
        raise Missing("no_story") from None
    if story.id != name:
        return Leave(asked.here.replace(f"/stories/{name}", f"/stories/{story.id}", 1))
    return story


def shown_story(asked: Asked, story: KeptStory) -> ShownStory | None:
    """A story with the dossier that is asked for, the last one by default; None where it has none. Raises Missing."""
    number = asked.number("dossier", 0) or None
    if not story.dossiers and number is None:
        return None
    wanted = number or story.dossiers

    def made() -> tuple[KeptDossier, View, dict[str, str]]:
        try:
            kept = asked.desk.store.dossier(story.id, wanted)
        except MissingError:
            raise Missing("no_dossier") from None
        letters = letters_of(kept.dossier)
        return kept, View(lettered(kept.dossier, letters, asked.ui.code)), letters

    key = ("dossier", story.id, wanted, asked.ui.code)
    kept, view, letters = asked.desk.remembered.get(key, made, lambda found: _weight(found[0]))
    return ShownStory(story, kept, view, letters, number)


def story_state(asked: Asked) -> str | None:
    """What the pages of a story hang on."""
    return asked.desk.store.state(story=asked.path["story"])


def article_state(asked: Asked) -> str | None:
    """What the pages of an article hang on: its versions, and its story."""
    return asked.desk.store.state(article=asked.path["article"])


def _weight(kept: KeptDossier) -> int:
    return 20_000 + _WEIGHT * sum(len(article.text) for article in kept.dossier.articles)

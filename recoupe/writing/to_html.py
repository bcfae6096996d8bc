"""The dossier as one page: nothing is fetched, nothing runs, and it works wherever a browser shows a file."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from recoupe.records import Dossier
from recoupe.records.dossier import DossierArticle
from recoupe.writing.explaining import explained
from recoupe.writing.explanation_forms import link_in_words, pairs_in_words
from recoupe.writing.marks import Mark, escape, marked
from recoupe.writing.plot import svg
from recoupe.writing.safe import complaint
from recoupe.writing.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment, Template

    from recoupe.records import Problem
    from recoupe.writing.listing import Listed
    from recoupe.writing.wording import Wording

TEMPLATES = Path(__file__).parent / "templates"
_POLICY = "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


def to_html(dossier: Dossier) -> str:
    """A self-contained page under a policy that allows its own style and nothing else."""
    view = View(dossier)
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    places = Anchors(dossier)
    page: str = _template().render(
        view=view,
        ui=view.ui,
        dossier=dossier,
        style=_safe(style),
        policy=_POLICY.format(digest=digest),
        places=places,
        complaint=complaint,
        one_voiced={q.id for q in view.verdict("single") if view.one_voice(q)},
        explained=lambda question: explained(view, question),
        link_in_words=link_in_words,
        pairs_in_words=pairs_in_words,
        drawn=lambda course, row: _safe(svg(course, row)),
        full={a.id: _safe(marked(a.text, marks_of(view, a, places))) for a in dossier.articles},
    )
    return page.lstrip()


def stories_page(rows: Sequence[Listed], problems: Sequence[Problem], ui: Wording, tally: str) -> str:
    """The page of a list of stories, under the same policy."""
    style = _style() + (TEMPLATES / "stories.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page: str = _template("stories.html").render(
        rows=[row for row in rows if len(row.articles) > 1],
        alone=[row for row in rows if len(row.articles) == 1],
        problems=problems,
        ui=ui,
        tally=tally,
        style=_safe(style),
        policy=_POLICY.format(digest=digest),
        complaint=complaint,
        name_of=lambda article: article.outlet or article.path.rpartition("/")[2],
        name_of_story=lambda other: other.title or other.article.path.rpartition("/")[2],
    )
    return page.lstrip()


class Anchors:
    """The HTML ids of what can be pointed at, by place, so that no id of a report comes into them.

    `to_…` is the way there; here all stands on one page (`pages` False), a heir may have many.
    """

    pages = False

    def __init__(self, dossier: Dossier) -> None:
        self._reports = {a.id: f"report-{i}" for i, a in enumerate(dossier.articles, 1)}
        self._questions = {q.id: f"question-{i}" for i, q in enumerate(dossier.questions, 1)}
        self._corrections = {c.id: f"correction-{i}" for i, c in enumerate(dossier.corrections, 1)}
        self._statements = {s.id: f"statement-{i}" for i, s in enumerate(dossier.statements, 1)}

    def report(self, article: str) -> str:
        """Where a report stands in full."""
        return self._reports[article]

    def question(self, question: str) -> str:
        """Where a question stands."""
        return self._questions[question]

    def answer(self, question: str, index: int) -> str:
        """Where an answer stands in its report."""
        return f"{self._questions[question]}-answer-{index + 1}"

    def to_report(self, article: str) -> str:
        """The way to a report in full."""
        return f"#{self.report(article)}"

    def to_question(self, question: str) -> str:
        """The way to a question."""
        return f"#{self.question(question)}"

    def to_statement(self, statement: str) -> str:
        """The way to a statement with its speaker."""
        return f"#{self.statement(statement)}"

    def to_answer(self, question: str, index: int) -> str:
        """The way to an answer in its report."""
        return f"#{self.answer(question, index)}"

    def to_said(self, statement: str) -> str:
        """The way to a statement in its report."""
        return f"#{self.said(statement)}"

    def statement(self, statement: str) -> str:
        """Where a statement is shown with its speaker."""
        return self._statements[statement]

    def correction(self, correction: str) -> str:
        """Where a correction is told."""
        return self._corrections.get(correction, "corrections")

    def to_correct(self, sort: str, what: str) -> str | None:
        """The way to put an `answer`, a `statement`, a `name` or an `article` right, None where there is none."""
        return None

    def to_correction(self, correction: str) -> str:
        """The way to a correction."""
        return f"#{self.correction(correction)}"

    def said(self, statement: str) -> str:
        """Where a statement stands in its report."""
        return f"{self._statements[statement]}-said"


def marks_of(view: View, article: DossierArticle, anchors: Anchors) -> list[Mark]:
    """All that is marked in one report."""
    found = [Mark(start, end, "clutter") for start, end in article.clutter]
    found += [Mark(start, end, "heading") for start, end in article.headings]
    for question in view.dossier.questions:
        for index, answer in enumerate(question.answers):
            if answer.article == article.id:
                css = f"hit {question.verdict}"
                here = anchors.answer(question.id, index)
                found.append(Mark(answer.start, answer.end, css, here, anchors.to_question(question.id)))
    for statement in view.dossier.statements:
        if statement.article == article.id:
            back = anchors.to_statement(statement.id)
            found.append(Mark(*statement.cue, "cue", anchors.said(statement.id), back))
            found += [Mark(*statement.source, "source")] if statement.source else []
            found += [Mark(start, end, "said") for start, end in statement.content]
    return found


@cache
def _style() -> str:
    return (TEMPLATES / "dossier.css").read_text("utf-8")


@cache
def _template(name: str = "dossier.html") -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    add_filters(environment)
    return environment.get_template(name)


def add_filters(environment: Environment) -> None:
    """Give templates the filters by which words of reports are shown: `words`, and `language` for its code."""
    environment.filters["words"] = lambda text: _safe(escape(str(text)))
    environment.filters["language"] = lambda code: code if _LANGUAGE.match(code or "") else "und"


def _safe(html: str) -> str:
    """Mark HTML of our own making as such."""
    from markupsafe import Markup

    return Markup(html)

"""An article: its text with what was found in it, and its versions with what changed from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from recoupe.errors import MissingError
from recoupe.records import Article
from recoupe.records.dossier import DossierArticle, DossierQuestion
from recoupe.records.kept import Version
from recoupe.web.differing import differences
from recoupe.web.faces import Asked, Missing, Page, page
from recoupe.web.showing import ShownStory, article_state, shown_story
from recoupe.writing.marks import Mark, marked
from recoupe.writing.safe import clipped
from recoupe.writing.to_html import marks_of
from recoupe.writing.wording import VERDICTS

_MOST = 100_000
"""Code points of a text that are shown unless all of it is asked for."""
_VERSIONS = 30


def kept_versions(asked: Asked, read: bool = False) -> list[Version]:
    """The versions of the article in the path, the first first. Raises Missing."""
    by = None
    if read:
        from recoupe.engine.made import readers  # looks through all packs

        by = readers(asked.desk.settings)
    try:
        found = asked.desk.store.versions(asked.path["article"], by)
    except MissingError:
        raise Missing("no_article") from None
    if not found:
        raise Missing("no_article")
    return found


@page("/articles/{article}", "article.html", article_state)
def article(asked: Asked) -> Page:
    """The text of an article, one version of it, with the answers and statements that its story takes from it."""
    versions = kept_versions(asked)
    wanted = asked.number("version", 0)
    current = next((v for v in versions if v.current), versions[-1])
    version = next((v for v in versions if v.number == wanted), None) if wanted else current
    if version is None:
        raise Missing("no_version")
    shown = _story_of(asked, version)
    letter = shown.letters.get(version.id) if shown else None
    marks: list[Mark] = plain_marks(version.article)
    if shown is not None and letter and dict(shown.kept.versions).get(version.id) == version.number:
        marks = marks_of(shown.view, shown.view.articles[letter], shown.places)
    record = {
        "article": version.article,
        "version": version.number,
        "current": version.current,
        "seen": version.seen,
        "source": version.source,
        "story": version.story,
        "versions": [{"number": v.number, "seen": v.seen, "title": v.article.title} for v in versions],
    }
    told = {
        "version": version,
        "versions": versions,
        "article": replace(version.article, title=clipped(version.article.title, 300)),
        "shown": shown,
        "letter": letter,
        "text": text_of(version.article.text, marks, asked.flag("whole")),
        "cut": len(version.article.text) > _MOST and not asked.flag("whole"),
        "marked": len(marks) > len(version.article.clutter) + len(version.article.headings),
        "found": found_in(shown, letter) if shown and letter else [],
        **(shown.context() if shown else {}),
    }
    return Page(record, version.article.title, told)


def found_in(shown: ShownStory, letter: str) -> list[tuple[DossierQuestion, str]]:
    """The questions that an article answers, with its answer in words, the contested first."""
    found = []
    for question in shown.view.dossier.questions:
        mine = [a.value for a in question.answers if a.article == letter]
        if mine:
            told = " / ".join(dict.fromkeys(shown.view.ui.value(value, shown.view.names) for value in mine[:4]))
            found.append((question, told))
    return sorted(found, key=lambda row: VERDICTS.index(row[0].verdict) if row[0].verdict in VERDICTS else 9)


def _story_of(asked: Asked, version: Version) -> ShownStory | None:
    if version.story is None:
        return None
    return shown_story(asked, asked.desk.store.story(version.story))


def plain_marks(article: Article | DossierArticle) -> list[Mark]:
    """What is no report, and the headings."""
    found = []
    for css, spans in (("clutter", article.clutter), ("heading", article.headings)):
        found += [Mark(*(span if isinstance(span, tuple) else (span.start, span.end)), css) for span in spans]
    return found


def text_of(text: str, marks: Sequence[Mark], whole: bool = False) -> Markup:
    """A text with its marks, cut where it is longer than anybody reads on one page."""
    if len(text) > _MOST and not whole:
        text, marks = text[:_MOST], [m for m in marks if m.end <= _MOST]
    return Markup(marked(text, marks))


@page("/articles/{article}/versions", "versions.html", article_state)
def versions(asked: Asked) -> Page:
    """What changed from each version of an article to the next: its findings, and its words."""
    from recoupe.comparing.changes import changes

    found = kept_versions(asked, read=True)[-_VERSIONS:]
    steps: list[dict[str, Any]] = []
    for before, after in pairwise(found):
        findings = changes(before.reading, after.reading) if before.reading and after.reading else None
        steps.append({
            "from": before.number, "to": after.number, "seen": after.seen, "findings": findings,
            "words": differences(_words(before.article), _words(after.article)),
            "silent": after.article.updated == before.article.updated,
        })  # fmt: skip
    last = found[-1]
    record = {"article": last.id, "title": last.article.title, "versions": len(found), "steps": steps[::-1]}
    told = {"last": last, "versions": found, "steps": steps[::-1], "article": last.article}
    return Page(record, last.article.title, told)


def _words(article: Article) -> str:
    """The text of an article without page furniture, which changes at every visit."""
    kept, at = [article.title, "\n"], 0
    for span in article.clutter:
        kept.append(article.text[at : span.start])
        at = max(at, span.end)
    return "".join([*kept, article.text[at:]])

"""Reports: new stories, reports that join them, and articles that were changed without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from recoupe.errors import PackError
from recoupe.languages import load_pack
from recoupe.records.alert import Evidence
from recoupe.records.article import Article
from recoupe.records.dossier import DossierArticle
from recoupe.records.kept import Change, Version
from recoupe.records.spans import Span
from recoupe.text.folding import MOST, folded
from recoupe.watching.fitting import holds, outlet_fits, question_fits, report_fits, story_fits
from recoupe.watching.rules import Rule
from recoupe.watching.steps import Happening, Step, clipped
from recoupe.watching.views import Changed, View

_SHOWN = 4
_HEAD = 200  # code points of the beginning of a report
_NOTICE = 60  # code points of a line in which a notice stands at its beginning
_WORD = re.compile(r"\S+")
_VALUE = re.compile(r" \[([^\[\]]*)\]$")  # what a change says of the value, after its words
_CLOSING = re.compile(r"[:–—)\]]|\. |\.$| - | \(")  # what may end the words that call a line a notice


def story(rule: Rule, step: Step) -> Iterator[Happening]:
    """A story that a rule asks for, and that it did not ask for before."""
    if _wanted(rule, step.after) and not any(_wanted(rule, view) for view in step.befores):
        articles = step.after.dossier.articles
        outlets = list(dict.fromkeys(a.outlet for a in articles if a.outlet))
        evidence = tuple(_head(step.after, article) for article in articles[:_SHOWN])
        told = f"{len(articles)} reports: {', '.join(outlets)}" if outlets else f"{len(articles)} reports"
        yield Happening("story", clipped(step.after.dossier.about), (), "", clipped(told), evidence)


def report(rule: Rule, step: Step) -> Iterator[Happening]:
    """Reports that joined a story; what copies or translates another one is none."""
    if not _wanted(rule, step.after):
        return
    for article in step.after.dossier.articles:
        if article.id in step.reports_before or article.copy_of is not None or not report_fits(rule, article):
            continue
        yield Happening(
            "report", clipped(article.outlet or article.url or article.id), (article.id,), "", clipped(article.title),
            (_head(step.after, article),), None, article.id,
        )  # fmt: skip


def silent(rule: Rule, changed: Changed) -> Iterator[Happening]:
    """An article that finds something else than before, without a new time stamp and without a notice."""
    article = changed.after.article
    found = [c for c in changed.changes if c.kind != "title" and (not rule.kinds or c.kind in rule.kinds)]
    if not found or told_openly(changed.before.article, article) or not _article_fits(rule, changed):
        return
    found = [c for c in found if c.kind != "statement"] or found  # a figure says it shorter than who said it
    before = "; ".join(dict.fromkeys(c.before for c in found[:_SHOWN] if c.before))
    after = "; ".join(dict.fromkeys(c.after for c in found[:_SHOWN] if c.after))
    evidence = [e for c in found[:_SHOWN] for e in _both(changed, c)]
    yield Happening(
        "silent", clipped(article.outlet or article.url or article.title), (changed.after.id, changed.after.number),
        clipped(before), clipped(after), tuple(evidence), None, changed.after.id,
    )  # fmt: skip


def told_openly(before: Article, after: Article) -> bool:
    """Whether an article says that it was changed: by a later time stamp, or by a notice that was not there."""
    for was, now in ((before.updated, after.updated), (before.published, after.published)):
        if now is not None and now != was and (was is None or _later(now, was)):
            return True
    return bool(_notices(after) - _notices(before))


def _later(now: str, was: str) -> bool:
    try:
        moments = datetime.fromisoformat(now), datetime.fromisoformat(was)
        if (moments[0].tzinfo is None) == (moments[1].tzinfo is None):
            return moments[0] > moments[1]
    except ValueError:
        pass
    return now > was


def _notices(article: Article) -> set[str]:
    """The lines that begin with a word for a correction, as the language's pack has them."""
    found = set()
    words = _correction_words(article.lang)
    for row in article.text[:MOST].splitlines():
        head = row.strip()[:_NOTICE].lstrip("([*– -")
        if folded(_CLOSING.split(head, maxsplit=1)[0]) in words:
            found.add(folded(row))
    return found


@cache
def _correction_words(code: str) -> frozenset[str]:
    try:
        pack = load_pack(code)
    except PackError:
        return frozenset()
    return frozenset(folded(form) for form in pack.forms(pack.tables["clutter"]["labels"]["correction"])) - {""}


def _wanted(rule: Rule, view: View) -> bool:
    """Whether a rule asks for a story, by its questions too."""
    if not story_fits(rule, view):
        return False
    if not (rule.kinds or rule.concepts or rule.question or rule.least_origins):
        return True
    return any(question_fits(rule, question) for question in view.questions())


def _article_fits(rule: Rule, changed: Changed) -> bool:
    article = changed.after.article
    words = f" {folded(article.title)} {folded(article.text[:MOST])} "
    return (
        (not rule.stories or (changed.after.story or "").startswith(rule.stories))
        and (not rule.languages or article.lang in rule.languages)
        and outlet_fits(rule, article.outlet, article.url)
        and (not rule.words or holds(words, rule.words))
        and all(
            not wanted or any(f" {part} " in words for name in wanted if (part := folded(name)))
            for wanted in (rule.names, rule.people, rule.places)
        )
    )


def _head(view: View, article: DossierArticle) -> Evidence:
    """The beginning of a report, on whole words; furniture before it is passed over."""
    text, begin = article.text, 0
    for start, end in article.clutter:
        if not text[begin:start].strip():
            begin = max(begin, end)
    begin += len(text[begin:]) - len(text[begin:].lstrip()) if begin < len(text) else 0
    end = begin
    for word in _WORD.finditer(text, begin, min(len(text), begin + _HEAD)):
        end = word.end()
    return view.evidence(article.id, (begin, max(end, begin)), (begin, end), "", None, "after")


def _both(changed: Changed, change: Change) -> Iterator[Evidence]:
    """The words of a change in the two versions."""
    for version, span, told, side in (
        (changed.before, change.was, change.before, "before"), (changed.after, change.now, change.after, "after"),
    ):  # fmt: skip
        if span is not None:
            value = _VALUE.search(told) if change.kind != "statement" else None
            yield _words(version, span, value.group(1) if value else "", side)


def _words(version: Version, span: Span, value: str, side: str) -> Evidence:
    article = version.article
    begin, end = article.text.rfind("\n", 0, span.start) + 1, article.text.find("\n", span.end)
    begin, end = max(begin, span.start - _HEAD), min(len(article.text) if end < 0 else end, span.end + _HEAD)
    return Evidence(
        version.id, version.number, article.outlet, article.url, article.lang, article.published, span.start, span.end,
        span.of(article.text), " ".join(article.text[begin:end].split()), value, None, side,
    )  # fmt: skip

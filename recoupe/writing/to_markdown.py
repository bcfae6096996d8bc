"""The dossier as Markdown (CommonMark with tables), for notes, issues and wikis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recoupe.records import Dossier
from recoupe.records.dossier import DossierArticle, DossierQuestion
from recoupe.writing.corrections import told
from recoupe.writing.course import Course
from recoupe.writing.safe import clipped, complaint, line
from recoupe.writing.view import Excerpt, Shown, View
from recoupe.writing.wording import Wording

_REASONS = 3
"""Reasons shown of one question."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$&!])")
_LIST = re.compile(r"^(\s*)(\d+)([.)])")
_BULLET = re.compile(r"^(\s*)([-+=])")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")


def to_markdown(dossier: Dossier) -> str:
    """Headings, quotations and lists in the order of the page; words of reports are escaped throughout."""
    view = View(dossier)
    parts = [_head(view), _problems(view), _questions(view), _says(view), _timeline(view), _names(view)]
    parts += [_corrections(view), _origins(view)]
    text = "\n".join(block for part in parts for block in part)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def escaped(text: str) -> str:
    """`text` on one line, so that Markdown shows it as it is and no HTML or link comes of it."""
    shown = _SPECIAL.sub(r"\\\1", line(text))
    shown = _BULLET.sub(r"\1\\\2", _LIST.sub(r"\1\2\\\3", shown))
    return _AUTOLINK.sub(r"\1&#8203;\2", shown)


def _head(view: View) -> Iterator[str]:
    ui = view.ui
    yield f"# {escaped(view.dossier.about)}\n"
    tally = [f"{ui.verdict(v, 'sign')} {counted}" for v, counted in view.tally]
    yield f"{ui.counted('report', len(view.dossier.articles))} · {', '.join(tally) or ui.word('nothing')}\n"
    yield f"## {ui.heading('reports')}\n"
    for article in view.dossier.articles:
        yield f"- **{escaped(article.id)}** {escaped(_about(view, article))}{_link(view, article)}"
        yield f"  {ui.quoted(escaped(article.title or ui.word('untitled')))}"
        yield from (f"  - {escaped(note)}" for note in article.notes)
    yield ""


def _about(view: View, article: DossierArticle) -> str:
    ui = view.ui
    facts = [view.outlet(article), view.language(article.lang)]
    if article.translated_from:
        facts.append(ui.word("translated", lang=view.language(article.translated_from)))
    facts.append(_dated(view, article))
    if again := view.again(article):
        facts.append(again)
    if mark := view.corrected(article.corrected):
        facts.append(mark)
    return " · ".join(facts)


def _dated(view: View, article: DossierArticle) -> str:
    dates = [
        view.ui.word(key, date=shown)
        for key, stamp in (("published", article.published), ("updated", article.updated))
        if (shown := view.date(stamp))
    ]
    return ", ".join(dates) or view.ui.word("undated")


def _link(view: View, article: DossierArticle) -> str:
    address = view.web(article.url)
    if not address:
        return ""
    safe = "".join(c if c not in "()<>\\\"'` " else f"%{ord(c):02X}" for c in address)
    return f" · [{view.ui.word('original')}](<{safe}>)"


def _problems(view: View) -> Iterator[str]:
    if view.dossier.problems:
        yield f"## {view.ui.heading('problems')}\n"
        yield from (f"- {escaped(complaint(p.report, p.message))}" for p in view.dossier.problems)
        yield ""
    if view.dossier.notes:
        yield f"## {view.ui.heading('notes')}\n"
        yield from (f"- {escaped(note)}" for note in view.dossier.notes)
        yield ""


def _questions(view: View) -> Iterator[str]:
    ui = view.ui
    if not view.verdict("contested"):
        yield f"{ui.word('none_contested')}\n"
    for verdict in ("contested", "updated", "compatible", "corroborated"):
        found = view.verdict(verdict)
        if not found:
            continue
        yield f"## {ui.verdict(verdict, 'sign')} {ui.verdict(verdict, 'heading')}\n"
        yield f"{ui.verdict(verdict, 'help')}\n"
        for question in found:
            yield from _question(view, question)
    yield from _singles(view)


def _question(view: View, question: DossierQuestion) -> Iterator[str]:
    ui = view.ui
    yield f"### {escaped(question.label)}\n"
    yield f"{escaped(question.id)} · {ui.counted('independent', question.independent_origins)}\n"
    if alike := view.one_voice(question):
        yield f"{escaped(alike)}\n"
    for side in view.sides(question):
        yield f"- **{escaped(side.text)}** ({escaped(', '.join(side.articles))})"
        yield from (f"  - {_answer(view, shown)}" for shown in side.answers)
    reasons = view.reasons(question)
    for both, why in reasons[:_REASONS]:
        yield f"- {ui.word('why')} ({escaped(both)}){ui.tables['colon']} {escaped(why)}"
    if len(reasons) > _REASONS:
        yield f"- \\+ {ui.counted('more_reasons', len(reasons) - _REASONS)}"
    yield ""
    if course := view.course(question):
        yield from course_table(course, ui)
        if question.estimate:
            yield f"**{escaped(view.estimate(question) or '')}** ({escaped(question.estimate.why)})\n"


def course_table(course: Course, ui: Wording) -> Iterator[str]:
    """The course of a figure as a table."""
    yield _table_row([ui.word("day"), ui.word("figure"), ui.word("source"), ui.heading("reports")])
    yield _table_row(["---", "---:", "---", "---"])
    for row in course.rows:
        day = f"{row.day}, {ui.word('again', day=row.again)}" if row.again else row.day
        value = f"**{escaped(row.value)}**" if row.current else f"{escaped(row.value)} ({ui.word('moved')})"
        yield _table_row([escaped(day), value, escaped(row.who), escaped(", ".join(row.articles))])
    yield ""


def _answer(view: View, shown: Shown) -> str:
    facts = escaped(" · ".join(filter(None, (*view.facts(shown), view.corrected(shown.corrected)))))
    return f"{escaped(shown.article.id)}{view.ui.tables['colon']} {_quoted(view, shown)} — {facts}"


def _quoted(view: View, shown: Shown) -> str:
    """The sentence with its answer in bold, blanks kept outside the marks."""
    quote = shown.quote
    inner = escaped(quote.answer)
    before, after = _edge(quote.before, right=True), _edge(quote.after, right=False)
    return view.ui.quoted(f"{before}**{inner}**{after}" if inner else before + after)


def _edge(text: str, *, right: bool) -> str:
    """`text` escaped, with the blank kept that parts it from the answer."""
    shown = escaped(text)
    if right:
        return shown + (" " if text[-1:].isspace() and shown else "")
    return (" " if text[:1].isspace() and shown else "") + shown


def _singles(view: View) -> Iterator[str]:
    ui = view.ui
    found = view.verdict("single")
    if not found:
        return
    yield f"## {ui.verdict('single', 'sign')} {ui.verdict('single', 'heading')}\n"
    for question in found:
        if view.one_voice(question):
            yield from _question(view, question)
    for question in found:
        if view.one_voice(question):
            continue
        for side in view.sides(question):
            shown = side.answers[0]
            ids = escaped(", ".join(side.articles))
            asked = f"{escaped(question.label)}{ui.tables['colon']}"
            yield f"- {asked} **{escaped(side.text)}** ({ids}) {_quoted(view, shown)}"
    yield ""


def _says(view: View) -> Iterator[str]:
    if not view.speakers:
        return
    yield f"## {view.ui.heading('says')}\n"
    for speaker in view.speakers:
        roles = f" ({escaped(', '.join(speaker.roles[:3]))})" if speaker.roles else ""
        yield f"### {escaped(speaker.name)}{roles}\n"
        for group in speaker.groups:
            yield f"- {view.ui.heading('wordings')}"
            yield from (f"  - {_excerpt(view, e)}" for e in group)
        yield from (f"- {_excerpt(view, e)}" for e in speaker.alone)
        yield ""


def _excerpt(view: View, excerpt: Excerpt) -> str:
    text = escaped(excerpt.words)
    hedged = f" ({view.ui.word('hedged')})" if excerpt.statement.hedged else ""
    marks = f" ({mark})" if (mark := view.corrected(excerpt.statement.corrected)) else ""
    return f"{escaped(', '.join(excerpt.articles))}{view.ui.tables['colon']} {view.ui.quoted(text)}{hedged}{marks}"


def _timeline(view: View) -> Iterator[str]:
    entries = list(view.times())
    if entries:
        yield f"## {view.ui.heading('timeline')}\n"
        for when, what, shown in entries:
            ids = ", ".join(dict.fromkeys(s.article.id for s in shown))
            told = f"**{escaped(when)}** {escaped(what)} ({escaped(ids)}){view.ui.tables['colon']}"
            yield f"- {told} {_brief(view, shown)}"
        yield ""


def _brief(view: View, shown: list[Shown]) -> str:
    quote = shown[0].quote
    return view.ui.quoted(escaped(clipped(line(quote.before + quote.answer + quote.after), 200)))


def _names(view: View) -> Iterator[str]:
    if not view.spellings:
        return
    ui = view.ui
    ids = [a.id for a in view.dossier.articles]
    yield f"## {ui.heading('names')}\n"
    yield _table_row([ui.word("name"), ui.word("type"), ui.word("roles"), *map(escaped, ids)])
    yield _table_row(["---"] * (3 + len(ids)))
    for entry in view.spellings:
        cells = [", ".join(escaped(form) for form, _ in entry.by_article.get(i, [])) for i in ids]
        roles = escaped(", ".join(filter(None, (*entry.name.roles[:3], view.corrected(entry.name.corrected)))))
        yield _table_row([f"**{escaped(entry.name.name)}**", ui.named("types", entry.name.type), roles, *cells])
    yield ""


def _table_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _corrections(view: View) -> Iterator[str]:
    if view.dossier.corrections:
        yield f"## {view.ui.table('corrections')['heading']}\n"
        for one in view.dossier.corrections:
            yield f"- {escaped(told(one, view.ui))}"
        yield ""


def _origins(view: View) -> Iterator[str]:
    ui = view.ui
    yield f"## {ui.heading('origins')}\n"
    if not view.origins:
        yield f"{ui.word('no_origins')}\n"
    for origin, ids in view.origins:
        yield f"- {escaped(origin)}{ui.tables['colon']} {ui.word('credited_by', ids=escaped(', '.join(ids)))}"
    for article in view.dossier.articles:
        if again := view.again(article):
            yield f"- {escaped(article.id)}{ui.tables['colon']} {escaped(again)}"
    yield ""
    yield f"*{ui.word('made_by')}*"

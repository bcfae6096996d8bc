"""The dossier for a terminal, contested first. Without colour it says the same by signs, words and *asterisks*."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from recoupe.records import Dossier
from recoupe.records.dossier import DossierQuestion
from recoupe.writing.corrections import told
from recoupe.writing.explanation_forms import course_rows
from recoupe.writing.rows import WIDTH, Row, printed, styled
from recoupe.writing.safe import clipped, complaint, line
from recoupe.writing.view import Excerpt, Shown, View

if TYPE_CHECKING:
    from rich.text import Text

_STYLES = {
    "contested": "bold red",
    "updated": "bold blue",
    "compatible": "bold yellow",
    "corroborated": "bold green",
    "single": "dim",
}
_SINGLES, _SPEAKERS, _ALONE, _NAMES, _TIMES, _QUOTES, _REASONS, _FIGURES = 15, 12, 3, 15, 20, 3, 3, 10
"""How much of each part a terminal shows; the other forms have all of it."""


def to_terminal(dossier: Dossier, width: int = WIDTH, colour: bool = False) -> str:
    """The dossier as lines of at most `width` columns, with colour codes only if `colour`."""
    return printed(_rows(View(dossier)), width, colour)


def _rows(view: View) -> Iterator[Row]:
    yield from _head(view)
    for verdict in ("contested", "updated", "compatible", "corroborated"):
        yield from _section(view, verdict)
    yield from _singles(view)
    yield from _says(view)
    yield from _timeline(view)
    yield from _names(view)
    yield from _corrections(view)
    yield from _origins(view)


def _head(view: View) -> Iterator[Row]:
    ui = view.ui
    yield Row(styled(line(view.dossier.about), "bold"))
    tally = styled("")
    for verdict, counted in view.tally:
        tally.append(", " if tally.plain else "")
        tally.append(f"{ui.verdict(verdict, 'sign')} {counted}", _STYLES[verdict])
    yield Row(tally if view.tally else styled(ui.word("nothing")))
    yield Row(styled(""))
    for article in view.dossier.articles:
        updated = view.date(article.updated)
        dated = view.date(article.published) or (ui.word("updated", date=updated) if updated else ui.word("undated"))
        facts = [view.outlet(article), view.language(article.lang), dated]
        if article.translated_from:
            facts.append(ui.word("translated", lang=view.language(article.translated_from)))
        if again := view.again(article):
            facts.append(again)
        if mark := view.corrected(article.corrected):
            facts.append(mark)
        title = clipped(line(article.title) or ui.word("untitled"), 200)
        mark = f"{line(article.id)}  "
        text = styled(mark, "bold")
        text.append(title)
        yield Row(text, 2, len(mark))
        yield Row(styled(line(" · ".join(facts)), "dim"), 2 + len(mark))
    for problem in view.dossier.problems:
        text = styled("!  ", "bold red")
        text.append(complaint(problem.report, problem.message))
        yield Row(text, 2, 3)
    for note in view.dossier.notes:
        yield Row(styled(line(note), "italic"), 2, 3)


def _heading(title: str, style: str = "bold") -> Row:
    return Row(styled(f"\n{title}", style))


def _section(view: View, verdict: str) -> Iterator[Row]:
    found = view.verdict(verdict)
    ui = view.ui
    if found:
        yield _heading(f"{ui.verdict(verdict, 'sign')} {ui.verdict(verdict, 'heading').upper()}", _STYLES[verdict])
    elif verdict == "contested":
        yield _heading(ui.word("none_contested"), "")
    for question in found:
        yield from _question(view, question, _QUOTES if verdict == "contested" else 1)


def _question(view: View, question: DossierQuestion, quotes: int) -> Iterator[Row]:
    ui = view.ui
    title = styled(line(question.label), "bold")
    title.append(f"  ({line(question.id)}, {ui.counted('independent', question.independent_origins)})", "dim")
    yield Row(title, 2)
    if alike := view.one_voice(question):
        yield Row(styled(alike, "italic"), 4)
    for side in view.sides(question):
        value = styled(line(side.text), _STYLES.get(question.verdict, "bold"))
        value.append(f"  {', '.join(side.articles)}", "bold")
        yield Row(value, 4)
        for shown in side.answers[:quotes]:
            yield Row(_answer(view, shown), 6)
        if len(side.answers) > quotes:
            yield Row(styled(f"+ {ui.counted('more_reports', len(side.answers) - quotes)}", "dim"), 6)
    reasons = view.reasons(question)
    for _, why in reasons[:_REASONS]:
        yield Row(styled(f"{ui.word('why')}{ui.tables['colon']} {line(why)}", "italic"), 4)
    if len(reasons) > _REASONS:
        yield Row(styled(f"+ {ui.counted('more_reasons', len(reasons) - _REASONS)}", "dim"), 4)
    yield from _course(view, question)


def _course(view: View, question: DossierQuestion) -> Iterator[Row]:
    """How the figure went, and its best, lowest and highest value."""
    course, estimate = view.course(question), question.estimate
    if course is None:
        return
    yield from course_rows(course, view.ui, 4, _FIGURES)
    if estimate:
        text = styled(line(view.estimate(question) or ""), "bold")
        text.append(f" — {line(estimate.why)}", "italic")
        yield Row(text, 4, 2)


def _answer(view: View, shown: Shown) -> Text:
    text = styled(f"{line(shown.article.id)}{view.ui.tables['colon']} ", "bold")
    opening, closing = view.ui.tables["quotes"]
    text.append(opening)
    before = line(shown.quote.before)
    text.append(before + (" " if before and shown.quote.before[-1:].isspace() else ""))
    text.append(f"*{line(shown.quote.answer)}*", "bold")
    after = line(shown.quote.after)
    text.append((" " if after and shown.quote.after[:1].isspace() else "") + after)
    text.append(closing)
    text.append(f" — {line(' · '.join(view.facts(shown)))}", "dim")
    if mark := view.corrected(shown.corrected):
        text.append(f" · {mark}", "bold magenta")
    return text


def _singles(view: View) -> Iterator[Row]:
    found = view.verdict("single")
    if not found:
        return
    ui = view.ui
    yield _heading(f"{ui.verdict('single', 'sign')} {ui.verdict('single', 'heading').upper()}")
    alone = [q for q in found if not view.one_voice(q)]
    for question in found:
        if view.one_voice(question):
            yield from _question(view, question, 1)
    for question in alone[:_SINGLES]:
        for side in view.sides(question):
            text = styled(f"{', '.join(side.articles)}  ", "bold")
            text.append(f"{line(question.label)}{ui.tables['colon']} ")
            text.append(line(side.text), "bold")
            yield Row(text, 2, 3)
    yield from _rest(view, len(alone) - _SINGLES)


def _rest(view: View, left: int) -> Iterator[Row]:
    if left > 0:
        yield Row(styled(f"+ {view.ui.counted('more', left)}", "dim"), 2)


def _says(view: View) -> Iterator[Row]:
    if not view.speakers:
        return
    yield _heading(view.ui.heading("says").upper())
    for speaker in view.speakers[:_SPEAKERS]:
        title = styled(line(speaker.name), "bold")
        if speaker.roles:
            title.append(f"  {line(', '.join(speaker.roles[:2]))}", "dim")
        yield Row(title, 2)
        for group in speaker.groups:
            yield Row(styled(f"= {view.ui.heading('wordings')}", "green"), 4)
            for excerpt in group:
                yield Row(_excerpt(view, excerpt), 6)
        for excerpt in speaker.alone[:_ALONE]:
            yield Row(_excerpt(view, excerpt), 4)
        if len(speaker.alone) > _ALONE:
            yield Row(styled(f"+ {view.ui.counted('more', len(speaker.alone) - _ALONE)}", "dim"), 4)
    yield from _rest(view, len(view.speakers) - _SPEAKERS)


def _excerpt(view: View, excerpt: Excerpt) -> Text:
    text = styled(f"{line(', '.join(excerpt.articles))}{view.ui.tables['colon']} ", "bold")
    text.append(clipped(line(excerpt.words), 360, view.ui.tables["ellipsis"]))
    if excerpt.statement.hedged:
        text.append(f" ({view.ui.word('hedged')})", "dim")
    if mark := view.corrected(excerpt.statement.corrected):
        text.append(f" ({mark})", "bold magenta")
    return text


def _timeline(view: View) -> Iterator[Row]:
    entries = list(view.times())
    if not entries:
        return
    yield _heading(view.ui.heading("timeline").upper())
    for when, what, shown in entries[:_TIMES]:
        text = styled(line(when), "bold")
        text.append(f"  {line(what)}  ")
        text.append(", ".join(dict.fromkeys(s.article.id for s in shown)), "bold")
        yield Row(text, 2, 2)
    yield from _rest(view, len(entries) - _TIMES)


def _names(view: View) -> Iterator[Row]:
    found = [s for s in view.spellings if s.different > 1 or s.name.corrected]
    if not found:
        return
    yield _heading(view.ui.heading("names").upper())
    for entry in found[:_NAMES]:
        text = styled(line(entry.name.name), "bold")
        text.append(f"  {view.ui.named('types', entry.name.type)}", "dim")
        for form, ids in entry.by_form.items():
            text.append(f"  {line(form)} ")
            text.append(f"({', '.join(ids)})", "bold")
        if mark := view.corrected(entry.name.corrected):
            text.append(f"  {mark}", "bold magenta")
        yield Row(text, 2, 2)
    yield from _rest(view, len(found) - _NAMES)


def _corrections(view: View) -> Iterator[Row]:
    """What somebody has put right, and how it stands."""
    if view.dossier.corrections:
        yield _heading(str(view.ui.table("corrections")["heading"]).upper())
        for one in view.dossier.corrections:
            yield Row(styled(told(one, view.ui)), 2, 2)


def _origins(view: View) -> Iterator[Row]:
    ui = view.ui
    yield _heading(ui.heading("origins").upper())
    if not view.origins:
        yield Row(styled(ui.word("no_origins")), 2)
    for origin, ids in view.origins:
        text = styled(line(origin), "bold")
        text.append(f"  {ui.word('credited_by', ids=', '.join(ids))}")
        yield Row(text, 2)
    for article in view.dossier.articles:
        if again := view.again(article):
            yield Row(styled(f"{article.id}{ui.tables['colon']} {again}"), 2)

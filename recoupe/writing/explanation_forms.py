"""An explanation as text, Markdown and JSON; in the page it is a fold-out (templates/dossier.html)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from recoupe.writing.course import Course
from recoupe.writing.plot import strip
from recoupe.writing.rows import WIDTH, Row, printed, styled
from recoupe.writing.safe import encodable, line
from recoupe.writing.to_markdown import course_table, escaped
from recoupe.writing.wording import Wording

if TYPE_CHECKING:
    from rich.text import Text

    from recoupe.records.dossier import Dossier, DossierQuestion
    from recoupe.writing.explaining import Compared, Explanation, Joined, Told
    from recoupe.writing.view import View

SCHEMA = "recoupe/explanation/1"
FORMS = ("text", "json", "md")
PLOT = 24
"""Columns of the drawing of a figure."""
_PAIRS = 8
"""Pairs named of one reason."""


def explanation(dossier: Dossier, question: str, form: str = "text", width: int = WIDTH, colour: bool = False) -> str:
    """How the verdict of a question came about, in one of FORMS; `question` is its id or words of its label.

    Raises SettingsError if no question or more than one is meant.
    """
    from recoupe.writing.explaining import explained, find_question
    from recoupe.writing.view import View

    found = find_question(dossier, question)
    view = View(dossier)
    told = explained(view, found)
    if form == "json":
        return _json(told, found)
    if form == "md":
        return "\n".join(_markdown(view, told, view.course(found))).rstrip() + "\n"
    return printed(_rows(view, told, view.course(found)), width, colour)


def _json(told: Explanation, question: DossierQuestion) -> str:
    import msgspec

    built = {"schema": SCHEMA, **msgspec.to_builtins(told)}
    built["history"] = msgspec.to_builtins(question.history)
    built["joined"] = [{**j, "signs": dict(j["signs"])} for j in built["joined"]]
    built["voices"] = [{"origin": origin, "answers": answers} for origin, answers in built["voices"]]
    return encodable(msgspec.json.format(msgspec.json.encode(built), indent=1).decode()) + "\n"


# --- lines that text and Markdown share ---


def link_in_words(joined: Joined, ui: Wording) -> str:
    """'both speak of fire, Lyon; affinity 4.7: the same thing asked +1.7, …'."""
    parts = [ui.word("both_speak", what=", ".join(joined.shared))] if joined.shared else []
    signs = ", ".join(f"{sign} {_signed(weight, ui)}" for sign, weight in joined.signs)
    parts.append(f"{ui.word('affinity', n=_signed(joined.affinity, ui))}{ui.tables['colon']} {signs}")
    return str(ui.tables["semicolon"]).join(parts)


def _signed(weight: float, ui: Wording) -> str:
    return f"{'+' if weight > 0 else '−' if weight < 0 else ''}{ui.number(abs(weight))}"


def pairs_in_words(compared: Compared, ui: Wording) -> str:
    """'a–b, a–c, + 3 more'."""
    shown = ", ".join(compared.pairs[:_PAIRS])
    left = len(compared.pairs) - _PAIRS
    return f"{shown}, + {ui.counted('more', left)}" if left > 0 else shown


# --- text ---


def _rows(view: View, told: Explanation, course: Course | None) -> Iterator[Row]:
    ui = view.ui
    yield Row(styled(line(told.label), "bold"))
    yield Row(styled(f"{ui.verdict(told.verdict, 'sign')} {told.verdict_word}  {told.id}", "dim"))
    if told.estimate:
        yield Row(styled(line(told.estimate), "bold"))
        yield Row(styled(line(told.estimate_why or ""), "italic"), 2)
    if course:
        yield _heading(ui.heading("course"))
        yield from course_rows(course, ui, 2)
    yield _heading(f"1  {ui.heading('step_words')}")
    for answer in told.answers:
        yield from _answer(answer, ui)
    if told.joined:
        yield _heading(f"2  {ui.heading('step_together')}")
        for joined in told.joined:
            yield _named(joined.pair, link_in_words(joined, ui))
    yield _heading(f"3  {ui.heading('step_voices')}")
    for origin, names in told.voices:
        yield _named(origin, ", ".join(names))
    if told.compared:
        yield _heading(f"4  {ui.heading('step_pairs')}")
        yield from _compared(told.compared, ui)
    yield _heading(f"5  {ui.heading('step_verdict')}")
    yield _named(told.verdict_word, told.why)


def _compared(found: list[Compared], ui: Wording) -> Iterator[Row]:
    """Each reason with its pairs; what a rule says stands once, above the first reason that it gave."""
    said = ""
    for compared in found:
        if compared.says and compared.says != said:
            said = compared.says
            yield Row(styled(said, "italic"), 2)
        verdict = ui.named("pairs", compared.verdict)
        text = styled(f"{verdict}  ", "bold")
        text.append(line(compared.why))
        text.append(f"  {pairs_in_words(compared, ui)}", "dim")
        yield Row(text, 4, 2)


def _heading(title: str) -> Row:
    return Row(styled(f"\n{title.upper()}", "bold"))


def _named(name: str, said: str) -> Row:
    text = styled(f"{line(name)}  ", "bold")
    text.append(line(said))
    return Row(text, 2, 2)


def _answer(answer: Told, ui: Wording) -> Iterator[Row]:
    text: Text = styled(f"{line(answer.name)}  ", "bold")
    opening, closing = ui.tables["quotes"]
    text.append(opening + _kept(answer.quote.before, True))
    text.append(f"*{line(answer.quote.answer)}*", "bold")
    text.append(_kept(answer.quote.after, False) + closing)
    yield Row(text, 2, 3)
    for said in (answer.place, answer.reading, answer.voice, answer.day, answer.counts):
        yield Row(styled(f"→ {line(said)}", "dim" if said is answer.place else ""), 5, 2)


def _kept(text: str, before: bool) -> str:
    """`text` on one line with the blank that parts it from the answer."""
    shown = line(text)
    if before:
        return shown + (" " if shown and text[-1:].isspace() else "")
    return (" " if shown and text[:1].isspace() else "") + shown


def course_rows(course: Course, ui: Wording, left: int, most: int = 1000) -> Iterator[Row]:
    """The course of a figure, a line a voice: day, figure, drawing, in which reports and who says so.

    Of many figures the last `most` are shown.
    """
    rows = course.rows[-most:]
    if len(course.rows) > most:
        yield Row(styled(f"+ {ui.counted('more', len(course.rows) - most)}", "dim"), left)
    days, values = max(len(row.day) for row in rows), max(len(row.value) for row in rows)
    before = ""
    for row in rows:
        day = "" if row.day == before else row.day
        before = row.day
        style = "" if row.current else "dim"
        text = styled(_solid(f"{day:<{days}}  {row.value:>{values}}  {strip(course, row, PLOT)}"), style)
        text.append("  " + ", ".join(row.articles), "bold")
        text.append(f"  {line(row.who)}", style)
        if row.again:
            text.append(f", {ui.word('again', day=row.again)}", style)
        yield Row(text, left, 2)


def _solid(text: str) -> str:
    """`text` with blanks at which no line is broken."""
    return text.replace(" ", "\u00a0")


# --- Markdown ---


def _markdown(view: View, told: Explanation, course: Course | None) -> Iterator[str]:
    ui = view.ui
    yield f"# {escaped(told.label)}\n"
    yield f"{ui.verdict(told.verdict, 'sign')} {told.verdict_word} · {escaped(told.id)}\n"
    if told.estimate:
        yield f"**{escaped(told.estimate)}** ({escaped(told.estimate_why or '')})\n"
    if course:
        yield f"## {ui.heading('course')}\n"
        yield from course_table(course, ui)
    yield f"## {ui.heading('step_words')}\n"
    for answer in told.answers:
        quoted = f"{_edge(answer.quote.before, True)}**{escaped(answer.quote.answer)}**"
        yield f"- **{escaped(answer.name)}** {ui.quoted(quoted + _edge(answer.quote.after, False))}"
        for said in (answer.place, answer.reading, answer.voice, answer.day, answer.counts):
            yield f"  - {escaped(said)}"
    if told.joined:
        yield f"\n## {ui.heading('step_together')}\n"
        yield from (f"- **{escaped(j.pair)}** {escaped(link_in_words(j, ui))}" for j in told.joined)
    yield f"\n## {ui.heading('step_voices')}\n"
    yield from (f"- **{escaped(origin)}** {escaped(', '.join(names))}" for origin, names in told.voices)
    if told.compared:
        yield f"\n## {ui.heading('step_pairs')}\n"
        said = ""
        for each in told.compared:
            if each.says and each.says != said:
                said = each.says
                yield f"- {escaped(said)}"
            verdict = ui.named("pairs", each.verdict)
            yield f"  - **{verdict}** {escaped(each.why)} ({escaped(pairs_in_words(each, ui))})"
    yield f"\n## {ui.heading('step_verdict')}\n"
    yield f"**{told.verdict_word}** {escaped(told.why)}"


def _edge(text: str, before: bool) -> str:
    shown = escaped(text)
    if before:
        return shown + (" " if shown and text[-1:].isspace() else "")
    return (" " if shown and text[:1].isspace() else "") + shown

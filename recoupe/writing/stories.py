"""Stories -> a list of them, in its printed forms: which reports tell one event, when, in which languages, of whom."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from recoupe.errors import SettingsError
from recoupe.records import Problem
from recoupe.writing.listing import Listed
from recoupe.writing.rows import WIDTH, Row, printed, styled
from recoupe.writing.safe import encodable, line
from recoupe.writing.saving import save
from recoupe.writing.to_csv import cell
from recoupe.writing.to_html import stories_page
from recoupe.writing.wording import Wording, wording

SCHEMA = "recoupe/stories/1"
COLUMNS = (
    "story", "story_title", "story_reports", "report", "path", "url", "title", "outlet", "lang", "published", "copy_of",
    "version_of", "dossier", "roundup", "tells", "roundups",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoriesForm:
    """A printed form of a list of stories."""

    name: str
    endings: tuple[str, ...]
    make: Callable[[Sequence[Listed], Sequence[Problem], str], str]
    lead: str = ""

    def save(self, rows: Sequence[Listed], problems: Sequence[Problem], ui: str, path: str) -> None:
        """Write stories in this form into a file. Raises WriteError."""
        save(self.lead + self.make(rows, problems, ui), path)


def stories_to_json(rows: Sequence[Listed], problems: Sequence[Problem] = (), ui: str = "en") -> str:
    """One object: `schema`, `stories` and `problems`."""
    import json

    told = {"schema": SCHEMA, "stories": [_as_json(row) for row in rows], "problems": [_problem(p) for p in problems]}
    return encodable(json.dumps(told, ensure_ascii=False, indent=1)) + "\n"


def _problem(problem: Problem) -> dict[str, str]:
    return {"report": problem.report, "step": problem.step, "message": problem.message}


def _as_json(row: Listed) -> dict[str, Any]:
    reports = []
    for index, article in enumerate(row.articles):
        copy, version = row.original(index)
        reports.append(
            {
                "id": article.id,
                "path": article.path,
                "url": article.url,
                "title": article.title,
                "outlet": article.outlet,
                "lang": article.lang,
                "published": article.published,
                "copy_of": None if copy is None else row.articles[copy].path,
                "version_of": None if version is None else row.articles[version].path,
            }
        )
    return {
        "id": row.story.id,
        "title": row.title,
        "first": row.first,
        "last": row.last,
        "languages": list(row.languages),
        "names": [{"name": name, "type": kind, "reports": n} for name, kind, n in row.names],
        "dossier": row.dossier,
        "new": row.new,
        "taken_from": list(row.taken_from),
        "roundup": row.story.roundup,
        "tells": [other.id for other in row.tells],
        "roundups": [other.id for other in row.roundups],
        "reports": reports,
    }


def stories_to_csv(rows: Sequence[Listed], problems: Sequence[Problem] = (), ui: str = "en") -> str:
    """A header and one row a report; cells that a spreadsheet would run as a formula are defused."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in rows:
        told = _as_json(row)
        for report in told["reports"]:
            shared = {"story": told["id"], "story_title": row.title, "story_reports": len(row.articles)}
            values = {**report, **shared, "report": report["id"], "dossier": row.dossier}
            values["roundup"] = "yes" if row.story.roundup else None
            values |= {name: " ".join(told[name]) or None for name in ("tells", "roundups")}
            table.writerow([cell(values.get(column)) for column in COLUMNS])
    return out.getvalue()


def stories_to_html(rows: Sequence[Listed], problems: Sequence[Problem] = (), ui: str = "en") -> str:
    """A page to browse, that fetches nothing and runs nothing."""
    words = wording(ui)
    return stories_page(rows, problems, words, tally(rows, words))


def stories_to_text(
    rows: Sequence[Listed], problems: Sequence[Problem] = (), ui: str = "en", width: int = WIDTH, colour: bool = False
) -> str:
    """A paragraph a story; those of one report are only counted."""
    words = wording(ui)
    shown: list[Row] = [Row(styled(tally(rows, words), "bold"))]
    for row in rows:
        if len(row.articles) > 1:
            shown += _paragraph(row, words)
    return printed(shown, width, colour)


def _paragraph(row: Listed, ui: Wording) -> list[Row]:
    facts = [ui.counted("report", len(row.articles)), " ".join(row.languages)]
    if row.first and row.last:
        facts.append(ui.period(row.first, row.last))
    facts.append(", ".join(line(name) for name, _, _ in row.names[:4]))
    if row.new:
        facts.insert(1, ui.word("new_reports", n=ui.number(row.new)))
    found = [Row(styled("\n" + (row.title or ui.word("untitled")), "bold"))]
    found.append(Row(styled(line(" · ".join(f for f in facts if f)), "dim")))
    for index, article in enumerate(row.articles):
        copy = row.original(index)[0]
        note = f"  {ui.word('copy_of', id=line(row.articles[copy].path))}" if copy is not None else ""
        found.append(Row(styled(f"{article.lang}  {line(article.path)}{note}"), 2, 4))
    if row.roundups:
        told = " · ".join(other.title or line(other.article.path) for other in row.roundups)
        found.append(Row(styled(f"{ui.word('in_roundups')}: {told}", "dim"), 2, 4))
    return found


def tally(rows: Sequence[Listed], ui: Wording) -> str:
    """How many stories of how many reports; round-ups are told apart where there are any."""
    reports, several = sum(len(r.articles) for r in rows), sum(len(r.articles) > 1 for r in rows)
    roundups = sum(r.story.roundup for r in rows)
    told = ui.word(
        "stories_tally",
        reports=ui.counted("report", reports),
        stories=ui.counted("story", len(rows)),
        several=ui.counted("story_of_several", several),
    )
    return f"{told}, {ui.counted('roundup_among', roundups)}" if roundups else told


STORY_FORMS: dict[str, StoriesForm] = {
    form.name: form
    for form in (
        StoriesForm("html", (".html", ".htm"), stories_to_html),
        StoriesForm("json", (".json",), stories_to_json),
        StoriesForm("csv", (".csv",), stories_to_csv, lead="\ufeff"),
        StoriesForm("text", (".txt", ".text"), stories_to_text),
    )
}


def stories_form_of(path: str | None = None, name: str | None = None) -> StoriesForm:
    """The form by its name or the ending of a file; text where neither is given. Raises SettingsError for others."""
    if name is not None:
        if name not in STORY_FORMS:
            raise SettingsError(f"there is no form {name!r} of stories; choose one of {', '.join(STORY_FORMS)}.")
        return STORY_FORMS[name]
    ending = PurePath(path).suffix.lower() if path else ".txt"
    for form in STORY_FORMS.values():
        if ending in form.endings:
            return form
    known = ", ".join(form.endings[0] for form in STORY_FORMS.values())
    raise SettingsError(f"{path}: no form goes with this ending; end it in one of {known}, or say --format.")

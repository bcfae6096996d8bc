"""`recoupe languages`: the languages that reports may be in, and how much of each there is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import columns
from recoupe.cli.telling import show, tell
from recoupe.errors import PackError, SettingsError

if TYPE_CHECKING:
    from recoupe.languages import Completeness

EXAMPLES = """\b
Examples:
  recoupe languages
  recoupe languages --format json"""
FORMS = ("text", "json")
FormName = Annotated[
    str, typer.Option("--format", "-f", metavar="text|json", help="A table, or one JSON object a line.")
]
_WIDE = 100  # columns from which the English names fit too


def languages(form: FormName = "text") -> None:
    """List the languages that reports may be in, and how complete each is.

    For each file of a language's pack: what percentage of its tables has words; of concepts and kinds, of the ids that
    all languages share. Then the number of examples that test the pack. A pack that cannot be opened is told and left
    out; the exit status is then 1.
    """
    if form not in FORMS:
        raise SettingsError(f"there is no form {form!r} of the languages; choose one of {', '.join(FORMS)}.")
    from recoupe.languages import available, completeness, load_pack

    status, found = 0, []
    for code in available():
        try:
            found.append(completeness(load_pack(code)))
        except PackError as error:
            tell(str(error))
            status = 1
    show(_json(found) if form == "json" else _table(found))
    raise typer.Exit(status)


def _json(found: Sequence[Completeness]) -> str:
    rows = (
        {
            "code": pack.code,
            "name": pack.name,
            "english": pack.english,
            "partial": pack.partial,
            "shares": {file: round(share, 3) for file, share in pack.shares.items()},
            "examples": pack.examples,
        }
        for pack in found
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _table(found: Sequence[Completeness]) -> str:
    if not found:
        return ""
    files = list(found[0].shares)
    wide = columns() >= _WIDE
    rows = [["", "", *([""] if wide else []), *files, "cases"]]
    for pack in found:
        shares = (f"{int(100 * share)}%" for share in pack.shares.values())
        rows.append([pack.code, pack.name, *([pack.english] if wide else []), *shares, str(pack.examples)])
    names = len(rows[0]) - len(files) - 1
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        " ".join(
            cell.ljust(width) if i < names else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))
        )
        for row in rows
    ]
    partial = [f"{pack.name} ({pack.english})" for pack in found if pack.partial]
    if partial:
        lines.append(f"Partial, finds less than the others: {', '.join(partial)}.")
    return "".join(f"{line.rstrip()}\n" for line in lines)

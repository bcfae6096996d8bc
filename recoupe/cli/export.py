"""`recoupe export`: dossiers as tables for other programs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import Quiet
from recoupe.cli.telling import show, tell
from recoupe.errors import LoadError, SettingsError, WriteError

if TYPE_CHECKING:
    from recoupe.records import Dossier

EXAMPLES = """\b
Examples:
  recoupe compare reports/ -o story.json
  recoupe export answers story.json -o answers.parquet
  recoupe export events stories/*.json -o events.csv
  recoupe export statements story.json --format jsonl
  recoupe export linked story.json -o story.jsonld

\b
Exit status: 0 all is well; 2 nothing was written."""
LINKED = "linked"
"""What is asked for in place of a table to have JSON-LD."""
_ANEW = "make it anew with 'recoupe compare … -o dossier.json'."
Table = Annotated[
    str,
    typer.Argument(
        metavar="TABLE", help="One of answers, statements, names, articles, stories, events; or linked: all as JSON-LD."
    ),
]
Dossiers = Annotated[list[str], typer.Argument(metavar="DOSSIER...", help="Dossiers saved as JSON.")]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the table into FILE instead of showing it."),
]
FormName = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="csv|jsonl|parquet",
        help="Form of the table; by default that of FILE's ending, else csv.",
    ),
]


def export(table: Table, dossier: Dossiers, output: Output = None, form: FormName = None, quiet: Quiet = False) -> None:
    """Write a table of what one or many dossiers hold.

    Answers, statements, mentions of names, reports or stories, with the place of all words; or what is said of the
    dead as events with the fields of the UCDP's data.
    """
    from recoupe.writing.exports import check, rows, save_table, table_form, table_text

    target = None if output == "-" else output
    if table == LINKED:
        _linked(dossier, target, form, quiet)
        return
    check(table)
    chosen = table_form(target, form)
    if target is None and chosen == "parquet":  # said before anything is read
        table_text(table, [], chosen)
    found = []
    for story, path in _called(dossier):
        opened = opened_dossier(path)
        try:
            found += rows(table, [(story, opened)])
        except (KeyError, IndexError, TypeError, OverflowError) as error:  # a file that somebody has edited
            raise LoadError(f"{path}: its parts do not fit together; {_ANEW}") from error
    if target is None:
        show(table_text(table, found, chosen))
    else:
        save_table(table, found, target, chosen)
        if not quiet:
            told = "1 dossier" if len(dossier) == 1 else f"{len(dossier)} dossiers"
            tell(f"wrote {target}: {len(found)} rows from {told}.")


def _linked(paths: list[str], target: str | None, form: str | None, quiet: bool) -> None:
    """Show or write all dossiers as one graph."""
    from recoupe.writing import save
    from recoupe.writing.exports import to_jsonld

    if form is not None:
        raise SettingsError(f"{LINKED} has one form, JSON-LD; leave --format out.")
    stories = [(story, opened_dossier(path)) for story, path in _called(paths)]
    try:
        told = to_jsonld(stories)
    except (KeyError, IndexError, TypeError) as error:  # a file that somebody has edited
        raise LoadError(f"{', '.join(paths)}: the parts of a dossier do not fit together; {_ANEW}") from error
    if target is None:
        show(told)
        return
    save(told, target)
    if not quiet:
        tell(f"wrote {target}: {len(paths)} in one graph.")


def _called(paths: list[str]) -> list[tuple[str, str]]:
    """Each path with what its rows are called by: the name of the file, or all of the path where others share it."""
    often = Counter(Path(path).stem for path in paths)
    return [(Path(path).stem if often[Path(path).stem] == 1 else path, path) for path in paths]


def opened_dossier(path: str) -> Dossier:
    """The dossier in a file. Raises LoadError if it cannot be read or is none."""
    from recoupe.writing.to_json import from_json

    try:
        return from_json(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise LoadError(
            f"{path}: cannot be read ({getattr(error, 'strerror', None) or error}); give a dossier."
        ) from error
    except WriteError as error:
        raise LoadError(f"{path}: {error} If it is one, {_ANEW}") from error

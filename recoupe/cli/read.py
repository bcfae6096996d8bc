"""`recoupe read`: what one report says."""

from __future__ import annotations

from typing import Annotated

import typer

from recoupe.cli.options import (
    AllowPrivate,
    Columns,
    Follow,
    Paths,
    Pipelines,
    Quiet,
    Ui,
    coloured,
    columns,
    settings_from,
)
from recoupe.cli.telling import Watch, show
from recoupe.errors import SettingsError

EXAMPLES = """\b
Examples:
  recoupe read a.txt
  cat a.txt | recoupe read -
  recoupe read reports/ --format json
  recoupe read https://example.org/feed.xml

\b
Exit status: 0 all is well; 1 some report could not be used; 2 none could."""
FORMS = ("text", "json")
FormName = Annotated[
    str,
    typer.Option("--format", "-f", metavar="text|json", help="text, or json: one object a line, one line a report."),
]


def read(
    paths: Paths,
    form: FormName = "text",
    ui: Ui = None,
    allow_private: AllowPrivate = False,
    follow: Follow = False,
    column: Columns = None,
    pipeline: Pipelines = None,
    quiet: Quiet = False,
) -> None:
    """Show what each report says by itself.

    Its names, times, figures and statements, whose word it rests on, and what was left out as page furniture.
    """
    if form not in FORMS:
        raise SettingsError(f"there is no form {form!r} of a reading; choose one of {', '.join(FORMS)}.")
    from recoupe.pipeline import read_all
    from recoupe.writing import reading_to_json, reading_to_text

    settings = settings_from(ui, allow_private, follow, column, pipeline)
    shown = 0
    with Watch(paths, quiet) as watch:
        for reading in read_all(paths, settings, watch.problem, watch.step):
            if form == "json":
                show(reading_to_json(reading))
            else:
                show("\n" * bool(shown) + reading_to_text(reading, settings.ui, columns(), coloured()))
            shown += 1
    raise typer.Exit(2 if not shown else 1 if watch.problems else 0)

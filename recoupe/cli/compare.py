"""`recoupe compare`: cross-check reports of one event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import (
    AllowPrivate,
    Columns,
    Follow,
    Paths,
    Pipelines,
    Quiet,
    Ui,
    Vague,
    coloured,
    columns,
    settings_from,
)
from recoupe.cli.telling import Watch, show, tell

if TYPE_CHECKING:
    from recoupe.records import Dossier
    from recoupe.writing import Form

EXAMPLES = """\b
Examples:
  recoupe compare a.txt b.html https://example.org/news/1
  recoupe compare reports/ -o dossier.html
  recoupe compare reports/ --format json --ui fr

\b
Exit status: 0 all is well; 1 there is a dossier, but some report could not be used; 2 there is none."""
Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write the dossier into FILE instead of showing it; - shows it."
    ),
]
FormName = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="html|json|md|csv|text",
        help="Form of the dossier; by default that of FILE's ending, else text.",
    ),
]
Corrections = Annotated[
    str | None,
    typer.Option(
        "--corrections", metavar="FILE", help="Take what somebody has put right from FILE, a correction a JSON line."
    ),
]


def compare(
    paths: Paths,
    output: Output = None,
    form: FormName = None,
    ui: Ui = None,
    allow_private: AllowPrivate = False,
    follow: Follow = False,
    column: Columns = None,
    pipeline: Pipelines = None,
    vague: Vague = "range",
    corrections: Corrections = None,
    quiet: Quiet = False,
) -> None:
    """Cross-check reports of one event.

    Shows what they contradict each other on, what they agree on, who says what, and how many independent origins
    stand behind it, every finding with the words it rests on.
    """
    from recoupe.cli.corrections import read_corrections
    from recoupe.pipeline import cross_check
    from recoupe.writing import form_of

    target = None if output == "-" else output
    chosen = form_of(target, form)
    settings = settings_from(ui, allow_private, follow, column, pipeline, vague)
    right = read_corrections(corrections) if corrections else []
    with Watch(paths, quiet) as watch:
        dossier = cross_check(paths, settings, watch.problem, watch.step, right)
    if target is None:
        show(_shown(chosen, dossier))
    else:
        chosen.save(dossier, target)
        if not quiet:
            tell(f"wrote {target}: {_tally(dossier)}.")
    raise typer.Exit(1 if watch.problems or dossier.problems else 0)


def _shown(form: Form, dossier: Dossier) -> str:
    """The dossier as standard output shows it: only text is fitted to the terminal."""
    from recoupe.writing import to_terminal

    return to_terminal(dossier, columns(), coloured()) if form.name == "text" else form.make(dossier)


def _tally(dossier: Dossier) -> str:
    from recoupe.writing.view import View

    view = View(dossier)
    counts = [counted for _, counted in view.tally]
    return ", ".join([view.ui.counted("report", len(dossier.articles)), *counts])

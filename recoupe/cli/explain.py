"""`recoupe explain`: how a verdict came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import (
    AllowPrivate,
    Pipelines,
    Quiet,
    Ui,
    Vague,
    coloured,
    columns,
    interface,
    pipelines,
    vague_as,
)
from recoupe.cli.telling import Watch, show
from recoupe.errors import LoadError, SettingsError

if TYPE_CHECKING:
    from recoupe.records import Dossier

EXAMPLES = """\b
Examples:
  recoupe compare reports/ -o dossier.json
  recoupe explain dossier.json q3
  recoupe explain dossier.json "people killed"
  recoupe explain reports/ killed --format md

\b
Exit status: 0 all is well; 1 some report could not be used; 2 there is nothing to explain."""
_ANEW = "make it anew with 'recoupe compare … -o dossier.json'."
FORMS = ("text", "json", "md")
Dossiers = Annotated[
    list[str],
    typer.Argument(metavar="DOSSIER", help="A dossier saved as JSON, or the reports themselves as for 'compare'."),
]
Asked = Annotated[
    str, typer.Argument(metavar="QUESTION", help="The id of a question (q3), or words of its label that no other has.")
]
FormName = Annotated[str, typer.Option("--format", "-f", metavar="text|json|md", help="Form of the explanation.")]


def explain(
    dossier: Dossiers,
    question: Asked,
    form: FormName = "text",
    ui: Ui = None,
    allow_private: AllowPrivate = False,
    pipeline: Pipelines = None,
    vague: Vague = "range",
    quiet: Quiet = False,
) -> None:
    """Explain how the verdict of one question came about.

    From the words and their place in the report to the value, to who says it and which origin that counts for, to why
    these answers stand in one question, to the rule that made the verdict.
    """
    if form not in FORMS:
        raise SettingsError(f"there is no form {form!r} of an explanation; choose one of {', '.join(FORMS)}.")
    from recoupe.writing import explanation

    found, problems = _saved(dossier, ui), 0
    if found is None:
        found, problems = _compared(dossier, ui, allow_private, pipeline, vague, quiet)
    try:
        told = explanation(found, question, form, columns(), coloured())
    except (KeyError, IndexError) as error:  # a file that somebody has edited
        raise LoadError(f"{dossier[0]}: its parts do not fit together; {_ANEW}") from error
    show(told)
    raise typer.Exit(1 if problems else 0)


def _saved(paths: list[str], ui: str | None) -> Dossier | None:
    """The dossier that the one path is a file of, None where it is no dossier; our own words in `ui` if asked."""
    from dataclasses import replace
    from pathlib import Path

    if len(paths) != 1 or not paths[0].lower().endswith(".json"):
        return None
    try:
        text = Path(paths[0]).read_bytes()
    except OSError as error:
        raise LoadError(
            f"{paths[0]}: cannot be read ({error.strerror or error}); give a dossier or reports."
        ) from error
    if b'"recoupe/dossier/1"' not in text[:4096] and b'"recoupe/dossier/1"' not in text[-4096:]:
        return None
    from recoupe.errors import WriteError
    from recoupe.writing.to_json import from_json

    try:
        dossier = from_json(text)
    except WriteError as error:
        raise LoadError(f"{paths[0]}: {error} If it is one, {_ANEW}") from error
    return dossier if ui is None else replace(dossier, ui=interface(ui))


def _compared(
    paths: list[str], ui: str | None, allow_private: bool, pipeline: list[str] | None, vague: str, quiet: bool
) -> tuple[Dossier, int]:
    """The dossier of the reports, and how many could not be used."""
    from recoupe.pipeline import cross_check
    from recoupe.settings import Settings

    settings = Settings(interface(ui), allow_private, pipelines=pipelines(pipeline), vague=vague_as(vague))
    with Watch(paths, quiet) as watch:
        dossier = cross_check(paths, settings, watch.problem, watch.step)
    return dossier, watch.problems

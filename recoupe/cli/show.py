"""`recoupe show`: a story's dossier, or an article with its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import StoreAddress, Ui, coloured, columns, interface
from recoupe.cli.telling import show as show_text
from recoupe.cli.telling import tell
from recoupe.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from recoupe.records import Dossier
    from recoupe.store.sql import SqlStore

EXAMPLES = """\b
Examples:
  recoupe show smsxdwkg673
  recoupe show smsx -o dossier.html
  recoupe show adinqlaxzjv"""
Name = Annotated[
    str, typer.Argument(metavar="ID", help="The id of a story, or the beginning of it; or the id of an article.")
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the dossier into FILE; - shows it.")
]
FormName = Annotated[
    str | None,
    typer.Option("--format", "-f", metavar="html|json|md|csv|text", help="Form of the dossier, as for 'compare'."),
]
Number = Annotated[int | None, typer.Option("--dossier", min=1, help="An earlier dossier, by its number.")]


def show(
    name: Name,
    store: StoreAddress = None,
    output: Output = None,
    form: FormName = None,
    number: Number = None,
    ui: Ui = None,
) -> None:
    """Show the dossier of a story, or the versions of an article and what each finds otherwise than the one before."""
    from recoupe.store import open_store
    from recoupe.writing import form_of

    target = None if output == "-" else output
    form_of(target, form)  # said before anything is read
    with open_store(store, make=False) as opened:
        if name.startswith("a"):
            show_text(_versions(opened, name))
            return
        dossier = _dossier(opened, name, number)
    put_out(dossier, target, form, ui)


def put_out(dossier: Dossier, target: str | None, form: str | None, ui: str | None, quiet: bool = False) -> None:
    """Show a dossier, or write it into a file, in the form that is asked for or that goes with the file's ending."""
    from dataclasses import replace

    from recoupe.writing import form_of, to_terminal

    chosen = form_of(target, form)
    if ui is not None:
        dossier = replace(dossier, ui=interface(ui))
    if target is not None:
        chosen.save(dossier, target)
        if not quiet:
            tell(f"wrote {target}.")
    elif chosen.name == "text":
        show_text(to_terminal(dossier, columns(), coloured()))
    else:
        show_text(chosen.make(dossier))


def _dossier(store: SqlStore, name: str, number: int | None) -> Dossier:
    story = store.story(name)
    kept = store.dossiers(story.id, last=number is None)
    if not kept:
        told = f"; its one report is {story.articles[0]}" if len(story.articles) == 1 else ""
        raise StoreError(f"{story.id}: has no dossier, which takes two different reports{told}.")
    found = [one for one in kept if number in (None, one.number)]
    if not found:
        raise SettingsError(f"--dossier {number}: {story.id} has {len(kept)} of them.")
    return found[0].dossier


def _versions(store: SqlStore, name: str) -> str:
    """An article with its versions; what no reader of today has read is read now."""
    from itertools import pairwise

    from recoupe.comparing.changes import changes
    from recoupe.engine.made import readers
    from recoupe.reading import read
    from recoupe.settings import Settings
    from recoupe.writing.of_kept import versions_to_text

    versions = store.versions(name, readers(Settings()))
    readings = [v.reading or read(v.article) for v in versions] if len(versions) > 1 else []
    changed = [changes(before, after) for before, after in pairwise(readings)]
    return versions_to_text(versions, changed, columns(), coloured())

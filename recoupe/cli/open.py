"""`recoupe open`: what a packed story holds, or the story taken into a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import Quiet, StoreAddress, Ui
from recoupe.cli.show import FormName, Number, Output, put_out
from recoupe.cli.telling import tell
from recoupe.errors import LoadError, SettingsError

if TYPE_CHECKING:
    from recoupe.records.pack import Pack

EXAMPLES = """\b
Examples:
  recoupe open bridge.recoupe
  recoupe open bridge.recoupe -o bridge.html
  recoupe open bridge.recoupe --store ~/stories.db"""
Path = Annotated[str, typer.Argument(metavar="FILE", help="A file that 'recoupe pack' made.")]
Corrections = Annotated[
    bool,
    typer.Option("--corrections", help="With --store: take its corrections too, which count in later comparisons."),
]


def open_(
    path: Path,
    output: Output = None,
    form: FormName = None,
    store: StoreAddress = None,
    number: Number = None,
    corrections: Corrections = False,
    ui: Ui = None,
    quiet: Quiet = False,
) -> None:
    """Show the dossier of a packed story, or take the story into a store with --store, where twice is once.

    A pack may come from anybody: it is checked before anything of it is shown or kept. It says what its maker's
    machine found, not that it is so.
    """
    from recoupe.store.pack_file import PackFile
    from recoupe.writing import form_of

    target = None if output == "-" else output
    form_of(target, form)  # said before anything is read
    if corrections and store is None:
        raise SettingsError("--corrections goes with --store ADDRESS, into which they are taken.")
    with PackFile(path) as opened:
        pack = opened.whole() if store is not None else None
        dossier = opened.last_dossier(number) if store is None or output is not None else None
    if pack is not None:
        _take_in(pack, store, corrections, quiet)
    if dossier is not None:
        try:
            put_out(dossier, target, form, ui, quiet)
        except (KeyError, IndexError, TypeError, OverflowError) as error:  # whoever packed it has made it up
            raise LoadError(f"{path}: the parts of its dossier do not fit together ({error}).") from error


def _take_in(pack: Pack, address: str | None, corrections: bool, quiet: bool) -> None:
    from recoupe.engine.made import readers
    from recoupe.settings import Settings
    from recoupe.store import open_store

    with open_store(address) as opened:
        taken = opened.take_in(pack, list(readers(Settings()).values()), corrections)
    if quiet:
        return
    new = taken.versions or taken.dossiers or taken.corrections
    what = f"{taken.articles} articles, {taken.versions} versions, {taken.dossiers} dossiers new"
    tell(f"{taken.story}: {what if new else 'all of it was there already'}.")
    if taken.left_out:
        tell(f"{taken.left_out} corrections were left out; --corrections takes them, and they count from then on.")

"""`recoupe pack`: a story of the store in one file."""

from __future__ import annotations

from typing import Annotated

import typer

from recoupe.cli.options import Quiet, StoreAddress
from recoupe.cli.telling import tell

EXAMPLES = """\b
Examples:
  recoupe pack smsxdwkg673 -o bridge.recoupe
  recoupe open bridge.recoupe"""
Name = Annotated[str, typer.Argument(metavar="STORY", help="The id of a story, or the beginning of it.")]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="The file; by default STORY.recoupe here.")
]


def pack(name: Name, output: Output = None, store: StoreAddress = None, quiet: Quiet = False) -> None:
    """Put a story into one file, with all that its dossiers rest on.

    The reports in every version that a dossier was made from, what was read in them, all dossiers with what made
    each, what happened to the story, and corrections. It opens on another machine with 'recoupe open'.
    """
    from recoupe.store import open_store
    from recoupe.store.packs import write_pack
    from recoupe.writing.saving import saved

    with open_store(store, make=False) as opened:
        found = opened.pack(name)
    target = output or f"{found.story.id}.recoupe"
    with saved(target) as file:
        write_pack(found, file)
    if not quiet:
        reports, dossiers = len({v.id for v in found.versions}), len(found.dossiers)
        tell(f"wrote {target}: {reports} reports, {dossiers} dossiers.")

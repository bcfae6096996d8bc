"""`recoupe corrections`: what somebody has put right, in a list or a file, and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import ListForm, Quiet, StoreAddress, Ui, form_in, interface
from recoupe.cli.telling import show, tell
from recoupe.errors import LoadError, SettingsError

if TYPE_CHECKING:
    from recoupe.records.correction import Correction
    from recoupe.settings import Settings
    from recoupe.store.sql import SqlStore

EXAMPLES = """\b
Examples:
  recoupe corrections
  recoupe corrections list --story smsxdwkg673
  recoupe corrections export corrections.jsonl
  recoupe corrections import corrections.jsonl
  recoupe corrections undo k3f09ab"""
ACTIONS = ("list", "export", "import", "undo")
Action = Annotated[str, typer.Argument(metavar="[list|export|import|undo]", help="What to do.")]
What = Annotated[
    str | None,
    typer.Argument(metavar="[WHAT]", help="The file of an export or import (- for standard output, input); or an id."),
]
OfStory = Annotated[str | None, typer.Option("--story", metavar="STORY", help="Those alone that speak of that story.")]
Note = Annotated[str, typer.Option("--note", metavar="WORDS", help="Why it is taken back, for the log.")]
Author = Annotated[str, typer.Option("--author", metavar="NAME", help="Who takes it back, for the log.")]


def corrections(
    action: Action = "list",
    what: What = None,
    story: OfStory = None,
    store: StoreAddress = None,
    form: ListForm = "text",
    author: Author = "",
    note: Note = "",
    ui: Ui = None,
    quiet: Quiet = False,
) -> None:
    """List what somebody has put right, write it into a file, take it in from one, or take one correction back.

    Corrections are made on the desk or from Python; they count in every comparison from then on.
    """
    form_in(form, "corrections")
    if action not in ACTIONS:
        raise SettingsError(f"there is no action {action!r}; choose one of {', '.join(ACTIONS)}.")
    from recoupe.settings import Settings
    from recoupe.store import open_store

    with open_store(store, make=action == "import") as opened:
        if action == "list":
            show(_listed(_of(opened, story), form, interface(ui)))
        elif action == "export":
            _export(_of(opened, story), what)
        else:
            done = _change(opened, action, what, Settings(interface(ui)), author, note)
            if not quiet:
                tell(done)


def _of(store: SqlStore, story: str | None) -> list[Correction]:
    return store.corrections(store.story(story).articles if story else None)


def _listed(rows: list[Correction], form: str, ui: str) -> str:
    """A correction a line, the last one first; as JSON as they are exported."""
    from recoupe.correcting import to_lines
    from recoupe.writing.corrections import log_line
    from recoupe.writing.wording import wording

    if form == "json":
        return to_lines(rows)
    return "".join(f"{log_line(row, wording(ui))}\n" for row in reversed(rows))


def _export(rows: list[Correction], target: str | None) -> None:
    from recoupe.correcting import to_lines
    from recoupe.writing import save

    if target in (None, "-"):
        show(to_lines(rows))
    else:
        save(to_lines(rows), str(target))


def _change(store: SqlStore, action: str, what: str | None, settings: Settings, author: str, note: str) -> str:
    """Import or undo; what came of it in words."""
    from recoupe.engine import take_in, undo

    if action == "undo":
        if not what:
            raise SettingsError("say which correction is to be taken back: recoupe corrections undo ID.")
        done = undo(store, what, author, note, settings)
    else:
        done = take_in(store, read_corrections(what or "-"), settings)
    return f"{len(done.added)} new in the log of corrections, {len(done.stories)} stories brought up to date."


def read_corrections(path: str) -> list[Correction]:
    """Corrections from a file of JSON lines, `-` for standard input. Raises LoadError, SettingsError."""
    from recoupe.correcting import from_lines

    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or 'no UTF-8'}).") from error
    return from_lines(text, path)

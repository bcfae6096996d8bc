"""`recoupe stories`: the stories that a store keeps."""

from __future__ import annotations

from typing import Annotated

import typer

from recoupe.cli.options import ListForm, Most, Since, StoreAddress, Until, coloured, columns, day_of, form_in
from recoupe.cli.telling import as_lines, show

EXAMPLES = """\b
Examples:
  recoupe stories
  recoupe stories --since yesterday --contested"""
Contested = Annotated[bool, typer.Option("--contested", help="Only stories whose reports contradict each other.")]
Single = Annotated[bool, typer.Option("--single", help="Also those that one report alone tells.")]


def stories(
    store: StoreAddress = None,
    since: Since = None,
    until: Until = None,
    contested: Contested = False,
    single: Single = False,
    most: Most = 50,
    form: ListForm = "text",
) -> None:
    """List the stories of a store, the one that changed last first."""
    form_in(form, "the stories")
    from recoupe.store import Which, open_store
    from recoupe.writing.of_kept import stories_to_text

    which = Which(day_of(since, "--since"), day_of(until, "--until"), contested, least=1 if single else 2, most=most)
    with open_store(store, make=False) as opened:
        found = opened.stories(which)
    show(as_lines(found) if form == "json" else stories_to_text(found, columns(), coloured()) if found else "")

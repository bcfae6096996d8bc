"""`recoupe search`: find articles by their words."""

from __future__ import annotations

from typing import Annotated

import typer

from recoupe.cli.options import ListForm, Most, Since, StoreAddress, Until, coloured, columns, day_of, form_in
from recoupe.cli.telling import as_lines, show

EXAMPLES = """\b
Examples:
  recoupe search 'pont effondré'
  recoupe search '"dong nai"' --lang vi
  recoupe search ministre --since 7d --format json

\b
Exit status: 0 something was found; 1 nothing was."""
Query = Annotated[
    list[str],
    typer.Argument(metavar="WORDS", help="Words that must all be there; in quotation marks, side by side."),
]
Lang = Annotated[str | None, typer.Option("--lang", metavar="CODE", help="Only articles in that language.")]
Old = Annotated[bool, typer.Option("--old", help="Also what articles once said and say no more.")]


def search(
    words: Query,
    store: StoreAddress = None,
    since: Since = None,
    until: Until = None,
    lang: Lang = None,
    old: Old = False,
    most: Most = 20,
    form: ListForm = "text",
) -> None:
    """Find articles by their words, whatever their accents and capitals, the best first."""
    form_in(form, "what was found")
    from recoupe.store import Which, open_store
    from recoupe.writing.of_kept import hits_to_text

    which = Which(day_of(since, "--since"), day_of(until, "--until"), lang=lang, most=most, old=old)
    with open_store(store, make=False) as opened:
        found = opened.search(" ".join(words), which)
    show(as_lines(found) if form == "json" else hits_to_text(found, columns(), coloured()) if found else "")
    raise typer.Exit(0 if found else 1)

"""`recoupe stories`: the stories that a store keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from recoupe.cli.options import Most, Since, StoreAddress, Until, coloured, columns, day_of
from recoupe.cli.telling import show
from recoupe.errors import SettingsError

EXAMPLES = """\b
Examples:
  recoupe stories
  recoupe stories --since yesterday --contested"""
FORMS = ("text", "json")
Contested = Annotated[bool, typer.Option("--contested", help="Only stories whose reports contradict each other.")]
Single = Annotated[bool, typer.Option("--single", help="Also those that one report alone tells.")]
FormName = Annotated[str, typer.Option("--format", "-f", metavar="text|json", help="A list, or a JSON object a line.")]


def stories(
    store: StoreAddress = None,
    since: Since = None,
    until: Until = None,
    contested: Contested = False,
    single: Single = False,
    most: Most = 50,
    form: FormName = "text",
) -> None:
    """List the stories of a store, the one that changed last first."""
    form_in(form, "the stories")
    from recoupe.store import Which, open_store
    from recoupe.writing.of_kept import stories_to_text

    which = Which(day_of(since, "--since"), day_of(until, "--until"), contested, least=1 if single else 2, most=most)
    with open_store(store, make=False) as opened:
        found = opened.stories(which)
    show(as_lines(found) if form == "json" else stories_to_text(found, columns(), coloured()) if found else "")


def form_in(form: str, of: str) -> None:
    """Raises SettingsError for a form that does not exist."""
    if form not in FORMS:
        raise SettingsError(f"there is no form {form!r} of {of}; choose one of {', '.join(FORMS)}.")


def as_lines(records: Sequence[object]) -> str:
    """Records as JSON, one a line."""
    import msgspec

    return msgspec.json.Encoder().encode_lines(records).decode()

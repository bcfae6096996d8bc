"""`recoupe languages`: the languages that reports may be in."""

from __future__ import annotations

import typer

from recoupe.cli.telling import show, tell
from recoupe.errors import PackError

EXAMPLES = """\b
Example:
  recoupe languages"""


def languages() -> None:
    """List the languages that reports may be in.

    Code, English name, own name. A pack that cannot be opened is told and left out; the exit status is then 1.
    """
    from recoupe.languages import available, load_pack

    status = 0
    for code in available():
        try:
            pack = load_pack(code)
        except PackError as error:
            tell(str(error))
            status = 1
        else:
            show(f"{code}  {pack.english:<12}  {pack.name}\n")
    raise typer.Exit(status)

"""`recoupe languages`: the languages that reports may be in."""

from __future__ import annotations

from recoupe.cli.telling import show

EXAMPLES = """\b
Example:
  recoupe languages"""


def languages() -> None:
    """List the languages that reports may be in."""
    from recoupe.languages import available, load_pack

    for code in available():
        pack = load_pack(code)
        show(f"{code}  {pack.english:<12}  {pack.name}\n")

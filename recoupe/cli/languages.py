"""`recoupe languages`: the languages that reports may be in."""

from __future__ import annotations

import sys

EXAMPLES = """\b
Example:
  recoupe languages"""


def languages() -> None:
    """List the languages that reports may be in."""
    from recoupe.languages import available, load_pack

    for code in available():
        pack = load_pack(code)
        sys.stdout.write(f"{code}  {pack.english}  {pack.name}\n")
    sys.stdout.flush()

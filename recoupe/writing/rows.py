"""Rows: lines for a terminal, wrapped under their own beginning."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

WIDTH = 80
_NARROWEST = 40
_KEPT = {0xA0: "\ue0a0", 0x202F: "\ue02f"}
"""No-break spaces stand as private characters while lines are broken, which would break at them."""
_BACK = {0xE0A0: "\u00a0", 0xE02F: "\u202f"}


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of text that begins `left` columns in; what wraps stands `hang` deeper."""

    text: Text
    left: int = 0
    hang: int = 0


def styled(words: str, style: str = "") -> Text:
    """Words in one style; nothing in them is taken for markup."""
    from rich.text import Text

    text = Text()
    text.append(words, style or None)
    return text


def printed(rows: Iterable[Row], width: int = WIDTH, colour: bool = False) -> str:
    """The rows as lines of at most `width` columns, with colour codes only if `colour`; no line ends in blanks."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, _NARROWEST),
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for row in rows:
        row.text.plain = row.text.plain.translate(_KEPT)
        for i, part in enumerate(row.text.wrap(console, console.width - row.left - row.hang)):
            part.rstrip()
            console.print(" " * (row.left + (row.hang if i else 0)), part, sep="", soft_wrap=True)
    return "\n".join(line.rstrip() for line in out.getvalue().translate(_BACK).split("\n")).rstrip("\n") + "\n"

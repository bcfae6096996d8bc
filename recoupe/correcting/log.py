"""Log: corrections as they follow each other. Nothing in it is ever changed; what takes one back is a further row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from recoupe.records.correction import Correction, Undo, kind_of

_C = TypeVar("_C", bound=Correction)
_LETTERS = 12


def identified(correction: _C) -> _C:
    """A correction under its id, which follows from all that it says."""
    import msgspec

    said = replace(correction, id="", undone_by=None)
    said = msgspec.json.decode(msgspec.json.encode(said), type=type(said))  # 99 and 99.0 are one number
    body = kind_of(said).encode() + msgspec.json.encode(said, order="sorted")
    return replace(said, id="k" + hashlib.sha256(body).hexdigest()[:_LETTERS])


def in_order(corrections: Iterable[Correction]) -> list[Correction]:
    """Corrections by the time at which they were made, each once, with what took each back, if anything did.

    The order in which they come makes no difference.
    """
    rows = {c.id: c for c in (c if c.id else identified(c) for c in corrections)}
    ordered = sorted(rows.values(), key=lambda c: (c.when, c.id))
    undone: dict[str, str] = {}
    for row in reversed(ordered):
        if isinstance(row, Undo) and row.id not in undone:
            undone.setdefault(row.of, row.id)
    return [replace(row, undone_by=undone.get(row.id)) for row in ordered]


def in_force(corrections: Iterable[Correction]) -> list[Correction]:
    """Those that count, by the time at which they were made."""
    return [c for c in in_order(corrections) if c.undone_by is None and not isinstance(c, Undo)]

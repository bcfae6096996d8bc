"""Claimed: what a claim says, before it is told in whose statement it stands, of what event, and when."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

from msgspec import Struct

from recoupe.records import Kind, Span, Value


class Claimed(Struct):
    """A claim while it is being made, with fields as `recoupe.records.Claim` has; cheap to make and to change."""

    kind: Kind
    span: Span
    value: Value
    sentence: Span
    asks: tuple[str, ...]
    terms: tuple[tuple[str, float], ...]
    event: str | None = None
    statement: int | None = None
    hedged: bool = False


def ranked(terms: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Keys with their weights, the heaviest first."""
    rows = sorted(terms.items())
    rows.sort(key=itemgetter(1), reverse=True)  # which leaves those of one weight in their order
    return tuple(rows)

"""Propositions: whether something is asserted or denied, and who did it."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.reading.context import Context
from recoupe.reading.document import Document
from recoupe.records import Claim, Name, Statement


def read_propositions(doc: Document, context: Context, names: Sequence[Name], statements: Sequence[Statement]) -> list[Claim]:
    """Stance and entity claims of a document."""
    return []

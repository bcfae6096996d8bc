"""Readings -> Stories, across languages."""

from recoupe.grouping.copies import find_copies, with_copies
from recoupe.grouping.embedding import Embedder, open_embedder
from recoupe.grouping.going_on import changed, group
from recoupe.grouping.mentions import marked

__all__ = ["Embedder", "changed", "find_copies", "group", "marked", "open_embedder", "with_copies"]

"""Readings -> Stories, across languages."""

from recoupe.grouping.copies import find_copies, with_copies
from recoupe.grouping.going_on import changed, group

__all__ = ["changed", "find_copies", "group", "with_copies"]

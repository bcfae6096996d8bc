"""Readings -> Stories, across languages."""

from recoupe.grouping.copies import find_copies, with_copies
from recoupe.grouping.events import group

__all__ = ["find_copies", "group", "with_copies"]

"""Corrections -> what a story and its comparison are by them: pure functions, without a store."""

from recoupe.correcting.applying import corrected, decided_stories, story_pairs
from recoupe.correcting.lines import from_lines, to_lines
from recoupe.correcting.log import identified, in_force, in_order

__all__ = [
    "corrected",
    "decided_stories",
    "from_lines",
    "identified",
    "in_force",
    "in_order",
    "story_pairs",
    "to_lines",
]

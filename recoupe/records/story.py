"""Story: articles about the same event."""

from __future__ import annotations

from dataclasses import dataclass

from recoupe.records.problem import Problem
from recoupe.records.reading import Reading


@dataclass(frozen=True, slots=True)
class Story:
    """The readings of one event, in the order in which they are shown, and what went wrong with others."""

    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...] = ()

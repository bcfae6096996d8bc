"""Story: articles about the same event."""

from __future__ import annotations

from dataclasses import dataclass

from recoupe.records.problem import Problem
from recoupe.records.reading import Reading


@dataclass(frozen=True, slots=True)
class Story:
    """The readings of one event, in the order in which they are shown, and what went wrong with others.

    `copies` are, for each reading, the index of the one that it republishes, in whatever language; `versions` that of
    an earlier version of the same report by the same outlet; None where there is none. Empty: not looked for.
    `id` stays the same from one grouping to the next as long as its first report does; empty for reports that were
    not grouped.
    `roundup`: one report that tells several events (a digest, a live blog of a day) and so is a story alone; `tells`
    are then the ids of the stories that it tells of. `roundups` are the ids of the round-ups that tell of this story.
    """

    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...] = ()
    copies: tuple[int | None, ...] = ()
    versions: tuple[int | None, ...] = ()
    id: str = ""
    roundup: bool = False
    tells: tuple[str, ...] = ()
    roundups: tuple[str, ...] = ()

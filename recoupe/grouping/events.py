"""The grouping itself: readings that are likelier of one event than not, on average, are one story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recoupe.grouping.candidates import ALL, alike
from recoupe.grouping.linking import linked
from recoupe.grouping.space import Space
from recoupe.grouping.traits import Traits, traits
from recoupe.records import Reading, Story


def group(readings: Iterable[Reading]) -> list[Story]:
    """Put readings into stories, in the order of their first reports; the result does not depend on the order given.

    A reading that is like no other is a story alone.
    """
    found = list(readings)
    seen = [traits(reading) for reading in found]
    taken: set[str] = set()
    return [
        Story(tuple(found[i] for i in members), id=_name([seen[i] for i in members], taken))
        for members in grouped(seen)
    ]


def _name(reports: Sequence[Traits], taken: set[str]) -> str:
    """The id of a story, made of its first report's text, so that it is the same when the story is found again."""
    own = f"s{min(reports, key=_place).mark:016x}"
    while own in taken:
        own += "x"
    taken.add(own)
    return own


def grouped(reports: Sequence[Traits]) -> list[list[int]]:
    """The groups of reports as indices, each ascending, in the order of their first members."""
    if not reports:
        return []
    order = sorted(range(len(reports)), key=lambda i: _place(reports[i]))
    space = Space([reports[i] for i in order])
    groups = linked(len(order), alike(space), space.model, len(order) > ALL)
    return sorted(sorted(order[i] for i in members) for members in groups)


def _place(report: Traits) -> tuple[int, int]:
    """Where a report stands among others: by day, those without one last, and by its text."""
    return (report.first if report.first is not None else 10**9, report.mark)

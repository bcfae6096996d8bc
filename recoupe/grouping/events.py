"""The grouping itself: readings that are likelier of one event than not, on average, are one story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recoupe.grouping.candidates import ALL, alike
from recoupe.grouping.linking import linked
from recoupe.grouping.naming import fresh_id, named, place
from recoupe.grouping.space import Space
from recoupe.grouping.traits import Traits, traits
from recoupe.records import Reading, Story


def group(readings: Iterable[Reading]) -> list[Story]:
    """Put readings into stories, in the order of their first reports; the result does not depend on the order given.

    A reading that is like no other is a story alone.
    """
    found = list(readings)
    seen = [traits(reading) for reading in found]
    groups = grouped(seen)
    names = named(groups, {}, lambda members, given: fresh_id([seen[i] for i in members], given.__contains__))
    return [Story(tuple(found[i] for i in members), id=name) for members, name in zip(groups, names)]


def grouped(reports: Sequence[Traits]) -> list[list[int]]:
    """The groups of reports as indices, each ascending, in the order of their first members."""
    if not reports:
        return []
    order = sorted(range(len(reports)), key=lambda i: place(reports[i]))
    space = Space([reports[i] for i in order])
    groups = linked(len(order), alike(space), space.model, len(order) > ALL)
    return sorted(sorted(order[i] for i in members) for members in groups)

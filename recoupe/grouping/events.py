"""The grouping itself: readings that are likelier of one event than not, on average, are one story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recoupe.grouping.candidates import ALL, Candidates, Columns, alike
from recoupe.grouping.embedding import Embedder, Sense, with_vectors
from recoupe.grouping.linking import linked
from recoupe.grouping.mentions import Ground, marked, tellings
from recoupe.grouping.naming import fresh_id, named, place
from recoupe.grouping.roundups import told
from recoupe.grouping.space import Space
from recoupe.grouping.traits import Traits
from recoupe.records import Reading, Story


def group(readings: Iterable[Reading], embedder: Embedder | None = None) -> list[Story]:
    """Put readings into stories, in the order of their first reports; the result does not depend on the order given.

    A reading that is like no other is a story alone, and so is a round-up; it is told of which stories it tells.
    """
    found = list(readings)
    seen = with_vectors([told(reading) for reading in found], found, embedder)
    done = grouping(seen)
    groups = done.groups
    names = named(groups, {}, lambda members, given: fresh_id([seen[i] for i in members], given.__contains__))
    stories = [Story(tuple(found[i] for i in members), id=name) for members, name in zip(groups, names)]
    of = {i: name for members, name in zip(groups, names) for i in members}
    return marked(stories, tellings(seen, [of[i] for i in range(len(seen))], done.ground))


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Groups of reports as indices, each ascending, in the order of their first members, and where they were found.

    `ground` is None where no report tells one event.
    """

    groups: list[list[int]]
    ground: Ground | None


def grouped(reports: Sequence[Traits], beside: Sequence[Traits] = ()) -> list[list[int]]:
    """The groups of reports as indices, each ascending, in the order of their first members.

    `beside` are others that show what chance gives, where `reports` were chosen for what they share. A report that
    tells several events is a group alone and counts for nothing with the others.
    """
    return grouping(reports, beside).groups


def grouping(reports: Sequence[Traits], beside: Sequence[Traits] = ()) -> Grouping:
    """The same with what tells of which of them the round-ups among them tell."""
    single = [i for i, report in enumerate(reports) if not report.several]
    alone = [[i] for i, report in enumerate(reports) if report.several]
    if not single:
        return Grouping(alone, None)
    every = [*(reports[i] for i in single), *(report for report in beside if not report.several)]
    order = sorted(range(len(every)), key=lambda i: place(every[i]))
    space = Space([every[i] for i in order])
    candidates = Candidates(space) if alone and len(order) > ALL else None
    pairs = alike(space, candidates)
    vectors = [every[i].vector for i in order]
    if all(vector is not None for vector in vectors):
        pairs = Sense(vectors, [every[i].lang for i in order]).weighed(pairs)
    if beside:
        pairs = _among(pairs, [i < len(single) for i in order])
    groups = linked(len(order), pairs, space.model, len(order) > ALL)
    found = ([order[i] for i in members] for members in groups)
    told = [[single[i] for i in sorted(members)] for members in found if members[0] < len(single)]
    return Grouping(
        sorted([*alone, *told]), Ground(space, [single[i] for i in order], candidates) if alone and not beside else None
    )


def _among(pairs: Iterable[Columns], counts: Sequence[bool]) -> Iterator[Columns]:
    """The pairs of which both count."""
    import numpy as np

    both = np.array(counts)
    for ones, others, likeness in pairs:
        kept = both[ones] & both[others]
        yield ones[kept], others[kept], likeness[kept]

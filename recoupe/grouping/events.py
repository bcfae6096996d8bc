"""The grouping itself: readings that are likelier of one event than not, on average, are one story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from recoupe.grouping.candidates import ALL, Columns, alike
from recoupe.grouping.embedding import Embedder, Sense, with_vectors
from recoupe.grouping.linking import linked
from recoupe.grouping.mentions import marked, tellings
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
    groups = grouped(seen)
    names = named(groups, {}, lambda members, given: fresh_id([seen[i] for i in members], given.__contains__))
    stories = [Story(tuple(found[i] for i in members), id=name) for members, name in zip(groups, names)]
    of = {i: name for members, name in zip(groups, names) for i in members}
    return marked(stories, tellings(seen, [of[i] for i in range(len(seen))]))


def grouped(reports: Sequence[Traits], beside: Sequence[Traits] = ()) -> list[list[int]]:
    """The groups of reports as indices, each ascending, in the order of their first members.

    `beside` are others that show what chance gives, where `reports` were chosen for what they share. A report that
    tells several events is a group alone and counts for nothing with the others.
    """
    single = [i for i, report in enumerate(reports) if not report.several]
    alone = [[i] for i, report in enumerate(reports) if report.several]
    groups = _grouped([reports[i] for i in single], [report for report in beside if not report.several])
    return sorted([*alone, *([single[k] for k in members] for members in groups)])


def _grouped(reports: Sequence[Traits], beside: Sequence[Traits]) -> list[list[int]]:
    """The same for reports of which each tells one event."""
    if not reports:
        return []
    every = [*reports, *beside]
    order = sorted(range(len(every)), key=lambda i: place(every[i]))
    space = Space([every[i] for i in order])
    pairs = alike(space)
    vectors = [every[i].vector for i in order]
    if all(vector is not None for vector in vectors):
        pairs = Sense(vectors, [every[i].lang for i in order]).weighed(pairs)
    if beside:
        pairs = _among(pairs, [i < len(reports) for i in order])
    groups = linked(len(order), pairs, space.model, len(order) > ALL)
    found = ([order[i] for i in members] for members in groups)
    return sorted(sorted(members) for members in found if members[0] < len(reports))


def _among(pairs: Iterable[Columns], counts: Sequence[bool]) -> Iterator[Columns]:
    """The pairs of which both count."""
    import numpy as np

    both = np.array(counts)
    for ones, others, likeness in pairs:
        kept = both[ones] & both[others]
        yield ones[kept], others[kept], likeness[kept]

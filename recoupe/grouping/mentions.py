"""Mentions: of which stories a round-up tells, entry by entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from recoupe.grouping.candidates import ALL, Candidates
from recoupe.grouping.space import Space
from recoupe.grouping.traits import Traits
from recoupe.records import Story

_SEEN = 20  # reports of a story that one is held against at least, in a large one
Tellings = Mapping[str, tuple[str, ...]]
"""The stories that each round-up tells of, by ids, in the order of its entries."""


def tellings(reports: Sequence[Traits], stories: Sequence[str]) -> Tellings:
    """Of which stories the round-ups among reports tell; `stories` are the ids of those that the reports are in."""
    roundups = [i for i, report in enumerate(reports) if report.several]
    if not roundups:
        return {}
    order = sorted((i for i in range(len(reports)) if not reports[i].several), key=lambda i: (_day(reports[i]), i))
    if not order:
        return {stories[i]: () for i in roundups}
    space = Space([reports[i] for i in order])
    candidates, sizes = Candidates(space) if len(space) > ALL else None, Counter(stories)
    found = {}
    for i in roundups:
        names = (
            likeliest(part, space, candidates, lambda at: stories[order[at]], sizes.__getitem__)
            for part in reports[i].parts
        )
        found[stories[i]] = tuple(dict.fromkeys(name for name in names if name))
    return found


def _day(report: Traits) -> int:
    return report.first or 10**9


def likeliest(
    report: Traits,
    space: Space,
    candidates: Candidates | None,
    story_of: Callable[[int], str],
    size_of: Callable[[str], int],
) -> str | None:
    """The story that a report beside those of a space is likeliest of; None where it is likely of none.

    `story_of` gives the story of a report of the space, `size_of` how many reports a story has. Without candidates it
    is held against every report.
    """
    import numpy as np

    guest = space.guest(report)
    if guest is None:
        return None
    by = space.model
    others = np.arange(len(space)) if candidates is None else candidates.of_guest(guest)
    found: dict[str, list[float]] = defaultdict(list)
    for at, value in zip(others.tolist(), space.likeness_of(guest, others).tolist()):
        found[story_of(at)].append(value - by.floor)
    best, most = None, by.threshold
    for name, values in sorted(found.items()):
        held = max(len(values), min(size_of(name), _SEEN))
        mean = sum(values) / held + by.floor
        if mean >= most:
            best, most = name, mean
    return best


def marked(stories: Iterable[Story], tells: Tellings) -> list[Story]:
    """Stories with what round-ups are among them, of which stories these tell, and for each story which tell of it.

    What is marked already stays, as far as those stories are still there; stories that are right are given back as
    they were.
    """
    found = list(stories)
    there = {story.id for story in found}
    kept = {story.id: tuple(name for name in story.tells if name in there) for story in found if story.roundup}
    every = {**kept, **{name: names for name, names in tells.items() if name in there}}
    told_in: dict[str, list[str]] = defaultdict(list)
    for name in sorted(every):
        for story in every[name]:
            told_in[story].append(name)
    return [_marked(story, every.get(story.id), tuple(told_in[story.id])) for story in found]


def _marked(story: Story, tells: tuple[str, ...] | None, roundups: tuple[str, ...]) -> Story:
    told = (tells is not None, tells or (), roundups)
    if told == (story.roundup, story.tells, story.roundups):
        return story
    return replace(story, roundup=told[0], tells=told[1], roundups=roundups)

"""Mentions: of which stories a round-up tells, entry by entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from recoupe.grouping.candidates import Candidates
from recoupe.grouping.guests import likenesses
from recoupe.grouping.space import Space
from recoupe.grouping.traits import Traits
from recoupe.records import Story

_SEEN = 20  # reports of a story that one is held against at least, in a large one
Tellings = Mapping[str, tuple[str, ...]]
"""The stories that each round-up tells of, by ids, in the order of its entries."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Reports that were grouped: `order[i]` is the number of report i of the space."""

    space: Space
    order: Sequence[int]
    candidates: Candidates | None


def tellings(reports: Sequence[Traits], stories: Sequence[str], ground: Ground | None) -> Tellings:
    """Of which stories the round-ups among reports tell; `stories` are the ids of those that the reports are in.

    `ground` holds the others; None where there are none.
    """
    roundups = [i for i, report in enumerate(reports) if report.several]
    if not roundups or ground is None:
        return {stories[i]: () for i in roundups}
    order, sizes = ground.order, Counter(stories)
    parts = [part for i in roundups for part in reports[i].parts]
    told = likeliest(parts, ground.space, ground.candidates, lambda at: stories[order[at]], sizes.__getitem__)
    names = iter(told)
    return {stories[i]: tuple(dict.fromkeys(filter(None, islice(names, len(reports[i].parts))))) for i in roundups}


def likeliest(
    reports: Sequence[Traits],
    space: Space,
    candidates: Candidates | None,
    story_of: Callable[[int], str],
    size_of: Callable[[str], int],
) -> list[str | None]:
    """For each of some reports beside those of a space the story that it is likeliest of; None where of none.

    `story_of` gives the story of a report of the space, `size_of` how many reports a story has. Without candidates they
    are held against every report.
    """
    by = space.model
    found: list[defaultdict[str, list[float]]] = [defaultdict(list) for _ in reports]
    for columns in likenesses(reports, space, candidates):
        for one, at, value in zip(*(column.tolist() for column in columns)):
            found[one][story_of(at)].append(value - by.floor)

    def mean(name: str, values: Sequence[float]) -> float:
        return sum(values) / max(len(values), min(size_of(name), _SEEN)) + by.floor

    best = [max(((mean(name, values), name) for name, values in told.items()), default=None) for told in found]
    return [one[1] if one is not None and one[0] >= by.threshold else None for one in best]


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

"""Going on: new readings into stories that are there already; ids stay, and what lies long ago is left as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recoupe.grouping.embedding import Embedder, with_vectors
from recoupe.grouping.events import group as group_anew
from recoupe.grouping.events import grouping
from recoupe.grouping.mentions import marked, tellings
from recoupe.grouping.naming import Changes, changes
from recoupe.grouping.roundups import told
from recoupe.grouping.stream import near, renamed
from recoupe.grouping.traits import days_of
from recoupe.records import Article, Reading, Story


def group(readings: Iterable[Reading], onto: Iterable[Story] = (), embedder: Embedder | None = None) -> list[Story]:
    """Put readings into stories, in the order of their first reports; a reading that is like no other is one alone.

    `onto`: earlier stories with their ids, which go on. New readings join them, open others, merge and split them; a
    reading that is there already is passed over. Earlier reports more than thirty days from every new one stay
    where they are. A story keeps its id as long as most of it stays together; those that did not change are given
    back as they were. What stories there are does not depend on the order given, nor on how reports of one day came
    in parts. A round-up is a story alone that tells of others. `embedder` adds what a model of sentences makes of
    them to what they are likened by.
    """
    earlier = list(onto)
    if not earlier:
        return group_anew(readings, embedder)
    known = {_said(r.article) for story in earlier for r in story.readings}
    fresh = []
    for reading in readings:
        if (said := _said(reading.article)) not in known:
            known.add(said)
            fresh.append(reading)
    return _gone_on(earlier, fresh, embedder) if fresh else earlier


def changed(earlier: Iterable[Story], now: Iterable[Story]) -> Changes:
    """What became of earlier stories, by their ids."""
    return changes(*({_said(r.article): s.id for s in stories for r in s.readings} for stories in (earlier, now)))


def _said(article: Article) -> tuple[str | None, ...]:
    """What a report is known by: its address, else its path, and what it says."""
    return (article.url or article.path, article.title, article.text, article.outlet, article.published)


def _gone_on(earlier: Sequence[Story], fresh: Sequence[Reading], embedder: Embedder | None) -> list[Story]:
    every = [(r, story.id) for story in earlier for r in story.readings] + [(r, "") for r in fresh]
    days = [days_of(reading)[0] for reading, _ in every]
    recent = near(days, days[len(every) - len(fresh) :])
    held = [story for _, story in every]
    apart = {held[i] for i in set(range(len(every))).difference(recent)}
    readings = [every[i][0] for i in recent]
    reports = with_vectors([told(reading) for reading in readings], readings, embedder)
    done = grouping(reports)
    found = renamed(done.groups, reports, [held[i] for i in recent], apart.__contains__)
    for i, name in zip(recent, found):
        held[i] = name
    members: dict[str, list[Reading]] = {}
    for (reading, _), name in zip(every, held):
        members.setdefault(name, []).append(reading)
    was = {story.id: story for story in earlier}
    stories = [_same_or_new(was.get(name), name, tuple(those)) for name, those in members.items()]
    return marked(stories, tellings(reports, found, done.ground))


def _same_or_new(before: Story | None, name: str, readings: tuple[Reading, ...]) -> Story:
    if before is not None and list(map(id, before.readings)) == list(map(id, readings)):
        return before
    return Story(readings, id=name)

"""A report that tells several events is a story alone, and glues no others together.

The reports stand in roundups/xx.toml, all of our own making: `several` tells whether one is a round-up.
"""

from __future__ import annotations

import random
import time
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.cleaning import clean
from recoupe.grouping import group
from recoupe.grouping.events import grouped
from recoupe.grouping.roundups import events_of, told
from recoupe.grouping.sketches import packed, unpacked
from recoupe.grouping.stream import Stream
from recoupe.reading import read
from recoupe.records import Article, Reading, Report, Span

CASES: list[tuple[str, dict[str, Any]]] = [
    (f"{file.stem}{number}", row)
    for file in sorted(Path(__file__).with_name("roundups").glob("*.toml"))
    for number, row in enumerate(tomllib.loads(file.read_text("utf-8"))["reports"])
]
RECALL = 0.9
PILE = tuple(name for name, _ in CASES if int(name[2:]) < 6)  # the first of each language tell of the same events


@cache
def readings() -> dict[str, Reading]:
    return {name: read(clean(Report(name, "text", row["text"]))) for name, row in CASES}


def names(stories):
    return sorted(sorted(r.article.path for r in s.readings) for s in stories)


SEVERAL = [name for name, row in CASES if row["several"]]
ORDINARY = [name for name, row in CASES if not row["several"]]


def test_there_are_enough_of_both_sorts():
    assert min(len(SEVERAL), len(ORDINARY)) >= 24


@pytest.mark.parametrize("name", ORDINARY)
def test_a_report_of_one_event_is_no_round_up(name):
    assert events_of(readings()[name]) == ()


def test_round_ups_are_found():
    assert sum(bool(events_of(readings()[name])) for name in SEVERAL) >= RECALL * len(SEVERAL)


def pile(several=None):
    """The pile, or its round-ups alone, or its other reports alone."""
    return [readings()[name] for name in PILE if several is None or (name in SEVERAL) == several]


@cache
def stories():
    return group(pile())


def test_round_ups_change_nothing_about_the_other_stories():
    without = names(group(pile(several=False)))
    assert names(s for s in stories() if not s.roundup) == without
    assert len(without) == 3


def test_a_round_up_is_a_story_alone():
    assert all(len(s.readings) == 1 for s in stories() if s.roundup)


def test_a_round_up_tells_of_the_stories_of_its_entries():
    """Each digest tells of the strike and the fire, each live blog of a day of the trial, those in brief of none."""
    about = {s.id: s.readings[0].article.path[2:] for s in stories()}
    told_of = {s.readings[0].article.path: sorted(about[i] for i in s.tells) for s in stories() if s.roundup}
    expected = {"0": ["3", "4"], "1": ["5"], "2": []}
    assert told_of == {r.article.path: expected[r.article.path[2:]] for r in pile(several=True)}


def test_a_story_knows_the_round_ups_that_tell_of_it():
    for story in stories():
        assert story.roundups == tuple(sorted(s.id for s in stories() if story.id in s.tells))


def test_the_order_of_reports_does_not_matter():
    shuffled = pile()
    random.Random(3).shuffle(shuffled)
    assert {s.id: (names([s]), s.tells) for s in group(shuffled)} == {s.id: (names([s]), s.tells) for s in stories()}


def test_a_round_up_that_comes_later_changes_no_story():
    then = group(pile(several=True), onto=group(pile(several=False)))
    assert {s.id: (names([s]), s.tells) for s in then} == {s.id: (names([s]), s.tells) for s in stories()}


def test_stories_that_come_after_a_round_up_are_told_of():
    then = group(pile(several=False), onto=group(pile(several=True)))
    assert {s.id: set(s.roundups) for s in then} == {s.id: set(s.roundups) for s in stories()}


def test_a_stream_puts_a_round_up_alone_and_nothing_to_it():
    seen = [told(r) for r in pile()]
    stream = Stream()
    stream.add(seen[:20])
    for report in seen[20:]:
        stream.join(report)
    alone = [i for i, report in enumerate(seen) if report.several]
    assert all(stream.stories.count(stream.stories[i]) == 1 for i in alone)
    stream.settle()
    groups = {tuple(i for i, s in enumerate(stream.stories) if s == name) for name in stream.stories}
    assert groups == set(map(tuple, grouped(seen)))


@pytest.mark.parametrize("name", [SEVERAL[0], ORDINARY[0]])
def test_a_sketch_knows_what_is_a_round_up(name):
    assert unpacked(packed(told(readings()[name]))).several == (name in SEVERAL)


LINES = st.sampled_from(
    ["14:05 Fire", "- one", "2. two", "Rome (AP) -", "\r", "", "In brief", "9h", "x" * 3000, "25:00 no"]
)


@given(st.lists(LINES, max_size=30), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_any_text_is_looked_through(lines, newline):
    text = newline.join(lines)
    sentences = (Span(0, len(text)),) if text.strip() else ()
    events_of(Reading(Article("a", "a", text, "en", ""), sentences=sentences))


@pytest.mark.parametrize(
    "piece", ["\n", "14:05\n", "- a\n", "x", "14:05 one two three four five six seven eight nine\n"]
)
def test_a_long_text_takes_no_longer_than_a_short_one(piece):
    """Entries are looked for in so many lines only, however many there are."""
    text = piece * (2_000_000 // len(piece))
    begun = time.process_time()
    events_of(Reading(Article("a", "a", text, "en", text[:100_000]), sentences=(Span(0, len(text)),)))
    assert time.process_time() - begun < 2.0

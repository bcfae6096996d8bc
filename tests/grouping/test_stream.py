"""Stories go on: reports join and open them, and ids stay."""

import random

import numpy as np
import pytest

from recoupe.grouping.stream import Stream
from recoupe.grouping.traits import NAME, PROPER, ROOT, TERM, WORD, Traits, key

DAY = 738000


def report(story, chance, day=DAY, lang="en", part=0.75):
    own = [(NAME, f"s{story}n{i}") for i in range(6)] + [(TERM, f"m:{story}.{i}") for i in range(4)]
    own += [(kind, f"{lang} s{story}w{i}") for i in range(12) for kind in (WORD, ROOT, PROPER)]
    told = chance.sample(own, int(len(own) * part))
    told += [(WORD, f"{lang} any{chance.randrange(200)}") for _ in range(40)]
    keys = sorted({key(kind, text) for kind, text in told})
    return Traits(lang, np.array(keys, np.uint32), np.ones(len(keys), np.float32), day, day, chance.randrange(2**40))


@pytest.fixture
def day():
    chance = random.Random(5)
    return [(s, report(s, chance)) for s in range(8) for _ in range(3)], chance


def told(stream):
    by = {}
    for i, name in enumerate(stream.stories):
        by.setdefault(name, set()).add(stream.reports[i].mark)
    return set(map(frozenset, by.values()))


def test_a_report_joins_its_story_and_a_new_event_opens_one(day):
    reports, chance = day
    stream = Stream()
    changes = stream.add([r for _, r in reports])
    assert len(changes.opened) == 8
    assert stream.join(report(3, chance, DAY + 1)) == stream.stories[9]
    fresh = stream.join(report(99, chance, DAY + 1))
    assert fresh not in stream.stories[:-1]


def test_the_order_within_a_day_does_not_matter(day):
    reports, _ = day
    whole = Stream()
    whole.add([r for _, r in reports])
    for seed in range(3):
        mixed = [r for _, r in reports]
        random.Random(seed).shuffle(mixed)
        one_by_one = Stream()
        one_by_one.add(mixed[:5])
        for r in mixed[5:]:
            one_by_one.join(r)
        one_by_one.settle()
        assert told(one_by_one) == told(whole)


def test_ids_stay_when_the_next_day_comes(day):
    reports, chance = day
    stream = Stream()
    stream.add([r for _, r in reports])
    before = stream.stories[:]
    changes = stream.add([report(s, chance, DAY + 1) for s in (0, 1, 50)])
    assert stream.stories[: len(before)] == before
    assert changes.grown == tuple(sorted({before[0], before[3]}))
    assert len(changes.opened) == 1
    assert (changes.merged, changes.split) == ((), ())


def test_stories_wrongly_parted_are_merged_and_wrongly_joined_ones_split(day):
    reports, _ = day
    rows = [r for _, r in reports]
    parted = Stream.of(rows, [[0], [1, 2], *([i, i + 1, i + 2] for i in range(3, 24, 3))])
    old = parted.stories[0], parted.stories[1]
    assert parted.settle().merged == (old,)
    joined = Stream.of(rows, [list(range(6)), *([i, i + 1, i + 2] for i in range(6, 24, 3))])
    ((name, news),) = joined.settle().split
    assert name in news
    assert len(news) == 2


def test_a_story_of_last_month_is_left_as_it_is(day):
    reports, chance = day
    stream = Stream()
    stream.add([r for _, r in reports])
    before = stream.stories[:]
    stream.add([report(0, chance, DAY + 60)])
    assert stream.stories[:-1] == before
    assert stream.stories[-1] not in before


def test_a_round_up_does_not_glue_the_stories_that_it_tells_of(day):
    reports, chance = day
    parts = [report(s, chance, part=0.4) for s in (0, 1, 2, 3)]
    keys = np.unique(np.concatenate([p.keys for p in parts]))
    digest = Traits("en", keys, np.ones(len(keys), np.float32), DAY, DAY, 7)
    stream = Stream()
    stream.add([*(r for _, r in reports), digest])
    assert len(set(stream.stories[:24])) == 8


def test_a_language_that_is_new_opens_a_story(day):
    reports, chance = day
    stream = Stream()
    stream.add([r for _, r in reports])
    assert stream.join(report(0, chance, lang="vi")) not in stream.stories[:-1]

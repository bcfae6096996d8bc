"""Reports of one event are one story, whatever the order in which they come."""

from itertools import permutations

import pytest

from recoupe.grouping import group
from recoupe.records import Amount, Article, Claim, Kind, Name, Period, Reading, Span


def reading(path, names, terms, day="2024-06-26", killed=None):
    text = " ".join([path, *names])
    mentions, at = [], len(path) + 1
    for i, name in enumerate(names):
        mentions.append(Name(f"n{i}", "PERSON", name, (Span(at, at + len(name)),)))
        at += len(name) + 1
    sentence = Span(0, len(text))
    value = Amount(killed or 1, killed or 1)
    claim = Claim(Kind.COUNT, Span(0, 1), value, sentence, ("c:killed",), tuple((t, 1.0) for t in terms))
    article = Article(id=path, path=path, text=text, lang="en", title=path, published=day, day=Period(day, day))
    return Reading(article=article, names=tuple(mentions), claims=(claim,))


BRIDGE = (["Ines Valcourt", "Ornac"], ["k:collapse", "s:bridge", "s:river"])
STRIKE = (["Bo Lindqvist", "Harsholm"], ["k:strike", "s:tram", "s:union"])
READINGS = [
    reading("a", *BRIDGE),
    reading("b", *STRIKE),
    reading("c", *BRIDGE),
    reading("d", *STRIKE),
]


def told(stories):
    return sorted(sorted(r.article.path for r in s.readings) for s in stories)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_reports_that_share_names_and_kinds_of_event_are_one_story(order):
    assert told(group(READINGS[i] for i in order)) == [["a", "c"], ["b", "d"]]


def test_the_same_again_months_later_is_another_story():
    later = reading("e", *BRIDGE, day="2024-11-02")
    assert told(group([READINGS[0], READINGS[2], later])) == [["a", "c"], ["e"]]


def test_a_report_like_no_other_is_a_story_alone():
    alone = reading("z", ["Aiko Brandt"], ["k:birth", "s:panda"])
    assert ["z"] in told(group([*READINGS, alone]))


def test_nothing_makes_no_story():
    assert group([]) == []

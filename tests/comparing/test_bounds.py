"""Bounds: a report that claims more than any article does is compared in part, and that is told."""

from __future__ import annotations

import time

from recoupe import Report, clean, compare, read
from recoupe.comparing import bounds
from recoupe.records import Kind, Story


def reading(name, text):
    return read(clean(Report(name, "text", text, published="2025-03-14", language="en")))


LONG = " ".join(f"{n} people were killed in the flood of {n} villages." for n in range(2, 40))
SHORT = "Three people were killed in the flood."


def test_the_first_claims_of_each_kind_are_compared_and_the_rest_is_told(monkeypatch):
    """What comes late in too long a report answers nothing; its report and the kind are named."""
    monkeypatch.setattr(bounds, "MOST", 10)
    long, short = reading("long.txt", LONG), reading("short.txt", SHORT)
    counts = [c for c, claim in enumerate(long.claims) if claim.kind is Kind.COUNT]
    found = compare(Story((long, short)))
    asked = {a.claim for q in found.questions for a in q.answers if a.reading == 0 and q.kind is Kind.COUNT}
    assert asked == set(counts[:10])
    problem = found.story.problems[0]
    assert (problem.report, problem.step) == ("long.txt", "compare")
    assert f"{len(counts)} claims of the kind 'count', of which the first 10" in problem.message


def test_what_was_told_once_is_not_told_again(monkeypatch):
    """A story that is compared again has the same problems, whichever report stands first."""
    monkeypatch.setattr(bounds, "MOST", 10)
    long, short = reading("long.txt", LONG), reading("short.txt", SHORT)
    once = compare(Story((long, short))).story
    assert compare(once).story.problems == once.problems
    assert compare(Story((short, long))).story.problems == once.problems


def test_articles_are_compared_whole():
    """No problem is told of what has an ordinary length."""
    assert compare(Story((reading("long.txt", LONG), reading("short.txt", SHORT)))).story.problems == ()


def test_pages_full_of_figures_do_not_hold_up_a_story():
    """Two pages with thousands of claims are compared in about the time of two with MOST of them."""
    pages = [reading(f"{k}.txt", "three killed and 3 to 5 " * n) for k, n in ((1, 4000), (2, 4001))]
    before = time.process_time()
    found = compare(Story(tuple(pages)))
    assert time.process_time() - before < 30
    assert found.story.problems

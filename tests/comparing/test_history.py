"""Best, low, high and the course of a figure follow the rules of docs/explanation/best-low-high.md."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import recoupe
from recoupe.comparing.history import said_on, with_course
from recoupe.records import (
    Amount,
    Answer,
    Article,
    Claim,
    Figure,
    Kind,
    Pair,
    Period,
    Question,
    Reading,
    Relation,
    Report,
    Span,
)

# a figure: (voice, day of March, low, high, how, hedged)
Figures = tuple[tuple[Any, ...], ...]


def told(figures: Figures, moved: tuple[tuple[int, int], ...] = (), kind: Kind = Kind.COUNT) -> Any:
    """A question with these figures, each from a report of its own; `moved` are pairs of an earlier and a later one."""
    readings, answers = [], []
    for i, (voice, day, low, high, *rest) in enumerate(figures):
        how = rest[0] if rest else "exact"
        hedged = len(rest) > 1 and rest[1]
        amount = Amount(low, high)
        claim = Claim(kind, Span(0, 2), amount, Span(0, 4), ("c:killed",), hedged=hedged)
        figure = Figure(Span(0, 2), amount, "count", how=how)
        readings.append(Reading(Article(f"r{i}", "", "text", "en", ""), figures=(figure,), claims=(claim,)))
        said = Period(f"2025-03-{day:02}", f"2025-03-{day:02}") if day else None
        answers.append(Answer(i, 0, amount, hedged=hedged, origin=voice, said=said))
    pairs = tuple(
        Pair(a, b, Relation.UPDATED, f"{answers[a].value} → {answers[b].value}: newer", "figure_moved")
        for a, b in moved
    )
    return Question("q1", kind, ("c:killed",), tuple(answers), pairs, "contested", 1), readings


CASES: list[tuple[str, Figures, tuple[tuple[int, int], ...], tuple[float, float, float, str]]] = [
    ("one voice alone is the best that there is", (("A", 1, 5, 5),), (), (5, 5, 5, "all")),
    ("two of three voices", (("A", 1, 5, 5), ("B", 1, 5, 5), ("C", 1, 7, 7)), (), (5, 5, 7, "most")),
    ("a page more is no voice more", (("A", 1, 5, 5), ("A", 1, 5, 5), ("C", 2, 7, 7)), (), (7, 5, 7, "latest")),
    ("'at least 8' leaves room for 9", (("A", 1, 8, None, "over"), ("B", 1, 9, 9)), (), (9, 8, 9, "all")),
    ("'about 40' is 40", (("A", 1, 36, 44, "about"), ("B", 1, 40, 40)), (), (40, 36, 44, "all")),
    ("'nearly 40' is 40", (("A", 1, 36, 40, "nearly"),), (), (40, 36, 40, "all")),
    ("of '10 to 12' the lower", (("A", 1, 10, 12, "range"),), (), (10, 10, 12, "all")),
    ("the later of two", (("A", 1, 5, 5), ("B", 2, 4, 4)), (), (4, 4, 5, "latest")),
    ("the lower of two of one day", (("A", 1, 5, 5), ("B", 1, 4, 4)), (), (4, 4, 5, "lowest")),
    ("the one without doubt", (("A", 1, 5, 5), ("B", 2, 4, 4, "exact", True)), (), (5, 4, 5, "vouched")),
    ("a figure that was moved is left out", (("A", 1, 5, 5), ("B", 3, 9, 9)), ((0, 1),), (9, 9, 9, "all")),
    ("a voice's own later word counts", (("A", 1, 5, 5), ("A", 3, 4, 4)), (), (4, 4, 4, "all")),
    ("'dozens' is 24 or more", (("A", 1, 24, None, "vague"),), (), (24, 24, 24, "all")),
    (
        "'dozens' leaves room for 60 and none for hundreds",
        (("A", 1, 24, None, "vague"), ("B", 1, 300, 300), ("C", 1, 60, 60)),
        (),
        (60, 24, 300, "most"),
    ),
    ("no day is no reason to be left out", (("A", 0, 5, 5), ("B", 3, 9, 9)), (), (9, 5, 9, "latest")),
]


@pytest.mark.parametrize(("why", "figures", "moved", "expected"), CASES, ids=[c[0] for c in CASES])
def test_best_low_and_high(why, figures, moved, expected):
    question, readings = told(figures, moved)
    found = with_course(question, readings).estimate
    assert (found.best, found.low, found.high, found.rule) == expected


@pytest.mark.parametrize(("least", "number"), [(24, 12), (200, 100), (2000, 1000), (20, 10)])
def test_acled_takes_dozens_as_twelve_and_hundreds_as_a_hundred(least, number):
    question, readings = told((("A", 1, least, None, "vague"), ("B", 1, 5, 5)))
    found = with_course(question, readings, "acled").estimate
    assert (found.low, found.high) == (5, number)
    assert not found.open_high
    assert with_course(question, readings).estimate.open_high


def test_acled_changes_nothing_but_vague_words():
    question, readings = told((("A", 1, 24, None, "over"),))
    assert with_course(question, readings, "acled").estimate.best == 24


def test_the_history_tells_what_was_moved_and_what_was_repeated():
    question, readings = told((("A", 1, 5, 5), ("B", 3, 9, 9), ("B", 4, 9, 9)), ((0, 1), (0, 2)))
    first, second = with_course(question, readings).history
    assert (str(first.value), first.current, first.answers) == ("5", False, (0,))
    assert (str(second.value), second.current, second.answers) == ("9", True, (1, 2))
    assert second.said == Period("2025-03-03", "2025-03-03")
    assert second.again == Period("2025-03-04", "2025-03-04")


def test_other_questions_have_no_history():
    question, readings = told((("A", 1, 5, 5),))
    plain = replace(question, kind=Kind.STANCE)
    assert with_course(plain, readings) is plain


def test_a_quantity_that_one_report_gives_is_no_estimate():
    question, readings = told((("A", 1, 5, 5),), kind=Kind.QUANTITY)
    assert with_course(question, readings).estimate is None


amounts = st.one_of(
    st.integers(0, 50).map(lambda n: (n, n, "exact")),
    st.integers(0, 50).map(lambda n: (n, None, "over")),
    st.integers(0, 50).map(lambda n: (None, n, "under")),
    st.tuples(st.integers(0, 50), st.integers(1, 9)).map(lambda p: (p[0], p[0] + p[1], "range")),
)
figures = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(0, 5), amounts, st.booleans()).map(
        lambda f: (f[0], f[1], *f[2], f[3])
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(figures, st.randoms())
def test_the_order_of_the_answers_does_not_matter(told_figures, random):
    shuffled = random.sample(told_figures, len(told_figures))
    one, other = (with_course(*told(tuple(f))) for f in (told_figures, shuffled))
    assert one.estimate == other.estimate
    assert [(p.value, p.said, p.again, p.origin, p.current) for p in one.history] == [
        (p.value, p.said, p.again, p.origin, p.current) for p in other.history
    ]


@settings(deadline=None)
@given(figures)
def test_the_best_lies_between_the_lowest_and_the_highest(told_figures):
    found = with_course(*told(tuple(told_figures))).estimate
    assert found.low <= found.best <= found.high
    assert 1 <= found.behind <= found.voices


DAYS = [
    ("said on Thursday", "Nine people were killed, the ministry said on Thursday.", "2025-03-13"),
    ("a day of the event is none of the statement", "Nine people were killed on Thursday, the ministry said.", None),
    ("announced on", "The ministry said on 12 March that nine people were killed.", "2025-03-12"),
]


@pytest.mark.parametrize(("why", "text", "day"), DAYS, ids=[d[0] for d in DAYS])
def test_the_day_of_a_statement_stands_beside_its_words(why, text, day):
    reading = recoupe.read(recoupe.clean(Report("a", "text", f"A title\n\n{text}\n", published="2025-03-14")))
    found = [said_on(reading, statement) for statement in reading.statements]
    assert found == [None if day is None else Period(day, day)]


TEXTS = (
    "Nine dead\n\nNine people were killed when a train burned in Lyon on Monday, police said.",
    "At least seven dead\n\nAt least seven people were killed when a train burned in Lyon on Monday, the mayor said.",
    "Drame\n\nUne douzaine de personnes ont été tuées lundi à Lyon dans l’incendie d’un train, dit la préfecture.",
)


def estimates(order: tuple[int, ...]) -> list[Any]:
    """The estimates of the story with its reports in this order."""
    reports = [Report(f"{i}.txt", "text", TEXTS[i], id=str(i), published="2025-03-11") for i in order]
    story = recoupe.one_story([recoupe.read(recoupe.clean(r)) for r in reports])
    return [(q.asks, q.estimate) for q in recoupe.compare(story).questions if q.kind is Kind.COUNT]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[1:])
def test_the_order_of_the_reports_does_not_matter(order):
    expected = estimates((0, 1, 2))
    assert any(estimate.voices > 1 for _, estimate in expected)
    assert estimates(order) == expected

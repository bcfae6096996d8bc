"""Questions come in the order in which they matter to a reader."""

from dataclasses import replace

from harbour_story import comparison

from recoupe.records import Kind
from recoupe.writing.order import by_importance


def ordered(*asked):
    """The places of questions, given as (kind, asks, voices), in the order of their importance."""
    first = comparison().questions[0]
    questions = tuple(
        replace(first, id=str(i), kind=kind, asks=asks, independent_origins=voices)
        for i, (kind, asks, voices) in enumerate(asked)
    )
    return [int(q.id) for q in by_importance(questions)]


def test_lives_come_before_other_counts_then_who_and_when_then_amounts():
    told = [
        (Kind.QUANTITY, ("c:area",), 9),
        (Kind.STANCE, ("s:x",), 9),
        (Kind.TIME, ("k:fire",), 9),
        (Kind.COUNT, ("c:houses",), 9),
        (Kind.COUNT, ("c:injured",), 9),
        (Kind.COUNT, ("c:missing",), 2),
        (Kind.COUNT, ("c:killed",), 1),
    ]
    assert ordered(*told) == [6, 5, 4, 3, 2, 1, 0]


def test_what_counts_among_the_dead_comes_with_the_dead():
    assert ordered((Kind.COUNT, ("c:injured",), 5), (Kind.COUNT, ("c:drowned",), 1)) == [1, 0]


def test_of_equal_ones_the_one_that_more_voices_answer_comes_first():
    assert ordered((Kind.TIME, ("k:fire",), 1), (Kind.TIME, ("k:storm",), 3)) == [1, 0]


def test_a_part_comes_after_the_whole():
    assert ordered((Kind.COUNT, ("c:injured", "part"), 3), (Kind.COUNT, ("c:injured",), 1)) == [1, 0]

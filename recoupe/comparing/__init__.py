"""Story -> Comparison: what the reports of one event are to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recoupe.comparing.bounds import left_out
from recoupe.comparing.history import RANGE, VAGUE, dated, with_course
from recoupe.comparing.independence import origins_of
from recoupe.comparing.names import merge_names
from recoupe.comparing.questions import ask
from recoupe.comparing.sayings import group_sayings
from recoupe.comparing.voices import Voices
from recoupe.records import Comparison, Story
from recoupe.records.told import Told
from recoupe.text.uncollected import uncollected

__all__ = ["VAGUE", "compare"]


def compare(story: Story, vague: str = RANGE, told: Told | None = None) -> Comparison:
    """All findings about one story.

    They do not depend on the order of its readings, which alone decides how they are shown. `vague` says
    how the best, lowest and highest figure take words such as 'dozens': `range` or `acled`. To what is `told`
    all of them keep.
    """
    with uncollected():
        return _compared(story, vague, told or Told())


def _compared(story: Story, vague: str, said: Told) -> Comparison:
    order = sorted(
        range(len(story.readings)),
        key=lambda i: (story.readings[i].article.published or "~", story.readings[i].article.text),
    )
    readings = [story.readings[i] for i in order]
    place = dict(enumerate(order))
    in_place = order == sorted(order)
    told = said.reordered(order)
    people = merge_names(readings, told.names)
    republished = _in_order(story.copies, order)
    updates = _in_order(story.versions, order)
    rests_on = [copy if copy is not None else version for copy, version in zip(republished, updates)]
    voices = Voices(readings, people, rests_on, told)
    questions = [with_course(dated(q, readings), readings, vague) for q in ask(readings, people, voices.of, told)]
    sayings = group_sayings(readings, people)
    credited = origins_of(readings, people, voices)
    return Comparison(
        story=_with_problems(story),
        names=tuple(people)
        if in_place
        else tuple(replace(p, members=tuple((place[r], name) for r, name in p.members)) for p in people),
        questions=tuple(questions)
        if in_place
        else tuple(
            replace(q, answers=tuple(replace(a, reading=place[a.reading]) for a in q.answers)) for q in questions
        ),
        sayings=tuple(sayings) if in_place else tuple(replace(s, reading=place[s.reading]) for s in sayings),
        origins=tuple(credited[order.index(i)] for i in range(len(order))),
        copies=story.copies or (None,) * len(order),
        versions=story.versions or (None,) * len(order),
        corrections=said.standing,
    )


def _with_problems(story: Story) -> Story:
    """The story with what of it was not compared told, once."""
    found = [problem for reading in story.readings for problem in left_out(reading) if problem not in story.problems]
    return replace(story, problems=(*story.problems, *found)) if found else story


def _in_order(found: Sequence[int | None], order: Sequence[int]) -> list[int | None]:
    """The marks of the story's readings as those of the readings taken in an order."""
    if not found:
        return [None] * len(order)
    place = {old: new for new, old in enumerate(order)}
    return [None if (mark := found[old]) is None else place[mark] for old in order]

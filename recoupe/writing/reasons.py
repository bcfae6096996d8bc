"""Reasons: why two answers are to each other what they are, in a line of the interface that a reader can check."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recoupe.records import Comparison, Kind, Pair, Question
from recoupe.records.comparison import claim_of
from recoupe.writing.safe import clipped, line
from recoupe.writing.values import value_as_json
from recoupe.writing.wording import Wording

_BLANK = re.compile(r"\{([abxy])\}")
_LONGEST = 60
"""Code points shown of an answer's words."""


def reasons(comparison: Comparison, question: Question, words: Wording) -> Iterator[str]:
    """The reason of each pair of a question: in the interface's words where it knows the rule, else as compared.

    In the templates of a rule `{a}` and `{b}` are the two values, `{x}` and `{y}` the words that give them.
    """
    names = {person.id: person.name for person in comparison.names}
    values = [words.value(value_as_json(answer.value), names) for answer in question.answers]
    said = [clipped(line(_words(comparison, question, i)), _LONGEST) for i in range(len(question.answers))]
    templates = words.table("rules")
    for pair in question.pairs:
        template = templates.get(pair.rule)
        if template is None:
            yield pair.why
            continue
        a, b = _told_first(question, pair)
        if (
            pair.rule == "same_value"
            and question.kind in (Kind.TIME, Kind.ENTITY)
            and said[a].lower() != said[b].lower()
        ):
            template = templates["same_words"]
        filled = {"a": values[a], "b": values[b], "x": words.quoted(said[a]), "y": words.quoted(said[b])}
        yield _filled(str(template), filled)


def _filled(template: str, filled: dict[str, str]) -> str:
    """All blanks at once, so that nothing in a report's words is taken for a blank."""
    return _BLANK.sub(lambda blank: filled[blank.group(1)], template)


def _told_first(question: Question, pair: Pair) -> tuple[int, int]:
    """The two answers in the order in which the comparison tells them: a change from the earlier to the later one."""
    turned = pair.why.startswith(f"{question.answers[pair.b].value} →")
    return (pair.b, pair.a) if turned else (pair.a, pair.b)


def _words(comparison: Comparison, question: Question, index: int) -> str:
    answer = question.answers[index]
    claim = claim_of(comparison.story, answer)
    return claim.span.of(comparison.story.readings[answer.reading].article.text)

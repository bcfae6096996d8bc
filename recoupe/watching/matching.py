"""Matching: which question of an earlier dossier a question of a later one is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from recoupe.records.dossier import DossierQuestion
from recoupe.watching.views import View, place

Found = tuple[View, DossierQuestion]


def matched(befores: Sequence[View], after: View) -> dict[str, Found]:
    """The earlier question of each question of `after` that has one, by its id; each is that of one alone.

    It is the one with most of the same answers, else the one that is called the same.
    """
    earlier = [(view, question) for view in befores for question in view.questions()]
    exact, words, labels = _places(earlier)
    scores: list[tuple[int, int, int, int]] = []
    for i, question in enumerate(after.questions()):
        shared: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for answer in question.answers:
            for j in exact.get((question.kind, answer.article, answer.start, answer.end, answer.text), ()):
                shared[j][0] += 1
            for j in words.get((question.kind, *place(answer)), ()):
                shared[j][0] += 1
        for j in labels.get((question.kind, question.label), ()):
            shared[j][1] = 1
        scores += [(-count, -same, i, j) for j, (count, same) in shared.items()]
    questions = list(after.questions())
    found: dict[str, Found] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(scores):
        if questions[i].id not in found and j not in taken:
            found[questions[i].id] = earlier[j]
            taken.add(j)
    return found


def _places(earlier: Sequence[Found]):  # type: ignore[no-untyped-def]  # three indices of `earlier`
    exact: dict[tuple[object, ...], set[int]] = defaultdict(set)
    words: dict[tuple[object, ...], set[int]] = defaultdict(set)
    labels: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for j, (_, question) in enumerate(earlier):
        labels[question.kind, question.label].add(j)
        for answer in question.answers:
            exact[question.kind, answer.article, answer.start, answer.end, answer.text].add(j)
            words[(question.kind, *place(answer))].add(j)
    return exact, words, labels

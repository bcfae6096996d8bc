"""Predictions for `claims-figures`: the toll of a story's main event, as each of its reports gives it.

The reports of a story are compared; the question about the dead (the injured) that most of them answer is the one about
the main event. A report's answer is the one that it gives most prominently there. Where a report gives no number, a
single person of whom it is told ('a receptionist was killed', 'wounding another') is a toll of one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.predictors import rows, write_rows

if TYPE_CHECKING:
    from recoupe.records import Article, Claim, Comparison, Reading
    from recoupe.records.reading import Figure

FIELDS = {"killed": ("kill", "die", "murder"), "injured": ("injure",)}
LONG_PAST = 60  # days before the report: another event than the story's own
PART = "part"
TITLE = 160  # characters: the title and the first words
GROUPS = {"c:men", "c:women", "c:children", "c:police", "c:soldiers"}  # seldom all who were killed
ONE = {"a", "an", "another"}
_NEAR = 4  # words between a verb and the one person that it befell


def predict(data: Path, out: Path) -> None:
    """Write `{"id", "killed", "injured"}` for each report in `data/docs.jsonl` to `out`."""
    stories: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(data / "docs.jsonl"):
        stories[row["story"]].append(row)
    write_rows(out, (row for story in stories.values() for row in _tolls(story)))


def joined(text: str) -> str:
    """Texts come as tokens with spaces between; numbers and abbreviations are written as one word again."""
    text = re.sub(r"(?<=\d), (?=\d{3}\b)", ",", text)
    text = re.sub(r"(?<=\d)\. (?=\d\b)", ".", text)
    return re.sub(r"(?<=\d): (?=\d\d\b)", ":", text).replace("- -", "–")


def _tolls(rows_of_story: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    from recoupe import clean, compare, read
    from recoupe.records import Report, Story

    readings = [
        read(_whole(clean(Report(row["id"], "text", joined(row["text"]), id=row["id"], language=row["lang"]))))
        for row in rows_of_story
    ]
    comparison = compare(Story(tuple(readings)))
    found = {field: _answers(comparison, field) for field in FIELDS}
    for i, reading in enumerate(comparison.story.readings):
        yield {"id": reading.article.id} | {field: found[field].get(i, _one(reading, field)) for field in FIELDS}


def _whole(article: Article) -> Article:
    """An article whose title is read too: of some reports little more is there."""
    return replace(article, headings=(), clutter=())


def _answers(comparison: Comparison, field: str) -> dict[int, float]:
    """The toll that each report gives, by its index."""
    main: Counter[tuple[int, int]] = Counter()
    for question in comparison.questions:
        reports = len({answer.reading for answer in question.answers})
        for answer in question.answers:
            main[answer.reading, answer.claim] = max(main[answer.reading, answer.claim], reports)
    readings = comparison.story.readings
    candidates: dict[int, list[tuple[int, Claim, float]]] = defaultdict(list)
    everywhere: Counter[float] = Counter()
    for r, reading in enumerate(readings):
        for c, claim in enumerate(reading.claims):
            number = _number(reading, claim)
            if number is not None and claim.kind == "count" and _asks(claim, field):
                candidates[r].append((c, claim, number))
        everywhere.update({number for _, _, number in candidates[r]})
    found: dict[int, float] = {}
    for r, those in candidates.items():
        if not those:
            continue
        here = Counter(number for _, _, number in those)

        def score(row: tuple[int, Claim, float], r: int = r, here: Counter[float] = here) -> float:
            c, claim, number = row
            return (
                main[r, c] / max(1, len(readings))
                + 0.3 * min(here[number], 4)
                + everywhere[number] / max(1, len(candidates))
                + (claim.span.start < TITLE)
                - claim.span.start / max(1, len(readings[r].article.text))
                - (PART in claim.asks)
                - _past(readings[r], claim)
                - 0.7 * (not GROUPS.isdisjoint(claim.asks))
            )

        found[r] = max(those, key=lambda row: (score(row), -row[0]))[2]
    return found


def _number(reading: Reading, claim: Claim) -> float | None:
    """The number that a figure names, None of vague words."""
    figure = _figure(reading, claim)
    return None if figure is None or figure.how == "vague" else figure.number


def _vague(reading: Reading, claim: Claim) -> bool:
    figure = _figure(reading, claim)
    return figure is not None and figure.how == "vague"


def _figure(reading: Reading, claim: Claim) -> Figure | None:
    """The figure that a claim rests on."""
    for figure in reading.figures:
        if figure.span.start <= claim.span.start and claim.span.end <= figure.span.end:
            return figure
    return None


def _asks(claim: Claim, field: str) -> bool:
    """Whether those counted are the killed (the injured), or some sort of them ('slightly injured')."""
    from recoupe.languages import shared

    concepts = shared("concepts")
    return any(
        key == f"c:{field}" or concepts.get(key[2:], {}).get("parent") == field
        for key in claim.asks
        if key.startswith("c:")
    )


def _past(reading: Reading, claim: Claim) -> bool:
    """Whether it is told of an event long before the report."""
    day, when = reading.article.day, claim.when
    if day is None or day.start is None or when is None or when.end is None:
        return False
    return (date.fromisoformat(day.start[:10]) - date.fromisoformat(when.end[:10])).days > LONG_PAST


def _one(reading: Reading, field: str) -> int | None:
    """1 if it is told of a single person, else None.

    A report that tells of a death and gives no number tells of one; one injured is 'a' person or 'another', after the
    verb or before it ('wounding a man', 'another wounded').
    """
    from recoupe.languages import load_pack
    from recoupe.reading.document import open_document
    from recoupe.reading.events import read_events

    if any(_asks(claim, field) and claim.kind == "count" and _vague(reading, claim) for claim in reading.claims):
        return None
    kinds = FIELDS[field]
    doc = open_document(reading.article, load_pack(reading.article.lang))
    for event in read_events(doc):
        if event.kind in kinds and not event.negated and event.tense != "future":
            first, last = event.first, event.last
            around = doc.norms[last : last + 2] + doc.norms[max(0, first - _NEAR) : first]
            if field == "killed" or ONE.intersection(around):
                return 1
    return None

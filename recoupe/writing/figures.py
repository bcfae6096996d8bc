"""Figures as the dossier holds them: how one was read, its course, and the best, lowest and highest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from recoupe.records import Answer, Comparison, Estimate, Figure, Link, Period, Point, Question
from recoupe.records.comparison import claim_of
from recoupe.records.dossier import DossierEstimate, DossierLink, DossierPoint
from recoupe.writing.labels import as_written, called
from recoupe.writing.safe import encodable
from recoupe.writing.values import number_as_json, value_as_json
from recoupe.writing.wording import Wording


def day_as_json(said: Period | None) -> dict[str, Any] | None:
    """The days on which something was said."""
    return None if said is None else {"start": said.start, "end": said.end}


def read_as(comparison: Comparison, answer: Answer) -> dict[str, Any] | None:
    """How the words of an answer became its value, None where it is no figure."""
    figure = _figure(comparison, answer)
    if figure is None:
        return None
    return {"how": figure.how, "number": number_as_json(figure.number), "unit": figure.given}


def _figure(comparison: Comparison, answer: Answer) -> Figure | None:
    figures = comparison.story.readings[answer.reading].figures
    span = claim_of(comparison.story, answer).span
    at = bisect_left(figures, span.start, key=lambda f: f.span.start)
    return next((f for f in figures[at : at + 3] if f.span == span), None)


def point(found: Point) -> DossierPoint:
    """A figure of the course of a question."""
    origin = None if found.origin is None else encodable(found.origin)
    value = value_as_json(found.value)
    said, again = day_as_json(found.said), day_as_json(found.again)
    return DossierPoint(value, said, again, origin, list(found.answers), found.current)


def estimate(found: Estimate | None, words: Wording) -> DossierEstimate | None:
    """The best, lowest and highest figure with its rule in words."""
    if found is None:
        return None
    best, low, high = (number_as_json(n) or 0 for n in (found.best, found.low, found.high))
    return DossierEstimate(
        best, low, high, found.unit, found.open_low, found.open_high, found.rule, estimate_why(found, words),
        found.voices, found.behind, found.left_out, found.vague,
    )  # fmt: skip


def estimate_why(found: Estimate, words: Wording) -> str:
    """The rule that gave the best figure, and what was left out."""
    table = words.table("estimate")
    rule = found.rule
    if found.voices == 1:
        rule = "newest" if found.left_out else "only"
    parts = [str(table[rule])]
    if found.left_out:
        parts.append(words.counted("left_out", found.left_out))
    if found.vague != "range":
        parts.append(str(table["acled"]))
    said = str(words.tables["semicolon"]).join(parts)
    return said.replace("{behind}", words.number(found.behind)).replace("{voices}", words.number(found.voices))


def link(
    comparison: Comparison, question: Question, found: Link, names: Mapping[str, str], words: Wording
) -> DossierLink:
    """Why two answers stand together, with what both speak of in the interface's words; `names` are those of ids."""
    sentences = [_sentence(comparison, question.answers[i]) for i in (found.a, found.b)]
    shared = [encodable(said) for key in found.shared if (said := _in_words(key, names, sentences, words))]
    return DossierLink(found.a, found.b, found.affinity, dict(found.signs), list(dict.fromkeys(shared)))


def _in_words(key: str, names: Mapping[str, str], sentences: list[str], words: Wording) -> str:
    """A key as a reader knows it, the beginning of a word as a sentence of the two has it; empty where none has."""
    sort, _, bare = key.partition(":")
    if sort == "n":
        return names.get(bare, "")
    return as_written(bare, sentences) if sort == "s" else called(bare, words) or ""


def _sentence(comparison: Comparison, answer: Answer) -> str:
    span = claim_of(comparison.story, answer).sentence
    return comparison.story.readings[answer.reading].article.text[span.start : min(span.end, span.start + 1000)]

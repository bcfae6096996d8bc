"""Speakers: which name of the article a source is or speaks for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from recoupe.reading.document import Document
from recoupe.records import Name, Span, Statement

Speaker = tuple[str | None, Span | None]
_TYPES = ("PERSON", "ORG", "PLACE")
_PARAGRAPHS = 2  # how far back a pronoun may look for its source


def speakers(
    doc: Document,
    names: Sequence[Name],
    found: Sequence[Statement],
    pronouns: Sequence[bool],
    hints: Sequence[Span | None],
) -> list[Speaker]:
    """For each statement the id of its speaker, and for a pronoun the source that it stands for.

    `hints` are phrases in the same sentence that a pronoun most likely means.
    """
    result: list[Speaker] = []
    mentions = sorted((m.start, m.end, _TYPES.index(n.type), n.id) for n in names for m in n.mentions)
    last: tuple[int, Span, str | None] | None = None  # paragraph, words, name of the latest source that is named
    for statement, pronoun, hint in zip(found, pronouns, hints):
        if statement.source is None:
            result.append((None, None))
            continue
        sentence = doc.sentence_at(statement.cue.start)
        paragraph = sentence.paragraph if sentence else 0
        speaker = _resolved(doc, names, mentions, statement.source)
        named: Span | None = None
        if pronoun and hint is not None:
            last = (paragraph, hint, _resolved(doc, names, mentions, hint))
        near = pronoun and last is not None and paragraph - last[0] <= _PARAGRAPHS
        if near and last is not None and speaker in (None, last[2]):
            speaker, named = last[2], last[1]
        if not pronoun:
            last = (paragraph, statement.source, speaker)
        elif named is not None and last is not None:
            last = (paragraph, last[1], last[2])
        result.append((speaker, named))
    return result


def _resolved(
    doc: Document, names: Sequence[Name], mentions: Sequence[tuple[int, int, int, str]], source: Span
) -> str | None:
    """The name inside a source, a person before a body before a place; else whom the source's role or pronoun means."""
    at = bisect_left(mentions, (source.start,))
    inside = []
    while at < len(mentions) and mentions[at][0] < source.end:
        start, end, kind, name = mentions[at]
        if end <= source.end:
            inside.append((kind, start, name))
        at += 1
    if inside:
        return min(inside)[2]
    try:
        from recoupe.reading.names import resolve
    except ImportError:  # pragma: no cover
        return None
    return resolve(doc, list(names), source)

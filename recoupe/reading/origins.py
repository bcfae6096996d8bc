"""Origins: whose word an article rests on: agencies that it credits, bodies and people that it quotes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from recoupe.reading.agencies import agencies_in
from recoupe.reading.document import Document
from recoupe.reading.speech import Speech, speech_of
from recoupe.records import Name, Origin, Span, Statement


def read_origins(doc: Document, names: Sequence[Name], statements: Sequence[Statement]) -> list[Origin]:
    """The origins of an article, each once: agencies first, then those who are quoted, in the order of the text.

    Agencies bear the label of `agencies.toml`, others their name in the article, or the words of their office.
    """
    found: dict[str, Origin] = {}
    for origin in [*_agencies(doc, names), *_quoted(doc, names, statements)]:
        found.setdefault(origin.label, origin)
    return list(found.values())


# --- agencies -----------------------------------------------------------------------------------------


def _agencies(doc: Document, names: Sequence[Name]) -> list[Origin]:
    places = {m.start: n.id for n in names for m in n.mentions}
    found = []
    for span in [*(s.span for s in doc.sentences), *doc.article.sources]:
        for first, end, label in agencies_in(doc, *doc.tokens_of(span)):
            where = doc.span(first, end)
            found.append(Origin(label, where, places.get(where.start)))
    return found


# --- those who are quoted -----------------------------------------------------------------------------


def _quoted(doc: Document, names: Sequence[Name], statements: Sequence[Statement]) -> list[Origin]:
    speech = speech_of(doc.pack)
    by_id = {n.id: n for n in names}
    mentions = sorted((m.start, m.end, n.id) for n in names for m in n.mentions)
    found = []
    for s in statements:
        source = s.named or s.source
        if source is None or s.within is not None:
            continue
        body = _body(by_id, mentions, source) or (by_id.get(s.speaker) if s.speaker else None)
        if body is not None:
            found.append(Origin(body.name, source, body.id))
        else:
            label = _office(doc, speech, source)
            if label:
                found.append(Origin(label, source))
    return found


def _body(by_id: dict[str, Name], mentions: Sequence[tuple[int, int, str]], source: Span) -> Name | None:
    """The body that a source speaks for, where its words name one: 'le porte-parole du Pentagone, X'."""
    at = bisect_left(mentions, (source.start,))
    while at < len(mentions) and mentions[at][0] < source.end:
        name = by_id[mentions[at][2]]
        if mentions[at][1] <= source.end and (name.type == "ORG" or name.seat):
            return name
        at += 1
    return None


def _office(doc: Document, speech: Speech, source: Span) -> str | None:
    """The words of a source that bears no name, without its article: 'préfecture', 'source proche de l’enquête'."""
    first, last = doc.tokens_of(source)
    by = next((i for i in range(last - 2, first, -1) if doc.norms[i] in speech.by), None)
    first = first if by is None else by + 1
    while first < last and doc.norms[first] in speech.determiners:
        first += 1
    if first >= last or not any(doc.norms[i] in speech.people for i in range(first, last)):
        return None
    return doc.span(first, last).of(doc.text)

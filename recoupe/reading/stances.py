"""Stances: whether the writer vouches for what stands at a place, and whether it is denied there."""

from __future__ import annotations

from recoupe.reading.document import Document
from recoupe.reading.speech import DOUBT, Speech, places, speech_of
from recoupe.records import Span

_CLAUSE = frozenset({",", ";", ":", "(", ")", "—", "–"})
_HEDGE, _AFTER_AUXILIARY = 1, 2
_REACH = 14  # words to either side that a hedge can govern


def hedged(doc: Document, span: Span, tokens: tuple[int, int] | None = None) -> bool:
    """Whether the clause around `span` has a sign of doubt about its truth: 'aurait', 'reportedly', 'présumé'.

    `tokens` are those of the span, where they are known.
    """
    marks = _hedges(doc)
    first, last = tokens or doc.tokens_of(span)
    low, high = max(0, first - _REACH), last + _REACH
    if marks.find(_HEDGE, low, high) < 0 and marks.find(_AFTER_AUXILIARY, low, high) < 0:
        return False  # nowhere near: most clauses
    return hedged_tokens(doc, *_clause(doc, span))


def stance_at(doc: Document, span: Span) -> str:
    """What the writer makes of a claim at `span`: asserted, denied (its clause is negated) or unconfirmed (hedged)."""
    speech = speech_of(doc.pack)
    first, last = _clause(doc, span)
    if any(doc.norms[i] in speech.denial and not _excepted(doc, speech, i) for i in range(first, last)):
        return "denied"
    return "unconfirmed" if hedged_tokens(doc, first, last) else "asserted"


def hedged_tokens(doc: Document, first: int, last: int) -> bool:
    """Whether there is a hedge among the tokens from `first` to before `last`."""
    marks = _hedges(doc)
    # a participle of doubt hedges by the auxiliary right before it, which must lie inside
    return marks.find(_HEDGE, first, last) >= 0 or marks.find(_AFTER_AUXILIARY, first + 1, last) >= 0


def _hedges(doc: Document) -> bytearray:
    """What each token of a document is as a hedge; found once, for many clauses are asked of."""
    kept: bytearray | None = doc.__dict__.get("_hedges")
    if kept is not None:
        return kept
    speech, norms, surfaces = speech_of(doc.pack), doc.norms, doc.tokens.surfaces
    marks = bytearray(len(norms))
    for i in places(doc, DOUBT):
        norm = norms[i]
        if norm in speech.time_words and surfaces[i][0].isupper():
            continue  # the month of May
        if (
            norm in speech.hedge_verbs
            or (speech.hedges.begins(norm) and speech.hedges.at(norms, i))
            or speech.conditional(norm)
        ):
            marks[i] = _HEDGE
        elif norm in speech.hedge_passive and i and norms[i - 1] in speech.passive:
            marks[i] = _AFTER_AUXILIARY
    doc.__dict__["_hedges"] = marks
    return marks


def _excepted(doc: Document, speech: Speech, i: int) -> bool:
    """Whether a word that denies stands in a phrase where it does not: 'no fewer than'."""
    return any(end > i for at in range(max(0, i - 2), i + 1) for end, _ in speech.denial_exceptions.at(doc.norms, at))


def _clause(doc: Document, span: Span) -> tuple[int, int]:
    """The tokens of the clause around a span: up to a comma or the like on either side, within the sentence."""
    first, last = doc.tokens_of(span)
    sentence = doc.sentence_at(span.start)
    low = sentence.first if sentence else first
    high = sentence.last if sentence else last
    low, high = max(low, first - _REACH), min(high, last + _REACH)
    while first > low and doc.norms[first - 1] not in _CLAUSE:
        first -= 1
    while last < high and doc.norms[last] not in _CLAUSE:
        last += 1
    return first, max(last, first)

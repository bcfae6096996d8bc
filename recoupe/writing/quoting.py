"""Quoting: a few words of a report that tell a reader which thing is meant."""

from __future__ import annotations

import re
from collections import Counter

from recoupe.records import Answer, Comparison, Question, Reading, Span, Stance
from recoupe.records.comparison import claim_of
from recoupe.writing.safe import clipped, line
from recoupe.writing.wording import Wording

_BOUND = re.compile(r"[,;:.!?…—–)\]](?=\s|$)|\n")
"""Where a clause may end: a mark before a blank, for '4.000' is no end."""
_INNER = re.compile('[«„“‟][\u00a0\u202f ]?|[\u00a0\u202f ]?[»”]|(?<!\\w)"|"(?!\\w)')
_MARKS = " \t\n\r\u00a0\u202f,;:.!?…—–()[]«»“”„\"'’"
_LEAST = 12
"""Code points below which a quotation is widened to say more."""
_CONTENT = 24
"""Code points below which what somebody says is too short to be understood alone: 'the United States'."""
_NOUN = 3
"""Code points of the shortest words that say what is counted."""
_LOOKED_AT = 12
"""Answers whose clauses are tried for one that is short enough."""
_OWN = 60
"""Code points of an answer's own words that stand in a label at most."""


def words_around(comparison: Comparison, question: Question, ui: Wording, most: int) -> str:
    """The clause of one answer, between quotation marks; of the report that a reader of `ui` reads best.

    Where no clause is short enough (never, if `most` is 0) an answer's own words stand alone.
    """
    if not question.answers:
        return question.id
    often = Counter(str(answer.value) for answer in question.answers)
    answers = sorted(question.answers, key=lambda a: (_foreign(comparison, a, ui), -often[str(a.value)], a.reading))
    dots = str(ui.tables["ellipsis"])
    for answer in answers[:_LOOKED_AT] if most else ():
        claim = claim_of(comparison.story, answer)
        text = comparison.story.readings[answer.reading].article.text
        words = cut(text, claim.sentence, claim.span, most, dots)
        if words and not words.startswith(dots) and not words.endswith(dots):
            return _quoted(words, ui)
    claim = claim_of(comparison.story, answers[0])
    own = line(claim.span.of(comparison.story.readings[answers[0].reading].article.text))
    return _quoted(clipped(own, _OWN, dots), ui) or question.id


def words_counted(comparison: Comparison, question: Question, ui: Wording, most: int) -> str:
    """What follows a number in its clause, between quotation marks: 'people were killed'; else all of the clause."""
    for answer in sorted(question.answers, key=lambda a: (_foreign(comparison, a, ui), a.reading)):
        claim = claim_of(comparison.story, answer)
        end = min(claim.sentence.end, claim.span.end + 4 * most)
        rest = comparison.story.readings[answer.reading].article.text[claim.span.end : end]
        bound = _BOUND.search(rest)
        words = line(rest[: bound.start()] if bound else rest).strip(_MARKS)
        if len(words) >= _NOUN:
            return _quoted(clipped(words, most, str(ui.tables["ellipsis"])), ui)
    return words_around(comparison, question, ui, most)


def disputed_words(comparison: Comparison, question: Question, ui: Wording, most: int) -> str:
    """What is asserted or denied, between quotation marks: in the words of the answer that tells it best."""
    stems = [key[2:] for key in question.asks if key.startswith("s:")][:12]
    best: tuple[tuple[bool, bool, bool, bool, int, int], str] | None = None
    for answer in question.answers:
        said = _proposition(comparison, answer, ui, most)
        if not said:
            continue
        low = said.lower()
        asserted = isinstance(answer.value, Stance) and answer.value.stance == "asserted"
        hits = sum(stem in low for stem in stems)
        dots = str(ui.tables["ellipsis"])
        whole = not (said.startswith(dots) or said.endswith(dots))
        rank = (not _foreign(comparison, answer, ui), asserted, len(said) >= _LEAST, whole, hits, -len(said))
        if best is None or rank > best[0]:
            best = rank, said
    return _quoted(best[1], ui) if best else words_around(comparison, question, ui, most)


def cut(text: str, whole: Span, part: Span, most: int, dots: str) -> str:
    """The clause of `whole` around `part` in at most about `most` code points, whole words only.

    Clauses are added while they fit; where the first is too long already, words are, and `dots` stand for the rest.
    """
    start, end = max(whole.start, part.start - 4 * most), min(whole.end, part.end + 4 * most)
    stretch = text[start:end]
    low, high = part.start - start, min(part.end - start, part.start - start + most)
    edges = sorted({0, len(stretch), *(m.start() for m in _BOUND.finditer(stretch))})
    left = max((e for e in edges if e <= low), default=0)
    right = min((e for e in edges if e >= high), default=len(stretch))
    if right - left < _LEAST:  # 'vers 2 h 30' alone tells too little
        left = max((e for e in edges if right - most <= e < left), default=left)
    if right - left < _CONTENT:
        right = min((e for e in edges if right + 1 < e <= left + most), default=right)
    if right - left <= most:
        return line(stretch[left:right]).strip(_MARKS)
    return _narrowed(stretch, left, right, low, high, most, dots)


def _narrowed(stretch: str, left: int, right: int, low: int, high: int, most: int, dots: str) -> str:
    """Words on either side of `low:high` inside `left:right`: first those before it, for they say what it is of."""
    first = max(left, min(low, high - most * 2 // 3))
    if first > left:
        blank = stretch.find(" ", first, low)
        first = low if blank < 0 else blank + 1
    last = min(right, max(high, first + most))
    if last < right:
        blank = stretch.rfind(" ", max(first + 1, min(high, last - most // 2)), last)
        last = last if blank < 0 else blank
    words = line(stretch[first:last]).strip(_MARKS)
    return (dots if first > left else "") + words + (dots if last < right else "")


def _proposition(comparison: Comparison, answer: Answer, ui: Wording, most: int) -> str:
    """The words whose truth an answer speaks of."""
    reading = comparison.story.readings[answer.reading]
    claim = claim_of(comparison.story, answer)
    whole = _content(reading, claim.statement, claim.span) or claim.sentence
    inside = whole.overlaps(claim.span)
    part = claim.span if inside else Span(whole.start, whole.start + 1)
    if inside and not whole.covers(part):
        whole = claim.sentence if claim.sentence.covers(part) else part
    return cut(reading.article.text, whole, part, most, str(ui.tables["ellipsis"]))


def _content(reading: Reading, statement: int | None, span: Span) -> Span | None:
    """The piece of a statement's content in which `span` stands, else its first long enough piece."""
    if statement is None:
        return None
    pieces = reading.statements[statement].content
    holding = [p for p in pieces if p.overlaps(span)]
    return next((p for p in (*holding, *pieces) if len(p) >= _CONTENT), None)


def _foreign(comparison: Comparison, answer: Answer, ui: Wording) -> bool:
    return comparison.story.readings[answer.reading].article.lang != ui.code


def _quoted(words: str, ui: Wording) -> str:
    """Between marks, without marks inside, of which a cut may have left one alone."""
    inner = line(_INNER.sub("", words))
    return ui.quoted(inner) if inner else ""

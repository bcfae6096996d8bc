"""Quotations: what stands between quotation marks, also over several sentences and paragraphs."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from recoupe.reading.document import Document
from recoupe.reading.speech import MARK, places

_CLOSES = {"«": "»", "“": "”", "„": "“”", "‘": "’", "‹": "›", '"': '"', "»": "«"}
_CLOSERS = frozenset('»”“"’›«')
_LONGEST = 900  # tokens: a mark that is not closed within so many was never opened
_WORDS = 4  # a shorter quotation is part of its sentence


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens `first` to `last` (excluded), marks included. `speech`: long enough to be what somebody said."""

    first: int
    last: int
    speech: bool


def quotations(doc: Document) -> list[Quotation]:
    """All quotations in order, outermost only. A mark left open at the end of a paragraph goes on if the next
    paragraph opens with the same mark; otherwise it is taken to have been closed at the paragraph's end."""
    found: list[Quotation] = []
    start: int | None = None
    mark, paragraph, end = "", -1, 0
    marks = [i for i in places(doc, MARK) if doc.tokens.surfaces[i] in _CLOSES]
    for sentence in doc.sentences:
        if start is not None and sentence.paragraph != paragraph and doc.tokens.surfaces[sentence.first] != mark:
            _add(doc, found, start, end)
            start = None
        paragraph = sentence.paragraph
        end = sentence.last
        at = bisect_left(marks, sentence.first)
        if start is None and (at == len(marks) or marks[at] >= sentence.last):
            continue  # nothing opens here: most sentences
        for i in range(sentence.first if start is not None else marks[at], sentence.last):
            sign = doc.tokens.surfaces[i]
            if start is None:
                if sign in _CLOSES and _opens(doc, i, sign):
                    start, mark = i, sign
            elif sign in _CLOSES[mark] and not (
                sign == mark and (i == sentence.first or _opens(doc, i, sign, strict=True))
            ):
                if sign != "’" or _is_end(doc, i):
                    _add(doc, found, start, i + 1)
                    start = None
            elif i - start > _LONGEST:
                start = None
    if start is not None:
        _add(doc, found, start, end)
    return found


def _opens(doc: Document, i: int, sign: str, strict: bool = False) -> bool:
    """Whether a mark can open here: « and „ always do, the others where no word stands right before them."""
    tokens, text = doc.tokens, doc.text
    before = text[tokens.starts[i] - 1] if tokens.starts[i] else " "
    after = text[tokens.ends[i]] if tokens.ends[i] < len(text) else " "
    if sign in "«„‹":
        return not strict
    if sign == "»":
        return before.isspace() and not after.isspace() and not strict
    if strict:
        return before.isspace() and not after.isspace()
    return not before.isalnum() and not after.isspace()


def _is_end(doc: Document, i: int) -> bool:
    """Whether an apostrophe-like mark ends a quotation: no letter follows it."""
    end = doc.tokens.ends[i]
    return end >= len(doc.text) or not doc.text[end].isalnum()


def _add(doc: Document, found: list[Quotation], first: int, last: int) -> None:
    words = sum(1 for i in range(first, last) if doc.norms[i][0].isalnum())
    if words:
        found.append(Quotation(first, last, words >= _WORDS))

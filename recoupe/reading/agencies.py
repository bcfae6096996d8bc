"""Agencies: where their names stand, by the forms of `agencies.toml`, which are the same in all languages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from recoupe.languages import shared
from recoupe.reading.document import Document
from recoupe.text.lexicon import Lexicon
from recoupe.text.tokens import Tokenizer

_ACRONYM = 4  # a form of at most so many letters counts only as it is written


def agency_at(doc: Document, i: int, last: int) -> tuple[int, str] | None:
    """(index after the last token, label) of the agency that is named from token `i` on, before token `last`."""
    lexicon = _forms()
    for end, (label, exact) in lexicon.at(doc.norms, i):
        if end <= last and (exact is None or doc.span(i, end).of(doc.text) == exact):
            return end, label
    return None


def agencies_in(doc: Document, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Every agency that is named between two tokens, as (first token, index after the last one, label)."""
    for i in _forms().places(doc.norms[first:last]):
        if (named := agency_at(doc, first + i, last)) is not None:
            yield first + i, *named


@lru_cache(maxsize=1)
def _forms() -> Lexicon[tuple[str, str | None]]:
    """Forms of agencies: (label, the exact spelling where only that counts)."""
    lexicon: Lexicon[tuple[str, str | None]] = Lexicon()
    tokenizer = Tokenizer()
    for label, forms in shared("agencies")["agencies"].items():
        for form in forms:
            single = " " not in form
            lexicon.add(
                tokenizer.norms(form),
                (label, form if single and (form.isupper() or len(form) <= _ACRONYM or form.istitle()) else None),
            )
    return lexicon

"""Content: what a statement tells of and who its source is, in keys that all languages share.

Of the content `k:attack` (kinds.toml), `c:killed` (concepts.toml) and `m:wall` (meanings.toml); what no key covers is
compared by its stems, which meet within one language alone. Of the source also `r:lawyer`, `h:company`, `d:defence`
(roles, heads of organisations and departments of names.toml) and `l:FR` (a country or its people).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from recoupe.reading.context import Context
from recoupe.reading.document import Document
from recoupe.reading.gazetteer import gazetteer
from recoupe.reading.meanings import meanings_of
from recoupe.records import Name, Span, Statement
from recoupe.text.latin import latin
from recoupe.text.stems import is_content, stem

WIDEST = 400  # tokens of one content that are looked at: bounds the work on hostile text


def with_terms(doc: Document, context: Context, statements: Sequence[Statement]) -> list[Statement]:
    """The statements with the keys of their contents and of their sources."""
    return [replace(s, terms=_terms(doc, context, s.content), voice=_voice(doc, context, s)) for s in statements]


def told(doc: Document, context: Context) -> Iterator[tuple[str, ...]]:
    """For each sentence the keys of what its words tell of, in their order."""
    for s in doc.sentences:
        yield tuple(m.key for m in context.marks(s.first, min(s.last, s.first + WIDEST)) if m.key[0] in "kcm")


def with_words(doc: Document, names: Sequence[Name]) -> list[Name]:
    """The names with the keys of their words, by which bodies are known again under translated names.

    Those of the fullest form of an organisation or a place that is not known otherwise. A word without a key stands as
    `u:` with its Latin letters.
    """
    return [replace(n, terms=_words_of(doc, n)) if n.key is None and n.type != "PERSON" else n for n in names]


def _words_of(doc: Document, name: Name) -> tuple[str, ...]:
    known, marks, function = meanings_of(doc.pack), gazetteer(doc.pack).marks, doc.pack.function_words
    span = max(name.mentions, key=lambda m: (m.end - m.start, -m.start))
    first, last = doc.tokens_of(span)
    norms = doc.norms[first : min(last, first + _LONGEST_NAME)]
    stems = [stem(norm, doc.pack.endings) for norm in norms]
    found: set[str] = set()
    told: set[int] = set()
    for i, norm in enumerate(norms):
        for end, mark in marks.at(norms, i):
            country = mark.known.country if mark.known is not None else None
            if mark.flag in _SORTS or country is not None:
                found.add(f"{_SORTS[mark.flag]}:{mark.value}" if mark.flag in _SORTS else f"l:{country}")
                told.update(range(i, end))
        size, meanings = known.phrase(stems[i:])
        if not size:
            size, meanings = 1, known.word(norm)
        if meanings:
            found.update(f"m:{meaning}" for meaning in meanings)
            told.update(range(i, i + size))
    for i, norm in enumerate(norms):
        if i not in told and is_content(norm, function):
            found.update(f"u:{word}" for word in latin(norm).split())
    return tuple(sorted(found))


_LONGEST_NAME = 20  # words
_SORTS = {"R": "r", "H": "h", "D": "d", "N": "l"}  # flags of the gazetteer


def _voice(doc: Document, context: Context, statement: Statement) -> tuple[str, ...]:
    """The keys of a source's words; of those that a pronoun stands for."""
    source = statement.named or statement.source
    if source is None:
        return ()
    found = {key for key in _terms(doc, context, (source,)) if not key.startswith("k:")}
    return tuple(sorted(found | titles(doc, source)))


def titles(doc: Document, span: Span) -> set[str]:
    """The keys of the roles, bodies, departments and countries that stand in a span."""
    first, last = doc.tokens_of(span)
    norms = doc.norms[first : min(last, first + WIDEST)]
    found: set[str] = set()
    for _, _, mark in gazetteer(doc.pack).marks.longest(norms):
        if mark.flag in _SORTS:
            found.add(f"{_SORTS[mark.flag]}:{mark.value}")
        elif mark.known is not None and mark.known.country is not None:
            found.add(f"l:{mark.known.country}")
    return found


def _terms(doc: Document, context: Context, content: Sequence[Span]) -> tuple[str, ...]:
    found: set[str] = set()
    for span in content:
        first, last = doc.tokens_of(span)
        found.update(m.key for m in context.marks(first, min(last, first + WIDEST)) if m.key[0] in "kcm")
    return tuple(sorted(found))

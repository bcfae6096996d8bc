"""Content: what a statement tells of and who its source is, in keys that all languages share.

Of the content `k:attack` (kinds.toml), `c:killed` (concepts.toml) and `m:wall` (meanings.toml); what no key covers is
compared by its stems, which meet within one language alone. Of the source also `r:lawyer`, `h:company`, `d:defence`
(roles, heads of organisations and departments of names.toml) and `l:FR` (a country or its people).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recoupe.reading.context import Context
from recoupe.reading.document import Document
from recoupe.reading.gazetteer import gazetteer
from recoupe.records import Span, Statement

WIDEST = 400  # tokens of one content that are looked at: bounds the work on hostile text


def with_terms(doc: Document, context: Context, statements: Sequence[Statement]) -> list[Statement]:
    """The statements with the keys of their contents and of their sources."""
    return [replace(s, terms=_terms(doc, context, s.content), voice=_voice(doc, context, s)) for s in statements]


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

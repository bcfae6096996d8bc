"""Content: what a statement tells of and who its source is, in keys that all languages share.

Of the content `k:attack` (kinds.toml), `c:killed` (concepts.toml) and `m:wall` (meanings.toml); what no key covers is
compared by its stems, which meet within one language alone. Of the source also `r:lawyer`, `h:company`, `d:defence`
(roles, heads of organisations and departments of names.toml) and `l:FR` (a country or its people).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from recoupe.errors import PackError
from recoupe.languages import LanguagePack
from recoupe.languages.pack import REFERENCE, shared
from recoupe.reading.context import Context
from recoupe.reading.document import Document, compiled
from recoupe.reading.gazetteer import gazetteer
from recoupe.records import Span, Statement
from recoupe.text.lexicon import Lexicon
from recoupe.text.stems import Endings, is_content, stem

_BEGINNING = 7  # letters by which a word that is not listed is known: "конкуренц-ию", "зруйнов-ані"
_PART = 4  # letters that a part of a compound has at least
_COMPOUND = 8  # … and a compound
WIDEST = 400  # tokens of one content that are looked at: bounds the work on hostile text


@dataclass(frozen=True, slots=True)
class _Meanings:
    """The words of a pack by their stems, and the beginnings of the long ones."""

    phrases: Lexicon[str]
    beginnings: dict[str, str]
    compounds: bool


def with_terms(doc: Document, context: Context, statements: Sequence[Statement]) -> list[Statement]:
    """The statements with the keys of their contents.

    Raises PackError if the pack names an unknown meaning or an entry is malformed.
    """
    if not statements:
        return []
    known = _meanings(doc.pack)
    named = sorted((m.first, m.last) for m in context.names)
    return [
        replace(s, terms=_terms(doc, context, known, named, s.content), voice=_voice(doc, context, known, named, s))
        for s in statements
    ]


_SORTS = {"R": "r", "H": "h", "D": "d", "N": "l"}  # flags of the gazetteer


def _voice(
    doc: Document, context: Context, known: _Meanings, named: Sequence[tuple[int, int]], statement: Statement
) -> tuple[str, ...]:
    """The keys of a source's words; of those that a pronoun stands for."""
    source = statement.named or statement.source
    if source is None:
        return ()
    found = {key for key in _terms(doc, context, known, named, (source,)) if not key.startswith("k:")}
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


def _terms(
    doc: Document,
    context: Context,
    known: _Meanings,
    named: Sequence[tuple[int, int]],
    content: Sequence[Span],
) -> tuple[str, ...]:
    found: set[str] = set()
    for span in content:
        first, last = doc.tokens_of(span)
        last = min(last, first + WIDEST)
        found.update(f"k:{e.kind}" for e in context.events_in(first, last))
        found.update(f"c:{c.concept}" for c in context.concepts_in(first, last))
        hidden = _hidden(named, first, last)
        found.update(f"m:{meaning}" for meaning in _meant(doc, known, first, last, hidden))
    return tuple(sorted(found))


def _meant(doc: Document, known: _Meanings, first: int, last: int, hidden: set[int]) -> Iterator[str]:
    """The meanings of tokens [first, last), from left to right, the longest phrases first."""
    norms, function = doc.norms[first:last], doc.pack.function_words
    stems = [stem(norm, doc.pack.endings) for norm in norms]
    i = 0
    while i < len(stems):
        end = i + 1
        meanings: list[str] = []
        if first + i not in hidden:
            end, meanings = _at(known, stems, norms[i], doc.pack.endings, i)
            if end == i + 1 and not is_content(norms[i], function):
                meanings = []
        yield from meanings
        i = end


def _hidden(named: Sequence[tuple[int, int]], first: int, last: int) -> set[int]:
    """The tokens of names, which mean nothing."""
    found: set[int] = set()
    at = max(0, bisect_right(named, (first, first)) - 1)
    while at < len(named) and named[at][0] < last:
        found.update(range(*named[at]))
        at += 1
    return found


def _at(known: _Meanings, stems: Sequence[str], norm: str, endings: Endings, i: int) -> tuple[int, list[str]]:
    """The longest phrase that begins at a word, as (index after it, its meanings).

    A word that is not listed is known by its beginning, a compound by its parts.
    """
    here = known.phrases.at(stems, i)
    if here:
        return here[0][0], [meaning for end, meaning in here if end == here[0][0]]
    word = stems[i]
    if len(word) >= _BEGINNING and (meaning := known.beginnings.get(word[:_BEGINNING])) is not None:
        return i + 1, [meaning]
    return i + 1, _parts(known, norm, endings) if known.compounds and len(norm) >= _COMPOUND else []


def _parts(known: _Meanings, norm: str, endings: Endings) -> list[str]:
    """What the longest end and the longest beginning of a compound mean: 'Ruderanlage' as 'Anlage' and 'Ruder'."""
    ends = (norm[i:] for i in range(3, len(norm) - _PART + 1))
    beginnings = (norm[:i] for i in range(len(norm) - 3, _PART - 1, -1))
    found: list[str] = []
    for parts in (ends, beginnings):
        here = next((h for part in parts if (h := known.phrases.at([stem(part, endings)], 0))), [])
        found += [meaning for _, meaning in here]
    return found


@compiled
def _meanings(pack: LanguagePack) -> _Meanings:
    ids = shared("meanings")
    phrases: Lexicon[str] = Lexicon()
    starts: dict[str, set[str]] = {}
    for meaning, entries in pack.tables["meanings"]["meanings"].items():
        if meaning not in ids:
            where = f"languages/{pack.code}/meanings.toml"
            raise PackError(f"{where}: {meaning!r} is not in languages/meanings.toml. {REFERENCE}")
        for words in pack.words(entries):
            stems = tuple(stem(word, pack.endings) for word in words)
            phrases.add(stems, meaning)
            if len(stems) == 1 and len(stems[0]) >= _BEGINNING:
                starts.setdefault(stems[0][:_BEGINNING], set()).add(meaning)
    beginnings = {start: next(iter(found)) for start, found in starts.items() if len(found) == 1}
    return _Meanings(phrases, beginnings, pack.tables["pack"]["words"]["compounds"])

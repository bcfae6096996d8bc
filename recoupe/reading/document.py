"""Document: an article with its tokens and sentences, made once and handed to every reader of this folder."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from recoupe.languages import LanguagePack
from recoupe.records import Article, Span
from recoupe.text.sentences import sentences
from recoupe.text.tokens import Tokens
from recoupe.text.uncollected import uncollected

T = TypeVar("T")
_MANY, _SAYING = 5000, 4
"""After so many sentences those of fewer tokens are left out: rows of scraps are no report, and take long to read."""
TRIED = 3000
"""In one sentence so many places are tried for a figure, and for a time; what goes on beyond is no sentence of news.

It would hold ten thousand words without a full stop; this bounds what hostile text can take."""


class Sentence(Struct, frozen=True):
    """Tokens `first` to `last` (excluded). `heading`: a title or a heading; `paragraph` counts from 0."""

    first: int
    last: int
    span: Span
    heading: bool
    paragraph: int


@dataclass(eq=False)
class Document:
    """An article, tokenised. Sentences that lie in clutter are left out of `sentences`.

    `tagger` proposes the names of a sentence where the user has one of their own.
    """

    article: Article
    pack: LanguagePack
    tokens: Tokens
    sentences: list[Sentence] = field(default_factory=list)
    tagger: Tagging | None = None
    norms: list[str] = field(init=False, repr=False)
    """The words in normal form."""

    def __post_init__(self) -> None:
        self.norms = self.tokens.norms

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def span(self, first: int, last: int) -> Span:
        """From token `first` to before token `last`."""
        return Span(self.tokens.starts[first], self.tokens.ends[last - 1])

    def tokens_of(self, span: Span) -> tuple[int, int]:
        """The tokens that begin inside a span, as (first, index after the last)."""
        starts = self.tokens.starts
        first = bisect_left(starts, span.start)
        return first, bisect_left(starts, span.end, first)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a code point, None in clutter."""
        i = bisect_right(self._sentence_starts, offset) - 1
        if i >= 0 and offset < self.sentences[i].span.end:
            return self.sentences[i]
        return None

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.span.start for s in self.sentences]


Tagging = Callable[[Document, Sentence], list[tuple[int, int, dict[str, float]]]]
"""Finds names in a sentence: first token, index after the last, how likely each of PERSON, ORG, PLACE."""


def open_document(article: Article, pack: LanguagePack, tagger: Tagging | None = None) -> Document:
    """Tokenise an article and find its sentences outside the clutter."""
    tokens = pack.tokenizer(article.text)
    found: list[Sentence] = []
    paragraph, previous_end = 0, 0
    clutter = article.clutter
    for first, last in _cut(
        tokens, sentences(tokens, pack.abbreviations, pack.ordinal_neighbours), [*article.clutter, *article.headings]
    ):
        span = Span(tokens.starts[first], tokens.ends[last - 1])
        if previous_end and "\n" in article.text[previous_end : span.start]:
            paragraph += 1
        previous_end = span.end
        if _touched(clutter, span) or (len(found) >= _MANY and last - first < _SAYING):
            continue
        heading = _touched(article.headings, span)
        found.append(Sentence(first, last, span, heading, paragraph))
    return Document(article, pack, tokens, found, tagger)


def _touched(marks: Sequence[Span], span: Span) -> bool:
    """Whether any of the marks, which are sorted and without overlap, overlaps a span."""
    if not marks:
        return False
    i = bisect_right(marks, span.start, key=lambda m: m.end)
    return i < len(marks) and marks[i].overlaps(span)


def _cut(tokens: Tokens, parts: list[tuple[int, int]], marks: list[Span]) -> list[tuple[int, int]]:
    """Cut sentences also where clutter or a heading begins or ends."""
    edges = sorted({bisect_left(tokens.starts, edge) for mark in marks for edge in (mark.start, mark.end)})
    cut: list[tuple[int, int]] = []
    at = 0
    for first, last in parts:
        while at < len(edges) and edges[at] <= first:
            at += 1
        while at < len(edges) and edges[at] < last:
            cut.append((first, edges[at]))
            first = edges[at]
            at += 1
        cut.append((first, last))
    return cut


def compiled(make: Callable[[LanguagePack], T]) -> Callable[[LanguagePack], T]:
    """Cache what a reader compiles from a pack, one result a pack."""
    made: dict[int, tuple[LanguagePack, T]] = {}

    def get(pack: LanguagePack) -> T:
        if id(pack) not in made:
            with uncollected():
                made[id(pack)] = (pack, make(pack))
        return made[id(pack)][1]

    get.__doc__ = make.__doc__
    return get

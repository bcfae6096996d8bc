"""Lexicon: many phrases looked up at once, by their first word."""

from __future__ import annotations

from bisect import insort
from collections.abc import Hashable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)
_Row = tuple[tuple[str, ...], T]
"""The words of a phrase after its second one, and its value."""


def _longest_first(row: tuple[tuple[str, ...], object]) -> int:
    return -len(row[0])


class Lexicon(Generic[T]):
    """Phrases of normal words, each with a value that can be hashed; a phrase may have several.

    They stand under their first word: what is that word alone, and what goes on, under the second word.
    """

    def __init__(self) -> None:
        self._alone: dict[str, list[T]] = {}
        self._longer: dict[str, dict[str, list[_Row[T]]]] = {}
        self._firsts: set[str] = set()
        self._several: set[tuple[str, str, _Row[T]]] = set()  # what stands under two words with several rows

    def __bool__(self) -> bool:
        return bool(self._firsts)

    def add(self, words: Sequence[str], value: T) -> None:
        """Add a phrase; `words` are normal forms, at least one."""
        if not words:
            raise ValueError("an empty phrase")
        first = words[0]
        self._firsts.add(first)
        if len(words) == 1:
            values = self._alone.setdefault(first, [])
            if value not in values:
                values.append(value)
            return
        second, row = words[1], (tuple(words[2:]), value)
        rows = self._longer.setdefault(first, {}).setdefault(second, [])
        if rows:
            if len(rows) == 1:
                self._several.add((first, second, rows[0]))
            if (first, second, row) in self._several:
                return
            self._several.add((first, second, row))
        insort(rows, row, key=_longest_first)

    def begins(self, norm: str) -> bool:
        """Whether any phrase begins with this word."""
        return norm in self._firsts

    @property
    def firsts(self) -> AbstractSet[str]:
        """The words with which phrases begin."""
        return self._firsts

    def places(self, norms: Sequence[str]) -> Iterator[int]:
        """The words of a text with which a phrase may begin."""
        return compress(range(len(norms)), map(self._firsts.__contains__, norms))

    def pairs(self, norm: str, after: str) -> bool:
        """Whether any phrase begins with these two words."""
        return after in self._longer.get(norm, ())

    def entries(self) -> Iterator[tuple[tuple[str, ...], T]]:
        """Every phrase with its value."""
        for first in self._firsts_in_order():
            for second, rows in self._longer.get(first, {}).items():
                for rest, value in rows:
                    yield (first, second, *rest), value
            for value in self._alone.get(first, ()):
                yield (first,), value

    def _firsts_in_order(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._alone, *self._longer)))

    def at(self, norms: Sequence[str], i: int) -> list[tuple[int, T]]:
        """All phrases that begin at word `i`, as (index after the last word, value), the longest first."""
        first = norms[i]
        if first not in self._firsts:
            return []
        found: list[tuple[int, T]] = []
        longer = self._longer.get(first)
        if longer is not None and i + 1 < len(norms):
            for rest, value in longer.get(norms[i + 1], ()):
                end = i + 2 + len(rest)
                if not rest or tuple(norms[i + 2 : end]) == rest:
                    found.append((end, value))
        alone = self._alone.get(first)
        if alone is not None:
            for value in alone:
                found.append((i + 1, value))
        return found

    def find(self, norms: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Every phrase at every place, as (first word, index after the last, value)."""
        for i in self.places(norms):
            for j, value in self.at(norms, i):
                yield i, j, value

    def longest(self, norms: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """As `find`, but from left to right without overlap, the longest first."""
        i = 0
        while i < len(norms):
            here = self.at(norms, i)
            if here:
                j = here[0][0]
                for end, value in here:
                    if end == j:
                        yield i, j, value
                i = j
            else:
                i += 1

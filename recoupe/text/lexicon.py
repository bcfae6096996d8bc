"""Lexicon: many phrases looked up at once, by their first word."""

from __future__ import annotations

from bisect import insort
from collections.abc import Hashable, Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


def _longest_first(row: tuple[tuple[str, ...], object]) -> int:
    return -len(row[0])


class Lexicon(Generic[T]):
    """Phrases of normal words, each with a value that can be hashed; a phrase may have several."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._several: set[tuple[str, tuple[tuple[str, ...], T]]] = set()  # what stands under words with several rows

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def add(self, words: Sequence[str], value: T) -> None:
        """Add a phrase; `words` are normal forms, at least one."""
        if not words:
            raise ValueError("an empty phrase")
        row = (tuple(words[1:]), value)
        rows = self._by_first.get(words[0])
        if rows is None:
            self._by_first[words[0]] = [row]
        else:
            if len(rows) == 1:
                self._several.add((words[0], rows[0]))
            if (words[0], row) not in self._several:
                self._several.add((words[0], row))
                insort(rows, row, key=_longest_first)

    def begins(self, norm: str) -> bool:
        """Whether any phrase begins with this word."""
        return norm in self._by_first

    def entries(self) -> Iterator[tuple[tuple[str, ...], T]]:
        """Every phrase with its value."""
        for first, rows in self._by_first.items():
            for rest, value in rows:
                yield (first, *rest), value

    def at(self, norms: Sequence[str], i: int) -> list[tuple[int, T]]:
        """All phrases that begin at word `i`, as (index after the last word, value), the longest first."""
        rows = self._by_first.get(norms[i])
        if rows is None:
            return []
        after = norms[i + 1] if i + 1 < len(norms) else None
        return [
            (i + 1 + len(rest), value)
            for rest, value in rows
            if not rest or (rest[0] == after and (len(rest) == 1 or tuple(norms[i + 1 : i + 1 + len(rest)]) == rest))
        ]

    def find(self, norms: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Every phrase at every place, as (first word, index after the last, value)."""
        by_first = self._by_first
        for i, norm in enumerate(norms):
            if norm in by_first:
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

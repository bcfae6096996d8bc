"""Inflected: phrases with inflected words, looked up without spelling out their forms in advance.

A pack lists thousands of words, each with dozens of endings. Spelled out they would cost more to load than the reading
of two reports; here an entry costs one row, and a word of a text is cut into stem and ending once, when first met.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable, Container, Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from recoupe.text.forms import alternatives
from recoupe.text.tokens import Tokenizer

T = TypeVar("T", bound=Hashable)
Row = tuple[tuple[str, ...], T]
Reading = tuple[str, frozenset[str]]
"""(element, parts of its endings): an element is a plain word or a stem with the name of its endings, `tu{-er}`."""

NOTHING: frozenset[str] = frozenset()
_INFLECTED = re.compile(r"([^\W\d_]*)\{-(\w+)\}")
_SHORTEST_PART = 3  # letters before the last part of a compound
_SHORTEST_HEAD = 5  # letters of the last part
MOST_WITHIN = 3
_KEPT = 200_000  # words remembered


class Inflected(Generic[T]):
    """Phrases of words and of stems with endings, each with a value; a phrase may have several.

    `endings` are the named sets of a pack. A set `x_part` names a part of `x`: a match tells the parts that its word's
    ending belongs to. `within` are words that may stand inside a phrase without being part of it, MOST_WITHIN in one
    place ('a coûté hier la vie').

    A word that is not listed is read by its last part, if that alone has a value for which `compounds` holds:
    'Fabrikarbeiter' as 'Arbeiter'.

    >>> verbs = Inflected(Tokenizer(), {"er": ["er", "e", "é"], "er_pp": ["é"]})
    >>> verbs.add("coût{-er} la vie", "kill")
    >>> verbs.matches(["coûté", "la", "vie"], 0)
    [(3, 'kill', frozenset({'pp'}))]
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        endings: Mapping[str, Sequence[str]],
        compounds: Callable[[T], bool] | None = None,
        within: Container[str] = NOTHING,
    ) -> None:
        self._norms, self._normal = tokenizer.norms, tokenizer.normal
        self._compounds, self._within = compounds, within
        self._sets = {name: _with_parts(name, endings, tokenizer) for name in endings}
        self._stems: dict[str, list[str]] = {}  # stem -> names of its sets of endings
        self._pieces: dict[str, tuple[str, ...]] = {}
        self._rows: dict[str, list[Row[T]]] = {}  # first element -> the others, with the value
        self._several: set[tuple[str, Row[T]]] = set()
        self._seen: dict[str, tuple[Reading, ...]] = {}

    def add(self, entry: str, value: T) -> None:
        """Add an entry in the notation of `recoupe.text.forms`. Raises ValueError if it is malformed or empty."""
        for flat in alternatives(entry):
            elements: list[str] = []
            for piece in flat.split():
                known = self._pieces.get(piece)
                if known is None:
                    known = self._pieces[piece] = self._elements(piece)
                elements += known
            if not elements:
                raise ValueError(f"{entry!r} matches nothing at all")
            self._put(elements[0], (tuple(elements[1:]), value))

    def matches(self, norms: Sequence[str], i: int) -> list[tuple[int, T, frozenset[str]]]:
        """All phrases that begin at word `i`, the longest first.

        Each is (index after the last word, value, parts of the first ending).
        """
        found: list[tuple[int, T, frozenset[str]]] = []
        readings = self._readings(norms[i])
        for element, parts in readings:
            for rest, value in self._rows.get(element, ()):
                if not rest:
                    found.append((i + 1, value, parts))
                elif i + len(rest) < len(norms):
                    tail = self._follows(norms, i + 1, rest)
                    if tail is not None:
                        found.append((tail[0], value, parts or tail[1]))
        if len(found) > 1:
            found.sort(key=lambda m: -m[0])
        return found

    def __bool__(self) -> bool:
        return bool(self._rows)

    def _put(self, first: str, row: Row[T]) -> None:
        rows = self._rows.get(first)
        if rows is None:
            self._rows[first] = [row]
            return
        if len(rows) == 1:
            self._several.add((first, rows[0]))
        if (first, row) not in self._several:
            self._several.add((first, row))
            insort(rows, row, key=_longest_first)

    def _elements(self, piece: str) -> tuple[str, ...]:
        """The elements of a piece of an entry without spaces."""
        if "{" not in piece:
            return self._norms(piece)
        found: list[str] = []
        at = 0
        for inflected in _INFLECTED.finditer(piece):
            if inflected.start() > at:  # tokenised with a letter after it, for the apostrophe of s'entret{-enir}
                found += self._norms(f"{piece[at : inflected.start()]}x")[:-1]
            stem, name = self._normal(inflected[1]), inflected[2]
            if name not in self._sets:
                raise ValueError(f"{piece!r}: no endings named {name!r} (there are: {', '.join(sorted(self._sets))})")
            names = self._stems.setdefault(stem, [])
            if name not in names:
                names.append(name)
            found.append(f"{stem}{{-{name}}}")
            at = inflected.end()
        found += self._norms(piece[at:])
        return tuple(found)

    def _readings(self, norm: str) -> tuple[Reading, ...]:
        """All elements that a word can be."""
        found = self._seen.get(norm)
        if found is None:
            if len(self._seen) >= _KEPT:
                self._seen.clear()
            found = self._seen[norm] = tuple(self._read(norm))
            if self._compounds and not any(element in self._rows for element, _ in found):
                found = self._seen[norm] = (*found, *self._of_last_part(norm))
        return found

    def _of_last_part(self, norm: str) -> tuple[Reading, ...]:
        """What the longest last part of a word made of two can be, if it stands for something alone."""
        assert self._compounds is not None
        for cut in range(_SHORTEST_PART, min(len(norm), 40) - _SHORTEST_HEAD + 1):
            known = tuple(
                r
                for r in self._read(norm[cut:])
                if any(not rest and self._compounds(value) for rest, value in self._rows.get(r[0], ()))
            )
            if known:
                return known
        return ()

    def _read(self, norm: str) -> Iterator[Reading]:
        yield norm, NOTHING
        for cut in range(min(len(norm), 40), -1, -1):
            for name in self._stems.get(norm[:cut], ()):
                parts = self._sets[name].get(norm[cut:])
                if parts is not None:
                    yield f"{norm[:cut]}{{-{name}}}", parts

    def _follows(self, norms: Sequence[str], i: int, rest: Sequence[str]) -> tuple[int, frozenset[str]] | None:
        """Where `rest` ends if the words from `i` on are its elements, and the parts of its first ending; else None."""
        parts = NOTHING
        for element in rest:
            for skipped in range(MOST_WITHIN + 1):
                if i >= len(norms):
                    return None
                norm = norms[i]
                if element == norm:
                    break
                if "{" in element:
                    here = next((p for e, p in self._readings(norm) if e == element), None)
                    if here is not None:
                        parts = parts or here
                        break
                if skipped == MOST_WITHIN or norm not in self._within:
                    return None
                i += 1
            i += 1
        return i, parts


def _with_parts(name: str, endings: Mapping[str, Sequence[str]], tokenizer: Tokenizer) -> dict[str, frozenset[str]]:
    """Each ending of a set, with the names of the parts that it belongs to."""
    parts = {other[len(name) + 1 :]: set(endings[other]) for other in endings if other.startswith(f"{name}_")}
    return {
        tokenizer.normal(e): frozenset(part for part, members in parts.items() if e in members) for e in endings[name]
    }


def _longest_first(row: tuple[tuple[str, ...], object]) -> int:
    return -len(row[0])

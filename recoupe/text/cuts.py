"""Cuts: words cut into stems that are listed and the endings named with them, each word once for all tables."""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping, Sequence

from recoupe.text.tokens import Tokenizer

Reading = tuple[str, frozenset[str]]
"""(element, parts of its endings): an element is a plain word or a stem with the name of its endings, `tu{-er}`."""

NOTHING: frozenset[str] = frozenset()
_KEPT = 200_000  # words remembered
_FIRST = 3  # letters by which stems are kept: few of them begin alike
_Stem = tuple[str, list[str]]
"""A stem with the names of its sets of endings."""


class Cuts:
    """The stems of a language, as tables list them, with the named sets of endings of its pack.

    A set `x_part` names a part of `x`: a cut tells the parts that the ending belongs to.

    >>> cuts = Cuts(Tokenizer(), {"er": ["er", "e", "é"], "er_pp": ["é"]})
    >>> cuts.add("tu", "er")
    'tu{-er}'
    >>> cuts.of("tué")
    (('tu{-er}', frozenset({'pp'})),)
    """

    def __init__(self, tokenizer: Tokenizer, endings: Mapping[str, Sequence[str]]) -> None:
        self._sets = {name: _with_parts(name, endings, tokenizer) for name in endings}
        self._stems: dict[str, list[_Stem]] = {}  # by their first letters, the longest first
        self._short: list[int] = []  # how many letters stems have that are shorter than that, the most first
        self._known: dict[str, tuple[Reading, ...]] = {}

    def add(self, stem: str, name: str) -> str:
        """Add a stem with one of the sets of endings; what they are as an element."""
        first = stem[:_FIRST]
        if len(stem) < _FIRST and len(stem) not in self._short:
            insort(self._short, len(stem), key=int.__neg__)
        rows = self._stems.setdefault(first, [])
        names = next((names for known, names in rows if known == stem), None)
        if names is None:
            names = []
            insort(rows, (stem, names), key=_longest_first)
        if name not in names:
            names.append(name)
            self._known.clear()
        return f"{stem}{{-{name}}}"

    @property
    def names(self) -> list[str]:
        """The names of the sets of endings."""
        return sorted(self._sets)

    def __contains__(self, name: str) -> bool:
        return name in self._sets

    def forms(self, element: str) -> list[str]:
        """All words that an element is."""
        stem, inflected, name = element.partition("{-")
        return [stem + ending for ending in self._sets[name[:-1]]] if inflected else [element]

    def of(self, norm: str) -> tuple[Reading, ...]:
        """The stems with endings that a word can be, the longest stem first; nothing for most words."""
        found = self._known.get(norm)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[norm] = self.cut(norm)
        return found

    def cut(self, norm: str) -> tuple[Reading, ...]:
        """As `of`, of a word that is not to be remembered."""
        stems = self._stems
        rows = stems.get(norm[:_FIRST])
        found = self._among(rows, norm) if rows is not None else ()
        for size in self._short:
            rows = stems.get(norm[:size]) if size < len(norm) else None
            if rows is not None:
                found += self._among(rows, norm)
        return found

    def _among(self, rows: Sequence[_Stem], norm: str) -> tuple[Reading, ...]:
        """The readings of a word by some stems."""
        found: tuple[Reading, ...] = ()
        for stem, names in rows:
            if norm.startswith(stem):
                ending = norm[len(stem) :]
                for name in names:
                    parts = self._sets[name].get(ending)
                    if parts is not None:
                        found += ((f"{stem}{{-{name}}}", parts),)
        return found


def _longest_first(row: _Stem) -> int:
    return -len(row[0])


def _with_parts(name: str, endings: Mapping[str, Sequence[str]], tokenizer: Tokenizer) -> dict[str, frozenset[str]]:
    """Each ending of a set, with the names of the parts that it belongs to."""
    parts = {other[len(name) + 1 :]: set(endings[other]) for other in endings if other.startswith(f"{name}_")}
    return {
        tokenizer.normal(e): frozenset(part for part, members in parts.items() if e in members) for e in endings[name]
    }

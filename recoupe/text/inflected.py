"""Inflected: phrases with inflected words, looked up without spelling out their forms in advance.

A pack lists thousands of words, each with dozens of endings. Spelled out they would cost more to load than the reading
of two reports; here an entry costs one row, and a word of a text is cut into stem and ending once, when first met.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from recoupe.text.forms import alternatives
from recoupe.text.tokens import Tokenizer

T = TypeVar("T", bound=Hashable)
Reading = tuple[str, frozenset[str]]
"""(element, parts of its endings): an element is a plain word or a stem with the name of its endings, `tu{-er}`."""

NOTHING: frozenset[str] = frozenset()
_INFLECTED = re.compile(r"([^\W\d_]*)\{-(\w+)\}")
_SHORTEST_PART = 3  # letters before the last part of a compound
_SHORTEST_HEAD = 5  # letters of the last part
MOST_WITHIN = 3
_KEPT = 200_000  # words remembered
_INSIDE = ""  # stands for all words that may be inside a phrase; no element is empty


class _Node(Generic[T]):
    """A place in the trie of phrases: what stands for them if they end here, and what may come after."""

    __slots__ = ("after", "values")

    def __init__(self) -> None:
        self.values: list[T] = []
        self.after: dict[str, _Node[T]] = {}


class _Start(Generic[T]):
    """What a word begins: `alone` are the values of the word itself with the parts of its ending."""

    __slots__ = ("after", "alone", "nodes")

    def __init__(self, nodes: tuple[tuple[_Node[T], frozenset[str]], ...]) -> None:
        self.nodes = nodes
        self.alone = tuple((value, parts) for node, parts in nodes for value in node.values)
        after = {element for node, _ in nodes for element in node.after}
        self.after = frozenset({_INSIDE, *after} if after else after)
        """Elements of the words with which phrases may go on."""


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
        self._root: _Node[T] = _Node()
        self._nowhere: _Start[T] = _Start(())
        self._seen: dict[str, tuple[Reading, ...]] = {}
        self._starts: dict[str, _Start[T]] = {}
        self._elements_seen: dict[str, tuple[str, ...]] = {}

    def add(self, entry: str, value: T) -> None:
        """Add an entry in the notation of `recoupe.text.forms`. Raises ValueError if it is malformed or empty."""
        for flat in alternatives(entry):
            node = self._root
            for piece in flat.split():
                elements = self._pieces.get(piece)
                if elements is None:
                    elements = self._pieces[piece] = self._elements(piece)
                for element in elements:
                    after = node.after.get(element)
                    if after is None:
                        after = node.after[element] = _Node()
                    node = after
            if node is self._root:
                raise ValueError(f"{entry!r} matches nothing at all")
            if value not in node.values:
                node.values.append(value)
        self._starts.clear()
        self._elements_seen.clear()

    def matches(self, norms: Sequence[str], i: int) -> list[tuple[int, T, frozenset[str]]]:
        """All phrases that begin at word `i`, the longest first.

        Each is (index after the last word, value, parts of the first ending).
        """
        start = self._starts.get(norms[i]) or self._start_of(norms[i])
        if not self._goes_on(start, norms, i):
            return [(i + 1, value, parts) for value, parts in start.alone]
        found: list[tuple[int, T, frozenset[str]]] = []
        for node, parts in start.nodes:
            self._walk(node, norms, i + 1, parts, found)
        if len(found) > 1:
            found.sort(key=lambda m: -m[0])
        return found

    def _goes_on(self, start: _Start[T], norms: Sequence[str], i: int) -> bool:
        """Whether a phrase that begins at word `i` may go on with the word after it."""
        if not start.after or i + 1 >= len(norms):
            return False
        after = self._elements_seen.get(norms[i + 1])
        return not start.after.isdisjoint(self._elements_of(norms[i + 1]) if after is None else after)

    def beginnings(self, norms: Sequence[str], first: int, last: int) -> list[int]:
        """The words from `first` to before `last` with which a phrase may begin."""
        known, found = self._starts, []
        for i in range(first, last):
            start = known.get(norms[i]) or self._start_of(norms[i])
            if start.nodes:
                found.append(i)
        return found

    def places(self, norms: Sequence[str], first: int, last: int) -> list[tuple[int, bool]]:
        """As `beginnings`, but only where the next word allows it: (word, whether what begins there may go on)."""
        known, found = self._starts, []
        for i in range(first, last):
            start = known.get(norms[i]) or self._start_of(norms[i])
            if start.nodes:
                goes_on = self._goes_on(start, norms, i)
                if goes_on or start.alone:
                    found.append((i, goes_on))
        return found

    def alone(self, norm: str) -> Sequence[tuple[T, frozenset[str]]]:
        """What a word stands for by itself: values, each with the parts of its ending."""
        return (self._starts.get(norm) or self._start_of(norm)).alone

    def __bool__(self) -> bool:
        return bool(self._root.after)

    def _start_of(self, norm: str) -> _Start[T]:
        """Where phrases go on after a word that begins them; nowhere for most words."""
        if len(self._starts) >= _KEPT:
            self._starts.clear()
        after = self._root.after
        nodes = tuple((after[element], parts) for element, parts in self._readings(norm) if element in after)
        start = self._starts[norm] = _Start(nodes) if nodes else self._nowhere
        return start

    def _elements_of(self, norm: str) -> tuple[str, ...]:
        """All elements that a word can be; `_INSIDE` among them if it may stand inside any phrase."""
        if len(self._elements_seen) >= _KEPT:
            self._elements_seen.clear()
        elements = tuple(element for element, _ in self._readings(norm))
        made = self._elements_seen[norm] = (*elements, _INSIDE) if norm in self._within else elements
        return made

    def _walk(
        self,
        node: _Node[T],
        norms: Sequence[str],
        i: int,
        parts: frozenset[str],
        found: list[tuple[int, T, frozenset[str]]],
    ) -> None:
        """Add to `found` what ends before word `i`, at `node`, and what goes on from there."""
        for value in node.values:
            found.append((i, value, parts))
        if not node.after:
            return
        for j in range(i, min(i + MOST_WITHIN + 1, len(norms))):
            for element, here in self._readings(norms[j]):
                after = node.after.get(element)
                if after is not None:
                    self._walk(after, norms, j + 1, parts or here, found)
            if norms[j] not in self._within:
                return

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
            if self._compounds and not any(element in self._root.after for element, _ in found):
                found = self._seen[norm] = (*found, *self._of_last_part(norm))
        return found

    def _of_last_part(self, norm: str) -> tuple[Reading, ...]:
        """What the longest last part of a word made of two can be, if it stands for something alone."""
        assert self._compounds is not None
        for cut in range(_SHORTEST_PART, min(len(norm), 40) - _SHORTEST_HEAD + 1):
            known = tuple(
                r
                for r in self._read(norm[cut:])
                if r[0] in self._root.after and any(map(self._compounds, self._root.after[r[0]].values))
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


def _with_parts(name: str, endings: Mapping[str, Sequence[str]], tokenizer: Tokenizer) -> dict[str, frozenset[str]]:
    """Each ending of a set, with the names of the parts that it belongs to."""
    parts = {other[len(name) + 1 :]: set(endings[other]) for other in endings if other.startswith(f"{name}_")}
    return {
        tokenizer.normal(e): frozenset(part for part, members in parts.items() if e in members) for e in endings[name]
    }

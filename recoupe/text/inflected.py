"""Inflected: phrases with inflected words, looked up without spelling out their forms in advance.

A pack lists thousands of words, each with dozens of endings. Spelled out they would cost more to load than the reading
of two reports; here an entry costs one row, and a word of a text is cut into stem and ending once, when first met.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from recoupe.text.cuts import NOTHING, Cuts, Reading
from recoupe.text.forms import alternatives
from recoupe.text.tokens import Tokenizer

T = TypeVar("T", bound=Hashable)
_INFLECTED = re.compile(r"([^\W\d_]*)\{-(\w+)\}")
_SHORTEST_PART = 3  # letters before the last part of a compound
_SHORTEST_HEAD = 5  # letters of the last part
_LONGEST_COMPOUND = 40  # letters of a word that is looked at for its last part
_TOLD = 3  # letters by which it is told that nothing that may be a last part begins so
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
    """What a word begins: `alone` are the values of the word itself with the parts of its ending.

    `joined` are the readings of its last part, where that tells what a compound is.
    """

    __slots__ = ("after", "alone", "joined", "nodes")

    def __init__(self, nodes: tuple[tuple[_Node[T], frozenset[str]], ...], joined: tuple[Reading, ...] = ()) -> None:
        self.nodes, self.joined = nodes, joined
        self.alone = tuple([(value, parts) for node, parts in nodes for value in node.values])
        after = [element for node, _ in nodes for element in node.after]
        self.after = frozenset((_INSIDE, *after)) if after else NOTHING
        """Elements of the words with which phrases may go on."""


class _Starts(dict[str, _Start[T] | None]):
    """What words begin, each told when it is first met; nothing for most words."""

    def __init__(self, told: Callable[[str], _Start[T] | None]) -> None:
        super().__init__()
        self._told = told

    def __missing__(self, norm: str) -> _Start[T] | None:
        if len(self) >= _KEPT:
            self.clear()
        found = self[norm] = self._told(norm)
        return found


class Inflected(Generic[T]):
    """Phrases of words and of stems with endings, each with a value; a phrase may have several.

    `endings` are the named sets of a pack. A set `x_part` names a part of `x`: a match tells the parts that its word's
    ending belongs to. `within` are words that may stand inside a phrase without being part of it, MOST_WITHIN in one
    place ('a coûté hier la vie').

    A word that is not listed is read by its last part, if that alone has a value for which `compounds` holds:
    'Fabrikarbeiter' as 'Arbeiter'.

    `cuts` are those of other tables with the same endings, so that a word is cut once for all of them.

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
        cuts: Cuts | None = None,
    ) -> None:
        self._norms, self._normal = tokenizer.norms, tokenizer.normal
        self._compounds, self._within = compounds, within
        self._cuts = cuts or Cuts(tokenizer, endings)
        self._pieces: dict[str, tuple[str, ...]] = {}
        self._root: _Node[T] = _Node()
        self._starts: _Starts[T] = _Starts(self._start_of)
        self._elements_seen: dict[str, tuple[str, ...]] = {}
        self._last_parts: frozenset[str] | None = None

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
        self._last_parts = None

    def matches(self, norms: Sequence[str], i: int) -> list[tuple[int, T, frozenset[str]]]:
        """All phrases that begin at word `i`, the longest first.

        Each is (index after the last word, value, parts of the first ending).
        """
        start = self._starts[norms[i]]
        if start is None:
            return []
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
        starts = map(self._starts.__getitem__, norms[first:last])
        return [i for i, start in enumerate(starts, first) if start is not None]

    def places(self, norms: Sequence[str], first: int, last: int) -> list[tuple[int, bool]]:
        """As `beginnings`, but only where the next word allows it: (word, whether what begins there may go on)."""
        found = []
        for i, start in enumerate(map(self._starts.__getitem__, norms[first:last]), first):
            if start is not None:
                goes_on = self._goes_on(start, norms, i)
                if goes_on or start.alone:
                    found.append((i, goes_on))
        return found

    def alone(self, norm: str) -> Sequence[tuple[T, frozenset[str]]]:
        """What a word stands for by itself: values, each with the parts of its ending."""
        start = self._starts[norm]
        return () if start is None else start.alone

    def __bool__(self) -> bool:
        return bool(self._root.after)

    def _start_of(self, norm: str) -> _Start[T] | None:
        """Where phrases go on after a word that begins them; None for most words."""
        plain = self._root.after.get(norm)
        nodes = self._nodes(self._cuts.of(norm))
        if plain is not None:
            nodes = ((plain, NOTHING), *nodes)
        if nodes or not self._compounds:
            return _Start(nodes) if nodes else None
        joined = self._of_last_part(norm)
        return _Start(self._nodes(joined), joined) if joined else None

    def _nodes(self, readings: tuple[Reading, ...]) -> tuple[tuple[_Node[T], frozenset[str]], ...]:
        """The places in the trie that some readings of a word lead to, each with the parts of its ending."""
        if not readings:
            return ()
        after = self._root.after
        return tuple([(after[element], parts) for element, parts in readings if element in after])

    def _elements_of(self, norm: str) -> tuple[str, ...]:
        """All elements that a word can be; `_INSIDE` among them if it may stand inside any phrase."""
        if len(self._elements_seen) >= _KEPT:
            self._elements_seen.clear()
        cuts = self._inflections(norm)
        elements = (norm, *[element for element, _ in cuts]) if cuts else (norm,)
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
            after = node.after.get(norms[j])
            if after is not None:
                self._walk(after, norms, j + 1, parts, found)
            for element, here in self._inflections(norms[j]):
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
            if name not in self._cuts:
                raise ValueError(f"{piece!r}: no endings named {name!r} (there are: {', '.join(self._cuts.names)})")
            found.append(self._cuts.add(stem, name))
            at = inflected.end()
        found += self._norms(piece[at:])
        return tuple(found)

    def _inflections(self, norm: str) -> tuple[Reading, ...]:
        """All elements that a word can be, but for the word as it stands."""
        cuts = self._cuts.of(norm)
        if not self._compounds:
            return cuts
        start = self._starts[norm]
        return cuts + start.joined if start is not None and start.joined else cuts

    def _of_last_part(self, norm: str) -> tuple[Reading, ...]:
        """What the longest last part of a word made of two can be, if it stands for something alone."""
        if self._last_parts is None:
            self._last_parts = self._beginnings_of_last_parts()
        for cut in range(_SHORTEST_PART, min(len(norm), _LONGEST_COMPOUND) - _SHORTEST_HEAD + 1):
            if norm[cut : cut + _TOLD] in self._last_parts:
                part = norm[cut:]
                known = tuple([r for r in ((part, NOTHING), *self._cuts.cut(part)) if self._may_be_last(r[0])])
                if known:
                    return known
        return ()

    def _may_be_last(self, element: str) -> bool:
        """Whether an element alone has a value for which a compound may be read by it."""
        assert self._compounds is not None
        node = self._root.after.get(element)
        return node is not None and any(map(self._compounds, node.values))

    def _beginnings_of_last_parts(self) -> frozenset[str]:
        """The first letters of all words that may be the last part of a compound."""
        elements = filter(self._may_be_last, self._root.after)
        return frozenset(form[:_TOLD] for element in elements for form in self._cuts.forms(element))

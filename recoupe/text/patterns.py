"""Patterns: templates of words and slots, matched over tokens by one trie."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from msgspec import Struct

from recoupe.text.forms import expand
from recoupe.text.tokens import Tokenizer

T = TypeVar("T")
S = TypeVar("S")
Slots = Callable[[str, int], Iterable[tuple[int, Any]]]
"""(name of a slot, index of a word) -> the ways to fill it from there: (index after the last word, what was read)."""
Cells = Callable[[int], Mapping[str, Iterable[tuple[int, Any]] | None]]
"""Index of a word -> the slots that may be filled from there: with what, or None where the slots must be asked."""

_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(slots=True)
class _Node(Generic[T]):
    words: dict[str, _Node[T]] = field(default_factory=dict)
    slots: dict[tuple[str, str], _Node[T]] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """The slots, without what their captures are called."""


class Match(Struct, Generic[T]):
    """`end` is the index after the last word; `captures` what stood in the slots, by slot name (+ its suffix)."""

    end: int
    value: T
    captures: dict[str, Any]


class Patterns(Generic[T]):
    """Templates in the notation of `recoupe.text.forms`.

    >>> patterns = Patterns(Tokenizer())
    >>> patterns.add("[il y a] {n} days", "days")
    >>> patterns.match(["3", "days"], 0, lambda name, i: [(i + 1, 3)])
    [Match(end=2, value='days', captures={'n': 3})]
    """

    def __init__(self, tokenizer: Tokenizer, endings: Mapping[str, Sequence[str]] | None = None) -> None:
        self._tokenizer = tokenizer
        self._endings = endings
        self._root: _Node[T] = _Node()
        self._pieces: dict[str, tuple[str, ...]] = {}  # what stands between slots, which repeats, as normal words

    def add(self, form: str, value: T) -> None:
        """Add a template. Raises ValueError if it is malformed or matches nothing at all."""
        for flat in expand(form, self._endings):
            node, at = self._root, 0
            for slot in [*_SLOT.finditer(flat), None]:
                piece = flat[at : slot.start() if slot else len(flat)]
                words = self._pieces.get(piece)
                if words is None:
                    words = self._pieces[piece] = self._tokenizer.norms(piece)
                for word in words:
                    after = node.words.get(word)
                    if after is None:
                        after = node.words[word] = _Node()
                    node = after
                if slot:
                    node.names.add(slot[1])
                    node = node.slots.setdefault((slot[1], slot[1] + (slot[2] or "")), _Node())
                    at = slot.end()
            if node is self._root:
                raise ValueError(f"{form!r} matches nothing at all")
            if value not in node.values:
                node.values.append(value)

    def first_words(self, passing: str = "") -> set[str]:
        """The words with which a template begins, if need be after the slot `passing`, which takes no word."""
        return set().union(*(node.words for node in self._firsts(passing)))

    def first_slots(self, passing: str = "") -> set[str]:
        """The slots with which a template begins, if need be after the slot `passing`, which takes no word."""
        return {name for node in self._firsts(passing) for name, _ in node.slots}

    def _firsts(self, passing: str) -> list[_Node[T]]:
        return [self._root, *(after for (name, _), after in self._root.slots.items() if name == passing)]

    def may_begin(self, norm: str) -> bool:
        """Whether a template begins with this word."""
        return norm in self._root.words

    def follows(self, norm: str, passing: str) -> tuple[set[str], set[str]] | None:
        """(words, slots) with which templates that begin with a word go on; None where one consists of it alone.

        The slot `passing` takes no word: what comes after it counts too.
        """
        return _ahead([node.words[norm] for node in self._firsts(passing) if norm in node.words], passing)

    def follows_slot(self, slot: str, passing: str) -> tuple[set[str], set[str]] | None:
        """As `follows`, for templates that begin with a slot."""
        firsts = [after for node in self._firsts(passing) for (name, _), after in node.slots.items() if name == slot]
        return _ahead(firsts, passing)

    def folded(self, start: S, step: Callable[[S, str, bool], S]) -> Iterator[S]:
        """For each template, what `step` makes of `start` over its words and its slots, of which it is told the name.

        The last argument is whether it is a slot.
        """
        places = [(self._root, start)]
        while places:
            node, state = places.pop()
            if node.values:
                yield state
            places.extend([(after, step(state, word, False)) for word, after in node.words.items()])
            places.extend([(after, step(state, name, True)) for (name, _), after in node.slots.items()])

    def match(self, norms: Sequence[str], i: int, slots: Slots, cells: Cells | None = None) -> list[Match[T]]:
        """All templates that match from word `i` on, the longest first, then in the order added.

        With `cells`, `slots` is asked only for what they leave open: most slots are empty in most places.
        """
        found: list[Match[T]] = []
        if cells is None:
            self._walk(self._root, norms, i, slots, {}, found)
        else:
            self._walk_cells(self._root, norms, i, (slots, cells), {}, found)
        if len(found) > 1:
            found.sort(key=_longest_first)
        return found

    def _walk(
        self,
        node: _Node[T],
        norms: Sequence[str],
        i: int,
        slots: Slots,
        captures: dict[str, Any],
        found: list[Match[T]],
    ) -> None:
        for value in node.values:
            found.append(Match(i, value, captures))
        if i >= len(norms):
            return
        if node.words:
            word = node.words.get(norms[i])
            if word is not None:
                self._walk(word, norms, i + 1, slots, captures, found)
        for (name, capture), after in node.slots.items():
            for end, payload in slots(name, i):
                self._walk(after, norms, end, slots, {**captures, capture: payload}, found)

    def _walk_cells(
        self,
        node: _Node[T],
        norms: Sequence[str],
        i: int,
        filling: tuple[Slots, Cells],
        captures: dict[str, Any],
        found: list[Match[T]],
    ) -> None:
        """As `_walk`, passing over the slots that nothing fills."""
        for value in node.values:
            found.append(Match(i, value, captures))
        if i >= len(norms):
            return
        if node.words:
            word = node.words.get(norms[i])
            if word is not None:
                self._walk_cells(word, norms, i + 1, filling, captures, found)
        if not node.slots:
            return
        cell = filling[1](i)
        if node.names.isdisjoint(cell):  # nearly always
            return
        for (name, capture), after in node.slots.items():
            if name in cell:
                filled = cell[name]
                for end, payload in filling[0](name, i) if filled is None else filled:
                    self._walk_cells(after, norms, end, filling, {**captures, capture: payload}, found)


def _ahead(nodes: list[_Node[T]], passing: str) -> tuple[set[str], set[str]] | None:
    """(words, slots) with which templates go on after some nodes; None where one ends there."""
    words: set[str] = set()
    slots: set[str] = set()
    while nodes:
        node = nodes.pop()
        if node.values:
            return None
        words.update(node.words)
        for (name, _), after in node.slots.items():
            if name == passing:
                nodes.append(after)
            else:
                slots.add(name)
    return words, slots


def _longest_first(match: Match[Any]) -> int:
    return -match.end

"""Links: what has to be together and what has to be apart, whatever a machine would make of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)
Near = Callable[[T, T], float]
"""How near two things are; the higher the nearer."""


@dataclass(frozen=True, slots=True)
class Links(Generic[T]):
    """Pairs that belong together (`same`) and pairs that do not (`apart`), without contradiction.

    >>> Links(same=((1, 4),), apart=((1, 2),)).kept([[1, 2, 3], [4]])
    [[1, 4, 3], [2]]
    """

    same: tuple[tuple[T, T], ...] = ()
    apart: tuple[tuple[T, T], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.same or self.apart)

    def kept(self, groups: Iterable[Sequence[T]], near: Near[T] | None = None) -> list[list[T]]:
        """Groups in which all pairs are as they have to be; those that nothing is said of stay as they are.

        Groups that a pair joins become one. One that a pair parts is parted between those who may not be together: each
        other member goes to those to which it is nearest, of equals to the larger part. What is in no group is passed
        over.
        """
        own = [list(group) for group in groups]
        if not self:
            return own
        home = {item: n for n, group in enumerate(own) for item in group}
        blocks, wholes = Sets(home), Sets(range(len(own)))
        for a, b in self.same:
            if a in home and b in home:
                blocks.join(a, b)
                wholes.join(home[a], home[b])
        told: dict[int, list[T]] = {}
        for n, group in enumerate(own):
            told.setdefault(wholes.of(n), []).extend(group)
        rivals: dict[T, set[T]] = {}
        for a, b in self.apart:
            if a in home and b in home and wholes.of(home[a]) == wholes.of(home[b]):
                rivals.setdefault(blocks.of(a), set()).add(blocks.of(b))
                rivals.setdefault(blocks.of(b), set()).add(blocks.of(a))
        return [part for whole in told.values() for part in _Parts(whole, home, blocks, rivals, near).all()]


class Sets(Generic[T]):
    """Sets that may be joined; each is known by that of its members which came first."""

    def __init__(self, items: Iterable[T]) -> None:
        self._up = {item: item for item in items}
        self._rank = {item: n for n, item in enumerate(self._up)}

    def of(self, item: T) -> T:
        """The first member of an item's set."""
        while self._up[item] != item:
            self._up[item] = self._up[self._up[item]]
            item = self._up[item]
        return item

    def join(self, a: T, b: T) -> None:
        """Make two sets one."""
        first, second = sorted((self.of(a), self.of(b)), key=lambda item: self._rank[item])
        self._up[second] = first


class _Parts(Generic[T]):
    """One group to be parted, where some of it may not be together."""

    def __init__(
        self, whole: list[T], home: dict[T, int], blocks: Sets[T], rivals: dict[T, set[T]], near: Near[T] | None
    ) -> None:
        self._whole, self._home, self._near, self._rivals = whole, home, near, rivals
        self._blocks: dict[T, list[T]] = {}
        for item in whole:
            self._blocks.setdefault(blocks.of(item), []).append(item)
        self._parts: list[list[T]] = []

    def all(self) -> list[list[T]]:
        """The parts, in the order of the first of each."""
        if not any(block in self._rivals for block in self._blocks):
            return [self._whole] if self._whole else []
        seeds = [block for block in self._blocks if block in self._rivals]
        for block in seeds:
            self._put(block, self._open_to(block))
        waiting = [block for block in self._blocks if block not in self._rivals]
        while waiting:
            at = next((n for n, block in enumerate(waiting) if self._open_to(block)), 0)
            block = waiting.pop(at)
            self._put(block, self._open_to(block))
        return self._parts

    def _open_to(self, block: T) -> list[list[T]]:
        """The parts that hold something from where a block was before, and nothing that it may not be with."""
        where = {self._home[item] for item in self._blocks[block]}
        barred = {item for rival in self._rivals.get(block, ()) for item in self._blocks.get(rival, ())}
        return [
            part
            for part in self._parts
            if any(self._home[item] in where for item in part) and not any(item in barred for item in part)
        ]

    def _put(self, block: T, parts: list[list[T]]) -> None:
        members = self._blocks[block]
        if not parts:
            self._parts.append(list(members))
        elif len(parts) == 1 or self._near is None:
            max(parts, key=len).extend(members)
        else:
            near = self._near
            max(parts, key=lambda p: (max(near(a, b) for a in members for b in p), len(p))).extend(members)

"""Deciding: which of corrections that contradict each other count. The later ones do, so they are taken first."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from typing import Generic, TypeVar

from recoupe.records.links import Links

T = TypeVar("T", bound=Hashable)


class Deciding(Generic[T]):
    """Pairs that are together or apart, taken one after the other unless those before say otherwise.

    Each asking gives the id of the correction that stands against it, None where the pair was taken.
    """

    def __init__(self) -> None:
        self._same: dict[T, dict[T, str]] = {}
        self._apart: dict[T, dict[T, str]] = {}
        self.links: Links[T] = Links()

    def same(self, a: T, b: T, by: str) -> str | None:
        """Take two as one, unless something that is one with the first is apart from something of the second."""
        if a != b:
            mine, theirs = self._one_with(a), self._one_with(b)
            for x in mine:
                for y, against in self._apart.get(x, {}).items():
                    if y in theirs:
                        return against
            self._same.setdefault(a, {}).setdefault(b, by)
            self._same.setdefault(b, {}).setdefault(a, by)
            self.links = Links((*self.links.same, (a, b)), self.links.apart)
        return None

    def apart(self, a: T, b: T, by: str) -> str | None:
        """Take two as two, unless they are one."""
        mine = self._one_with(a)
        if b in mine:
            return mine[b] or by
        self._apart.setdefault(a, {}).setdefault(b, by)
        self._apart.setdefault(b, {}).setdefault(a, by)
        self.links = Links(self.links.same, (*self.links.apart, (a, b)))
        return None

    def tied(self, a: T) -> str | None:
        """The id of a correction that says what something is one with, None where none does."""
        return next(iter(self._same.get(a, {}).values()), None)

    def one(self, a: T, b: T) -> bool:
        """Whether two were taken as one."""
        return b in self._one_with(a)

    def _one_with(self, a: T) -> dict[T, str]:
        """All that is one with something, each with the correction that says so last on the way."""
        found = {a: ""}
        queue = deque([a])
        while queue:
            here = queue.popleft()
            for there, by in self._same.get(here, {}).items():
                if there not in found:
                    found[there] = by
                    queue.append(there)
        return found

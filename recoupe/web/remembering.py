"""Remembering: what was opened a moment ago is not opened again: dossiers unpacked, arranged for showing.

What is remembered never changes (a dossier has a number, and another one gets another), so that nothing is ever out of
date; how much of it there is is bounded by what it weighs.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

_T = TypeVar("_T")
_MOST = 48 * 1024 * 1024


class Remembering:
    """The things used last, up to so many bytes by their own account; safe for many threads."""

    def __init__(self, most: int = _MOST) -> None:
        self._most, self._weight = most, 0
        self._things: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], _T], weight: Callable[[_T], int]) -> _T:
        """The thing of that key, made where it is not remembered. Two may make it at once; one of them is kept."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                found: _T = self._things[key][0]
                return found
        made = make()
        heavy = weight(made)
        with self._lock:
            if key not in self._things and heavy <= self._most // 4:
                self._things[key] = made, heavy
                self._weight += heavy
                while self._weight > self._most:
                    _, (_, less) = self._things.popitem(last=False)
                    self._weight -= less
        return made

    def lately(self, key: Hashable, make: Callable[[], _T], seconds: float, weight: int = 4096) -> _T:
        """The thing of that key, made anew where it is older than some seconds."""
        return self.get((key, int(monotonic() // seconds)), make, lambda _: weight)

    def forget(self) -> None:
        """Forget all."""
        with self._lock:
            self._things.clear()
            self._weight = 0

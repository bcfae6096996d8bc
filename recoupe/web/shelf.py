"""Shelf: pages as they were made a moment ago. Many readers of one page cost little more than one.

A page is taken from the shelf where its state is still the one that it was made from; what its state is costs one look
into the store, and is believed for a second unless something was written here. What differs from visitor to visitor
(the token of forms) is put in on the way out.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

_MOST = 64 * 1024 * 1024
_BELIEVED = 1.0  # seconds


@dataclass(slots=True)
class Made:
    """A page that was made: its body, its tag, its media type, the state that it shows, and when that was looked up."""

    body: bytes
    tag: str
    media: str
    state: str
    at: float = 0.0


class Shelf:
    """The pages made last, up to so many bytes; safe for many threads."""

    def __init__(self, most: int = _MOST) -> None:
        self._most, self._weight = most, 0
        self._pages: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()
        self._makers = [Lock() for _ in range(64)]
        self.turn = 0

    def alone(self, key: Hashable) -> Lock:
        """What to hold while a page is made, so that nobody else makes it too."""
        return self._makers[hash(key) % len(self._makers)]

    def lately(self, key: Hashable) -> Made | None:
        """The page, if its state was looked up a moment ago."""
        with self._lock:
            made = self._pages.get(key)
            if made is None or monotonic() - made.at > _BELIEVED:
                return None
            self._pages.move_to_end(key)
            return made

    def of(self, key: Hashable, state: str) -> Made | None:
        """The page, if it shows this state, which was just looked up."""
        with self._lock:
            made = self._pages.get(key)
            if made is None or made.state != state or not state:
                return None
            made.at = monotonic()
            self._pages.move_to_end(key)
            return made

    def put(self, key: Hashable, made: Made, turn: int | None = None) -> None:
        """Put a page on the shelf, and off it those that nobody asked for longest.

        `turn` is what it was when the making began: where something was written since, the page is doubted at once.
        """
        with self._lock:
            made.at = monotonic() if turn in (None, self.turn) else 0.0
            self._drop(key)
            if len(made.body) <= self._most // 8:
                self._pages[key] = made
                self._weight += len(made.body)
            while self._weight > self._most:
                self._drop(next(iter(self._pages)))

    def doubt(self) -> None:
        """Something was written: look up the state of every page again."""
        with self._lock:
            self.turn += 1
            for made in self._pages.values():
                made.at = 0.0

    def _drop(self, key: Hashable) -> None:
        gone = self._pages.pop(key, None)
        if gone is not None:
            self._weight -= len(gone.body)

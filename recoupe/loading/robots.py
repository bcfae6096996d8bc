"""Robots: what a host's robots.txt lets be fetched (RFC 9309)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, Protocol

from recoupe.loading.fetched import Unfetched

LIMIT = 512 * 1024
"""Bytes of a robots.txt that are read; the rest counts for nothing."""


_SOON, _LATER = 600.0, 12 * 3600.0
"""Seconds after which a robots.txt that could not be had, and one that could, is asked for again."""


class Rules(Protocol):
    """What one robots.txt says."""

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched."""
        ...

    @property
    def delay(self) -> float | None:
        """Seconds between two requests, where it asks for any."""
        ...


class _All:
    """No robots.txt, or none to be had by any client."""

    delay: float | None = None

    def __init__(self, allowed: bool) -> None:
        self._allowed = allowed

    def allows(self, url: str) -> bool:
        """The same for every address."""
        return self._allowed


_FREE, _NOT_NOW = _All(True), _All(False)


class _Parsed:
    def __init__(self, body: bytes, agent: str) -> None:
        from protego import Protego

        self._agent = agent
        self._inner: Any = Protego.parse(body[:LIMIT].decode("utf-8", "replace").lstrip("\ufeff"))
        asked = self._inner.crawl_delay(agent)
        self.delay: float | None = float(asked) if asked is not None else None

    def allows(self, url: str) -> bool:
        """As Rules."""
        return bool(self._inner.can_fetch(url, self._agent))


class Robots:
    """The robots.txt of each host, asked for twice a day; `get` fetches one and raises Unfetched."""

    def __init__(self, get: Callable[[str], bytes], agent: str, clock: Callable[[], float] = monotonic) -> None:
        self._get, self._agent, self._clock = get, agent, clock
        self._rules: dict[str, tuple[Rules, float]] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def of(self, origin: str) -> Rules:
        """The rules of an origin such as `https://example.org`.

        None there (any 4xx) or a chain of redirects without end allows everything; a server that fails (5xx, no answer)
        forbids it for now. Both as RFC 9309 asks.
        """
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            rules, until = self._rules.get(origin, (None, 0.0))
            if rules is None or self._clock() > until:
                rules = self._asked(origin)
                self._rules[origin] = rules, self._clock() + (_SOON if rules is _NOT_NOW else _LATER)
            return rules

    def _asked(self, origin: str) -> Rules:
        try:
            body = self._get(f"{origin}/robots.txt")
        except Unfetched as error:
            return _NOT_NOW if error.passing else _FREE
        try:
            return _Parsed(body, self._agent)
        except (ValueError, RecursionError, OverflowError):
            return _FREE

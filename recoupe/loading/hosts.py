"""Hosts: whose turn it is. One request a second to a host, and fewer to one that fails."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, sleep

from recoupe.loading.fetched import Unfetched
from recoupe.records.validators import LONGEST_REST

PATIENCE = 10.0
"""Seconds that a request waits for its turn; when the turn comes later, it is not made."""

LONGEST_DELAY = 30.0
"""Seconds between two requests to a host, at most, whatever its robots.txt asks for."""

_RESTS = (1.0, 10.0, 60.0, 300.0, 1800.0)
"""Seconds that a host is left alone after the first, second … failure in a row."""


@dataclass(slots=True)
class _Host:
    next_turn: float = 0.0
    rests_until: float = 0.0
    failures: int = 0
    error: str = ""
    delay: float = field(default=0.0)


class Hosts:
    """The hosts of one run; safe to use from several threads."""

    def __init__(
        self, delay: float, clock: Callable[[], float] = monotonic, wait: Callable[[float], None] = sleep
    ) -> None:
        self._delay, self._clock, self._sleep = max(0.0, delay), clock, wait
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def wait_for(self, host: str, address: str) -> None:
        """Wait until a host may be asked. Raises Unfetched if it is to be left alone for longer than PATIENCE."""
        with self._lock:
            known = self._hosts.setdefault(host, _Host())
            now = self._clock()
            if known.rests_until - now > PATIENCE:
                raise Unfetched(
                    f"{address}: {host} is left alone for {known.rests_until - now:.0f} seconds after {known.error}; "
                    "it was not asked.",
                    passing=True,
                    wait=known.rests_until - now,
                )
            turn = max(now, known.next_turn, known.rests_until)
            known.next_turn = turn + max(self._delay, known.delay)
        if turn > now:
            self._sleep(turn - now)

    def slow_down(self, host: str, delay: float) -> None:
        """Leave so many seconds between two requests, as the host's robots.txt asks for."""
        with self._lock:
            self._hosts.setdefault(host, _Host()).delay = min(max(0.0, delay), LONGEST_DELAY)

    def failed(self, host: str, error: str, asked_to_wait: float | None = None) -> None:
        """The host did not answer, or answered that it can't now."""
        with self._lock:
            known = self._hosts.setdefault(host, _Host())
            rest = _RESTS[min(known.failures, len(_RESTS) - 1)]
            known.failures += 1
            known.error = error
            known.rests_until = self._clock() + min(max(rest, asked_to_wait or 0.0), LONGEST_REST)

    def answered(self, host: str) -> None:
        """The host answered."""
        with self._lock:
            known = self._hosts.setdefault(host, _Host())
            known.failures, known.rests_until = 0, 0.0

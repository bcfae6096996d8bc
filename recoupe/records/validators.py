"""Validators: what is remembered of an address until it is asked again."""

from __future__ import annotations

from dataclasses import dataclass, replace

_RESTS = (60.0, 300.0, 900.0, 3600.0, 4 * 3600.0)
"""Seconds that an address is left alone after the first, second … failure in a row."""

LONGEST_REST = 24 * 3600.0
"""No longer than this, whatever a server asks for; what is remembered beyond it was written by a clock gone wrong."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What is remembered of one address. The caller keeps it and hands it in again.

    `etag` and `last_modified` are the server's, `digest` is of what came (a page's body, a feed's entry), so that what
    has not changed is known without the server's help. `failures` counts those in a row, `error` is the last one's
    message, `not_before` (seconds of Unix time) when the address may be asked again.
    """

    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    failures: int = 0
    not_before: float = 0.0
    error: str | None = None

    def failed(self, error: str, now: float, asked_to_wait: float | None = None) -> Validators:
        """The same after one more failure; a server's own wish (Retry-After, seconds) counts where it is longer."""
        rest = max(_RESTS[min(self.failures, len(_RESTS) - 1)], asked_to_wait or 0.0)
        return replace(self, failures=self.failures + 1, not_before=now + min(rest, LONGEST_REST), error=error[:1000])

    def rests(self, now: float) -> float:
        """For how many seconds the address is left alone still, 0 when it may be asked."""
        left = self.not_before - now
        return left if 0 < left <= LONGEST_REST else 0.0

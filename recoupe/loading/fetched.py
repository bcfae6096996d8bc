"""Fetched, and Validators: what an address gave, and what is remembered of it until it is asked again."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, replace

from recoupe.errors import LoadError

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


Memory = MutableMapping[str, Validators]
"""What is remembered of each address."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    `url` is where it was found, after redirects; `media` and `charset` what the server calls it. `unchanged`: it is
    what was there the last time, and `body` is empty if the server said so itself.
    """

    address: str
    url: str
    media: str
    charset: str | None
    body: bytes
    validators: Validators
    unchanged: bool = False


class Unfetched(LoadError):
    """An address gave nothing. `passing`: it may well do so later; `wait`: what the server asks for, in seconds.

    `status` is that of the answer, None where there was none.
    """

    def __init__(
        self, message: str, *, passing: bool = False, wait: float | None = None, status: int | None = None
    ) -> None:
        super().__init__(message)
        self.passing, self.wait, self.status = passing, wait, status

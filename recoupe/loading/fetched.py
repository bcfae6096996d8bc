"""Fetched: what an address gave."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass

from recoupe.errors import LoadError
from recoupe.records.validators import Validators

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

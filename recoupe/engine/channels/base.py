"""Sender: what all channels have in common."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Protocol

from recoupe.errors import RecoupeError, SettingsError
from recoupe.records.alert import Alert


class Untold(RecoupeError):
    """A channel could not tell an alert; it is tried again."""


class Sender(Protocol):
    """Tells alerts in one way.

    `here`: it is quick and has to run where the watch runs; else it runs in a thread of its own, so that a slow server
    holds up nothing. `latest` is how many of the alerts that it ever told it needs to see again.
    """

    here: bool
    latest: int

    def send(self, alerts: Sequence[Alert], latest: Sequence[Alert]) -> Iterator[tuple[list[str], str | None]]:
        """Tell alerts, and give the ids of those that are told, or that are not and why; raises Untold for the rest."""
        ...

    def eager(self) -> bool:
        """Whether it wants to be called although there is nothing new."""
        ...


def secret(name: str | None, channel: str) -> str | None:
    """The value of an environment variable, None where none is named. Raises SettingsError where it is not set."""
    if name is None:
        return None
    value = os.environ.get(name)
    if not value:
        raise SettingsError(f"channel {channel!r}: the environment variable {name} is not set.")
    return value

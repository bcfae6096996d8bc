"""Job: one report that is still to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from recoupe.records import Report


@dataclass(frozen=True, slots=True)
class Job:
    """`key` is the same for the same report under another spelling of its address; `read` raises LoadError."""

    key: str
    address: str
    read: Callable[[], Report]

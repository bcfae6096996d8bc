"""Job: one report that is still to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from recoupe.errors import LoadError
from recoupe.records import Report


@dataclass(frozen=True, slots=True)
class Job:
    """`key` is the same for the same report under another spelling of its address, empty where no other address leads
    to it; `read` raises LoadError, or gives None for what has not changed since it was read before.

    `named`: the user gave this address, or a folder or table that holds it, and is told when it comes twice.
    """

    key: str
    address: str
    read: Callable[[], Report | None]
    named: bool = True


def failing(where: str, why: str) -> Job:
    """A job that says why there is no report; `why` goes on from `where`."""

    def fail() -> Report:
        raise LoadError(f"{where}: {why}")

    return Job("", where, fail, named=False)


def ready(report: Report, key: str = "") -> Job:
    """A job whose report is there already."""
    return Job(key, report.address, lambda: report, named=False)

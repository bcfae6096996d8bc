"""Problem: what went wrong with one report of a batch; the rest goes on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`report` is the address, `step` one of load, clean, read, group, compare, tell, watch.

    `message` says what, where and what next, in one line.
    """

    report: str
    step: str
    message: str

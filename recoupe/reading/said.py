"""Said: what a time expression says, before anybody asks which day that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Expression:
    """What a time expression says: the rule that read it and what stood in its slots.

    Slots hold numbers (`day`, `month`, `year`, `weekday`, `offset`), names (`unit`, `season`, `third`), a pair
    `period` (sort, value), an amount `n` (low, high, value, vague) or further expressions (`date`, `date2`).
    """

    rule: str
    slots: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """What stood in a slot, None if there was none."""
        return self.slots.get(name)


@dataclass(frozen=True, slots=True)
class Count:
    """How many units: 'two', 'more than a', 'some'."""

    value: float
    low: float | None
    high: float | None
    vague: bool = False

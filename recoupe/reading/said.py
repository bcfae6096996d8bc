"""Said: what a time expression says, before anybody asks which day that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

_OF_A_DATE = ("by", "until", "since", "before", "after", "not_before", "week_of", "of_day")
_NEEDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_OF_A_DATE, ("date",)),
    **dict.fromkeys(("ago", "ahead", "within", "next_n", "first_n_of", "last_n_of", "later", "earlier"), ("n",)),
    **dict.fromkeys(("before_event", "after_event"), ("n",)),
    **dict.fromkeys(("later_than", "earlier_than"), ("n", "date")),
    **dict.fromkeys(("of_last", "of_this", "of_next"), ("month",)),
    "night": ("date2",),
    "offset": ("offset",),
    "anchored": ("anchored",),
    "season": ("season",),
    "third": ("third",),
    "division": ("ordinal", "division"),
    **dict.fromkeys(("decade", "weak_decade"), ("decade",)),
    "century": ("ordinal",),
    "holiday": ("holiday",),
    "same": ("unit",),
    "week_number": ("weeknr",),
    **dict.fromkeys(("weekday_ahead", "weekday_ago"), ("weekday", "n", "unit")),
    **dict.fromkeys(("weekdays_ahead", "weekdays_ago"), ("weekday", "n")),
}


class Expression(Struct, frozen=True):
    """What a time expression says: the rule that read it and what stood in its slots.

    Slots hold numbers (`day`, `month`, `year`, `weekday`, `offset`), names (`unit`, `season`, `third`), a pair
    `period` (sort, value), an amount `n` (low, high, value, vague) or further expressions (`date`, `date2`).
    """

    rule: str
    slots: Mapping[str, Any] = {}

    @property
    def complete(self) -> bool:
        """Whether it has the slots without which its rule says nothing."""
        if self.rule == "day_of" and self.slots.get("day") is None and self.slots.get("ordinal") is None:
            return False
        return all(self.slots.get(name) is not None for name in _NEEDS.get(self.rule, ()))

    def get(self, name: str) -> Any:
        """What stood in a slot, None if there was none."""
        return self.slots.get(name)


class Count(Struct, frozen=True):
    """How many units: 'two', 'more than a', 'some'."""

    value: float
    low: float | None
    high: float | None
    vague: bool = False

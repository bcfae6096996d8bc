"""Sums: how the parts of a number in words add up and multiply: 'two hundred and five', 'vingt-trois mille'."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Sum:
    """A number in words while it grows. `room`: the next part must be smaller.

    `twenties` are the tens that take a number up to nineteen; `inverted`: the unit may stand before the ten; `joined`:
    a joining word came last.
    """

    twenties: frozenset[float]
    inverted: bool
    total: float = 0.0
    current: float | None = None
    addend: float = 0.0
    room: float = float("inf")
    factor: float = 1.0
    ordinal: bool = False
    joined: bool = field(default=False)

    @property
    def value(self) -> float:
        """What it comes to so far."""
        return self.total + (self.current or 0.0)

    def add(self, sort: str, value: float) -> bool:
        """Take the next part; False if it does not fit."""
        if self.ordinal and sort != "ord":  # 'centésimo vigésimo' is one number
            return False
        if sort == "ord" and value >= (100 if self.inverted else 1000) and self._times(value):  # drie|duizendste
            self.ordinal = True
            return True
        if sort in ("card", "article", "ord"):
            return self._plus(value, sort == "ord")
        if sort == "mult":
            return self._times(value)
        if sort == "half":
            if self.current is not None:
                self.current += value
            elif self.total:
                self.total += value * self.factor
            else:
                return False
            return True
        return False

    def _plus(self, value: float, ordinal: bool) -> bool:
        if self.current is None and not self.total:
            pass
        elif (
            self.inverted
            and self.joined
            and self.current is not None
            and 0 < self.addend < 10 <= value < 100
            and value % 10 == 0
        ):
            self.current += value
            self.addend, self.room, self.ordinal = self.addend + value, 0.0, ordinal
            return True
        elif not 0 < value < self.room:
            return False
        if value >= 1000 and not ordinal:  # 'mille' on its own
            self.total += value
            self.current, self.room, self.factor = None, value, value
            return True
        self.current = (self.current or 0.0) + value
        self.addend, self.ordinal = value, ordinal
        self.room = self._gap(value)
        return True

    def _times(self, by: float) -> bool:
        if self.current is None:
            below = self.total % by
            if not below or by <= self.factor:
                return False
            self.total += below * (by - 1)  # thousand billion
            self.factor = self.room = by
            return True
        if by < 1000:
            piece = self.current if self.current < by else self.addend
            if not 0 < piece < by:
                return False
            self.current += piece * (by - 1)
            self.addend, self.room = piece * by, by
            return True
        if not self.current < by:
            return False
        below = self.total % by  # 'mil doscientos millones': the thousand counts millions too
        self.total += below * (by - 1) + self.current * by
        self.current, self.room, self.factor = None, by, by
        return True

    def _gap(self, value: float) -> float:
        if value in self.twenties:
            return 20.0
        if value < 20:
            return 0.0
        gap = 1.0
        while value % (gap * 10) == 0 and gap < value:
            gap *= 10
        return gap

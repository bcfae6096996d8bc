"""All that a claim can assert. A value is a constraint: two values conflict only if nothing satisfies both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """What two values are to each other."""

    AGREE = "agree"
    COMPATIBLE = "compatible"
    CONFLICT = "conflict"
    UPDATED = "updated"


class Kind(StrEnum):
    """What sort of question a value answers."""

    COUNT = "count"
    QUANTITY = "quantity"
    TIME = "time"
    ENTITY = "entity"
    STANCE = "stance"


@dataclass(frozen=True, slots=True)
class Amount:
    """A range of numbers, both bounds included; None is open. `unit` is a UCUM-like symbol or an ISO 4217 code.

    A count of people or things has no unit.
    """

    low: float | None
    high: float | None
    unit: str | None = None

    def relation(self, other: Amount) -> Relation:
        """Compare with a value in the same unit."""
        if (self.low, self.high) == (other.low, other.high):
            return Relation.AGREE
        apart = _below(self.high, other.low) or _below(other.high, self.low)
        return Relation.CONFLICT if apart else Relation.COMPATIBLE

    @property
    def exact(self) -> bool:
        """Whether one number alone satisfies it."""
        return self.low is not None and self.low == self.high

    def __str__(self) -> str:
        if self.exact:
            body = _number(self.low)
        elif self.high is None:
            body = f"≥ {_number(self.low)}"
        elif self.low is None:
            body = f"≤ {_number(self.high)}"
        else:
            body = f"{_number(self.low)}–{_number(self.high)}"
        return f"{body} {self.unit}" if self.unit else body


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days or minutes: `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, both bounds included; None is open.

    The event lies somewhere in it: 'last weekend' is its two days, 'in May' the whole month.
    """

    start: str | None
    end: str | None

    def relation(self, other: Period) -> Relation:
        """Compare as days, unless both are given to the minute."""
        mine, theirs = (self.start, self.end), (other.start, other.end)
        if not all("T" in (v or "T") for v in mine + theirs):
            mine, theirs = self.days(), other.days()
        if mine == theirs:
            return Relation.AGREE
        apart = _below(mine[1], theirs[0]) or _below(theirs[1], mine[0])
        return Relation.CONFLICT if apart else Relation.COMPATIBLE

    def days(self) -> tuple[str | None, str | None]:
        """The bounds without their clock times."""
        return self.start and self.start[:10], self.end and self.end[:10]

    @property
    def clock(self) -> bool:
        """Whether it is given to the minute."""
        return "T" in (self.start or "") or "T" in (self.end or "")

    def __str__(self) -> str:
        if self.start == self.end:
            return self.start or "?"
        return f"{self.start or '…'} – {self.end or '…'}"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or some place: the id of a name, in a reading its own names, in a comparison the story's."""

    entity: str

    def relation(self, other: Named) -> Relation:
        """The same one or not."""
        return Relation.AGREE if self.entity == other.entity else Relation.CONFLICT

    def __str__(self) -> str:
        return self.entity


@dataclass(frozen=True, slots=True)
class Stance:
    """What a source makes of a proposition: `asserted`, `denied` or `unconfirmed`."""

    stance: str

    def relation(self, other: Stance) -> Relation:
        """Only an assertion and a denial exclude each other."""
        if self.stance == other.stance:
            return Relation.AGREE
        return Relation.CONFLICT if {self.stance, other.stance} == {"asserted", "denied"} else Relation.COMPATIBLE

    def __str__(self) -> str:
        return self.stance


Value = Amount | Period | Named | Stance


def _below(high: float | str | None, low: float | str | None) -> bool:
    return high is not None and low is not None and high < low  # type: ignore[operator]


def _number(value: float | None) -> str:
    if value is None:
        return "…"
    return f"{value:,.0f}".replace(",", " ") if float(value).is_integer() else f"{value:g}"

"""All that a claim can assert. A value is a constraint: two values conflict only if nothing satisfies both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_ZONE_STEP = 30  # minutes by which the clocks of two zones lie apart
_WIDEST_ZONES = 14 * 60


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

    The event lies somewhere in it: 'last weekend' is its two days, 'in May' the whole month. `east` tells how many
    minutes east of Greenwich the clock of its minutes goes, where the report names its zone.
    """

    start: str | None
    end: str | None
    east: int | None = None

    def relation(self, other: Period) -> Relation:
        """Compare as days, unless both are given to the minute."""
        mine, theirs = (self.start, self.end), (other.start, other.end)
        clocks = all("T" in (v or "T") for v in mine + theirs)
        if not clocks:
            mine, theirs = self.days(), other.days()
        elif self.east is not None and other.east is not None and self.east != other.east:
            mine, theirs = self._in_utc(), other._in_utc()
        if mine == theirs:
            return Relation.AGREE
        apart = _below(mine[1], theirs[0]) or _below(theirs[1], mine[0])
        if apart and clocks and (self.east is None) != (other.east is None):
            apart = not _may_be_one(mine, theirs)
        return Relation.CONFLICT if apart else Relation.COMPATIBLE

    def _in_utc(self) -> tuple[str | None, str | None]:
        """The bounds on the clock of Greenwich."""
        shift = timedelta(minutes=self.east or 0)
        return _moved(self.start, shift), _moved(self.end, shift)

    def days(self) -> tuple[str | None, str | None]:
        """The bounds without their clock times."""
        return self.start and self.start[:10], self.end and self.end[:10]

    @property
    def clock(self) -> bool:
        """Whether it is given to the minute."""
        return "T" in (self.start or "") or "T" in (self.end or "")

    def __str__(self) -> str:
        body = self.start or "?" if self.start == self.end else f"{self.start or '…'} – {self.end or '…'}"
        if self.east is None:
            return body
        hours, minutes = divmod(abs(self.east), 60)
        return f"{body} (UTC{'-' if self.east < 0 else '+'}{hours}{f':{minutes:02}' if minutes else ''})"


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


def _moved(stamp: str | None, back: timedelta) -> str | None:
    """A minute earlier by so much; as it is where the calendar ends."""
    try:
        return stamp and (datetime.fromisoformat(stamp) - back).isoformat(timespec="minutes")
    except (OverflowError, ValueError):
        return stamp


def _may_be_one(mine: tuple[str | None, str | None], theirs: tuple[str | None, str | None]) -> bool:
    """Whether two clock times may be one minute on the clocks of two zones, of which one is not told."""
    if mine[0] is None or mine[0] != mine[1] or theirs[0] is None or theirs[0] != theirs[1]:
        return False
    apart = abs((datetime.fromisoformat(mine[0]) - datetime.fromisoformat(theirs[0])).total_seconds()) / 60
    return apart % _ZONE_STEP == 0 and apart <= _WIDEST_ZONES


def _number(value: float | None) -> str:
    if value is None:
        return "…"
    return f"{value:,.0f}".replace(",", " ") if float(value).is_integer() else f"{value:g}"

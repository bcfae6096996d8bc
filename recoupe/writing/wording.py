"""Wording: the interface's own words, and how values look in them. A language of the interface is a file in `ui/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from recoupe.errors import SettingsError

FOLDER = Path(__file__).parent / "ui"
VERDICTS = ("contested", "updated", "compatible", "corroborated", "single")
"""The verdicts of a question in the order in which they are shown."""
_MESSAGE = 2000
"""Code points of a message that is looked up at most."""
_LONG_MONTHS = (1, 3, 5, 7, 8, 10, 12)


@dataclass(frozen=True, eq=False)
class Wording:
    """The words of one interface language: `wording.table("verdicts")`, `wording.word("why")`."""

    code: str
    tables: Mapping[str, Any]

    def table(self, name: str) -> dict[str, Any]:
        """One table of the file."""
        found: dict[str, Any] = self.tables.get(name, {})
        return found

    def word(self, key: str, **filled: object) -> str:
        """A word or a phrase, filled in."""
        return _fill(str(self.tables["words"][key]), **filled)

    def step(self, key: str, **filled: object) -> str:
        """A step of an explanation, filled in all at once, so that no word of a report is taken for a blank."""
        template = str(self.tables["steps"][key])
        return re.sub(r"\{(\w+)\}", lambda blank: str(filled.get(blank.group(1), blank.group())), template)

    def counted(self, key: str, n: int) -> str:
        """'1 report', '2 reports'."""
        return _plural(self.tables["words"][key], n, self.number(n))

    def tallied(self, verdict: str, n: int) -> str:
        """'2 contested'."""
        return _plural(self.tables["tally"].get(verdict, "{n} " + verdict), n, self.number(n))

    def heading(self, key: str) -> str:
        """A heading."""
        return str(self.tables["headings"][key])

    def message(self, text: str) -> str:
        """A remark or a complaint of ours in the language of the interface; as it is where the file lacks it.

        What stands before the first colon is the address that it is about.
        """
        for pattern, template in _messages(self.code):
            found = pattern.fullmatch(text[:_MESSAGE])
            if found and len(text) <= _MESSAGE:
                said = _fill(template, **{key: value for key, value in found.groupdict().items() if key != "where"})
                return (found["where"] or "") + said
        return text

    def named(self, table: str, key: str) -> str:
        """What a key of a closed list is called; the key itself where the list does not have it."""
        return str(self.table(table).get(key, key))

    def verdict(self, name: str, part: str) -> str:
        """`sign`, `word`, `heading` or `help` of a verdict; an unknown verdict is shown by its name."""
        known: dict[str, str] = self.table("verdicts").get(name, {})
        return known.get(part, "?" if part == "sign" else name if part != "help" else "")

    def quoted(self, text: str) -> str:
        """`text` between the quotation marks of the interface."""
        opening, closing = self.tables["quotes"]
        return f"{opening}{text}{closing}"

    def number(self, value: float) -> str:
        """A number with the separators of the interface."""
        marks = self.table("numbers")
        if float(value).is_integer():
            body = f"{int(value):,}" if abs(value) >= 10_000 else str(int(value))
        else:  # what a conversion made has more places than anybody measured
            body = f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) >= 1 else f"{value:.3g}"
            body = body.replace(",", "") if abs(value) < 10_000 else body
        return body.replace(",", "\0").replace(".", marks["decimal"]).replace("\0", marks["group"])

    def value(self, value: Mapping[str, Any], names: Mapping[str, str] | None = None) -> str:
        """A value of the dossier in words; `names` are the names of the story by id."""
        if "entity" in value:
            return (names or {}).get(value["entity"], str(value["entity"]))
        if "stance" in value:
            return self.named("stances", value["stance"])
        if "start" in value or "end" in value:
            return self.period(value.get("start"), value.get("end"))
        return self._amount(value.get("low"), value.get("high"), value.get("unit"))

    def period(self, start: str | None, end: str | None) -> str:
        """A span of days or minutes; whole months and years are called by their names."""
        phrases = self.table("values")
        if start is None and end is None:
            return str(phrases["unknown"])
        if start is None or end is None:
            key, bound = ("from", start) if end is None else ("until", end)
            return _fill(phrases[key], date=self._moment(str(bound)))
        if start == end:
            return self._moment(start)
        if "T" not in start and "T" not in end and (whole := self._whole(start, end)):
            return whole
        if "T" in start and "T" in end and start[:10] == end[:10]:
            hours = _fill(phrases["between"], low=self._hour(start[11:16]), high=self._hour(end[11:16]))
            return _fill(phrases["clock"], date=self._moment(start[:10]), time=hours)
        return _fill(phrases["span"], start=self._moment(start), end=self._moment(end))

    def _amount(self, low: float | None, high: float | None, unit: str | None) -> str:
        phrases = self.table("values")
        if low is None and high is None:
            return str(phrases["unknown"])
        if low is None or high is None:
            key, bound = ("at_least", low) if high is None else ("at_most", high)
            return _fill(phrases[key], n=self._unit(self.number(bound or 0), bound or 0, unit))
        if low == high:
            return self._unit(self.number(low), low, unit)
        both = _fill(phrases["between"], low=self.number(low), high=self.number(high))
        return self._unit(both, high, unit)

    def _unit(self, number: str, size: float, unit: str | None) -> str:
        if not unit:
            return number
        return _plural(self.table("units").get(unit, "{n} " + unit.replace("{", "").replace("}", "")), size, number)

    def _moment(self, moment: str) -> str:
        day, _, clock = moment.partition("T")
        parts = _parts(day)
        if parts is None:
            return moment
        year, month, date = parts
        dates = self.table("dates")
        shown = _fill(dates["day"], d=self._day(date), month=dates["months"][month - 1], y=year)
        return _fill(self.table("values")["clock"], date=shown, time=self._hour(clock[:5])) if clock else shown

    def _hour(self, clock: str) -> str:
        hour, _, minute = clock.partition(":")
        return _fill(self.table("values")["hour"], hh=hour.lstrip("0") or "0", h=hour, m=minute)

    def _whole(self, start: str, end: str) -> str | None:
        """Two days that make a month or a year, or that share one."""
        first, last = _parts(start), _parts(end)
        if first is None or last is None or first[0] != last[0]:
            return None
        dates = self.table("dates")
        months = dates["months"]
        year = first[0]
        if first[1:] == (1, 1) and last[1:] == (12, 31):
            return str(year)
        if first[1] == last[1]:
            if first[2] == 1 and last[2] == _length(year, first[1]):
                return _fill(dates["month"], month=months[first[1] - 1], y=year)
            return _fill(dates["same_month"], d=self._day(first[2]), d2=last[2], month=months[first[1] - 1], y=year)
        return _fill(
            dates["same_year"],
            d=self._day(first[2]), month=months[first[1] - 1],
            d2=self._day(last[2]), month2=months[last[1] - 1], y=year,
        )  # fmt: skip

    def _day(self, date: int) -> str:
        return str(self.table("dates")["first"]) if date == 1 else str(date)


@cache
def interfaces() -> tuple[str, ...]:
    """The codes of all interface languages."""
    return tuple(sorted(p.stem for p in FOLDER.glob("*.toml")))


@cache
def wording(code: str) -> Wording:
    """The words of the interface in a language. Raises SettingsError if there is none in it."""
    if code not in interfaces():
        raise SettingsError(f"{code!r}: the interface has no such language; it has {', '.join(interfaces())}.")
    return Wording(code, tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8")))


@cache
def _messages(code: str) -> list[tuple[re.Pattern[str], str]]:
    """The messages of a file as patterns; a blank '{x}' stands for any words."""
    found = []
    for said, template in wording(code).table("messages").items():
        parts = re.split(r"\{(\w+)\}", said)
        body = "".join(f"(?P<{part}>.{{1,400}}?)" if i % 2 else re.escape(part) for i, part in enumerate(parts))
        found.append((re.compile(f"(?s:(?P<where>.{{1,1000}}?: )?{body})"), str(template)))
    return found


def _fill(template: str, **filled: object) -> str:
    for key, value in filled.items():
        template = template.replace("{" + key + "}", str(value))
    return template


def _plural(template: str | Sequence[str], n: float, shown: str) -> str:
    chosen = template if isinstance(template, str) else template[0 if n == 1 else 1]
    return _fill(chosen, n=shown)


def _parts(day: str) -> tuple[int, int, int] | None:
    """Year, month and day of 'YYYY-MM-DD', None where it is no such day."""
    pieces = day.split("-")
    if len(pieces) != 3 or not all(p.isascii() and p.isdigit() for p in pieces):
        return None
    year, month, date = (int(p) for p in pieces)
    return (year, month, date) if 1 <= month <= 12 and 1 <= date <= 31 else None


def _length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 31 if month in _LONG_MONTHS else 30

"""Zones: the clock that a text reads where it says so ('16:12 Vietnam time'), as minutes east of Greenwich."""

from __future__ import annotations

import datetime as dt

from recoupe.languages import LanguagePack, shared
from recoupe.reading.document import Document, compiled
from recoupe.text.lexicon import Lexicon

_UTC = "utc"
_FARTHEST = 14 * 60
_EATEN = 3  # words of a zone that a template of a clock time may have taken along: '16:12 GMT'


def zone_after(doc: Document, end: int, day: dt.date) -> int | None:
    """How far east of Greenwich, in minutes, the clock goes whose time ends before token `end`; None if nothing tells.

    `day` is that of the time: it decides about summer time.
    """
    names, signs = _names(doc.pack)
    norms = doc.norms
    opened = end + 1 if end < len(norms) and norms[end] in "(,[" else end
    for begin in (opened, *range(end - 1, max(-1, end - 1 - _EATEN), -1)):
        if begin >= len(norms):
            continue
        for stop, zone in names.at(norms, begin) or signs.at(norms, begin):
            if stop < end or (begin < end and stop > end):
                continue
            if zone.isupper() and not doc.tokens.surfaces[begin].isupper():
                continue  # 'est' is a word
            zone = zone.lower()
            shift = _shift(doc, stop) if zone == _UTC else None
            return _offset(zone, day) if shift is None else shift
    return None


def _shift(doc: Document, at: int) -> int | None:
    """'+7' after UTC, in minutes."""
    signs = doc.tokens.surfaces
    if (
        at + 1 >= len(signs)
        or signs[at] not in ("+", "-", "−")
        or not signs[at + 1].isdecimal()
        or len(signs[at + 1]) > 2
    ):
        return None
    minutes = int(signs[at + 1]) * 60
    return None if minutes > _FARTHEST else minutes if signs[at] == "+" else -minutes


def _offset(zone: str, day: dt.date) -> int:
    minutes, rule = shared("zones")["zones"][zone]
    return int(minutes) + 60 * _is_summer(rule, day)


def _is_summer(rule: str, day: dt.date) -> bool:
    if rule == "eu":
        return _sunday(day.year, 3, -1) <= day < _sunday(day.year, 10, -1)
    if rule == "us":
        return _sunday(day.year, 3, 2) <= day < _sunday(day.year, 11, 1)
    return False


def _sunday(year: int, month: int, count: int) -> dt.date:
    """The `count`-th Sunday of a month; -1 is the last one, of a month with 31 days."""
    if count < 0:
        last = dt.date(year, month, 31)
        return last - dt.timedelta(days=(last.weekday() + 1) % 7)
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(6 - first.weekday()) % 7 + 7 * (count - 1))


@compiled
def _names(pack: LanguagePack) -> tuple[Lexicon[str], Lexicon[str]]:
    """The names of zones in a language, and the signs of all; a sign's value is in capitals, as it must be itself."""
    signs: Lexicon[str] = Lexicon()
    for zone, entries in shared("zones")["signs"].items():
        for sign in entries:
            signs.add(pack.tokenizer.norms(sign), zone.upper())
    return pack.lexicon(pack.tables["times"]["zones"]), signs

"""Dates as pages print them, with their year: in lines such as 'updated June 3, 2024' and in addresses."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from recoupe.languages import available, glimpse

FIRST, LAST = 1990, 2045
"""Years that a report can be of. The clock of the machine is not asked."""

NUMERIC_DATE = re.compile(
    r"(?<![\d./-])(?:\d{4}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{1,2}|\d{1,2}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)(?:\d{4}|\d{2}))(?![\d/-]|\.\d)"
)
"""A date in digits, as one word."""

_MAX_GAP = 3  # words between a date and its clock time: "… 2024 à", "… 2024, at"


class Calendar:
    """Reads dates with the names of the months in one language (and English, which sites leave in place)."""

    def __init__(self, lang: str, numeric: str | None = None, others: tuple[str, ...] = ()) -> None:
        self._languages = (lang, *others)
        self._numeric = numeric or (glimpse(lang, "clutter")["numeric"] if lang in available() else "")

    def date_at(self, norms: Sequence[str], i: int) -> tuple[int, str] | None:
        """The date that begins at a word, with the clock time after it: (index after the last word, ISO 8601).

        `norms` hold no punctuation but that of NUMERIC_DATE. An ambiguous 03/04/2024 is not read.
        """
        if not self.may_begin(norms[i]):
            return None
        found = self._numeric_at(norms, i) or self._named_at(norms, i)
        if found is None:
            return None
        j, day = found
        clock = _clock_after(norms, j)
        return (clock[0], f"{day}T{clock[1]}") if clock else (j, day)

    def may_begin(self, norm: str) -> bool:
        """Whether a date may begin with a word: with digits, or the name of a month."""
        return norm[0].isdecimal() or norm in _months(*self._languages)

    def find(self, norms: Sequence[str]) -> list[tuple[int, int, str]]:
        """All dates, left to right: (first word, index after the last, ISO 8601)."""
        found, i = [], 0
        while i < len(norms):
            here = self.date_at(norms, i)
            if here:
                found.append((i, *here))
                i = here[0]
            else:
                i += 1
        return found

    def _month_at(self, norms: Sequence[str], i: int) -> tuple[int, int] | None:
        # the names are fetched when the first date turns up: their library takes a while to import
        for words, month in _months(*self._languages).get(norms[i], ()) if i < len(norms) else ():
            if tuple(norms[i : i + len(words)]) == words:
                return i + len(words), month
        return None

    def _named_at(self, norms: Sequence[str], i: int) -> tuple[int, str] | None:
        day = _day_at(norms, i)
        if day:  # 27 juin 2024, 27 de junio de 2024
            for j in (day[0], day[0] + 1):
                month = self._month_at(norms, j)
                if month and (j == day[0] or (len(norms[j - 1]) <= 3 and norms[j - 1].isalpha())):
                    year = _year_at(norms, month[0])
                    if year:
                        return _valid(year[0], year[1], month[1], day[1])
            return None
        month = self._month_at(norms, i)
        if month:  # June 27th, 2024
            day = _day_at(norms, month[0])
            year = _year_at(norms, day[0]) if day else None
            if day and year:
                return _valid(year[0], year[1], month[1], day[1])
        return None

    def _numeric_at(self, norms: Sequence[str], i: int) -> tuple[int, str] | None:
        parts = re.split("[-/.]", norms[i]) if norms[i][0].isdecimal() and len(norms[i]) >= 6 else []
        if len(parts) != 3:
            return None
        a, b, c = (int(p) for p in parts)
        if len(parts[0]) == 4:
            return _valid(i + 1, a, b, c)
        if len(parts[2]) == 2:
            c += 2000
        if a > 12 or a == b or "." in norms[i] or self._numeric == "dmy":
            return _valid(i + 1, c, b, a)
        if b > 12 or self._numeric == "mdy":
            return _valid(i + 1, c, a, b)
        return None


def _day_at(norms: Sequence[str], i: int) -> tuple[int, int] | None:
    if i >= len(norms) or not (norms[i].isascii() and norms[i].isdecimal() and len(norms[i]) <= 2):
        return None
    ordinal = i + 1 < len(norms) and norms[i + 1] in ("st", "nd", "rd", "th", "er")
    return i + 1 + ordinal, int(norms[i])


def _year_at(norms: Sequence[str], i: int) -> tuple[int, int] | None:
    for j in (i, i + 1):  # a word may stand between: de 2024, năm 2024
        if j < len(norms) and len(norms[j]) == 4 and norms[j].isascii() and norms[j].isdecimal():
            return j + 1, int(norms[j])
        if j < len(norms) and (norms[j].isdecimal() or len(norms[j]) > 3):
            return None
    return None


def _valid(end: int, year: int, month: int, day: int) -> tuple[int, str] | None:
    iso = iso_day(year, month, day)
    return (end, iso) if iso else None


def iso_day(year: int, month: int, day: int) -> str | None:
    """A day as ISO 8601, None if there is no such day or no report can be of it."""
    try:
        return datetime.date(year, month, day).isoformat() if FIRST <= year <= LAST else None
    except ValueError:
        return None


def _clock_after(norms: Sequence[str], i: int) -> tuple[int, str] | None:
    """18 h 20, 18:20, 6.20 pm, up to three small words after a date; seconds are dropped."""
    for j in range(i, min(i + _MAX_GAP + 1, len(norms) - 1)):
        if not norms[j].isdecimal():
            if len(norms[j]) > 4:
                return None
            continue
        hour = int(norms[j]) if len(norms[j]) <= 2 and norms[j].isascii() else 99
        k = j + 2 if norms[j + 1] in ("h", "uhr", "ч", "год", "giờ") else j + 1
        minute = (
            int(norms[k])
            if k < len(norms) and len(norms[k]) == 2 and norms[k].isascii() and norms[k].isdecimal()
            else 99
        )
        if hour > 23 or minute > 59:
            return None
        k += 1
        half = norms[k] if k < len(norms) else ""
        if half in ("pm", "p") and hour < 12:
            hour += 12
        elif half in ("am", "a") and hour == 12:
            hour = 0
        return k + (half in ("am", "pm")), f"{hour:02}:{minute:02}"
    return None


@lru_cache(maxsize=8)
def _months(*langs: str) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """First word -> the names of months that begin with it, the longest first."""
    from babel import Locale, UnknownLocaleError

    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for code in dict.fromkeys((*langs, "en")):
        try:
            locale = Locale.parse(code)
        except (UnknownLocaleError, ValueError, TypeError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in locale.months[context][width].items():
                    words = tuple(re.findall(r"\w+", name.lower()))
                    if words and not (len(words) == 1 and words[0].isdecimal()):
                        rows = found.setdefault(words[0], [])
                        if (words, month) not in rows:
                            rows.append((words, month))
    for rows in found.values():
        rows.sort(key=lambda r: -len(r[0]))
    return found


_PATH_DAY = re.compile(
    r"(?:^|[/_=-])(19[89]\d|20[0-4]\d)(?:/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?=$|[/.?])"
    r"|([_.-])(0?[1-9]|1[0-2])\4(0?[1-9]|[12]\d|3[01])(?=$|[/_.T&-]))"
)
_PATH_DAY_FIRST = re.compile(r"(?:^|[/_])(\d\d)-(\d\d)-(20[0-4]\d)(?=[/_-]|$)")
_DIGITS = re.compile(r"\d{6,20}")


def date_in_address(url: str) -> str | None:
    """The day, with a clock time where there is one, that an address tells, as ISO 8601.

    /2024/06/26/… and …-2024-06-26 are read; so is a run of digits in the last part of the path that holds yyyymmdd, or
    yymmddhhmmss after the number of a site, if just one reading of it is a date.

    >>> date_in_address("https://example.org/a-bridge-opens-185240626070252909.htm")
    '2024-06-26T07:02:52'
    """
    try:
        path = unquote(urlsplit(url[:2000]).path)
    except ValueError:
        return None
    for day, month, year in _PATH_DAY_FIRST.findall(path):
        iso = iso_day(int(year), int(month), int(day)) if int(day) > 12 else None
        if iso:
            return iso
    for year, month, day, _, other_month, other_day in _PATH_DAY.findall(path):
        iso = iso_day(int(year), int(month or other_month), int(day or other_day))
        if iso:
            return iso
    segments = [s for s in path.split("/") if s]
    readings = {r for run in _DIGITS.findall(segments[-1] if segments else "") for r in _readings(run)}
    if not readings:  # /20240626/a-bridge-opens
        readings = {r for s in segments[:-1] if s.isdecimal() and len(s) == 8 for r in _readings(s)}
    days = {r[:10] for r in readings}
    return max(readings, key=len) if len(days) == 1 else None


def _readings(run: str) -> set[str]:
    """The dates that a run of digits may hold."""
    found = set()
    for i in range(len(run) - 7):  # yyyymmdd[hhmm[ss]]
        if run[i : i + 2] in ("19", "20"):
            iso = iso_day(int(run[i : i + 4]), int(run[i + 4 : i + 6]), int(run[i + 6 : i + 8]))
            rest = run[i + 8 :]
            if iso and (i == 0 or not rest):
                found.add(iso + (_clock(rest) if len(rest) in (4, 6) else ""))
    if len(run) >= 12:  # yymmddhhmmss, behind the number of a site or not
        for i in range(min(len(run) - 11, 6)):
            iso = _short_day(run[i : i + 6])
            clock = _clock(run[i + 6 : i + 12])
            if iso and clock:
                found.add(iso + clock)
    elif len(run) == 9 and not found:  # the number of a site and yymmdd
        iso = _short_day(run[3:])
        if iso:
            found.add(iso)
    return found


def _short_day(digits: str) -> str | None:
    year = 2000 + int(digits[:2])
    return iso_day(year, int(digits[2:4]), int(digits[4:6])) if year >= 2004 else None


def _clock(digits: str) -> str:
    """hhmm or hhmmss as part of ISO 8601, '' if it is no clock time."""
    if len(digits) < 4 or int(digits[:2]) > 23 or int(digits[2:4]) > 59 or int(digits[4:6] or 0) > 59:
        return ""
    return f"T{digits[:2]}:{digits[2:4]}" + (f":{digits[4:6]}" if len(digits) >= 6 else "")

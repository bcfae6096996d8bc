"""Slots: what can stand in the slots of the templates for times, read once for each place of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from recoupe.reading.amounts import Amounts
from recoupe.reading.calendar import figures_of, full_year
from recoupe.reading.numerals import Numeral
from recoupe.reading.prospects import DATED, Outlook, of_digits, of_words
from recoupe.reading.roman import ROMAN, roman_value
from recoupe.reading.said import Count, Expression
from recoupe.text.lexicon import Lexicon
from recoupe.text.patterns import Match, Patterns
from recoupe.text.tokens import Tokens

_PERIODS = frozenset({"weekday", "month", "season", "unit", "part"})
DATES = frozenset({"weak_year", "weak_day", "weak_short", "bare_month", "bare_year", "alone"})
Filled = Sequence[tuple[int, Any]]
"""The ways to fill a slot: (index after the last token, what was read)."""
Going = tuple[frozenset[str], frozenset[str]]
"""The words and the slots with which templates go on."""
_CLOCK_POINTS = frozenset(":.")
_FRACTION = 3  # so often a number in words is read again without its end
_CURRENCIES = frozenset("$€£¥₽₴")


class Grammar(Protocol):
    """What slots need of a language: its names by slot, its amounts, its rules, and how it writes dates in figures."""

    names: Lexicon[tuple[str, Any]]
    amounts: Amounts
    base: Patterns[str]
    openings: dict[int, tuple[set[str], set[str], int]]
    order: str
    short: frozenset[str]
    leads: frozenset[str]
    separators: frozenset[str]

    def opened(self, norm: str) -> frozenset[str]:
        """The slots that something beginning with a word may fill, beside those of names; `number` where one may."""
        ...

    def fits(self, tokens: Tokens, match: Match[str], i: int, nested: bool = False) -> bool:
        """Whether a match is what it looks like."""
        ...


class Slots:
    """What can stand in the slots of templates, read once for each place of a sentence."""

    def __init__(self, reader: Grammar, tokens: Tokens, limit: int, outlook: Outlook | None) -> None:
        self.reader, self.tokens, self.limit, self.outlook = reader, tokens, limit, outlook
        self.known: dict[int, list[Match[str]]] = {}
        self.cells: dict[int, dict[str, Filled | None]] = {}
        self.hopeless: dict[int, bool] = {}  # by token, whether no expression begins there
        self.clock_end = -2  # where the last clock time ends

    def may_begin(self, i: int, kind: int) -> bool:
        """Whether a template of a kind may begin at token `i`, as far as the outlook tells."""
        return self.outlook is None or self.outlook.begins(i, kind)

    def matches(self, patterns: Patterns[str], i: int) -> list[Match[str]]:
        """The templates that match at token `i`, the longest first."""
        cell = self.cell(i)
        words, slots, kind = self.reader.openings[id(patterns)]
        if not self.may_begin(i, kind):
            return []
        if self.tokens.norms[i] not in words and slots.isdisjoint(cell):
            return []
        return patterns.match(self.tokens.norms, i, self.fill, self.cell)

    def base(self, i: int) -> list[Match[str]]:
        """The matches of the rules, kept, for they also stand inside others."""
        if i not in self.known:
            self.known[i] = []
            self.known[i] = self.matches(self.reader.base, i)
        return self.known[i]

    def cell(self, i: int) -> dict[str, Filled | None]:
        """What may be filled from token `i` on: with what, None where that has not been read yet."""
        cell = self.cells.get(i)
        if cell is None:
            cell = self.cells[i] = self._cell(i)
        return cell

    def goes_on(self, i: int, going: Going) -> bool:
        """Whether a template can go on at token `i`, as far as that has been read."""
        if i >= self.limit:
            return False
        if self.tokens.norms[i] in going[0]:
            return True
        cell, slots = self.cell(i), going[1]
        if slots.isdisjoint(cell):  # nearly always
            return False
        return any(filled is None or filled for name, filled in cell.items() if name in slots)

    def fill(self, name: str, i: int) -> Filled:
        """The ways to fill slot `name` from token `i` on."""
        cell = self.cell(i)
        found = cell.get(name, ())
        if found is None:
            cell[name] = []  # a slot inside itself finds nothing
            found = cell[name] = list(self._nested(name, i))
        return found

    def _cell(self, i: int) -> dict[str, Filled | None]:
        """What the pack's names say that begins at token `i`, by slot, and the slots that may be read there."""
        cell: dict[str, Filled | None] = {"begin": ((i, i),)}
        if i >= self.limit:
            return cell
        norms = self.tokens.norms
        opened = self.reader.opened(norms[i])
        if not opened:
            return cell
        cell.update(dict.fromkeys(opened))
        if not self.may_begin(i, DATED):
            cell.pop("date", None)
        if "number" in cell:
            del cell["number"]
            cell.update(dict.fromkeys(self._numbers(i)))
        if "n" in cell and not self.reader.amounts.opens(norms, i):
            del cell["n"]
        if "shortyear" in cell:
            cell["shortyear"] = list(self._short_year(i))
            if not cell["shortyear"]:
                del cell["shortyear"]
        if i and "one" not in cell and self.reader.amounts.is_phrasal(norms[i - 1]):
            cell["one"] = None
        named: dict[str, list[tuple[int, Any]]] = {}
        for end, (slot, value) in self.reader.names.at(norms, i):
            if end <= self.limit and slot != "one":
                named.setdefault(slot, []).append((end, value))
                if slot in _PERIODS:
                    named.setdefault("period", []).append((end, (slot, value)))
        cell.update(named)
        return cell

    def _numbers(self, i: int) -> Iterable[str]:
        """The slots that the number at token `i` may fill; none where it is a mere article."""
        word = self.tokens.surfaces[i]
        if word[0].isdigit():
            return of_digits(word) if word.isdecimal() and len(word) <= 4 else ()
        number = self._whole(i)
        slots = of_words(number) if number is not None else ()
        return (*slots, "ordinal") if ROMAN.fullmatch(word) is not None else slots

    def _nested(self, name: str, i: int) -> Iterable[tuple[int, Any]]:
        if name == "date":
            for match in self.base(i):
                if match.end <= self.limit and match.value != "part" and self.reader.fits(self.tokens, match, i, True):
                    yield match.end, expression_of(match)
            numeric = self.numeric(i)
            if numeric is not None:
                yield numeric
        elif name == "n":
            said = self.reader.amounts.read(self.tokens, i, self.limit)
            if (
                said is not None and (said.odd or said.fraction) and said.end > i + 1
            ):  # 'two quarters' are no fraction here
                said = self.reader.amounts.read(self.tokens, i, said.end - 1)
            if said is not None and not said.ordinal and not said.odd and said.unit is None:
                count = Count(said.value, said.low, said.high, said.vague)
                yield said.end, count
                if said.approximate and said.end < self.limit:  # 'une dizaine de jours'
                    yield from (
                        (end, count) for end in self.reader.amounts.after_of(self.tokens, said.end) if end < self.limit
                    )
        elif name == "one":
            core, unsaid = self.reader.amounts.unsaid_one(self.tokens, i, self.limit)
            for end, (slot, unit) in self.reader.names.at(self.tokens.norms, core) if core < self.limit else ():
                if slot == "one" and end <= self.limit:
                    yield end, (unit, Count(unsaid.value, unsaid.low, unsaid.high))
        else:
            yield from self._number(name, i)

    def _whole(self, i: int) -> Numeral | None:
        """The number in words that begins at token `i`, without a half or a quarter at its end: 'six and a half'."""
        read, number = self.reader.amounts.numerals.read, None
        limit = self.limit
        for _ in range(_FRACTION):
            number = read(self.tokens, i, limit)
            if number is None or not number.value % 1:
                break
            limit = number.end - 1
        return number

    def _number(self, name: str, i: int) -> Iterable[tuple[int, Any]]:
        """Parts of dates and clock times."""
        word, limit = self.tokens.surfaces[i], self.limit
        if name in ("day", "hour") and i > 0 and self.tokens.surfaces[i - 1] in _CURRENCIES:
            return
        if name == "shortyear":
            yield from self._short_year(i)
            return
        roman = ROMAN.fullmatch(word) if name == "ordinal" else None
        if roman is not None:
            yield i + 1, roman_value(roman[1])
            return
        if not word[0].isdigit():
            if name == "minute" and i > 0 and self.tokens.surfaces[i - 1] in _CLOCK_POINTS:
                return  # 'rose to six: two sailors'
            number = self._whole(i)
            if number is None or number.value % 1 or (number.article and name != "ordinal"):
                return
            if name == "ordinal" and number.ordinal and number.value < 100:
                yield number.end, number.value
            elif (
                (name == "day" and 1 <= number.value <= 31)
                or (name in ("hour", "minute") and not number.ordinal and number.value < (25 if name == "hour" else 60))
                or (name == "decade" and number.value in range(20, 100, 10))
                or (name == "year" and 1900 <= number.value < 2100 and not number.ordinal)
            ):
                yield number.end, int(number.value)
            return
        if not word.isdecimal() or len(word) > 4:
            return
        value, end = int(word), i + 1
        glued = end < limit and self.tokens.starts[end] == self.tokens.ends[i] and self.tokens.norms[end][0].isalpha()
        glued = glued and "month" not in self.cell(end)  # 15Sep
        if name in ("quarter", "weeknr"):
            if 1 <= value <= (4 if name == "quarter" else 53) and len(word) <= 2 and not glued:
                yield end, value
            return
        if name == "year":
            if len(word) == 4 and 1000 <= value < 2200 and not glued:
                yield end, value
                number = self.reader.amounts.numerals.read(self.tokens, i, limit)
                if number is not None and number.ordinal and number.end > end:  # 2023-го
                    yield number.end, value
            return
        if name == "decade":
            if len(word) in (2, 4) and value % 10 == 0 and value < 2200:
                yield end, value
            return
        if name in ("day", "ordinal", "nth"):
            number = self.reader.amounts.numerals.read(self.tokens, i, limit)
            if number is not None and number.ordinal and end < number.end < end + 3 and value < 100:
                yield number.end, value
            elif name == "day" and self._goes_on(end) and 1 <= value <= 31:
                yield end + 1, value
            elif (
                name == "day"
                and not glued
                and not self._in_figures(end)
                and 1 <= value <= 31
                and len(word) <= 2
                and number is not None
                and number.end == end
            ):
                yield end, value
        elif len(word) <= 2 and value < (25 if name == "hour" else 60) and (name == "hour" or len(word) == 2):
            yield end, value

    def _short_year(self, i: int) -> Iterable[tuple[int, Any]]:
        """A year of two digits, with an apostrophe or without: '96, 96."""
        at = i + 1 if self.tokens.norms[i] == "'" and i + 1 < self.limit and self._glued(i + 1) else i
        word, end = self.tokens.surfaces[at], at + 1
        if len(word) != 2 or not word.isdecimal():
            return
        if end < self.limit and self._glued(end) and (self.tokens.norms[end][0].isalpha() or self._in_figures(end)):
            return
        yield end, full_year(int(word))

    def numeric(self, i: int, led: bool = False) -> tuple[int, Expression] | None:
        """A date in figures at token `i`: 2024-05-01, 1/5/2024, 01.05.24, and 01/05 where the pack allows it.

        `led`: a weekday stands before it, so that 7-6 is one, too.
        """
        signs, run = self.tokens.surfaces, [i]
        if not signs[i].isdecimal() or len(signs[i]) > 4:
            return None
        before = (
            i > 0
            and self.tokens.ends[i - 1] == self.tokens.starts[i]
            and (signs[i - 1].isalnum() or signs[i - 1] in "/.-,_")
        )
        if before and self._ends_range(i):
            before = False
        if not before and self._enclosed(i) and len(signs[i]) == 4 and 1900 <= int(signs[i]) < 2100:
            return i + 1, Expression("date", {"year": int(signs[i])})
        spaced = None if before else self._spaced(i)
        if spaced is not None:
            return spaced
        j, sign = i + 1, signs[i + 1] if i + 1 < self.limit else ""
        while (
            len(run) < 4
            and j + 1 < self.limit
            and sign in self.reader.separators
            and signs[j] == sign
            and signs[j + 1].isdecimal()
            and self._glued(j)
            and (self._glued(j + 1) or (sign == "." and self._spaced_month(j + 1, len(run))))
        ):
            run.append(j + 1)
            j += 2
        values, sizes = [int(signs[k][:5]) for k in run], [len(signs[k]) for k in run]
        if (
            before
            or len(run) not in (2, 3)
            or (j < self.limit and self._glued(j) and signs[j][0].isalnum() and signs[j][0] not in "Tt")
        ):
            return None
        order = "dmy" if sign == "." else self.reader.order  # full stops are a European habit
        led = (
            led
            or self._ends_range(i)
            or self._begins_range(run[-1] + 1, sign)
            or self._led(i, run[-1] + 1, sign, values)
        )
        slots = figures_of(
            values, [*sizes[:1], 2] if led and sizes[1:] == [1] else sizes, order, led or sign in self.reader.short
        )
        if not slots:
            return None
        end = run[-1] + 1
        if len(run) == 2 and sign == "." and j + 1 < self.limit and signs[j] == "." and self._glued(j):
            end += 1  # 14.10. bis 15.10.
        return end, Expression("date", slots)

    def _ends_range(self, i: int) -> bool:
        """Whether the figures at token `i` are the second date of a range: 10/1-11/2/2017, 14./15.10.2018."""
        signs = self.tokens.surfaces
        if i < 2 or signs[i - 1] not in "-–/" or i + 1 >= self.limit:
            return False
        another = signs[i + 1] in "/." and signs[i + 1] != signs[i - 1]
        return another and (signs[i - 2].isdecimal() or signs[i - 2] == ".")

    def _begins_range(self, j: int, sign: str) -> bool:
        """Whether the figures before token `j` are the first date of a range: 28/2-1/3."""
        signs = self.tokens.surfaces
        if sign != "/" or j + 2 >= self.limit or signs[j] not in "-–" or signs[j + 2] != sign:
            return False
        return self._glued(j) and self._glued(j + 1) and signs[j + 1].isdecimal()

    def _spaced_month(self, j: int, count: int) -> bool:
        """Whether the number at token `j`, which a space parts from a full stop, goes on with a date: 27. 11. 2014."""
        word = self.tokens.surfaces[j]
        if self.tokens.starts[j] - self.tokens.ends[j - 1] > 1 or self.reader.order != "dmy":
            return False
        if count == 2:
            return len(word) == 4 and 1900 <= int(word) < 2100
        dotted = j + 1 < self.limit and self.tokens.surfaces[j + 1] == "." and self._glued(j + 1)
        return dotted and len(word) <= 2 and 1 <= int(word) <= 12 and len(self.tokens.surfaces[j - 2]) <= 2

    def _led(self, i: int, end: int, sign: str, values: list[int]) -> bool:
        """Whether two figures are a day and a month by the words around, or by being no fraction.

        'hôm 19.9', '(16-9)', '7/3'.
        """
        if not self.reader.leads:
            return False
        if sign == "/" and sign in self.reader.short and values[0] > values[-1]:
            return True
        if not i:
            return False
        before = self.tokens.norms[i - 1]
        closed = before == "(" and end < self.limit and self.tokens.norms[end] == ")" and sign in "/-"
        return before in self.reader.leads or closed

    def _goes_on(self, j: int) -> bool:
        """Whether the full stop at token `j` is that of a first day: 18./19. September, 13. - 15. Juli."""
        signs = self.tokens.surfaces
        if j + 2 >= self.limit or signs[j] != "." or not self._glued(j) or self.reader.order != "dmy":
            return False
        return signs[j + 1] in "/-–" and signs[j + 2].isdecimal()

    def _in_figures(self, j: int) -> bool:
        """Whether a sign and more digits hang on at token `j`: 23/06."""
        if j + 1 >= self.limit or not self._glued(j) or not self._glued(j + 1):
            return False
        return self.tokens.surfaces[j] in "/." and self.tokens.surfaces[j + 1].isdecimal()

    def _spaced(self, i: int) -> tuple[int, Expression] | None:
        """'24 12 2014' at token `i`."""
        signs = self.tokens.surfaces[i : min(i + 3, self.limit)]
        if len(signs) < 3 or len(signs[2]) != 4 or len(signs[1]) > 2 or not all(s.isdecimal() for s in signs):
            return None
        gaps = [self.tokens.starts[k + 1] - self.tokens.ends[k] for k in (i, i + 1)]
        slots = figures_of([int(s) for s in signs], [len(s) for s in signs], self.reader.order, False)
        if gaps != [1, 1] or not slots or not 1900 <= slots["year"] < 2100:
            return None
        return i + 3, Expression("date", slots)

    def _enclosed(self, i: int) -> bool:
        signs = self.tokens.surfaces
        return i > 0 and signs[i - 1] == "(" and i + 1 < self.limit and signs[i + 1] == ")"

    def _glued(self, j: int) -> bool:
        return self.tokens.starts[j] == self.tokens.ends[j - 1]


def expression_of(match: Match[str]) -> Expression:
    """What a template says, with a day or a year that stands for a date made one."""
    slots = dict(match.captures)
    if "shortyear" in slots:
        slots["year"] = slots.pop("shortyear")
    for name in ("nthdate", "nthdate2"):
        if name in slots:
            slots[f"day{name[3:]}"] = slots.pop(name)
    for key in ("daydate", "daydate2", "yeardate", "yeardate2", "weekdaydate"):
        if key in slots:
            name, _, number = key.partition("date")
            slots["date" + number] = Expression("date", {name: slots.pop(key)})
    if "short" in slots:
        slots["weekday"] = slots.pop("short")
    if "one" in slots:
        slots["unit"], slots["n"] = slots.pop("one")
    if "dayordinal" in slots:  # 'в 19 веке'
        slots["ordinal"] = slots.pop("dayordinal")
    if "quarter" in slots:
        slots["ordinal"], slots["division"] = slots.pop("quarter"), "quarter"
    if "nthday" in slots:
        slots["day"] = int(slots.pop("nthday"))
    if "weekday2" in slots:
        slots["date2"] = Expression("date", {"weekday": slots.pop("weekday2")})
    if "month2" in slots:
        slots["date2"] = Expression("date", {"month": slots.pop("month2"), "year": slots.get("year")})
    if "date2" in slots and "date" not in slots and ("month" in slots or "weekday" in slots):
        first: dict[str, Any] = {k: slots.pop(k) for k in ("weekday", "day", "month") if k in slots}
        slots["date"] = Expression("date", {**first, **({"year": slots["year"]} if "year" in slots else {})})
    return Expression("date" if match.value in DATES else match.value, slots)

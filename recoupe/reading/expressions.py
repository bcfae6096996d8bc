"""Expressions: the words that name a day or a clock time, found and taken apart. `resolving` tells what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from recoupe.languages import LanguagePack
from recoupe.reading.amounts import Amounts, amounts
from recoupe.reading.calendar import figures_of
from recoupe.reading.document import Document, Sentence, compiled
from recoupe.reading.said import Count, Expression
from recoupe.text.lexicon import Lexicon
from recoupe.text.patterns import Match, Patterns
from recoupe.text.tokens import Tokens

_NESTED = frozenset({"date", "quarter", "nth", "day", "n", "year", "hour", "minute", "decade", "ordinal", "one"})
_NAMED = {
    "weekday": "weekdays",
    "short": "weekdays_short",
    "month": "months",
    "offset": "offsets",
    "anchored": "anchoreds",
    "season": "seasons",
    "part": "parts",
    "unit": "units",
    "third": "thirds",
    "ampm": "ampms",
    "clockword": "clockwords",
    "division": "divisions",
    "holiday": "holidays",
    "one": "ones",
}
_PERIODS = frozenset({"weekday", "month", "season", "unit", "part"})
_WIDE = frozenset({"date", "n", "one"})
_NUMERIC = frozenset({"weekday", "short", "month", "offset", "anchored"})
_DISTANCES = frozenset({"ahead", "within", "last_n", "next_n", "later", "earlier", "before_event", "after_event"})
_YEARS = (1950, 2050)
_CURRENCIES = frozenset("$€£¥₽₴")
_DASHES = frozenset("-–—")
_DAY_RULES = frozenset({"offset", "anchored", "numeric"})
Minutes = tuple[int, int]
"""First and last minute of a day; the last one may lie in the next."""


@dataclass(frozen=True, slots=True)
class Item:
    """A time expression: tokens `first` to `end`, and what it says. `minutes`: it is a clock time."""

    first: int
    end: int
    said: Expression
    sentence: Sentence
    minutes: Minutes | None = None
    part: str | None = None


def find_times(doc: Document) -> list[Item]:
    """The time expressions of a document in the order of the text, not yet resolved."""
    reader = _reader(doc.pack)
    found: list[Item] = []
    for sentence in doc.sentences:
        found += reader.sentence(doc.tokens, sentence)
    return found


class _Reader:
    """Finds the time expressions of one language."""

    def __init__(self, pack: LanguagePack) -> None:
        table = pack.tables["times"]
        self.amounts: Amounts = amounts(pack)
        self.names: Lexicon[tuple[str, Any]] = Lexicon()
        for slot, name in _NAMED.items():
            for key, entries in table[name].items():
                for words in pack.words(entries):
                    self.names.add(words, (slot, int(key) if slot in _NUMERIC else key))
        self.base = self._patterns(pack, table["rules"], {})
        self.outer = self._patterns(pack, table["spans"], {})
        self.clock = self._patterns(pack, table["clock"], {})
        self.after_day = self._patterns(pack, {"part": table["words"]["after_day"]}, {})
        self.clock_modifiers = pack.lexicon(table["clock_modifiers"])
        self.weak = pack.lexicon({"unit": table["words"]["not_after_year"]})
        self.not_last = frozenset(table["words"]["not_last"])
        self.not_alone = frozenset(w for words in pack.words(table["words"]["not_alone"]) for w in words)
        self.function = frozenset(w.lower() for w in pack.tables["pack"]["words"]["function"])
        settings = table["settings"]
        self.capitals: bool = settings["capitals"]
        self.order: str = settings["order"]
        self.short = frozenset(settings["short"])
        self.separators = frozenset("/.-") | frozenset(settings["separators"])
        self.openings: dict[int, tuple[set[str], set[str]]] = {}
        for patterns in (self.base, self.outer, self.clock):
            slots = patterns.first_slots()
            opened = {"number" if s in _NESTED - _WIDE else "any" if s in _WIDE else s for s in slots}
            self.openings[id(patterns)] = (patterns.first_words(), opened)
        firsts = self.base.first_words() | self.outer.first_words() | self.clock.first_words()
        self.starts = (
            firsts | {w[0] for w, _ in self.names.entries()} | {w[0] for w, _ in self.clock_modifiers.entries()}
        )

    def may_begin(self, norm: str) -> bool:
        """Whether an expression, or anything that stands in one, may begin with this word."""
        return norm in self.starts or norm[0].isdigit() or self.amounts.begins(norm)

    @staticmethod
    def _patterns(pack: LanguagePack, table: dict[str, list[str]], _: dict[str, str]) -> Patterns[str]:
        patterns: Patterns[str] = Patterns(pack.tokenizer, pack.endings)
        for name, templates in table.items():
            for template in templates:
                patterns.add(template, name)
        return patterns

    # --- a sentence

    def sentence(self, tokens: Tokens, sentence: Sentence) -> list[Item]:
        """The expressions of one sentence, left to right, the longest first."""
        found: list[Item] = []
        slots = _Slots(self, tokens, sentence.last)
        i = sentence.first
        norms = tokens.norms
        while i < sentence.last:
            if not self.may_begin(norms[i]):
                i += 1
                continue
            item = self._longest(tokens, sentence, slots, i)
            if item is None:
                i += 1
                continue
            if self._is_dateline(tokens, sentence, item):
                item = replace(item, said=Expression("dateline"))
            if item.said.rule != "duration":
                found.append(item)
            i = max(item.end, i + 1)
        return found

    def _longest(self, tokens: Tokens, sentence: Sentence, slots: _Slots, i: int) -> Item | None:
        clock = self._clock_at(tokens, sentence, slots, i)
        found: tuple[int, Expression] | None = None
        for matches in (slots.matches(self.outer, i), slots.base(i)):
            for match in matches:
                if match.end > sentence.last or (found is not None and match.end <= found[0]):
                    continue
                if self._fits(tokens, match, i):
                    found = (match.end, _expression(match))
        numeric = slots.numeric(i)
        if numeric is not None and (found is None or numeric[0] > found[0]):
            found = numeric
        if found is not None and found[1].rule == "date" and set(found[1].slots) <= {"weekday", "begin"}:
            found = self._with_figures(tokens, slots, found, sentence.last)
        if clock is not None and (found is None or clock.end >= found[0]):
            return clock
        if found is None:
            return None
        end, said = found
        begin = said.get("begin")
        if begin is not None and begin > i:
            inner = self._longest(tokens, sentence, slots, begin)  # 'in October' may be the beginning of 'October 2023'
            if inner is not None and inner.end > end:
                return inner
        part = said.get("part") or _part_of(said)
        if _names_day(said):
            end, part = self._with_part(tokens, slots, end, sentence.last, part)
        return Item(said.get("begin") or i, end, said, sentence, part=part)

    @staticmethod
    def _with_figures(
        tokens: Tokens, slots: _Slots, found: tuple[int, Expression], limit: int
    ) -> tuple[int, Expression]:
        """A weekday with the date in figures that follows it: 'samedi 23/06'."""
        end, said = found
        j = end + 1 if end < limit and tokens.norms[end] == "," else end
        numeric = slots.numeric(j) if j < limit else None
        return found if numeric is None else (numeric[0], Expression("date", {**numeric[1].slots, **said.slots}))

    @staticmethod
    def _is_dateline(tokens: Tokens, sentence: Sentence, item: Item) -> bool:
        """'BUCHAREST, March 11 -': where and when it was written, no part of the report."""
        before = tokens.surfaces[sentence.first : item.first]
        if not before or len(before) > 8 or not before[0].isupper() or len(before[0]) < 3 or item.end >= sentence.last:
            return False
        return tokens.norms[item.end] in _DASHES or tokens.norms[item.end] == "("

    def _with_part(
        self, tokens: Tokens, slots: _Slots, end: int, limit: int, part: str | None
    ) -> tuple[int, str | None]:
        """'Monday evening' is one expression."""
        if end < limit and part is None:
            for match in self.after_day.match(tokens.norms, end, slots.fill):
                if match.end <= limit:
                    return match.end, match.captures.get("part")
        return end, part

    def _fits(self, tokens: Tokens, match: Match[str], i: int, nested: bool = False) -> bool:
        """Leave out what only looks like a time: '2000 people' is no year."""
        if match.value in ("weak_year", "weak_day"):
            after = match.end
            before = match.captures.get("begin", i) - 1
            if (
                before >= 0
                and tokens.norms[before] in "-–/"
                and tokens.starts[match.captures.get("begin", i)] == tokens.ends[before]
            ):
                return False
            if after < len(tokens) and tokens.norms[after] not in self.function and tokens.surfaces[after][0].islower():
                return False
        if match.value == "bare_year" and not self._is_year(tokens, match, i):
            return False
        if match.value == "last_n" and i > 0 and tokens.norms[i - 1] in self.not_last:
            return False  # 'expected to last six weeks'
        if match.value == "bare_month" and not nested and tokens.norms[i] in self.not_alone:
            return False
        if match.value == "bare_month" and self.capitals and tokens.surfaces[i].islower():
            return False
        if match.value in _DISTANCES and not self._is_distance(tokens, match, i):
            return False
        if "year" in match.captures and match.end < len(tokens):
            return not self.weak.at(tokens.norms, match.end)
        return True

    def _is_year(self, tokens: Tokens, match: Match[str], i: int) -> bool:
        """'Le budget 2024', 'its 2024 budget': after a word, and (unless that says enough) before none."""
        if not _YEARS[0] <= match.captures["year"] < _YEARS[1]:
            return False
        if "begin" in match.captures:
            return True
        before, after = (
            tokens.surfaces[i - 1] if i else "",
            tokens.surfaces[match.end] if match.end < len(tokens) else ".",
        )
        ends = not after[0].isalnum() or tokens.norms[match.end] in self.function
        return before[:1].islower() and tokens.norms[i - 1] not in self.function and before[:1].isalpha() and ends

    def _is_distance(self, tokens: Tokens, match: Match[str], i: int) -> bool:
        """'In 37 seconds' and 'up to 70 days after' are lengths, which name no day."""
        if match.value not in ("ahead", "within", "last_n", "next_n") and self.amounts.bounded_before(tokens, i):
            return False
        one, n = match.captures.get("one") or (None, None)
        n, unit = match.captures.get("n", n), match.captures.get("unit", one)
        if match.value in ("ahead", "within", "last_n", "next_n"):
            return unit not in ("second", "minute", "hour")
        return not (isinstance(n, Count) and n.low is None)

    # --- clock times

    def _clock_at(self, tokens: Tokens, sentence: Sentence, slots: _Slots, i: int) -> Item | None:
        start, sort = next(((e, s) for e, s in self.clock_modifiers.at(tokens.norms, i) if e < sentence.last), (i, ""))
        best: Match[str] | None = None
        for match in slots.matches(self.clock, start):
            if match.end <= sentence.last and not (match.value == "modified" and not sort):
                best = match
                break
        if best is None:
            return None
        begin = best.captures.get("begin")
        if begin is not None and begin > start:
            inner = self._clock_at(tokens, sentence, slots, begin)  # 'at 7:30' may be the beginning of '7:30 pm'
            if inner is not None and inner.end > best.end:
                return inner
        minutes = _minutes(best)
        if minutes is None or (not sort and begin is None and self._is_length(tokens, sentence, i, best.end)):
            return None
        around = {"around": (-15, 15), "before": (-30, 0), "after": (0, 30)}.get(sort, (0, 0))
        first = best.captures.get("begin") or start
        span = (minutes[0] + around[0], minutes[1] + around[1])
        return Item(i if sort else first, best.end, Expression("clock", best.captures), sentence, span)

    def _is_length(self, tokens: Tokens, sentence: Sentence, i: int, end: int) -> bool:
        """'2h30 de train' is a length, unless 'at' or the like stands before."""
        if end >= sentence.last or not self.amounts.after_of(tokens, end):
            return False
        return i == sentence.first or tokens.norms[i - 1] not in self.clock.first_words()


class _Slots:
    """What can stand in the slots of templates, read once for each place of a sentence."""

    def __init__(self, reader: _Reader, tokens: Tokens, limit: int) -> None:
        self.reader, self.tokens, self.limit = reader, tokens, limit
        self.known: dict[int, list[Match[str]]] = {}
        self.cells: dict[int, dict[str, list[tuple[int, Any]]]] = {}

    def matches(self, patterns: Patterns[str], i: int) -> list[Match[str]]:
        """The templates that match at token `i`, the longest first."""
        cell = self.cells.get(i)
        if cell is None:
            cell = self.cells[i] = self._cell(i)
        words, slots = self.reader.openings[id(patterns)]
        if self.tokens.norms[i] not in words and slots.isdisjoint(cell):
            return []
        return patterns.match(self.tokens.norms, i, self.fill)

    def base(self, i: int) -> list[Match[str]]:
        """The matches of the rules, kept, for they also stand inside others."""
        if i not in self.known:
            self.known[i] = []
            self.known[i] = self.matches(self.reader.base, i)
        return self.known[i]

    def fill(self, name: str, i: int) -> Iterable[tuple[int, Any]]:
        """The ways to fill slot `name` from token `i` on."""
        if name == "begin":
            return ((i, i),)
        cell = self.cells.get(i)
        if cell is None:
            cell = self.cells[i] = self._cell(i)
        found = cell.get(name)
        if found is None:
            if name not in _NESTED or not cell or (name not in _WIDE and "number" not in cell):
                return ()
            cell[name] = []  # a slot inside itself finds nothing
            found = cell[name] = list(self._nested(name, i))
        return found

    def _cell(self, i: int) -> dict[str, list[tuple[int, Any]]]:
        """What the pack's names say that begins at token `i`, by slot; empty where nothing can begin."""
        cell: dict[str, list[tuple[int, Any]]] = {}
        if i >= self.limit or not self.reader.may_begin(self.tokens.norms[i]):
            return cell
        cell["any"] = []
        norm = self.tokens.norms[i]
        if norm[0].isdigit() or self.reader.amounts.numerals.begins(norm):
            cell["number"] = []
        for end, (slot, value) in self.reader.names.at(self.tokens.norms, i):
            if end <= self.limit and slot != "one":
                cell.setdefault(slot, []).append((end, value))
                if slot in _PERIODS:
                    cell.setdefault("period", []).append((end, (slot, value)))
        return cell

    def _nested(self, name: str, i: int) -> Iterable[tuple[int, Any]]:
        if name == "date":
            for match in self.base(i):
                if match.end <= self.limit and match.value != "part" and self.reader._fits(self.tokens, match, i, True):
                    yield match.end, _expression(match)
            numeric = self.numeric(i)
            if numeric is not None:
                yield numeric
        elif name == "n":
            said = self.reader.amounts.read(self.tokens, i, self.limit)
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

    def _number(self, name: str, i: int) -> Iterable[tuple[int, Any]]:
        """Parts of dates and clock times."""
        word, limit = self.tokens.surfaces[i], self.limit
        if name in ("day", "hour") and i > 0 and self.tokens.surfaces[i - 1] in _CURRENCIES:
            return
        if not word[0].isdigit():
            number = self.reader.amounts.numerals.read(self.tokens, i, limit)
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
        if name == "quarter":
            if len(word) == 1 and 1 <= value <= 4:
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

    def numeric(self, i: int) -> tuple[int, Expression] | None:
        """A date in figures at token `i`: 2024-05-01, 1/5/2024, 01.05.24, and 01/05 where the pack allows it."""
        signs, run = self.tokens.surfaces, [i]
        if not signs[i].isdecimal() or len(signs[i]) > 4:
            return None
        before = (
            i > 0
            and self.tokens.ends[i - 1] == self.tokens.starts[i]
            and (signs[i - 1].isalnum() or signs[i - 1] in "/.-,")
        )
        if not before and self._enclosed(i) and len(signs[i]) == 4 and 1900 <= int(signs[i]) < 2100:
            return i + 1, Expression("date", {"year": int(signs[i])})
        j, sign = i + 1, signs[i + 1] if i + 1 < self.limit else ""
        while (
            len(run) < 4
            and j + 1 < self.limit
            and sign in self.reader.separators
            and signs[j] == sign
            and signs[j + 1].isdecimal()
            and self._glued(j)
            and self._glued(j + 1)
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
        slots = figures_of(values, sizes, self.reader.order, sign in self.reader.short)
        return (run[-1] + 1, Expression("date", slots)) if slots else None

    def _in_figures(self, j: int) -> bool:
        """Whether a sign and more digits hang on at token `j`: 23/06."""
        if j + 1 >= self.limit or not self._glued(j) or not self._glued(j + 1):
            return False
        return self.tokens.surfaces[j] in "/." and self.tokens.surfaces[j + 1].isdecimal()

    def _enclosed(self, i: int) -> bool:
        signs = self.tokens.surfaces
        return i > 0 and signs[i - 1] == "(" and i + 1 < self.limit and signs[i + 1] == ")"

    def _glued(self, j: int) -> bool:
        return self.tokens.starts[j] == self.tokens.ends[j - 1]


def _minutes(match: Match[str]) -> Minutes | None:
    """The minute of the day that a clock time names."""
    c = match.captures
    if "clockword" in c:
        hour, minute = (int(v) for v in c["clockword"].split(":"))
    else:
        hour, minute = c["hour"], c.get("minute", 0)
    if "quarter" in match.value:
        minute = 15
    if "half" in match.value:
        minute = 30
    if "to_hour" in match.value:
        hour, minute = hour - 1, 60 - (minute or 15)
    if match.value == "half_to":
        hour = hour - 1 if hour > 1 else 12
    half = c.get("ampm")
    if half is not None and not 1 <= hour <= 12:
        half = None if hour <= 24 else "none"
    if half == "none" or hour > 24 or minute > 59:
        return None
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return hour * 60 + minute, hour * 60 + minute


def _expression(match: Match[str]) -> Expression:
    """With a day or a year that stands for a date made one."""
    slots = dict(match.captures)
    for key in ("daydate", "daydate2", "yeardate", "yeardate2", "weekdaydate"):
        if key in slots:
            name, _, number = key.partition("date")
            slots["date" + number] = Expression("date", {name: slots.pop(key)})
    if "short" in slots:
        slots["weekday"] = slots.pop("short")
    if "one" in slots:
        slots["unit"], slots["n"] = slots.pop("one")
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
    return Expression(
        "date" if match.value in ("weak_year", "weak_day", "bare_month", "bare_year") else match.value, slots
    )


def _names_day(said: Expression) -> bool:
    """Whether an expression is about as long as a day, so that a part of the day may follow."""
    if said.rule == "date":
        return said.get("day") is not None or said.get("weekday") is not None
    if said.rule in ("this", "last", "next"):
        return bool(said.get("period")) and said.get("period")[0] == "weekday"
    return said.rule in _DAY_RULES


def _part_of(said: Expression) -> str | None:
    period = said.get("period")
    return period[1] if period and period[0] == "part" else None


@compiled
def _reader(pack: LanguagePack) -> _Reader:
    return _Reader(pack)

"""Expressions: the words that name a day or a clock time, found and taken apart. `resolving` tells what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from recoupe.languages import LanguagePack
from recoupe.reading.amounts import Amounts, amounts
from recoupe.reading.continuing import continuing_words
from recoupe.reading.document import TRIED, Document, Sentence, compiled
from recoupe.reading.misread import Misread
from recoupe.reading.prospects import ALL, BASE, CLOCK, OUTER, Outlook, Prospects
from recoupe.reading.roman import is_roman
from recoupe.reading.said import Expression
from recoupe.reading.shapes import (
    is_bare_year,
    is_weekday,
    minutes_of,
    names_day,
    part_of,
)
from recoupe.reading.slots import Going, Slots, expression_of
from recoupe.text.lexicon import Lexicon
from recoupe.text.patterns import Match, Patterns
from recoupe.text.tokens import Tokens

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
_NUMERIC = frozenset({"weekday", "short", "month", "offset", "anchored"})
_AHEAD = 3  # words looked at ahead of one, for what stands there
_MEMORY = 20_000  # so many places of one sentence are kept: bounds what hostile text can take
_DASHES = frozenset("-–—")
_AROUND = {"around": (-15, 15), "around_at": (-15, 15), "before": (-30, 0), "after": (0, 30)}
"""Minutes before and after a clock time that a modifier leaves open."""
_NOON, _MIDNIGHT = 12, 24
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


def dates_within(doc: Document, item: Item) -> list[Item]:
    """The dates of which an expression is made: of 'from May to June' both."""
    return _reader(doc.pack).dates(doc.tokens, item)


class Reader:
    """Finds the time expressions of one language."""

    def __init__(self, pack: LanguagePack) -> None:
        table = pack.tables["times"]
        self.amounts: Amounts = amounts(pack)
        misread = Misread(pack, self.amounts)
        self.fits, self._weak, self._counted = misread.fits, misread.weak, misread.counted
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
        self.function = frozenset(w.lower() for w in pack.tables["pack"]["words"]["function"])
        settings = table["settings"]
        self.order: str = settings["order"]
        self.short = frozenset(settings["short"])
        self.leads = frozenset(settings["leads"])
        self.separators = frozenset("/.-") | frozenset(settings["separators"])
        templates = (self.base, self.outer, self.clock)
        self.openings = {
            id(patterns): (patterns.first_words("begin"), patterns.first_slots("begin") - {"begin"}, kind)
            for patterns, kind in zip(templates, (BASE, OUTER, CLOCK), strict=True)
        }
        firsts = set[str]().union(*(p.first_words("begin") for p in (self.base, self.outer, self.clock)))
        self._ones = {words[0] for words, (slot, _) in self.names.entries() if slot == "one"}
        self._opened: dict[str, frozenset[str]] = {}  # by word
        self._follow: dict[str, Going | None] = {}
        self._after_slot = {
            slot: _together([p.follows_slot(slot, "begin") for p in templates])
            for slot in set[str]().union(*(p.first_slots("begin") for p in templates)) - {"begin", "date"}
        }
        self._prospects = Prospects(
            self.names,
            self.amounts,
            templates,
            self.clock_modifiers,
            self.function,
            self.separators,
            continuing_words(pack),
        )
        self.starts = (
            firsts | {w[0] for w, _ in self.names.entries()} | {w[0] for w, _ in self.clock_modifiers.entries()}
        )

    def may_begin(self, norm: str) -> bool:
        """Whether an expression, or anything that stands in one, may begin with this word."""
        return norm in self.starts or norm[0].isdigit() or self.amounts.begins(norm)

    def opened(self, norm: str) -> frozenset[str]:
        """The slots that something beginning with a word may fill, beside those of names; none for most words.

        `number` stands for all slots of numbers but `n`.
        """
        found = self._opened.get(norm)
        if found is None:
            if len(self._opened) > _MEMORY:
                self._opened.clear()
            found = self._opened[norm] = frozenset(self._opening(norm))
        return found

    def _opening(self, norm: str) -> Iterator[str]:
        if norm == "'":
            yield "shortyear"
        if not self.may_begin(norm) and not is_roman(norm):
            return
        yield "date"
        if self.amounts.numerals.begins(norm) or is_roman(norm):
            yield "number"
        if self.amounts.begins(norm):
            yield "n"
        if self.amounts.is_modifier(norm) or norm in self._ones:
            yield "one"

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
        if sentence.last - sentence.first == 1 and is_bare_year(tokens.surfaces[sentence.first]):
            year = Expression("date", {"year": int(tokens.surfaces[sentence.first])})  # a heading
            return [Item(sentence.first, sentence.last, year, sentence)]
        found: list[Item] = []
        outlook: Outlook | None = None
        if sentence.last - sentence.first <= TRIED:  # in a longer one the places that are tried must be counted
            outlook = self._prospects.of(tokens, sentence.first, sentence.last)
            if outlook is None:
                return found
        slots = Slots(self, tokens, sentence.last, outlook)
        end, tried = sentence.first, 0
        norms = tokens.norms
        for i in range(sentence.first, sentence.last) if outlook is None else outlook.places:
            if i < end or not self.opened(norms[i]):
                continue
            if tried >= TRIED:
                break
            if len(slots.cells) > _MEMORY:
                slots = Slots(self, tokens, sentence.last, outlook)
            tried += 1
            item = self._longest(tokens, sentence, slots, i)
            if item is None:
                continue
            if self._is_dateline(tokens, sentence, item):
                item = replace(item, said=Expression("dateline"))
            if not _is_length(item.said):
                found.append(item)
            if item.minutes is not None:
                slots.clock_end = item.end
            end = max(item.end, i + 1)
        return found

    def dates(self, tokens: Tokens, item: Item) -> list[Item]:
        """The dates inside an expression, the longest first."""
        slots = Slots(self, tokens, item.end, None)
        found = []
        i = item.first
        while i < item.end:
            ways = [(end, said) for end, said in slots.fill("date", i) if said.get("begin") in (None, i)]
            number = [] if ways else [(end, Expression("date", {"day": n})) for end, n in slots.fill("day", i)]
            number += [] if ways or number else [(e, Expression("date", {"year": n})) for e, n in slots.fill("year", i)]
            best = max(ways or number, key=lambda way: way[0], default=None)
            if best is not None:
                found.append(Item(i, best[0], best[1], item.sentence))
            i = best[0] if best is not None else i + 1
        return found

    def _is_hopeless(self, slots: Slots, i: int) -> bool:
        """Whether no expression begins at a word, told by it and the next ones; most small words show it so."""
        known, norms = slots.hopeless, slots.tokens.norms
        for k in range(
            min(i + _AHEAD, slots.limit - 1), i - 1, -1
        ):  # what stands after a word tells more if it is known
            if k not in known:
                known[k] = not slots.may_begin(k, ALL) or not self.opened(norms[k]) or self._has_no_hope(slots, k)
        return known[i]

    def _has_no_hope(self, slots: Slots, i: int) -> bool:
        norms = slots.tokens.norms
        goes_on = self._going_on(norms[i])
        if goes_on is None:
            return False
        if slots.goes_on(i + 1, goes_on) or self._may_be_clock_after(slots, i):
            return False
        cell = slots.cell(i)
        for slot in self._after_slot.keys() & cell.keys():
            after = self._after_slot[slot]
            for end, _ in slots.fill(slot, i):
                if after is None or slots.goes_on(end, after):
                    return False
        if norms[i][0].isdigit() and slots.numeric(i) is not None:
            return False
        slots.known[i] = []
        cell["date"] = []
        return True

    def _may_be_clock_after(self, slots: Slots, i: int) -> bool:
        """Whether 'about' or the like stands at token `i`, and a clock time may begin after it."""
        norms = slots.tokens.norms
        if not self.clock_modifiers.begins(norms[i]):
            return False
        ends = [e for e, _ in self.clock_modifiers.at(norms, i) if e < slots.limit]
        return any(slots.may_begin(e, CLOCK) for e in ends)

    def _going_on(self, norm: str) -> Going | None:
        """The words and slots that must come next if an expression begins with this word; None where nothing must."""
        if norm in self._follow:
            return self._follow[norm]
        if len(self._follow) > _MEMORY:
            self._follow.clear()
        found = self._follow[norm] = _together([p.follows(norm, "begin") for p in (self.base, self.outer, self.clock)])
        return found

    def _longest(self, tokens: Tokens, sentence: Sentence, slots: Slots, i: int) -> Item | None:
        if not slots.may_begin(i, ALL) or self._is_hopeless(slots, i):
            return None
        clock = self._clock_at(tokens, sentence, slots, i)
        found: tuple[int, Expression] | None = None
        for matches in (slots.matches(self.outer, i), slots.base(i)):
            for match in matches:
                if match.end > sentence.last or (found is not None and match.end <= found[0]):
                    continue
                if self.fits(tokens, match, i):
                    found = (match.end, expression_of(match))
        numeric = slots.numeric(i)
        if numeric is not None and (found is None or numeric[0] > found[0]):
            found = numeric
        if found is not None and is_weekday(found[1]):
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
        part = said.get("part") or part_of(said)
        if names_day(said):
            end, part = self._with_part(tokens, slots, end, sentence.last, part)
        return Item(said.get("begin") or i, end, said, sentence, part=part)

    @staticmethod
    def _with_figures(
        tokens: Tokens, slots: Slots, found: tuple[int, Expression], limit: int
    ) -> tuple[int, Expression]:
        """A weekday with the date in figures that follows it: 'samedi 23/06', 'this Friday 7.6'."""
        end, said = found
        j = end + 1 if end < limit and tokens.norms[end] == "," else end
        numeric = slots.numeric(j, True) if j < limit else None
        if numeric is None:
            return found
        weekday = {"weekday": said.get("weekday") or said.get("period")[1]}
        begin = {} if said.get("begin") is None else {"begin": said.get("begin")}
        return numeric[0], Expression("date", {**numeric[1].slots, **weekday, **begin})

    @staticmethod
    def _is_dateline(tokens: Tokens, sentence: Sentence, item: Item) -> bool:
        """'BUCHAREST, March 11 -': where and when it was written, no part of the report."""
        before = tokens.surfaces[sentence.first : item.first]
        if not before or len(before) > 8 or not before[0].isupper() or len(before[0]) < 3 or item.end >= sentence.last:
            return False
        return tokens.norms[item.end] in _DASHES or tokens.norms[item.end] == "("

    def _with_part(
        self, tokens: Tokens, slots: Slots, end: int, limit: int, part: str | None
    ) -> tuple[int, str | None]:
        """'Monday evening' is one expression."""
        if end < limit and part is None:
            for match in self.after_day.match(tokens.norms, end, slots.fill, slots.cell):
                if match.end <= limit:
                    return match.end, match.captures.get("part")
        return end, part

    # --- clock times

    def _clock_at(self, tokens: Tokens, sentence: Sentence, slots: Slots, i: int) -> Item | None:
        start, sort = i, ""
        if self.clock_modifiers.begins(tokens.norms[i]):
            start, sort = next(
                ((e, s) for e, s in self.clock_modifiers.at(tokens.norms, i) if e < sentence.last), (i, "")
            )
        best: Match[str] | None = None
        sure = bool(sort) and (sort == "around_at" or not self.amounts.modifies(tokens.norms[i:start]))
        for match in slots.matches(self.clock, start):
            if match.end <= sentence.last and self._may_be_clock(slots, match, (i, start), sort, sure):
                best = match
                break
        if best is None:
            return None
        begin = best.captures.get("begin")
        if begin is not None and begin > start:
            inner = self._clock_at(tokens, sentence, slots, begin)  # 'at 7:30' may be the beginning of '7:30 pm'
            if inner is not None and inner.end > best.end:
                return inner
        minutes = minutes_of(best.value, best.captures)
        if minutes is None or (not sort and begin is None and self._is_length(tokens, sentence, i, best.end)):
            return None
        around = _AROUND.get(sort, (0, 0))
        first = best.captures.get("begin") or start
        span = (minutes[0] + around[0], minutes[1] + around[1])
        return Item(i if sort else first, best.end, Expression("clock", best.captures), sentence, span)

    def _may_be_clock(self, slots: Slots, match: Match[str], at: tuple[int, int], sort: str, sure: bool) -> bool:
        """Leave out templates that need a word before them which is not there, and 'a las 11 víctimas'.

        `at`: where the words that modify it begin, and where it begins itself. `sort` is theirs, '' where there are
        none; `sure`: they modify clock times alone.
        """
        if match.value in ("hours", "modified_hours"):
            return (bool(sort) or match.value == "hours") and (sure or self._is_hour(slots, match, at))
        if match.value == "weak":
            norms, end = slots.tokens.norms, match.end
            return end >= len(norms) or not (self._counted.at(norms, end) or self._weak.at(norms, end))
        return match.value != "modified" or bool(sort)

    def _is_hour(self, slots: Slots, match: Match[str], at: tuple[int, int]) -> bool:
        """Whether a template that may name a length is a clock time: 'after 15 hours', not 'less than 3 hours'."""
        first, start = at
        begin = match.captures.get("begin", start)
        if any(self.amounts.modified_before(slots.tokens, k, first) for k in {first, begin}):
            return False
        if _NOON < match.captures["hour"] < _MIDNIGHT or first - slots.clock_end in (0, 1):
            return True
        end = match.end
        if end < slots.limit and slots.tokens.norms[end] in self.leads:
            end += 1
        return end < slots.limit and (bool(slots.fill("date", end)) or self._clock_follows(slots, end))

    def _clock_follows(self, slots: Slots, i: int) -> bool:
        """Whether 'to 5 o'clock' or the like follows."""
        found = slots.matches(self.clock, i)
        return any("begin" in m.captures and m.value in ("plain", "hours") for m in found)

    def _is_length(self, tokens: Tokens, sentence: Sentence, i: int, end: int) -> bool:
        """'2h30 de train' is a length, unless 'at' or the like stands before."""
        if end >= sentence.last or not self.amounts.after_of(tokens, end):
            return False
        return i == sentence.first or tokens.norms[i - 1] not in self.clock.first_words()


def _is_length(said: Expression) -> bool:
    """Whether an expression is how long something lasts: 'twelve years in prison', also behind 'to'."""
    date = said.get("date")
    return said.rule == "duration" or (date is not None and date.rule == "duration")


def _together(rows: list[tuple[set[str], set[str]] | None]) -> Going | None:
    """The words and slots of all rows; None where there is a row without."""
    known = [row for row in rows if row is not None]
    if len(known) < len(rows):
        return None
    return frozenset[str]().union(*(w for w, _ in known)), frozenset[str]().union(*(s for _, s in known))


@compiled
def _reader(pack: LanguagePack) -> Reader:
    return Reader(pack)

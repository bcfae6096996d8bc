"""Amounts: a number with the words around it that make it a range ('more than', 'some', 'between … and …')."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from recoupe.languages import LanguagePack, shared
from recoupe.reading.continuing import continuing_words
from recoupe.reading.document import compiled
from recoupe.reading.measures import Measures, measures
from recoupe.reading.numerals import Numeral, Numerals, numerals
from recoupe.reading.openings import AGAIN, ANYTHING, NUMBER, ROUND, Openings
from recoupe.reading.quantities import SLACK, Quantity, clean, exact, modify
from recoupe.reading.ranges import Ranges
from recoupe.reading.signs import slash, stands_before
from recoupe.text.lexicon import Lexicon
from recoupe.text.tokens import Tokens

_MEMORY = 20_000  # so many places of one text are kept


class Amounts:
    """Reads the amounts of one language."""

    def __init__(self, pack: LanguagePack) -> None:
        table = pack.tables["figures"]
        self.numerals: Numerals = numerals(pack)
        self.measures: Measures = measures(pack)
        self._before = pack.lexicon(table["modifiers"])
        self._function = frozenset(w.lower() for w in pack.tables["pack"]["words"]["function"])
        self._phrasal = pack.lexicon({"phrasal": table["words"]["phrasal"]})
        self._out_of = pack.out_of_words
        self._between = frozenset(pack.forms(table["words"]["between"]))
        self._after = pack.lexicon(table["after"])
        self._rounds: Lexicon[float] = _by_number(pack, table["rounds"])
        self._vague: Lexicon[float] = _by_number(pack, table["vague"])
        self._several = pack.lexicon({"several": table["digits"]["several"], "of": table["digits"]["of"]})
        self._denominators: Lexicon[float] = _by_number(pack, table["denominators"])
        self._parts: Lexicon[float] = _by_number(pack, table["parts"])
        self._ranges = Ranges(pack, self._plain, self._plainly, self._prefix)
        self.prefixes: Lexicon[str] = Lexicon()
        everywhere = shared("units")
        for symbol, code in everywhere["signs"].items():
            self.prefixes.add(pack.tokenizer.norms(symbol), code)
        for code in everywhere["codes"]:
            self.prefixes.add((code.lower(),), code)
        for code, entries in pack.tables["units"]["before"].items():
            for words in pack.words(entries):
                self.prefixes.add(words, code)
        self.short = {w[0]: float(k) for k, entries in table["money_multipliers"].items() for w in pack.words(entries)}
        self._codes = frozenset(c.lower() for c in everywhere["codes"])
        self._letters = {"k": 1e3, "K": 1e3, "M": 1e6, "к": 1e3, "К": 1e3, "М": 1e6}  # Latin and Cyrillic
        self._known: tuple[Tokens | None, dict[tuple[int, int], Quantity | None]] = (None, {})  # of the last text read
        self._readers: dict[str, tuple[Callable[[Tokens, int, int], Quantity | None], ...]] = {}  # by word
        self._known_plain: tuple[Tokens | None, dict[tuple[int, int], Quantity | None]] = (None, {})
        self._ends: dict[str, bool] = {}  # by word, whether an amount ends before it
        self._numbers: dict[str, bool] = {}  # by word, whether it begins numbers, and nothing else alone
        self._minus = pack.lexicon({"minus": [*table["digits"]["minus"], "-", "−"]})
        self.openings = self._opened()
        self._more = continuing_words(pack) | self.openings.seconds(self.numerals.begins)

    def _opened(self) -> Openings:
        """The words and the pairs of words with which amounts begin."""
        openings = Openings(
            self.numerals.begins,
            lambda norm: self._plainly(norm) or self.numerals.lexicon.begins(norm),
            lambda norm: self._rounds.begins(norm) or self.numerals.lexicon.begins(norm),
        )
        rows: list[tuple[Lexicon[Any], int]] = [
            (self._before, AGAIN),
            (self._rounds, ANYTHING),
            (self._vague, ANYTHING),
            (self._parts, ANYTHING),
            (self.prefixes, NUMBER),
            (self._minus, NUMBER),
        ]
        for lexicon, then in rows:
            openings.add((words for words, _ in lexicon.entries()), then)
        lone = [words[0] for words, _ in self._before.entries() if len(words) == 1]
        openings.add(((word, between) for word in lone for between in self._between), ANYTHING)
        openings.add((words for words, sort in self._several.entries() if sort == "several"), ROUND)
        openings.add_patterns(self._ranges.templates)
        return openings

    def begins(self, norm: str) -> bool:
        """Whether an amount may begin with this word: quick, and right when it says no."""
        return self.openings.begins(norm) or self.numerals.begins(norm)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words with which amounts or verbs that take 'under' with them begin, but for numbers."""
        return self.openings.firsts | self._phrasal.firsts

    def opens(self, norms: Sequence[str], i: int) -> bool:
        """Whether an amount may begin at word `i`: as `begins`, but told by the next words too."""
        return self.openings.at(norms, i) or (i > 0 and self._phrasal.begins(norms[i - 1]) and self.begins(norms[i]))

    def _plainly(self, norm: str) -> bool:
        """Whether a number with nothing but a sign before it may begin with this word."""
        return self.numerals.begins(norm) or self.prefixes.begins(norm) or self._minus.begins(norm)

    def is_modifier(self, norm: str) -> bool:
        """Whether 'more than' or the like may begin with this word."""
        return self._before.begins(norm)

    def is_phrasal(self, norm: str) -> bool:
        """Whether a verb that takes a word like 'under' with it may begin with this word."""
        return self._phrasal.begins(norm)

    def read(self, tokens: Tokens, i: int, limit: int) -> Quantity | None:
        """The longest amount that begins at token `i` and ends before token `limit`."""
        alone = self._alone(tokens, i, limit)
        if alone is not None:
            return exact(i, alone.end, alone.value, alone, alone.factor, None)
        if not self.opens(tokens.norms, i):
            return None
        known = self._known
        if known[0] is not tokens:
            known = self._known = (tokens, {})
        memory, key = known[1], (i, limit)
        if key in memory:
            return memory[key]
        if len(memory) > _MEMORY:
            memory.clear()
        found = memory[key] = self._read(tokens, i, limit)
        return found

    def _alone(self, tokens: Tokens, i: int, limit: int) -> Numeral | None:
        """The number that token `i` is, where no word around makes anything else of it; so most amounts are."""
        norms = tokens.norms
        number = self._numbers.get(norms[i])
        if number is None:
            if len(self._numbers) > _MEMORY:
                self._numbers.clear()
            begins = self.numerals.begins(norms[i])
            number = self._numbers[norms[i]] = begins and not self.openings.stands_alone(norms[i])
        if not number or (i + 1 < limit and not self._ends_before(norms[i + 1])):
            return None
        if i and self._phrasal.begins(norms[i - 1]):
            return None
        return self.numerals.read(tokens, i, limit)

    def _ends_before(self, norm: str) -> bool:
        """Whether an amount is known to end before a word: right when it says yes."""
        ends = self._ends.get(norm)
        if ends is None:
            if len(self._ends) > _MEMORY:
                self._ends.clear()
            ends = norm.isalpha() and norm not in self._more and not self.numerals.begins(norm)
            self._ends[norm] = ends
        return ends

    def _read(self, tokens: Tokens, i: int, limit: int) -> Quantity | None:
        marks, core = self._modifiers(tokens, i, limit)
        while True:
            found = self._core(tokens, core, limit) if core < limit else None
            if marks and (found is None or found.end == core + 1):  # nothing, or the article taken for a one
                found = self._behind(tokens, core, limit, marks[-1]) or found
            if found is not None:
                break
            if not marks:
                return None
            core = marks[-1][0]  # perhaps the last modifier was none: 'over half'
            marks = marks[:-1]
        if found.start != i or (marks and not found.modified):
            found = found._replace(start=i, modified=found.modified or bool(marks))
        for _, sort in reversed(marks):
            found = modify(found, sort)
        return self.suffixed(tokens, found, limit)

    def _behind(self, tokens: Tokens, i: int, limit: int, mark: tuple[int, str]) -> Quantity | None:
        """The amount behind a word that stands between it and its modifier: 'casi un 30 %', 'более чем в 20'."""
        reached = mark == (i - 1, "under")  # 'hasta los 38,5 euros': a bound that is reached
        if reached or not self._leads(tokens, i, limit) or _like_year(tokens.norms[i + 1]):
            return None
        return self._core(tokens, i + 1, limit)

    def after_of(self, tokens: Tokens, i: int) -> list[int]:
        """Where the words for 'of' at token `i` end."""
        return [end for end, sort in self._several.at(tokens.norms, i) if sort == "of"]

    def unsaid_one(self, tokens: Tokens, i: int, limit: int) -> tuple[int, Quantity]:
        """(token after the modifiers at `i`, what they make of a one that no word says): 'более' of 'более года'."""
        marks, core = self._modifiers(tokens, i, limit)
        found = Quantity(i, core, core, 1.0, 1.0, 1.0)
        for _, sort in reversed(marks):
            found = modify(found, sort)
        return core, found

    def modified_before(self, tokens: Tokens, i: int, first: int | None = None) -> set[str]:
        """The sorts of the modifiers that stand right before token `i` and begin before token `first`, else `i`."""
        rows = (
            row for k in range(max(0, i - 4), i if first is None else first) for row in self._before.at(tokens.norms, k)
        )
        return {sort for end, sort in rows if end == i}

    def modifies(self, words: Sequence[str]) -> bool:
        """Whether words are a modifier of amounts: 'more than'."""
        return any(end == len(words) for end, _ in self._before.at(words, 0))

    def suffixed(self, tokens: Tokens, found: Quantity, limit: int) -> Quantity:
        """With what follows: 'or so', 'or more'."""
        if found.end < limit:
            for end, sort in self._after.at(tokens.norms, found.end):
                if end <= limit and not self._number_at(tokens, end, limit) and not self._bound_at(tokens, end, limit):
                    return modify(found, sort)._replace(end=end, modified=True)
        return found

    def _number_at(self, tokens: Tokens, i: int, limit: int) -> bool:
        """Whether what looked like 'or more' stands before another number: '10 and less than 40'."""
        number = self.numerals.read(tokens, i, limit) if i < limit else None
        return number is not None and not number.article

    def _bound_at(self, tokens: Tokens, i: int, limit: int) -> bool:
        """Whether a word before token `i` begins a bound of its own: 'greater' of '200 or greater than 190'."""
        return any(
            i < end < limit and self._number_at(tokens, end, limit)
            for k in (i - 1, i - 2)
            if k >= 0
            for end, _ in self._before.at(tokens.norms, k)
        )

    def _modifiers(self, tokens: Tokens, i: int, limit: int) -> tuple[list[tuple[int, str]], int]:
        """(token, sort) of the modifiers that begin at token `i`, and where the number itself should begin."""
        marks: list[tuple[int, str]] = []
        if (
            i > 0
            and self._phrasal.begins(tokens.norms[i - 1])
            and any(e == i + 1 for e, _ in self._phrasal.at(tokens.norms, i - 1))
        ):
            return marks, i + 1  # 'went under': the word belongs to its verb
        if i > 0 and tokens.norms[i] in self._out_of and self.numerals.begins(tokens.norms[i - 1]):
            return marks, i  # '12 із 300', no 'із 300' for about so many
        while i < limit and len(marks) < 4 and self._before.begins(tokens.norms[i]):
            end, sort = next(((e, s) for e, s in self._before.at(tokens.norms, i) if e < limit), (i, ""))
            if end == i or (marks and end == i + 1 and self._leads(tokens, i, limit)):
                break
            marks.append((i, sort))
            i = end
        return marks, i

    def _leads(self, tokens: Tokens, i: int, limit: int) -> bool:
        """Whether a word behind a modifier is none itself, but what leads to the number: 'до' of 'почти до 300'."""
        return i + 1 < limit and tokens.norms[i] in self._between and self._plainly(tokens.norms[i + 1])

    def _core(self, tokens: Tokens, i: int, limit: int) -> Quantity | None:
        norm = tokens.norms[i]
        readers = self._readers.get(norm)
        if readers is None:
            if len(self._readers) > _MEMORY:
                self._readers.clear()
            readers = self._readers[norm] = self._readers_of(norm)
        for read in readers:
            found = read(tokens, i, limit)
            if found is not None:
                return found
        return None

    def _readers_of(self, norm: str) -> tuple[Callable[[Tokens, int, int], Quantity | None], ...]:
        """What can read an amount that begins with this word, in the order to be asked; nothing for most words."""
        number = self.numerals.begins(norm)
        rows = (
            (self._ranges.read, self._ranges.templates.may_begin(norm) or self._plainly(norm)),
            (self._vaguely, self._vague.begins(norm) or self._several.begins(norm)),
            (self._fraction, number or self._parts.begins(norm)),
            (self._round, number or self._rounds.begins(norm)),
            (self._plain, self._plainly(norm)),
        )
        return tuple(read for read, may in rows if may)

    def _plain(self, tokens: Tokens, i: int, limit: int) -> Quantity | None:
        if not self._plainly(tokens.norms[i]):
            return None
        known = self._known_plain
        if known[0] is not tokens:
            known = self._known_plain = (tokens, {})
        memory, key = known[1], (i, limit)
        if key in memory:
            return memory[key]
        if len(memory) > _MEMORY:
            memory.clear()
        found = memory[key] = self._read_plain(tokens, i, limit)
        return found

    def _read_plain(self, tokens: Tokens, i: int, limit: int) -> Quantity | None:
        j, unit = self._prefix(tokens, i, limit)
        sign = (
            next((e for e, _ in self._minus.at(tokens.norms, j) if e < limit and stands_before(tokens, j, e)), j)
            if j < limit
            else j
        )
        negative, j = sign > j, sign
        number = self.numerals.read(tokens, j, limit) if j < limit else None
        if number is None:
            return None
        end, value, factor = number.end, number.value, number.factor
        if factor == 1 and not number.words and end < limit and tokens.starts[end] == tokens.ends[end - 1]:
            factor = self._letters.get(tokens.surfaces[end], 1.0)
            value, end = clean(value * factor), end + (factor > 1)
        split = self._split(tokens, j, end, limit) if number.words and not number.ordinal else None
        if split is not None:
            end, value = split
        elif factor == 1 and not number.ordinal and end < limit and value % 1 == 0:
            end, value = self._mixed(tokens, number, end, value, limit)
        if unit is not None and factor == 1 and end < limit and tokens.norms[end] in self.short:
            factor = self.short[tokens.norms[end]]
            value, end = clean(value * factor), end + 1
        return exact(i, end, -value if negative else value, number, factor, unit)

    def _mixed(self, tokens: Tokens, number: Numeral, end: int, value: float, limit: int) -> tuple[int, float]:
        """(end, value) with the fraction that follows a whole number: '2 1/4', 'three and one fourth'."""
        if not number.words:
            part_of = slash(tokens, end, limit)
            return (part_of[0], value + part_of[1]) if part_of else (end, value)
        j = next(
            (e for e, (sort, _) in self.numerals.lexicon.at(tokens.norms, end) if sort == "join" and e < limit), end
        )
        part = self._fraction(tokens, j, limit) if j > end else None
        return (part.end, clean(value + part.value / 100)) if part is not None and part.fraction else (end, value)

    def _split(self, tokens: Tokens, begin: int, end: int, limit: int) -> tuple[int, float] | None:
        """As `_mixed`, where the number has taken too much: 'six millions et deux | tiers'."""
        if end >= limit or not self._denominators.begins(tokens.norms[end]):
            return None
        for k in range(end - 1, max(begin, end - 5), -1):
            if not any(s == "join" and e == k + 1 for e, (s, _) in self.numerals.lexicon.at(tokens.norms, k)):
                continue
            whole, part = self.numerals.read(tokens, begin, k), self._fraction(tokens, k + 1, limit)
            if (
                whole is not None
                and whole.end == k
                and part is not None
                and part.fraction
                and part.end > end
                and part.value < 100
            ):
                return part.end, clean(whole.value + part.value / 100 * whole.factor)
        return None

    def _prefix(self, tokens: Tokens, i: int, limit: int) -> tuple[int, str | None]:
        """(where the number begins, unit) after a currency sign or the like."""
        for end, unit in self.prefixes.at(tokens.norms, i):
            if end >= limit or not (tokens.norms[end][0].isdigit() or self.numerals.lexicon.begins(tokens.norms[end])):
                continue
            if end == i + 1 and tokens.norms[i] in self._codes and not tokens.surfaces[i].isupper():
                continue
            return end, unit
        return i, None

    def _round(self, tokens: Tokens, i: int, limit: int) -> Quantity | None:
        """'une trentaine', 'deux centaines', 'une centaine de milliers'."""
        number = self.numerals.read(tokens, i, limit)
        j = number.end if number is not None and not number.ordinal else i
        for end, size in self._rounds.at(tokens.norms, j) if j < limit else ():
            if end > limit:
                continue
            times = 1.0 if number is None else number.value
            value, end, factor = self._of_multiplier(tokens, times * size, end, limit)
            low, high = value * (1 - SLACK), value * (1 + SLACK)
            if value < 1000:
                low, high = float(math.ceil(low - 1e-9)), float(math.floor(high + 1e-9))
            return Quantity(i, i, end, value, low, high, True, words=True, factor=factor)
        return None

    def _vaguely(self, tokens: Tokens, i: int, limit: int) -> Quantity | None:
        """'des dizaines', 'several thousand', 'tens of thousands'."""
        for end, low in self._vague.at(tokens.norms, i):
            if end <= limit:
                return self._several_of(tokens, i, end, low, limit)
        j = next((e for e, sort in self._several.at(tokens.norms, i) if sort == "several" and e < limit), None)
        if j is None:
            return None
        for end, size in self._rounds.at(tokens.norms, j):
            if end <= limit:
                return self._several_of(tokens, i, end, 2.4 * size if size < 20 else 2 * size, limit)
        for end, (sort, by) in self.numerals.lexicon.at(tokens.norms, j):
            if sort == "mult" and by >= 12 and end <= limit:
                return self._several_of(tokens, i, end, 2 * by, limit)
        return None

    def _several_of(self, tokens: Tokens, i: int, end: int, low: float, limit: int) -> Quantity:
        value, end, factor = self._of_multiplier(tokens, low, end, limit)
        if factor > 1 and value > low and low == 24:
            value = value / 24 * 20  # dozens of thousands are tens of thousands
        return Quantity(i, i, end, value, value, None, True, vague=True, words=True, factor=factor)

    def _of_multiplier(self, tokens: Tokens, value: float, end: int, limit: int) -> tuple[float, int, float]:
        """'… de milliers', '… of thousands' after a round number: (value, end, factor)."""
        j = next((e for e, sort in self._several.at(tokens.norms, end) if sort == "of"), end) if end < limit else end
        factor = 1.0
        while j < limit:
            step = next(
                (
                    (e, by)
                    for e, (sort, by) in self.numerals.lexicon.at(tokens.norms, j)
                    if sort == "mult" and by >= 1000 and e <= limit
                ),
                None,
            )
            if step is None:
                break
            end, by = step
            value, factor = value * by, by
            j = (
                next((e for e, sort in self._several.at(tokens.norms, end) if sort == "of"), end)
                if end < limit
                else end
            )
        return value, end, factor

    def _fraction(self, tokens: Tokens, i: int, limit: int) -> Quantity | None:
        """'un tiers', 'three quarters', 'la moitié', '1/4': as a percentage."""
        for end, part in self._parts.at(tokens.norms, i):
            if end <= limit:
                return self._share(tokens, i, end, part, limit)
        number = self.numerals.read(tokens, i, limit)
        if number is None or number.ordinal or number.end >= limit or (number.value > 20 and not number.words):
            return None
        if not number.words:
            end, part = slash(tokens, i, limit) or (0, 0.0)
            return self._share(tokens, i, end, part, limit) if end else None
        j = number.end
        if number.value > 20 and self._split(tokens, i, j, limit) is not None:
            return None  # 'six millions et deux tiers'
        if tokens.norms[j] == "-" and j + 1 < limit:
            j += 1
        for end, by in self._denominators.at(tokens.norms, j):
            proper = number.value < by if number.value <= 20 else by > 4 and not self._ranks(tokens, j, end)
            if end <= limit and proper and not self._is_ordinal(tokens, number, j, end, limit):
                return self._share(tokens, i, end, number.value / by, limit)
        for end, (sort, by) in self.numerals.lexicon.at(tokens.norms, j) if number.value <= 20 else ():
            if sort == "ord" and 2 < by <= 100 and number.value < by and self._is_part(tokens, number, end, limit):
                return self._share(tokens, i, end, number.value / by, limit)
        whole = self.numerals.read(tokens, j, limit) if number.value == 1 else None
        if whole is None or not whole.words or not whole.ordinal or whole.value <= 20:
            return None
        part = self._is_part(tokens, number, whole.end, limit)  # 'one twenty-fifth'
        return self._share(tokens, i, whole.end, 1 / whole.value, limit) if part else None

    def _ranks(self, tokens: Tokens, j: int, end: int) -> bool:
        """Whether the word for a part is an ordinal too: 'quintos'."""
        return any(sort == "ord" and e == end for e, (sort, _) in self.numerals.lexicon.at(tokens.norms, j))

    def _is_ordinal(self, tokens: Tokens, number: Numeral, j: int, end: int, limit: int) -> bool:
        """'A third man', but not 'a third of them', 'a third were'."""
        if (
            not number.article
            or end >= limit
            or all(sort != "ord" for _, (sort, _) in self.numerals.lexicon.at(tokens.norms, j))
        ):
            return False
        after = tokens.surfaces[end]
        return after[0].isalpha() and tokens.norms[end] not in self._function

    def _is_part(self, tokens: Tokens, number: Numeral, end: int, limit: int) -> bool:
        """'Un cinquième du capital', 'one fifth', but not 'un cinquième homme'."""
        if end >= limit:
            return True
        if not number.article and number.value == 1 and not self.numerals.article_counts:
            return True
        return any(s == "of" for _, s in self._several.at(tokens.norms, end)) or not tokens.surfaces[end][0].isalnum()

    def _share(self, tokens: Tokens, i: int, end: int, part: float, limit: int) -> Quantity:
        """A part of a whole; of a multiplier that follows, that number: 'un demi-million'."""
        j = end + 1 if end + 1 < limit and tokens.norms[end] == "-" else end
        for stop, (sort, by) in self.numerals.lexicon.at(tokens.norms, j) if j < limit else ():
            if sort == "mult" and by >= 1000 and stop <= limit:
                value = clean(part * by)
                return Quantity(i, i, stop, value, value, value, words=True, factor=by)
        for stop, size in self._rounds.at(tokens.norms, j) if j < limit else ():
            if stop <= limit:  # 'une demi-douzaine'
                return Quantity(i, i, stop, part * size, part * size, part * size, True, words=True)
        share = clean(part * 100)
        return Quantity(i, i, end, share, share, share, words=True, unit="%", fraction=True)


def _by_number(pack: LanguagePack, table: dict[str, list[str]]) -> Lexicon[float]:
    found: Lexicon[float] = Lexicon()
    for key, entries in table.items():
        for words in pack.words(entries):
            found.add(words, float(key))
    return found


@compiled
def amounts(pack: LanguagePack) -> Amounts:
    """The reader of amounts of a pack."""
    return Amounts(pack)


def _like_year(norm: str) -> bool:
    """Whether digits may be a year: 'more than in 2019' is no amount."""
    return len(norm) == 4 and norm.isdecimal() and norm[:2] in ("19", "20")

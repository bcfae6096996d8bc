"""Prospects: which templates for times the words of a sentence leave possible, told before any of them is tried.

A template can only match where all its words and slots are to be had. So each word and each slot is a bit; a sentence
is the bits that its tokens offer, and a template counts if the two of its bits that are rarest in texts are among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import compress
from operator import or_
from typing import Any

from recoupe.reading.amounts import Amounts
from recoupe.reading.numerals import Numeral
from recoupe.reading.openings import ANYTHING
from recoupe.reading.roman import is_roman
from recoupe.text.lexicon import Lexicon
from recoupe.text.patterns import Patterns
from recoupe.text.tokens import Tokens

_MEMORY = 20_000  # so many words are remembered
PERIODS = frozenset({"weekday", "month", "season", "unit", "part"})
_ASKED, FIGURES, MODIFIER = 1, 2, 4
"""The bits of no template: what follows must be asked; a date in figures may begin; 'about' of a clock time."""
_PHRASAL = 8
_ANY = 16
"""The bit that stands everywhere: of a word that begins a template by itself, whatever follows."""
_MORE = 32
"""The bit of words and signs with which a number may go on."""
_OWN = 6  # so many of these
_OTHER, _WORD, _DIGITS, _APOSTROPHE = range(4)
_Ask = tuple[dict[str, int], bool, int]
"""Of a word: what it offers with the one after it, whether an amount may begin with it, and what sort of word it is."""
_ALONE: _Ask = ({}, False, _OTHER)
_RARE = ("weekday", "short", "month", "season", "holiday", "offset", "anchored", "clockword", "ampm", "third")
_RATHER = ("division", "part", "decade", "quarter", "weeknr", "shortyear", "year", "period", "unit")
_NUMBERS = ("nth", "ordinal", "hour", "minute", "day", "date", "one", "n")
_OFTEN = {name: n for n, name in enumerate((*_RARE, "", *_RATHER, *_NUMBERS))}
"""How often slots are filled in texts: the earlier, the more seldom. A word of its own meaning stands at ''."""
_NEVER = 99
_Rare = tuple[int, int]
"""How often a bit is met, and the bit."""
_State = tuple[int, _Rare, _Rare]
"""Of the beginning of a template: its first bit, and the two rarest of its bits."""


BASE, OUTER, CLOCK, ALL, DATED = range(5)
"""The kinds of templates; of clock times also the words before them, of what is dated also dates in figures."""


@dataclass(slots=True)
class Outlook:
    """What a sentence leaves possible: the bits of its tokens from `first` on, and by kind those that begin a match."""

    first: int
    signs: list[int]
    kinds: tuple[int, int, int, int, int]

    @property
    def places(self) -> list[int]:
        """The tokens with which any template may begin."""
        return [self.first + k for k in _with(self.signs, self.kinds[ALL])]

    def begins(self, i: int, kind: int) -> bool:
        """Whether a template of a kind may begin at token `i`."""
        return self.signs[i - self.first] & self.kinds[kind] != 0


class Prospects:
    """Tells what is possible in the sentences of one language."""

    def __init__(
        self,
        names: Lexicon[tuple[str, Any]],
        amounts: Amounts,
        templates: tuple[Patterns[str], Patterns[str], Patterns[str]],
        modifiers: Lexicon[str],
        function: Iterable[str],
        separators: Iterable[str],
        more: AbstractSet[str],
    ) -> None:
        self._amounts, self._modifiers = amounts, modifiers
        self._separators = frozenset(separators)
        self._function = frozenset(function)
        self._bits: dict[tuple[str, bool], int] = {}
        self._sums: dict[tuple[str, ...], int] = {}
        self._rare: dict[tuple[str, bool], _Rare] = {}
        self._templates = templates
        self._base, self._outer, self._clock = (self._rows(patterns) for patterns in templates)
        firsts = set[str]().union(*(patterns.first_words("begin") for patterns in templates))
        self._words = reduce(or_, (self._bit(word, False) for word in firsts), 0)
        slots = set[str]().union(*(patterns.first_slots("begin") for patterns in templates)) - {"begin"}
        self._follow_slots = [
            (self._bit(slot), self._ahead([patterns.follows_slot(slot, "begin") for patterns in templates]))
            for slot in sorted(slots)
        ]
        self._more = more
        self._follow: dict[str, int] = {}
        self._follow_filled: dict[str, int] = {}
        self._named: dict[str, int] = {}
        self._longer: dict[str, dict[str, int]] = {}
        ones = set()
        for words, (slot, _) in names.entries():
            if slot == "one":
                ones.add(words[0])
                continue
            bits = self._bit(slot) | (self._bit("period") if slot in PERIODS else 0)
            if len(words) == 1:
                self._named[words[0]] = self._named.get(words[0], 0) | bits
            else:
                longer = self._longer.setdefault(words[0], {})
                longer[words[1]] = longer.get(words[1], 0) | bits
        self._ones = frozenset(ones)
        self._date, self._one, self._n = self._bit("date"), self._bit("one"), self._bit("n")
        self._verbal = self._one | self._n  # of a word after a verb that takes words like 'under' with it
        self._always = self._date if self._base.asks_for(self._date) else 0
        self._known = _Signs(self)
        self._ask: dict[str, _Ask] = {}
        worded = (word for word, slot in self._bits if not slot)
        self._telling = amounts.words.union(worded, self._named, self._longer, modifiers.firsts, ones, more)

    def of(self, tokens: Tokens, first: int, last: int) -> Outlook | None:
        """What the tokens from `first` to before `last` leave possible; None if that is nothing at all."""
        if len(self._known) > _MEMORY:
            self._known.clear()
            self._ask.clear()
        signs = list(map(self._known.__getitem__, tokens.norms[first:last]))
        present = reduce(or_, filter(None, signs), 0)
        if first and signs and self._amounts.is_phrasal(tokens.norms[first - 1]):
            signs[0] |= self._verbal
        if present & _ASKED:
            for k in _with(signs, _ASKED):
                signs[k] |= self._asked(tokens, first + k, last)
                if signs[k] & _PHRASAL and k + 1 < len(signs):
                    signs[k + 1] |= self._verbal
            present = reduce(or_, filter(None, signs), 0)
        base = self._base.firsts(present | self._always)
        dated = base or present & FIGURES
        outer = self._outer.firsts(present | self._date if dated else present)
        clock = self._clock.firsts(present)
        if outer & self._date:
            outer |= base | FIGURES
        begins = base | outer | clock | FIGURES | (MODIFIER if clock else 0)
        if not present & begins:
            return None
        closed = self._closed(tokens.norms, first, signs, begins, base | FIGURES)
        return Outlook(first, closed, (base, outer, clock, begins, base | FIGURES))

    def _closed(self, norms: Sequence[str], first: int, signs: list[int], begins: int, dated: int) -> list[int]:
        """The signs without those with which a word would begin a template, where none goes on with what comes next.

        `dated` are the bits with which a date begins. From right to left, for what follows may be a date or not.
        """
        other = begins & ~self._words  # what begins otherwise than with a word
        opened = other & (FIGURES | self._one)  # may take any number of words
        closed, date = signs.copy(), -1  # where the last date begins
        for k in reversed(_with(signs, begins)):
            sign, norm = signs[k], norms[first + k]
            here = sign & begins
            after = signs[k + 1] | _ANY if k + 1 < len(signs) else _ANY
            if k + 1 == date:
                after |= self._date
            if not after & (self._after_filled(norm) if here & other else self._after(norm)) and not sign & opened:
                closed[k] = sign & ~begins
            elif here & dated:
                date = k
        return closed

    def _after(self, norm: str) -> int:
        """The bits of which one must come next if a template begins with this word."""
        bits = self._follow.get(norm)
        if bits is None:
            rows = [patterns.follows(norm, "begin") for patterns in self._templates]
            bits = self._follow[norm] = self._ahead(rows)
        return bits

    def _after_filled(self, norm: str) -> int:
        """The bits of which one must come next if a template begins with this word or with what it fills."""
        bits = self._follow_filled.get(norm)
        if bits is None:
            bits = self._follow_filled[norm] = _ANY if self._takes_more(norm) else self._after_slots(norm)
        return bits

    def _takes_more(self, norm: str) -> bool:
        """Whether what a word fills may go on with any word: 'about', 'some', the first of several words for a day."""
        phrases = norm in self._longer or norm in self._ones or self._modifiers.begins(norm)
        return phrases or norm == "'" or self._amounts.openings.begins(norm) or self._amounts.is_phrasal(norm)

    def _after_slots(self, norm: str) -> int:
        """As `_after_filled`, of a word that fills slots alone, but for numbers."""
        signs, sort = self._known[norm], self._ask.get(norm, _ALONE)[2]
        if sort == _WORD:
            number = self._amounts.numerals.read(Tokens(norm, [0], [len(norm)], [norm], [norm]), 0, 1)
            signs |= self._slots(of_words(number)) if number is not None else 0
        more = _MORE if sort in (_WORD, _DIGITS) else 0
        return reduce(or_, (ahead for slot, ahead in self._follow_slots if slot & signs), self._after(norm) | more)

    def _ahead(self, rows: list[tuple[set[str], set[str]] | None]) -> int:
        """The bits of the words and slots with which templates go on; that of everything where one ends."""
        words = [self._bit(word, False) for row in rows if row for word in row[0]]
        slots = [self._bit(slot) for row in rows if row for slot in row[1]]
        return _ANY if None in rows else reduce(or_, words + slots, 0)

    def _rows(self, patterns: Patterns[str]) -> _Rows:
        """The templates by their rarest bits."""
        nothing = (_NEVER, 0)
        rows = _Rows()
        for first, rarest, second in patterns.folded((0, nothing, nothing), self._further):
            rows.add(rarest[1], second[1] or rarest[1], first)
        return rows

    def _further(self, state: _State, name: str, slot: bool) -> _State:
        """What is known of a template, with a further word or slot."""
        part = self._rare.get((name, slot))
        if part is None:
            part = self._rare[name, slot] = (self._often(name, slot), self._bit(name, slot))
        first, rarest, second = state
        if name == "begin" and slot:
            return state
        if not first:
            first = part[1]
        if part < rarest:
            return first, part, rarest
        return first, rarest, part if rarest < part < second else second

    def _often(self, name: str, slot: bool) -> int:
        """How often a word or a slot is met, in comparison."""
        if slot:
            return _OFTEN.get(name, len(_OFTEN))
        return len(_OFTEN) + 1 if not name.isalpha() or name in self._function else _OFTEN[""]

    def _bit(self, name: str, slot: bool = True) -> int:
        """The bit of a word or of a slot."""
        return self._bits.setdefault((name, slot), 1 << (len(self._bits) + _OWN))

    def _slots(self, names: tuple[str, ...]) -> int:
        bits = self._sums.get(names)
        if bits is None:
            bits = self._sums[names] = reduce(or_, map(self._bit, names), 0)
        return bits

    def signs_of(self, norm: str) -> int:
        """The bits that a word offers wherever it stands; none for most words."""
        numeral = self._amounts.numerals.begins(norm)
        if not numeral and norm not in self._telling and norm.isalpha() and not is_roman(norm):
            return 0
        signs = self._bits.get((norm, False), 0) | self._named.get(norm, 0)
        pairs, then = self._seconds(norm), self._amounts.openings.after(norm)[1]
        if then & ANYTHING:
            signs |= self._n
        if self._amounts.is_phrasal(norm):
            signs |= _PHRASAL | _ASKED
        if self._modifiers.begins(norm):
            signs |= MODIFIER
        if norm in self._ones or self._amounts.is_modifier(norm):
            signs |= self._one
        if not norm.isalpha() or norm in self._more or numeral:
            signs |= _MORE
        sort = _OTHER
        if norm == "'":
            sort = _APOSTROPHE
        elif norm.isdecimal():
            if len(norm) <= 4:
                sort, signs = _DIGITS, signs | self._slots(of_digits(norm))
        else:
            if numeral:
                sort = _WORD
            if is_roman(norm) or (norm[0] in "ivx" and sort == _WORD):
                signs |= self._slots(("ordinal",))
        more = then != 0 and not then & ANYTHING
        if pairs or more or sort != _OTHER:
            signs |= _ASKED
            self._ask[norm] = (pairs, more, sort)
        return signs

    def _seconds(self, norm: str) -> dict[str, int]:
        """The bits that a word offers with the one after it."""
        pairs = dict.fromkeys(self._amounts.openings.after(norm)[0], self._n)
        for after, signs in self._longer.get(norm, {}).items():
            pairs[after] = pairs.get(after, 0) | signs
        return pairs

    def _asked(self, tokens: Tokens, i: int, last: int) -> int:
        """The bits that a token offers by what follows it."""
        norms = tokens.norms
        norm, after = norms[i], norms[i + 1] if i + 1 < last else ""
        pairs, more, sort = self._ask.get(norm, _ALONE)
        signs = pairs.get(after, 0) if pairs else 0
        if more and self._amounts.opens(norms, i):
            signs |= self._n
        if sort == _WORD:
            number = self._amounts.numerals.read(tokens, i, last)
            return signs if number is None else signs | self._slots(of_words(number))
        if sort == _DIGITS and (after in self._separators or after == ")" or after.isdecimal()):
            return signs | FIGURES
        if sort == _APOSTROPHE and len(after) == 2 and after.isdecimal():
            return signs | self._slots(("shortyear",))
        return signs


def _with(signs: list[int], bits: int) -> list[int]:
    """The places of the signs that have any of some bits."""
    return list(compress(range(len(signs)), map(bits.__and__, signs)))


class _Signs(dict[str, int]):
    """The bits of words, each told when it is first met."""

    def __init__(self, prospects: Prospects) -> None:
        super().__init__()
        self._prospects = prospects

    def __missing__(self, norm: str) -> int:
        found = self[norm] = self._prospects.signs_of(norm)
        return found


class _Rows:
    """Templates by their two rarest bits, with the bits with which they begin."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, int]] = {}
        self._rarest = 0

    def add(self, rarest: int, second: int, first: int) -> None:
        """Add a template."""
        self._rarest |= rarest
        row = self._rows.setdefault(rarest, {})
        row[second] = row.get(second, 0) | first

    def asks_for(self, bit: int) -> bool:
        """Whether a template needs this bit as one of its rarest."""
        return any(bit == rarest or bit in row for rarest, row in self._rows.items())

    def firsts(self, present: int) -> int:
        """The bits with which the templates begin that can match where these bits are present."""
        found, left = 0, present & self._rarest
        while left:
            rarest = left & -left
            left ^= rarest
            for second, first in self._rows[rarest].items():
                if second & present:
                    found |= first
        return found


@lru_cache(_MEMORY)
def of_digits(word: str) -> tuple[str, ...]:
    """The slots that a number of up to four digits may fill."""
    value, size = int(word), len(word)
    may = {
        "day": value < 100,
        "ordinal": value < 100,
        "nth": value < 100,
        "quarter": size <= 2,
        "weeknr": size <= 2,
        "hour": size <= 2,
        "minute": size == 2,
        "shortyear": size == 2,
        "year": size == 4,
        "decade": size in (2, 4) and value % 10 == 0,
    }
    return tuple(slot for slot, so in may.items() if so)


def of_words(number: Numeral) -> tuple[str, ...]:
    """The slots that a number in words may fill."""
    value = number.value
    if number.article or value % 1:
        return ()
    small = ("day", "decade", "hour", "minute") if value < 100 else ()
    if number.ordinal:
        return ("ordinal", *small)
    return ("year",) if 1900 <= value < 2100 else small

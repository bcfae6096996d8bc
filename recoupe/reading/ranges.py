"""Ranges: two numbers with the words between or around them that make them one amount: '40 à 50', '2 to 3 million'."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from recoupe.languages import LanguagePack
from recoupe.reading.measures import Measures, measures
from recoupe.reading.quantities import Quantity
from recoupe.reading.signs import attached_throughout
from recoupe.text.patterns import Patterns
from recoupe.text.tokens import Tokens

Filled = Iterable[tuple[int, Any]]
_NUMBER: Mapping[str, Filled | None] = {"n": None}
_NO_NUMBER: Mapping[str, Filled | None] = {}


class Ranges:
    """Reads the ranges of one language.

    `plain` reads a single number, `plainly` tells whether one may begin with a word, `prefix` reads its currency sign.
    """

    def __init__(
        self,
        pack: LanguagePack,
        plain: Callable[[Tokens, int, int], Quantity | None],
        plainly: Callable[[str], bool],
        prefix: Callable[[Tokens, int, int], tuple[int, str | None]],
    ) -> None:
        self._plain, self._plainly, self._prefix = plain, plainly, prefix
        self._measures: Measures = measures(pack)
        self.templates: Patterns[str] = Patterns(pack.tokenizer, pack.endings)
        for name, templates in pack.tables["figures"]["ranges"].items():
            for template in templates:
                self.templates.add(template, name)
        self._follow = self.templates.follows_slot("n", "") or (set[str](), set[str]())

    def read(self, tokens: Tokens, i: int, limit: int) -> Quantity | None:
        """'entre 10 et 12', '40 à 50', '2 to 3 million'."""

        def fill(name: str, k: int) -> Sequence[tuple[int, Quantity]]:
            number = self._plain(tokens, k, limit) if name == "n" and k < limit else None
            if number is None or number.ordinal or number.odd:
                return ()
            unit = self._measures.at(tokens, number.end, limit, not number.words) if k < limit else None
            with_unit = () if unit is None else ((unit[0], number._replace(unit=unit[1][0])),)
            return ((number.end, number), *with_unit)

        def cells(k: int) -> Mapping[str, Filled | None]:
            return _NUMBER if k < limit and self._plainly(tokens.norms[k]) else _NO_NUMBER

        if not self.templates.may_begin(tokens.norms[i]) and not self._joined(tokens, fill("n", i), limit):
            return None
        for match in self.templates.match(tokens.norms, i, fill, cells):
            low: Quantity = match.captures["n"]
            high: Quantity = match.captures["n2"]
            if (
                match.end > limit
                or (high.article and match.value != "between")
                or (match.value == "joined" and low.words)
            ):
                continue
            if low.factor == 1 and high.factor > 1 and low.value < high.value / high.factor:
                low = low.scaled(high.factor)
            if not low.value < high.value or not self._same_unit(tokens, low, high, limit) or _lettered(tokens, high):
                continue
            if match.value == "joined" and not attached_throughout(tokens, low, high) and low.size > 4:
                continue
            if match.value == "or" and high.value > 3 * low.value:
                continue
            sign = self._prefix(tokens, low.start, limit)[1] or self._prefix(tokens, high.start, limit)[1]
            end = high.end if sign else self._bare_end(tokens, high, match.end)
            words = low.words and high.words
            return high._replace(
                start=i,
                core=i,
                end=end,
                low=low.value,
                high=high.value,
                range=True,
                modified=True,
                words=words,
                unit=sign,
            )
        return None

    def _joined(self, tokens: Tokens, numbers: Iterable[tuple[int, Quantity]], limit: int) -> bool:
        """Whether a template goes on behind one of the numbers that may begin it."""
        words, slots = self._follow
        norms = tokens.norms
        return any(
            end < limit and (norms[end] in words or (bool(slots) and self._plainly(norms[end]))) for end, _ in numbers
        )

    def _same_unit(self, tokens: Tokens, low: Quantity, high: Quantity, limit: int) -> bool:
        """Whether the two ends of a range have one unit between them."""
        if low.unit is None:
            return True
        if high.unit is None:
            after = self._measures.at(tokens, high.end, limit, not high.words)
            return after is not None and after[1][0] == low.unit
        return high.unit == low.unit

    def _bare_end(self, tokens: Tokens, high: Quantity, end: int) -> int:
        """Where the upper number ends without its unit, which is read with the figure."""
        return high.end if high.unit else end


def _lettered(tokens: Tokens, number: Quantity) -> bool:
    """Whether a number is part of a name with a letter: the 'a' of 'six A321' joins no two numbers."""
    before = number.start - 1
    return tokens.surfaces[before].isalpha() and tokens.ends[before] == tokens.starts[number.start]

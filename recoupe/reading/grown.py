"""Grown: a number and its unit that have grown together into one word: 'neunjährig', 'девятилетний'."""

from __future__ import annotations

from recoupe.languages import LanguagePack
from recoupe.reading.numerals import numerals
from recoupe.text.tokens import Tokens

_SHORTEST = 2  # letters of the number


class Grown:
    """Reads such words of one language: by their last part, a unit in the forms of an adjective."""

    def __init__(self, pack: LanguagePack) -> None:
        self._numerals = numerals(pack)
        self._units: dict[str, str] = {}
        for unit, entries in pack.tables["figures"]["grown"].items():
            for words in pack.words(entries):
                self._units["".join(words)] = unit
        self._shortest = min(map(len, self._units), default=1)
        self._ends = frozenset(ending[-self._shortest :] for ending in self._units)
        self._sizes = sorted({len(ending) for ending in self._units}, reverse=True)

    def __call__(self, norm: str) -> tuple[float, str] | None:
        """(number, unit) of a word; None for most words."""
        if norm[-self._shortest :] not in self._ends:
            return None
        for size in self._sizes:
            unit = self._units.get(norm[-size:]) if len(norm) >= size + _SHORTEST else None
            value = self._value(norm[:-size]) if unit is not None else None
            if unit is not None and value is not None:
                return value, unit
        return None

    def unit(self, norm: str) -> str | None:
        """The unit that such a last part is by itself: 'летний' of '52-летний'."""
        return self._units.get(norm)

    def _value(self, word: str) -> float | None:
        """The number that a word is, or tens and a number below ten written together."""
        whole = self._alone(word)
        if whole is not None:
            return whole
        for cut in range(_SHORTEST, len(word) - _SHORTEST):
            tens, rest = self._alone(word[:cut]), self._alone(word[cut:])
            if tens is not None and rest is not None and tens >= 20 and tens % 10 == 0 and 0 < rest < 10:
                return tens + rest
        return None

    def _alone(self, word: str) -> float | None:
        if not self._numerals.begins(word):
            return None
        found = self._numerals.read(Tokens(word, [0], [len(word)], [word], [word]), 0, 1)
        return None if found is None or found.ordinal else found.value

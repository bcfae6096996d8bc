"""Measures: units and currencies after a number, and how they are brought to SI."""

from __future__ import annotations

from recoupe.languages import LanguagePack, shared
from recoupe.reading.document import compiled
from recoupe.text.lexicon import Lexicon
from recoupe.text.tokens import Tokens

Unit = tuple[str, float]
"""A unit's symbol and how many of it one of the word is: a cent is (EUR, 0.01)."""


class Measures:
    """Reads the units of one language."""

    def __init__(self, pack: LanguagePack) -> None:
        everywhere, own = shared("units"), pack.tables["units"]
        self._scale: dict[str, tuple[str, float, float]] = {
            k: (v[0], v[1], v[2]) for k, v in everywhere["scale"].items()
        }
        self._codes = frozenset(everywhere["codes"])
        self.lexicon: Lexicon[Unit] = Lexicon()
        tables = [(own["units"], 1.0), (own["money"], 1.0), (own["hundredths"], 0.01), (everywhere["after"], 1.0)]
        for table, factor in tables:
            for unit, entries in table.items():
                for words in pack.words(entries):
                    self.lexicon.add(words, (unit, factor))
        self.ones: Lexicon[str] = Lexicon()
        """Units in the forms in which one of them may be meant without a word for 'one'."""
        for unit, entries in own["ones"].items():
            for words in pack.words(entries):
                self.ones.add(words, unit)
        for sign, code in everywhere["signs"].items():
            self.lexicon.add(pack.tokenizer.norms(sign), (code, 1.0))
        for code in self._codes:
            self.lexicon.add((code.lower(),), (code, 1.0))
        self._sizes: dict[str, tuple[str, float]] = {k: (v[0], v[1]) for k, v in everywhere["sizes"].items()}
        self._letters: dict[str, str] = {
            letter: unit for unit, letters in everywhere["letters"].items() for letter in letters
        }
        self.currencies = (
            frozenset(own["money"])
            | frozenset(own["hundredths"])
            | self._codes
            | frozenset(everywhere["signs"].values())
        )

    def at(self, tokens: Tokens, j: int, limit: int, digits: bool) -> tuple[int, Unit] | None:
        """The unit that begins at token `j`, as (end, unit). `digits`: the number before it is in digits."""
        if j >= limit:
            return None
        if (
            digits
            and (unit := self._letters.get(tokens.surfaces[j])) is not None
            and self._stands_alone(tokens, j, limit)
        ):
            return j + 1, (unit, 1.0)
        of_money = self._millions(tokens.surfaces[j]) if digits else None
        if of_money is not None:
            return j + 1, of_money
        for end, found in self.lexicon.at(tokens.norms, j):
            if end > limit or (
                end == j + 1
                and found[0] in self._codes
                and found[0].lower() == tokens.norms[j]
                and not tokens.surfaces[j].isupper()
            ):
                continue
            return end, found
        return None

    def _millions(self, word: str) -> Unit | None:
        """30 MEUR, 5 kUSD: a currency and how many of it."""
        if len(word) != 4 or word[0] not in "Mk" or word[1:] not in self._codes:
            return None
        return word[1:], 1e6 if word[0] == "M" else 1e3

    def smaller(self, unit: str, part: Unit) -> float | None:
        """How many of `unit` one of `part` is, where one may say 'two hours thirty minutes'."""
        if part[0] == unit and part[1] < 1:
            return part[1]
        mine, other = self._sizes.get(unit), self._sizes.get(part[0])
        if mine is None or other is None or part[1] != 1 or mine[0] != other[0] or other[1] >= mine[1]:
            return None
        return other[1] / mine[1]

    def normal(self, unit: str) -> tuple[str, float, float]:
        """(unit to report, how many of it, what to add)."""
        return self._scale.get(unit, (unit, 1.0, 0.0))

    def _stands_alone(self, tokens: Tokens, j: int, limit: int) -> bool:
        """A letter close to the number before it, and not the beginning of something like 'm/s'."""
        near = len(tokens.text[tokens.ends[j - 1] : tokens.starts[j]]) <= 1
        glued = j + 1 < limit and tokens.starts[j + 1] == tokens.ends[j] and tokens.norms[j + 1] in "/²³2°"
        return near and not glued


@compiled
def measures(pack: LanguagePack) -> Measures:
    """The reader of units of a pack."""
    return Measures(pack)

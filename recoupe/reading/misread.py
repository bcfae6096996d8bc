"""Misread: what only looks like a time. '2000 people' is no year, 'in 37 seconds' no day, 'this may' no month."""

from __future__ import annotations

from recoupe.languages import LanguagePack
from recoupe.reading.amounts import Amounts
from recoupe.reading.events import things
from recoupe.reading.said import Count
from recoupe.reading.shapes import cuts_figures, is_month, is_spaced, lacks_day
from recoupe.text.patterns import Match
from recoupe.text.tokens import Tokens

_DISTANCES = frozenset({"ahead", "within", "last_n", "next_n", "later", "earlier", "before_event", "after_event"})
_SHORT_UNITS = frozenset({"second", "minute", "hour", "day"})
_SHORTEST = 1999  # the latest year of two digits that a month without a day may have: 'Aug 96'
_NAMING = frozenset({"this", "last", "next", "date"})
_OLDEST = 1500  # a number below stands for no year by itself
_ROUND = 50  # what a number that may be an amount is a multiple of, behind "more than"
_YEARS = (1950, 2050)


class Misread:
    """Tells of the matches of one language which are what they look like."""

    def __init__(self, pack: LanguagePack, amounts: Amounts) -> None:
        words, settings = pack.tables["times"]["words"], pack.tables["times"]["settings"]
        self.amounts = amounts
        self.weak = pack.lexicon({"unit": words["not_after_year"]})
        self.not_last = frozenset(words["not_last"])
        self.not_alone = frozenset(w for told in pack.words(words["not_alone"]) for w in told)
        self.function = frozenset(w.lower() for w in pack.tables["pack"]["words"]["function"])
        self.capitals: bool = settings["capitals"]
        self.noun_capitals: bool = pack.tables["names"]["nouns_capitalised"]
        self.counted = things(pack)

    def fits(self, tokens: Tokens, match: Match[str], i: int, nested: bool = False) -> bool:
        """Leave out what only looks like a time: '2000 people' is no year."""
        if match.value == "alone":
            return i == 0 and len(tokens) <= match.end + 1
        if match.value in ("weak_year", "weak_day", "weak_short", "weak_decade"):
            after = match.end
            before = match.captures.get("begin", i) - 1
            if (
                before >= 0
                and tokens.norms[before] in "-–/"
                and tokens.starts[match.captures.get("begin", i)] == tokens.ends[before]
            ):
                return False
            noun = after < len(tokens) and tokens.surfaces[after][0].isupper() == self.noun_capitals
            if noun and self.counted.at(tokens.norms, after):
                return False  # 'of 2000 soldiers'
            bare = "begin" not in match.captures
            strict = match.value != "weak_year" or bare
            plain = after < len(tokens) and tokens.norms[after] not in self.function
            if strict and plain and noun and tokens.surfaces[after][0].isalpha():
                return False
            if bare and match.captures.get("year", 1) % _ROUND == 0 and self._is_bound(tokens, i):
                return False
            if bare and self.noun_capitals and not _OLDEST <= match.captures.get("year", _OLDEST) < _YEARS[1]:
                return False
        if match.value == "bare_year" and not self._is_year(tokens, match, i):
            return False
        if match.value == "last_n" and i > 0 and tokens.norms[i - 1] in self.not_last:
            return False  # 'expected to last six weeks'
        if match.value == "bare_month" and not nested and tokens.norms[i] in self.not_alone:
            return False
        if match.value == "same" and match.captures["unit"] in _SHORT_UNITS:
            return False
        if match.value == "day_of" and not is_month(match.captures.get("date")):
            return False
        if match.value == "date" and (is_spaced(tokens, i, match.end) or self._ranks(tokens, match)):
            return False
        if match.value == "weak_short" and "day" not in match.captures and match.captures["shortyear"] > _SHORTEST:
            return False
        if (
            self.capitals
            and match.value in _NAMING
            and "begin" not in match.captures
            and self._is_small(tokens, i, match.end)
        ):
            return False  # 'this may', 'one may'
        if not nested and i > 1 and tokens.norms[i - 1] == "/" and cuts_figures(tokens, i):
            return False  # no '1 to 11/2/2024' of '10/1 to 11/2/2024'
        if match.value == "between" and lacks_day(match.captures):
            return False  # '5 - August' is one date
        if match.value == "bare_month" and self.capitals and tokens.surfaces[i].islower():
            return nested and tokens.norms[i] not in self.not_alone
        if match.value in _DISTANCES and not self._is_distance(tokens, match, i):
            return False
        if "year" in match.captures and match.end < len(tokens):
            return not self.weak.at(tokens.norms, match.end)
        return True

    def _is_bound(self, tokens: Tokens, i: int) -> bool:
        """Whether what stands before a round number makes it an amount: 'fast 2000 wurden verletzt'."""
        return not self.amounts.modified_before(tokens, i).isdisjoint(("nearly", "over", "under"))

    def _ranks(self, tokens: Tokens, match: Match[str]) -> bool:
        """Whether the word for a day without a month ranks what comes next: 'on Tuesday the first | generation'."""
        end, norms = match.end, tokens.norms
        worded = norms[end - 1].isalpha() and not norms[end - 2][0].isdigit()
        if "day" not in match.captures or "month" in match.captures or not worded or end >= len(norms):
            return False
        plain = norms[end][0].isalpha() and norms[end] not in self.function
        return plain and not self.amounts.numerals.begins(norms[end])

    def _is_small(self, tokens: Tokens, i: int, end: int) -> bool:
        """Whether an expression ends in a verb that is spelled like a month, after a word: 'one may'."""
        return (
            end - i == 2
            and tokens.norms[end - 1] in self.not_alone
            and tokens.surfaces[end - 1].islower()
            and tokens.surfaces[i].isalpha()
        )

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
        if match.value not in ("ahead", "within", "last_n", "next_n") and "under" in self.amounts.modified_before(
            tokens, i
        ):
            return False
        one, n = match.captures.get("one") or (None, None)
        n, unit = match.captures.get("n", n), match.captures.get("unit", one)
        if match.value in ("ahead", "within", "last_n", "next_n"):
            return unit not in ("second", "minute", "hour")
        return not (isinstance(n, Count) and n.low is None)

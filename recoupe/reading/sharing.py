"""Sharing: figures of one sentence that have a unit, a noun or two bounds between them."""

from __future__ import annotations

from msgspec.structs import replace

from recoupe.languages import LanguagePack
from recoupe.reading.found import COUNT, OTHER, QUANTITY, Found, quantity
from recoupe.reading.measures import measures
from recoupe.reading.surroundings import DURATIONS, STOPS, surroundings
from recoupe.records import Amount
from recoupe.text.tokens import Tokens

_BREAKS = frozenset(".;:!?()[]«»…")


class Sharing:
    """Completes the figures of one language by those beside them."""

    def __init__(self, pack: LanguagePack) -> None:
        self._around, self._measures = surroundings(pack), measures(pack)
        self._both = frozenset(w for words in pack.words(pack.tables["figures"]["words"]["both"]) for w in words)

    def __call__(self, tokens: Tokens, found: list[Found]) -> list[Found]:
        """Give a figure the unit or noun of the one that it is joined to: '71 et 84 ans'."""
        shared_with: set[int] = set()
        for n in range(len(found) - 2, -1, -1):
            mine, other = found[n], found[n + 1]
            between = range(mine.end, other.first)
            joined = len(between) in (1, 2) and all(
                any(s == "joins" for _, s in self._around.words.at(tokens.norms, k)) for k in between
            )
            if between and tokens.norms[mine.end] == "," and n + 1 not in shared_with:
                continue  # a mere list, unless it ends on 'and'
            if not joined or mine.noun is not None or mine.unit is not None or mine.kind not in (COUNT, OTHER):
                continue
            if other.kind == QUANTITY and other.said.unit and not other.said.fraction:
                found[n] = quantity(self._measures, mine.said._replace(unit=other.said.unit))
                shared_with.add(n)
            elif other.kind == COUNT and other.noun is not None and mine.kind == COUNT:
                found[n] = replace(mine, noun=other.noun, concept=other.concept)
                shared_with.add(n)
        for n in range(1, len(found)):
            found[n] = self._elliptic(tokens, found, n)
        return self._bounded(tokens, found)

    def _bounded(self, tokens: Tokens, found: list[Found]) -> list[Found]:
        """'More than 10 and less than 40' is one figure."""
        kept: list[Found] = []
        for figure in found:
            last = kept[-1] if kept else None
            both = self._within(tokens, last, figure) if last is not None else None
            if both is None:
                kept.append(figure)
            else:
                kept[-1] = both
        return kept

    def _within(self, tokens: Tokens, one: Found, other: Found) -> Found | None:
        """Two figures with one bound each as one, if nothing but 'and' or 'but' parts them."""
        bounds = sorted((one, other), key=lambda f: f.said.low is None)
        low, high = bounds[0].said.low, bounds[1].said.high
        open_ends = bounds[0].said.high is None and bounds[1].said.low is None
        if not open_ends or low is None or high is None or not low < high or one.unit not in (None, other.unit):
            return None
        between = tokens.norms[one.end : other.first]
        joined = any(norm in self._both or norm == "," for norm in [*between, tokens.norms[other.first]])
        if len(between) > 3 or not joined:
            return None
        if not all(norm in self._both or norm in self._around.function or norm == "," for norm in between):
            return None
        said = other.said._replace(start=one.first, low=low, high=high, range=True)
        if other.unit is not None:
            return quantity(self._measures, said)
        return replace(other, first=one.first, said=said, amount=Amount(low, high))

    def _elliptic(self, tokens: Tokens, found: list[Found], n: int) -> Found:
        """A bare number takes the unit before it: 'aged 23 and 31', '18 knots against a limit of eight'."""
        mine, last = found[n], found[n - 1]
        if mine.kind not in (COUNT, OTHER) or mine.noun is not None or mine.said.odd or mine.said.article:
            return mine
        if mine.said.factor >= 1e6 and mine.kind == COUNT:
            money = next((f.unit for f in reversed(found[:n]) if f.unit in self._measures.currencies), None)
            return quantity(self._measures, mine.said._replace(unit=money)) if money else mine
        if last.kind != QUANTITY or last.said.unit is None or last.said.fraction or mine.said.factor > 1:
            return mine
        between = tokens.norms[last.end : mine.first]
        if last.unit == "a":
            if (
                len(between) == 1
                and any(sort == "joins" for _, sort in self._around.words.at(tokens.norms, last.end))
                and between[0] != ","
            ):
                return quantity(self._measures, mine.said._replace(unit="a"))
            return mine
        closes = mine.end >= len(tokens) or tokens.norms[mine.end] in STOPS
        if (
            last.unit in DURATIONS
            or not closes
            or len(between) > 8
            or any(norm in _BREAKS for norm in between)
            or not between
        ):
            return mine
        if tokens.norms[mine.first - 1] not in self._around.function or last.unit in self._measures.currencies:
            return mine
        return quantity(self._measures, mine.said._replace(unit=last.said.unit))

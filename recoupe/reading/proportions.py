"""Proportions: shares that words tell without a per cent: 'four in ten', 'one in five', 'every fifth inhabitant'."""

from __future__ import annotations

from recoupe.reading.document import Sentence
from recoupe.reading.measures import Measures
from recoupe.reading.quantities import Quantity
from recoupe.reading.surroundings import Surroundings, closes
from recoupe.text.patterns import Match
from recoupe.text.tokens import Tokens

_WHOLES = {"out_of": (5, 10, 20, 100), "rate": (3, 4, 5, 10, 20, 100)}  # so many of what are a share in templates
_RAREST = 1000  # one in so many


class Proportions:
    """Tells what matches of one language's templates for shares come to."""

    def __init__(self, around: Surroundings, measures: Measures) -> None:
        self._around, self._measures = around, measures

    def __call__(self, tokens: Tokens, match: Match[str], sentence: Sentence) -> Quantity | None:
        """The per cent that a match tells; None where it is no share."""
        said: Quantity = match.captures["nth" if match.value == "each" else "n"]
        if match.value == "hundredths":
            return said
        if match.value in _WHOLES:
            whole = match.captures["n2"].value
            if whole not in _WHOLES[match.value] or not 1 < said.value < whole:
                return None
            if self._measures.at(tokens, match.end, sentence.last, digits=False) is not None:
                return None  # 'killed two in five days'
            value = round(said.value / whole * 100, 6)
        else:
            if not 1 < said.value <= _RAREST or (match.value == "over" and not closes(tokens, match.end, sentence)):
                return None
            if match.value == "each" and not self._are_people(tokens, match.end, sentence):
                return None
            value = round(100 / said.value, 6)
        return said._replace(value=value, low=value, high=value, fraction=True, ordinal=False)

    def _are_people(self, tokens: Tokens, k: int, sentence: Sentence) -> bool:
        """Whether people are told of at a token: 'every fifth inhabitant', but not 'every second day'."""
        return self._around.sort_of(self._around.noun(tokens, k, sentence.last)[1]) == "person"

"""Continuing: the words with which an amount may go on after its first one, so that all others are known to end it."""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.languages import LanguagePack, shared
from recoupe.reading.document import compiled

_TABLES = (
    "cardinals",
    "multipliers",
    "ordinals",
    "halves",
    "denominators",
    "parts",
    "rounds",
    "vague",
    "after",
    "ranges",
)
_OF_DIGITS = ("articles", "joiners", "points", "suffixes")
_UNITS = ("units", "money", "hundredths", "before")
_LETTERS = frozenset("ekmкм")
"""Letters that a number in digits may have behind it: 5e6, 3k, 3M."""


@compiled
def continuing_words(pack: LanguagePack) -> frozenset[str]:
    """Every word that may stand in an amount behind its first one, but for numerals in one word and signs.

    Whole templates are taken apart, so there are some among them that never stand there.
    """
    words = {norm for norms in pack.words(_entries(pack)) for norm in norms}
    everywhere = shared("units")
    millions = (letter + code for letter in "Mk" for code in everywhere["codes"])  # 30 MEUR
    signs = (
        *everywhere["signs"],
        *everywhere["codes"],
        *millions,
        *(s for row in everywhere["after"].values() for s in row),
    )
    letters = (letter for row in everywhere["letters"].values() for letter in row)
    return _LETTERS.union(words, *(pack.tokenizer.norms(sign) for sign in (*signs, *letters)))


def _entries(pack: LanguagePack) -> Iterator[str]:
    """The word lists in which such words stand."""
    figures, units = pack.tables["figures"], pack.tables["units"]
    for table in (*(figures[name] for name in _TABLES), *(units[name] for name in _UNITS)):
        for entries in table.values():
            yield from entries
    for name in _OF_DIGITS:
        yield from figures["digits"][name]

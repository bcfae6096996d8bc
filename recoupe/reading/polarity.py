"""Polarity: the words by which a text denies, leaves open, or vouches by denying that there is any doubt."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from recoupe.languages import LanguagePack
from recoupe.reading.document import Document, compiled
from recoupe.reading.speech import speech_of
from recoupe.text.lexicon import Lexicon

ASSERTED, DENIED, UNCONFIRMED = "asserted", "denied", "unconfirmed"
NEGATIVE, DOUBT, UNSETTLED, REFUSAL, NO, OPEN = "negative", "doubt", "unsettled", "refusal", "no", "open"
_REACH = {DOUBT: (5, 5), UNSETTLED: (3, 2)}  # words between a 'no' and what it is said of: after it, before it
_PAUSES = frozenset(',;:()—–«»"“”')


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that make a `stance`, tokens `first` to `last` (excluded).

    `word` tells a bare 'no' or 'not', which denies what stands after it, from words that say all by themselves ('is
    false', 'no doubt', 'declined to comment'). `tested`: it only counts where a test is told of ('negative').
    """

    first: int
    last: int
    stance: str
    word: bool = False
    tested: bool = False


def read_signs(doc: Document) -> list[Sign]:
    """Every sign of a document in order, without overlap."""
    known, norms = _known(doc.pack), doc.norms
    excepted = {k for i, end, _ in speech_of(doc.pack).denial_exceptions.find(norms) for k in range(i, end)}
    found: list[Sign] = []
    end = 0
    for i in known.places(norms):
        if i < end:
            continue
        sign = _sign(known, norms, i, excepted)
        if sign is not None and sign.first >= end and not (sign.word and _joined(doc, sign.last)):
            found.append(sign)
            end = sign.last
    return found


def _joined(doc: Document, i: int) -> bool:
    """Whether the word before a token is the first part of a compound: 'no-bid contracts'."""
    tokens = doc.tokens
    if i + 1 >= len(tokens) or tokens.norms[i] != "-":
        return False
    return tokens.starts[i] == tokens.ends[i - 1] and tokens.starts[i + 1] == tokens.ends[i]


def _sign(known: Lexicon[str], norms: list[str], i: int, excepted: AbstractSet[int]) -> Sign | None:
    """The sign that begins at word `i`, or a 'no' there with what it is said of before it."""
    here = known.at(norms, i)
    for last, sort in here:
        if sort in (DENIED, OPEN):
            return Sign(i, last, DENIED if sort == DENIED else UNCONFIRMED)
        if sort in (NO, REFUSAL):
            for what in (DOUBT, UNSETTLED) if sort == NO else (UNSETTLED,):
                at = _beside(known, norms, (i, last), what, _REACH[what] if sort == NO else (_REACH[what][0], 0))
                if at is not None:
                    return Sign(*at, ASSERTED if what == DOUBT else UNCONFIRMED)
            if sort == NO and i not in excepted:
                return Sign(i, last, DENIED, word=True)
        if sort == NEGATIVE:
            return Sign(i, last, DENIED, tested=True)
    return None


def _beside(
    known: Lexicon[str], norms: list[str], here: tuple[int, int], what: str, reach: tuple[int, int]
) -> tuple[int, int] | None:
    """The tokens from a 'no' to what it is said of, or from that to the 'no' ('Zweifel gibt es nicht')."""
    for places in (range(here[1], here[1] + reach[0] + 1), range(here[0] - 1, here[0] - reach[1] - 1, -1)):
        for j in places:
            if not 0 <= j < len(norms) or norms[j] in _PAUSES:
                break
            for last, sort in known.at(norms, j):
                if sort == what:
                    return min(here[0], j), max(here[1], last)
    return None


@compiled
def _known(pack: LanguagePack) -> Lexicon[str]:
    """The words of `[denial]` in a pack's speech.toml, each with its sort."""
    table = pack.tables["speech"]["denial"]
    named = {DENIED: table["phrases"], NO: table["words"]}
    return pack.lexicon(named | {sort: table[sort] for sort in (NEGATIVE, DOUBT, REFUSAL, UNSETTLED, OPEN)})

"""Agreement: how far two statements are from saying the same, by what survives translation and by who says it.

The content: names, figures with their units, times, and the keys of events, concepts and meanings, the rarer in the
story the more they tell; within one language also the stems of the words. The source: one person, one side (a
spokeswoman speaks for her ministry, 'Moscow' for the Russian one), or words for the same office.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from recoupe.comparing.units import dimension, in_unit
from recoupe.records import Amount, Relation, Span

# How alike two contents must be, by what is known of who says them.
_NEEDED = {"same": 0.17, "side": 0.22, "kin": 0.24, "open": 0.42, "apart": 0.80, "foreign": 2.0}
_BOTH_DENY, _BOTH_REJECT = 0.15, 0.22  # less where both deny something, or both reject it with their cue
_ONE_DENIES, _ONE_QUOTE_DENIES = 0.25, 0.08  # more where one does
_BOTH_QUOTED = 0.20  # less where two sources are apart and both are quoted: one quotation, given to two
_ONE_TONGUE = 0.07  # more where one source speaks in one language, in which all words can meet
_FEELING = frozenset({"accuse", "condemn", "praise", "demand", "threaten", "thank", "apologise", "promise"})
_OTHER_ACT = 0.10  # more where one of these is done in one statement alone
_ONE_FIGURE = 0.22  # less where both have one telling figure
_POWER = 1.5  # how steeply rarity tells
_CLOSE = 0.03  # two amounts in one unit differ by so much at most, as conversions do
_KINDS = {"n": 0.6, "t": 0.9, "s": 1.0, "m": 1.0, "k": 0.7, "c": 0.7}
_KIN = 0.35  # share of the words of one source that the other has
_TELLING = 10  # a smaller number may be shared by chance
_FEW = 3  # keys: with fewer, to be contained in another statement means little


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with the keys of its content and of its source.

    `speaker` is the id of a Person, `side` the country that the source speaks for, `voice` the keys of its words.
    `keys` are those that all languages share, `stems` those of one language. `denies`: the content or its cue is
    negated, but not both; `rejects`: the cue is. `named`: a source is there; `pronoun`: it
    is none but a word for one named before; `wire`: it is an agency; `bare`: it is
    no person with a name. `tolls` are numbers of people to whom something happened, each with what (`c:killed`).
    """

    reading: int
    statement: int
    lang: str
    speaker: str | None
    human: bool
    side: str | None
    voice: frozenset[str]
    keys: frozenset[str]
    stems: frozenset[str]
    amounts: tuple[Amount, ...]
    denies: bool
    rejects: bool
    quoted: bool
    act: str
    named: bool
    pronoun: bool
    wire: bool
    bare: bool
    tolls: tuple[tuple[str, Amount], ...]
    spans: tuple[Span, ...]

    def index(self) -> set[str]:
        """The keys by which statements worth comparing are found."""
        found = {*self.keys, *(f"{self.lang}:{s}" for s in self.stems)}
        found.update(f"v:{dimension(a.unit)}:{_size(a)}" for a in self.amounts)
        who = self.side or self.speaker
        if self.rejects and who:
            found.add(f"!:{who}")
        return found


def _size(amount: Amount) -> float:
    """One bound of an amount in the base of its dimension, with two digits: a key that conversions mostly share."""
    bound = amount.low if amount.low is not None else amount.high
    return float(f"{bound or 0.0:.1e}")


class Weights:
    """What keys tell: little if many statements have them."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._total = max(2, len(said))
        count = Counter(key for s in said for key in (*s.keys, *s.stems))
        self._keys = {
            key: float((_KINDS.get(key[0], 1.0) * math.log(1 + self._total / n)) ** _POWER) for key, n in count.items()
        }
        self._contents: dict[tuple[int, int, bool], tuple[set[str], float]] = {}
        self._voices = Counter(key for s in said for key in s.voice)
        self._figures = Counter(key for s in said for key in {_size(a) for a in s.amounts})

    def of(self, key: str) -> float:
        """The weight of a key of contents."""
        return self._keys[key]

    def content(self, said: Said, stems: bool) -> tuple[set[str], float]:
        """The keys of a statement, with or without stems, and what they and its figures weigh together."""
        place = (said.reading, said.statement, stems)
        if place not in self._contents:
            keys = set(said.keys)
            if stems:
                keys |= said.stems
            self._contents[place] = keys, sum(map(self.of, keys)) + sum(map(self.figure, said.amounts))
        return self._contents[place]

    def voice(self, key: str) -> float:
        """The weight of a key of sources."""
        return math.log(1 + self._total / max(1, self._voices[key]))

    def figure(self, amount: Amount) -> float:
        """The weight of a number: a small one may be shared by chance."""
        telling = 1.5 if _tells(amount) else 0.8
        return float((telling * math.log(1 + self._total / max(1, self._figures[_size(amount)]))) ** _POWER)


def _tells(amount: Amount) -> bool:
    """Whether a number is not likely to stand in two statements by chance."""
    size = abs(amount.low or amount.high or 0.0)
    return size >= _TELLING or size != int(size)


def clash(a: Said, b: Said) -> bool:
    """Whether two statements surely say two things: two tolls of one kind, or no figure of one could be the other's."""
    for ask, x in a.tolls:
        others = [y for asked, y in b.tolls if asked == ask]
        if others and not any(_equal(x, y) for y in others):
            return True
    if not a.amounts or not b.amounts:
        return False
    return not any(_may_be(x, y) for x in a.amounts for y in b.amounts)


def _may_be(x: Amount, y: Amount) -> bool:
    if _equal(x, y):
        return True
    return dimension(x.unit) == dimension(y.unit) and x.relation(in_unit(y, x.unit)) is not Relation.CONFLICT


def _figures(a: Said, b: Said) -> list[Amount]:
    """The figures of `a` that `b` has too, perhaps in another unit."""
    return [x for x in a.amounts if any(_equal(x, y) for y in b.amounts)]


def _equal(x: Amount, y: Amount) -> bool:
    """Whether two amounts are one, perhaps converted or rounded; a number alone may be one with any unit."""
    if dimension(x.unit) != dimension(y.unit) and x.unit and y.unit:
        return False
    if x.unit and y.unit:
        y = in_unit(y, x.unit)
    p, q = _middle(x), _middle(y)
    if p == q:
        return True
    whole = p == int(p) and q == int(q)
    return not whole and abs(p - q) <= _CLOSE * max(abs(p), abs(q))


def _middle(amount: Amount) -> float:
    known = [v for v in (amount.low, amount.high) if v is not None]
    return sum(known) / len(known) if known else 0.0


def likeness(a: Said, b: Said, weights: Weights) -> float:
    """The share of their weight that two contents have in common, 0 to 1."""
    mine, x = weights.content(a, a.lang == b.lang)
    theirs, y = weights.content(b, a.lang == b.lang)
    common = mine & theirs
    figures = _figures(a, b)
    if not common and not figures:
        return 0.0
    both = sum(map(weights.of, common)) + sum(weights.figure(f) * _sureness(f, b) for f in figures)
    cosine = min(1.0, both / math.sqrt(x * y))
    if min(len(mine) + len(a.amounts), len(theirs) + len(b.amounts)) < _FEW and a.act != b.act:
        return cosine
    return 0.5 * cosine + 0.5 * min(1.0, both / min(x, y))


def _sureness(x: Amount, b: Said) -> float:
    """What a common figure counts for: half where only the middle of a range is met."""
    return 1.0 if any(_equal(x, y) and x.exact == y.exact for y in b.amounts) else 0.5


def voices(a: Said, b: Said, weights: Weights) -> str:
    """What two sources are to each other: same, side, kin, open (little is known), apart or foreign."""
    if a.speaker is not None and a.speaker == b.speaker:
        return "same"
    if not (a.named and b.named) or a.wire or b.wire:
        return "apart"
    if a.side is not None and b.side is not None:
        if a.side != b.side:
            return "foreign"
        return _two_people(a, b) if a.human and b.human else "side"
    if a.human and b.human:
        return _two_people(a, b)
    if a.voice and b.voice:
        mine, theirs = _telling_voice(a, b), _telling_voice(b, a)
        common = sum(map(weights.voice, mine & theirs))
        if a.speaker and b.speaker and all(k[0] in "ho" for k in mine & theirs):
            common = 0.0  # two bodies of one sort
        if common and common >= _KIN * min(sum(map(weights.voice, mine)), sum(map(weights.voice, theirs))):
            return "kin"
        if _speaks_for(a, b) or _speaks_for(b, a):
            return "kin"
    unknown = (a.speaker is None and not a.voice) or (b.speaker is None and not b.voice)
    bodies = a.lang != b.lang and not a.human and not b.human and not (a.voice and b.voice)
    return "open" if unknown or bodies else "apart"


def _speaks_for(a: Said, b: Said) -> bool:
    """Whether one is a spokesman and the other a body."""
    return "r:spokesperson" in a.voice and b.bare and any(v.startswith("h:") for v in b.voice)


def _two_people(a: Said, b: Said) -> str:
    """Two people do not say one statement, unless a pronoun was given to the wrong one."""
    return "apart" if a.pronoun or b.pronoun else "foreign"


_SPEAKING = frozenset({"r:spokesperson", "r:director", "r:delegate", "c:leaders", "m:leader", "m:head"})


def _telling_voice(a: Said, b: Said) -> frozenset[str]:
    """The words of a source by which it can be the other one: who leads a body or speaks for it stands for it."""
    voice = a.voice if a.lang == b.lang else frozenset(v for v in a.voice if not v.startswith("o:"))
    return voice - _SPEAKING or voice


def margin(a: Said, b: Said, weights: Weights) -> float:
    """By how much two statements are more alike than they must be to say the same."""
    who = voices(a, b, weights)
    needed = _NEEDED[who]
    if a.lang == b.lang and who in ("same", "kin"):
        needed += _ONE_TONGUE
    if who == "apart" and a.quoted and b.quoted:
        needed -= _BOTH_QUOTED
    if any(_tells(x) and any(_equal(x, y) and x.exact == y.exact for y in b.amounts) for x in a.amounts):
        needed -= _ONE_FIGURE
    elif a.act != b.act and not _FEELING.isdisjoint((a.act, b.act)):
        needed += _OTHER_ACT
    if a.rejects and b.rejects:
        needed -= _BOTH_REJECT
    elif a.denies and b.denies:
        needed -= _BOTH_DENY
    if a.denies != b.denies:
        needed += _ONE_QUOTE_DENIES if a.quoted or b.quoted else _ONE_DENIES
    return likeness(a, b, weights) - needed

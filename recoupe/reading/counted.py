"""What figures count and measure: who was killed, of what there were six, whose age or price it is, and where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from recoupe.languages import shared
from recoupe.reading.claimed import Claimed
from recoupe.reading.context import WIDEST, Context
from recoupe.reading.document import Document, Sentence
from recoupe.reading.events import ConceptMention
from recoupe.reading.found import AGE
from recoupe.reading.speech import speech_of
from recoupe.records import Amount, Figure, Kind

PART = "part"  # asked of a part: 'of whom two firefighters'
WITHIN = "w:"  # asked of one place alone: 'in Belgium', 'abroad'
ABROAD = "m:abroad"
_MOST_PARTS = 12  # of a whole that are looked at
_LED_IN = 6  # tokens of a place that a sentence begins with, with the comma
_ARTICLES = 3  # tokens between 'in' and a name, with 'in' itself
_REACH = 12.0  # words within which a predicate still says what is counted
_MEASURE_REACH = 8.0
_TIMES = frozenset(("s", "min", "h", "d", "wk", "mo", "a"))  # units
_BESIDE_NAME = frozenset((",", "("))  # between a name and an age
_LONGEST_NAME = 8  # tokens
_INHABITANTS, _POPULATION = "inhabitants", "population"  # ids of concepts.toml
_PAUSES = frozenset((",", ";", ":", "(", ")", "—", "–", "."))
NUMBERS = frozenset(("m:number", "m:death_toll"))  # meanings of words for how many there are
_OF_WHOLE = 4  # tokens from a part to its whole
_OF_NUMBER = 3  # tokens from 'the number' to what it is of
_TOLD = 16  # tokens between 'the number of dead' and that number
_RISEN = 8  # tokens between a verb of change and the figure that it leads to
_COURSE = frozenset(("rise", "fall"))  # kinds of event by which a number moves
_PHRASE = 12  # words of a predicate, at most
NEAR = 80  # tokens around a claim among which is whatever is within reach of it: bounds the work on hostile text


@dataclass(frozen=True, slots=True)
class _Counted:
    """A figure in its sentence."""

    figure: Figure
    sentence: Sentence
    first: int
    last: int
    ranked: bool = False  # 'a third person has died' counts three dead


class FigureClaims:
    """Makes the claims of one document's figures; `places` are the ids of the names of places."""

    def __init__(self, doc: Document, context: Context, places: Set[str]) -> None:
        self.doc, self.context, self._places = doc, context, places
        self._firsts: list[int] = []  # tokens with which figures begin
        self._ends: set[int] = set()  # tokens after a figure, and after it with its noun
        self._states = _states()

    def read(self, figures: Sequence[Figure]) -> list[Claimed]:
        """The claims of the counts and measures among a document's figures, in the order of the text."""
        by_sentence: dict[int, list[_Counted]] = {}
        for figure in figures:
            sentence = self.doc.sentence_at(figure.span.start)
            if sentence is None or sentence.heading or figure.kind not in ("count", "quantity", "ordinal"):
                continue
            first, last = self.doc.tokens_of(figure.span)
            ranked = figure.kind == "ordinal"
            if ranked and not (figure.amount.low and self._person_at(last)):
                continue
            counted = _Counted(replace(figure, kind="count") if ranked else figure, sentence, first, last, ranked)
            by_sentence.setdefault(sentence.first, []).append(counted)
            self._ends.update((last, self._noun_end(counted)))
            self._firsts.append(first)
        found: list[Claimed] = []
        asked: tuple[str, ...] = ()
        previous: _Counted | None = None
        measured: tuple[_Counted, tuple[str, ...]] | None = None
        for key in sorted(by_sentence):
            row = by_sentence[key]
            predicates = self._predicates(row)
            parts = _parts(row)
            made: list[Claimed] = []
            for i, counted in enumerate(row):
                if counted.ranked and (predicates[i] is None or i):  # 'two were killed and a third hurt': one is
                    continue
                asks = self._asks(counted, predicates[i])
                if i + 1 < len(row):
                    asks = self._of_whole(counted, row[i + 1], asks)
                if counted.figure.kind == "count":
                    asks = self._inherited(counted, asks, asked, previous)
                    if i in parts and PART not in asks:
                        asks = (*asks, PART)
                    asked, previous = asks, counted
                else:
                    asks = tuple(dict.fromkeys([*self._measured(counted), *asks]))
                    asks = self._like_before(counted, asks, measured)
                    measured = counted, asks
                made.append(self._claim(counted, asks))
            found += _by_place(made)
        return found

    def _person_at(self, token: int) -> bool:
        """Whether a noun for people, or for what befell them, stands at a token."""
        here = [c.concept for c in self.context.concepts_in(token, token + 1) if not c.predicate]
        return any(shared("concepts").get(c, {}).get("sort") in ("person", "casualty", "justice") for c in here)

    def _like_before(
        self, counted: _Counted, asks: tuple[str, ...], before: tuple[_Counted, tuple[str, ...]] | None
    ) -> tuple[str, ...]:
        """A measure without a word for it is what the one before it in the sentence is: '43 % and 37 %'."""
        own = tuple(a for a in asks if a != PART)
        if before is None or before[0].sentence is not counted.sentence or _unit(before[0]) != _unit(counted):
            return own  # a part of nothing that is measured
        return asks

    def _claim(self, counted: _Counted, asks: tuple[str, ...]) -> Claimed:
        figure = counted.figure
        kind = Kind.COUNT if figure.kind == "count" else Kind.QUANTITY
        terms = self.context.terms(counted.sentence, counted.first, counted.last)
        return Claimed(kind, figure.span, figure.amount, counted.sentence.span, asks, terms)

    def _predicates(self, row: list[_Counted]) -> list[str | None]:
        """What befell those counted: one-to-one by nearness, then shared with those who have none."""
        sentence = row[0].sentence
        here = [c for c in self.context.concepts_in(sentence.first, sentence.last) if self._befalls(c)]
        if not here:
            return [None] * len(row)
        firsts = [c.first for c in here]
        of_parts = {o.first for o in row if self._is_of_parts(o) and not any(self._is_of_all(o, c) for c in here)}
        wholes = [o for o in row if o.figure.kind == "count" and o.first not in of_parts and not self._is_part(o)]
        options = []
        for i, counted in enumerate(row):
            if counted.figure.kind == "count" and counted.first not in of_parts and self._is_acted_on(counted.figure):
                low, high = _room(wholes, counted, sentence)
                for j in range(bisect_left(firsts, low - _PHRASE), bisect_right(firsts, high)):
                    distance = self._reach(counted, here[j], low)
                    if distance is not None:
                        options.append((distance, i, j))
        options.sort()
        found: list[str | None] = [None] * len(row)
        used: set[int] = set()
        for distance, i, j in options:
            if found[i] is None and j not in used and distance <= _REACH:
                found[i] = here[j].concept
                used.add(j)
        for _, i, j in options:
            if found[i] is None:
                found[i] = here[j].concept
        return found

    def _is_of_parts(self, counted: _Counted) -> bool:
        """Whether it is a whole of which a part is spoken of: the 300 of '12 of the 300' and 'most of the 300'."""
        norms, pack = self.doc.norms, self.doc.pack
        out = False
        for at in range(counted.first, max(counted.sentence.first, counted.first - _OF_WHOLE), -1):
            before = norms[at - 1]
            out = out or before in pack.out_of_words
            if out and (at in self._ends or before in pack.share_words):
                return True
            if not self._is_between(before) or before in pack.joiners:
                return False
        return False

    def _is_of_all(self, whole: _Counted, concept: ConceptMention) -> bool:
        """Whether a concept is said of a whole, not of the part spoken of: 'one of the 12 people killed was a cook'."""
        if concept.first > self._noun_end(whole) or concept.last <= whole.first:
            return False
        after = self.doc.norms[concept.last : min(self._clause(whole)[1], concept.last + _PHRASE)]
        speech = speech_of(self.doc.pack)
        return any(norm in speech.perfect or norm in speech.passive for norm in after)

    def _befalls(self, concept: ConceptMention) -> bool:
        """Whether a concept says what became of people: killed, arrested; that a number rose befell nobody."""
        if concept.predicate:
            return bool(shared("concepts").get(concept.concept, {}).get("sort") != "share")
        return self._is_state(concept.concept)

    def _reach(self, me: _Counted, predicate: ConceptMention, floor: int) -> float | None:
        """Distance from a figure to a word for what befell people; None where it overlaps or ends before token `floor`.

        A noun reaches a figure only from beside it ('four people dead', 'the death of four'), or as what has risen to
        it ('the number of dead has risen to four').
        """
        low, high = (me.last, predicate.first) if predicate.first >= me.last else (predicate.last, me.first)
        if low > high or predicate.last < floor:
            return None
        norms = self.doc.norms[low:high]
        if not predicate.predicate:
            after = predicate.first >= me.last
            beside = predicate.first <= self._noun_end(me) + 1 if after else len(norms) <= 2 and self._of(norms)
            if not beside and (after or not (self._risen(me, predicate.last) or self._numbers(me, predicate))):
                return None
            return 0.0
        joiners = self.doc.pack.joiners
        joined = sum(n in joiners for n in norms)
        return self.context.distance(me.first, me.last, predicate.first, predicate.last) + 4.0 * joined

    def _of(self, norms: Sequence[str]) -> bool:
        pack = self.doc.pack
        return all(n in pack.of_words or (n in pack.function_words and n not in pack.joiners) for n in norms)

    def _lives_there(self, counted: _Counted) -> bool:
        """Whether inhabitants are counted to whom nothing happens and who do nothing: the size of a town."""
        if counted.figure.concept != _INHABITANTS:
            return False
        return not self.context.events_in(*self._clause(counted))

    def _noun_end(self, counted: _Counted) -> int:
        """The token after a figure with its noun."""
        noun = counted.figure.noun
        return max(counted.last, self.doc.tokens_of(noun)[1]) if noun is not None else counted.last

    def _risen(self, counted: _Counted, after: int) -> bool:
        """Whether between token `after` and a figure a verb says that a number rose or fell to it."""
        if not self._led_to(counted, after):
            return False
        return any(e.kind in _COURSE for e in self.context.events_in(max(after, counted.first - _RISEN), counted.first))

    def _led_to(self, counted: _Counted, after: int) -> bool:
        """Whether token `after` leads to a figure: it has no noun of its own, or stands in one breath with it.

        'The number of dead rose to 25 people', but not 'the number of dead rose and 25 people fled'.
        """
        if counted.figure.concept is None:
            return True
        norms = self.doc.norms[after : counted.first]
        return self.doc.pack.joiners.isdisjoint(norms) and _PAUSES.isdisjoint(norms)

    def _numbers(self, counted: _Counted, noun: ConceptMention) -> bool:
        """Whether a noun stands for a number that a figure after it tells: 'the number of dead stood at 23'."""
        if counted.first - noun.last > _TOLD or not self._led_to(counted, noun.last):
            return False
        return any(m.key in NUMBERS for m in self.context.marks(noun.first - _OF_NUMBER, noun.last))

    def _asks(self, counted: _Counted, predicate: str | None) -> tuple[str, ...]:
        """What a figure counts or measures, the most telling first."""
        figure = counted.figure
        asks: list[str] = []
        if predicate:
            asks.append(f"c:{predicate}")
        if self._lives_there(counted):
            return (f"c:{_POPULATION}",)
        if figure.concept:
            asks.append(f"c:{figure.concept}")
        if figure.noun is not None:
            first, last = self.doc.tokens_of(figure.noun)
            asks += [m.key for m in self.context.marks(first, last) if m.key not in asks and m.key[0] in "ckms"]
        if self._is_part(counted):
            asks.append(PART)
        places = () if counted.ranked else self._within(counted)  # the third to die died there, not all three
        return tuple(dict.fromkeys([*asks, *places]))

    def _of_whole(self, part: _Counted, whole: _Counted, asks: tuple[str, ...]) -> tuple[str, ...]:
        """A part without a noun counts what its whole counts: '52 of the 101 seats'; not what befell the whole."""
        norms, pack = self.doc.norms[part.last : whole.first], self.doc.pack
        bare = part.figure.concept is None and part.figure.noun is None
        if not bare or len(norms) > _OF_WHOLE or {part.figure.kind, whole.figure.kind} != {"count"}:
            return asks
        if pack.out_of_words.isdisjoint(norms) or any(not self._is_between(n) for n in norms):
            return asks
        own = (a for a in self._asks(whole, None) if a[0] in "cms" and not self._is_state(a[2:]))
        return tuple(dict.fromkeys([*asks, *own]))

    def _is_between(self, norm: str) -> bool:
        return norm in self.doc.pack.out_of_words or norm in self.doc.pack.function_words

    def _within(self, counted: _Counted) -> list[str]:
        """The places within which it is counted: '13 in Belgium', 'abroad 280,000 voted', 'five Dutch people'.

        Of a place for each figure it has its own: 'three in Germany and one in Luxembourg'.
        """
        first, last = self._clause(counted)
        begin, norms = counted.sentence.first, self.doc.norms
        if begin < first <= begin + _LED_IN and norms[begin] in self.doc.pack.in_words:
            first = begin  # 'In Spain, twelve people …'
        noun = (counted.last, self._noun_end(counted))
        there = [
            (mark.first, "abroad" if mark.key == ABROAD else mark.key[2:])
            for mark in self.context.marks(first, last)
            if mark.key == ABROAD
            or (mark.key[0] == "n" and mark.key[2:] in self._places and self._is_there(mark.first, first, noun))
        ]
        after = bisect_left(self._firsts, counted.last)
        next_one = self._firsts[after] if after < len(self._firsts) else last
        own = [place for at, place in there if counted.last <= at < next_one]
        return [WITHIN + place for place in own or (place for _, place in there)]

    def _is_there(self, at: int, floor: int, noun: tuple[int, int]) -> bool:
        """Whether the name of a place at token `at` says where: 'in' stands before it, or it is what is counted."""
        if noun[0] <= at < noun[1]:
            return True
        pack, norms = self.doc.pack, self.doc.norms
        floor = max(floor, at - _ARTICLES)
        while at > floor:
            at -= 1
            if norms[at] in pack.in_words:
                return True
            if norms[at] not in pack.function_words:
                return False
        return False

    def _clause(self, counted: _Counted) -> tuple[int, int]:
        """The tokens around a figure up to the next signs, no more than NEAR either way."""
        first, last = counted.first, counted.last
        floor, end = around(counted.sentence, first, last)
        while first > floor and self.doc.norms[first - 1] not in _PAUSES:
            first -= 1
        while last < end and self.doc.norms[last] not in _PAUSES:
            last += 1
        return first, last

    def _measured(self, counted: _Counted) -> list[str]:
        """The nearest word in the sentence for what has such a unit: a radius, an age, a fine; and whose age it is."""
        unit = _unit(counted)
        if counted.figure.concept == AGE:
            return [f"c:{AGE}", *self._of_bearer(counted)]
        here = self.context.concepts_in(*around(counted.sentence, counted.first, counted.last))
        ranked = sorted(
            (self.context.distance(counted.first, counted.last, c.first, c.last), c.first, c.concept)
            for c in here
            if _fits(c.concept, unit)
        )
        found = [f"c:{concept}" for distance, _, concept in ranked[:1] if distance <= _MEASURE_REACH]
        if unit == "a" and found in ([], [f"c:{AGE}"]) and (bearer := self._of_bearer(counted)):
            return [f"c:{AGE}", *bearer]
        return found

    def _of_bearer(self, counted: _Counted) -> list[str]:
        """What says whose age it is."""
        bearer = self._bearer(counted)
        return [] if bearer is None else [f"n:{bearer}"]

    def _bearer(self, counted: _Counted) -> str | None:
        """The person whose age stands right after the name: 'Anna Pell, 44,', 'Yanis Beltram, vingt ans'."""
        at = counted.first
        while at > counted.sentence.first and self.doc.norms[at - 1] in _BESIDE_NAME:
            at -= 1
        near = self.context.marks(max(counted.sentence.first, at - _LONGEST_NAME), at)
        return next((m.key[2:] for m in near if m.last == at and m.key[0] == "n"), None)

    def _ends_figure(self, counted: _Counted, i: int) -> bool:
        """Whether a figure with its noun ends right before token `i`, articles aside."""
        floor = max(counted.sentence.first, i - _PHRASE)
        while i > floor and i not in self._ends and self.doc.norms[i - 1] in self.doc.pack.function_words:
            i -= 1
        return i in self._ends

    def _is_part(self, counted: _Counted) -> bool:
        """Whether it counts a part of those named before, or what comes on top.

        'of whom two firefighters', 'four more'.
        """
        norms, pack = self.doc.norms, self.doc.pack
        begin = max(counted.sentence.first, counted.first - 3)
        before = norms[begin : counted.first]
        if before and before[-1] in pack.of_words | pack.part_words and self._ends_figure(counted, counted.first - 1):
            return False  # '52 of the 101': the second is the whole
        after = norms[counted.last : min(counted.last + 2, counted.sentence.last)]
        parts = pack.part_words
        return not (parts.isdisjoint(before) and parts.isdisjoint(after[:1]) and pack.more_words.isdisjoint(after))

    def _inherited(
        self, counted: _Counted, asks: tuple[str, ...], asked: tuple[str, ...], previous: _Counted | None
    ) -> tuple[str, ...]:
        """A figure without a noun counts what the figure before it counted.

        '3,800 by the police, 12,000 by the unions'.
        """
        own = [a for a in asks if a != PART]
        mine = {a for a in own if self._is_state(a[2:])}
        if previous is None or counted.sentence.paragraph - previous.sentence.paragraph > 1:
            return tuple(own) if mine else asks
        if PART in asks:
            states = [a for a in asked if self._is_state(a[2:])]
            if mine and mine.isdisjoint(states):
                return tuple(own)  # 'three dead, twelve more injured': twelve are all the injured
            return asks if mine else tuple(dict.fromkeys([*states, *asks]))
        if all(a == "c:people" or a.startswith(WITHIN) for a in own):
            return tuple(dict.fromkeys([*own, *(a for a in asked if a != PART and not a.startswith(WITHIN))]))
        return asks

    def _is_acted_on(self, figure: Figure) -> bool:
        """Whether what is counted can be killed or arrested, and its noun does not say so already."""
        return figure.concept is None or shared("concepts").get(figure.concept, {}).get("sort") == "person"

    def _is_state(self, concept: str | None) -> bool:
        return concept in self._states


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """The concepts that say what became of somebody."""
    rows = shared("concepts").items()
    return frozenset(
        k for k, row in rows if row.get("sort") in ("casualty", "justice") and row.get("parent") != "people"
    )


def _room(wholes: list[_Counted], me: _Counted, sentence: Sentence) -> tuple[int, int]:
    """Between which tokens of a sentence a predicate can belong to a figure: up to the counted things on both sides."""
    low, high = max(sentence.first, me.first - WIDEST), min(sentence.last, me.last + WIDEST)
    at = bisect_left(wholes, me.first, key=lambda o: o.first)
    if at:
        low = max(low, wholes[at - 1].first + 1)
    after = next((o.first for o in wholes[at : at + 2] if o.first >= me.last), None)
    return low, high if after is None else min(high, after)


def _fits(concept: str, unit: str | None) -> bool:
    """Whether a word for a measure can be what has such a unit: no theft takes 52 years."""
    sort = str(shared("concepts").get(concept, {}).get("sort"))
    if unit in shared("units")["codes"]:
        return sort == "money"
    if unit == "%":
        return sort in ("share", "measure")
    if unit in _TIMES:
        return sort == "duration" or (concept == AGE and unit in ("a", "mo"))
    return sort == "measure" and concept != AGE


def _parts(row: Sequence[_Counted]) -> set[int]:
    """The places in a sentence's row of figures of those that add up to the count before them.

    'A total of 23: 13 passengers, six cyclists and four walkers'.
    """
    found: set[int] = set()
    counts = [(i, c.figure.amount.low) for i, c in enumerate(row) if c.figure.kind == "count"]
    exact = [(i, low) for i, low in counts if low and row[i].figure.amount.exact]
    for at, (_, whole) in enumerate(exact):
        total = 0.0
        for size, (_, part) in enumerate(exact[at + 1 : at + 1 + _MOST_PARTS], 1):
            total += part
            if total >= whole:
                if total == whole and size > 1:
                    found.update(i for i, _ in exact[at + 1 : at + 1 + size])
                break
    return found


def _by_place(claims: list[Claimed]) -> list[Claimed]:
    """The claims of a sentence; those that tell a whole place by place are told to be its parts.

    '23 cases, 13 in Belgium and six in the Netherlands'.
    """
    whole: float | None = None
    listed: list[int] = []
    parts: set[int] = set()
    for i, claim in enumerate([*claims, None]):
        there = claim is not None and any(a.startswith(WITHIN) for a in claim.asks)
        low = claim.value.low if claim is not None and isinstance(claim.value, Amount) else None
        if there and whole is not None and low is not None and low < whole:
            listed.append(i)
            continue
        if len(listed) > 1 and whole is not None and _sum(claims, listed) <= whole:
            parts.update(listed)
        whole, listed = low if claim is not None and claim.kind is Kind.COUNT else None, []
    for i in parts:
        if PART not in claims[i].asks:
            claims[i].asks = (*claims[i].asks, PART)
    return claims


def _sum(claims: Sequence[Claimed], chosen: Sequence[int]) -> float:
    values = [claims[i].value for i in chosen]
    return sum(v.low or 0.0 for v in values if isinstance(v, Amount))


def _unit(counted: _Counted) -> str | None:
    return counted.figure.amount.unit


def around(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """The tokens of a sentence near tokens [first, last)."""
    return max(sentence.first, first - NEAR), min(sentence.last, last + NEAR)

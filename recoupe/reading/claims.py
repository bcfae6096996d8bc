"""Claims: figures, times and stances with what they are about, who says so and when."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from recoupe.languages import shared
from recoupe.reading.context import WIDEST, Context
from recoupe.reading.document import Document, Sentence
from recoupe.reading.events import ConceptMention, Event, read_concepts, read_events
from recoupe.reading.propositions import read_propositions
from recoupe.reading.stances import hedged
from recoupe.records import Claim, Figure, Kind, Name, Period, Span, Statement, Time

PART = "part"  # asked of a part: 'of whom two firefighters'
_REACH = 12.0  # words within which a predicate still says what is counted
_MEASURE_REACH = 8.0
_MEASURES = ("measure", "duration", "share", "money")  # sorts of concepts.toml
_EVENT_REACH = 20.0
_RISEN = 8  # tokens between a verb of change and the figure that it leads to
_COURSE = frozenset(("rise", "fall"))  # kinds of event by which a number moves
_DATED = 3  # a time dates one of so many events near it


def read_claims(
    doc: Document,
    names: Sequence[Name],
    times: Sequence[Time],
    figures: Sequence[Figure],
    statements: Sequence[Statement],
) -> list[Claim]:
    """All claims of a document in the order of the text. Headings make none: they repeat what the text says."""
    events = read_events(doc)
    concepts = read_concepts(doc)
    maker = _Maker(doc, Context(doc, names, events, concepts), list(times), list(statements))
    claims = maker.figures(figures) + maker.times() + read_propositions(doc, maker.context, names, statements)
    claims = [maker.finish(c) for c in claims]
    return sorted(claims, key=lambda c: (c.span.start, c.span.end, c.kind, str(c.value)))


@dataclass(frozen=True, slots=True)
class _Counted:
    """A figure in its sentence."""

    figure: Figure
    sentence: Sentence
    first: int
    last: int


class _Maker:
    """Makes the claims of one document."""

    def __init__(self, doc: Document, context: Context, times: list[Time], statements: list[Statement]) -> None:
        self.doc, self.context = doc, context
        self._times = sorted(times, key=lambda t: t.span)
        self._time_starts = [t.span.start for t in self._times]
        self._contents = _by_sentence(doc, statements)
        self._ends: set[int] = set()  # tokens after a figure with its noun
        self._cues: dict[int, list[Statement]] = {}
        for statement in statements:
            said = doc.sentence_at(statement.cue.start)
            if said is not None:
                self._cues.setdefault(said.first, []).append(statement)
        self._states = {
            k
            for k, row in shared("concepts").items()
            if row.get("sort") in ("casualty", "justice") and row.get("parent") != "people"
        }

    # --- figures ---

    def figures(self, figures: Sequence[Figure]) -> list[Claim]:
        by_sentence: dict[int, list[_Counted]] = {}
        for figure in figures:
            sentence = self.doc.sentence_at(figure.span.start)
            if sentence is None or sentence.heading or figure.kind not in ("count", "quantity"):
                continue
            first, last = self.doc.tokens_of(figure.span)
            counted = _Counted(figure, sentence, first, last)
            by_sentence.setdefault(sentence.first, []).append(counted)
            self._ends.add(self._noun_end(counted))
        found: list[Claim] = []
        asked: tuple[str, ...] = ()
        previous: _Counted | None = None
        measured: tuple[_Counted, tuple[str, ...]] | None = None
        for key in sorted(by_sentence):
            row = by_sentence[key]
            predicates = self._predicates(row)
            for i, counted in enumerate(row):
                asks = self._asks(counted, predicates[i])
                if counted.figure.kind == "count":
                    asks = self._inherited(counted, asks, asked, previous)
                    asked, previous = asks, counted
                else:
                    asks = tuple(dict.fromkeys([*self._measured(counted), *asks]))
                    asks = self._like_before(counted, asks, measured)
                    measured = counted, asks
                found.append(self._claim(counted, asks))
        return found

    def _like_before(
        self, counted: _Counted, asks: tuple[str, ...], before: tuple[_Counted, tuple[str, ...]] | None
    ) -> tuple[str, ...]:
        """A measure without a word for it is what the one before it in the sentence is: '43 % and 37 %'."""
        own = tuple(a for a in asks if a != PART)
        if before is None or before[0].sentence is not counted.sentence or _unit(before[0]) != _unit(counted):
            return own  # a part of nothing that is measured
        return asks

    def _claim(self, counted: _Counted, asks: tuple[str, ...]) -> Claim:
        figure = counted.figure
        kind = Kind.COUNT if figure.kind == "count" else Kind.QUANTITY
        terms = self.context.terms(counted.sentence, counted.first, counted.last)
        return Claim(kind, figure.span, figure.amount, counted.sentence.span, asks, terms)

    def _predicates(self, row: list[_Counted]) -> list[str | None]:
        """What befell those counted: one-to-one by nearness, then shared with those who have none."""
        sentence = row[0].sentence
        predicates = [c for c in self.context.concepts_in(sentence.first, sentence.last) if self._befalls(c)]
        options = []
        for i, counted in enumerate(row):
            if counted.figure.kind != "count" or not self._is_acted_on(counted.figure):
                continue
            for j, predicate in enumerate(predicates):
                distance = self._reach(row, i, predicate)
                if distance is not None:
                    options.append((distance, i, j))
        found: list[str | None] = [None] * len(row)
        used: set[int] = set()
        for distance, i, j in sorted(options):
            if found[i] is None and j not in used and distance <= _REACH:
                found[i] = predicates[j].concept
                used.add(j)
        for _, i, j in sorted(options):
            if found[i] is None:
                found[i] = predicates[j].concept
        return found

    def _befalls(self, concept: ConceptMention) -> bool:
        """Whether a concept says what became of people: killed, arrested; that a number rose befell nobody."""
        if concept.predicate:
            return bool(shared("concepts").get(concept.concept, {}).get("sort") != "share")
        return self._is_state(concept.concept)

    def _reach(self, row: list[_Counted], i: int, predicate: ConceptMention) -> float | None:
        """Distance from a figure to a word for what befell people; None where another counted thing stands between.

        A noun reaches a figure only from beside it ('four people dead', 'the death of four'), or as what has risen to
        it ('the number of dead has risen to four').
        """
        me = row[i]
        low, high = (me.last, predicate.first) if predicate.first >= me.last else (predicate.last, me.first)
        if low > high:
            return None
        between = [o for o in row if o is not me and low <= o.first < high and o.figure.kind == "count"]
        if any(not self._is_part(o) for o in between):
            return None
        norms = self.doc.norms[low:high]
        if not predicate.predicate:
            after = predicate.first >= me.last
            beside = predicate.first <= self._noun_end(me) + 1 if after else len(norms) <= 2 and self._of(norms)
            if not beside and (after or not self._risen(me, predicate.last)):
                return None
            return 0.0
        return self.context.distance(me.first, me.last, predicate.first, predicate.last) + 4.0 * sum(
            n in self.doc.pack.joiners for n in norms
        )

    def _of(self, norms: Sequence[str]) -> bool:
        pack = self.doc.pack
        return all(n in pack.of_words or n in pack.function_words for n in norms)

    def _noun_end(self, counted: _Counted) -> int:
        """The token after a figure with its noun."""
        noun = counted.figure.noun
        return max(counted.last, self.doc.tokens_of(noun)[1]) if noun is not None else counted.last

    def _risen(self, counted: _Counted, after: int) -> bool:
        """Whether between token `after` and a figure without a noun a verb says that a number rose or fell to it."""
        if counted.figure.concept is not None:
            return False
        return any(e.kind in _COURSE for e in self.context.events_in(max(after, counted.first - _RISEN), counted.first))

    def _asks(self, counted: _Counted, predicate: str | None) -> tuple[str, ...]:
        """What a figure counts or measures, the most telling first."""
        figure = counted.figure
        asks: list[str] = []
        if predicate:
            asks.append(f"c:{predicate}")
        if figure.concept:
            asks.append(f"c:{figure.concept}")
        if figure.noun is not None:
            first, last = self.doc.tokens_of(figure.noun)
            asks += [m.key for m in self.context.marks(first, last) if m.key not in asks and m.key[0] in "ckws"]
        if self._is_part(counted):
            asks.append(PART)
        return tuple(asks)

    def _measured(self, counted: _Counted) -> list[str]:
        """The nearest word for a measure in the sentence: a radius, an age, a fine."""
        here = self.context.concepts_in(counted.sentence.first, counted.sentence.last)
        ranked = sorted(
            (self.context.distance(counted.first, counted.last, c.first, c.last), c.first, c.concept)
            for c in here
            if shared("concepts").get(c.concept, {}).get("sort") in _MEASURES
        )
        return [f"c:{concept}" for distance, _, concept in ranked[:1] if distance <= _MEASURE_REACH]

    def _ends_figure(self, counted: _Counted, i: int) -> bool:
        """Whether a figure with its noun ends right before token `i`, articles aside."""
        while (
            i > counted.sentence.first and i not in self._ends and self.doc.norms[i - 1] in self.doc.pack.function_words
        ):
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
        return any(n in parts for n in [*before, *after[:1]]) or any(n in pack.more_words for n in after)

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
        if not own or all(a == "c:people" for a in own):
            return tuple(dict.fromkeys([*own, *(a for a in asked if a != PART)]))
        return asks

    def _is_acted_on(self, figure: Figure) -> bool:
        """Whether what is counted can be killed or arrested, and its noun does not say so already."""
        return figure.concept is None or shared("concepts").get(figure.concept, {}).get("sort") == "person"

    def _is_state(self, concept: str | None) -> bool:
        return concept in self._states

    # --- times ---

    def times(self) -> list[Claim]:
        found = []
        for time in self._times:
            sentence = self.doc.sentence_at(time.span.start)
            if time.period is None or sentence is None or sentence.heading:
                continue
            first, last = self.doc.tokens_of(time.span)
            asks = tuple(dict.fromkeys(self._dated(sentence, first, last)[:_DATED]))
            terms = self.context.terms(sentence, first, last, self._time_tokens(sentence, first, last))
            found.append(Claim(Kind.TIME, time.span, time.period, sentence.span, asks, terms, hedged=time.hedged))
        return found

    def _dated(self, sentence: Sentence, first: int, last: int) -> list[str]:
        """What a time can date, the nearest first: kinds of event, and words of saying that tell of none."""
        events = self._events_near(sentence, first, last)
        ranked = [(self.context.distance(first, last, e.first, e.last), not e.verb, f"k:{e.kind}") for e in events]
        for statement in self._cues.get(sentence.first, ()):
            a, b = self.doc.tokens_of(statement.cue)
            if not any(e.first < b and a < e.last for e in events):
                ranked.append((self.context.distance(first, last, a, b), False, f"a:{statement.act}"))
        return [key for distance, _, key in sorted(ranked) if distance <= _EVENT_REACH]

    def _time_tokens(self, sentence: Sentence, first: int, last: int) -> list[tuple[int, int]]:
        """The tokens of the times of a sentence around tokens [first, last)."""
        near = self.doc.span(max(sentence.first, first - WIDEST), min(sentence.last, last + WIDEST))
        low, high = bisect_left(self._time_starts, near.start), bisect_left(self._time_starts, near.end)
        return [self.doc.tokens_of(t.span) for t in self._times[low:high] if sentence.span.covers(t.span)]

    def _times_in(self, sentence: Sentence) -> list[Time]:
        low = bisect_left(self._time_starts, sentence.span.start)
        high = bisect_left(self._time_starts, sentence.span.end)
        return [t for t in self._times[low:high] if sentence.span.covers(t.span)]

    def _events_near(self, sentence: Sentence, first: int, last: int) -> list[Event]:
        """The events within reach, the nearest first; a verb rather than a noun at equal distance."""
        here = self.context.events_in(sentence.first, sentence.last)
        ranked = sorted(
            (self.context.distance(first, last, e.first, e.last), not e.verb, e.first, i) for i, e in enumerate(here)
        )
        return [here[i] for distance, _, _, i in ranked if distance <= _EVENT_REACH]

    # --- what all claims have ---

    def finish(self, claim: Claim) -> Claim:
        """Add the statement that a claim stands in, its event and when that was."""
        sentence = self.doc.sentence_at(claim.span.start)
        assert sentence is not None
        first, last = self.doc.tokens_of(claim.span)
        event = next(iter(self._events_near(sentence, first, last)), None)
        return replace(
            claim,
            statement=self._statement_at(claim.span) if claim.statement is None else claim.statement,
            event=claim.event or (event.kind if event else None),
            when=claim.when or (self._when(claim, sentence) if claim.kind is not Kind.TIME else None),
            hedged=claim.hedged or hedged(self.doc, claim.span),
        )

    def _statement_at(self, span: Span) -> int | None:
        """The innermost statement whose content holds the span, else the only one of the sentence if it went before.

        'Moscow accused Washington of the attack, in which four people were killed': four is Moscow's figure.
        """
        sentence = self.doc.sentence_at(span.start)
        held = self._contents.get(sentence.first, ()) if sentence else ()
        holding = [(size, i) for content, size, i in held if content.covers(span)]
        if holding:
            return min(holding)[1]
        cues = self._cues.get(sentence.first, ()) if sentence else ()
        if (
            len(cues) == 1
            and held
            and cues[0].cue.end < min(c.start for c, _, _ in held)
            and span.start >= max(c.end for c, _, _ in held)
        ):
            return held[0][2]
        return None

    def _when(self, claim: Claim, sentence: Sentence) -> Period | None:
        """The nearest day said in the sentence, by which a past event is told from the story's own."""
        here = [
            (t.span.distance(claim.span), t.span.start, t.period)
            for t in self._times_in(sentence)
            if t.period and not t.period.clock and t.period.start and t.period.end
        ]
        return min(here, key=lambda r: r[:2])[2] if here else None


def _unit(counted: _Counted) -> str | None:
    return counted.figure.amount.unit


def _by_sentence(doc: Document, statements: Sequence[Statement]) -> Mapping[int, list[tuple[Span, int, int]]]:
    """For the first token of each sentence, the contents that reach into it: span, size of the whole content, index."""
    starts = [s.span.start for s in doc.sentences]
    found: dict[int, list[tuple[Span, int, int]]] = defaultdict(list)
    for i, statement in enumerate(statements):
        size = sum(len(c) for c in statement.content)
        for content in statement.content:
            low = max(bisect_right(starts, content.start) - 1, 0)
            for sentence in doc.sentences[low : bisect_left(starts, content.end)]:
                found[sentence.first].append((content, size, i))
    return found

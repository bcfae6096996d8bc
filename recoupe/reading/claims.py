"""Claims: figures, times and stances with what they are about, who says so and when."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby

from recoupe.reading.actors import read_actors
from recoupe.reading.claimed import Claimed
from recoupe.reading.context import Context, read_context
from recoupe.reading.counted import FigureClaims, around
from recoupe.reading.document import Document, Sentence
from recoupe.reading.events import Event
from recoupe.reading.propositions import read_propositions
from recoupe.reading.stances import hedged
from recoupe.records import Claim, Figure, Kind, Name, Period, Span, Statement, Time

_EVENT_REACH = 20.0
_DATED = 3  # a time dates one of so many events near it


def read_claims(
    doc: Document,
    names: Sequence[Name],
    times: Sequence[Time],
    figures: Sequence[Figure],
    statements: Sequence[Statement],
    context: Context | None = None,
) -> list[Claim]:
    """All claims of a document in the order of the text. Headings make none: they repeat what the text says.

    `context` is that of the document if it has been made already.
    """
    context = context or read_context(doc, names)
    places = {n.id for n in names if n.type == "PLACE"}
    maker = _Maker(doc, context, list(times), list(statements))
    counted = FigureClaims(doc, context, places).read(figures)
    claimed = counted + maker.times() + read_propositions(doc, context, statements) + read_actors(doc, context, names)
    claims = sorted((maker.finish(c) for c in claimed), key=_place)
    return [c for _, here in groupby(claims, _place) for c in _by_value(list(here))]


def _place(claim: Claim) -> tuple[int, int, Kind]:
    return claim.span.start, claim.span.end, claim.kind


def _by_value(claims: list[Claim]) -> list[Claim]:
    """Claims of one place in an order that hangs on nothing but them."""
    return claims if len(claims) < 2 else sorted(claims, key=lambda c: str(c.value))


class _Maker:
    """Makes the claims of one document."""

    def __init__(self, doc: Document, context: Context, times: list[Time], statements: list[Statement]) -> None:
        self.doc, self.context = doc, context
        self._times = sorted(times, key=lambda t: t.span)
        self._days = [t for t in self._times if t.period and not t.period.clock and t.period.start and t.period.end]
        self._day_starts = [t.span.start for t in self._days]
        self._contents = _by_sentence(doc, statements)
        self._cues: dict[int, list[Statement]] = {}
        for statement in sorted(statements, key=_cue_start):
            said = doc.sentence_at(statement.cue.start)
            if said is not None:
                self._cues.setdefault(said.first, []).append(statement)

    # --- times ---

    def times(self) -> list[Claimed]:
        found = []
        said = bytearray(len(self.doc.tokens))
        for time in self._times:
            first, last = self.doc.tokens_of(time.span)
            said[first:last] = b"\x01" * (last - first)
        for time in self._times:
            sentence = self.doc.sentence_at(time.span.start)
            if time.period is None or sentence is None or sentence.heading:
                continue
            first, last = self.doc.tokens_of(time.span)
            asks = tuple(dict.fromkeys(self._dated(sentence, first, last)[:_DATED]))
            terms = self.context.terms(sentence, first, last, said)
            found.append(Claimed(Kind.TIME, time.span, time.period, sentence.span, asks, terms, hedged=time.hedged))
        return found

    def _dated(self, sentence: Sentence, first: int, last: int) -> list[str]:
        """What a time can date, the nearest first: kinds of event, and words of saying that tell of none."""
        events = self._events_near(sentence, first, last)
        ranked = [(self.context.distance(first, last, e.first, e.last), not e.verb, f"k:{e.kind}") for e in events]
        for statement in self._cues_near(sentence, first, last):
            a, b = self.doc.tokens_of(statement.cue)
            if not any(e.first < b and a < e.last for e in events):
                ranked.append((self.context.distance(first, last, a, b), False, f"a:{statement.act}"))
        return [key for distance, _, key in sorted(ranked) if distance <= _EVENT_REACH]

    def _cues_near(self, sentence: Sentence, first: int, last: int) -> list[Statement]:
        cues = self._cues.get(sentence.first, [])
        if len(cues) < 2:
            return cues
        near = self.doc.span(*around(sentence, first, last))
        low = bisect_left(cues, near.start, key=_cue_start)
        return cues[low : bisect_left(cues, near.end, low, key=_cue_start)]

    def _events_near(self, sentence: Sentence, first: int, last: int) -> list[Event]:
        """The events within reach, the nearest first; a verb rather than a noun at equal distance."""
        here = self.context.events_in(*around(sentence, first, last))
        ranked = sorted(
            (self.context.distance(first, last, e.first, e.last), not e.verb, e.first, i) for i, e in enumerate(here)
        )
        return [here[i] for distance, _, _, i in ranked if distance <= _EVENT_REACH]

    def _nearest_event(self, sentence: Sentence, first: int, last: int) -> str | None:
        """The kind of the first of `_events_near`."""
        nearest: tuple[float, bool, int] | None = None
        kind = None
        distance = self.context.distance
        for event in self.context.events_in(*around(sentence, first, last)):
            here = (distance(first, last, event.first, event.last), not event.verb, event.first)
            if here[0] <= _EVENT_REACH and (nearest is None or here < nearest):
                nearest, kind = here, event.kind
        return kind

    # --- what all claims have ---

    def finish(self, claim: Claimed) -> Claim:
        """A claim with the statement that it stands in, its event and when that was."""
        sentence = self.doc.sentence_at(claim.span.start)
        assert sentence is not None
        first, last = self.doc.tokens_of(claim.span)
        event = claim.event
        if not event:
            event = self._nearest_event(sentence, first, last)
        return Claim(
            kind=claim.kind,
            span=claim.span,
            value=claim.value,
            sentence=claim.sentence,
            asks=claim.asks,
            terms=claim.terms,
            event=event,
            when=self._when(claim, sentence) if claim.kind is not Kind.TIME else None,
            statement=self._statement_at(claim.span, sentence) if claim.statement is None else claim.statement,
            hedged=claim.hedged or hedged(self.doc, claim.span, (first, last)),
        )

    def _statement_at(self, span: Span, sentence: Sentence) -> int | None:
        """The innermost statement whose content holds the span, else the only one of the sentence if it went before.

        'Moscow accused Washington of the attack, in which four people were killed': four is Moscow's figure.
        """
        held = self._contents.get(sentence.first, ())
        holding = [(size, i) for content, size, i in held if content.covers(span)]
        if holding:
            return min(holding)[1]
        cues = self._cues.get(sentence.first, ())
        if (
            len(cues) == 1
            and held
            and cues[0].cue.end < min(c.start for c, _, _ in held)
            and span.start >= max(c.end for c, _, _ in held)
        ):
            return held[0][2]
        return None

    def _when(self, claim: Claimed, sentence: Sentence) -> Period | None:
        """The nearest day said in the sentence, by which a past event is told from the story's own.

        A day that follows in another clause is that of something else: '52 per cent; in 2021 it was 48'.
        """
        low = bisect_left(self._day_starts, sentence.span.start)
        high = bisect_left(self._day_starts, sentence.span.end, low)
        if low == high:
            return None
        at = bisect_left(self._day_starts, claim.span.start, low, high)
        here = [t for t in self._days[max(low, at - 1) : min(high, at + 1)] if sentence.span.covers(t.span)]
        here = [t for t in here if not self._parted(claim.span, t.span)]
        return min(here, key=lambda t: (t.span.distance(claim.span), t.span.start)).period if here else None

    def _parted(self, span: Span, day: Span) -> bool:
        """Whether a day stands in a clause after a span, or a semicolon between them."""
        first, last = (span.end, day.start) if span.end <= day.start else (day.end, span.start)
        if first >= last:
            return False
        signs = self.doc.norms[slice(*self.doc.tokens_of(Span(first, last)))]
        return ";" in signs or (day.start >= span.end and "," in signs)


def _cue_start(statement: Statement) -> int:
    return statement.cue.start


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

"""Propositions: whether something is asserted or denied.

A stance claim stands on the words that assert or deny: the negation with its verb, the cue of a denial or of an
accusation, else the verb of the event.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice

from recoupe.languages import shared
from recoupe.reading.claimed import Claimed, ranked
from recoupe.reading.context import Context
from recoupe.reading.document import Document, Sentence
from recoupe.reading.events import Event
from recoupe.reading.polarity import ASSERTED, DENIED, UNCONFIRMED, Sign, read_signs
from recoupe.reading.speech import Speech, speech_of
from recoupe.reading.stances import hedged_tokens
from recoupe.records import Kind, Span, Stance, Statement

PAUSES = frozenset({",", ";", ":", "(", ")", "—", "–", "«", "»", '"', "“", "”"})
_OPENING = 5  # words within which a clause shows that it is one
_OUTSIDE = 0.2  # a key of the sentence outside the clause, against one inside
_BESIDE = 0.5  # who denies, against what is denied
_NEXT = 2  # tokens between a cue and a content that follows it right away
_ENOUGH = 2  # words with a meaning that a clause needs to assert anything
_MOST_TOLD = 100  # events that one clause tells of, at most: bounds the work on hostile text
_TEST_REACH = 12  # words between a test and its result


def read_propositions(doc: Document, context: Context, statements: Sequence[Statement]) -> list[Claimed]:
    """Stance claims of a document."""
    reader = _Propositions(doc, context, statements)
    said = reader.of_statements()
    taken = {claim.span for claim in said}
    return [*said, *(c for c in reader.of_clauses() if c.span not in taken)]


class _Propositions:
    def __init__(self, doc: Document, context: Context, statements: Sequence[Statement]) -> None:
        self.doc, self.context, self.statements = doc, context, statements
        self.speech: Speech = speech_of(doc.pack)
        self.asked = shared("asked")
        self._empty = {f"m:{word}" for word in self.asked["said"]}
        self._anybody = {f"c:{concept}" for concept in self.asked["broad"]}  # 'no such person is held' denies 'held'
        self._refusable = frozenset(self.asked["refused"])
        self._events = sorted(context.events, key=lambda e: e.first)
        self._event_firsts = [e.first for e in self._events]
        self._inside: tuple[tuple[int, int], set[str]] = ((0, 0), set())
        self._openers = frozenset(doc.pack.forms(doc.pack.tables["kinds"]["signs"]["open_negation"]))
        self._signs = [s for s in read_signs(doc) if not s.tested or self._tests_near(s)]
        self._sign_firsts = [s.first for s in self._signs]
        self._conditions = [i for i, _, _ in self.speech.conditions.find(doc.norms)]
        joined, that, norms = self.speech.conjunctions, self.speech.that_words, doc.norms
        pauses = [i for i, norm in enumerate(norms) if norm in PAUSES]
        again = [i - 1 for i, norm in enumerate(norms) if norm in that and i and norms[i - 1] in joined]  # 'and that'
        self._pauses = sorted([*pauses, *again]) if again else pauses

    # --- stances ---

    def of_statements(self) -> list[Claimed]:
        """Denials, accusations and what is left open, on the cue; and what sources assert without an event."""
        found = []
        for i, statement in enumerate(self.statements):
            sentence = self.doc.sentence_at(statement.cue.start)
            if sentence is None or sentence.heading:
                continue
            stance = self._stance_of(statement)
            blame = statement.act in self.asked["blame"]
            if stance == ASSERTED and not blame:
                found += self._said(statement, sentence, i)
                continue
            content = self._meant(statement, sentence)
            asks = (f"a:{statement.act}",) if blame else self._asked_in(content)
            if stance == DENIED and self._refuses(asks):
                continue
            terms = self._terms_of(content)
            if blame:
                terms[f"a:{statement.act}"] = 1.0
            at = self._anchor(statement) if stance == DENIED else statement.cue
            home = self.doc.sentence_at(at.start) or sentence
            found.append(self._claim(at, Stance(stance), home, asks, terms, i))
        return found

    def _with_cue(self, statement: Statement, span: Span) -> Span:
        """A piece of content with the cue right before it: 'has said it was doing 18 knots'."""
        cue = statement.cue
        between = self.doc.tokens_of(Span(cue.end, span.start)) if cue.end < span.start else (0, 0)
        if statement.quoted or cue.end > span.start or between[1] - between[0] > _NEXT:
            return span
        return Span(cue.start, span.end)

    def _anchor(self, statement: Statement) -> Span:
        """Where a statement denies: at the 'no' of what it quotes, else at its cue."""
        if statement.quoted:
            for content in statement.content:
                denials = [s for s in self._signs_in(*self.doc.tokens_of(content)) if s.stance == DENIED]
                if denials:
                    no = denials[0]
                    last = min((m.last for m in self.context.marks(no.last, no.last + 3)), default=0)
                    return self.doc.span(no.first, max(last, no.last))
        return statement.cue

    def _meant(self, statement: Statement, sentence: Sentence) -> tuple[Span, ...]:
        """The content; where it is but a word for what was said ('denies this'), the sentence before."""
        if any(key[0] in "kcm" for key in self._terms_of(statement.content)):
            return statement.content
        return self._told_before(sentence) or statement.content

    def _told_before(self, sentence: Sentence) -> tuple[Span, ...]:
        """What the sentence before tells: the contents of its statements, else all of it."""
        before = self.context.sentence_before(sentence)
        if before is None:
            return ()
        said = (c for s in self.statements if before.span.covers(s.cue) for c in s.content if before.span.overlaps(c))
        return tuple(said) or (before.span,)

    def _said(self, statement: Statement, sentence: Sentence, index: int) -> list[Claimed]:
        """What a content asserts in clauses that tell of no event (those that do assert for themselves)."""
        found = []
        for content in statement.content:
            home = self.doc.sentence_at(content.start)
            first, last = self.doc.tokens_of(content)
            if home is None or home.heading or last <= first:
                continue
            clause = any(n in self.speech.subordinators for n in self.doc.norms[first : first + _OPENING])
            for a, end in self._parts(first, last):
                here = self.doc.sentence_at(self.doc.span(a, a + 1).start) or home
                b = self._told_until(a, min(end, here.last))
                told = any(e.verb for e in self._events_in(a, b)) or self._signs_in(a, b)
                if not told and self._tells(a, b):
                    whole = clause or statement.quoted or a > first
                    span = self.doc.span(a, b)
                    spans = [span] if whole else [statement.cue, span]
                    asks, terms = self._asked_in(spans), self._terms_of(spans)
                    at = self._with_cue(statement, span) if here == sentence else span
                    found.append(self._claim(at, Stance(ASSERTED), here, asks, terms, index))
        return found

    def of_clauses(self) -> list[Claimed]:
        """What clauses assert or deny, outside the contents that a cue has already denied."""
        found = []
        denied = _merged(
            span for s in self.statements if self._stance_of(s) != ASSERTED for span in (*s.content, s.cue)
        )
        ends = [d.end for d in denied]

        def free(span: Span) -> bool:
            i = bisect_right(ends, span.start)
            return i == len(denied) or not denied[i].overlaps(span)

        told = _merged(c for s in self.statements for c in s.content)
        told_ends = [t.end for t in told]
        for sentence in self.doc.sentences:
            if sentence.heading:
                continue
            left_open = False
            for first, last in self._clauses(sentence):
                span = self.doc.span(first, last)
                until = self._told_until(first, last)
                here = self._of_clause(sentence, first, last, until)
                if left_open:  # 'it is unclear, whether the mayor knew' asserts nothing of the mayor
                    here = [claim for claim in here if claim.value != Stance(ASSERTED)]
                if not free(span):
                    found += [claim for claim in here if free(claim.span)]
                    continue
                i = bisect_right(told_ends, span.start)
                said = left_open or (i < len(told) and told[i].overlaps(span))
                if not here and not said and self._tells(first, until):
                    here = [self._clause_claim((first, until), ASSERTED, sentence, (first, last), ())]
                found += here
                left_open = self._leaves_open(first, until)
        return found

    def _leaves_open(self, first: int, last: int) -> bool:
        """Whether a clause ends by saying that what follows is not known."""
        return any(s.stance == UNCONFIRMED and s.last >= last for s in self._signs_in(first, last))

    def _tells(self, first: int, last: int) -> bool:
        """Whether a stretch of tokens says enough to be the same as another in another language."""
        told = len({m.first for m in self.context.marks(first, last) if m.key[0] in "kcm"})
        return told >= _ENOUGH or (told > 0 and hedged_tokens(self.doc, first, last))  # hearsay: 'zou gedronken hebben'

    def _of_clause(self, sentence: Sentence, first: int, last: int, until: int) -> list[Claimed]:
        """One denial, or what each verb asserts; a noun ('the transport minister') asserts nothing by itself.

        From `until` on, behind an 'if', nothing is asserted or denied.
        """
        events = [e for e in self._events_in(first, until) if e.last <= until]
        signs = self._signs_in(first, until)
        if signs:
            return [self._signed(sentence, (first, last), events, signs)]
        by_place: dict[tuple[int, int], list[Event]] = {}
        for event in events:
            if event.verb and not event.negated:  # 'without help' neither says nor denies that there was any
                by_place.setdefault((event.first, event.last), []).append(event)
        found = []
        for here, same in islice(by_place.items(), _MOST_TOLD):
            if not any(e.kind in self.asked["denying"] for e in same):
                kinds = tuple(f"k:{e.kind}" for e in same)
                found.append(self._clause_claim(here, ASSERTED, sentence, (first, last), kinds))
                continue
            claim = self._denying(here, sentence, (first, last))
            if not self._refuses(claim.asks):
                found.append(claim)
        return found

    def _told_until(self, first: int, last: int) -> int:
        """Where in a clause the words begin that only say what would be: 'if', 'unless', 'whether'."""
        i = bisect_left(self._conditions, first)
        return min(self._conditions[i], last) if i < len(self._conditions) else last

    def _refuses(self, asks: Sequence[str]) -> bool:
        """Whether what is rejected is a proposal, a request or the like: who does so denies nothing."""
        return asks[:1] != () and asks[0] in self._refusable

    def _signed(
        self, sentence: Sentence, clause: tuple[int, int], events: list[Event], signs: Sequence[Sign]
    ) -> Claimed:
        """What a clause with a word of denial says: what that word denies, or what the sign makes of the clause."""
        sign = next((s for s in signs if not s.word), None)
        if sign is not None:
            here = sign.first, min(sign.last, clause[1])
            return self._claim_of(here, sign.stance, sentence, clause)
        no, last = signs[0], clause[1]
        negated = [e for e in events if e.negated]
        after = [m.last for m in self.context.marks(no.last, last)]
        end = max((e.last for e in negated), default=min(after, default=0) if events else max(after, default=0))
        here = (self._opened(clause[0], no.first), min(max(end, no.last), last))
        return self._clause_claim(here, DENIED, sentence, clause, self._denied(here, negated, last))

    def _denying(self, here: tuple[int, int], sentence: Sentence, clause: tuple[int, int]) -> Claimed:
        """A verb of denial that nobody's words follow: 'the ministry denies it'."""
        return self._claim_of(here, DENIED, sentence, clause)

    def _claim_of(self, here: tuple[int, int], stance: str, sentence: Sentence, clause: tuple[int, int]) -> Claimed:
        """A claim on words that only say what becomes of the rest: of their clause, sentence, or the one before."""
        first, last = clause
        pieces = [[(first, here[0]), (here[1], last)], [(sentence.first, first), (last, sentence.last)]]
        pieces.append([self.doc.tokens_of(span) for span in self._told_before(sentence)])
        spans: list[Span] = []
        for wider in pieces:
            spans = [self.doc.span(a, b) for a, b in wider if a < b]
            marks = (m for a, b in wider for m in self.context.marks(a, b) if m.key[0] in "kcm")
            if any(not self.speech.speaker(self.doc.norms[m.first]) for m in marks):  # not only who says so
                break
        asks = sorted(self._asked_in(spans), key=lambda key: key[0] == "s")  # no word of them is the one denied
        named = {m.key: _BESIDE for m in self.context.marks(*clause) if m.key[0] == "n"}
        terms = named | self._terms_of(spans)
        return self._claim(self.doc.span(*here), Stance(stance), sentence, tuple(asks), terms, None)

    def _denied(self, here: tuple[int, int], negated: list[Event], last: int) -> tuple[str, ...]:
        """What a negation denies: its verb, else the first word that tells something; the rest is what of."""
        marks = self.context.marks(*here)
        anybody = {m.first for m in marks if m.key in self._anybody}
        meant = (m for m in marks if m.key[0] in "kcms" and m.first not in anybody)
        first = min(((m.first, m.last) for m in meant), default=here)
        verbs = [e for e in negated if e.verb or e.first <= first[0]]
        kinds = [f"k:{e.kind}" for e in verbs]
        spans = [*((e.first, e.last) for e in verbs), (first[0], max(here[1], last))]
        said = [m.key for a, b in spans for m in self.context.marks(a, b) if m.key[0] in "kcms"]
        return tuple(dict.fromkeys([*kinds, *said]))

    def _opened(self, first: int, denial: int) -> int:
        """Where a negation in two parts begins: 'ne commenterai pas'."""
        for i in range(denial - 1, max(first, denial - _OPENING) - 1, -1):
            if self.doc.norms[i] in self._openers:
                return i
        return denial

    def _clause_claim(
        self, here: tuple[int, int], stance: str, sentence: Sentence, clause: tuple[int, int], asks: tuple[str, ...]
    ) -> Claimed:
        """What a clause says counts by its nearness, the rest of its sentence little."""
        inside = self._keys_in(clause)
        near = self.context.terms(sentence, *here)
        said = [m.key for m in self.context.marks(*here)]
        terms = {key: weight if key in inside else _OUTSIDE * weight for key, weight in near}
        terms.update(dict.fromkeys(said, 1.0))
        keys = asks if stance == DENIED else tuple(dict.fromkeys([*asks, *(key for key in said if key[0] in "cms")]))
        return self._claim(self.doc.span(*here), Stance(stance), sentence, keys, terms, None)

    def _keys_in(self, clause: tuple[int, int]) -> set[str]:
        """The keys of a clause, kept until another one is asked for."""
        if self._inside[0] != clause:
            self._inside = clause, {m.key for m in self.context.marks(*clause)}
        return self._inside[1]

    def _stance_of(self, statement: Statement) -> str:
        if statement.stance != ASSERTED:
            return statement.stance
        return UNCONFIRMED if statement.act in self.asked["open"] else ASSERTED

    def _clauses(self, sentence: Sentence) -> list[tuple[int, int]]:
        return self._parts(sentence.first, sentence.last)

    def _parts(self, first: int, last: int) -> list[tuple[int, int]]:
        """Stretches of tokens between pauses."""
        found, begin = [], first
        for i in self._pauses[bisect_left(self._pauses, first) : bisect_left(self._pauses, last)]:
            if i > begin:
                found.append((begin, i))
            begin = i + 1
        if last > begin:
            found.append((begin, last))
        return found

    def _signs_in(self, first: int, last: int) -> list[Sign]:
        return self._signs[bisect_left(self._sign_firsts, first) : bisect_left(self._sign_firsts, last)]

    def _tests_near(self, sign: Sign) -> bool:
        """Whether a test is told of near a word for its result."""
        low, high = max(0, sign.first - _TEST_REACH), sign.last + _TEST_REACH
        return any(m.key in self.asked["tested"] for m in self.context.marks(low, high))

    def _events_in(self, first: int, last: int) -> list[Event]:
        return self._events[bisect_left(self._event_firsts, first) : bisect_left(self._event_firsts, last)]

    def _asked_in(self, spans: Sequence[Span]) -> tuple[str, ...]:
        """The keys of some words but for what only says that something is said."""
        at = [self.doc.tokens_of(span) for span in spans]
        verbs = [f"k:{e.kind}" for first, last in at for e in self._events_in(first, last) if e.verb]
        marks = [m for first, last in at for m in self.context.marks(first, last)]
        told = {m.first for m in marks if m.key in self._empty}
        said = (m.key for m in marks if m.key[0] in "kcms" and m.first not in told)
        return tuple(dict.fromkeys([*verbs, *said]))  # what is done tells more than who does it

    def _terms_of(self, spans: Sequence[Span]) -> dict[str, float]:
        return {m.key: 1.0 for span in spans for m in self.context.marks(*self.doc.tokens_of(span))}

    def _claim(
        self,
        span: Span,
        stance: Stance,
        sentence: Sentence,
        asks: tuple[str, ...],
        terms: dict[str, float],
        statement: int | None,
    ) -> Claimed:
        return Claimed(Kind.STANCE, span, stance, sentence.span, asks, ranked(terms), statement=statement)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches of text in order and without overlap."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found

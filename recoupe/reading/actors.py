"""Actors: who did it. An entity claim stands on the name of the one who acts in an event."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from recoupe.languages import shared
from recoupe.reading.claimed import Claimed, ranked
from recoupe.reading.context import Context
from recoupe.reading.document import Document, Sentence
from recoupe.reading.events import Event
from recoupe.reading.names import sides
from recoupe.reading.propositions import PAUSES
from recoupe.reading.speech import Speech, speech_of
from recoupe.records import Kind, Name, Named

WHO = "who"
_SUBJECT_REACH = 12  # words between a subject and its verb
_ARTICLES = 2  # words between an auxiliary and the name that follows it
_AGENT_REACH = 8  # words between a passive verb and its agent, or a preposition and the name in its phrase


def read_actors(doc: Document, context: Context, names: Sequence[Name]) -> list[Claimed]:
    """Entity claims of a document: who acts in the events of which that is asked."""
    return _Actors(doc, context, names).read()


class _Actors:
    def __init__(self, doc: Document, context: Context, names: Sequence[Name]) -> None:
        self._doc, self._context = doc, context
        self._speech: Speech = speech_of(doc.pack)
        self._asked = frozenset(shared("asked")["who"])
        # a town does nothing; a capital and a country do what their governments do
        acting = [name for name in names if name.type != "PLACE" or name.country is not None]
        named = [(*doc.tokens_of(m), name.id) for name in acting for m in name.mentions]
        self._names = sorted([*named, *sides(doc, list(names))])

    def read(self) -> list[Claimed]:
        """Who acts in each event of which that is asked, in the order of the text."""
        found = []
        acted: tuple[Sentence, Event] | None = None
        for sentence in self._doc.sentences:
            if sentence.heading:
                continue
            here = [
                e
                for e in self._context.events_in(sentence.first, sentence.last)
                if e.kind in self._asked and not e.negated
            ]
            for event in here:
                actor = self._actor(sentence, event)
                if actor is not None:
                    found.append(self._actor_claim(sentence, event, actor, sentence))
            if not here and acted is not None:
                actor = self._agent(sentence.first, sentence.last)
                if actor is not None:  # 'this could be done … by X': what the sentence before spoke of
                    found.append(self._actor_claim(sentence, acted[1], actor, acted[0]))
            verbs = [e for e in here if e.verb]
            acted = (sentence, verbs[-1]) if verbs else None
        return found

    def _actor_claim(self, sentence: Sentence, event: Event, actor: tuple[int, int, str], told: Sentence) -> Claimed:
        """A claim on the name of the actor in `sentence`, about an event of the sentence `told`."""
        first, last, name = actor
        terms = dict(self._context.terms(told, event.first, event.last))
        terms[f"k:{event.kind}"] = 1.0
        terms.pop(f"n:{name}", None)
        return Claimed(
            Kind.ENTITY,
            self._doc.span(first, last),
            Named(name),
            sentence.span,
            (WHO, f"k:{event.kind}"),
            ranked(terms),
            event=event.kind,
        )

    def _actor(self, sentence: Sentence, event: Event) -> tuple[int, int, str] | None:
        if not event.verb:
            return self._of_whom(sentence, event)
        if event.passive:
            return self._agent(event.last, sentence.last)
        return self._subject(sentence, event) or self._focused(sentence, event) or self._of_whom(sentence, event)

    def _subject(self, sentence: Sentence, event: Event) -> tuple[int, int, str] | None:
        """The nearest name before a verb in its clause; before its auxiliary where objects stand between the two."""
        auxiliary = self._bracket(sentence, event)
        if auxiliary is None:
            return self._nearest_before(sentence, event.first)
        before = self._nearest_before(sentence, auxiliary)
        if before is not None:
            return before
        after = range(auxiliary + 1, min(auxiliary + 1 + _ARTICLES, event.first))  # 'gisteren heeft de BEA … gevraagd'
        return next((named for i in after if (named := self._name_beginning(i)) is not None), None)

    def _bracket(self, sentence: Sentence, event: Event) -> int | None:
        """The auxiliary that a participle at the end of its clause goes with: 'heeft zijn aandeel in X verkocht'."""
        if not self._speech.verb_second:
            return None
        for i in range(event.first - 1, max(sentence.first, event.first - _SUBJECT_REACH) - 1, -1):
            norm = self._doc.norms[i]
            if norm in self._speech.perfect:
                return i
            if self._ends_clause(i) or norm in self._speech.subordinators:
                return None
        return None

    def _nearest_before(self, sentence: Sentence, at: int) -> tuple[int, int, str] | None:
        """The nearest name before a token in its clause."""
        for i in range(at - 1, max(sentence.first, at - _SUBJECT_REACH) - 1, -1):
            norm = self._doc.norms[i]
            if norm in self._speech.relative:  # 'it was Moscow that asked'
                return self._name_ending(i)
            if self._ends_clause(i) or norm in self._speech.subordinators:
                return None
            named = self._name_ending(i + 1)
            if named is not None:
                return named
        return None

    def _ends_clause(self, i: int) -> bool:
        """Whether a clause ends before a token, or at it: not at the sign before decimals."""
        norms = self._doc.norms
        return norms[i] in PAUSES and not (i > 0 and norms[i - 1].isdigit() and norms[i + 1].isdigit())

    def _focused(self, sentence: Sentence, event: Event) -> tuple[int, int, str] | None:
        """The name after a verb that a word such as 'itself' points at: 'ініціювала саме Москва'."""
        at = event.last
        if at + 1 < sentence.last and self._doc.norms[at] in self._doc.pack.focus_words:
            return self._name_beginning(at + 1)
        return None

    def _agent(self, first: int, last: int) -> tuple[int, int, str] | None:
        """The name in the phrase after 'by'."""
        for i in range(first, last):
            if self._doc.norms[i] in self._speech.by:
                for j in range(i + 1, min(i + 1 + _AGENT_REACH, last)):
                    if self._doc.norms[j] in PAUSES:
                        break
                    named = self._name_beginning(j)
                    if named is not None:
                        return named
        return None

    def _of_whom(self, sentence: Sentence, event: Event) -> tuple[int, int, str] | None:
        """'the request of X', 'X's request'."""
        norms = self._doc.norms
        if not self._doc.pack.of_words:  # 'по инициативе Москвы': a case says it
            return self._name_beginning(event.last) if not event.verb else None
        if event.last < sentence.last and norms[event.last] in self._doc.pack.of_words:
            for j in range(event.last + 1, min(event.last + 4, sentence.last)):
                named = self._name_beginning(j)
                if named is not None:
                    return named
        if event.first - 1 > sentence.first and norms[event.first - 1] == "'s":
            return self._name_ending(event.first - 1)
        return None

    def _name_beginning(self, token: int) -> tuple[int, int, str] | None:
        i = bisect_left(self._names, (token,))
        return self._names[i] if i < len(self._names) and self._names[i][0] == token else None

    def _name_ending(self, token: int) -> tuple[int, int, str] | None:
        i = bisect_left(self._names, (token,))
        for row in reversed(self._names[max(0, i - 3) : i]):
            if row[1] == token:
                return row
        return None

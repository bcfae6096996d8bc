"""Statements: who says what, as relations of source, cue and content.

Cue words open frames (`X said that …`, `« … », a dit X`, `according to X`); quotation marks, clause bounds and the
noun phrases beside the cue fill them in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from recoupe.reading.cues import Cue, find_cues
from recoupe.reading.document import Document, Sentence
from recoupe.reading.phrases import Phrases
from recoupe.reading.quotes import Quotation, quotations
from recoupe.reading.speakers import speakers
from recoupe.reading.speech import Speech, speech_of
from recoupe.reading.stances import hedged_tokens
from recoupe.records import Name, Span, Statement

_DATELINE = 12  # tokens within which a dateline ends
_OBJECT = 8  # words between a cue and "to" that an object may take
_LONGEST = 240  # tokens of a sentence that are read together
_PIECES = 40  # quotations that one statement may go on with
_CLAUSE = 3  # words of a clause before ", said X"
_SIGNATURE = 8  # tokens of a name below a quotation
_FAR = 12  # words between a cue and the word that introduces its content
_MARKS = frozenset("«»“”„\"‘’‹›")
_ENDS = frozenset(".!?…")
_DENIALS, _DOUBTS = frozenset({"deny"}), frozenset({"fear", "doubt", "ask", "expect"})

Range = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A statement while it is being read, in tokens."""

    cue: Range
    content: list[Range]
    source: Range | None
    act: str
    negated: bool = False
    hedge: bool = False
    sentence: int = 0
    pronoun: bool = False
    aside: bool = False  # in a relative clause of the writer's
    verb: bool = True
    hint: Range | None = None  # whom a pronoun may stand for


@dataclass(slots=True)
class _Sentence:
    """A sentence with its cues; `end` is the token after its last word."""

    index: int
    first: int
    last: int
    end: int
    paragraph: int
    cues: list[Cue] = field(default_factory=list)


def read_statements(doc: Document, names: Sequence[Name]) -> list[Statement]:
    """All statements of an article, by the place of their cues. Headings are left out: they repeat what the text says."""
    reader = _Reader(doc, names)
    reader.read()
    return reader.finish(names)


class _Reader:
    def __init__(self, doc: Document, names: Sequence[Name]) -> None:
        self.doc, self.norms = doc, doc.norms
        self.speech: Speech = speech_of(doc.pack)
        self.phrases = Phrases(doc, names, self.speech)
        self.quotes = [q for q in quotations(doc)]
        self._quote_firsts = [q.first for q in self.quotes]
        self.drafts: list[Draft] = []
        self.sentences = [piece for s in doc.sentences for piece in _pieces(doc, s)]
        self._paragraph_end = {s.paragraph: s.last for s in self.sentences}

    def read(self) -> None:
        for index, s in enumerate(self.sentences):
            if s.heading:
                continue
            self._sentence(index, s)
        self._continue()

    # --- quotations -------------------------------------------------------------------------------

    def _quote(self, i: int) -> Quotation | None:
        """The quotation of speech that holds token `i`."""
        k = bisect_right(self._quote_firsts, i) - 1
        if k >= 0 and i < self.quotes[k].last and self.quotes[k].speech:
            return self.quotes[k]
        return None

    def _quote_ending(self, i: int) -> Quotation | None:
        """The quotation whose last token, or the comma after it, is at `i`."""
        for at in (i, i - 1):
            if at >= 0 and (at == i or self.norms[i] in (",", "-", "–", "—")):
                k = bisect_right(self._quote_firsts, at) - 1
                if k >= 0 and self.quotes[k].last == at + 1:
                    return self.quotes[k]
        return None

    # --- one sentence -----------------------------------------------------------------------------

    def _sentence(self, index: int, s: Sentence) -> None:
        end = s.last
        while end > s.first and (self.norms[end - 1] in _ENDS or self.norms[end - 1] in _MARKS):
            end -= 1
        cues = find_cues(self.norms, self.doc.tokens.surfaces, s.first, s.last, self.speech)
        sentence = _Sentence(index, self._past_dateline(s), s.last, end, s.paragraph, cues)
        before = len(self.drafts)
        for k, cue in enumerate(cues):
            draft = self._relation(sentence, k, cue)
            if draft is not None:
                self._keep(draft, sentence)
        self._colon(sentence)
        self._nouns(sentence)
        self._reports(sentence, before)

    def _past_dateline(self, s: Sentence) -> int:
        """The first token of a sentence after 'NAIROBI (Reuters) -'."""
        for i in range(s.first + 1, min(s.first + _DATELINE, s.last - 1)):
            spaced = self.doc.tokens.starts[i] > self.doc.tokens.ends[i - 1] and self.doc.tokens.starts[i + 1] > self.doc.tokens.ends[i]
            if self.norms[i] in ("-", "–", "—") and spaced:
                return i + 1
            if self.phrases.word(i) and not (self.phrases.capital(i) or self.norms[i].isdigit() or self.norms[i] in self.speech.days | self.speech.time_words):
                break
        return s.first

    def _keep(self, draft: Draft, s: _Sentence) -> None:
        draft.sentence = s.index
        draft.content = [self._trim(c) for c in draft.content]
        draft.content = [c for c in draft.content if c[1] > c[0] and any(self.phrases.word(i) for i in range(*c))]
        if draft.content:
            self.drafts.append(draft)

    def _trim(self, c: Range) -> Range:
        """Content without the commas at its edges."""
        a, b = c
        while a < b and self.norms[a] in ",;:-–—":
            a += 1
        while a < b and self.norms[b - 1] in ",;:-–—":
            b -= 1
        if b - 1 > a and self.norms[b - 1] in _ENDS and self.norms[a] not in _MARKS:
            b -= 1
        return a, b

    def _relation(self, s: _Sentence, k: int, cue: Cue) -> Draft | None:
        if cue.sort == "source":
            return self._according(s, k, cue)
        if cue.sort == "citing":
            return self._cited(s, cue)
        q = self._quote(cue.verb)
        lo, hi = s.first, s.end
        if q is not None:
            lo, hi = max(lo, q.first + 1), min(hi, q.last - 1)
            if cue.subject is not None and lo <= cue.first < hi:
                return self._inside(q, cue)
            if self._attributed(q, s):
                return None
        if cue.passive:
            return self._passive(s, k, cue, lo, hi) if q is None else None
        if cue.subject is not None:
            return self._pronoun(s, k, cue, lo, hi)
        draft = self._inverted(s, k, cue, lo, hi) or self._subject_first(s, k, cue, lo, hi)
        if q is not None and draft is not None:
            if draft.source is None or not any(self.phrases.capital(i) for i in range(*draft.source)):
                return None
        return draft

    def _attributed(self, q: Quotation, s: _Sentence) -> bool:
        """Whether a cue right after a quotation says whose it is."""
        after = q.last
        if after < len(self.norms) and self.norms[after] == ",":
            after += 1
        return after < len(self.norms) and after < s.last and self.norms[after] not in _ENDS

    # --- prepositions -----------------------------------------------------------------------------

    def _according(self, s: _Sentence, k: int, cue: Cue) -> Draft | None:
        """`Selon X, …` and `…, selon X`."""
        q = self._quote(cue.first)
        lo, hi = s.first, s.end
        if q is not None:
            lo, hi = max(lo, q.first + 1), min(hi, q.last - 1)
        lo = max(lo, self._boundary(lo, cue.first, s, k))
        if cue.last < hi and self.norms[cue.last] in self.speech.relative:
            return self._noun(s, cue.first - 1, cue.last + 1, s.end)
        if cue.last >= hi or not self.phrases.begins(cue.last, hi) and not self.phrases.agentive(cue.last, min(cue.last + 4, hi)):
            return None
        colon = next((i for i in range(cue.first - 1, lo, -1) if self.norms[i] == ":" and self._quote(i) is None), None)
        if colon is not None:
            lo = colon + 1
        near = cue.first - 1
        while near > lo and not self.phrases.word(near):
            near -= 1
        lead = near >= lo and self.norms[near] in self.speech.conjunctions or all(not self.phrases.word(i) or self.norms[i] in self.speech.conjunctions or self.phrases.aside(i, hi) > i for i in range(lo, cue.first))
        end = self.phrases.forward(cue.last, hi, closed=not lead)
        after = self._cited_end(end, hi)
        if lead and after + 1 < hi and self.norms[after] == "," and self.norms[after + 1] in self.speech.relative:
            after = next((i for i in range(after + 2, hi) if self.norms[i] == ","), after)
        content: list[Range] = []
        if lead:
            content = [(after, self._clause_end(s, k, after, hi, thing=False))]
        elif after >= hi or self.norms[after] in (";", ":") or not self.phrases.word(after):
            content = [(lo, cue.first)]
            relative = after + 1 < hi and self.norms[after + 1] in self.speech.relative
            if after < hi and self.norms[after] == "," and not relative and not self._clausal(lo, cue.first):
                content.append((after, self._clause_end(s, k, after, hi, thing=False)))
        else:
            content = [(lo, cue.first)]
        content = [self._widened(c) for c in content]
        return Draft((cue.first, cue.last), content, (cue.last, end), "say", verb=False)

    def _cited_end(self, end: int, hi: int) -> int:
        """Past ', cited by Y,' after a source."""
        if end + 1 < hi and self.norms[end] == ",":
            for after, sort in self.speech.prepositions.at(self.norms, end + 1):
                if sort == "citing" and after < hi:
                    return self.phrases.forward(after, hi, closed=False)
        return end

    def _cited(self, s: _Sentence, cue: Cue) -> Draft | None:
        """`Selon X, citée par Y, …`: Y hands on the content of X."""
        previous = self.drafts[-1] if self.drafts else None
        if previous is None or previous.sentence != s.index or previous.source is None or previous.source[1] > cue.first:
            return None
        if cue.last >= s.end or not self.phrases.agentive(cue.last, min(cue.last + 4, s.end)):
            return None
        end = self.phrases.forward(cue.last, s.end, closed=False)
        return Draft((cue.first, cue.last), list(previous.content), (cue.last, end), "report")

    # --- verbs ------------------------------------------------------------------------------------

    def _inside(self, q: Quotation, cue: Cue) -> Draft | None:
        """`« A, dit-il, B »`: a cue between commas inside the quotation that it stands for."""
        if cue.subject is None or self.norms[cue.first - 1] not in (",", "?", "!", "…"):
            return None
        if cue.last >= q.last or self.norms[cue.last] not in (",", ".", "»", "”", '"'):
            return None
        content = [(q.first, cue.first), (cue.last, q.last)]
        return Draft((cue.first, cue.last), content, (cue.subject, cue.subject + 1), cue.act, cue.negated, pronoun=True)

    def _pronoun(self, s: _Sentence, k: int, cue: Cue, lo: int, hi: int) -> Draft | None:
        """`…, a-t-il dit`, `répète-t-elle`."""
        assert cue.subject is not None
        lo = max(lo, self._boundary(lo, cue.first, s, k, around=True))
        source: Range | None = (cue.subject, cue.subject + 1)
        colon = next((i for i in range(cue.first - 1, lo, -1) if self.norms[i] == ":" and self._quote(i) is None), None)
        hint = None
        if colon is not None:
            subject = self.phrases.clause_subject(lo, colon)
            hint, lo = subject and self.phrases.short(*subject), colon + 1
        after = self.phrases.asides(cue.last, hi)
        if self.norms[cue.subject] in self.speech.impersonal:
            source = self._agency(after, hi)
        content = self._after_introducer(s, k, cue, after, hi)
        if content is None:
            if cue.first <= lo:
                return None
            quoted = self._quote_ending(cue.first - 1) is not None
            content = [self._widened((lo, cue.first)), *self._second_half(s, k, after, hi, None if quoted else (lo, cue.first))]
        pronoun = source is not None and source[0] == cue.subject
        return Draft((cue.first, cue.last), content, source, cue.act, cue.negated, pronoun=pronoun, hint=hint)

    def _agency(self, at: int, hi: int) -> Range | None:
        """`a-t-on appris auprès du parquet`: the source behind a pronoun that names nobody."""
        i = at
        if i < hi and (self.norms[i] in self.speech.audience or self.norms[i] in self.speech.linkers):
            while i < hi and self.norms[i] in self.speech.linkers | self.speech.audience:
                i += 1
            if i < hi and self.phrases.word(i):
                return i, self.phrases.forward(i, hi, closed=True)
        return None

    def _inverted(self, s: _Sentence, k: int, cue: Cue, lo: int, hi: int) -> Draft | None:
        """`« … », a indiqué X`, `…, said X`."""
        if cue.first <= lo or not cue.frames & {"that", "quote"} and self._quote_ending(cue.first - 1) is None:
            return None
        if cue.form in ("gerund", "infinitive") and not cue.first < cue.verb:
            return None
        before = cue.first - 1
        quote = self._quote_ending(before)
        if quote is None and self.norms[before] not in (",", "?", "!", "–", "—", "…"):
            return None
        j = self.phrases.asides(cue.last, hi)
        if j >= hi or not self.phrases.begins(j, hi) or self._introduces(j, hi):
            return None
        end = self.phrases.forward(j, hi, closed=True)
        if not self.phrases.agentive(j, end):
            return None
        rest = self.phrases.asides(end, hi)
        if quote is None and rest < hi and self.phrases.word(rest) and not self.speech.stops.at(self.norms, rest):
            return None
        lo = max(lo, self._boundary(lo, cue.first, s, k, around=True))
        if quote is None:
            if before - lo < _CLAUSE or self._introduces(end, hi) or self._apposed(lo, cue.first):
                return None
        content = [self._widened((lo, cue.first)) if quote is None or not self._alone(quote, lo) else (quote.first, quote.last)]
        content += self._second_half(s, k, end, hi, (lo, before) if quote is None else None)
        return Draft((cue.first, cue.last), content, (j, end), cue.act, cue.negated, pronoun=bool(self.phrases.pronoun(j)))

    def _apposed(self, lo: int, end: int) -> bool:
        """Whether all that stands before a verb is a source with what explains it between commas: then the verb is that source's."""
        start = self.phrases.backward(lo, end)
        return start is not None and start <= lo + 1 and self.phrases.agentive(start, end) and not any(self.phrases.finite(i) for i in range(start, end))

    def _alone(self, q: Quotation, lo: int) -> bool:
        """Whether a quotation is all that stands before a cue: else it is part of a clause of the writer's."""
        return q.first <= lo or not any(self.phrases.word(i) for i in range(lo, q.first)) or (q.speech and not self._clausal(lo, q.first) and self.norms[q.first - 1] in (",", ":", ".", "!", "?", ";"))

    def _second_half(self, s: _Sentence, k: int, end: int, hi: int, first: Range | None) -> list[Range]:
        """What follows the source of a cue in the middle of its content."""
        i = self.phrases.asides(end, hi)
        if i < hi and self.norms[i] in (",", ":", ";"):
            q = self._quote(i + 1)
            if q is not None and q.first == i + 1:
                return [(q.first, q.last)]
            goes_on = first is not None and self.norms[i] == "," and not self._clausal(*first) and i + 1 < hi
            if goes_on and self.norms[i + 1] not in self.speech.relative | self.speech.subordinators:
                return [(i + 1, self._clause_end(s, k, i + 1, hi, thing=False))]
        return []

    def _subject_first(self, s: _Sentence, k: int, cue: Cue, lo: int, hi: int) -> Draft | None:
        """`X said that …`, and `…, X said`."""
        shared = self._shared(s, k, cue)
        if shared is not None:
            return self._plain(s, k, cue, hi, shared.source, shared.pronoun)
        if cue.bare or cue.form == "infinitive" and cue.first == cue.verb:
            return None
        limit = max(lo, self._boundary(lo, cue.first, s, k))
        end = cue.first
        aside = end - 1 >= limit and self.norms[end - 1] in self.speech.relative
        if aside:
            return self._relative(s, k, cue, limit, hi)
        end = self._before_asides(limit, end)
        if cue.form == "gerund" and cue.first == cue.verb:
            return self._gerund(s, k, cue, limit, hi)
        if end > limit and self.norms[end - 1] in self.speech.conjunctions:
            start = self.phrases.clause_subject(limit, end - 1)
            if start is None:
                return None
            return self._plain(s, k, cue, hi, start, bool(self.phrases.pronoun(start[0])))
        start = self.phrases.backward(limit, end)
        if start is None or self.norms[end - 1] in self.speech.no_subject_end and not self.phrases.pronoun(start):
            return None
        if cue.first == cue.verb and self.norms[cue.verb] in self.speech.nounlike and not self.phrases.solid(start, end):
            if not self._introduces(cue.last, hi):
                return None
        if self._tangled(start, end):
            return None
        while end > start and self.norms[end - 1] == ",":
            end -= 1
        source: Range | None = (start, end)
        pronoun = bool(self.phrases.pronoun(start)) and self.phrases.pronoun(start) >= end
        if end - start == 1 and self.norms[start] in self.speech.first_person:
            return None
        wide = max(lo, self._boundary(lo, cue.first, s, k, around=True))
        parenthesis = self._parenthesis(s, k, cue, min(limit, wide), start, hi)
        if end - start == 1 and self.norms[start] in self.speech.impersonal:
            source, pronoun = None, False
        if parenthesis is not None:
            return Draft((cue.first, cue.last), parenthesis, source, cue.act, cue.negated, pronoun=pronoun)
        return self._plain(s, k, cue, hi, source, pronoun)

    def _relative(self, s: _Sentence, k: int, cue: Cue, limit: int, hi: int) -> Draft | None:
        """`X, who says …`: the pronoun is the source and stands for X."""
        at = end = cue.first - 1
        while end - 1 >= limit and self.norms[end - 1] == ",":
            end -= 1
        draft = self._plain(s, k, cue, hi, (at, at + 1), True)
        if draft is not None:
            draft.aside, draft.hint = True, self.phrases.antecedent(limit, end)
            if draft.hint is not None and not self.phrases.agentive(*draft.hint):
                return None
        return draft

    def _gerund(self, s: _Sentence, k: int, cue: Cue, limit: int, hi: int) -> Draft | None:
        """`X left, saying that …`: the subject of the clause is the source."""
        if cue.first <= limit or self.norms[cue.first - 1] != ",":
            return None
        source = self.phrases.clause_subject(s.first if limit >= cue.first - 1 else limit, cue.first - 1)
        if source is None:
            return None
        return self._plain(s, k, cue, hi, source, bool(self.phrases.pronoun(source[0])))

    def _tangled(self, start: int, end: int) -> bool:
        """Whether a phrase has a verb of its own outside a relative clause: then what follows is no subject's verb."""
        for i in range(start, end):
            if self.norms[i] in self.speech.relative or self.norms[i] == ",":
                return False
            if i > start and self.phrases.finite(i) and not self.phrases.capital(i):
                return True
        return False

    def _before_asides(self, limit: int, end: int) -> int:
        """`Magistrate X on Wednesday | issued`: the end of the subject without what is slipped in before the verb."""
        for start in range(max(limit + 1, end - 6), end):
            if self.phrases.asides(start, end) == end and self.norms[start] != "," and not self.phrases.capital(start):
                return start
        return end

    def _parenthesis(self, s: _Sentence, k: int, cue: Cue, lo: int, start: int, hi: int) -> list[Range] | None:
        """The content before `…, X said`, None if the content comes after the cue."""
        if start - 1 < lo or not cue.frames & {"that", "quote", "whom"}:
            return None
        before = start - 1
        quote = self._quote_ending(before)
        if quote is None and self.norms[before] not in (",", "?", "!"):
            return None
        after = self.phrases.asides(cue.last, hi)
        if self._introduces(after, hi):
            return None
        if "whom" in cue.frames and after < hi:
            after = self.phrases.asides(self.phrases.forward(after, hi, closed=True), hi)
        ends = after >= hi or not self.phrases.word(after)
        if quote is not None and quote.speech:
            content = [(quote.first, quote.last)] if self._alone(quote, lo) else [self._widened((lo, before))]
            return content + self._second_half(s, k, after, hi, None)
        if not ends or not (quote or self._clausal(lo, before) or before - lo >= 4):
            return None
        content = [self._widened((lo, before))]
        if after < hi and self.norms[after] == "," and not self._clausal(lo, before):
            content.append((after, self._clause_end(s, k, after + 1, hi, thing=False)))
        return content

    def _shared(self, s: _Sentence, k: int, cue: Cue) -> Draft | None:
        """The earlier statement of the sentence whose source is also this cue's: 'blamed X and threatened', ', adding that'."""
        previous = next((d for d in reversed(self.drafts) if d.sentence == s.index and d.cue[1] <= cue.first), None)
        if previous is None:
            return None
        before = cue.first - 1
        while before > previous.cue[1] and (self.speech.adverb(self.norms[before]) or self.norms[before] in self.speech.negation):
            before -= 1
        if cue.form == "gerund" and cue.first == cue.verb:
            led = self.speech.conjunctions | self.speech.gerund_leads | {","}
            return previous if self.norms[before] in led else None
        if self.norms[before] in self.speech.conjunctions:
            head = s.cues[[c.first for c in s.cues].index(previous.cue[0])] if any(c.first == previous.cue[0] for c in s.cues) else None
            if cue.bare or (head is not None and head.form == cue.form and not cue.passive):
                return previous
        return None

    def _plain(self, s: _Sentence, k: int, cue: Cue, hi: int, source: Range | None, pronoun: bool) -> Draft | None:
        """Content after the cue."""
        after = self.phrases.asides(cue.last, hi)
        content = self._after_introducer(s, k, cue, after, hi)
        if content is None and after < hi and (self.phrases.word(after) or self.norms[after] in _MARKS):
            clause = "that" in cue.frames and self.speech.bare_clause
            if "whom" in cue.frames and "thing" not in cue.frames:
                after = self._past_addressee(after, hi)
            thing = bool(cue.frames & {"thing", "to"}) or ("that" in cue.frames and not self.speech.bare_clause)
            if cue.negated and cue.act in ("say", "report") and not clause:
                return None
            if not clause and not cue.frames & {"thing", "that", "whom"} and not self._preposition_near(after, hi):
                return None
            if clause or thing or "whom" in cue.frames:
                if not clause and source is not None and not pronoun and not self._can_speak(source, cue):
                    return None
                if not clause and not cue.frames & {"thing", "to", "whom"} and not self._infinitive(after, hi):
                    return None
                if not clause and self.norms[after] in self.speech.linkers and "to" not in cue.frames and self.norms[after] not in self.speech.determiners:
                    return None
                stop = self._clause_end(s, k, after, hi, thing=not clause)
                if stop > after:
                    content = [(after, stop)]
        if content is None:
            return None
        return Draft((cue.first, cue.last), content, source, cue.act, cue.negated, pronoun=pronoun)

    def _can_speak(self, source: Range, cue: Cue) -> bool:
        """Whether a source can be believed: it names people or a body, or its verb can be nothing but a verb of saying."""
        return self.phrases.agentive(*source) or (
            not self.speech.bare_clause and self.norms[cue.verb] not in self.speech.nounlike and self.phrases.begins(source[0], source[1])
        )

    def _infinitive(self, first: int, hi: int) -> bool:
        """Whether an infinitive or a quotation stands as content."""
        for i in range(first, min(hi, first + 4)):
            if self.norms[i] in _MARKS or (len(self.norms[i]) > 3 and self.norms[i].endswith(self.speech.infinitive_endings)):
                return True
            if self.norms[i] not in self.speech.clitics | self.speech.negation:
                return False
        return False

    def _preposition_near(self, first: int, hi: int) -> bool:
        """Whether a word that introduces an infinitive or its like follows, right away or after an object."""
        for i in range(first, min(hi, first + _OBJECT)):
            if self.norms[i] == ",":
                return False
            if any(kind == "to" for _, kind in self.speech.introducers.at(self.norms, i)):
                return True
        return False

    def _past_addressee(self, i: int, hi: int) -> int:
        """Past the one who is told."""
        if self.phrases.begins(i, hi) or self.norms[i] in self.speech.clitics:
            end = self.phrases.forward(i, hi, closed=False)
            return self.phrases.asides(end, hi) if end < hi else i
        return i

    def _introduces(self, i: int, hi: int) -> bool:
        """Whether content is introduced at `i`: by a word, a colon or a quotation."""
        if i >= hi:
            return False
        if self.norms[i] == ":" or any(kind in ("that", "question") for _, kind in self.speech.introducers.at(self.norms, i)):
            return True
        q = self._quote(i)
        return q is not None and q.first == i

    def _after_introducer(self, s: _Sentence, k: int, cue: Cue, after: int, hi: int) -> list[Range] | None:
        """Content that a word, a colon or a quotation introduces, right after the cue or past the one spoken to."""
        if after < hi and self.norms[after] in _MARKS and self._quote(after) is None:
            return None
        if after < hi and "to" in cue.frames and any(kind == "to" for _, kind in self.speech.introducers.at(self.norms, after)):
            return None
        for i in range(after, min(hi, after + _FAR)):
            if i > after and (self.norms[i] in (";", ".") or any(c.first <= i < c.last for c in s.cues[k + 1 :])):
                return None
            if self.norms[i] == ":" and i + 1 >= s.last:
                return self._next_paragraph(s)
            if self.norms[i] == ":":
                q = self._quote(i + 1)
                if q is not None and q.first == i + 1:
                    return [(q.first, q.last)]
                return [(i + 1, hi)]
            q = self._quote(i)
            if q is not None and q.first == i and (i == after or self.norms[i - 1] in (",", ":") or self._addressed(after, i)):
                stop = max(q.last, self._clause_end(s, k, min(q.last, hi), hi, thing=False)) if q.last < hi and self.phrases.word(q.last) else q.last
                return [(i, stop)]
            kinds = {kind for _, kind in self.speech.introducers.at(self.norms, i)}
            if kinds & {"that"} or (i == after and "question" in kinds) or ("whom" in cue.frames and "question" in kinds):
                if i == after or cue.frames & {"that", "whom"}:
                    return [(i, self._clause_end(s, k, i, hi, thing=False))]
                return None
        return None

    def _next_paragraph(self, s: _Sentence) -> list[Range] | None:
        """What a colon at the end of a paragraph announces: the quotation that begins the next one, or all of it."""
        sentences = self.sentences
        at = s.index + 1
        if at >= len(sentences) or sentences[at].heading:
            return None
        q = self._quote(sentences[at].first)
        if q is not None and q.first == sentences[at].first:
            return [(q.first, q.last)]
        return [(sentences[at].first, self._paragraph_end[sentences[at].paragraph])]

    def _addressed(self, first: int, last: int) -> bool:
        """Whether the words between a cue and a quotation name the one spoken to."""
        return self.norms[first] in self.speech.audience or self.phrases.forward(first, last, closed=True) >= last and self.phrases.agentive(first, last)

    def _passive(self, s: _Sentence, k: int, cue: Cue, lo: int, hi: int) -> Draft | None:
        """`is alleged to …`: nobody's word, unless an agent is named."""
        after = self.phrases.asides(cue.last, hi)
        nobody = cue.first > lo and self.norms[cue.first - 1] in self.speech.inverted | self.speech.impersonal
        says = nobody and any(kind == "that" for _, kind in self.speech.introducers.at(self.norms, after)) if after < hi else False
        if self.norms[cue.verb] not in self.speech.hedge_passive and not says:
            return None
        if after >= hi:
            return None
        start = self.phrases.backward(max(lo, self._boundary(lo, cue.first, s, k)), cue.first)
        subject = start if start is not None else cue.first
        for i in range(after, min(hi, after + _FAR)):
            if self.norms[i] in self.speech.by and self.phrases.agentive(i + 1, min(i + 5, hi)):
                end = self.phrases.forward(i + 1, hi, closed=True)
                return Draft((cue.first, cue.last), [(subject, i)], (i + 1, end), cue.act, cue.negated, hedge=True)
            if self.norms[i] in (",", ";", ":"):
                break
        kinds = {kind for _, kind in self.speech.introducers.at(self.norms, after)}
        if not kinds & {"infinitive", "that"}:
            return None
        return Draft((cue.first, cue.last), [(after, self._clause_end(s, k, after, hi, thing=False))], None, cue.act, cue.negated, hedge=True)

    # --- without a verb ---------------------------------------------------------------------------

    def _colon(self, s: _Sentence) -> None:
        """`X : « … »`, `SMITH: …` in a transcript, and `« … » — X` at the end of a paragraph."""
        taken = any(d.sentence == s.index and self._quote(d.cue[0]) is None for d in self.drafts[-3:])
        if taken:
            return
        for i in range(s.first + 1, min(s.last - 1, s.first + 25)):
            if self.norms[i] in ("—", "–", "―", "-") and i - 1 >= s.first and self._quote_ending(i - 1) is not None:
                q = self._quote_ending(i - 1)
                if q is not None and q.speech and s.end - i <= _SIGNATURE and self.phrases.agentive(i + 1, s.end):
                    self._keep(Draft((i, i + 1), [(q.first, q.last)], (i + 1, s.end), "say"), s)
                return
            if self.norms[i] != ":":
                continue
            q = self._quote(i + 1)
            if q is not None and q.first == i + 1:
                start = self.phrases.backward(s.first, i)
                if start is not None and self.phrases.agentive(start, i) and i - start <= 15:
                    self._keep(Draft((i, i + 1), [(q.first, q.last)], self.phrases.short(start, i), "say"), s)
            elif i - s.first <= 3 and not self.doc.tokens.surfaces[i + 1][:2].isupper() and all(self.doc.tokens.surfaces[j].isupper() for j in range(s.first, i)):
                self._keep(Draft((i, i + 1), [(i + 1, self._paragraph_end[s.paragraph])], (s.first, i), "say"), s)
            return

    def _nouns(self, s: _Sentence) -> None:
        """`the accusation that …`, `reports that …`."""
        for i in range(s.first, s.end - 2):
            if self.norms[i] not in self.speech.nouns or not any(kind == "that" for _, kind in self.speech.introducers.at(self.norms, i + 1)):
                continue
            if any(d.sentence == s.index and (d.cue[0] <= i < d.cue[1] or any(c[0] == i + 1 for c in d.content)) for d in self.drafts[-12:]):
                continue
            draft = self._noun(s, i, i + 1, s.end)
            if draft is not None:
                self._keep(draft, s)

    def _noun(self, s: _Sentence, i: int, first: int, hi: int) -> Draft | None:
        """The content of a cue noun, at or shortly before `i`, that begins at `first`."""
        at = next((k for k in range(i, max(s.first, i - 8) - 1, -1) if self.norms[k] in self.speech.nouns), None)
        if at is None or first >= hi:
            return None
        source, pronoun = self._owner(s.first, at)
        if source is None and at < i and self.norms[at + 1] in self.speech.linkers:
            start = at + 2
            while start < i and self.norms[start] in self.speech.linkers:
                start += 1
            source = (start, i + 1) if start <= i else None
        content = [(first, self._clause_end(s, -1, first, hi, thing=False))]
        return Draft((at, at + 1), content, source, self.speech.nouns[self.norms[at]], hedge=source is None, pronoun=pronoun)

    def _owner(self, first: int, i: int) -> tuple[Range | None, bool]:
        """`X's claim`, `his earlier claim`: who stands before the noun, and whether it is a pronoun."""
        for at in range(i - 1, max(first, i - 3) - 1, -1):
            if self.norms[at] in self.speech.possessive:
                return (at, at + 1), True
            if self.norms[at] in ("'s", "’s", "'", "’") and at > first:
                return (self.phrases.owner(first, at), at), False
            if not self.phrases.word(at) or self.norms[at] in self.speech.determiners:
                break
        return None, False

    def _reports(self, s: _Sentence, before: int) -> None:
        """`reportedly`, `alleged`: a report on nobody's word, where no statement of the sentence holds it."""
        for i in range(s.first, s.end):
            of = self.norms[i] in self.speech.reports_of
            if not of and self.norms[i] not in self.speech.reports:
                continue
            if any(a <= i < b for d in self.drafts[before:] for a, b in (d.cue, *d.content)) or self._quote(i) is not None:
                continue
            if of:
                end = self.phrases.forward(i + 1, s.end, closed=False) if i + 1 < s.end and self.phrases.word(i + 1) else i + 1
                content = [(i + 1, end)]
            else:
                lo = self._boundary(s.first, i, s, None)
                content = [(lo, i), (i + 1, self._clause_end(s, None, i + 1, s.end, thing=False))]
            self._keep(Draft((i, i + 1), content, None, "say", hedge=True), s)

    # --- bounds -----------------------------------------------------------------------------------

    def _boundary(self, lo: int, hi: int, s: _Sentence, k: int | None, around: bool = False) -> int:
        """Where the clause that a cue belongs to begins, at the latest: after a semicolon or an earlier relation.

        `around`: the cue stands at the end of its content, which may hold earlier relations as a whole.
        """
        at = lo
        for i in range(hi - 1, lo, -1):
            if self.norms[i] == ";" and self._quote(i) is None:
                at = i + 1
                break
        for d in reversed(self.drafts):
            if d.sentence != s.index:
                break
            if d.cue[0] >= hi or d.aside:
                continue
            if around and d.verb and all(c[0] >= d.cue[1] for c in d.content):
                continue
            used = max([d.cue[1], *(d.source[1:] if d.source and d.source[1] <= hi else ())])
            if any(c[0] < d.cue[0] for c in d.content) or all(c[1] <= hi for c in d.content):
                used = max([used, *(c[1] for c in d.content if c[1] <= hi)])
            else:
                used = d.cue[1]
            at = max(at, min(used, hi))
            break
        return at

    def _widened(self, c: Range) -> Range:
        """Content before a cue, from the beginning of the quotation in which it begins."""
        a, b = c
        q = self._quote(a)
        if q is not None and q.first < a and q.last <= b + 1:
            a = q.first
        while a < b and (not self.phrases.word(a) and self.norms[a] not in _MARKS):
            a += 1
        return a, b

    def _clausal(self, first: int, last: int) -> bool:
        """Whether words make a clause: they have a finite verb that is known, or are many."""
        speech = self.speech
        return last - first >= 9 or any(
            n in speech.finite or n in speech.hedge_verbs or any(f.form == "finite" for f in speech.verbs.get(n, ()))
            for n in self.norms[first:last]
        )

    def _clause_end(self, s: _Sentence, k: int | None, first: int, hi: int, thing: bool) -> int:
        """Where content that begins at `first` ends: before another relation of the sentence, a semicolon, or at its end."""
        end = hi
        for i in range(first, hi):
            if self.norms[i] == ";" and self._quote(i) is None:
                end = i
                break
            if thing and i > first and self.norms[i] == "," and i + 1 < hi and self._quote(i) is None:
                word = self.norms[i + 1]
                if word in self.speech.subordinators or word in self.speech.relative:
                    end = i
                    break
        dashes = [i for i in range(first + 1, end) if self.norms[i] in ("—", "–", "―") and self._quote(i) is None]
        if len(dashes) == 1:
            end = dashes[0]
        for cue in s.cues:
            if cue.first <= first or cue.first >= end:
                continue
            if self._quote(cue.first) is not None:
                continue
            cut = self._cut(s, cue, first, k, thing)
            if cut is not None and cut >= first:
                end = min(end, cut)
                break
        return end

    def _cut(self, s: _Sentence, cue: Cue, first: int, k: int | None, thing: bool) -> int | None:
        """Where an earlier content must end for a later cue, None if the cue may lie inside it."""
        before = cue.first - 1
        if cue.sort != "verb":
            return before if self.norms[before] == "," else None
        if cue.form == "gerund" and cue.first == cue.verb:
            return before if self.norms[before] == "," else None
        if cue.subject is not None and self.norms[before] == ",":
            return before
        here = s.cues[k] if k is not None and 0 <= k < len(s.cues) else None
        j = before
        while j > first and self.speech.adverb(self.norms[j]):
            j -= 1
        if self.norms[j] in self.speech.conjunctions:
            if cue.bare or (here is not None and here.form == cue.form and not cue.passive and here.sort == "verb"):
                return j
            return None
        start = self.phrases.backward(first, cue.first)
        if start is not None and start - 1 > first:
            lead = start - 1
            if self.norms[lead] in self.speech.conjunctions | self.speech.subordinators and self.norms[lead - 1] == ",":
                return lead - 1
            if self.norms[lead] == "," and (thing or self.phrases.asides(cue.last, s.end) >= s.end):
                return lead
            if thing and self.norms[lead] in self.speech.conjunctions and self.phrases.agentive(start, cue.first):
                return lead
        if self.norms[before] == "," and self.phrases.begins(cue.last, s.end) and self._clausal(first, before):
            return before
        return None

    # --- the whole --------------------------------------------------------------------------------

    def _continue(self) -> None:
        """Quotations that no cue stands beside go on with the statement before them, or begin the one after."""
        covered = bytearray(len(self.norms) + 1)
        for d in self.drafts:
            if self._quote(d.cue[0]) is not None:
                continue
            for a, b in d.content:
                for i in range(a, min(b, len(self.norms))):
                    covered[i] = 1
        by_place = sorted((d for d in self.drafts if self._quote(d.cue[0]) is None), key=lambda d: d.cue)
        ends = [d.cue[0] for d in by_place]
        nested = {d.cue[0] for d in self.drafts} - set(ends)
        paragraphs = [s.paragraph for s in self.sentences]
        firsts = [s.first for s in self.sentences]
        for q in self.quotes:
            if not q.speech or any(covered[i] for i in range(q.first, q.last)) or not nested.isdisjoint(range(q.first, q.last)):
                continue
            here = bisect_right(firsts, q.first) - 1
            if here < 0 or self.sentences[here].heading or not self._whole(q, here):
                continue
            at = bisect_right(ends, q.first)
            previous = by_place[at - 1] if at else None
            following = by_place[at] if at < len(by_place) else None
            if following is not None and self._leads(q, following):
                following.content.insert(0, (q.first, q.last))
            elif previous is not None and len(previous.content) < _PIECES and paragraphs[here] - paragraphs[previous.sentence] <= (1 if self._opens_paragraph(q, here) else 0):
                previous.content.append((q.first, q.last))

    def _whole(self, q: Quotation, sentence: int) -> bool:
        """Whether a quotation makes sentences of its own: it begins one and ends one."""
        s = self.sentences[sentence]
        return s.first == q.first or not any(self.phrases.word(i) for i in range(s.first, q.first))

    def _opens_paragraph(self, q: Quotation, sentence: int) -> bool:
        return sentence > 0 and self.sentences[sentence - 1].paragraph != self.sentences[sentence].paragraph

    def _leads(self, q: Quotation, following: Draft) -> bool:
        """Whether a quotation stands right before the quoted content of the next statement."""
        first = min(c[0] for c in following.content)
        return first < following.cue[0] and q.last <= first <= q.last + 2 and self.norms[first] in _MARKS

    def finish(self, names: Sequence[Name]) -> list[Statement]:
        """The drafts as statements, with speakers and the statement that each lies within."""
        drafts = sorted(self.drafts, key=lambda d: (d.cue, d.content))
        found = [self._statement(d) for d in drafts]
        hints = [self.doc.span(*d.hint) if d.hint else None for d in drafts]
        said = speakers(self.doc, names, found, [d.pronoun for d in drafts], hints)
        result = []
        for i, statement in enumerate(found):
            speaker, named = said[i]
            result.append(replace(statement, speaker=speaker, named=named, within=_within(found, i)))
        return result

    def _statement(self, d: Draft) -> Statement:
        content = tuple(self.doc.span(a, b) for a, b in sorted(d.content))
        quoted = all(self.norms[a] in _MARKS or self._quote(a) is not None for a, _ in d.content)
        hedged = d.hedge or d.act in ("claim", "fear", "expect", "doubt") or any(hedged_tokens(self.doc, a, b) for a, b in d.content[:1])
        denies = (d.act in _DENIALS) != d.negated
        if d.act in _DOUBTS or (d.act == "confirm" and d.negated):
            stance = "unconfirmed"
        elif denies and d.act in ("deny", "say", "admit", "claim", "accuse", "announce"):
            stance = "denied" if d.act in _DENIALS or d.negated else "asserted"
        else:
            stance = "asserted"
        source = self.doc.span(*d.source) if d.source else None
        return Statement(self.doc.span(*d.cue), content, source, None, quoted, hedged, stance, d.act)


def _pieces(doc: Document, s: Sentence) -> list[Sentence]:
    """A sentence in pieces short enough to be looked at as a whole; nearly always the sentence itself."""
    if s.last - s.first <= _LONGEST:
        return [s]
    cuts = [*range(s.first, s.last, _LONGEST), s.last]
    return [replace(s, first=a, last=b, span=doc.span(a, b)) for a, b in zip(cuts, cuts[1:])]


def _within(found: list[Statement], i: int) -> int | None:
    """The index of the smallest statement near by whose content holds the cue of statement `i`."""
    best: tuple[int, int] | None = None
    for j in range(max(0, i - 12), min(len(found), i + 12)):
        if j == i:
            continue
        for c in found[j].content:
            if c.covers(found[i].cue) and not any(own.covers(found[j].cue) for own in found[i].content):
                best = min(best or (len(c), j), (len(c), j))
    return best[1] if best else None


__all__ = ["Draft", "Span", "read_statements"]

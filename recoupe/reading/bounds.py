"""Bounds: where, in a sentence, the content of a statement begins and ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from recoupe.reading.cues import Cue
from recoupe.reading.document import Document, Sentence
from recoupe.reading.drafts import DASHES, ENDS, MARKS, Clause, Draft, Range
from recoupe.reading.outlets import Outlets
from recoupe.reading.phrases import Phrases
from recoupe.reading.quotes import Quotation, quotations
from recoupe.reading.speech import LEAD, Speech, signs_of, speech_of
from recoupe.records import Name

_INSERTED = 12  # tokens between two dashes
_DATELINE = 12  # tokens within which a dateline ends
_OBJECT = 8  # words between a cue and "to" that an object may take
_LONGEST = 240  # tokens of a sentence that are read together
_REACH = 30  # words in which a clause shows its verb
_SURELY = 6  # words after 'said' that are a clause even if no verb is known
_FAR = 12  # words between a cue and the word that introduces its content
_CUES = 5  # later cues that may end a content, and
_DRAFTS = 12  # earlier relations after which one may begin: both bound the work on hostile text


class Bounds:
    """A document with its quotations and phrases, and the statements found so far."""

    def __init__(self, doc: Document, names: Sequence[Name]) -> None:
        self.doc, self.norms = doc, doc.norms
        self.speech: Speech = speech_of(doc.pack)
        self.phrases = Phrases(doc, names, self.speech)
        self.outlets = Outlets(doc, names, self.phrases)
        self.signs = signs_of(doc)
        self.quotes = quotations(doc)
        self._quote_firsts = [q.first for q in self.quotes]
        self.drafts: list[Draft] = []
        self._turns: int | None = None
        self.sentences = [piece for s in doc.sentences for piece in _pieces(doc, s)]
        self._paragraph_end = {s.paragraph: s.last for s in self.sentences}

    def _quote_index(self, i: int) -> int:
        """The index of the last quotation that begins at or before token `i`, -1 if there is none."""
        return bisect_right(self._quote_firsts, i) - 1

    def _quote(self, i: int) -> Quotation | None:
        """The quotation of speech that holds token `i`."""
        k = bisect_right(self._quote_firsts, i) - 1
        if k < 0:
            return None
        quote = self.quotes[k]
        return quote if i < quote.last and quote.speech else None

    def _quote_ending(self, i: int) -> Quotation | None:
        """The quotation whose last token, or the comma after it, is at `i`."""
        for at in (i, i - 1):
            if at >= 0 and (at == i or self.norms[i] in (",", "-", "–", "—")):
                k = bisect_right(self._quote_firsts, at) - 1
                if k >= 0 and self.quotes[k].last == at + 1:
                    return self.quotes[k]
        return None

    def _trim(self, c: Range) -> Range:
        """Content without the commas at its edges."""
        a, b = c
        while a < b and self.norms[a] in ",;:-–—.!?…":
            a += 1
        while a < b and self.norms[b - 1] in ",;:-–—":
            b -= 1
        if b - 1 > a and self.norms[b - 1] in ENDS and self.norms[a] not in MARKS:
            b -= 1
        k = bisect_right(self._quote_firsts, b - 1) - 1
        if k >= 0 and self.quotes[k].first >= a and b < self.quotes[k].last <= b + 3:
            b = self.quotes[k].last
        return a, b

    def _past_dateline(self, s: Sentence) -> int:
        """The first token of a sentence after 'NAIROBI (Reuters) -'."""
        starts, ends = self.doc.tokens.starts, self.doc.tokens.ends
        for i in range(s.first + 1, min(s.first + _DATELINE, s.last - 1)):
            if self.norms[i] in ("-", "–", "—") and starts[i] > ends[i - 1] and starts[i + 1] > ends[i]:
                return s.first if self._inserted(i, s.last) else i + 1
            if self.phrases.word(i) and not (
                self.phrases.capital(i) or self.norms[i].isdigit() or self.norms[i] in self.speech.dates
            ):
                break
        return s.first

    def _inserted(self, i: int, last: int) -> bool:
        """Whether a dash at token `i` begins what is slipped in: 'Angela Balan – no relation – promised'."""
        closing = next((j for j in range(i + 2, min(last - 1, i + _INSERTED)) if self.norms[j] in DASHES), None)
        return closing is not None and self.doc.tokens.surfaces[closing + 1][0].islower()

    def _boundary(self, lo: int, hi: int, s: Clause, k: int | None, around: bool = False) -> int:
        """Where the clause that a cue belongs to begins, at the latest: after a semicolon or an earlier relation.

        `around`: the cue stands at the end of its content, which may hold earlier relations as a whole.
        """
        at = lo
        for i in range(hi - 1, lo, -1) if ";" in self.norms[lo + 1 : hi] else ():
            if self.norms[i] == ";" and self._quote(i) is None:
                at = i + 1
                break
        for d in reversed(self.drafts[-_DRAFTS:]):
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
        while a < b and (not self.phrases.word(a) and self.norms[a] not in MARKS):
            a += 1
        return a, b

    def _clausal(self, first: int, last: int) -> bool:
        """Whether words make a clause: they have a finite verb that is known, or are many."""
        speech = self.speech
        return last - first >= 9 or any(
            n in speech.finite or n in speech.hedge_verbs or any(f.form == "finite" for f in speech.verbs.get(n, ()))
            for n in self.norms[first:last]
        )

    def _clause_end(self, s: Clause, k: int | None, first: int, hi: int, thing: bool) -> int:
        """Where content that begins at `first` ends: before another relation, a semicolon, or with its sentence."""
        end = hi
        for i in range(first, hi) if thing or ";" in self.norms[first:hi] else ():
            if self.norms[i] == ";" and self._quote(i) is None:
                end = i
                break
            if thing and i > first and self.norms[i] == "," and i + 1 < hi and self._quote(i) is None:
                word = self.norms[i + 1]
                if word in self.speech.subordinators or word in self.speech.relative:
                    end = i
                    break
        if not DASHES.isdisjoint(self.norms[first + 1 : end]):
            dashes = [i for i in range(first + 1, end) if self.norms[i] in DASHES and self._quote(i) is None]
            end = dashes[0] if len(dashes) == 1 else end
        at = bisect_right(s.cues, first, key=lambda c: c.first)
        for cue in s.cues[at : at + _CUES]:
            if cue.first >= end or self._quote(cue.first) is not None:
                continue
            cut = self._cut(s, cue, first, k, thing)
            if cut is not None and cut >= first:
                end = min(end, cut)
                break
        return end

    def _cut(self, s: Clause, cue: Cue, first: int, k: int | None, thing: bool) -> int | None:
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
            if self.speech.dropped and thing and cue.form in ("finite", "participle") and not cue.passive:
                return j  # 'ha denunciado la decisión y pide …'
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

    def _introduces(self, i: int, hi: int) -> bool:
        """Whether content is introduced at `i`: by a word, a colon or a quotation."""
        if i >= hi:
            return False
        if self.norms[i] == ":" or any(
            kind in ("that", "question") for _, kind in self.speech.introducers.at(self.norms, i)
        ):
            return True
        q = self._quote(i)
        return q is not None and q.first == i

    def _next_paragraph(self, s: Clause) -> list[Range] | None:
        """What a colon at the end of a paragraph announces: the quotation that begins the next one, or all of it."""
        sentences = self.sentences
        at = s.index + 1
        if at >= len(sentences) or sentences[at].heading:
            return None
        q = self._quote(sentences[at].first)
        if q is not None and q.first == sentences[at].first:
            return [(q.first, q.last)]
        return [(sentences[at].first, self._paragraph_end[sentences[at].paragraph])]

    def _past_back(self, first: int, last: int) -> int:
        """The index after words that mean the sentence before ('об этом', 'dat'), `first` if there are none."""
        return next((end for end, _ in self.speech.said_before.at(self.norms, first) if end <= last), first)

    def _sentence_before(self, s: Clause) -> list[Range]:
        """The sentence before as content; nothing where a heading stands there."""
        if not s.index or self.sentences[s.index - 1].heading:
            return []
        before = self.sentences[s.index - 1]
        return [(before.first, before.last)]

    def _addressed(self, first: int, last: int) -> bool:
        """Whether the words between a cue and a quotation name the one spoken to."""
        return self.norms[first] in self.speech.audience or (
            self.phrases.forward(first, last, closed=True) >= last and self.phrases.agentive(first, last)
        )

    def _after_introducer(self, s: Clause, k: int, cue: Cue, after: int, hi: int) -> list[Range] | None:
        """Content that a word, a colon or a quotation introduces, right after the cue or past the one spoken to."""
        if after < hi and self.norms[after] in MARKS and self._quote(after) is None:
            return None
        recipient = self._past_told_that(after, hi) if after < hi else after
        if (
            after < hi
            and "to" in cue.frames
            and any(kind == "to" for _, kind in self.speech.introducers.at(self.norms, after))
            and recipient == after
        ):
            return None
        told = recipient
        if told == after and "whom" in cue.frames and after < hi:
            told = self._past_addressee(after, hi)
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
            if (
                q is not None
                and q.first == i
                and (i == after or self.norms[i - 1] in (",", ":") or self._addressed(after, i))
            ):
                stop = (
                    max(q.last, self._clause_end(s, k, min(q.last, hi), hi, thing=False))
                    if q.last < hi and self.phrases.word(q.last)
                    else q.last
                )
                return [(i, stop)]
            if not self.signs[i] & LEAD:
                continue
            kinds = {kind for _, kind in self.speech.introducers.at(self.norms, i)}
            if kinds.isdisjoint(("that", "question")):
                continue
            if i in (after, told) or ("that" in kinds and self._may_be_far(cue, after, i)):
                return [(i, self._clause_end(s, k, i, hi, thing=False))]
            if "that" in kinds:
                return None
        return None

    def _may_be_far(self, cue: Cue, after: int, i: int) -> bool:
        """Whether what stands between a cue and `i` only parts the two: the one spoken to, an aside."""
        if self.norms[i - 1] == "," and self._infinitive(after, i):
            return False  # 'recomienda aceptar la oferta, | que cuenta con …'
        if "whom" in cue.frames or self.norms[after] in self.speech.audience or self.norms[i - 1] == ",":
            return bool(cue.frames & {"that", "whom"})
        return "that" in cue.frames and "thing" not in cue.frames

    def _past_slip(self, i: int, hi: int) -> int:
        """Past a few words between commas right after a cue: 'a déclaré, avant de partir, le maire'."""
        if i >= hi or self.norms[i] != ",":
            return i
        for j in range(i + 2, min(hi, i + _FAR)):
            if self.norms[j] == ",":
                return j + 1
        return i

    def _past_told_that(self, i: int, hi: int) -> int:
        """Past one who is told, where 'that' stands behind: 'a dit au Parlement que'."""
        end = self._past_recipient(i, hi)
        return end if any(kind == "that" for _, kind in self.speech.introducers.at(self.norms, end)) else i

    def _past_recipient(self, i: int, hi: int) -> int:
        """Past 'to X' before what is said to X."""
        if i + 1 < hi and self.norms[i] in self.speech.audience and self.phrases.begins(i + 1, hi):
            end = self.phrases.forward(i + 1, hi, closed=False)
            return end if end < hi else i
        return i

    def _past_addressee(self, i: int, hi: int) -> int:
        """Past the one who is told."""
        if self.norms[i] in self.speech.object_pronouns and i + 1 < hi:
            return self.phrases.asides(i + 1, hi)
        if self.phrases.begins(i, hi):
            end = self.phrases.forward(i, hi, closed=False)
            return self.phrases.asides(end, hi) if end < hi else i
        return i

    def _before_inserted(self, limit: int, end: int) -> int:
        """`Angela Balan | – no relation – promised`: the end of a subject without what is slipped in between dashes."""
        if end <= limit or self.norms[end - 1] not in DASHES:
            return end
        return next((i for i in range(end - 3, max(limit, end - _INSERTED), -1) if self.norms[i] in DASHES), end)

    def _before_asides(self, limit: int, end: int) -> int:
        """`Magistrate X on Wednesday | issued`: the end of the subject without what is slipped in before the verb."""
        if self.norms[end - 1] == ")":
            opened = next((i for i in range(end - 2, max(limit, end - 7), -1) if self.norms[i] == "("), None)
            if opened is not None and self.norms[opened + 1] in self.speech.time_words:
                end = opened  # '(giờ địa phương)'
        for start in range(max(limit + 1, end - 6), end):
            if self.phrases.asides(start, end) == end and self.norms[start] != "," and not self.phrases.capital(start):
                return start
        return end

    def _tangled(self, start: int, end: int) -> bool:
        """Whether a phrase has a verb of its own outside a relative clause: then what follows is no subject's verb."""
        for i in range(start, end):
            if self.norms[i] in self.speech.relative or self.norms[i] == ",":
                return False
            if i > start and self.phrases.finite(i) and not self.phrases.capital(i):
                return True
        return False

    def _apposed(self, lo: int, end: int) -> bool:
        """Whether all that stands before a verb is a source and, between commas, what explains it."""
        start = self.phrases.backward(lo, end)
        return (
            start is not None
            and start <= lo + 1
            and self.phrases.agentive(start, end)
            and not any(self.phrases.finite(i) for i in range(start, end))
        )

    def _alone(self, q: Quotation, lo: int) -> bool:
        """Whether a quotation is all that stands before a cue: else it is part of a clause of the writer's."""
        return (
            q.first <= lo
            or not any(self.phrases.word(i) for i in range(lo, q.first))
            or (
                q.speech
                and not self._clausal(lo, q.first)
                and self.norms[q.first - 1] in (",", ":", ".", "!", "?", ";")
            )
        )

    def _second_half(self, s: Clause, k: int, end: int, hi: int, first: Range | None) -> list[Range]:
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

    def _clause_like(self, first: int, hi: int, likely: bool = False) -> bool:
        """Whether words can be a clause without an introducing word: a verb follows a subject, or is likely to."""
        if likely and hi - first >= _SURELY:
            return True
        if (
            self.norms[first] in MARKS
            or bool(self.phrases.pronoun(first))
            or self.norms[first] in self.speech.first_person
            or self.norms[first] in self.speech.impersonal
        ):
            return hi - first > 1
        return any(self._verbal(i) for i in range(first + 1, min(hi, first + _REACH)))

    def _verbal(self, i: int) -> bool:
        """Whether a word is a finite verb, as far as words alone can tell."""
        norm = self.norms[i]
        cue = norm in self.speech.verbs and norm not in self.speech.nounlike and not self.phrases.capital(i)
        return self.phrases.finite(i) or (cue and any(f.form == "finite" for f in self.speech.verbs[norm]))

    def _infinitive(self, first: int, hi: int) -> bool:
        """Whether an infinitive or a quotation stands as content."""
        for i in range(first, min(hi, first + 4)):
            if self.norms[i] in MARKS or (
                len(self.norms[i]) > 3 and self.norms[i].endswith(self.speech.infinitive_endings)
            ):
                return True
            if self.norms[i] not in self.speech.clitics | self.speech.negation:
                return False
        return False

    def _can_speak(self, source: Range, cue: Cue) -> bool:
        """Whether a source names people or a body, or its verb can be nothing but a verb of saying."""
        if self.phrases.agentive(*source):
            return True
        if self.norms[cue.verb] in self.speech.nounlike:
            return False
        return not self.speech.bare_clause and self.norms[source[0]] in self.speech.determiners

    def _preposition_near(self, first: int, hi: int) -> bool:
        """Whether a word that introduces an infinitive or its like follows, right away or after an object."""
        for i in range(first, min(hi, first + _OBJECT)):
            if self.norms[i] == ",":
                return False
            if any(kind == "to" for _, kind in self.speech.introducers.at(self.norms, i)):
                return True
        return False

    def _attributed(self, q: Quotation, s: Clause) -> bool:
        """Whether a cue right after a quotation says whose it is."""
        after = q.last
        if after < len(self.norms) and self.norms[after] == ",":
            after += 1
        return after < len(self.norms) and after < s.last and self.norms[after] not in ENDS


def _pieces(doc: Document, s: Sentence) -> list[Sentence]:
    """A sentence in pieces short enough to be looked at as a whole; nearly always the sentence itself."""
    if s.last - s.first <= _LONGEST:
        return [s]
    cuts = [*range(s.first, s.last, _LONGEST), s.last]
    return [replace(s, first=a, last=b, span=doc.span(a, b)) for a, b in pairwise(cuts)]

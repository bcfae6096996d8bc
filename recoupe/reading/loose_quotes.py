"""Loose quotations: those that no known verb of saying stands beside.

`« … », soupire un cultivateur`, `«…, — вздыхает он, — …»`, `The minister rejected "scare stories"`. Where a quotation
is, the words around it tell by their place alone who speaks: a verb right behind it has its subject after it, and the
subject of a clause speaks the words that the clause has in quotation marks.
"""

from __future__ import annotations

from recoupe.reading.announced import AnnouncedFrames
from recoupe.reading.drafts import DASHES, Clause, Draft, Range
from recoupe.reading.quotes import Quotation

_VERB = 6  # tokens within which the verb behind a quotation stands, with what belongs to it
_OBJECT = 2  # words between an unknown verb and its subject: 'разводит руками староста'
_PART = 2  # words of a quotation inside a sentence, at least
_CLAUSE = 30  # tokens of a clause before a quotation in it


class LooseFrames(AnnouncedFrames):
    """What place alone says of who speaks a quotation."""

    def _loose(self, s: Clause) -> None:
        """Read the quotations of a sentence that no statement has yet."""
        for q in self._quotes_in(s):
            if self._slipped_in(q, s) or self._taken(q.first, q.last):
                continue
            draft = self._behind_quote(q, s) or self._part_of(q, s)
            if draft is not None:
                self._keep(draft, s)

    def _quotes_in(self, s: Clause) -> list[Quotation]:
        """The quotations that end in a sentence or reach beyond it."""
        found = []
        i = s.first
        while i < s.last:
            k = self._quote_index(i)
            if k >= 0 and i < self.quotes[k].last:
                found.append(self.quotes[k])
                i = max(i + 1, self.quotes[k].last)
            elif k + 1 < len(self.quotes):
                i = self.quotes[k + 1].first
            else:
                break
        return found

    def _slipped_in(self, q: Quotation, s: Clause) -> bool:
        """`«A, — говорит X, — B»`: who speaks stands between dashes inside the quotation."""
        for i in range(max(q.first + 2, s.first), min(q.last, s.last) - 3):
            if self.norms[i] not in DASHES or self.norms[i - 1] not in ",.!?…":
                continue
            stop = next((j for j in range(i + 2, min(q.last, i + 25)) if self.norms[j] in DASHES), None)
            if stop is None:
                return False
            end = stop - 1 if self.norms[stop - 1] in ",.:" else stop
            said = self._verb_and_subject(i + 1, end)
            if said is None:
                continue
            cue, source, act = said
            mine = [d for d in self.drafts[-6:] if d.content and self._same(d, q, i, stop)]
            for d in mine:
                self.drafts.remove(d)
            pronoun = bool(self.phrases.pronoun(source[0]))
            self._keep(Draft(cue, [(q.first, i), (stop + 1, q.last)], source, act, pronoun=pronoun), s)
            return True
        return False

    @staticmethod
    def _same(d: Draft, q: Quotation, first: int, last: int) -> bool:
        """Whether a draft is about the words between two dashes, or takes the quotation for another's."""
        return first <= d.cue[0] < last

    def _behind_quote(self, q: Quotation, s: Clause) -> Draft | None:
        """`« … », soupire un cultivateur`."""
        if not q.speech or q.last >= s.end or not self._apart(q, s):
            return None
        i = q.last
        while i < s.end and (self.norms[i] in DASHES or self.norms[i] in (",", "-")):
            i += 1
        if i == q.last and self.norms[q.last - 2] not in ",?!…":
            return None
        said = self._verb_and_subject(i, s.end)
        if said is None:
            return None
        cue, source, act = said
        return Draft(cue, [(q.first, q.last)], source, act, pronoun=bool(self.phrases.pronoun(source[0])))

    def _apart(self, q: Quotation, s: Clause) -> bool:
        """Whether a quotation is no part of a clause: it begins its sentence, or follows a colon or a stop."""
        if q.first <= s.first:
            return True
        before = q.first - 1
        return self.norms[before] in ":.!?…" or self.norms[before] in DASHES

    def _verb_and_subject(self, i: int, hi: int) -> tuple[Range, Range, str] | None:
        """The verb at `i`, known or not, with its subject right behind it: cue, source, act."""
        first = i
        while i < min(hi, first + _VERB) and (
            self.norms[i] in self.speech.clitics
            or self.norms[i] in self.speech.perfect
            or self.norms[i] in self.speech.negation
            or self.speech.adverb(self.norms[i])
        ):
            i += 1
        if i >= hi or not self._unknown_verb(i):
            return None
        j = self.phrases.asides(i + 1, hi)
        while j < hi and (self.norms[j] in self.speech.clitics and not self.phrases.pronoun(j)):
            j += 1
        for at in range(j, min(hi, j + _OBJECT + 1)):
            if not self.phrases.word(at):
                return None
            end = self._source_at(at, hi, sure=at == j)
            if end > at:
                known = self.speech.verbs.get(self.norms[i], ())
                return (first, i + 1), (at, end), known[0].act if known else "say"
            if not self._lower(at) or self.norms[at] in self.speech.no_subject_end:
                return None
        return None

    def _source_at(self, at: int, hi: int, sure: bool) -> int:
        """The end of the noun phrase of a speaker at `at`; `sure`: whatever it names, it speaks."""
        pronoun = self.phrases.pronoun(at)
        if pronoun and pronoun <= hi:
            return pronoun
        if self.speech.verb_second:
            end = self._noun_phrase(at, hi)
            fits = self._speaks(at, end) or (sure and self._nominative(at, end)) if end > at else False
        elif self.speech.comma_clauses:
            end = self._phrase_end(at, next((k for k in range(at, hi) if self.norms[k] in ",;:"), hi))
            fits = self._speaks(at, end)
        else:
            if not self.phrases.begins(at, hi) or self.norms[at] in self.speech.prepositions_proper:
                return at
            end = self.phrases.forward(at, hi, closed=True)
            fits = self.phrases.agentive(at, end) or (sure and self.norms[at] in self.speech.determiners)
        return end if fits else at

    def _unknown_verb(self, i: int) -> bool:
        """Whether a word can be a verb: in lower case, and none of the words that stand elsewhere."""
        norm, speech = self.norms[i], self.speech
        return (
            norm[0].isalpha()
            and self._lower(i)
            and len(norm) > 2
            and not self.phrases.named[i]
            and not self.phrases.person(i)
            and norm not in speech.no_subject_end
            and norm not in speech.conjunctions
            and norm not in speech.subordinators
            and norm not in speech.relative
            and norm not in speech.linkers
            and norm not in speech.as_words
            and norm not in speech.so
            and norm not in self.doc.pack.function_words
            and not self.phrases.pronoun(i)
            and not self.speech.introducers.at(self.norms, i)
        )

    # --- quotations inside a clause -----------------------------------------------------------------

    def _part_of(self, q: Quotation, s: Clause) -> Draft | None:
        """`The minister rejected "scare stories"`: words of the subject in a clause of the writer's."""
        words = [i for i in range(q.first, min(q.last, s.last)) if self.phrases.word(i)]
        if len(words) < _PART or q.first <= s.first or self.doc.tokens.surfaces[words[0]][0].isupper():
            return None
        first = q.first
        while first > max(s.first, q.first - _CLAUSE) and not (
            self.norms[first - 1] in ",;:" and self._any_quote(first - 1) is None
        ):
            first -= 1
        if q.first - first < 2 or any(self._any_quote(i) is not None for i in range(first, q.first)):
            return None
        source = self._announcer(first, q.first)
        if source is None or source[1] >= q.first or self.norms[source[0]] in self.speech.first_person:
            return None
        if any(self.norms[i] in self.speech.relative for i in range(source[1], q.first)):
            return None
        pronoun = bool(self.phrases.pronoun(source[0]))
        return Draft((source[1], q.first), [(q.first, q.last)], source, "say", pronoun=pronoun)

    def _any_quote(self, i: int) -> Quotation | None:
        """The quotation that holds token `i`, however short."""
        k = self._quote_index(i)
        return self.quotes[k] if k >= 0 and i < self.quotes[k].last else None

"""Announced quotations: `X [does anything]: « … »`, `SMITH: …` in a transcript, `« … » — X` below a quotation.

What stands before the colon need not hold a verb of saying: whoever is named there as its subject is the source.
"""

from __future__ import annotations

from recoupe.reading.comma_clauses import CommaClauseFrames
from recoupe.reading.drafts import DASHES, MARKS, Clause, Draft, Range

_TURNS = 3  # paragraphs of a transcript that begin with a speaker
_SIGNATURE = 8  # tokens of a name below a quotation
_LONGEST = 45  # tokens before a colon that announces a quotation
_SOURCE = 14  # tokens of a source whose verb nobody knows
_SHORT = 3  # words between a speaker and a colon before a clause
_SAID = 5  # tokens of a clause after a colon, with it
_AHEAD = 3  # words in lower case that may stand between an office and a name


class AnnouncedFrames(CommaClauseFrames):
    """What a colon before a quotation, or a dash after it, says of who speaks."""

    def _colon(self, s: Clause) -> None:
        """Read the quotation that a colon of the sentence announces, or that a name signs."""
        for i in range(s.first + 1, min(s.last - 1, s.first + _LONGEST)):
            if self.norms[i] in DASHES or self.norms[i] == "-":
                if self._signed(s, i):
                    return
            elif self.norms[i] == ":" and self._quote(i) is None:
                self._at_colon(s, i)
                return

    def _signed(self, s: Clause, i: int) -> bool:
        """`« … » — X` at the end of a paragraph."""
        q = self._quote_ending(i - 1)
        if q is None or self._taken(q.first, q.last):
            return False
        if q.speech and s.end - i <= _SIGNATURE and self.phrases.agentive(i + 1, s.end):
            self._keep(Draft((i, i + 1), [(q.first, q.last)], (i + 1, s.end), "say"), s)
        return True

    def _at_colon(self, s: Clause, i: int) -> None:
        q = self._quote(i + 1)
        if q is not None and q.first == i + 1:
            if self._taken(q.first, q.last) or self._speaks_after(q.last, s):
                return
            source = self._announcer(s.first, i)
            if source is not None:
                pronoun = bool(self.phrases.pronoun(source[0]))
                cue = self._words_between(source[1], i)
                self._keep(Draft(cue, [(q.first, q.last)], source, "say", pronoun=pronoun), s)
        elif self._announces_clause(s, i):
            return
        elif (
            i - s.first <= 3
            and self._transcript()
            and not self.doc.tokens.surfaces[i + 1][:2].isupper()
            and all(self.doc.tokens.surfaces[j].isupper() for j in range(s.first, i))
        ):
            self._keep(Draft((i, i + 1), [(i + 1, self._paragraph_end[s.paragraph])], (s.first, i), "say"), s)

    def _words_between(self, first: int, colon: int) -> Range:
        """What stands between a speaker and a colon, the colon where nothing does."""
        while first < colon and not self.phrases.word(first):
            first += 1
        return (first, colon) if first < colon else (colon, colon + 1)

    def _announces_clause(self, s: Clause, i: int) -> bool:
        """`Le brigadier est formel : la barrière était levée`: a speaker, a word or two, a colon, a clause."""
        if s.end - i < _SAID or self._taken(i, s.end) or self._any_draft(s):
            return False
        source = self._announcer(s.first, i)
        if source is None or not 1 <= i - source[1] <= _SHORT or not self._can_announce(source, i):
            return False
        pronoun = bool(self.phrases.pronoun(source[0]))
        self._keep(Draft((source[1], i), [(i + 1, s.end)], source, "say", pronoun=pronoun), s)
        return True

    def _any_draft(self, s: Clause) -> bool:
        return bool(self.drafts) and self.drafts[-1].sentence == s.index

    def _can_announce(self, source: Range, colon: int) -> bool:
        """Whether a speaker is surely one, and what follows it no number or name."""
        speaks = any(self.phrases.named[j] == 2 or self.phrases.person(j) for j in range(*source))
        return speaks and all(self._lower(j) and self.norms[j][0].isalpha() for j in range(source[1], colon))

    def _taken(self, first: int, last: int) -> bool:
        """Whether a statement found before has what stands there, as a whole."""
        return any(a < last and first < b for d in self.drafts[-6:] for a, b in d.content)

    def _speaks_after(self, at: int, s: Clause) -> bool:
        """Whether a verb of saying right after a quotation says whose it is."""
        while at < s.end and not self.phrases.word(at):
            at += 1
        return at < s.end and (self.norms[at] in self.speech.verbs or self.norms[at] in self.speech.so)

    def _announcer(self, first: int, colon: int) -> Range | None:
        """The subject of the words before a colon: up to their verb, else up to the last name or noun of people."""
        start = self._opening(first, colon)
        if start is None:
            return None
        pronoun = self.phrases.pronoun(start)
        if pronoun and pronoun <= colon:
            return start, pronoun
        end = self._subject_end(start, colon)
        end = self._before_asides(start, end) if end > start else end
        return (start, end) if end > start and self.phrases.agentive(start, end) else None

    def _opening(self, first: int, colon: int) -> int | None:
        """Where the subject of a clause begins: past conjunctions, asides and a phrase with a preposition."""
        subject = self.phrases.clause_subject(first, colon)
        return subject[0] if subject is not None else None

    def _subject_end(self, start: int, colon: int) -> int:
        """The end of a noun phrase before a verb that may be unknown."""
        named = person = 0
        for i in range(start, min(colon, start + _SOURCE)):
            if self.norms[i] == ",":
                if not self._explained(i, colon):
                    break
            elif self.norms[i] in self.speech.relative or self.norms[i] in MARKS:
                break
            elif i > start and self._lower(i) and (self.phrases.finite(i) or self._saying(i)):
                return i
            elif self.phrases.named[i] or (self.phrases.capital(i) and self._lower(i) is False):
                if named and i - named > _AHEAD:
                    break
                named = i + 1
            elif self.phrases.person(i) and not named:
                person = i + 1
        return named or person or start

    def _saying(self, i: int) -> bool:
        return self.norms[i] in self.speech.verbs and not self.phrases.person(i) and not self.phrases.named[i]

    def _explained(self, comma: int, colon: int) -> bool:
        """Whether what follows a comma explains the noun phrase before it: a name, an office, an age."""
        end = next((j for j in range(comma + 1, min(colon, comma + 10)) if self.norms[j] == ","), None)
        return end is not None and not any(self.phrases.finite(j) or self._saying(j) for j in range(comma + 1, end))

    def _transcript(self) -> bool:
        """Whether the text is one: three paragraphs or more begin with a name in capitals and a colon."""
        if self._turns is None:
            surfaces = self.doc.tokens.surfaces
            starts = {s.paragraph: s for s in reversed(self.sentences)}.values()
            self._turns = sum(
                ":" in surfaces[s.first + 1 : min(s.first + 4, s.last)] and surfaces[s.first].isupper() for s in starts
            )
        return self._turns >= _TURNS

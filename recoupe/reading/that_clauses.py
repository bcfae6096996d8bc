"""Clauses with 'that' behind a verb that no list knows: whoever speaks and what is claimed stand there all the same."""

from __future__ import annotations

from recoupe.reading.clause_parts import Part
from recoupe.reading.drafts import Clause, Draft, Range
from recoupe.reading.loose_quotes import LooseFrames

_VERB = 3  # words before 'that' among which the verb stands
_CLAUSE = 3  # words of a clause with 'that', at least


class ThatFrames(LooseFrames):
    """What a clause with 'that' says of its main clause: that its verb is one of saying or thinking."""

    def _that_clauses(self, s: Clause) -> None:
        """Read the clauses with 'that' of a sentence whose subject can speak and that no statement has yet."""
        words = self.speech.that_words | self.speech.reported
        if not any(self.norms[i] in words for i in range(s.first + 2, s.end - _CLAUSE)):
            return
        parted = self.speech.verb_second or self.speech.comma_clauses
        draft = self._parted(s) if parted else self._joined(s)
        if draft is not None:
            self._keep(draft, s)

    def _unsaid_part(self, part: Part, s: Clause) -> bool:
        """Whether a part is a clause with 'that', or one whose verb reports, that is nobody's content yet."""
        if self.norms[part.first] in self.speech.that_words:
            return self._free_that(part.first, s)
        if not self.speech.reported or self._depending(part) or self._own(part) or self._verb_leads(part):
            return False
        reports = any(self.norms[i] in self.speech.reported and self._lower(i) for i in range(part.first, part.last))
        taken = any(a <= part.first < b for d in self.drafts[-8:] for a, b in d.content)
        return reports and not taken and not any(d.sentence == s.index for d in self.drafts[-3:])

    def _free_that(self, i: int, s: Clause) -> bool:
        """Whether 'that' at `i` begins a clause outside quotations that is nobody's content yet."""
        return (
            self.norms[i] in self.speech.that_words
            and self._quote(i) is None
            and not any(a <= i < b for d in self.drafts[-8:] if d.sentence == s.index for a, b in d.content)
            and not any(d.sentence == s.index and d.cue[0] <= i < d.cue[1] for d in self.drafts[-8:])
        )

    def _parted(self, s: Clause) -> Draft | None:
        """`Der Verband hält dagegen, dass …`: a comma parts the clauses."""
        parts = self._parts(s)
        for k in range(1, len(parts)):
            part, before = parts[k], parts[k - 1]
            if part.quote or before.quote or part.sign != "," or not self._unsaid_part(part, s):
                continue
            if self._depending(before) or part.last - part.first < _CLAUSE:
                continue
            found = self._subject_of(before)
            if found is None:
                continue
            source, cue = found
            end = self._until(s, parts, k) if self.speech.verb_second else self._reach(s, parts, k)
            return Draft(cue, [(part.first, end)], source, "say", pronoun=bool(self.phrases.pronoun(source[0])))
        return None

    def _depending(self, part: Part) -> bool:
        norm = self.norms[part.first]
        if norm in self.speech.relative and not (self.speech.verb_second and not self._related(part)):
            return True
        return norm in self.speech.subordinators or norm in self.speech.that_words

    def _subject_of(self, part: Part) -> tuple[Range, Range] | None:
        """The subject of a main clause that can speak, and the verb: source, cue."""
        first = self._lead_in(part)
        if any(self.norms[i] in self.speech.unsaid for i in range(first, part.last)):
            return None
        if not self.speech.verb_second:
            source = self._announcer(first, part.last)
            if source is None or source[1] >= part.last:
                return None
            return source, (source[1], part.last)
        finite = self._finite_at(Part(first, part.last))
        behind = self._noun_phrase(first, part.last)
        if (finite is None or finite > behind) and first < behind < part.last and self._unknown_verb(behind):
            finite = behind  # 'Haar critici | werpen tegen'
        if finite is None:
            return None
        cue = (finite, finite + 1)
        if self._subject_like(first, finite) and not self._object_like(first):
            return (first, self._without_asides(first, finite)), cue
        j = self._past_small(finite + 1, part.last)
        end = self._noun_phrase(j, part.last) if j < part.last else j
        return ((j, end), cue) if end > j and self._speaks(j, end) else None

    def _joined(self, s: Clause) -> Draft | None:
        """`The zoologist marvels that …`: nothing parts the clauses."""
        for i in range(s.first + 2, s.end - _CLAUSE):
            if not self._free_that(i, s) or self.norms[i - 1] in self.speech.unsaid:
                continue
            verb = i - 1
            while verb > s.first and verb > i - _VERB and self.phrases.aside(verb, i) == i:
                verb -= 1
            if not self._unknown_verb(verb) or self.norms[verb - 1] in self.speech.no_subject_end:
                continue
            if not self.phrases.finite(verb):
                continue
            lo = max(s.first, next((j + 1 for j in range(verb - 1, s.first, -1) if self.norms[j] in ";:"), s.first))
            source = self._announcer(lo, verb + 1)
            if source is None or source[1] > verb or verb - source[1] > _VERB:
                continue
            end = self._clause_end(s, None, i, s.end, thing=False)
            return Draft(
                (source[1], verb + 1), [(i, end)], source, "say", pronoun=bool(self.phrases.pronoun(source[0]))
            )
        return None

"""Sources that no main verb of saying has (German, Dutch): `…, wie X mitteilte`, `…, so X`, `laut X`, `X zufolge`."""

from __future__ import annotations

from recoupe.reading.clause_parts import ClauseParts, Part
from recoupe.reading.drafts import Clause, Draft, Range

_SOURCE = 12  # words of a source before its verb


class NamedSources(ClauseParts):
    """What names a source beside what it said."""

    def _as_clause(self, s: Clause, parts: list[Part], k: int) -> Draft | None:
        """`…, wie die Polizei am Montag mitteilte`, `Wie X berichtet, …`."""
        part = parts[k]
        if self.norms[part.first] not in self.speech.as_words:
            return None
        verb = next(
            (
                i
                for i in range(part.last - 1, max(part.first, part.last - 4), -1)
                if self._cue_forms(i, "finite", "joined", "participle")
            ),
            None,
        )
        if verb is None:
            return None
        first = self._past_small(part.first + 1, verb)
        if (
            first < verb
            and self.norms[first] in self.speech.prepositions_proper
            and self.norms[first] not in self.speech.determiners
        ):
            first += 1
        end = self._noun_phrase(first, verb)
        source = (first, end) if end > first and (self._speaks(first, end) or self._nominative(first, end)) else None
        act = next(iter(self._cue_forms(verb, "finite", "joined", "participle"))).act
        content = self._around(s, parts, k)
        return (
            Draft((verb, verb + 1), content, source, act, pronoun=bool(source and self.phrases.pronoun(first)))
            if content
            else None
        )

    def _around(self, s: Clause, parts: list[Part], k: int, behind: int | None = None) -> list[Range]:
        """The sentence without part `k`, or the parts from it up to `behind`: what stands before it, else after it."""
        behind = k + 1 if behind is None else behind
        lo = self._used(s, parts[k].first)
        if k and parts[k - 1].quote and self.norms[parts[k - 1].first - 1] != ":" and self._is_alone(parts, k - 1):
            before = [(parts[k - 1].first, parts[k - 1].last)]
        else:
            before = [(lo, parts[k].first)] if k and parts[k].first - lo > 1 else []
        after = [(parts[behind].first, s.end)] if behind < len(parts) else []
        if not before:
            return after
        if after and self._second_piece(parts, behind):
            return before + after
        return before

    def _so(self, s: Clause, parts: list[Part], k: int) -> Draft | None:
        """`…, so der Minister`: the source is all that the part has."""
        part = parts[k]
        if not k or self.norms[part.first] not in self.speech.so or part.last - part.first < 2:
            return None
        first = self._past_small(part.first + 1, part.last)
        end = self._noun_phrase(first, part.last) if first < part.last else first
        if (
            end <= first
            or not (self._speaks(first, end) or (end >= part.last and not self._lower(first)))
            or self.phrases.finite(first)
            or (end - first == 1 and self.norms[first] in self.speech.determiners)
        ):
            return None
        if (
            end < part.last
            and self.phrases.asides(end, part.last) < part.last
            and self.norms[end] not in self.speech.no_subject_end
        ):
            return None
        source = self._apposed_to((first, end), parts, k)
        content = self._around(s, parts, k, k + 1 if source[1] <= part.last else k + 2)
        return (
            Draft(
                (part.first, part.first + 1),
                content,
                source,
                "say",
                verb=False,
                pronoun=bool(self.phrases.pronoun(first)),
            )
            if content
            else None
        )

    def _named_by(self, s: Clause, parts: list[Part], k: int, cue: Range) -> Draft | None:
        """`Laut X …`, `Nach Angaben der Polizei …`, `… nach Angaben der Polizei …`."""
        part = parts[k]
        first = cue[1]
        if first < part.last and self.norms[first] in self.speech.by:
            first += 1
        end = self._noun_phrase(first, part.last) if first < part.last else first
        lead = cue[0] <= part.first + 1 and (cue[0] == part.first or self.norms[part.first] in self.speech.conjunctions)
        if lead and first < part.last:
            finite = self._finite_at(Part(first + 1, part.last))
            if finite is not None and finite - first <= _SOURCE and (end <= first or finite > first):
                end = finite
        if end <= first:
            return None
        source = self._apposed_to((first, end), parts, k)
        if end >= part.last and lead:
            content = self._around(s, parts, k)
            if k == 0:
                content = [(parts[1].first, self._until(s, parts, 1))] if len(parts) > 1 else []
        elif lead:
            content = [(end, self._until(s, parts, k))]
        else:
            content = [(self._used(s, cue[0]), cue[0]), (end, self._until(s, parts, k))]
        return Draft(cue, content, source, "say", verb=False, pronoun=bool(self.phrases.pronoun(first)))

    def _behind(self, s: Clause, parts: list[Part], k: int) -> Draft | None:
        """`Diplomaten zufolge …`: the source stands before the cue."""
        part = parts[k]
        at = next((i for i in range(part.first + 1, part.last) if self.norms[i] in self.speech.after), None)
        if at is None:
            return None
        first = part.first
        finite = self._finite_at(Part(part.first, at))
        if finite is not None:
            first = self._phrase_before(finite + 1, at)
        elif self.norms[first] in self.speech.conjunctions:
            first += 1
        if first >= at:
            return None
        content = [(part.first, first), (at + 1, s.end)] if first > part.first + 1 else [(at + 1, s.end)]
        if at + 1 >= part.last and k:
            content = self._around(s, parts, k)
        return Draft((at, at + 1), content, (first, at), "say", verb=False)

    def _phrase_before(self, lo: int, at: int) -> int:
        """Where the noun phrase begins that ends before `at`: at its article, or at the noun before a genitive."""
        first = next((i for i in range(at - 1, lo - 1, -1) if self.norms[i] in self.speech.determiners), None)
        if first is None:
            first = lo
            while first < at - 1 and self._noun_phrase(first, at) < at:
                first += 1
            return first
        if first > lo and self.norms[first - 1] in self.speech.people:
            first -= 1
            while (
                first > lo
                and self._lower(first - 1)
                and self._noun_ahead(first - 1, at)
                and self.norms[first - 1] not in self.speech.prepositions_proper
                and not self.phrases.finite(first - 1)
                and self.norms[first - 1] not in self.speech.clitics
            ):
                first -= 1
        return first

    def _used(self, s: Clause, hi: int) -> int:
        """Where the content of the next statement may begin: behind an earlier one of the sentence."""
        lo = s.first
        for d in reversed(self.drafts):
            if d.sentence != s.index:
                break
            if d.verb and d.content and all(c[0] >= d.cue[1] for c in d.content):
                continue  # a statement inside the one to come
            ends = [d.cue[1], *(d.source[1:] if d.source else ()), *(c[1] for c in d.content if c[1] <= hi)]
            lo = max(lo, *(e for e in ends if e <= hi), lo)
        return lo

    def _content_before(self, s: Clause, parts: list[Part], k: int) -> list[Range]:
        """What stands before `sagte X`."""
        before = parts[k - 1]
        if before.quote and self._is_alone(parts, k - 1):
            return [(before.first, before.last)]
        lo = self._used(s, parts[k].first)
        hi = parts[k].first
        if self.norms[lo] in self.speech.conjunctions:
            lo += 1
        return [(lo, hi)] if hi - lo > 1 else []

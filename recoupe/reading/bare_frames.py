"""Frames without a verb: `selon X`, `the accusation that …`, `reportedly`."""

from __future__ import annotations

from recoupe.reading.cues import Cue
from recoupe.reading.drafts import MARKS, Clause, Draft, Range
from recoupe.reading.frames import VerbFrames


class AllFrames(VerbFrames):
    """What prepositions, colons, nouns and adverbs say of who says what."""

    def _according(self, s: Clause, k: int, cue: Cue) -> Draft | None:
        """`Selon X, …` and `…, selon X`."""
        q = self._quote(cue.first)
        lo, hi = s.first, s.end
        if q is not None:
            lo, hi = max(lo, q.first + 1), min(hi, q.last - 1)
        lo = max(lo, self._boundary(lo, cue.first, s, k, around=True))
        if cue.last < hi and self.norms[cue.last] in self.speech.relative:
            return self._noun(s, cue.first - 1, cue.last + 1, s.end)
        first = cue.last
        if cue.verb > cue.first:  # 'según informó el martes X'
            first = self.phrases.asides(first, hi)
            past = self._past_recipient(first, hi)
            first = past if past < hi and self.phrases.begins(past, hi) else first
        dropped = cue.verb > cue.first and (first >= hi or not self.phrases.word(first))  # 'según dijo, …'
        if not dropped and (
            first >= hi or (not self.phrases.begins(first, hi) and not self.phrases.agentive(first, min(first + 4, hi)))
        ):
            return None
        colon = next((i for i in range(cue.first - 1, lo, -1) if self.norms[i] == ":" and self._quote(i) is None), None)
        if colon is not None:
            lo = colon + 1
        near = cue.first - 1
        while near > lo and not self.phrases.word(near):
            near -= 1
        lead = (near >= lo and self.norms[near] in self.speech.conjunctions) or all(
            not self.phrases.word(i) or self.norms[i] in self.speech.conjunctions or self.phrases.aside(i, hi) > i
            for i in range(lo, cue.first)
        )
        end = first if dropped else self.phrases.forward(first, hi, closed=not lead)
        after = self._cited_end(end, hi)
        if lead and after + 1 < hi and self.norms[after] == "," and self.norms[after + 1] in self.speech.relative:
            after = next((i for i in range(after + 2, hi) if self.norms[i] == ","), after)
        content: list[Range] = []
        if cue.sort == "quoting" and not (
            after + 1 < hi and self.norms[after] == "," and self.norms[after + 1] in MARKS
        ):
            return None
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
        source = None if dropped else (first, end)
        return Draft((cue.first, cue.last), content, source, "say", verb=False, pronoun=dropped)

    def _cited_end(self, end: int, hi: int) -> int:
        """Past ', cited by Y,' after a source."""
        if end + 1 < hi and self.norms[end] == ",":
            for after, sort in self.speech.prepositions.at(self.norms, end + 1):
                if sort == "citing" and after < hi:
                    return self.phrases.forward(after, hi, closed=False)
        return end

    def _cited(self, s: Clause, cue: Cue) -> Draft | None:
        """`Selon X, citée par Y, …`: Y hands on the content of X."""
        previous = next((d for d in reversed(self.drafts[-4:]) if d.sentence == s.index and d.source), None)
        if previous is None or previous.source is None:
            return None
        if cue.last >= s.end or not self.phrases.word(cue.last):
            return None
        end = self.phrases.forward(cue.last, s.end, closed=False)
        if end <= cue.last:
            return None
        first, last = previous.source
        if first < cue.first < last:  # 'Reuters, citing Y, says …'
            end = min(max(end, cue.last + 1), last)
            stop = cue.first - 1 if self.norms[cue.first - 1] == "," else cue.first
            previous.source = (first, stop)
        elif previous.cue[0] > cue.last:
            end = min(end, *(self._edge(r, cue.last) for r in (previous.source, previous.cue)))
        if any(a <= cue.first < b for a, b in previous.content):
            previous.content = [p for c in previous.content for p in self._without(c, cue.first, end)]
        return Draft((cue.first, cue.last), list(previous.content), (cue.last, end), "report")

    @staticmethod
    def _edge(r: Range, at: int) -> int:
        """Where a range begins that lies behind a place."""
        return r[0] if r[0] > at else r[0] + 10_000

    @staticmethod
    def _without(c: Range, first: int, last: int) -> list[Range]:
        """Content without the words from `first` to `last`, those that say on whose word it rests."""
        a, b = c
        return [r for r in ((a, first), (last, b)) if r[1] - r[0] > 1] if a <= first < b else [c]

    def _nouns(self, s: Clause) -> None:
        """`the accusation that …`, `reports that …`."""
        for i in range(s.first, s.end - 2):
            if self.norms[i] not in self.speech.nouns or not any(
                kind == "that" for _, kind in self.speech.introducers.at(self.norms, i + 1)
            ):
                continue
            if any(
                d.sentence == s.index and (d.cue[0] <= i < d.cue[1] or any(c[0] == i + 1 for c in d.content))
                for d in self.drafts[-12:]
            ):
                continue
            draft = self._noun(s, i, i + 1, s.end)
            if draft is not None:
                self._keep(draft, s)

    def _noun(self, s: Clause, i: int, first: int, hi: int) -> Draft | None:
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
        return Draft(
            (at, at + 1), content, source, self.speech.nouns[self.norms[at]], hedge=source is None, pronoun=pronoun
        )

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

    def _reports(self, s: Clause, before: int) -> None:
        """`reportedly`, `alleged`: a report on nobody's word, where no statement of the sentence holds it."""
        for i in range(s.first, s.end):
            of = self.norms[i] in self.speech.reports_of
            if not of and self.norms[i] not in self.speech.reports:
                continue
            if (
                any(a <= i < b for d in self.drafts[before:] for a, b in (d.cue, *d.content))
                or self._quote(i) is not None
            ):
                continue
            if of:
                end = (
                    self.phrases.forward(i + 1, s.end, closed=False)
                    if i + 1 < s.end and self.phrases.word(i + 1)
                    else i + 1
                )
                content = [(i + 1, end)]
            else:
                lo = self._boundary(s.first, i, s, None)
                content = [(lo, i), (i + 1, self._clause_end(s, None, i + 1, s.end, thing=False))]
            self._keep(Draft((i, i + 1), content, None, "say", hedge=True), s)

    def _with_quotation(self, c: Range, cue: Range) -> Range:
        """Content with all of a quotation in which it begins or ends, unless its cue stands in there too."""
        a, b = c
        for q in (self._quote(a), self._quote(b - 1) if b > a else None):
            if q is not None and not q.first <= cue[0] < q.last:
                a, b = min(a, q.first), max(b, q.last)
        return a, b

    def _meant_by(self, draft: Draft, s: Clause) -> list[Range]:
        """The content; where that is 'it' or 'das' alone, what was said right before."""
        first, last = draft.content[0] if len(draft.content) == 1 else (0, 0)
        if not first < last <= first + 2 or self._past_back(first, last) != last:
            return draft.content
        before = next((d for d in reversed(self.drafts[-3:]) if d.sentence in (s.index, s.index - 1)), None)
        if before is not None and before.cue != draft.cue:
            return list(before.content)
        return self._sentence_before(s) or draft.content

    def _keep(self, draft: Draft, s: Clause) -> None:
        draft.sentence = s.index
        draft.content = [self._trim(self._with_quotation(c, draft.cue)) for c in self._meant_by(draft, s)]
        if draft.hint is not None and draft.hint[0] >= draft.hint[1]:
            draft.hint = None
        draft.content = [c for c in draft.content if c[1] > c[0] and any(self.phrases.word(i) for i in range(*c))]
        named = draft.source is None or draft.source[0] < draft.source[1]
        if draft.content and named:
            self.drafts.append(draft)

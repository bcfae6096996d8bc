"""Verb frames: `X said that …`, `« … », a dit X`, `…, X said`, `X, who says …`, `is alleged to …`."""

from __future__ import annotations

from recoupe.reading.bounds import Bounds
from recoupe.reading.cues import Cue
from recoupe.reading.drafts import MARKS, Clause, Draft, Range
from recoupe.reading.quotes import Quotation

_CLAUSE = 3  # words of a clause before ", said X"
_FAR = 12  # words between a passive cue and its agent
_LOOSE = frozenset({"say", "think", "expect", "claim"})  # whose verbs also have objects that nobody said
_NOT_BARE = frozenset({"demand"})  # whose clauses need a word for "that": "ordered the seizure of a yacht, which is …"


class VerbFrames(Bounds):
    """What a verb of saying makes of the sentence around it."""

    def _inside(self, q: Quotation, cue: Cue) -> Draft | None:
        """`« A, dit-il, B »`: a cue between commas inside the quotation that it stands for."""
        if cue.subject is None or self.norms[cue.first - 1] not in (",", "?", "!", "…"):
            return None
        if cue.last >= q.last or self.norms[cue.last] not in (",", ".", "»", "”", '"'):
            return None
        content = [(q.first, cue.first), (cue.last, q.last)]
        return Draft((cue.first, cue.last), content, (cue.subject, cue.subject + 1), cue.act, cue.negated, pronoun=True)

    def _pronoun(self, s: Clause, k: int, cue: Cue, lo: int, hi: int) -> Draft | None:
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
            content = [
                self._widened((lo, cue.first)),
                *self._second_half(s, k, after, hi, None if quoted else (lo, cue.first)),
            ]
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

    def _inverted(self, s: Clause, k: int, cue: Cue, lo: int, hi: int) -> Draft | None:
        """`« … », a indiqué X`, `…, said X`."""
        if cue.first <= lo or (not cue.frames & {"that", "quote"} and self._quote_ending(cue.first - 1) is None):
            return None
        if cue.form in ("gerund", "infinitive") and not cue.first < cue.verb:
            return None
        before = cue.first - 1
        quote = self._said(self._quote_ending(before), lo)
        if quote is None and self.norms[before] not in (",", "?", "!", "–", "—", "…"):
            return None
        j = self._past_slip(self.phrases.asides(cue.last, hi), hi)
        j = self.phrases.asides(self.outlets.past_told(j, hi), hi)
        if j >= hi or not self.phrases.begins(j, hi) or self._introduces(j, hi):
            return None
        end = self.phrases.forward(j, hi, closed=True)
        if not self.phrases.agentive(j, end):
            return None
        rest = self.phrases.asides(end, hi)
        if quote is None and rest < hi and self.phrases.word(rest) and not self.speech.stops.at(self.norms, rest):
            return None
        lo = max(lo, self._boundary(lo, cue.first, s, k, around=True))
        short = before - lo < _CLAUSE and self._quote(cue.first) is None
        split = end + 1 < hi and self.norms[end] == "," and before > lo  # 'El hallazgo, explica X, servirá'
        if split and self.norms[end + 1] not in self.speech.relative | self.speech.subordinators:
            short = short and not (self.speech.dropped or self.phrases.looks_finite(end + 1))
        told = short or self._introduces(end, hi) or self._apposed(lo, cue.first)
        if quote is None and told:
            return None
        content = [
            self._widened((lo, cue.first)) if quote is None or not self._alone(quote, lo) else (quote.first, quote.last)
        ]
        content += self._second_half(s, k, end, hi, (lo, before) if quote is None else None)
        return Draft(
            (cue.first, cue.last), content, (j, end), cue.act, cue.negated, pronoun=bool(self.phrases.pronoun(j))
        )

    def _said(self, quote: Quotation | None, lo: int) -> Quotation | None:
        """A quotation that somebody said: long enough, or all that its clause has; no title in quotation marks."""
        return quote if quote is not None and (quote.speech or quote.first <= lo) else None

    def _subject_first(self, s: Clause, k: int, cue: Cue, lo: int, hi: int) -> Draft | None:
        """`X said that …`, and `…, X said`."""
        shared = self._shared(s, k, cue)
        if shared is not None:
            return self._plain(s, k, cue, hi, shared.source, shared.pronoun)
        if cue.bare or (cue.form == "infinitive" and cue.first == cue.verb):
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
            subject = self.phrases.clause_subject(limit, end - 1)
            if subject is None:
                return None
            return self._plain(s, k, cue, hi, subject, bool(self.phrases.pronoun(subject[0])))
        whole, end = end, self._before_inserted(limit, end)
        inserted = end < whole
        start = self.phrases.backward(limit, end)
        if start is None or (self.norms[end - 1] in self.speech.no_subject_end and not self.phrases.pronoun(start)):
            return None
        if (
            cue.first == cue.verb
            and self.norms[cue.verb] in self.speech.nounlike
            and not self.phrases.solid(start, end)
        ) and not self._introduces(cue.last, hi):
            return None
        if self._tangled(start, end):
            return None
        while end > start and self.norms[end - 1] == ",":
            end -= 1
        end = next(
            (
                i - 1
                for i in range(start + 2, end)
                if self.norms[i] in self.speech.relative and self.norms[i - 1] == ","
            ),
            end,
        )
        source: Range | None = (start, whole - 1 if inserted else end)
        pronoun = bool(self.phrases.pronoun(start)) and self.phrases.pronoun(start) >= end
        if end - start == 1 and self.norms[start] in self.speech.first_person:
            return None
        wide = max(lo, self._boundary(lo, cue.first, s, k, around=True))
        parenthesis = self._parenthesis(s, k, cue, min(limit, wide), start, hi)
        if end - start == 1 and self.norms[start] in self.speech.impersonal:
            body = self.norms[start] in self.speech.body_pronouns
            source, pronoun = ((start, end), True) if body else (None, False)
        if parenthesis is not None:
            return Draft((cue.first, cue.last), parenthesis, source, cue.act, cue.negated, pronoun=pronoun)
        return self._plain(s, k, cue, hi, source, pronoun)

    def _dropped(self, s: Clause, k: int, cue: Cue, lo: int, hi: int) -> Draft | None:
        """`Precisó que …`, `« … », recalcó en Lima`, `…, aunque niega que …`: a verb whose subject is left out."""
        auxiliary = cue.first < cue.verb
        if not self.speech.dropped or cue.bare or cue.form == "gerund" or (cue.form == "infinitive" and not auxiliary):
            return None
        limit = max(lo, self._boundary(lo, cue.first, s, k))
        before = cue.first - 1
        quote = self._said(self._quote_ending(before), lo) if before >= lo else None
        if quote is not None and cue.frames & {"that", "quote"}:
            return self._dropped_after(s, k, cue, quote, hi)
        if before > limit and self.norms[before] == ",":
            return self._dropped_inside(s, k, cue, limit, hi)
        at = self._first_lead(limit, cue.first)
        source: Range | None = None
        if at > limit:
            if at == cue.first or self.norms[at] == ",":
                return None
            source = self.phrases.clause_subject(s.first, at)
            if source is None:
                return None
            source = source[0], min([source[1], *(c.first for c in s.cues if source[0] < c.first)])
        elif self.drafts and self.drafts[-1].sentence == s.index and self.norms[before] in self.speech.conjunctions:
            source = self.drafts[-1].source  # 'X denuncia la decisión y amenaza con …'
        after = self.phrases.asides(cue.last, hi)
        end = self.phrases.forward(after, hi, closed=False) if source is None and self.phrases.begins(after, hi) else hi
        if end < hi and self._introduces(end, hi) and self.phrases.agentive(after, end):  # 'Informó la policía que'
            content = self._after_introducer(s, k, cue, end, hi)
            return Draft((cue.first, cue.last), content, (after, end), cue.act, cue.negated) if content else None
        slip = self._past_slip(after, hi)
        introduced = self._introduces(after, hi) or self._introduces(slip, hi) or self._infinitive(min(slip, hi), hi)
        unsure = self.norms[cue.verb] in self.speech.nounlike and cue.last == cue.verb + 1
        if not introduced and (source is None or cue.act in _LOOSE or unsure):
            return None
        return self._plain(s, k, cue, hi, source, source is None)

    def _dropped_after(self, s: Clause, k: int, cue: Cue, quote: Quotation, hi: int) -> Draft | None:
        """`« … », recalcó en Lima.`: what is left of the sentence are asides and where it was said."""
        after = self.phrases.asides(cue.last, hi)
        if self._introduces(after, hi):
            return None
        content = [(quote.first, quote.last), *self._second_half(s, k, after, hi, None)]
        return Draft((cue.first, cue.last), content, None, cue.act, cue.negated, pronoun=True)

    def _dropped_inside(self, s: Clause, k: int, cue: Cue, lo: int, hi: int) -> Draft | None:
        """`Los jóvenes, dice, ya se fueron`; `…, insistió.`: all that stands between commas is the cue and asides."""
        after = self.phrases.asides(cue.last, hi)
        if cue.act not in _LOOSE or not cue.frames & {"that", "quote"} or (after < hi and self.norms[after] != ","):
            return None
        rest = (after + 1, self._clause_end(s, k, after + 1, hi, thing=False)) if after + 1 < hi else None
        if rest is not None and self.norms[after + 1] in self.speech.relative | self.speech.subordinators:
            rest = None
        if rest is None and not self._clausal(lo, cue.first - 1):
            return None
        content = [self._widened((lo, cue.first)), *([rest] if rest else [])]
        return Draft((cue.first, cue.last), content, None, cue.act, cue.negated, pronoun=True)

    def _first_lead(self, limit: int, end: int) -> int:
        """Where the conjunctions, adverbs and asides begin that end before `end`; `limit` if the clause has no more."""
        if self.phrases.asides(limit, end) >= end:
            return limit
        at = end
        while at > limit and (
            self.norms[at - 1] in self.speech.conjunctions
            or self.norms[at - 1] in self.speech.subordinators
            or self.speech.adverb(self.norms[at - 1])
        ):
            at -= 1
        return at

    def _relative(self, s: Clause, k: int, cue: Cue, limit: int, hi: int) -> Draft | None:
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

    def _gerund(self, s: Clause, k: int, cue: Cue, limit: int, hi: int) -> Draft | None:
        """`X left, saying that …`: the subject of the clause is the source."""
        if cue.first <= limit or self.norms[cue.first - 1] != ",":
            return None
        colon = next((i for i in range(cue.first - 1, limit, -1) if self.norms[i] == ":"), None)
        limit = limit if colon is None else colon + 1
        source = self.phrases.clause_subject(s.first if limit >= cue.first - 1 else limit, cue.first - 1)
        if source is None:
            return None
        return self._plain(s, k, cue, hi, source, bool(self.phrases.pronoun(source[0])))

    def _parenthesis(self, s: Clause, k: int, cue: Cue, lo: int, start: int, hi: int) -> list[Range] | None:
        """The content before `…, X said`, None if the content comes after the cue."""
        if start - 1 < lo or not cue.frames & {"that", "quote", "whom"}:
            return None
        before = start - 1
        quote = self._said(self._quote_ending(before), lo)
        if quote is None and self.norms[before] not in (",", "?", "!"):
            return None
        after = self.phrases.asides(cue.last, hi)
        if self._introduces(after, hi):
            return None
        if "whom" in cue.frames and after < hi:
            after = self.phrases.asides(self.phrases.forward(after, hi, closed=True), hi)
        ends = after >= hi or not self.phrases.word(after)
        if quote is not None:
            content = [(quote.first, quote.last)] if self._alone(quote, lo) else [self._widened((lo, before))]
            return content + self._second_half(s, k, after, hi, None)
        # 'The dam, X said, had held'
        split = after + 1 < hi and self.norms[after] == "," and self.phrases.looks_finite(after + 1)
        if not ends or not (split or self._clausal(lo, before) or before - lo >= 4):
            return None
        content = [self._widened((lo, before))]
        if after < hi and self.norms[after] == "," and not self._clausal(lo, before):
            content.append((after, self._clause_end(s, k, after + 1, hi, thing=False)))
        return content

    def _agent(self, first: int, hi: int) -> int | None:
        """The word before the agent of a passive: 'by', where somebody who can speak follows."""
        for i in range(first, min(hi, first + _FAR)):
            if self.norms[i] in self.speech.by and i + 1 < hi and self.phrases.agentive(i + 1, min(i + 5, hi)):
                return i
            if self.norms[i] in (",", ";", ":"):
                break
        return None

    def _shared(self, s: Clause, k: int, cue: Cue) -> Draft | None:
        """The earlier statement whose source is also this cue's: 'blamed X and threatened', ', adding that'."""
        previous = next((d for d in reversed(self.drafts) if d.sentence == s.index and d.cue[1] <= cue.first), None)
        if previous is None:
            return None
        before = cue.first - 1
        while before > previous.cue[1] and (
            self.speech.adverb(self.norms[before]) or self.norms[before] in self.speech.negation
        ):
            before -= 1
        if cue.form == "gerund" and cue.first == cue.verb:
            led = self.speech.conjunctions | self.speech.gerund_leads | {","}
            return previous if self.norms[before] in led else None
        if self.norms[before] in self.speech.conjunctions:
            head = (
                s.cues[[c.first for c in s.cues].index(previous.cue[0])]
                if any(c.first == previous.cue[0] for c in s.cues)
                else None
            )
            if cue.bare or (head is not None and head.form == cue.form and not cue.passive):
                return previous
        return None

    def _plain(self, s: Clause, k: int, cue: Cue, hi: int, source: Range | None, pronoun: bool) -> Draft | None:
        """Content after the cue."""
        after = self.phrases.asides(cue.last, hi)
        slip = self._past_slip(after, hi)
        if slip > after and self._introduces(slip, hi):
            after = slip
        content = self._after_introducer(s, k, cue, after, hi)
        if content is None and "to" not in cue.frames:
            after = self._past_recipient(after, hi)
        if content is None and after < hi and (self.phrases.word(after) or self.norms[after] in MARKS):
            clause = "that" in cue.frames and self.speech.bare_clause and cue.act not in _NOT_BARE
            if "whom" in cue.frames and "thing" not in cue.frames:
                after = self._past_addressee(after, hi)
            thing = bool(cue.frames & {"thing", "to"}) or ("that" in cue.frames and not self.speech.bare_clause)
            if cue.negated and cue.act in ("say", "report") and not clause:
                return None
            if not clause and not cue.frames & {"thing", "that", "whom"} and not self._preposition_near(after, hi):
                return None
            bare = not cue.frames & {"thing", "to", "whom"}
            if clause and bare and not self._clause_like(after, hi, likely=cue.act in ("say", "think")):
                return None
            if cue.negated and clause and "thing" in cue.frames and not self._clause_like(after, hi):
                if cue.act in _LOOSE:
                    return None
                clause = False  # 'did not confirm the figures'
            if clause or thing or "whom" in cue.frames:
                if not clause and source is not None and not pronoun and not self._can_speak(source, cue):
                    return None
                if not clause and not cue.frames & {"thing", "to", "whom"} and not self._infinitive(after, hi):
                    return None
                if (
                    not clause
                    and self.norms[after] in self.speech.linkers
                    and "to" not in cue.frames
                    and self.norms[after] not in self.speech.determiners
                    and not (self.speech.dropped and self.norms[after] in self.speech.audience)  # 'aplaudió a X'
                ):
                    return None
                stop = self._clause_end(s, k, after, hi, thing=not clause)
                if stop > after:
                    content = [(after, stop)]
        if content is None:
            return None
        return Draft((cue.first, cue.last), content, source, cue.act, cue.negated, pronoun=pronoun)

    def _passive(self, s: Clause, k: int, cue: Cue, lo: int, hi: int) -> Draft | None:
        """`is alleged to …`: nobody's word; `was announced by X`: the agent's."""
        after = self.phrases.asides(cue.last, hi)
        if after >= hi:
            return None
        kinds = {kind for _, kind in self.speech.introducers.at(self.norms, after)}
        doubtful = self.norms[cue.verb] in self.speech.hedge_passive
        agent = self._agent(after, hi) if doubtful or "thing" in cue.frames else None
        if agent is not None:
            limit = max(lo, self._boundary(lo, cue.first, s, k))
            start = self.phrases.backward(limit, cue.first)
            end = self.phrases.forward(agent + 1, hi, closed=True)
            if start is None:
                return None
            told = self.phrases.asides(end, hi)
            if cue.first - start == 1 and self.norms[start] in self.speech.impersonal and self._introduces(told, hi):
                content = [(told, self._clause_end(s, k, told, hi, thing=False))]  # 'It was announced by X that …'
                return Draft((cue.first, cue.last), content, (agent + 1, end), cue.act, cue.negated, hedge=doubtful)
            subject = (start, agent if doubtful else cue.first)
            return Draft((cue.first, cue.last), [subject], (agent + 1, end), cue.act, cue.negated, hedge=doubtful)
        if "that" not in kinds and not (doubtful and "infinitive" in kinds):
            return None
        return Draft(
            (cue.first, cue.last),
            [(after, self._clause_end(s, k, after, hi, thing=False))],
            None,
            cue.act,
            cue.negated,
            hedge=True,
        )

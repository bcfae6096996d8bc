"""Statements where the finite verb is the second part of a main clause (German, Dutch): `X sagte am Montag,
dass …`, `…, sagte X`, `Am Montag teilte X mit, …`, `X hat … verurteilt`.

A sentence is cut at its commas, colons and quotations. In each part the verb tells by its place what the part is.
"""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.reading.clause_parts import Head, Part
from recoupe.reading.cues import Cue
from recoupe.reading.drafts import DASHES, Clause, Draft, Range
from recoupe.reading.named_sources import NamedSources

__all__ = ["Part", "VerbSecondFrames"]


class VerbSecondFrames(NamedSources):
    """What verbs of saying make of sentences in languages with the verb in second place."""

    def _second(self, s: Clause, cues: Sequence[Cue]) -> None:
        """Read all statements of a sentence that hang on a verb, on 'laut', on 'so' or on 'zufolge'."""
        parts = self._parts(s)
        for k, part in enumerate(parts):
            if part.quote:
                continue
            for cue in cues:
                if cue.sort == "source" and part.first <= cue.first < part.last:
                    if cue.first == part.first and self._so(s, parts, k) is not None:
                        continue  # a word that is of both sorts: 'aldus'
                    named = self._named_by(s, parts, k, (cue.first, cue.last))
                    if named is not None:
                        self._keep(named, s)
            draft = (
                self._as_clause(s, parts, k)
                or self._so(s, parts, k)
                or self._behind(s, parts, k)
                or self._verb_first(s, parts, k)
                or self._main(s, parts, k)
            )
            if draft is not None:
                self._keep(draft, s)
                if draft.verb and draft.source is not None and draft.cue[0] >= part.first:
                    self._same_source(s, parts, k, draft)
        self._goes_on(s, parts)

    def _same_source(self, s: Clause, parts: list[Part], k: int, draft: Draft) -> None:
        """`X bestätigte den Vorfall und kündigte eine Untersuchung an`."""
        part = parts[k]
        for j in range(draft.cue[1], part.last - 1):
            if self.norms[j] in self.speech.conjunctions and self._lower(j + 1):
                head = self._head(j + 1, part.last)
                if head is not None and draft.source is not None and draft.source[1] <= draft.cue[0]:
                    shared = self._with_content(s, parts, k, head, draft.source)
                    if shared is not None and all(c[0] > j for c in shared.content):
                        self._keep(shared, s)
                    return

    def _verb_first(self, s: Clause, parts: list[Part], k: int) -> Draft | None:
        """`…, sagte X`, `„…“, sagte X`, `…, hieß es aus Kreisen`."""
        part = parts[k]
        i = part.first
        if self.norms[i] in self.speech.conjunctions and i + 1 < part.last:
            i += 1
        head = self._head(i, part.last)
        if head is None or (not k and not self._after_quote(s)):
            return None
        if k and not any(p.quote for p in parts[:k]):
            subject = self._leading(parts, k)
            if subject is not None:
                return self._with_content(s, parts, k, head, subject)
        j = self._past_small(i + 1, part.last)
        if "es" in self.norms[i + 1 : i + 2] and self.norms[i + 1] in self.speech.impersonal:
            source = self._in_source(j, part.last)
        else:
            end = self._noun_phrase(j, part.last) if j < part.last else j
            said = head.frames & {"that", "quote"}
            if end <= j or not (self._speaks(j, end) or (said and self._nominative(j, end))):
                return None
            source = self._apposed_to((j, end), parts, k)
        if not k:
            content = self._quote_before(s)
        else:
            content = self._content_before(s, parts, k)
            after = k + 1
            while after < len(parts) and source is not None and parts[after].last <= source[1]:
                after += 1
            if (
                after < len(parts)
                and content
                and self._second_piece(parts, after)
                and (parts[after].quote or not any(p.quote for p in parts[:k]))
            ):
                stop = parts[after].last if parts[after].quote else s.end
                content = [*content, (parts[after].first, stop)]
        if not content:
            return None
        return Draft(head.cue, content, source, head.act, pronoun=bool(source and self.phrases.pronoun(source[0])))

    def _leading(self, parts: list[Part], k: int) -> Range | None:
        """`Der Minister, Karl Weiß, | sagte …`: the noun phrase that alone stands before the verb."""
        first = parts[0].first
        if self.norms[first] in self.speech.conjunctions:
            first += 1
        if any(not self._related(p) and self._finite_at(p) is not None for p in parts[:k]) or not self._subject_like(
            first, parts[0].last
        ):
            return None
        # 'Angela Balan – nicht verwandt – versprach'
        inserted = parts[k].sign in DASHES and parts[k - 1].sign in DASHES and self._speaks(first, parts[0].last)
        return (first, parts[k].first - 1) if inserted or parts[k].sign == "," else None

    def _after_quote(self, s: Clause) -> bool:
        return s.first > 0 and self._quote_ending(s.first - 1) is not None

    def _quote_before(self, s: Clause) -> list[Range]:
        quote = self._quote_ending(s.first - 1)
        return [(quote.first, quote.last)] if quote is not None else []

    def _main(self, s: Clause, parts: list[Part], k: int) -> Draft | None:
        """`X sagte, …`, `Am Montag teilte X mit, dass …`, `X hat … verurteilt`."""
        part = parts[k]
        first = part.first
        if k == 0 and (said := self._said_before(s, part)) is not None:
            return said
        if self.norms[first] in self.speech.subordinators or (
            k and self.norms[first] in self.speech.relative and self._verb_last(part)
        ):
            return None
        if any(self.speech.introducers.at(self.norms, first)) and any(
            kind in ("that", "question") for _, kind in self.speech.introducers.at(self.norms, first)
        ):
            return None
        found: Draft | None = None
        start = first
        while start < part.last:
            i = self._finite_at(Part(start, part.last))
            if i is None:
                return found
            head = self._head(i, part.last)
            if head is not None:
                break
            if found is None and self.norms[i] not in self.speech.conjunctions:
                nxt = next((j for j in range(i + 1, part.last - 1) if self.norms[j] in self.speech.conjunctions), None)
                if nxt is None:
                    return None
                start = nxt + 1
                continue
            return None
        else:
            return None
        lead = self.norms[first] in self.speech.conjunctions
        field = first + lead
        shared = None
        if start > first or i == field:
            shared = self._previous(s)
            if shared is None and start > first:
                subject = (field, self._noun_phrase(field, part.last))
                shared = subject if self._subject_like(*subject) else None
            if shared is None:
                return None
            return self._with_content(s, parts, k, head, shared)
        clause = k + 1 < len(parts) and head.frames & {"that"} and self._says(parts, k + 1)
        if (
            self.norms[i + 1 : i + 2]
            and self.norms[i + 1] in self.speech.impersonal
            and (
                self._noun_phrase(i + 1, part.last) <= i + 2
                if self.speech.capitals
                else i + 2 >= part.last or self.norms[i + 2] in self.speech.prepositions_proper
            )
            and self.norms[field] in self.speech.prepositions_proper
        ):
            return self._with_content(s, parts, k, head, self._in_source(field, i))
        behind = (
            i + 1 < part.last and bool(self.phrases.pronoun(i + 1)) and self.norms[i + 1] not in self.speech.determiners
        )
        named = not self.speech.capitals and not self._lower(field) and field not in self._firsts and i == field + 1
        fits = self._subject_like(field, i) or named or (clause and self._bare_subject(field, i))
        if fits and not behind and not self._object_like(field):
            end = self._without_asides(field, i)
            if self.norms[i - 1] in self.speech.conjunctions and self._noun_phrase(field, i) > field:
                end = self._noun_phrase(field, i)  # 'X bestellte den Botschafter ein und | verlangte …'
            return self._with_content(s, parts, k, head, (self._extended(parts, k, field), end))
        j = self._past_small(i + 1, part.last)
        end = self._noun_phrase(j, part.last) if j < part.last else j
        if end > j and (self._speaks(j, end) or (clause and self._nominative(j, end))):
            source = self._apposed_to((j, end), parts, k)
            return self._with_content(s, parts, k, head, source) or self._fronted(head, field, source)
        if self.norms[field] in self.speech.impersonal:
            return self._with_content(s, parts, k, head, None)
        if clause and head.act == "say" and self.norms[field] in self.speech.prepositions_proper:
            inside = self._in_source(field, i)  # 'Aus Delegationskreisen verlautete, …'
            return self._with_content(s, parts, k, head, inside) if inside and self._speaks(*inside) else None
        return None

    def _said_before(self, s: Clause, part: Part) -> Draft | None:
        """`Dat meldt ANP.`, `Dat heeft hij in een vraaggesprek gezegd.`: the content is the sentence before."""
        i = self._past_back(part.first, part.last)
        head = self._head(i, part.last) if part.first < i < part.last else None
        content = self._sentence_before(s)
        if head is None or not content:
            return None
        j = self._past_small(i + 1, part.last)
        end = self._noun_phrase(j, part.last) if j < part.last else j
        if end <= j or not (self._speaks(j, end) or self._nominative(j, end)):
            return None
        return Draft(head.cue, content, (j, end), head.act, pronoun=bool(self.phrases.pronoun(j)))

    def _bare_subject(self, first: int, last: int) -> bool:
        """A noun phrase of which it is not known that it can speak, and nothing else."""
        return (
            first < last
            and self.norms[first] not in self.speech.prepositions_proper
            and self._nominative(first, last)
            and self._noun_phrase(first, last, wide=True) >= last
        )

    def _fronted(self, head: Head, field: int, source: Range) -> Draft | None:
        """`Das bestätigte X`, `Den Vorwurf wies X zurück`: the content stands first."""
        if (
            not head.frames & {"thing"}
            or head.finite - field > 12
            or self.norms[field] in self.speech.prepositions_proper
        ):
            return None
        if not (
            self.norms[field] in self.speech.determiners
            or self.norms[field] in self.speech.clitics
            or not self._lower(field)
        ):
            return None
        if self.phrases.aside(field, head.finite) > field:
            return None
        return Draft(head.cue, [(field, head.finite)], source, head.act, pronoun=bool(self.phrases.pronoun(source[0])))

    def _without_asides(self, first: int, end: int) -> int:
        """The end of a subject without the words of time and the adverbs that follow it."""
        for at in range(first + 1, end):
            if self.phrases.asides(at, end) == end:
                return at
        return end

    def _extended(self, parts: list[Part], k: int, field: int) -> int:
        return field

    def _object_like(self, first: int) -> bool:
        """Whether a phrase begins as no subject does: 'Den Vorwurf wies X zurück'."""
        return self.norms[first] in self.speech.oblique

    def _previous(self, s: Clause) -> Range | None:
        """The source of the statement before, in the same sentence."""
        for d in reversed(self.drafts):
            if d.sentence != s.index:
                return None
            if d.verb and d.source is not None and all(c[0] >= d.cue[0] for c in d.content):
                return d.source
        return None

    def _next_head(self, first: int, last: int, part: Part) -> int | None:
        """The conjunction between two tokens that joins another verb of saying: 'sprach von Betrug | und nannte'."""
        for j in range(first, last - 1):
            if self.norms[j] in self.speech.conjunctions and self._head(j + 1, part.last) is not None:
                return j
        return None

    def _with_content(self, s: Clause, parts: list[Part], k: int, head: Head, source: Range | None) -> Draft | None:
        """Content behind the verb: after a colon, a quotation, a clause, an object."""
        part = parts[k]
        pronoun = bool(source and self.phrases.pronoun(source[0]))
        if source is not None and source[1] - source[0] == 1 and self.norms[source[0]] in self.speech.first_person:
            return None
        rest = max(head.finite + 1, source[1] if source is not None and source[0] > head.finite else 0)
        stop = part.last
        if head.other is not None and head.other[1] == stop:
            stop = head.other[0]
        after = k + 1
        while after < len(parts) and (parts[after].last <= rest or self._about_source(parts, after, s)):
            after += 1
        if head.other is not None and head.other[0] == rest < stop and self._infinite(rest, stop):
            rest = head.other[1]  # 'kondigde aan | de uitslag niet te erkennen'
        pronoun_at, rest = rest, self._past_small(rest, stop)
        joined = self._next_head(rest, stop, part)
        content = self._clause_after(s, parts, after, head) if joined is None else None  # it is the next verb's
        if (
            content is not None
            and head.frames & {"thing"}
            and rest < stop
            and after < len(parts)
            and not self._says(parts, after)
            and self._noun_phrase(rest, stop, wide=True) > rest
        ):
            content = None
        if content is None:
            if rest >= stop > pronoun_at and head.frames & {"thing"} and self.norms[stop - 1] in self.speech.clitics:
                rest = stop - 1  # 'Das Unternehmen bestreitet das'
            infinite = bool(head.frames & {"that", "to"}) and self._infinite(rest, stop)
            if (not head.frames & {"thing", "to", "quote"} and not infinite) or rest >= stop:
                return None
            rest = self._past_place(rest, stop, head)
            if (
                not head.frames & {"thing"}
                and not infinite
                and not any(kind == "to" for _, kind in self.speech.introducers.at(self.norms, rest))
            ):
                return None
            inner = stop = joined if joined is not None and joined > rest else stop
            while inner > rest + 1 and any(end == inner for end, _ in self.speech.adverbs.at(self.norms, inner - 1)):
                inner -= 1  # 'den Plan scharf'
            content = [(rest, inner)]
            if k + 1 < len(parts) and stop == part.last and not parts[k + 1].quote and parts[k + 1].sign == ",":
                until = self._until(s, parts, k)
                content = [(rest, until)] if until > part.last + 1 else content
        return Draft(head.cue, content, source, head.act, self._negated(head, joined or part.last), pronoun=pronoun)

    def _past_place(self, rest: int, stop: int, head: Head) -> int:
        """Past where somebody spoke, up to the preposition of what: 'mahnte in Stockholm | zur Geduld'."""
        if not head.frames & {"to"} or self.norms[rest] not in self.speech.prepositions_proper:
            return rest
        for i in range(rest, min(stop - 1, rest + 8)):
            if any(kind == "to" for _, kind in self.speech.introducers.at(self.norms, i)):
                return i
        return rest

    def _negated(self, head: Head, last: int) -> bool:
        """Whether a verb is denied: by a word before token `last`, but not by one that an infinitive has."""
        denial = next((i for i in range(head.finite + 1, last) if self.norms[i] in self.speech.negation), None)
        return denial is not None and not self._infinite(denial + 1, last)

    def _infinite(self, first: int, last: int) -> bool:
        """Whether an infinitive follows with a word like 'zu' right before it."""
        return any(
            kind == "infinitive" for j in range(first, last) for _, kind in self.speech.introducers.at(self.norms, j)
        )

    def _about_source(self, parts: list[Part], k: int, s: Clause) -> bool:
        """Whether a part is a relative clause or an apposition, and the content comes later."""
        part = parts[k]
        if part.quote or part.sign != "," or k + 1 >= len(parts):
            return False
        return (
            self.norms[part.first] in self.speech.relative
            and self._verb_last(part)
            and self._finite_at(part) is not None
            and self.norms[part.last - 1] in self.speech.finite
        )

    def _clause_after(self, s: Clause, parts: list[Part], k: int, head: Head) -> list[Range] | None:
        """The content that a comma, a colon or a quotation parts from the verb."""
        if self.norms[s.end - 1] == ":" and k >= len(parts):
            return self._next_paragraph(s)
        if k >= len(parts):
            return None
        part = parts[k]
        if part.quote:
            return (
                [(part.first, part.last)]
                if k + 1 >= len(parts) or self._head(parts[k + 1].first, parts[k + 1].last)
                else [(part.first, s.end)]
            )
        if part.sign == ":":
            return [(part.first, s.end)]
        if part.sign != "," or not head.frames & {"that", "to", "whom"} or self._own(part) or self._verb_leads(part):
            return None
        return [(part.first, self._until(s, parts, k))]

    def _goes_on(self, s: Clause, parts: list[Part]) -> None:
        """`Die Lage sei ernst.`: a sentence in reported speech belongs to the statement before it."""
        previous = self.drafts[-1] if self.drafts else None
        if (
            previous is None
            or not self.speech.reported
            or previous.sentence not in (s.index - 1, s.index - 2)
            or not parts
        ):
            return
        part = parts[0]
        if part.quote or self._quote(s.first) is not None:
            return
        for p in parts[:4]:
            if p.quote or self.norms[p.first] in self.speech.subordinators:
                continue
            i = self._finite_at(Part(p.first, p.last))
            if i is None:
                i = next((j for j in range(p.first, p.last) if self.norms[j] in self.speech.reported), None)
            if s.end - s.first < 2:  # a mood alone says nothing
                return
            if i is None and self.norms[p.first] in self.speech.prepositions_proper:
                continue
            if i is None:
                return
            if self.norms[i] not in self.speech.reported or (
                self.norms[p.first] in self.speech.relative and self._verb_last(p) and p is not parts[0]
            ):
                return
            self._keep(
                Draft(
                    (i, i + 1),
                    [(s.first, s.end)],
                    previous.source,
                    previous.act if previous.act == "deny" else "say",
                    pronoun=previous.pronoun,
                    hint=previous.hint,
                    mood=True,
                ),
                s,
            )
            return

"""Statements where commas part all clauses and words stand freely (Russian, Ukrainian).

`X заявил, что …`, `«…», — сказал X`, `Как сообщили в X, …`, `В X сообщили, что …`, `По словам X, …`,
`…, по его словам, …`.

A sentence is cut at its commas, colons, dashes and quotations; in each part the verb of saying tells by its place
what the part is.
"""

from __future__ import annotations

from msgspec.structs import replace

from recoupe.reading.cues import Cue
from recoupe.reading.drafts import ENDS, Clause, Draft, Range
from recoupe.reading.verb_second import Part, VerbSecondFrames

_NEAR = 4  # words before the verb within which a part is only verb and adverbs
_OBJECT = 2  # words of an object between a name and its verb
_SHORT = 4  # words of a subject that is not known to speak
_QUOTED = 8  # tokens of a quotation that may hold a statement of its own
_MOST = 6  # parts back to which a subject may stand


class CommaClauseFrames(VerbSecondFrames):
    """What verbs of saying make of sentences whose clauses commas part."""

    def _free(self, s: Clause, cues: list[Cue]) -> None:
        """Read all statements of a sentence that hang on a verb or on a preposition before a source."""
        parts = self._parts(s)
        for k, part in enumerate(parts):
            if part.quote:
                self._quoted_relations(s, part, cues)
                continue
            inside = [c for c in cues if part.first <= c.first < part.last]
            for cue in inside:
                draft = None
                if cue.sort in ("source", "within"):
                    draft = self._named_source(s, parts, k, cue)
                elif cue.sort == "verb" and not any(
                    d.cue[0] < cue.last and cue.first < d.cue[1] for d in self.drafts[-3:]
                ):
                    draft = self._said_so(s, parts, k, cue)
                if draft is not None:
                    self._keep(draft, s)

    def _quoted_relations(self, s: Clause, part: Part, cues: list[Cue]) -> None:
        """Read the statements inside a quotation: '«X подчеркнул, что …», — говорится в сообщении'."""
        inside = [c for c in cues if part.first < c.first < part.last - 1]
        if inside and part.last - part.first > _QUOTED and part.last - part.first < s.last - s.first:
            self._free(replace(s, first=part.first + 1, last=part.last - 1, end=part.last - 1, cues=inside), inside)

    # --- verbs ------------------------------------------------------------------------------------

    def _said_so(self, s: Clause, parts: list[Part], k: int, cue: Cue) -> Draft | None:
        """The statement of a part with a verb of saying."""
        part = parts[k]
        start = self._lead_in(part)
        if cue.form == "infinitive" and cue.first == cue.verb:
            return None
        if start < part.last and self._is_as(part.first, cue.verb):
            return self._as_said(s, parts, k, cue)
        back = self._past_back(start, cue.verb) if k == 0 else start
        if back > start:
            told = self._behind_verb(cue.last, part.last) or self._subject(back, cue.first)
            before = self._sentence_before(s)
            words = (max(cue.first, back), cue.last)
            return Draft(words, before, told, cue.act, cue.negated) if told and before else None
        if self._quiet(start, cue.first):
            behind = self._behind_verb(cue.last, part.last)
            if (
                behind is not None
                and k > 0
                and (parts[k - 1].quote or part.sign in (",", "–", "—", "”"))
                and not self._opens(parts, k + 1)
            ):
                return self._after_content(s, parts, k, cue, behind)
            content = self._ahead(s, parts, k, cue)
            if content is None:
                return None
            return Draft(
                (cue.first, cue.last), content, behind or self._earlier_subject(s, parts, k), cue.act, cue.negated
            )
        shared = self._shared_subject(s, start, cue)
        if shared is not None:
            more = self._ahead(s, parts, k, cue)
            pronoun = bool(self.phrases.pronoun(shared[0]))
            if more is None:
                return None
            return Draft((cue.first, cue.last), more, shared, cue.act, cue.negated, pronoun=pronoun)
        sure = (
            self._opens(parts, k + 1)
            and cue.frames & {"that", "whom"}
            and self.norms[cue.verb] not in self.speech.nounlike
        )
        source = self._subject(start, cue.first, sure=bool(sure) and not self._depends(part))
        if source is not None and k and not self._speaks(*source):
            source = self._earlier_subject(s, parts, k) or source  # 'Директор X, однофамилец, вину отрицает: …'
        if source is None:
            return None
        content = self._ahead(s, parts, k, cue)
        source, thing = self._without_object(source, cue)
        if content is None and thing is not None and cue.last >= part.last:
            content = [thing]
        if (
            content is None
            and k > 0
            and cue.last >= part.last - 1
            and (part.sign in (",", "–", "—", "”") or parts[k - 1].quote)
        ):
            content = self._back(s, parts, k)
        if content is None:
            return None
        return Draft(
            (cue.first, cue.last), content, source, cue.act, cue.negated, pronoun=bool(self.phrases.pronoun(source[0]))
        )

    def _without_object(self, source: Range, cue: Cue) -> tuple[Range, Range | None]:
        """A subject, and the object that stands between it and its verb: 'Ион Балан | поражения | не признал'."""
        first, last = source
        if "thing" not in cue.frames or last < cue.first - 1:
            return source, None
        at = last
        while at > first and self._plain_noun(at - 1):
            at -= 1
        if at == first or not 1 <= last - at <= (_OBJECT if self.phrases.named[at - 1] else 1):
            return source, None  # 'президент | страны': a noun behind another one may belong to it
        return ((first, at), (at, last)) if self.phrases.agentive(at - 1, at) else (source, None)

    def _plain_noun(self, i: int) -> bool:
        """Whether a token is a word in lower case that names nobody."""
        surface = self.doc.tokens.surfaces[i]
        return surface[0].islower() and not self.phrases.named[i] and not self.phrases.person(i)

    def _shared_subject(self, s: Clause, start: int, cue: Cue) -> Range | None:
        """The source of the statement before, where a conjunction joins their verbs: 'назвал … и требует …'."""
        i = cue.first - 1
        while i > start and self.norms[i] not in self.speech.conjunctions:
            i -= 1
        if i <= start or not self._quiet(i + 1, cue.first):
            return None
        previous = next((d for d in reversed(self.drafts) if d.sentence == s.index and d.cue[1] <= i), None)
        return previous.source if previous is not None and previous.verb and start <= previous.cue[0] else None

    def _before_joined(self, s: Clause, cue: Cue, first: int, last: int) -> int:
        """Where content in the part of its verb ends: before a conjunction with another verb of the same subject."""
        for later in s.cues:
            if later.sort != "verb" or not first < later.first < last or later.form not in ("finite", "conditional"):
                continue
            i = later.first - 1
            while i > first and self.norms[i] not in self.speech.conjunctions:
                i -= 1
            if i > first and self._quiet(i + 1, later.first):
                return i
        return last

    def _as_said(self, s: Clause, parts: list[Part], k: int, cue: Cue) -> Draft | None:
        """`Как сообщили в X, …` and `…, как заявил X`."""
        part = parts[k]
        source = self._behind_verb(cue.last, part.last) or self._subject(part.first + 1, cue.first)
        if k == 0 and len(parts) > 1:
            content = [(parts[1].first, self._reach(s, parts, 1))]
        elif k > 0:
            content = [(self._from(s, parts, k), parts[k - 1].last)]
            if part.last < s.end and self._goes_on_after(parts, k):
                content.append((parts[k + 1].first, self._reach(s, parts, k + 1)))
        else:
            return None
        return Draft((part.first, cue.last), content, source, cue.act, cue.negated)

    def _after_content(self, s: Clause, parts: list[Part], k: int, cue: Cue, source: Range) -> Draft:
        """`«…», — сказал X` and `…, сообщил X`."""
        content = self._back(s, parts, k)
        if k + 1 < len(parts) and self._goes_on_behind(parts, k, source):
            content.append((parts[k + 1].first, self._reach(s, parts, k + 1)))
        return Draft(
            (cue.first, cue.last), content, source, cue.act, cue.negated, pronoun=bool(self.phrases.pronoun(source[0]))
        )

    def _goes_on_behind(self, parts: list[Part], k: int, source: Range) -> bool:
        """Whether what stands after `…, говорит X` is the rest of the content, nothing more about X."""
        follows = parts[k + 1]
        if follows.quote or (follows.sign in ("—", "–", ":") and parts[k - 1].quote):
            return True
        if follows.sign != "," or parts[k - 1].quote or source[1] < parts[k].last:
            return False
        if self._depends(follows) or self.norms[follows.first] in self.speech.relative:
            return False
        if any(f.form == "gerund" for f in self.speech.verbs.get(self.norms[follows.first], ())):
            return False
        lacks_verb = k == 1 and parts[0].last - parts[0].first <= _SHORT and self._goes_on_after(parts, k)
        return not self._explains(follows) or (lacks_verb and not self._speaks(follows.first, follows.last))

    def _explains(self, part: Part) -> bool:
        """Whether a part is a noun phrase of a speaker: 'заместитель министра'."""
        return self.phrases.person(part.first) or (
            not any(self._verbal(i) or self._unknown_verb_like(i) for i in range(part.first, part.last))
            and part.last - part.first <= _SHORT
        )

    def _unknown_verb_like(self, i: int) -> bool:
        return self.phrases.finite(i)

    def _back(self, s: Clause, parts: list[Part], k: int) -> list[Range]:
        """What stands before a part: a quotation alone, or all since the statement before."""
        if parts[k - 1].quote and (
            k == 1
            or (
                parts[k - 1].sign in (":", ",", "—", "–", "")
                and not self._clausal(parts[k - 2].first, parts[k - 2].last)
            )
        ):
            return [(parts[k - 1].first, parts[k - 1].last)]
        return [(self._from(s, parts, k), parts[k - 1].last)]

    def _from(self, s: Clause, parts: list[Part], k: int) -> int:
        """Where the content before part `k` begins: after the statement before, or with the sentence."""
        first = parts[0].first
        for d in reversed(self.drafts):
            if d.sentence != s.index:
                break
            ends = [d.cue[1], *(c[1] for c in d.content), *(d.source[1:] if d.source else ())]
            if max(ends) <= parts[k - 1].first:
                first = max(first, max(ends))
                break
        for i in range(parts[k - 1].first, first, -1):
            if self.norms[i] == ";" and self._quote(i) is None:
                return i + 1
        return first

    def _opens(self, parts: list[Part], k: int) -> bool:
        """Whether part `k` begins the content of the one before."""
        if k >= len(parts):
            return False
        return parts[k].sign == ":" or any(
            kind == "that" for _, kind in self.speech.introducers.at(self.norms, parts[k].first)
        )

    def _ahead(self, s: Clause, parts: list[Part], k: int, cue: Cue) -> list[Range] | None:
        """The content after a verb: in the parts that follow, or in its own part."""
        part = parts[k]
        for i in range(cue.last, part.last):
            if cue.frames & {"that", "whom", "quote"} and any(
                kind == "that" for _, kind in self.speech.introducers.at(self.norms, i)
            ):
                return [(i, self._reach(s, parts, k, first=i))]
        for j in range(k + 1, min(k + 4, len(parts))):
            follows = parts[j]
            if follows.sign == ":" or (follows.quote and j == k + 1):
                return [(follows.first, self._reach(s, parts, j))]
            kinds = {kind for _, kind in self.speech.introducers.at(self.norms, follows.first)}
            if kinds & {"that"} or (kinds & {"question"} and j == k + 1):
                if cue.frames & {"that", "whom", "quote", "thing"}:
                    return [(follows.first, self._reach(s, parts, j))]
                return None
            if any(
                i in range(follows.first, follows.last)
                for c in s.cues
                for i in (c.verb,)
                if c.sort == "verb" and c.first > cue.last
            ):
                break
        if (
            self.norms[cue.first - 1 : cue.first]
            and part.last < s.last
            and self.norms[part.last : part.last + 1] == [":"]
            and part.last + 1 >= s.end
        ):
            return self._next_paragraph(s)
        if cue.frames & {"thing", "to"} and cue.last < part.last:
            j = k + 1
            while j < len(parts) and (parts[j].quote or self._depends(parts[j])):
                j += 1
            stop = min(self._reach(s, parts, k, first=cue.last), parts[j - 1].last)
            stop = self._before_joined(s, cue, cue.last, stop)
            rest = self.phrases.asides(cue.last, part.last)
            return [(rest, stop)] if rest < stop else None
        return None

    def _reach(self, s: Clause, parts: list[Part], k: int, first: int | None = None) -> int:
        """Where content that begins in part `k` ends: before the part with another relation, or with the sentence."""
        begin = parts[k].first if first is None else first
        end = s.end if not (parts[k].quote and parts[k].last >= s.end) else parts[k].last
        for j in range(k + 1, len(parts)):
            part = parts[j]
            if part.quote:
                continue
            if self.norms[part.first - 1] == ";":
                return part.first - 1
            lead = self._lead_in(part)
            for cue in s.cues:
                if not part.first <= cue.first < part.last or self._quote(cue.first) is not None:
                    continue
                if cue.sort in ("source", "within") and cue.first <= lead + 1:
                    return max(begin + 1, part.first - 1)
                if cue.sort != "verb" or cue.form == "infinitive":
                    continue
                told = self._opens(parts, j + 1) or (j + 1 < len(parts) and parts[j + 1].quote)
                subject = self._subject(lead, cue.first) is not None
                inverted = self._quiet(lead, cue.first) and self._behind_verb(cue.last, part.last) is not None
                leads = (
                    any(True for _ in self.speech.introducers.at(self.norms, part.first))
                    or self.norms[part.first] in self.speech.relative
                )
                joined = told and not subject and self.norms[part.first] in self.speech.conjunctions
                if (
                    (joined and self._quiet(lead, cue.first))
                    or (told and subject and not leads)
                    or (inverted and not leads and part.sign in (",", "–", "—"))
                    or self._is_as(part.first, cue.verb)
                ):
                    return max(begin + 1, part.first - 1)
        return end

    def _depends(self, part: Part) -> bool:
        """Whether a part hangs on the one before: a clause with 'that', 'which', 'because'."""
        first = self.norms[part.first]
        lead = first in self.speech.relative | self.speech.subordinators and first not in self.speech.conjunctions
        return lead or any(True for _ in self.speech.introducers.at(self.norms, part.first))

    def _goes_on_after(self, parts: list[Part], k: int) -> bool:
        """Whether a clause goes on after an inserted one: what stands before is too short to be whole."""
        return k + 1 < len(parts) and not any(self._verbal(i) for p in parts[:k] for i in range(p.first, p.last))

    # --- sources ----------------------------------------------------------------------------------

    def _lead_in(self, part: Part) -> int:
        """The first word of a part behind its conjunctions."""
        i = part.first
        while i < part.last and (self.norms[i] in self.speech.conjunctions or not self.phrases.word(i)):
            i += 1
        return i

    def _is_as(self, first: int, verb: int) -> bool:
        """Whether a part begins with 'as' before its verb."""
        return verb - first <= _NEAR + 2 and any(
            kind == "as" for _, kind in self.speech.introducers.at(self.norms, first)
        )

    def _quiet(self, first: int, verb: int) -> bool:
        """Whether only adverbs, pronouns of the object and the like stand before a verb."""
        i = first
        while i < verb:
            step = self.phrases.asides(i, verb)
            if step > i:
                i = step
            elif self.norms[i] in self.speech.clitics or self.norms[i] in self.speech.negation:
                i += 1
            else:
                return False
        return True

    def _behind_verb(self, first: int, last: int) -> Range | None:
        """The subject after a verb: `сказал X`, `сообщили в X`."""
        i = first
        while i < last and (self.norms[i] in self.speech.clitics or self.norms[i] in self.speech.object_pronouns):
            i += 1
        i = self.phrases.asides(i, last)
        i = self.phrases.asides(self.outlets.past_told(i, last), last)
        if i + 1 < last and self.norms[i] in self.speech.body:
            end = self._phrase_end(i + 1, last)
            return (i + 1, end) if self._speaks(i + 1, end) else None
        if i >= last or not self.phrases.word(i):
            return None
        end = self._phrase_end(i, last)
        return (i, end) if self._speaks(i, end) else None

    def _phrase_end(self, first: int, last: int) -> int:
        """The end of a noun phrase within a part: before an aside, a preposition of place or a verb."""
        i = first + 1
        pronoun = self.phrases.pronoun(first)
        if pronoun:
            return min(pronoun, last)
        while i < last:
            word = self.norms[i]
            if self.speech.stops.at(self.norms, i) or (self.phrases.aside(i, last) > i and not self.phrases.named[i]):
                break
            if (
                word in self.speech.object_pronouns
                or (self.phrases.finite(i) and not self.phrases.capital(i))
                or word in ENDS
            ):
                break
            i += 1
        return i

    def _subject(self, first: int, verb: int, sure: bool = False) -> Range | None:
        """The subject before a verb within a part: `X заявил`, `В X сообщили`; `sure`: whatever it names, it speaks."""
        if first >= verb:
            return None
        if self.norms[first] in self.speech.body and first + 1 < verb:
            end = self._before_asides(first, verb)
            speaks = self._speaks(first + 1, end) and self.phrases.named[first + 1] != 1
            return (first + 1, end) if speaks or (first + 1, end) in self.phrases.powers else None  # 'В Москве заявили'
        start = first
        step = self.phrases.asides(start, verb)
        if step < verb:
            start = step
        for i in range(verb - 1, start, -1):  # after another verb of the same part
            if self.norms[i] in self.speech.conjunctions and any(self._verbal(j) for j in range(start, i)):
                start = i + 1
                break
        end = self._before_asides(start, verb)
        while end > start + 1 and (
            self.norms[end - 1] in self.speech.clitics or self.norms[end - 1] in self.speech.negation
        ):
            end -= 1
        if end <= start or not (
            self._speaks(start, end) or (sure and end - start <= _SHORT and not self.phrases.finite(end - 1))
        ):
            return None
        if self.norms[start] in self.speech.no_subject_end and self.norms[start] not in self.speech.determiners:
            return None
        return start, self._without_place(start, end)

    def _without_place(self, start: int, end: int) -> int:
        """The end of a subject without where it spoke: 'Глава держави | у вечірньому зверненні'."""
        for i in range(start + 1, end - 1):
            cited = any(sort == "citing" for _, sort in self.speech.prepositions.at(self.norms, i))
            if (
                (cited or self.norms[i] in self.speech.body)
                and self._speaks(start, i)
                and not any(
                    self.phrases.named[j] == 2 or self.phrases.person(j) for j in range(i + 1, end) if not cited
                )
            ):
                return i
        return end

    def _earlier_subject(self, s: Clause, parts: list[Part], k: int) -> Range | None:
        """The subject of a verb that begins its part: in the parts before it, or that of the statement before."""
        if k and self.norms[parts[k].first] not in self.speech.conjunctions:
            for j in range(k - 1, max(-1, k - _MOST), -1):
                part = parts[j]
                if part.quote or self.norms[part.first] in self.speech.relative | self.speech.subordinators:
                    continue
                lead = self._lead_in(part)
                start = self.phrases.asides(lead, part.last)
                if (
                    start < part.last
                    and self._speaks(start, part.last)
                    and not any(self.phrases.finite(i) for i in range(start, part.last))
                ):
                    return self._with_head(parts, j, start), part.last
        previous = next(
            (d for d in reversed(self.drafts) if d.sentence == s.index and d.cue[1] <= parts[k].first), None
        )
        return previous.source if previous is not None else None

    def _with_head(self, parts: list[Part], j: int, start: int) -> int:
        """The beginning of a subject that part `j` only explains: 'Генерал Роса Киспе, однофамилица мэра, …'."""
        if j == 0 or start > parts[j].first or parts[j].sign not in (",", "–", "—") or parts[j - 1].quote:
            return start
        before = parts[j - 1]
        lead = self._lead_in(before)
        head = self.phrases.asides(lead, before.last)
        plain = head < before.last and not any(self._verbal(i) for i in range(head, before.last))
        if plain and self._speaks(head, before.last) and not self._depends(before):
            return head
        return start

    def _named_source(self, s: Clause, parts: list[Part], k: int, cue: Cue) -> Draft | None:
        """`По словам X, …`, `…, по словам X`, `…, по его словам, …`."""
        part = parts[k]
        if cue.sort == "within":
            at = next((i for i in range(cue.first, cue.last) if self.norms[i] in self.speech.possessive), None)
            source: Range | None = None if at is None else (at, at + 1)
            end = cue.last
        else:
            if cue.last >= part.last:
                return None
            leads_part = cue.first <= self._lead_in(part) + 1
            end = part.last if leads_part else self._phrase_end(cue.last, part.last)
            source = (cue.last, end)
        lead = cue.first <= self._lead_in(part) + 1
        content: list[Range] = []
        if end < part.last:
            content = (
                [(part.first, cue.first), (end, self._reach(s, parts, k, first=end))]
                if not lead
                else [(end, self._reach(s, parts, k, first=end))]
            )
        elif lead and k == 0:
            if len(parts) > 1:
                content = [(parts[1].first, self._reach(s, parts, 1))]
        else:
            content = [(self._from(s, parts, k) if lead else part.first, cue.first if not lead else parts[k - 1].last)]
            if lead and k + 1 < len(parts) and self._goes_on_after(parts, k):
                content.append((parts[k + 1].first, self._reach(s, parts, k + 1)))
        if not content:
            return None
        return Draft((cue.first, cue.last), content, source, "say", verb=False, pronoun=cue.sort == "within")

"""Statements where the finite verb is the second part of a main clause (German, Dutch): `X sagte am Montag, dass …`, `…, sagte X`,
`Am Montag teilte X mit, …`, `X hat … verurteilt`, `…, wie X mitteilte`, `…, so X`, `X zufolge …`.

A sentence is cut at its commas, colons and quotations. In each part the verb tells by its place what the part is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recoupe.reading.bare_frames import AllFrames
from recoupe.reading.cues import Cue
from recoupe.reading.drafts import ENDS, Clause, Draft, Range
from recoupe.reading.speech import CueForm

_CUTS = frozenset(",;:–—")
_ADJECTIVES = 3  # words in lower case that may stand before a noun
_BEHIND = 25  # tokens of a clause in which a verb's other part is looked for
_CLAUSE = 4  # words of a clause that is not parted by a comma, with the one that begins it
_PARTS = 60  # parts of a sentence that are looked at
_SUBJECT = 30  # tokens of a source


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens `first` to `last` (excluded) between two cuts; `sign` is the one before it, `quote` whether it is a quotation of speech."""

    first: int
    last: int
    sign: str = ""
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A verb of saying: its finite part at `finite`, what else belongs to it at `other` (a particle, a participle), what it takes."""

    finite: int
    other: Range | None
    act: str
    frames: frozenset[str]

    @property
    def cue(self) -> Range:
        """The one word that stands for the cue: the participle, else the finite verb."""
        if (
            self.other is not None
            and self.other[0] > self.finite
            and self.other[1] - self.other[0] == 1
            and not self.frames & {"_split"}
        ):
            return self.other
        return self.finite, self.finite + 1


class VerbSecondFrames(AllFrames):
    """What verbs of saying make of sentences in languages with the verb in second place."""

    def _second(self, s: Clause, cues: Sequence[Cue]) -> None:
        """Read all statements of a sentence that hang on a verb, on 'laut', on 'so' or on 'zufolge'."""
        parts = self._parts(s)
        for k, part in enumerate(parts):
            if part.quote:
                continue
            for cue in cues:
                if cue.sort == "source" and part.first <= cue.first < part.last:
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

    def _parts(self, s: Clause) -> list[Part]:
        parts: list[Part] = []
        i = start = s.first
        sign = ""
        while i < s.end and len(parts) < _PARTS:
            quote = self._quote(i)
            if quote is not None and quote.first <= i and quote.last > i + 1:
                stop = min(max(quote.last, i + 1), s.last)
                if quote.first >= start and (
                    start == quote.first
                    or self.norms[quote.first - 1] in _CUTS
                    or not any(self.phrases.word(j) for j in range(start, i))
                ):
                    parts.append(Part(i, stop, sign, True))
                    i = start = stop
                    sign = "”"
                    if i < s.end and self.norms[i] in ",.":
                        sign, i = self.norms[i], i + 1
                        start = i
                    continue
                i = stop
                continue
            if self.norms[i] in _CUTS and self._is_cut(i, s):
                if i > start:
                    parts.append(Part(start, i, sign))
                sign, start = self.norms[i], i + 1
            elif i > start and self._begins_clause(start, i, s.end):
                parts.append(Part(start, i, sign))
                sign, start = ",", i
            i += 1
        if start < s.end:
            parts.append(Part(start, max(start + 1, min(s.end, i)), sign))
        return parts

    def _begins_clause(self, start: int, i: int, end: int) -> bool:
        """Whether 'dat' begins what is said, without a comma: behind a verb of saying, with a clause after it."""
        if self.norms[i] not in self.speech.that_words or end - i < _CLAUSE:
            return False
        if any(self.norms[j] in _CUTS for j in range(i + 1, min(end, i + 3))):
            return False
        return any(
            f.frames & {"that", "whom"} and f.form != "gerund"
            for j in range(max(start, i - _BEHIND), i)
            if self._lower(j)
            for f in self.speech.verbs.get(self.norms[j], ())
        )

    def _is_cut(self, i: int, s: Clause) -> bool:
        """Whether a sign parts clauses: no comma between digits, no colon inside a time."""
        tokens = self.doc.tokens
        return not (
            i + 1 < s.last
            and i > s.first
            and tokens.starts[i + 1] == tokens.ends[i]
            and self.norms[i - 1][0].isdigit()
            and self.norms[i + 1][0].isdigit()
        )

    # --- verbs ------------------------------------------------------------------------------------

    def _lower(self, i: int) -> bool:
        return not self.doc.tokens.surfaces[i][0].isupper() or i in self._firsts

    @property
    def _firsts(self) -> frozenset[int]:
        found = self.__dict__.get("_sentence_firsts")
        if found is None:
            found = self.__dict__["_sentence_firsts"] = frozenset(x.first for x in self.sentences) | frozenset(
                q.last for q in self.quotes
            )
        return found

    def _cue_forms(self, i: int, *sorts: str) -> list[CueForm]:
        return [f for f in self.speech.verbs.get(self.norms[i], ()) if f.form in sorts] if self._lower(i) else []

    def _head(self, i: int, last: int) -> Head | None:
        """The verb of saying whose finite form stands at `i`, with its other part before `last`."""
        last = min(last, i + _BEHIND)
        forms = self._cue_forms(i, "finite", "conditional")
        best: tuple[int, Range | None, list[CueForm]] | None = None
        for form in forms:
            where = self._other(i + 1, last, form.particle) if form.particle else None
            if form.particle and where is None:
                continue
            size = len(form.particle)
            if best is None or size > best[0]:
                best = (size, where, [form])
            elif size == best[0]:
                best[2].append(form)
        if best is not None:
            return self._made(i, best[1], best[2], split=best[0] > 0)
        if self.norms[i] in self.speech.perfect or any(end == i + 1 for end, _ in self.speech.modal.at(self.norms, i)):
            sorts = ("participle",) if self.norms[i] in self.speech.perfect else ("infinitive",)
            for j in range(last - 1, max(i, last - 4), -1):
                found = self._cue_forms(j, *sorts)
                if found and not any(f.particle for f in found):
                    return self._made(i, (j, j + 1), found, split=False)
        return None

    @staticmethod
    def _made(i: int, other: Range | None, forms: list[CueForm], split: bool) -> Head:
        act = min((f for f in forms), key=lambda f: (f.act == "say", f.act)).act
        frames = frozenset().union(*(f.frames for f in forms))
        return Head(i, other, act, frames | ({"_split"} if split else set()))

    def _other(self, first: int, last: int, particle: tuple[str, ...]) -> Range | None:
        """The last place of a particle in a clause."""
        size = len(particle)
        for j in range(last - size, first - 1, -1):
            if tuple(self.norms[j : j + size]) == particle:
                return j, j + size
        return None

    def _finite_at(self, part: Part) -> int | None:
        """The first finite verb of a part."""
        for i in range(part.first, part.last):
            norm = self.norms[i]
            article = norm in self.speech.determiners and (i == part.first or self._article(i, part.last))
            if article or (norm in self.speech.no_subject_end and norm not in self.speech.finite):
                continue  # 'Zijn collega …': an article that looks like a verb
            if self._lower(i) and (
                self.phrases.finite(i) or (self._cue_forms(i, "finite") and not self._attributive(i, part.last))
            ):
                return i
        return None

    def _attributive(self, i: int, last: int) -> bool:
        """Whether a form stands before a noun as an adjective does: 'die erwartete Zahl'."""
        return i > 0 and self.norms[i - 1] in self.speech.determiners and i + 1 < last and not self._lower(i + 1)

    # --- noun phrases -----------------------------------------------------------------------------

    def _speaks(self, first: int, last: int) -> bool:
        """Whether a phrase names somebody who can speak, also by the last part of a compound."""
        if last <= first:
            return False
        if self.phrases.pronoun(first):
            return True
        for i in range(first, last):
            norm = self.norms[i]
            if norm in self.speech.people or (
                self.phrases.named[i] and (last - first < 6 or self.phrases.named[i] == 2)
            ):
                return True
            if self._person(norm) and not (self.speech.capitals and self._lower(i)):
                return True
        return False

    def _person(self, norm: str) -> bool:
        """Whether a word is a noun of people or bodies, or a compound of one."""
        compound = self.speech.compounds and len(norm) > 5
        return norm in self.speech.people or (compound and norm.endswith(self.speech.people_parts))

    def _noun_phrase(self, first: int, last: int, wide: bool = False) -> int:
        """The end of the noun phrase that begins at `first`: `der Sprecher des Ministeriums, Karl Weiß,`."""
        pronoun = self.phrases.pronoun(first)
        if pronoun and (pronoun >= last or self._lower(pronoun)):
            return min(pronoun, last)
        i, last = first, min(last, first + _SUBJECT)
        inner = self.speech.linkers if wide else self.speech.inner
        noun = False
        while i < last:
            norm, surface = self.norms[i], self.doc.tokens.surfaces[i]
            if (surface[0].isupper() and (i > first or norm not in self.speech.determiners)) or self.phrases.named[i]:
                noun = True
            elif norm[0].isdigit() or norm in "-()/&'’" or norm in self.speech.titles or (norm == "." and noun):
                if norm == "." and self.norms[i - 1] not in self.speech.titles and len(self.norms[i - 1]) > 2:
                    break
            elif not norm[0].isalpha():
                if norm in ("„", "“", "”", '"', "»", "«", "‚", "‘") and self._quote(i) is None:
                    i += 1
                    continue
                break
            elif noun and not self.speech.capitals and self._person(norm):
                pass  # 'Spaanse media'
            elif (noun and not (norm in inner and self._noun_ahead(i + 1, last))) or (noun and (self.speech.asides.at(self.norms, i) or self._is_time(i, last))) or (not noun and not self._noun_ahead(i, last)):
                break
            elif not self.speech.capitals and self._person(norm):
                noun = True
            i += 1
        while i > first and (
            self.norms[i - 1] in self.speech.linkers or (self.norms[i - 1] in "-/&(" and self.norms[i - 1] != ")")
        ):
            i -= 1
        return i

    def _noun_ahead(self, i: int, last: int) -> bool:
        """Whether a noun follows, with nothing but adjectives and articles before it."""
        for j in range(i, min(last, i + _ADJECTIVES + 2)):
            if (
                not self._lower(j)
                or self.phrases.named[j]
                or (not self.speech.capitals and self.norms[j] in self.speech.people)
            ):
                return True
            if not self.norms[j][0].isalpha() or (
                self.phrases.finite(j) and self.norms[j] not in self.speech.determiners
            ):
                return False
        return not self.speech.capitals and i < last and self.norms[i] in self.speech.determiners

    def _is_time(self, i: int, last: int) -> bool:
        return self.phrases.aside(i, last) > i

    def _past_small(self, i: int, last: int) -> int:
        """Past adverbs, short pronouns and what tells when and where, up to a noun phrase."""
        while i < last:
            step = self.phrases.asides(i, last)
            if step > i:
                i = step
            elif self.norms[i] in self.speech.negation or (
                self.norms[i] in self.speech.clitics
                and not (self.norms[i] in self.speech.determiners and self._article(i, last))
            ):
                i += 1
            else:
                break
        return i

    def _article(self, i: int, last: int) -> bool:
        """Whether a word that may be a pronoun stands as an article here: 'het incident'."""
        if self.speech.capitals or i + 1 >= last:
            return self._noun_ahead(i + 1, last)
        return self.norms[i + 1][0].isalpha() and self.norms[i + 1] not in self.doc.pack.function_words

    # --- frames -----------------------------------------------------------------------------------

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
        source = (first, end) if end > first and self._speaks(first, end) else None
        act = next(iter(self._cue_forms(verb, "finite", "joined", "participle"))).act
        content = self._around(s, parts, k)
        return (
            Draft((verb, verb + 1), content, source, act, pronoun=bool(source and self.phrases.pronoun(first)))
            if content
            else None
        )

    def _around(self, s: Clause, parts: list[Part], k: int) -> list[Range]:
        """The sentence without part `k`: what stands before it, else what follows."""
        lo = self._used(s, parts[k].first)
        if k and parts[k - 1].quote and self.norms[parts[k - 1].first - 1] != ":" and self._is_alone(parts, k - 1):
            before = [(parts[k - 1].first, parts[k - 1].last)]
        else:
            before = [(lo, parts[k].first)] if k and parts[k].first - lo > 1 else []
        after = [(parts[k + 1].first, s.end)] if k + 1 < len(parts) else []
        if not before:
            return after
        if after and self._second_piece(parts, k + 1):
            return before + after
        return before

    def _is_alone(self, parts: list[Part], k: int) -> bool:
        """Whether a quotation is not the end of a clause of the writer's."""
        return k == 0 or parts[k].sign in (":", ";", "–", "—") or parts[k - 1].quote

    def _own(self, part: Part) -> bool:
        """Whether a part says by itself who says something: 'aber sein Sprecher widerspricht'."""
        if part.quote or self.norms[part.first] not in self.speech.conjunctions:
            return False
        finite = self._finite_at(part)
        if finite is None or self._head(finite, part.last) is None:
            return False
        return self._speaks(part.first + 1, finite) or (
            finite + 1 < part.last and bool(self.phrases.pronoun(finite + 1))
        )

    def _second_piece(self, parts: list[Part], k: int) -> bool:
        """Whether a part after a source goes on with the content: a quotation, or a clause that is not about the source."""
        part = parts[k]
        if part.quote:
            return True
        if self._own(part):
            return False
        norm = self.norms[part.first]
        if norm in self.speech.relative and self._verb_last(part):
            return False
        return (
            norm in self.speech.subordinators or (part.sign == "," and (k + 1 < len(parts) or part.last - part.first > 2))
        )

    def _verb_last(self, part: Part) -> bool:
        finite = self._finite_at(part)
        return finite is None or finite > part.first + 2

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

    def _so(self, s: Clause, parts: list[Part], k: int) -> Draft | None:
        """`…, so der Minister`: the source is all that the part has."""
        part = parts[k]
        if not k or self.norms[part.first] not in self.speech.so or part.last - part.first < 2:
            return None
        first = self._past_small(part.first + 1, part.last)
        end = self._noun_phrase(first, part.last)
        if (
            end <= first
            or not (self._speaks(first, end) or (end >= part.last and not self._lower(first)))
            or self.phrases.finite(first)
        ):
            return None
        if (
            end < part.last
            and self.phrases.asides(end, part.last) < part.last
            and self.norms[end] not in self.speech.no_subject_end
        ):
            return None
        content = self._around(s, parts, k)
        return (
            Draft(
                (part.first, part.first + 1),
                content,
                (first, end),
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
        if end <= first:
            return None
        source = self._apposed_to((first, end), parts, k)
        lead = cue[0] <= part.first + 1 and (cue[0] == part.first or self.norms[part.first] in self.speech.conjunctions)
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
        """Where the noun phrase begins that ends before `at`: at its article, or at the noun that a genitive hangs on."""
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

    def _nominative(self, first: int, end: int) -> bool:
        """Whether a phrase can be the subject of a verb of saying though nobody is known in it."""
        return (
            self.norms[first] not in self.speech.oblique
            and not self.norms[first].isdigit()
            and (self.norms[first] in self.speech.determiners or not self._lower(first))
        )

    def _leading(self, parts: list[Part], k: int) -> Range | None:
        """`Der Minister, Karl Weiß, | sagte …`: the noun phrase with which a sentence begins, if nothing else stands before the verb."""
        first = parts[0].first
        if self.norms[first] in self.speech.conjunctions:
            first += 1
        if (
            any(not self._related(p) and self._finite_at(p) is not None for p in parts[:k])
            or not self._subject_like(first, parts[0].last)
            or parts[k].sign != ","
        ):
            return None
        return first, parts[k].first - 1

    def _related(self, part: Part) -> bool:
        return self.norms[part.first] in self.speech.relative and self._verb_last(part)

    def _subject_like(self, first: int, last: int) -> bool:
        if (
            first >= last
            or self.norms[first] in self.speech.prepositions_proper
            or self.norms[first] in self.speech.subordinators
        ):
            return False
        return self._speaks(first, last) and self._noun_phrase(first, last) > first

    def _apposed_to(self, source: Range, parts: list[Part], k: int) -> Range:
        """A source with the phrase between commas that explains it."""
        if source[1] < parts[k].last or k + 1 >= len(parts):
            return source
        nxt = parts[k + 1]
        if (
            nxt.sign != ","
            or nxt.quote
            or nxt.last - nxt.first > 9
            or (self.norms[nxt.first] in self.speech.relative
            and not self._speaks(nxt.first, nxt.last))
        ):
            return source
        if (
            self._finite_at(nxt) is None
            and self._noun_phrase(nxt.first, nxt.last) >= nxt.last
            and self._speaks(nxt.first, nxt.last)
        ):
            return source[0], nxt.last
        return source

    def _in_source(self, i: int, last: int) -> Range | None:
        """`hieß es in einer Mitteilung des Ministeriums`, `… aus Kreisen`."""
        while i < last and self.norms[i] in self.speech.prepositions_proper:
            i += 1
        end = self._noun_phrase(i, last) if i < last else i
        return (i, end) if end > i and not self._is_time(i, last) else None

    def _after_quote(self, s: Clause) -> bool:
        return s.first > 0 and self._quote_ending(s.first - 1) is not None

    def _quote_before(self, s: Clause) -> list[Range]:
        quote = self._quote_ending(s.first - 1)
        return [(quote.first, quote.last)] if quote is not None else []

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

    def _main(self, s: Clause, parts: list[Part], k: int) -> Draft | None:
        """`X sagte, …`, `Am Montag teilte X mit, dass …`, `X hat … verurteilt`."""
        part = parts[k]
        first = part.first
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
            and self._noun_phrase(i + 1, part.last) <= i + 2
            and self.norms[field] in self.speech.prepositions_proper
        ):
            return self._with_content(s, parts, k, head, self._in_source(field, i))
        behind = (
            i + 1 < part.last and bool(self.phrases.pronoun(i + 1)) and self.norms[i + 1] not in self.speech.determiners
        )
        named = not self.speech.capitals and not self._lower(field) and field not in self._firsts and i == field + 1
        fits = self._subject_like(field, i) or named or (clause and self._bare_subject(field, i))
        if fits and not behind and not self._object_like(field):
            return self._with_content(
                s, parts, k, head, (self._extended(parts, k, field), self._without_asides(field, i))
            )
        j = self._past_small(i + 1, part.last)
        end = self._noun_phrase(j, part.last) if j < part.last else j
        if end > j and (self._speaks(j, end) or (clause and self._nominative(j, end))):
            source = self._apposed_to((j, end), parts, k)
            return self._with_content(s, parts, k, head, source) or self._fronted(head, field, source)
        if self.norms[field] in self.speech.impersonal:
            return self._with_content(s, parts, k, head, None)
        return None

    def _says(self, parts: list[Part], k: int) -> bool:
        """Whether a part can be what is said: a quotation, what follows a colon, a clause."""
        part = parts[k]
        if part.quote or part.sign == ":":
            return True
        return part.sign == "," and (
            any(kind in ("that", "question") for _, kind in self.speech.introducers.at(self.norms, part.first))
            or any(self.norms[i] in self.speech.reported for i in range(part.first, part.last))
        )

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
        pronoun_at, rest = rest, self._past_small(rest, stop)
        content = self._clause_after(s, parts, after, head)
        if (
            content is not None
            and head.frames & {"thing"}
            and rest < stop
            and not self._says(parts, after)
            and self._noun_phrase(rest, stop, wide=True) > rest
        ):
            content = None
        if content is None:
            if rest >= stop > pronoun_at and head.frames & {"thing"} and self.norms[stop - 1] in self.speech.clitics:
                rest = stop - 1  # 'Das Unternehmen bestreitet das'
            infinite = bool(head.frames & {"that", "to"}) and any(
                kind == "infinitive" for j in range(rest, stop) for _, kind in self.speech.introducers.at(self.norms, j)
            )
            if (not head.frames & {"thing", "to", "quote"} and not infinite) or rest >= stop:
                return None
            if (
                not head.frames & {"thing"}
                and not infinite
                and not any(kind == "to" for _, kind in self.speech.introducers.at(self.norms, rest))
            ):
                return None
            for j in range(rest + 1, stop):
                if (
                    self.norms[j] in self.speech.conjunctions
                    and j + 1 < stop
                    and self._head(j + 1, part.last) is not None
                ):
                    stop = j
                    break
            inner = stop
            while inner > rest + 1 and any(end == inner for end, _ in self.speech.adverbs.at(self.norms, inner - 1)):
                inner -= 1  # 'den Plan scharf'
            content = [(rest, inner)]
            if k + 1 < len(parts) and stop == part.last and not parts[k + 1].quote and parts[k + 1].sign == ",":
                until = self._until(s, parts, k)
                content = [(rest, until)] if until > part.last + 1 else content
        return Draft(head.cue, content, source, head.act, self._negated(head, part), pronoun=pronoun)

    def _negated(self, head: Head, part: Part) -> bool:
        return any(self.norms[i] in self.speech.negation for i in range(head.finite + 1, part.last))

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

    def _verb_leads(self, part: Part) -> bool:
        """Whether a part is `sagte X`: it says whose the words before it are."""
        if part.quote or self._head(part.first, part.last) is None:
            return False
        j = self._past_small(part.first + 1, part.last)
        end = self._noun_phrase(j, part.last) if j < part.last else j
        return end > j and self._speaks(j, end)

    def _until(self, s: Clause, parts: list[Part], k: int) -> int:
        """Where content ends: before a part that says whose it is."""
        for j in range(k + 1, len(parts)):
            norm = self.norms[parts[j].first]
            if norm in self.speech.so or (norm in self.speech.as_words and self._as_verb(parts[j])):
                return parts[j].first
            if parts[j].sign == ";" or self._own(parts[j]) or self._verb_leads(parts[j]):
                return parts[j].first
        return s.end

    def _as_verb(self, part: Part) -> bool:
        return any(self._cue_forms(i, "finite", "joined") for i in range(max(part.first, part.last - 3), part.last))

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
            if i is None:
                continue
            if (
                self.norms[i] not in self.speech.reported
                or (self.norms[p.first] in self.speech.relative
                and self._verb_last(p)
                and p is not parts[0])
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
                ),
                s,
            )
            return


__all__ = ["ENDS", "VerbSecondFrames"]

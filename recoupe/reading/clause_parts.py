"""The parts of a sentence between commas, colons and quotations, and the verb and the noun phrases in them
(German, Dutch).
"""

from __future__ import annotations

from dataclasses import dataclass

from recoupe.reading.bare_frames import AllFrames
from recoupe.reading.drafts import Clause, Range
from recoupe.reading.speech import CueForm

_CUTS = frozenset(",;:–—")
_ADJECTIVES = 3  # words in lower case that may stand before a noun
_BEHIND = 25  # tokens of a clause in which a verb's other part is looked for
_CLAUSE = 4  # words of a clause that is not parted by a comma, with the one that begins it
_PARTS = 60  # parts of a sentence that are looked at
_SUBJECT = 30  # tokens of a source


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens `first` to `last` (excluded) between two cuts.

    `sign` is the cut before it, `quote` whether it is a quotation of speech.
    """

    first: int
    last: int
    sign: str = ""
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A verb of saying: its finite part at `finite`, what else belongs to it at `other`, what it takes."""

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


class ClauseParts(AllFrames):
    """Sentences in parts: where each one has its verb, and which of its words can be a source."""

    def _parts(self, s: Clause) -> list[Part]:
        parts: list[Part] = []
        i = start = s.first
        sign = ""
        while i < s.end and len(parts) < _PARTS:
            quote = self._quote(i)
            if quote is not None and quote.first <= i and quote.last > i + 1:
                stop = min(max(quote.last, i + 1), s.last)
                tail = quote.first < s.first == start == i
                if tail or (
                    quote.first >= start
                    and (
                        start == quote.first
                        or self.norms[quote.first - 1] in _CUTS
                        or not any(self.phrases.word(j) for j in range(start, i))
                    )
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
            if not best[0] and self.norms[last - 1] in self.speech.prefixes:
                return None  # 'findet am Montag statt'
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

    def _speaks(self, first: int, last: int) -> bool:
        """Whether a phrase names somebody who can speak, also by the last part of a compound."""
        if last <= first:
            return False
        if self.phrases.pronoun(first):
            return True
        for i in range(first, last):
            norm = self.norms[i]
            if self.phrases.named[i] and (last - first < 6 or self.phrases.named[i] == 2):
                return True
            if norm in self.speech.people or (self._person(norm) and not (self.speech.capitals and self._lower(i))):
                return True
        return False

    def _person(self, norm: str) -> bool:
        """Whether a word is a noun of people or bodies, or a compound of one."""
        compound = self.speech.compounds and len(norm) > 5
        return self.speech.speaker(norm) or (compound and norm.endswith(self.speech.people_parts))

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
            elif norm in self.speech.audience and norm not in self.speech.determiners:
                break  # 'vertelde Marta Soler | aan het ANP'
            elif not norm[0].isalpha():
                if norm in ("„", "“", "”", '"', "»", "«", "‚", "‘") and self._quote(i) is None:
                    i += 1
                    continue
                break
            elif noun and not self.speech.capitals and self._person(norm):
                pass  # 'Spaanse media'
            elif (
                not self._noun_ahead(i, last)
                if not noun
                else not (norm in inner and self._noun_ahead(i + 1, last))
                or self.speech.asides.at(self.norms, i)
                or self._is_time(i, last)
            ):
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
                or (not self.speech.capitals and self._person(self.norms[j]))
            ):
                return True
            if self.norms[j] == "-" or self.norms[j].isdigit():
                continue  # 'die 44-jährige Bretonin'
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
            elif (step := self.outlets.past_told(i, last)) > i:
                i = step
            else:
                break
        return i

    def _article(self, i: int, last: int) -> bool:
        """Whether a word that may be a pronoun stands as an article here: 'het incident'."""
        if self.speech.capitals or i + 1 >= last:
            return self._noun_ahead(i + 1, last)
        return self.norms[i + 1][0].isalpha() and self.norms[i + 1] not in self.doc.pack.function_words

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
        """Whether a part after a source goes on with the content: a quotation, a clause not about the source."""
        part = parts[k]
        if part.quote:
            return True
        if self._own(part):
            return False
        norm = self.norms[part.first]
        if self._related(part) and not self._article(part.first, part.last):
            return False
        return norm in self.speech.subordinators or (
            part.sign == "," and (k + 1 < len(parts) or part.last - part.first > 2 or self.phrases.finite(part.first))
        )

    def _verb_last(self, part: Part) -> bool:
        finite = self._finite_at(part)
        if finite is None or finite > part.first + 2:
            return True
        short = finite == part.first + 2 and part.first > 0 and self.norms[part.first - 1] == ","
        return short and self._finite_at(Part(part.last - 1, part.last)) is not None  # ', der anonym bleiben will,'

    def _as_verb(self, part: Part) -> bool:
        return any(self._cue_forms(i, "finite", "joined") for i in range(max(part.first, part.last - 3), part.last))

    def _nominative(self, first: int, end: int) -> bool:
        """Whether a phrase can be the subject of a verb of saying though nobody is known in it."""
        return (
            self.norms[first] not in self.speech.oblique
            and not self.norms[first].isdigit()
            and (self.norms[first] in self.speech.determiners or not self._lower(first))
        )

    def _related(self, part: Part) -> bool:
        """Whether a part is a relative clause, which never opens a sentence: 'Der 66-Jährige sei …' is none."""
        return part.sign != "" and self.norms[part.first] in self.speech.relative and self._verb_last(part)

    def _subject_like(self, first: int, last: int) -> bool:
        if (
            first >= last
            or self.norms[first] in self.speech.prepositions_proper
            or self.norms[first] in self.speech.subordinators
        ):
            return False
        led = self.norms[first] in self.speech.determiners and self.norms[first] not in self.speech.prepositions_proper
        return self._speaks(first, last) and (led or self._noun_phrase(first, last) > first)

    def _apposed_to(self, source: Range, parts: list[Part], k: int) -> Range:
        """A source with the phrase between commas that explains it."""
        if source[1] < parts[k].last or k + 1 >= len(parts):
            return source
        nxt = parts[k + 1]
        if (
            nxt.sign != ","
            or nxt.quote
            or nxt.last - nxt.first > 9
            or (self.norms[nxt.first] in self.speech.relative and not self._speaks(nxt.first, nxt.last))
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

    def _says(self, parts: list[Part], k: int) -> bool:
        """Whether a part can be what is said: a quotation, what follows a colon, a clause."""
        part = parts[k]
        if part.quote or part.sign == ":":
            return True
        return part.sign == "," and (
            self._infinitival(part)
            or any(kind in ("that", "question") for _, kind in self.speech.introducers.at(self.norms, part.first))
            or any(self.norms[i] in self.speech.reported for i in range(part.first, part.last))
        )

    def _infinitival(self, part: Part) -> bool:
        """Whether a part is a clause with an infinitive: '…, das Gebiet zu räumen'."""
        for i in range(max(part.first, part.last - 4), part.last - 1):
            if any(kind == "infinitive" for _, kind in self.speech.introducers.at(self.norms, i)):
                return True
        return False

    def _verb_leads(self, part: Part) -> bool:
        """Whether a part is `sagte X`: it says whose the words before it are."""
        if part.quote or self._head(part.first, part.last) is None:
            return False
        j = self._past_small(part.first + 1, part.last)
        end = self._noun_phrase(j, part.last) if j < part.last else j
        return end > j and self._speaks(j, end)

    def _another_verb(self, part: Part) -> bool:
        """Whether a part goes on with another verb of the clause before: '…, räumte aber ein, dass …'."""
        i = part.first
        if self.norms[i] in self.speech.conjunctions and i + 1 < part.last:
            return self._lower(i + 1) and (self.phrases.finite(i + 1) or self._head(i + 1, part.last) is not None)
        return self._lower(i) and self._head(i, part.last) is not None

    def _until(self, s: Clause, parts: list[Part], k: int) -> int:
        """Where content ends: before a part that says whose it is."""
        for j in range(k + 1, len(parts)):
            norm = self.norms[parts[j].first]
            if norm in self.speech.so or (norm in self.speech.as_words and self._as_verb(parts[j])):
                return parts[j].first
            if parts[j].sign == ";" or self._own(parts[j]) or self._verb_leads(parts[j]):
                return parts[j].first
            if parts[j].sign == "," and not parts[j].quote and self._another_verb(parts[j]):
                return parts[j].first
        return s.end

"""Phrases: where a noun phrase that names a source begins and ends, found by its words alone."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.reading.document import Document
from recoupe.reading.speech import ADVERB, ASIDE, LEAD, PERSON, Speech, signs_of
from recoupe.records import Name

_TITLE = 4  # words of an office that may stand before a name
_NO_ENDING = 4  # letters of a word of which no ending tells
_LONGEST = 40  # tokens of a source
_DASHES = frozenset("—–―")
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")


class Phrases:
    """Noun phrases of one document. Each method takes and gives token indices, the last excluded."""

    def __init__(self, doc: Document, names: Sequence[Name], speech: Speech) -> None:
        self.doc, self.speech, self.norms = doc, speech, doc.norms
        self._surfaces, self._signs = doc.tokens.surfaces, signs_of(doc)
        self.named = bytearray(len(doc.tokens) + 1)  # 1: inside a name, 2: of a person, an organisation
        self.powers: set[tuple[int, int]] = set()  # the names of countries and of their capitals
        for name in names:
            for mention in name.mentions:
                a, b = doc.tokens_of(mention)
                for i in range(a, b):
                    self.named[i] = 1 if name.type == "PLACE" else 2
                if name.type != "ORG" and name.country is not None:
                    self.powers.add((a, b))
        self._people = bytearray(len(doc.tokens) + 1)  # 1: inside a word of several parts for people or bodies
        if speech.people_phrases:
            for a, b, _ in speech.people_phrases.find(self.norms):
                self._people[a:b] = b"\x01" * (b - a)
        self._firsts = {s.first for s in doc.sentences}

    # --- what a word is ---------------------------------------------------------------------------

    def word(self, i: int) -> bool:
        """Whether token `i` is a word or a number."""
        return self.norms[i][0].isalnum()

    def person(self, i: int) -> bool:
        """Whether token `i` is a word, or part of one, for people or bodies that can speak."""
        return bool(self._people[i]) or self.speech.speaker(self.norms[i])

    def capital(self, i: int) -> bool:
        """Whether a token is written with a capital that the beginning of a sentence does not explain."""
        return self._surfaces[i][0].isupper() and (i not in self._firsts or bool(self.named[i]))

    def pronoun(self, i: int) -> int:
        """The index after a third-person pronoun that begins at `i`, 0 if there is none."""
        if not self._signs[i] & PERSON:
            return 0
        here = self.speech.person.at(self.norms, i)
        if here and self.norms[i] in self.speech.titles and i + 1 < len(self.named) - 1 and self.capital(i + 1):
            return 0  # 'bà Mận': the pronoun is a title before a name
        return here[0][0] if here else 0

    def agentive(self, first: int, last: int) -> bool:
        """Whether a phrase names somebody who can speak: a name, a noun of people or bodies, a pronoun."""
        for i in range(first, last):
            if self.person(i) or self.capital(i) or self.named[i]:
                return True
        single = last - first == 1 and self.norms[first] in self.speech.impersonal | self.speech.determiners
        return bool(self.pronoun(first)) or single

    def finite(self, i: int) -> bool:
        """Whether a word in lower case is a finite verb: a listed one, or by its ending where no article precedes."""
        if self.norms[i] in self.speech.finite:
            return self.norms[i][0].isalpha()
        return (
            self.looks_finite(i)
            and not self._surfaces[i][0].isupper()
            and i > 0
            and self.norms[i - 1] not in self.speech.determiners
            and self.norms[i - 1] not in ("-", "'s", "’s")
            and not self.speech.adverb(self.norms[i - 1])
            and not (i + 1 < len(self.norms) and self.norms[i + 1] in self.speech.prepositions_proper)
        )

    def looks_finite(self, i: int) -> bool:
        """Whether a word is a finite verb by a list or by its ending, whatever stands around it."""
        norm, endings = self.norms[i], self.speech.finite_endings
        return norm in self.speech.finite or bool(endings and len(norm) > _NO_ENDING and norm.endswith(endings))

    def solid(self, first: int, last: int) -> bool:
        """Whether the last word of a phrase can end a source: a name, a noun of people, a pronoun, a bracket."""
        end = last - 1
        return (
            self.capital(end)
            or bool(self.named[end])
            or self.person(end)
            or self.norms[end] in self.speech.relative
            or (bool(self.pronoun(first)) and self.pronoun(first) >= last)
            or self.norms[end] in _CLOSE
            or self.norms[end] == ","
            or self.norms[end] in self.speech.impersonal
        )

    def begins(self, i: int, last: int) -> bool:
        """Whether a noun phrase can begin at `i`."""
        if i >= last or not self.word(i):
            return False
        norm = self.norms[i]
        return (
            norm in self.speech.determiners
            or self.person(i)
            or norm in self.speech.titles
            or self._surfaces[i][0].isupper()
            or bool(self.pronoun(i))
            or norm in self.speech.impersonal
            or self._leads_to_name(i, last)
        )

    def _leads_to_name(self, i: int, last: int) -> bool:
        """Whether plain words in lower case lead to a name: 'train driver Lubomira …'."""
        for j in range(i, min(last, i + _TITLE)):
            if self.capital(j) or self.named[j] or (self.person(j) and j > i):
                return j > i
            if (
                not self.word(j)
                or self.norms[j] in self.speech.no_subject_end
                or self.norms[j] in self.speech.verbs
                or self.finite(j)
            ):
                return False
        return False

    # --- asides -----------------------------------------------------------------------------------

    def aside(self, i: int, last: int) -> int:
        """The index after an aside at `i` ("on Monday", "in a statement", an adverb); `i` if there is none."""
        if not self._signs[i] & ASIDE:
            return i + 1 if self._signs[i] & ADVERB else i
        for end, _ in self.speech.asides.at(self.norms, i):
            if end <= last:
                return end
        for end, _ in self.speech.adverbs.at(self.norms, i):
            if end <= last:
                return end
        end, seen = i, False
        while end < last and (
            self.norms[end] in self.speech.days
            or self.norms[end] in self.speech.time_words
            or self.norms[end].isdigit()
        ):
            seen = seen or self.norms[end] in self.speech.days
            end += 1
        while seen and end > i and self.norms[end - 1] in self.speech.time_words and not self.norms[end - 1].isdigit():
            if self.norms[end - 1] in self.speech.days:
                break
            end -= 1
        if seen:
            return end
        return i + 1 if self._signs[i] & ADVERB else i

    def asides(self, i: int, last: int) -> int:
        """The index after all asides that follow each other from `i` on, with commas between them."""
        while i < last:
            end = self.aside(i, last)
            if end == i:
                break
            i = end
        return i

    # --- forwards ---------------------------------------------------------------------------------

    def forward(self, first: int, last: int, closed: bool) -> int:
        """The end of the noun phrase that begins at `first`.

        `closed`: nothing of the sentence but asides is to follow it, so that a phrase after a comma explains it;
        otherwise such a phrase counts only where another comma ends it.
        """
        last = min(last, first + _LONGEST)
        pronoun = self.pronoun(first)
        if pronoun:
            return min(pronoun, last)
        end = self._core(first, last)
        while end < last and self.norms[end] == ",":
            stop = self._apposition(end + 1, last, closed)
            if stop is None:
                break
            end = stop
        return end

    def _core(self, first: int, last: int) -> int:
        i, depth = first, 0
        surfaces, norms, speech = self._surfaces, self.norms, self.speech
        while i < last:
            norm = norms[i]
            if norm in _OPEN:
                depth += 1
            elif norm in _CLOSE:
                depth -= 1
                if depth < 0:
                    break
            elif depth:
                pass
            elif not self.word(i):
                if norm not in ("-", "&", "'", "’", "'s", "’s", "/", "%", "$", "€", "£", "#", "№") and not (
                    norm == "." and (norms[i - 1] in speech.titles or len(norms[i - 1]) == 1) and i > first
                ):
                    break
            elif i > first and not surfaces[i][0].isupper() and not self.named[i] and self._breaks(i, last):
                break
            i += 1
        return self._trim(first, i)

    def _breaks(self, i: int, last: int) -> bool:
        """Whether a lower-case word ends a noun phrase."""
        norm, speech = self.norms[i], self.speech
        if self.finite(i) or norm in speech.relative or self.pronoun(i) or speech.prepositions.at(self.norms, i):
            return True
        if norm in speech.subordinators and norm not in speech.linkers:
            return True
        if norm in speech.conjunctions and norm not in speech.linkers:
            return True
        return self.aside(i, last) > i or bool(speech.stops.at(self.norms, i))

    def _trim(self, first: int, end: int) -> int:
        while end > first + 1 and (
            not (self.word(end - 1) or self.norms[end - 1] in _CLOSE or self.norms[end - 1] == ".")
            or self.norms[end - 1] in self.speech.linkers
            or self.norms[end - 1] in self.speech.determiners
        ):
            if self.norms[end - 1] in ("'s", "’s"):
                break
            end -= 1
        return end

    def _apposition(self, i: int, last: int, closed: bool) -> int | None:
        """The end of what explains a noun phrase, after a comma at `i - 1`; None if something else stands there."""
        if i >= last or not self.word(i):
            return None
        norm = self.norms[i]
        relative = norm in self.speech.relative
        if not (
            relative
            or self.begins(i, last)
            or norm.isdigit()
            or any(self.person(n) for n in range(i, min(i + 3, len(self.norms))))
        ):
            return None
        end = i
        while (
            end < last
            and self.norms[end] not in (",", ";", ":", ".", "!", "?")
            and self._surfaces[end] not in '«»“”"—–'
        ):
            end += 1
        while (
            end < last
            and self.norms[end] == "."
            and (self.norms[end - 1] in self.speech.titles or len(self.norms[end - 1]) == 1)
        ):
            end += 1
            while end < last and self.norms[end] not in (",", ";", ":", ".", "!", "?"):
                end += 1
        if relative or self.pronoun(i):
            return None
        core = self._core(i, end)
        if any(self.norms[k] in self.speech.finite or self.norms[k] in self.speech.verbs for k in range(i + 1, core)):
            return None
        if (
            core < end
            and self.norms[core] in self.speech.relative
            and (closed or (end < last and self.norms[end] == ","))
        ):
            return end
        if core < end and self.aside(core, last) == core and not self.speech.stops.at(self.norms, core):
            return None
        if not closed and not (
            end < last and self.norms[end] == "," and (self.agentive(i, core) or norm.isdigit()) and core - i <= 8
        ):
            return None
        return core

    def _after_adverbial(self, first: int, end: int) -> int | None:
        """`In a long interview | Bakari`: where a noun phrase begins right after one that a preposition leads."""
        for i in range(first + 2, end):
            before = self.norms[i - 1]
            lower = self.word(i - 1) and self._surfaces[i - 1][0].islower() and not self.named[i - 1]
            starts = self.pronoun(i) or self.capital(i) or self.norms[i] in self.speech.determiners
            if (
                lower
                and starts
                and before not in self.speech.no_subject_end
                and before not in self.speech.conjunctions
                and before not in self.speech.linkers
                and before not in self.speech.people
                and before not in self.speech.titles
            ):
                return i
        return None

    def antecedent(self, limit: int, end: int) -> tuple[int, int] | None:
        """The noun phrase right before a relative pronoun at `end`."""
        start = self._back_core(limit, end)
        if start is None:
            return None
        for i in range(end - 1, start, -1):
            norm = self.norms[i - 1]
            if (
                self.finite(i - 1)
                or norm in self.speech.verbs
                or (
                    norm in self.speech.no_subject_end
                    and norm not in self.speech.linkers
                    and norm not in self.speech.determiners
                )
            ):
                return i, end
        return start, end

    def short(self, first: int, last: int) -> tuple[int, int]:
        """A phrase up to its first noun of people or name that no linking word follows: an unknown verb does."""
        for i in range(first, last):
            known = self.person(i) or self.named[i] or self.capital(i)
            after = i + 1 < last and (
                self.named[i + 1]
                or self.capital(i + 1)
                or self.norms[i + 1] in self.speech.linkers
                or not self.word(i + 1)
            )
            if known and not after:
                return first, i + 1
        return first, last

    def owner(self, limit: int, end: int) -> int:
        """Where the possessor begins whose last word stands before `end`: a run of capitals, or back to its article."""
        i = end
        while i > limit and (
            self.capital(i - 1)
            or self.named[i - 1]
            or self.norms[i - 1] in self.speech.titles
            or (self.norms[i - 1] == "." and self.norms[i - 2] in self.speech.titles)
        ):
            i -= 1
        if i == end:
            while (
                i > limit and self.word(i - 1) and not self.finite(i - 1) and self.norms[i - 1] not in self.speech.verbs
            ):
                i -= 1
                if self.norms[i] in self.speech.determiners:
                    break
        elif i > limit and self.norms[i - 1] in self.speech.determiners:
            i -= 1
        return i

    def clause_subject(self, first: int, last: int) -> tuple[int, int] | None:
        """The noun phrase that begins a clause, past conjunctions and asides; None if it names nobody."""
        start = self._lead(first, last)
        if (
            start is not None
            and self.norms[start] in self.speech.no_subject_end
            and self.norms[start] not in self.speech.determiners
        ):
            comma = next((i for i in range(start, last) if self.norms[i] == ","), None)
            start = self._lead(comma + 1, last) if comma is not None else None
        if start is None or not self.begins(start, last):
            return None
        end = self.forward(start, last, closed=False)
        return (start, end) if start < end and self.agentive(start, end) else None

    # --- backwards --------------------------------------------------------------------------------

    def backward(self, limit: int, end: int) -> int | None:
        """Where the noun phrase begins that ends before token `end`, not before `limit`; None if there is none.

        A phrase between commas right before `end` explains the one before it.
        """
        limit = max(limit, end - _LONGEST)
        if end <= limit:
            return None
        if self.norms[end - 1] != ",":
            return self._back_core(limit, end)
        comma = self._comma_before(limit, end - 1)
        if comma is None:
            return None
        start = self._back_core(limit, comma)
        while start is not None and start > limit and self.norms[start - 1] == "," and self._explains(start, comma):
            before = self._back_core(limit, start - 1)
            if before is None:
                break
            comma, start = start - 1, before
        return start

    def _explains(self, first: int, last: int) -> bool:
        """Whether a phrase between commas can only explain the one before it: '68 ans', 'who lives there'."""
        norm = self.norms[first]
        if norm in self.speech.relative or norm.isdigit():
            return True
        return not self._surfaces[first][0].isupper() and not (
            norm in self.speech.determiners and not self.person(last - 1)
        )

    def _comma_before(self, limit: int, end: int) -> int | None:
        depth = 0
        for i in range(end - 1, limit, -1):
            if self.norms[i] in _CLOSE:
                depth += 1
            elif self.norms[i] in _OPEN:
                depth -= 1
            elif not depth and self.norms[i] == ",":
                return i
        return None

    def _back_core(self, limit: int, end: int) -> int | None:
        """Where the phrase before `end` begins: after a comma, another clause or `limit`, and what leads up to it."""
        i, depth = end, 0
        norms, speech = self.norms, self.speech
        while i > limit:
            norm = norms[i - 1]
            if norm in _CLOSE:
                depth += 1
            elif norm in _OPEN:
                depth -= 1
                if depth < 0:
                    break
            elif not depth:
                if norm in (",", ";", ":", "!", "?", "…") or norm in _DASHES or self._surfaces[i - 1] in '«»“”"':
                    break
                inside = norm == "." and limit < i - 1 and norms[i - 2].isdigit() and i < end and norms[i].isdigit()
                if (
                    norm == "."
                    and not inside  # '15.5'
                    and not (i - 2 >= limit and (norms[i - 2] in speech.titles or len(norms[i - 2]) == 1))
                ):
                    break
                if self._signs[i - 1] & LEAD and any(kind == "that" for _, kind in speech.introducers.at(norms, i - 1)):
                    break
                if (
                    norm in speech.subordinators
                    and norm not in speech.linkers
                    and norm not in speech.relative
                    and norm not in speech.determiners
                ):
                    break
            i -= 1
        return self._lead(i, end)

    def _lead(self, i: int, end: int) -> int | None:
        """Skip conjunctions, adverbs and asides before a noun phrase."""
        speech = self.speech
        while i < end:
            norm = self.norms[i]
            if self.pronoun(i) and self.pronoun(i) <= end:
                break
            if norm in speech.conjunctions or not self.word(i):
                i += 1
                continue
            if norm in speech.no_subject_end and norm not in speech.determiners:
                inner = self._after_adverbial(i, end)
                if inner is not None:
                    i = inner
                    continue
            step = self.aside(i, end)
            if i < step < end and not (
                norm in speech.determiners and not any(self.norms[k].isdigit() for k in range(i, step))
            ):
                i = step
                continue
            break
        return i if i < end and any(self.word(k) for k in range(i, end)) else None

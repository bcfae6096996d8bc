"""Phrases: the furniture of all packs, looked up in one trie whatever the language of a report is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from recoupe.cleaning.dates import NUMERIC_DATE, Calendar
from recoupe.languages import available, glimpse
from recoupe.text.patterns import Match, Patterns
from recoupe.text.tokens import APOSTROPHES, Tokenizer, normal

_MOST_WORDS = 8
_DIGIT = re.compile(r"\d")
_OWN = frozenset({"dates", "translated"})
_SORTS = frozenset({"lines", "labels", "mentions", "bylines"}) | _OWN


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase is: `where` (lines, labels, mentions, …), the kind within that (share, …), whose pack has it."""

    where: str
    kind: str
    lang: str = ""


class Words:
    """The words of a line, without its punctuation; `starts` and `ends` count in the line."""

    __slots__ = ("ends", "norms", "starts", "surfaces")

    def __init__(self, line: str) -> None:
        spans = _TOKENIZER.words_in(line)
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.surfaces = [line[start:end] for start, end in spans]
        self.norms = [normal(surface).rstrip("'") for surface in self.surfaces]

    def __len__(self) -> int:
        return len(self.norms)


class _WordTokenizer(Tokenizer):
    """Splits l'article and п'ять alike, on both sides of a comparison; 27.06.2024 is one word."""

    def __init__(self) -> None:
        super().__init__("elision")
        self._pattern = re.compile(rf"{NUMERIC_DATE.pattern}|{self._pattern.pattern}", re.IGNORECASE)
        words = rf"{APOSTROPHES['elision']}|©"
        self._words = re.compile(words, re.IGNORECASE)
        self._words_and_numbers = re.compile(rf"{NUMERIC_DATE.pattern}|\d+|{words}", re.IGNORECASE)

    def words_in(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of the tokens of a text that are words or numbers."""
        pattern = self._words_and_numbers if _DIGIT.search(text) else self._words
        spans = [match.span() for match in pattern.finditer(text)]
        if "ʼ" in text:  # a letter, but as an apostrophe it begins no word
            spans = [(start, end) for start, end in spans if _is_word(normal(text[start:end]))]
        return spans

    def norms(self, text: str) -> tuple[str, ...]:
        return tuple(_plain(n) for n in super().norms(text) if _is_word(n))


def _is_word(norm: str) -> bool:
    return norm[0].isalnum() or norm == "©"


def _plain(norm: str) -> str:
    return norm.rstrip("'")


_TOKENIZER = _WordTokenizer()


class _Sort:
    """The phrases of one sort of all packs, or of one pack where they are heard in no other language."""

    def __init__(self, patterns: Patterns[Phrase]) -> None:
        self.match = patterns.match
        self.slots = patterns.first_slots()
        # what must follow the first word of a phrase; None where it may be anything
        self.after: dict[str, frozenset[str] | None] = {}
        for word in patterns.first_words():
            ahead = patterns.follows(word, "")
            self.after[word] = None if ahead is None or ahead[1] else frozenset(ahead[0])


class Furniture:
    """All phrases of all packs, and the calendar of one language to read dates in them."""

    def __init__(self, lang: str) -> None:
        self.calendar = Calendar(lang)
        self._lang = lang
        sorts = _compiled()
        self._sorts = {where: sorts[where, code] for where, code in sorts if code in ("", lang)}

    def at(self, words: Words, i: int, where: str) -> list[Match[Phrase]]:
        """The phrases of one sort that begin at a word."""
        sort = self._sorts.get(where)
        if sort is None or not self._may_begin(sort, words.norms, i):
            return []
        matches = sort.match(words.norms, i, self._slots(words))
        return [m for m in matches if self._heard(m.value, m.end - i)] if matches else matches

    def find(self, words: Words, where: str) -> Iterator[tuple[int, Match[Phrase]]]:
        """Each phrase of one sort, at its first words `i`."""
        sort = self._sorts.get(where)
        if sort is None:
            return
        after, slots = sort.after, sort.slots
        for i, norm in enumerate(words.norms):
            if slots or norm in after:
                for match in self.at(words, i, where):
                    yield i, match

    def _may_begin(self, sort: _Sort, norms: list[str], i: int) -> bool:
        """Whether a phrase may begin at a word."""
        norm = norms[i]
        if norm in sort.after:
            follows = sort.after[norm]
            if follows is None or (i + 1 < len(norms) and norms[i + 1] in follows):
                return True
        return any(self._may_fill(slot, norm) for slot in sort.slots) if sort.slots else False

    def _may_fill(self, slot: str, norm: str) -> bool:
        """Whether what stands in a slot may begin with a word."""
        if slot == "n":
            return norm.isdigit()
        return slot != "date" or self.calendar.may_begin(norm)

    def _heard(self, phrase: Phrase, words: int) -> bool:
        """Furniture comes in any language, but one word of another is often a word of this one.

        What a text says of its own dates and origin it says in its own language.
        """
        return phrase.lang == self._lang or (words > 1 and phrase.where not in _OWN)

    def _slots(self, words: Words) -> Any:
        def slots(name: str, i: int) -> Iterable[tuple[int, Any]]:
            if name == "words":
                return [(j, words.norms[i:j]) for j in range(i + 1, min(i + _MOST_WORDS, len(words)) + 1)]
            if name == "n":
                j = i
                while j < len(words) and words.norms[j].isdigit():
                    j += 1
                return [(j, words.norms[i:j])] if j > i else []
            if name == "date":
                found = self.calendar.date_at(words.norms, i)
                return [found] if found else []
            if name == "language":
                found_language = language_named(self._lang, words.norms, i)
                return [found_language] if found_language else []
            return []

        return slots


@cache
def furniture_of(lang: str) -> Furniture:
    """The furniture of all packs, with the calendar of one language."""
    return Furniture(lang)


@lru_cache(maxsize=1)
def _compiled() -> dict[tuple[str, str], _Sort]:
    """The phrases by their sort and, where they are heard in one language alone, by their pack."""
    sorts: dict[tuple[str, str], Patterns[Phrase]] = {}
    for code in available():
        endings = glimpse(code, "pack")["endings"]
        for where, kinds in glimpse(code, "clutter").items():
            if where not in _SORTS or not isinstance(kinds, dict):
                continue
            key = (where, code if where in _OWN else "")
            if key not in sorts:
                sorts[key] = Patterns(_TOKENIZER)
            patterns = sorts[key]
            patterns._endings = endings
            for kind, forms in kinds.items():
                for form in forms:
                    with suppress(ValueError):  # a slip in one pack is told when that pack is opened
                        patterns.add(form, Phrase(where, kind, code))
    return {key: _Sort(patterns) for key, patterns in sorts.items()}


@lru_cache(maxsize=8)
def _language_names(lang: str) -> dict[tuple[str, ...], str]:
    """The names of languages, in a language: ('vietnamien',) -> 'vi'."""
    from babel import Locale

    names: dict[tuple[str, ...], str] = {}
    for code, name in Locale.parse(lang).languages.items():
        if len(code) == 2:
            names.setdefault(_TOKENIZER.norms(name), code)
    return names


def language_named(lang: str, norms: list[str], i: int) -> tuple[int, str] | None:
    """A name of a language at a word, inflected a little: (index after it, its code)."""
    names = _language_names(lang)
    for j in range(min(i + 2, len(norms)), i, -1):
        code = names.get(tuple(norms[i:j]))
        if code:
            return j, code
    return None

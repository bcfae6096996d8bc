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
from recoupe.text.tokens import Tokenizer

_MOST_WORDS = 8
_OWN = frozenset({"dates", "translated"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase is: `where` (lines, labels, mentions, …), the kind within that (share, …), whose pack has it."""

    where: str
    kind: str
    lang: str = ""


class Words:
    """The words of a line, without its punctuation; `starts` and `ends` count in the line."""

    __slots__ = ("ends", "matches", "norms", "starts", "surfaces")

    def __init__(self, line: str) -> None:
        tokens = _TOKENIZER(line)
        kept = [i for i, norm in enumerate(tokens.norms) if _is_word(norm)]
        self.norms = [_plain(tokens.norms[i]) for i in kept]
        self.starts = [tokens.starts[i] for i in kept]
        self.ends = [tokens.ends[i] for i in kept]
        self.surfaces = [tokens.surfaces[i] for i in kept]
        self.matches: dict[tuple[str, int], list[Match[Phrase]]] = {}  # by language and word, once they are looked for

    def __len__(self) -> int:
        return len(self.norms)


class _WordTokenizer(Tokenizer):
    """Splits l'article and п'ять alike, on both sides of a comparison; 27.06.2024 is one word."""

    def __init__(self) -> None:
        super().__init__("elision")
        self._pattern = re.compile(rf"{NUMERIC_DATE.pattern}|{self._pattern.pattern}", re.IGNORECASE)

    def norms(self, text: str) -> tuple[str, ...]:
        return tuple(_plain(n) for n in super().norms(text) if _is_word(n))


def _is_word(norm: str) -> bool:
    return norm[0].isalnum() or norm == "©"


def _plain(norm: str) -> str:
    return norm.rstrip("'")


_TOKENIZER = _WordTokenizer()


class Furniture:
    """All phrases of all packs, and the calendar of one language to read dates in them."""

    def __init__(self, lang: str) -> None:
        self.calendar = Calendar(lang)
        self._patterns = _compiled()
        self._lang = lang

    def at(self, words: Words, i: int) -> list[Match[Phrase]]:
        """The phrases that begin at a word."""
        key = (self._lang, i)
        found = words.matches.get(key)
        if found is None:
            matches = self._patterns.match(words.norms, i, self._slots(words))
            found = words.matches[key] = [m for m in matches if self._heard(m.value, m.end - i)] if matches else matches
        return found

    def find(self, words: Words, where: str, last: int | None = None) -> Iterator[tuple[int, Match[Phrase]]]:
        """Each phrase of one sort, at its first words `i`, before word `last`."""
        for i in range(len(words) if last is None else min(last, len(words))):
            for match in self.at(words, i):
                if match.value.where == where:
                    yield i, match

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
def _compiled() -> Patterns[Phrase]:
    patterns: Patterns[Phrase] = Patterns(_TOKENIZER)
    for code in available():
        endings = glimpse(code, "pack")["endings"]
        patterns_of = Patterns[Phrase].add
        patterns._endings = endings
        for where, kinds in glimpse(code, "clutter").items():
            if isinstance(kinds, dict):
                for kind, forms in kinds.items():
                    for form in forms:
                        with suppress(ValueError):  # a slip in one pack is told when that pack is opened
                            patterns_of(patterns, form, Phrase(where, kind, code))
    return patterns


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

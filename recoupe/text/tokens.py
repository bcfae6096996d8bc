"""Tokens that keep their offsets: runs of letters, runs of digits, and single other signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import add

# Letters with the marks that stand over them. Runs of one sort, and no class that looks at case: those are quickest.
_LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
_APOSTROPHE = "['’ʼ‘]"
_PLAIN_LETTERS = r"[^\W\d_ʼ]++(?:[\u0300-\u036f]++[^\W\d_ʼ]*+)*+(?!ʼ)"  # of the apostrophes ʼ alone is a letter itself
_MEMORY = 50_000  # so many words are remembered
_LONG, _LONGEST = 200, 100_000  # characters of a text whose tokens are remembered until the next one's

# What an apostrophe inside a word does is a matter of the language; its pack names one of these.
APOSTROPHES = {
    # n’ | ont, l’ | Ukraine: the apostrophe ends a word (French); a pack lists the words that are whole all the same
    "elision": rf"{_PLAIN_LETTERS}(?:{_APOSTROPHE}(?=[^\W\d_]))?|{_LETTERS}{_APOSTROPHE}(?=[^\W\d_])|{_LETTERS}",
    # bank | 's, but O'Brien, don't whole (English, Dutch)
    "clitic": rf"{_APOSTROPHE}(?i:s)\b|{_LETTERS}(?:{_APOSTROPHE}(?!(?i:s)\b){_LETTERS})*",
    # п'ять, п’ять: a letter like others (Ukrainian and, where it never stands inside a word, any other language)
    "letter": rf"{_LETTERS}(?:{_APOSTROPHE}{_LETTERS})*",
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text.

    `starts`, `ends` in code points, `norms` their words in lower case, NFC, with a plain apostrophe.
    """

    text: str
    starts: list[int]
    ends: list[int]
    norms: list[str]
    surfaces: list[str] = field(repr=False)

    def __len__(self) -> int:
        return len(self.starts)


class Tokenizer:
    """Splits text by one of APOSTROPHES; `whole` are the words with an apostrophe that it leaves in one piece.

    `alike` are pairs of letters of which the first is read as the second: 'ёе'; four letters are two endings of words
    of which the first is read as the second: 'oàòa' (hoà, hòa).
    """

    def __init__(self, apostrophe: str = "letter", whole: tuple[str, ...] = (), alike: tuple[str, ...] = ()) -> None:
        self._alike = tuple((pair[0], pair[1]) for pair in alike if len(pair) == 2)
        self._ends = {pair[:2]: pair[2:] for pair in alike if len(pair) == 4}
        kept = "|".join(re.escape(w).replace("'", _APOSTROPHE) + r"(?![^\W\d_])" for w in whole)
        self._plain = self.normal if self._alike or self._ends else normal
        self._known = _Normal(self._plain)
        self._last: Tokens | None = None
        word = APOSTROPHES[apostrophe]
        self._pattern = re.compile(rf"\d\d*|{f'(?i:{kept})|' if kept else ''}{word}|[^\s]")

    def __call__(self, text: str) -> Tokens:
        """Split `text`; every token is a slice of it, in order, and no letter or digit is left out."""
        last = self._last
        if last is not None and last.text == text:  # what reads an article and what sketches it follow on each other
            return last
        surfaces: list[str] = self._pattern.findall(text)
        starts, ends = _places(text, surfaces)
        norms = list(map(self._known.__getitem__, surfaces))
        if len(self._known) > _MEMORY:
            self._known.clear()
        tokens = Tokens(text, starts, ends, norms, surfaces)
        if _LONG <= len(text) <= _LONGEST:
            self._last = tokens
        return tokens

    def word(self, surface: str) -> str:
        """The norm of a token, as in Tokens."""
        return self._known[surface]

    def normal(self, word: str) -> str:
        """The normal form of a word."""
        plain = normal(word)
        end = self._ends.get(plain[-2:])
        if end is not None:
            plain = plain[:-2] + end
        for letter, other in self._alike:
            if letter in plain:
                plain = plain.replace(letter, other)
        return plain

    def norms(self, text: str) -> tuple[str, ...]:
        """The normal forms of the words of a short text."""
        if text.isalpha():
            return (self._plain(text),)
        if text.replace(" ", "").isalpha():
            return tuple([self._plain(word) for word in text.split()])
        if text.rstrip()[-1:] in ("'", "’"):  # an elided word, which is one only before a letter: "d'" of "plus d'"
            found = tuple(map(self._plain, self._pattern.findall(text.rstrip() + "x")))
            if found[-1] == "x":
                return found[:-1]
        return tuple(map(self._plain, self._pattern.findall(text)))


def _places(text: str, surfaces: list[str]) -> tuple[list[int], list[int]]:
    """Where tokens begin and end, of which a text has nothing but blanks in between; quicker than asking each match."""
    starts: list[int] = []
    at = 0
    find, put = text.find, starts.append
    for surface in surfaces:
        at = find(surface, at)
        put(at)
        at += len(surface)
    return starts, list(map(add, starts, map(len, surfaces)))


class _Normal(dict[str, str]):
    """The normal forms of words, each made when its word is first met."""

    def __init__(self, plain: Callable[[str], str]) -> None:
        super().__init__()
        self._plain = plain

    def __missing__(self, word: str) -> str:
        found = self[word] = self._plain(word)
        return found


def normal(word: str) -> str:
    """Lower case, composed, with a plain apostrophe."""
    lower = word.lower()
    if lower.isascii():
        return lower
    if not lower.isalpha():
        lower = lower.replace("’", "'").replace("ʼ", "'").replace("‘", "'")
    return lower if unicodedata.is_normalized("NFC", lower) else unicodedata.normalize("NFC", lower)

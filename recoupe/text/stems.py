"""Light stems: what is left of a word without the endings that its language lists, to compare words of two reports."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Mapping, Sequence

SHORTEST = 3  # letters that a stem keeps at least
_KEPT = 100_000  # stems remembered for a language

Endings = Sequence[str] | Mapping[str, Sequence[str]]


class Stemmer:
    """Stems the words of one language; remembers what it has seen."""

    def __init__(self, endings: Sequence[str]) -> None:
        self._endings = frozenset(fold(e) for e in endings if e)
        self._sizes = self._by_end()
        self._seen: dict[str, str] = {}

    def __call__(self, norm: str) -> str:
        """The stem of a word in normal form."""
        found = self._seen.get(norm)
        if found is None:
            if len(self._seen) >= _KEPT:
                self._seen.clear()
            found = self._seen[norm] = self._stem(norm)
        return found

    def _by_end(self) -> dict[str, list[int]]:
        """How long endings may be, the longest first, by the last two letters of a word, and by the last one alone."""
        ends = {ending[-2:] for ending in self._endings}
        return {
            end: sorted({len(e) for e in self._endings if e.endswith(end) or e == end[-1:]}, reverse=True)
            for end in ends
        }

    def _stem(self, norm: str) -> str:
        if not self._endings or not norm.isalpha():
            return norm
        word = fold(norm)
        for size in self._sizes.get(word[-2:]) or self._sizes.get(word[-1:]) or ():
            if len(word) >= size + SHORTEST and word[-size:] in self._endings:
                word = word[:-size]
                break
        if len(word) > SHORTEST and word[-1] == word[-2]:
            word = word[:-1]
        return word


def stem(norm: str, endings: Endings) -> str:
    """What is left of a word in normal form without one of the endings, without accents and with a single final letter.

    `endings` is a list of them, or the named sets of a pack, of which the one named `stem` is taken.

    >>> [stem(w, ["é", "s", "ion", "ions"]) for w in ("appel", "appelé", "appels", "explosions", "explosé")]
    ['appel', 'appel', 'appel', 'explos', 'explos']

    A word of a language without such endings (Vietnamese) comes back as it is, and so does one not made of letters.
    """
    known = _STEMMERS.get(id(endings))
    if known is None or known[0] is not endings:
        if len(_STEMMERS) > 64:
            _STEMMERS.clear()
        known = endings, Stemmer(endings.get("stem", ()) if isinstance(endings, Mapping) else endings)
        _STEMMERS[id(endings)] = known
    return known[1](norm)


_STEMMERS: dict[int, tuple[Endings, Stemmer]] = {}  # by identity, which the kept list itself guards


def is_content(norm: str, function_words: Container[str]) -> bool:
    """Whether a word in normal form carries meaning: letters, more than one, and no function word of its language."""
    return len(norm) > 1 and norm[0].isalpha() and norm not in function_words


class _Bare(dict[int, str]):
    """Letters (their numbers) without their accents; an accent is nothing. Filled as they are met."""

    def __missing__(self, letter: int) -> str:
        if len(self) >= _KEPT:
            self.clear()
        parts = unicodedata.normalize("NFD", chr(letter))
        bare = self[letter] = "".join(c for c in parts if not unicodedata.combining(c))
        return bare


_BARE = _Bare()


def fold(word: str) -> str:
    """A word without its accents."""
    return word if word.isascii() else word.translate(_BARE)

"""Openings: whether one of many phrases may begin at a place, told by its word and the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from recoupe.text.patterns import Patterns

ANYTHING, NUMBER, ROUND, AGAIN = 1, 2, 4, 8
"""What must follow a phrase of one word: a number, a round number, or something of the same kind."""
_MEMORY = 20_000  # so many words are remembered
_MOST = 4  # words that each say 'again'
_How = tuple[frozenset[str], int]
_NEVER: _How = (frozenset(), 0)


class Openings:
    """Phrases by their first two words.

    `itself` tells words that need nothing after them, `number` and `rounded` those that may begin such a number.
    """

    def __init__(
        self, itself: Callable[[str], bool], number: Callable[[str], bool], rounded: Callable[[str], bool]
    ) -> None:
        self._itself, self._number, self._rounded = itself, number, rounded
        self._alone: dict[str, int] = {}
        self._seconds: dict[str, set[str]] = {}
        self._known: dict[str, _How] = {}

    def add(self, phrases: Iterable[Sequence[str]], then: int) -> None:
        """Add phrases, of which those of one word need something after them."""
        for words in phrases:
            if len(words) > 1:
                self._seconds.setdefault(words[0], set()).add(words[1])
            else:
                self._alone[words[0]] = self._alone.get(words[0], 0) | then

    def add_patterns(self, patterns: Patterns[str]) -> None:
        """Add templates that begin with a word; the slot `n` is of a number."""
        for first in patterns.first_words("begin"):
            after = patterns.follows(first, "begin")
            if after is None or after[1] - {"n"}:
                self.add([(first,)], ANYTHING)
            else:
                self.add([(first, second) for second in after[0]], ANYTHING)
                self.add([(first,)] if after[1] else (), NUMBER)

    def begins(self, norm: str) -> bool:
        """Whether a phrase begins with this word."""
        return norm in self._alone or norm in self._seconds

    @property
    def firsts(self) -> frozenset[str]:
        """The words with which phrases begin."""
        return frozenset({*self._alone, *self._seconds})

    def stands_alone(self, norm: str) -> bool:
        """Whether a phrase consists of this word alone, or goes on with more than words that are known."""
        return norm in self._alone

    def seconds(self, firsts: Callable[[str], bool]) -> frozenset[str]:
        """The second words of the phrases whose first word is one of some."""
        return frozenset[str]().union(*(after for first, after in self._seconds.items() if firsts(first)))

    def at(self, norms: Sequence[str], i: int) -> bool:
        """Whether a phrase may begin at word `i`: right when it says no."""
        for k in range(i, i + _MOST):
            how = self._known.get(norms[k])
            if how is None:
                how = self._of(norms[k])
            seconds, then = how
            if then & ANYTHING:
                return True
            if how is _NEVER or k + 1 >= len(norms):
                return False
            after = norms[k + 1]
            if after in seconds or (then & NUMBER and self._number(after)) or (then & ROUND and self._rounded(after)):
                return True
            if not then & AGAIN:
                return False
        return True

    def after(self, norm: str) -> tuple[frozenset[str], int]:
        """(second words of phrases that begin with a word, what must follow that word alone)."""
        return self._known.get(norm) or self._of(norm)

    def _of(self, norm: str) -> _How:
        if len(self._known) > _MEMORY:
            self._known.clear()
        then = ANYTHING if self._itself(norm) else self._alone.get(norm, 0)
        seconds = self._seconds.get(norm)
        how = (frozenset(seconds or ()), then) if seconds or then else _NEVER
        self._known[norm] = how
        return how

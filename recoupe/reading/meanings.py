"""Meanings: the ids (languages/meanings.toml) by which a common word says the same in all languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from recoupe.errors import PackError
from recoupe.languages import LanguagePack
from recoupe.languages.pack import REFERENCE, shared
from recoupe.reading.document import compiled
from recoupe.text.stems import SHORTEST, fold, is_content, stem

_LONG = 7  # letters by which a word that is not listed is known: "конкуренц-ию", "зруйнов-ані"
_PART = 4  # letters that a part of a compound has at least
_COMPOUND = range(8, 61)  # … and a compound; none is longer
_SURE = 5  # letters of a stem that is hardly another word's
_ENDING = 3  # letters that a form of a short stem has besides at most


class Meanings:
    """The words of one language with what they mean."""

    def __init__(self, pack: LanguagePack) -> None:
        self._endings, self._function = pack.endings, pack.function_words
        self._compounds = bool(pack.tables["pack"]["words"]["compounds"])
        self._alone: dict[str, list[tuple[str, str]]] = {}  # stem -> (word, meaning)
        self._phrases: dict[tuple[str, ...], list[str]] = {}
        self._longest: dict[str, int] = {}  # stem -> words of the longest phrase that begins with it
        known = shared("meanings")
        for meaning, entries in pack.tables["meanings"]["meanings"].items():
            if meaning not in known:
                close = difflib.get_close_matches(meaning, known, 1)
                hint = f"; did you mean {close[0]!r}?" if close else "."
                where = f"languages/{pack.code}/meanings.toml"
                raise PackError(f"{where}: {meaning!r} is not in languages/meanings.toml{hint} {REFERENCE}")
            for words in pack.words(entries):
                self._add(words, meaning)
        self._bare = frozenset(fold(root) for root in self._alone)
        self._heads = frozenset(root[:_PART] for root in self._bare)
        starts: dict[str, set[str]] = {}
        for root, rows in self._alone.items():
            if len(root) >= _LONG:
                starts.setdefault(root[:_LONG], set()).update(meaning for _, meaning in rows)
        self._beginnings = {start: tuple(found) for start, found in starts.items() if len(found) == 1}

    def _add(self, words: Sequence[str], meaning: str) -> None:
        stems = tuple(stem(word, self._endings) for word in words)
        if len(stems) == 1:
            self._alone.setdefault(stems[0], []).append((words[0], meaning))
            return
        found = self._phrases.setdefault(stems, [])
        if meaning not in found:
            found.append(meaning)
        self._longest[stems[0]] = max(len(stems), self._longest.get(stems[0], 0))

    def longest(self, root: str) -> int:
        """How many words the longest phrase of several words has that begins with a word of this stem; 0: none."""
        return self._longest.get(root, 0)

    def phrase(self, stems: Sequence[str]) -> tuple[int, Sequence[str]]:
        """(words of the longest phrase that the stems begin with, its meanings); (0, ()) without one."""
        for n in range(min(self.longest(stems[0]), len(stems)), 1, -1):
            found = self._phrases.get(tuple(stems[:n]))
            if found:
                return n, found
        return 0, ()

    def word(self, norm: str) -> tuple[str, ...]:
        """What a word in normal form means; one not listed is known by its beginning, a compound by its parts."""
        return self.stemmed(norm, stem(norm, self._endings)) if is_content(norm, self._function) else ()

    def stemmed(self, norm: str, root: str) -> tuple[str, ...]:
        """What a word that carries meaning means, given its stem too."""
        rows = self._alone.get(root)
        if rows is not None:
            return tuple(dict.fromkeys(meaning for word, meaning in rows if _inflected(word, norm, root)))
        if len(root) >= _LONG and root[:_LONG] in self._beginnings:
            return self._beginnings[root[:_LONG]]
        return tuple(self._parts(norm)) if self._compounds and len(norm) in _COMPOUND else ()

    def _parts(self, norm: str) -> Iterator[str]:
        """What the longest end and the longest beginning of a compound mean: 'Ruderanlage' as 'Anlage' and 'Ruder'."""
        ends, beginnings = self._cuts(norm)
        for parts in ([norm[i:] for i in ends], [norm[:i] for i in beginnings]):
            for part in parts:
                rows = self._alone.get(root := stem(part, self._endings))
                if rows:
                    yield from (meaning for word, meaning in rows if _inflected(word, part, root))
                    break

    def _cuts(self, norm: str) -> tuple[Sequence[int], Sequence[int]]:
        """Where a compound may be cut before an end that is listed, and where after such a beginning.

        Stems begin as their words do, without accents: most places at which no listed stem begins are passed over.
        """
        ends, beginnings = range(3, len(norm) - _PART + 1), range(len(norm) - 3, _PART - 1, -1)
        bare, heads = fold(norm), self._heads
        if not norm.isalpha() or len(bare) != len(norm):  # not letter for letter
            return ends, beginnings
        starts = [i for i in ends if bare[i : i + _PART] in heads or bare[i : i + SHORTEST] in heads]
        listed = any(bare[:size] in self._bare for size in range(SHORTEST, len(norm) - 2))
        return starts, beginnings if listed else ()


def _inflected(a: str, b: str, root: str) -> bool:
    """Whether two words with one stem are likely forms of one word: of a short stem, 'lief' and 'Lieferung' are not."""
    return a == b or len(root) >= _SURE or max(len(a), len(b)) - len(root) <= _ENDING


@compiled
def meanings_of(pack: LanguagePack) -> Meanings:
    """The meanings of a pack's words. Raises PackError where one is unknown or an entry malformed."""
    return Meanings(pack)

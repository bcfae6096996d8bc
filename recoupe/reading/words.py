"""Common words: the ids (languages/words.toml) by which a word says the same in all languages."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from recoupe.errors import PackError
from recoupe.languages import LanguagePack
from recoupe.languages.pack import REFERENCE, shared
from recoupe.reading.document import compiled
from recoupe.text.stems import stem

LONGEST = 4  # words of a phrase


class Words:
    """The ids of one language's words, found by their stems."""

    def __init__(self, pack: LanguagePack) -> None:
        known = {id_ for ids in shared("words")["words"].values() for id_ in ids}
        self._ids: dict[tuple[str, ...], list[str]] = {}
        self._firsts: dict[str, int] = {}  # stem -> words of the longest phrase that begins with it
        for id_, entries in pack.tables["words"]["words"].items():
            if id_ not in known:
                close = difflib.get_close_matches(id_, known, 1)
                hint = f"; did you mean {close[0]!r}?" if close else "."
                raise PackError(
                    f"languages/{pack.code}/words.toml: {id_!r} is not in languages/words.toml{hint} {REFERENCE}"
                )
            for words in pack.words(entries):
                self._add(tuple(stem(w, pack.endings) for w in words[:LONGEST]), id_)

    def _add(self, stems: tuple[str, ...], id_: str) -> None:
        ids = self._ids.setdefault(stems, [])
        if id_ not in ids:
            ids.append(id_)
        self._firsts[stems[0]] = max(len(stems), self._firsts.get(stems[0], 0))

    def longest(self, root: str) -> int:
        """How many words the longest phrase has that begins with a stem; 0 where none does."""
        return self._firsts.get(root, 0)

    def at(self, stems: Sequence[str], i: int) -> tuple[int, Sequence[str]]:
        """(place after the longest phrase that begins at stem `i`, its ids); (i, ()) where none does."""
        for n in range(min(self._firsts.get(stems[i], 0), len(stems) - i), 0, -1):
            found = self._ids.get(tuple(stems[i : i + n]))
            if found:
                return i + n, found
        return i, ()


@compiled
def words_of(pack: LanguagePack) -> Words:
    """The common words of a pack. Raises PackError where an id is unknown."""
    return Words(pack)

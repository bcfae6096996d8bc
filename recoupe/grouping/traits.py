"""Traits: what a report says in keys that survive translation, small enough to keep a hundred thousand of them.

Each trait belongs to a kind, and likeness is told kind by kind:

name     words of names, by the consonants of their sound, whatever script and spelling
term     what its claims and statements tell of, in ids that all languages share (meanings, kinds of event, concepts)
root     the beginnings of its words in Latin letters: "protest-ation", "protest-a", "протест"
proper   words with a capital inside a sentence, in Latin letters, and numbers
word     stems, which only reports in one language share
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any
from zlib import adler32, crc32

from recoupe.languages import LanguagePack, load_pack
from recoupe.records import Reading, Span
from recoupe.text.latin import latin, skeleton
from recoupe.text.stems import is_content, stem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

KINDS = ("name", "term", "root", "proper", "word")
NAME, TERM, ROOT, PROPER, WORD = range(len(KINDS))
_BITS = 29  # of a key's hash; the kind stands above them
_ROOT = 5  # letters by which a word of one language is likely that of another
_SENTENCES = 40  # that count for names and words; news says first what it is about
_KEPT = 50_000  # words of a language that are remembered
_SLOWLY = 4  # sentences after which a word weighs half of what it does in the first
_TELLING = ("k:", "c:", "m:", "r:", "h:", "d:")
_DAY = 10  # characters of a day in ISO 8601


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """A report as grouping sees it.

    `keys` are hashes with their kind in the upper bits, ascending, `counts` how much each stands for; `first` and
    `last` the days (as ordinals) between which it appeared, None where nothing tells; `mark` a number made of its text,
    by which reports are ordered whatever order they came in. `vector` is what an embedder made of it, of length 1.
    `several`: it tells several events (a round-up); `parts` are then its entries, where these are known.
    """

    lang: str
    keys: Numbers
    counts: Numbers
    first: int | None = None
    last: int | None = None
    mark: int = 0
    vector: Numbers | None = None
    several: bool = False
    parts: tuple[Traits, ...] = ()


def traits(reading: Reading) -> Traits:
    """What grouping needs of a reading."""
    import numpy as np

    article = reading.article
    pack = load_pack(article.lang)
    bag: dict[int, float] = {}
    for kind, found in (
        (NAME, _names(reading)),
        (TERM, _slow(_terms(reading))),
        *_words(reading, pack),
    ):
        for text, count in found.items():
            hashed = key(kind, text)
            bag[hashed] = bag.get(hashed, 0) + count
    ordered = sorted(bag)
    first, last = days_of(reading)
    mark = crc32(article.text.encode("utf-8", "replace")) << 32 | adler32(article.text.encode("utf-8", "replace"))
    return Traits(
        article.lang,
        np.array(ordered, dtype=np.uint32),
        np.array([bag[k] for k in ordered], dtype=np.float32),
        first,
        last,
        mark,
    )


@lru_cache(maxsize=262144)
def key(kind: int, text: str) -> int:
    """The hash of a trait, the same on every machine."""
    return kind << _BITS | crc32(text.encode("utf-8", "replace")) >> (32 - _BITS)


def kinds_of(keys: Numbers) -> Numbers:
    """The kind of each key, a number of KINDS."""
    found: Numbers = keys >> _BITS
    return found


def _names(reading: Reading) -> Counter[str]:
    text, found = reading.article.text, Counter[str]()
    starts = [s.start for s in reading.sentences]
    for name in reading.names:
        for mention in name.mentions:
            weight = _early(max(0, bisect_right(starts, mention.start) - 1))
            for word in latin(mention.of(text)).split():
                if len(word) > 2:
                    found[skeleton(word)] += weight  # type: ignore[assignment]
    return found


def _terms(reading: Reading) -> Counter[str]:
    around = Counter([term for claim in reading.claims for term, _ in claim.terms])
    found = Counter({term: n for term, n in around.items() if term.startswith(_TELLING)})
    found.update(chain.from_iterable(chain(s.terms, s.voice) for s in reading.statements))
    return found


def _slow(found: Counter[str]) -> Counter[str]:
    """Counts that grow with the logarithm: the tenth time adds little."""
    return Counter({k: 1.0 + math.log(n) for k, n in found.items()})


def _words(reading: Reading, pack: LanguagePack) -> Iterator[tuple[int, Counter[str]]]:
    """Beginnings, proper words and stems of the words of all sentences, of the title too where the text has it not."""
    roots, proper, stems = dict[str, int](), dict[str, float](), dict[str, float]()
    parts = [(reading.article.text, list(reading.sentences) or _whole(reading))]
    title = reading.article.title
    if title and not reading.article.headings and title not in reading.article.text:
        parts.insert(0, (title, [Span(0, len(title))]))
    number, told = 0, _vocabulary(pack)
    for text, sentences in parts:
        tokens = pack.tokenizer(text)
        starts, surfaces = tokens.starts, tokens.surfaces
        for sentence in sentences:
            weight = _early(number)
            number += 1
            first = bisect_left(starts, sentence.start)
            inside = True
            for surface in surfaces[first : bisect_left(starts, sentence.end)]:
                opens, inside = inside, False
                word = told[surface]
                if word is None:
                    continue
                stem_, letters, root, capital = word
                if not stem_:
                    proper[letters] = proper.get(letters, 0.0) + weight
                    continue
                stems[stem_] = stems.get(stem_, 0.0) + weight
                if capital and not opens:
                    proper[letters] = proper.get(letters, 0.0) + weight
                if root:
                    roots[root] = roots.get(root, 0) + 1
    yield ROOT, _slow(Counter(roots))
    yield PROPER, Counter(proper)
    yield WORD, Counter(stems)


_Word = tuple[str, str, str, bool]


class _Vocabulary(dict[str, _Word | None]):
    """What each word of a language tells, worked out when it is first met; None of one that tells nothing.

    (stem, letters in Latin, their beginning where there are enough of them, whether it has a capital); a number has its
    digits for letters, and nothing else.
    """

    def __init__(self, pack: LanguagePack) -> None:
        super().__init__()
        self.pack = pack

    def __missing__(self, surface: str) -> _Word | None:
        if len(self) >= _KEPT:
            self.clear()
        found = self[surface] = self._word(surface)
        return found

    def _word(self, surface: str) -> _Word | None:
        if surface[0].isdigit():
            return "", surface, "", False
        pack = self.pack
        norm = pack.tokenizer.word(surface)
        if not is_content(norm, pack.function_words):
            return None
        letters = latin(surface)
        root = letters[:_ROOT] if len(letters) >= _ROOT else ""
        return f"{pack.code} {stem(norm, pack.endings)}", letters, root, surface[0].isupper()


_VOCABULARIES: dict[str, _Vocabulary] = {}


def _vocabulary(pack: LanguagePack) -> _Vocabulary:
    known = _VOCABULARIES.get(pack.code)
    if known is None or known.pack is not pack:
        known = _VOCABULARIES[pack.code] = _Vocabulary(pack)
    return known


def _whole(reading: Reading) -> list[Span]:
    return [Span(0, len(reading.article.text))] if reading.article.text else []


def _early(sentence: int) -> float:
    """How much a word of this sentence says of what a report is about."""
    return 1.0 / (1.0 + sentence / _SLOWLY) if sentence < _SENTENCES else 0.0


def days_of(reading: Reading) -> tuple[int | None, int | None]:
    """The days between which a report appeared, as ordinals; None where nothing tells."""
    day = reading.article.day
    bounds = (day.start, day.end) if day else (reading.article.published,) * 2
    try:
        return tuple(date.fromisoformat(b[:_DAY]).toordinal() if b else None for b in bounds)  # type: ignore[return-value]
    except ValueError:
        return None, None

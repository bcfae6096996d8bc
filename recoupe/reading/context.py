"""What stands around a place of an article: kinds of event, concepts, names and stems, weighted by nearness.

Claims of several reports are aligned by these keys. All but the stems are the same in every language:
`k:attack` (kinds.toml), `c:killed` (concepts.toml), `m:wall` (meanings.toml), `n:n3` (a name of this reading),
`s:appel` (a stem).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from recoupe.languages import LanguagePack
from recoupe.reading.document import Document, Sentence, compiled
from recoupe.reading.events import ConceptMention, Event, read_concepts, read_events
from recoupe.reading.meanings import meanings_of
from recoupe.records import Name
from recoupe.text.stems import is_content, stem

# One sign between two words parts them as much as so many words do.
_BREAKS = {
    ",": 3.0,
    ";": 8.0,
    ":": 5.0,
    "(": 4.0,
    ")": 4.0,
    "—": 4.0,
    "–": 4.0,
    "«": 2.0,
    "»": 2.0,
    '"': 2.0,
    "“": 2.0,
    "”": 2.0,
}
_HALF = 9.0  # at so many words' distance a key counts half
WIDEST = 120  # tokens to either side that are looked at: bounds the work on hostile text
_PREVIOUS = 0.25  # a key of the sentence before, in the same paragraph
_KEPT = 100_000  # words and distances remembered


class Mark(NamedTuple):
    """A key at tokens `first` to `last` (excluded)."""

    first: int
    last: int
    key: str


class _Word(NamedTuple):
    """A word's stem, its key if it carries meaning, the keys of what it means, and how long a phrase it may begin."""

    stem: str
    key: str | None
    meanings: tuple[str, ...]
    longest: int


class _Words(dict[str, _Word]):
    """What is known of each word of a language; filled as words are met."""

    def __init__(self, pack: LanguagePack) -> None:
        super().__init__()
        self._function, self._endings, self.meanings = pack.function_words, pack.endings, meanings_of(pack)

    def __missing__(self, norm: str) -> _Word:
        if len(self) >= _KEPT:
            self.clear()
        root = stem(norm, self._endings)
        key: str | None = None
        meanings: tuple[str, ...] = ()
        if is_content(norm, self._function):
            key = f"s:{root}"
            meanings = tuple([f"m:{meaning}" for meaning in self.meanings.stemmed(norm, root)])
        word = self[norm] = _Word(root, key, meanings, self.meanings.longest(root))
        return word


_words = compiled(_Words)


def _common(doc: Document, named: Container[int]) -> Iterator[Mark]:
    """The stems of the words that carry meaning, and the meanings that all languages share."""
    norms, words = doc.norms, _words(doc.pack)
    made = tuple.__new__  # as `Mark(…)` does, with a call less
    told = 0  # the words of a phrase say nothing by themselves
    for i, norm in enumerate(norms):
        _, root, meanings, longest = words[norm]
        if i in named:
            continue
        if longest and i >= told:
            size, found = words.meanings.phrase([words[n].stem for n in norms[i : i + longest]])
            for meaning in found:
                yield made(Mark, (i, i + size, f"m:{meaning}"))
            told = i + size
        if i >= told:
            for meaning in meanings:
                yield made(Mark, (i, i + 1, meaning))
        if root is not None:
            yield made(Mark, (i, i + 1, root))


class _Lightness(dict[float, float]):
    """By distance in words, the weight of a key, less than 0 so that the heaviest comes first when sorted."""

    def __missing__(self, away: float) -> float:
        if len(self) >= _KEPT:
            self.clear()
        lightness = self[away] = -round(1.0 / (1.0 + away / _HALF), 3)
        return lightness


_LIGHTNESS = _Lightness()


class Context:
    """The marks of a document, and how far two places are from each other."""

    def __init__(
        self, doc: Document, names: Sequence[Name], events: Sequence[Event], concepts: Sequence[ConceptMention]
    ) -> None:
        self._doc = doc
        marks = []
        for name in names:
            for mention in name.mentions:
                first, last = doc.tokens_of(mention)
                if first < last:
                    marks.append(Mark(first, last, f"n:{name.id}"))
        self.names = list(marks)
        named = {i for m in marks for i in range(m.first, m.last)}
        # words inside a name tell of nothing: no birth in 'Born Free'
        self.events = sorted((e for e in events if e.first not in named), key=lambda e: e.first)
        self.concepts = sorted((c for c in concepts if c.first not in named), key=lambda c: c.first)
        self._event_firsts = [e.first for e in self.events]
        self._concept_firsts = [c.first for c in self.concepts]
        marks += [Mark(e.first, e.last, f"k:{e.kind}") for e in self.events]
        marks += [Mark(c.first, c.last, f"c:{c.concept}") for c in self.concepts]
        marks += _common(doc, named)
        marks.sort()
        self._marks = marks
        self._firsts = [m.first for m in marks]
        self._places = self._count_places()
        self._before: dict[int, dict[str, None]] = {}  # by the first token of a sentence, what the one before it says

    def _count_places(self) -> list[float]:
        """Where each token stands, counted in words from the beginning, signs before it as several."""
        breaks = _BREAKS
        return list(accumulate([1.0 + breaks[n] if n in breaks else 1.0 for n in self._doc.norms], initial=0.0))

    def distance(self, a: int, b: int, c: int, d: int) -> float:
        """Words between tokens [a, b) and [c, d), signs between them counted as several."""
        if c < a:
            a, b, c, d = c, d, a, b
        if c < b:
            return 0.0
        return self._places[c] - self._places[b]

    def events_in(self, first: int, last: int) -> list[Event]:
        """The events that begin at tokens [first, last)."""
        return self.events[bisect_left(self._event_firsts, first) : bisect_left(self._event_firsts, last)]

    def concepts_in(self, first: int, last: int) -> list[ConceptMention]:
        """The concepts that begin at tokens [first, last)."""
        return self.concepts[bisect_left(self._concept_firsts, first) : bisect_left(self._concept_firsts, last)]

    def marks(self, first: int, last: int) -> list[Mark]:
        """The marks that begin at tokens [first, last)."""
        return self._marks[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]

    def terms(
        self, sentence: Sentence, first: int, last: int, without: bytearray | None = None
    ) -> tuple[tuple[str, float], ...]:
        """Keys around tokens [first, last) of a sentence with their weights in (0, 1], the heaviest first.

        `without` marks the tokens that say the value itself, or others like it, and so nothing about what it answers.
        """
        nearest: dict[str, float] = {}
        places = self._places
        here, after = places[first], places[last]
        low, high = max(sentence.first, first - WIDEST), min(sentence.last, last + WIDEST)
        for a, b, key in self._marks[bisect_left(self._firsts, low) : bisect_left(self._firsts, high)]:
            if b <= first:  # as `distance`, written out: this runs for each word around each claim
                away = here - places[b]
            elif a >= last:
                away = places[a] - after
            else:
                continue
            if key in nearest and nearest[key] <= away:
                continue
            if without is not None and without.find(1, a, b) >= 0:
                continue
            nearest[key] = away
        light, before = _LIGHTNESS, self._said_before(sentence)
        heavy, rest = [], []
        told = set()
        for key, away in nearest.items():
            lightness = light[away]
            if lightness < -_PREVIOUS:
                heavy.append((lightness, key))
                told.add(key)
            elif key not in before:
                rest.append((lightness, key))
        heavy.sort()
        heavy += [(-_PREVIOUS, key) for key in before if key not in told]
        if rest:
            rest.sort()
            heavy += rest
            if rest[0][0] == -_PREVIOUS:
                heavy.sort()
        return tuple([(key, -lightness) for lightness, key in heavy])

    def sentence_before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before, unless it is a heading."""
        i = bisect_left(self._doc.sentences, sentence.first, key=lambda s: s.first)
        before = self._doc.sentences[i - 1] if i else None
        return None if before is None or before.heading else before

    def _said_before(self, sentence: Sentence) -> dict[str, None]:
        """The keys of the sentence before, in their own order, if it is of the same paragraph."""
        keys = self._before.get(sentence.first)
        if keys is None:
            i = bisect_left(self._doc.sentences, sentence.first, key=lambda s: s.first)
            before = self._doc.sentences[i - 1] if i else None
            same = before is not None and before.paragraph == sentence.paragraph and not before.heading
            said = {m.key for m in self.marks(before.first, before.last)} if before is not None and same else ()
            keys = self._before[sentence.first] = dict.fromkeys(sorted(said))
        return keys


def read_context(doc: Document, names: Sequence[Name]) -> Context:
    """The context of a document's names, events and concepts."""
    return Context(doc, names, read_events(doc), read_concepts(doc))

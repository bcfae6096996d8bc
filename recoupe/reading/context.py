"""What stands around a place of an article: kinds of event, concepts, names and stems, weighted by nearness.

Claims of several reports are aligned by these keys. All but the stems are the same in every language:
`k:attack` (kinds.toml), `c:killed` (concepts.toml), `m:wall` (meanings.toml), `n:n3` (a name of this reading),
`s:appel` (a stem).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
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
        key = f"s:{root}" if is_content(norm, self._function) else None
        meanings = tuple(f"m:{meaning}" for meaning in self.meanings.word(norm))
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


class _Weights(dict[float, float]):
    """By distance in words, the weight of a key."""

    def __missing__(self, away: float) -> float:
        if len(self) >= _KEPT:
            self.clear()
        weight = self[away] = round(1.0 / (1.0 + away / _HALF), 3)
        return weight


_WEIGHTS = _Weights()


def ranked(weights: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Keys with their weights, the heaviest first; in the order of the keys where they weigh the same."""
    keys = sorted(weights)
    keys.sort(key=weights.__getitem__, reverse=True)
    return tuple([(key, weights[key]) for key in keys])


class _Stretch:
    """The marks of a stretch of tokens, from which those nearest to any place in it are told without a search.

    `places` tells where tokens stand, counted in words.
    """

    __slots__ = ("_after", "_before", "_ends", "_firsts")

    def __init__(self, marks: Sequence[Mark], places: Sequence[float]) -> None:
        by_end = sorted(marks, key=_mark_end)
        self._ends = [last for _, last, _ in by_end]
        self._before = [(key, places[last]) for _, last, key in by_end]
        self._firsts = [first for first, _, _ in marks]
        self._after = [(key, places[first]) for first, _, key in reversed(marks)]

    def before(self, token: int) -> dict[str, float]:
        """By key where the last mark ends that ends before a token."""
        return dict(self._before[: bisect_right(self._ends, token)])  # of marks with one key the last one stays

    def after(self, token: int) -> dict[str, float]:
        """By key where the first mark begins that begins at a token or after it."""
        return dict(self._after[: len(self._after) - bisect_left(self._firsts, token)])


def _mark_end(mark: Mark) -> int:
    return mark.last


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
        self._before: dict[int, dict[str, float]] = {}  # by the first token of a sentence, what the one before it says
        self._kept: tuple[int, int, bytearray | None, _Stretch] | None = None  # asked for last

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
        return ranked(self.weights(sentence, first, last, without))

    def weights(self, sentence: Sentence, first: int, last: int, without: bytearray | None = None) -> dict[str, float]:
        """As `terms`, in no order, to be changed at will."""
        made = dict(self._said_before(sentence))
        low, high = max(sentence.first, first - WIDEST), min(sentence.last, last + WIDEST)
        stretch = self._stretch(low, high, without)
        by_distance, here = _WEIGHTS, self._places[first]
        for key, place in stretch.before(first).items():
            weight = by_distance[here - place]
            if weight > made.get(key, 0.0):
                made[key] = weight
        here = self._places[last]
        for key, place in stretch.after(last).items():
            weight = by_distance[place - here]
            if weight > made.get(key, 0.0):
                made[key] = weight
        return made

    def _stretch(self, low: int, high: int, without: bytearray | None) -> _Stretch:
        """The marks that begin at tokens [low, high), kept until others are asked for."""
        if self._kept is not None and self._kept[:2] == (low, high) and self._kept[2] is without:
            return self._kept[3]
        marks = self.marks(low, high)
        if without is not None:
            marks = [m for m in marks if without.find(1, m.first, m.last) < 0]
        made = _Stretch(marks, self._places)
        self._kept = low, high, without, made
        return made

    def sentence_before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before, unless it is a heading."""
        i = bisect_left(self._doc.sentences, sentence.first, key=lambda s: s.first)
        before = self._doc.sentences[i - 1] if i else None
        return None if before is None or before.heading else before

    def _said_before(self, sentence: Sentence) -> dict[str, float]:
        """The keys of the sentence before with their weight, if it is of the same paragraph."""
        keys = self._before.get(sentence.first)
        if keys is None:
            i = bisect_left(self._doc.sentences, sentence.first, key=lambda s: s.first)
            before = self._doc.sentences[i - 1] if i else None
            same = before is not None and before.paragraph == sentence.paragraph and not before.heading
            said = [m.key for m in self.marks(before.first, before.last)] if before is not None and same else ()
            keys = self._before[sentence.first] = dict.fromkeys(said, _PREVIOUS)
        return keys


def read_context(doc: Document, names: Sequence[Name]) -> Context:
    """The context of a document's names, events and concepts."""
    return Context(doc, names, read_events(doc), read_concepts(doc))

"""What stands around a place of an article: kinds of event, concepts, names and stems, weighted by nearness.

Claims of several reports are aligned by these keys. All but the stems are the same in every language:
`k:attack` (kinds.toml), `c:killed` (concepts.toml), `w:ship` (words.toml), `n:n3` (a name of this reading), `s:appel`
(a stem).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from recoupe.reading.document import Document, Sentence
from recoupe.reading.events import ConceptMention, Event
from recoupe.reading.words import words_of
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
WIDEST = 400  # tokens to either side that are looked at: bounds the work on hostile text
_PREVIOUS = 0.25  # a key of the sentence before, in the same paragraph


@dataclass(slots=True)
class Mark:
    """A key at tokens `first` to `last` (excluded)."""

    first: int
    last: int
    key: str


def _common(doc: Document, named: Container[int]) -> Iterator[Mark]:
    """The stems of the words that carry meaning, and the ids of those that all languages share."""
    function, endings, common = doc.pack.function_words, doc.pack.endings, words_of(doc.pack)
    stems = [stem(norm, endings) for norm in doc.norms]
    for i, norm in enumerate(doc.norms):
        if i in named:
            continue
        last, ids = common.at(stems, i)
        for id_ in ids:
            yield Mark(i, last, f"w:{id_}")
        if is_content(norm, function):
            yield Mark(i, i + 1, f"s:{stems[i]}")


def _by_weight(term: tuple[str, float]) -> tuple[float, str]:
    return -term[1], term[0]


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
        named = {i for m in marks for i in range(m.first, m.last)}
        # words inside a name tell of nothing: no birth in 'Born Free'
        self.events = sorted((e for e in events if e.first not in named), key=lambda e: e.first)
        self.concepts = sorted((c for c in concepts if c.first not in named), key=lambda c: c.first)
        self._event_firsts = [e.first for e in self.events]
        self._concept_firsts = [c.first for c in self.concepts]
        marks += [Mark(e.first, e.last, f"k:{e.kind}") for e in self.events]
        marks += [Mark(c.first, c.last, f"c:{c.concept}") for c in self.concepts]
        marks += _common(doc, named)
        marks.sort(key=lambda m: (m.first, m.last, m.key))
        self._marks = marks
        self._firsts = [m.first for m in marks]
        self._breaks = self._count_breaks()

    def _count_breaks(self) -> list[float]:
        total, sums = 0.0, []
        for norm in self._doc.norms:
            total += _BREAKS.get(norm, 0.0)
            sums.append(total)
        return sums

    def distance(self, a: int, b: int, c: int, d: int) -> float:
        """Words between tokens [a, b) and [c, d), signs between them counted as several."""
        if c < a:
            a, b, c, d = c, d, a, b
        if c < b:
            return 0.0
        return (c - b) + self._breaks[c - 1] - self._breaks[b - 1]

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
        self, sentence: Sentence, first: int, last: int, without: Iterable[tuple[int, int]] = ()
    ) -> tuple[tuple[str, float], ...]:
        """Keys around tokens [first, last) of a sentence with their weights in (0, 1], the heaviest first.

        `without` are token ranges that say the value itself, and so nothing about what it answers.
        """
        skip = [(first, last), *without]
        found: dict[str, float] = {}
        breaks = self._breaks
        low, high = max(sentence.first, first - WIDEST), min(sentence.last, last + WIDEST)
        for mark in self.marks(low, high):
            a, b = mark.first, mark.last
            if len(skip) == 1:
                if a < last and first < b:
                    continue
            elif any(a < d and c < b for c, d in skip):
                continue
            # as `distance`, written out: this runs for each word around each claim
            if a < first:
                away = (first - b) + breaks[first - 1] - breaks[b - 1] if first >= b else 0.0
            else:
                away = (a - last) + breaks[a - 1] - breaks[last - 1] if a >= last else 0.0
            weight = 1.0 / (1.0 + away / _HALF)
            if weight > found.get(mark.key, 0.0):
                found[mark.key] = weight
        before = self._before(sentence)
        if before is not None:
            for mark in self.marks(before.first, before.last):
                if found.get(mark.key, 0.0) < _PREVIOUS:
                    found[mark.key] = _PREVIOUS
        return tuple(sorted([(k, round(w, 3)) for k, w in found.items()], key=_by_weight))

    def _before(self, sentence: Sentence) -> Sentence | None:
        i = bisect_left(self._doc.sentences, sentence.first, key=lambda s: s.first)
        if i == 0:
            return None
        before = self._doc.sentences[i - 1]
        return before if before.paragraph == sentence.paragraph and not before.heading else None

"""Reports that translate each other: which do, sentence by sentence, and which word stands for which.

Nothing is known of the languages but the keys that their words share: names and numbers, meanings, and the beginnings
of words that came from one (`p:`). Words that stand again and again in sentences that translate each other are learned
to be each other's translation (IBM's first model with a prior for the same place in the sentence, both ways).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]

NEUTRAL = ("x:", "m:", "p:")  # keys that mean the same in all languages
ALIKE = 0.15  # likeness of two reports below which none translates the other
LONGEST = 120  # words of a sentence that are looked at
MOST = 400  # sentences of a report that are looked at
ROUNDS = 4  # of learning
PLACE = 4.0  # how much a word's place tells
SHARED_KEY, SAME_WORD = 12.0, 6.0  # how much more likely such words translate each other
_SKIPPED = 0.02  # what it costs to leave out a sentence
_PAIRED, _LENGTHS = 0.15, 0.25  # what two sentences that are paired gain, and lose where one is longer


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A report as words: for each sentence its words in normal form, and for each word its keys.

    Keys are `s:` and a stem with its language, `x:` and a name in Latin letters or a number, `m:` and a meaning, `p:`
    and the beginning of a word in Latin letters.
    """

    lang: str
    words: tuple[tuple[str, ...], ...]
    keys: tuple[tuple[frozenset[str], ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Twins:
    """Sentences of two texts that translate each other; `links[i, j]`, 0 to 1, is how likely word i stands for j."""

    a: int
    sentence_a: int
    b: int
    sentence_b: int
    links: Matrix


def neutral(keys: frozenset[str]) -> frozenset[str]:
    """The keys that all languages share."""
    return frozenset(k for k in keys if k.startswith(NEUTRAL))


def twins(texts: Sequence[Text]) -> list[Twins]:
    """All sentences that translate each other, those of one pair of languages together."""
    rows: dict[tuple[str, str], list[tuple[int, int, int, int]]] = defaultdict(list)
    for a, b in translated(texts):
        for p, q in sentence_pairs(texts[a], texts[b]):
            rows[texts[a].lang, texts[b].lang].append((a, p, b, q))
    found = []
    for _, those in sorted(rows.items()):
        sentences = [(_sentence(texts[a], p), _sentence(texts[b], q)) for a, p, b, q in those]
        found += [Twins(*place, links) for place, links in zip(those, _word_links(sentences))]
    return found


def translated(texts: Sequence[Text]) -> list[tuple[int, int]]:
    """Pairs of texts in two languages, each the other's nearest in its language; languages in their order."""
    bags = [_bag(text) for text in texts]
    found = Counter(key for bag in bags for key in bag)
    rarity = {key: math.log((1 + len(texts)) / n) for key, n in found.items()}
    vectors = [unit({k: v * rarity[k] for k, v in bag.items()}) for bag in bags]
    by_lang: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        by_lang[text.lang].append(i)
    pairs = []
    for one in sorted(by_lang):
        for other in sorted(by_lang):
            if one < other:
                pairs += _mutual(by_lang[one], by_lang[other], vectors)
    return pairs


def _mutual(
    these: Sequence[int], those: Sequence[int], vectors: Sequence[Mapping[str, float]]
) -> list[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for j in those:
        for key in vectors[j]:
            holders[key].append(j)
    best: dict[int, tuple[float, int]] = {}
    back: dict[int, tuple[float, int]] = {}
    for i in these:
        likeness: dict[int, float] = defaultdict(float)
        for key, weight in vectors[i].items():
            for j in holders[key]:
                likeness[j] += weight * vectors[j][key]
        for j, value in likeness.items():
            best[i] = max(best.get(i, (ALIKE, -1)), (value, -j - 1))
            back[j] = max(back.get(j, (ALIKE, -1)), (value, -i - 1))
    return [(i, j) for i, (v, minus) in sorted(best.items()) if v > ALIKE and back[(j := -minus - 1)][1] == -i - 1]


def unit(vector: Mapping[str, float]) -> dict[str, float]:
    """A vector brought to length 1; keys without weight are left out."""
    norm = math.sqrt(sum(v * v for v in vector.values()))
    return {k: v / norm for k, v in vector.items() if v} if norm else {}


def dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The product of two vectors."""
    if len(a) > len(b):
        a, b = b, a
    return sum(v * b[k] for k, v in a.items() if k in b)


def _bag(text: Text) -> dict[str, float]:
    counted = Counter(key for sentence in text.keys[:MOST] for keys in sentence for key in neutral(keys))
    return {key: 1.0 + math.log(n) for key, n in counted.items()}


def sentence_pairs(a: Text, b: Text) -> list[tuple[int, int]]:
    """Sentences of two texts that translate each other, in order, each at most once; by dynamic programming."""
    ours, theirs = ([_shares(s) for s in text.keys[:MOST]] for text in (a, b))
    n, m = len(ours), len(theirs)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    way = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            gain = dot(ours[i], theirs[j]) + _PAIRED
            gain -= _LENGTHS * abs(math.log((len(a.keys[i]) + 1) / (len(b.keys[j]) + 1)))
            best[i][j], way[i][j] = max(
                (best[i + 1][j + 1] + gain, 0), (best[i + 1][j] - _SKIPPED, 1), (best[i][j + 1] - _SKIPPED, 2)
            )
    found = []
    i = j = 0
    while i < n and j < m:
        if way[i][j] == 0:
            if a.keys[i] and b.keys[j]:
                found.append((i, j))
            i, j = i + 1, j + 1
        elif way[i][j] == 1:
            i += 1
        else:
            j += 1
    return found


def _shares(sentence: Sequence[frozenset[str]]) -> dict[str, float]:
    return unit({key: 1.0 for keys in sentence for key in neutral(keys)})


_Sentence = tuple[list[str], list[frozenset[str]], tuple[str, ...]]


def _sentence(text: Text, index: int) -> _Sentence:
    """(stems or words, neutral keys, words) of a sentence."""
    words, keys = text.words[index][:LONGEST], text.keys[index][:LONGEST]
    stems = [min((k for k in ks if k.startswith("s:")), default=w) for w, ks in zip(words, keys)]
    return stems, [neutral(ks) for ks in keys], words


def _word_links(pairs: Sequence[tuple[_Sentence, _Sentence]]) -> list[Matrix]:
    """For each pair of sentences how likely each two words stand for each other: the geometric mean of both ways."""
    import numpy as np

    ids: dict[str, int] = {}

    def number(stems: Sequence[str]) -> Matrix:
        return np.array([ids.setdefault(s, len(ids)) for s in stems], dtype=np.int64)

    rows = [(number(a[0]), number(b[0]), _prior(a, b)) for a, b in pairs]
    there = _learned(rows, len(ids))
    back = _learned([(b, a, prior.T) for a, b, prior in rows], len(ids))
    return [np.sqrt(x * y.T) for x, y in zip(there, back)]


def _prior(a: _Sentence, b: _Sentence) -> Matrix:
    """How likely words stand for each other by their places and by the keys that they share."""
    import numpy as np

    n, m = len(a[0]), len(b[0])
    places = np.abs(np.arange(n)[:, None] / max(1, n) - np.arange(m)[None, :] / max(1, m))
    prior: Matrix = np.exp(-PLACE * places)
    holders: dict[str, list[int]] = defaultdict(list)
    for j in range(m):
        for key in {*b[1][j], b[2][j]}:
            holders[key].append(j)
    for i in range(n):
        linked = dict.fromkeys(holders.get(a[2][i], ()), SAME_WORD)
        linked |= {j: SHARED_KEY for key in a[1][i] for j in holders.get(key, ())}
        for j, factor in linked.items():
            prior[i, j] *= factor
    return prior


def _learned(rows: Sequence[tuple[Matrix, Matrix, Matrix]], size: int) -> list[Matrix]:
    """For each pair of sentences how likely a word of the second (column) comes from one of the first (row)."""
    import numpy as np

    codes = [(a[:, None] * size + b[None, :]).ravel() for a, b, _ in rows]
    if not codes:
        return []
    known, where = np.unique(np.concatenate(codes), return_inverse=True)
    sources = known // size
    cuts = np.cumsum([0, *(len(c) for c in codes)])
    told = np.ones(len(known))
    found: list[Matrix] = []
    for _ in range(ROUNDS):
        found = []
        for (a, b, prior), start, end in zip(rows, cuts, cuts[1:]):
            weighed = prior * told[where[start:end]].reshape(len(a), len(b))
            weighed /= weighed.sum(0, keepdims=True) + 1e-9
            found.append(weighed)
        counted = np.bincount(where.ravel(), np.concatenate([f.ravel() for f in found]), len(known))
        totals = np.bincount(sources, counted, size)
        told = np.maximum(counted / (totals[sources] + 0.5), 1e-4)
    return found

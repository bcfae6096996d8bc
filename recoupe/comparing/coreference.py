"""Which mentions of events in many reports are of one event.

Two mentions are weighed by a sum of signs, each with its weight in weights/events/card.toml: words they share (stem,
meaning, kind of event), how alike their reports, sentences and nearest words are, and, across languages, whether their
words stand for each other in sentences that translate each other. There are three such sums: for mentions within a
report, in two reports of one language, and in two languages. The sum is the logarithm of the odds that the two are of
one event; clusters merge as long as the mean over their pairs lies above a threshold. Only mentions that share
something are weighed where there are many, so that the cost grows with the number of pairs that do.
"""

from __future__ import annotations

import heapq
import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from recoupe.comparing.translations import Text, Twins, dot, translated, twins, unit
from recoupe.weights import weights

ALL_PAIRS = 400  # up to so many mentions every two are weighed; of more only those that share something telling
SPREAD = 60  # mentions that one key brings together at most
CAP = 5.0  # no two mentions speak more strongly for or against one event
REACH = 4.0  # words at which the nearness of a word has sunk to about a third
_SENTENCES = 400  # sentences that a report has for its likeness
_ALIKE = 0.5  # of the longer of two words, what their beginnings share at least


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """Words of a text that tell of an event: `tokens` of its sentence `sentence`.

    `keys` are those of these words as in Text, and `k:` with the kind of event; `saying` tells acts of speech, which
    are one event only if one speaks.
    """

    text: int
    sentence: int
    tokens: tuple[int, ...]
    keys: frozenset[str]
    saying: bool = False


def same_events(texts: Sequence[Text], mentions: Sequence[Mention]) -> list[list[int]]:
    """Group mentions, by index, that are of one event; in the order of the first mention of each group.

    `texts` are the reports of one theme. The result does not depend on the order of the mentions.
    """
    order = sorted(range(len(mentions)), key=lambda i: (mentions[i].text, mentions[i].sentence, mentions[i].tokens))
    scene = Scene(texts, [mentions[i] for i in order])
    known = _weights()
    scores = {}
    for i, j in _candidates(scene):
        kind, signs = scene.signs(i, j)
        scores[i, j] = max(-CAP, min(CAP, sum(w * s for w, s in zip(known[kind], signs, strict=True))))
    groups = linkage(len(mentions), scores, float(_card()["threshold"]))
    return sorted(sorted(order[i] for i in group) for group in groups)


# --- signs ---

WITHIN = (
    "bias", "same", "same words", "same common", "alike", "meaning", "kind", "meaning and kind", "unlike", "saying",
    "act", "far", "one sentence", "same one sentence", "related one sentence",
    "same far", "same context", "same near", "same names", "related context", "related near", "related company",
    "related met", "related apart", "unlike context", "unlike near", "unlike company", "unlike met", "unlike apart",
)  # fmt: skip
ACROSS = (
    "bias", "same", "same words", "same common", "alike", "meaning", "kind", "meaning and kind", "unlike", "saying",
    "act", "same in full report",
    *(f"{how} {what}" for how in ("same", "related", "unlike", "saying") for what in ("report", "story", "context",
                                                                                     "near", "names")),
    "related company", "related met", "related apart", "unlike company", "unlike met", "unlike apart",
    "same report and context", "same story and context",
)  # fmt: skip
TRANSLATED = (
    "bias", "twin reports", "twin sentences", "link", "any link", "some link", "strong link", "twin reports shared",
    "twin reports meaning", "twin reports kind", "twin reports beginning", "other reports shared",
    "twin sentences shared", "twin sentences without link",
)  # fmt: skip
SIGNS = {"within": WITHIN, "across": ACROSS, "translated": TRANSLATED}


class Scene:
    """Mentions in their texts, with all that their signs are worked out from."""

    def __init__(self, texts: Sequence[Text], mentions: Sequence[Mention]) -> None:
        self.texts, self.mentions = texts, mentions
        self._reports, self._stories = _likeness_of_reports(texts)
        self._rarity = _rarity(texts)
        around = [_around(texts[m.text], m) for m in mentions]
        self._nearness = around
        self._context = [unit({k: self._rarity[k] for k in near}) for near in around]
        self._near = [unit({k: w * self._rarity[k] for k, w in near.items()}) for near in around]
        self._names = [frozenset(k for k in context if k.startswith("x:")) for context in self._context]
        self._stems = [_with(m.keys, "s:") or frozenset([" ".join(_words(texts[m.text], m))]) for m in mentions]
        self._meanings = [_with(m.keys, "m:") for m in mentions]
        self._kinds = [_with(m.keys, "k:") for m in mentions]
        self._acts = [_with(m.keys, "a:") for m in mentions]
        self._beginnings = [_with(m.keys, "p:") for m in mentions]
        self._common = Counter(stem for stems in self._stems for stem in stems)
        self._full = [math.log1p(sum(1 for s in text.words if s)) / 3.0 for text in texts]
        self._heads = [min(stems) for stems in self._stems]
        self._met = self._meetings()
        self._places = Counter({(m.text, m.sentence, head) for m, head in zip(mentions, self._heads)})
        self._told = Counter(head for _, _, head in self._places)
        self._company = self._companies()
        self.twins: dict[tuple[int, int, int, int], Twins] = {}
        self._twin_reports = frozenset[tuple[int, int]]()
        if len({text.lang for text in texts}) > 1:
            self._twin_reports = frozenset(translated(texts))
            self.twins = {(t.a, t.sentence_a, t.b, t.sentence_b): t for t in twins(texts)}

    def _meetings(self) -> dict[tuple[str, str], int]:
        """How often two words stand in one sentence, where they hardly tell of one event."""
        here: dict[tuple[int, int], set[str]] = defaultdict(set)
        for m, head in zip(self.mentions, self._heads):
            here[m.text, m.sentence].add(head)
        return Counter((a, b) for heads in here.values() for a in heads for b in heads if a != b)

    def _companies(self) -> dict[str, dict[str, float]]:
        """What stands around a word wherever it tells of an event: what is said in the same company may be the same."""
        found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for head, near in zip(self._heads, self._nearness):
            for key, weight in near.items():
                found[head][key] += weight
        return {h: unit({k: math.log1p(w) * self._rarity[k] for k, w in near.items()}) for h, near in found.items()}

    def _of_words(self, i: int, j: int) -> tuple[float, float, float]:
        """(likeness of the company of the words of two mentions, how often they meet, whether they do)."""
        a, b = self._heads[i], self._heads[j]
        met = self._met.get((a, b), 0)
        company = dot(self._company.get(a, {}), self._company.get(b, {}))
        return company, met / min(self._told[a], self._told[b]), float(met > 0)

    def signs(self, i: int, j: int) -> tuple[str, Sequence[float]]:
        """(one of SIGNS, the signs under its names) for two mentions."""
        a, b = self.mentions[i], self.mentions[j]
        lang_a, lang_b = self.texts[a.text].lang, self.texts[b.text].lang
        if lang_a != lang_b:
            return "translated", self._translated(i, j) if lang_a < lang_b else self._translated(j, i)
        return ("within", self._within(i, j)) if a.text == b.text else ("across", self._across(i, j))

    def _words_alike(self, i: int, j: int) -> tuple[bool, bool, list[float]]:
        """(whether one word, whether related words, signs) of two mentions in one language."""
        ours, theirs = self._stems[i], self._stems[j]
        shared = ours & theirs
        same = bool(shared)
        meaning = not same and not self._meanings[i].isdisjoint(self._meanings[j])
        kind = not same and not self._kinds[i].isdisjoint(self._kinds[j])
        alike = not same and any(_begin_alike(x, y) for x in ours for y in theirs)
        related = meaning or kind or alike
        common = math.log(min(self._common[s] for s in shared)) if same else 0.0
        saying = self.mentions[i].saying and self.mentions[j].saying
        signs = [
            1.0, same, ours == theirs, common, alike, meaning, kind, meaning and kind, not (same or related), saying,
            not same and not self._acts[i].isdisjoint(self._acts[j]),
        ]  # fmt: skip
        return same, related, signs

    def _within(self, i: int, j: int) -> Sequence[float]:
        same, related, signs = self._words_alike(i, j)
        unlike = not (same or related)
        far = min(abs(self.mentions[i].sentence - self.mentions[j].sentence), 10) / 10
        one = far == 0.0
        context = 0.0 if one else dot(self._context[i], self._context[j])
        near = 0.0 if one else dot(self._near[i], self._near[j])
        names = 0.0 if one else min(len(self._names[i] & self._names[j]), 4) / 4
        signs += [far, one, same * one, related * one, same * far, same * context, same * near, same * names]
        words = (0.0, 0.0, 0.0) if same else self._of_words(i, j)
        for how in (related, unlike):
            signs += [how * context, how * near, *(how * sign for sign in words)]
        return signs

    def _across(self, i: int, j: int) -> Sequence[float]:
        same, related, signs = self._words_alike(i, j)
        unlike = not (same or related)
        a, b = self.mentions[i], self.mentions[j]
        signs.append(same * (self._full[a.text] + self._full[b.text]) / 2)
        evidence = (
            self._reports[a.text][b.text],
            self._stories[a.text][b.text],
            dot(self._context[i], self._context[j]),
            dot(self._near[i], self._near[j]),
            min(len(self._names[i] & self._names[j]), 4) / 4,
        )
        for how in (same, related, unlike, a.saying and b.saying):
            signs += [how * e for e in evidence]
        words = (0.0, 0.0, 0.0) if same else self._of_words(i, j)
        for how in (related, unlike):
            signs += [how * sign for sign in words]
        signs += [same * evidence[0] * evidence[2], same * evidence[1] * evidence[2]]
        return signs

    def _translated(self, i: int, j: int) -> Sequence[float]:
        a, b = self.mentions[i], self.mentions[j]
        reports = (a.text, b.text) in self._twin_reports
        twin = self.twins.get((a.text, a.sentence, b.text, b.sentence))
        link = 0.0
        if twin is not None:
            n, m = twin.links.shape
            link = max((float(twin.links[x, y]) for x in a.tokens for y in b.tokens if x < n and y < m), default=0.0)
        meaning = not self._meanings[i].isdisjoint(self._meanings[j])
        kind = not self._kinds[i].isdisjoint(self._kinds[j])
        beginning = not self._beginnings[i].isdisjoint(self._beginnings[j])
        shared = meaning or kind or beginning
        sentences = twin is not None
        return [
            1.0, reports, sentences, link, link > 0.05, link > 0.2, link > 0.5, reports and shared,
            reports and meaning, reports and kind, reports and beginning, shared and not reports,
            sentences and shared, sentences and link < 0.01,
        ]  # fmt: skip


def _with(keys: frozenset[str], mark: str) -> frozenset[str]:
    return frozenset(k for k in keys if k.startswith(mark))


def _words(text: Text, mention: Mention) -> list[str]:
    return [text.words[mention.sentence][t] for t in mention.tokens]


def _begin_alike(a: str, b: str) -> bool:
    """Whether two stems begin alike: 'announc', 'annunci'."""
    shared = 0
    for x, y in zip(a, b):
        if x != y:
            break
        shared += 1
    mark = a.find(" ") + 1  # the mark and the language
    return shared - mark >= 3 and shared - mark > _ALIKE * (max(len(a), len(b)) - mark)


def _rarity(texts: Sequence[Text]) -> dict[str, float]:
    """How telling a key is: the rarer among the sentences, the more."""
    sentences = 0
    found: Counter[str] = Counter()
    for text in texts:
        for keys in text.keys:
            if keys:
                sentences += 1
                found.update({k for ks in keys for k in ks})
    return {key: math.log((1 + sentences) / n) for key, n in found.items()}


def _around(text: Text, mention: Mention) -> dict[str, float]:
    """The keys of the sentence around a mention, weighted by nearness."""
    near: dict[str, float] = {}
    own = set(mention.tokens)
    for i, keys in enumerate(text.keys[mention.sentence]):
        if i not in own:
            nearness = math.exp(-min((abs(i - t) for t in own), default=i) / REACH)
            for key in keys:
                if not key.startswith("p:"):
                    near[key] = max(near.get(key, 0.0), nearness)
    return near


def _likeness_of_reports(texts: Sequence[Text]) -> tuple[list[list[float]], list[list[float]]]:
    """For every two texts how alike they are, and whether they are alike to the same ones: those of one story are."""
    import numpy as np

    bags = [
        Counter(k for sentence in text.keys[:_SENTENCES] for keys in sentence for k in keys if not k.startswith("p:"))
        for text in texts
    ]
    found = Counter(key for bag in bags for key in bag)
    ids = {key: n for n, key in enumerate(sorted(k for k, n in found.items() if 1 < n < len(texts)))}
    vectors = np.zeros((len(texts), len(ids) + 1))
    for i, bag in enumerate(bags):
        alone = 0.0
        for key, n in bag.items():
            weight = (1.0 + math.log(n)) * math.log(len(texts) / found[key])
            if key in ids:
                vectors[i, ids[key]] = weight
            else:
                alone += weight * weight
        norm = math.sqrt(float((vectors[i] ** 2).sum()) + alone)
        vectors[i] /= norm or 1.0
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, 1.0)
    profile = alike - alike.mean(0)
    norms = np.linalg.norm(profile, axis=1, keepdims=True)
    profile /= np.where(norms == 0.0, 1.0, norms)
    return alike.tolist(), (profile @ profile.T).tolist()


# --- weights ---


@cache
def _card() -> Mapping[str, Any]:
    return tomllib.loads(weights("events", "card.toml").read_text("utf-8"))


@cache
def _weights() -> dict[str, tuple[float, ...]]:
    """The weights of each sort of pair in the order of SIGNS."""
    card = _card()
    return {kind: tuple(float(card[kind][name]) for name in names) for kind, names in SIGNS.items()}


# --- candidates and clusters ---


def _candidates(scene: Scene) -> Iterator[tuple[int, int]]:
    """Pairs of mentions worth weighing, each once: all of few, of many those that share a key or stand in twins."""
    mentions = scene.mentions
    if len(mentions) <= ALL_PAIRS:
        yield from ((i, j) for i in range(len(mentions)) for j in range(i + 1, len(mentions)))
        return
    holders: dict[str, list[int]] = defaultdict(list)
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, mention in enumerate(mentions):
        places[mention.text, mention.sentence].append(i)
        for key in mention.keys:
            holders[key].append(i)
    seen: set[tuple[int, int]] = set()
    for twin in scene.twins.values():
        for i in places.get((twin.a, twin.sentence_a), ()):
            seen |= {(min(i, j), max(i, j)) for j in places.get((twin.b, twin.sentence_b), ())}
    for _, found in sorted(holders.items()):
        for x, i in enumerate(found):
            seen |= {(i, j) for j in found[x + 1 : x + 1 + SPREAD]}
    yield from sorted(seen)


def linkage(size: int, scores: Mapping[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """Average linkage: the two nearest clusters merge as long as their mean score lies above `threshold`.

    `scores` are those of pairs (i, j) with i < j; a pair without one counts as -CAP.
    """
    links: list[dict[int, float]] = [{} for _ in range(size)]
    heap: list[tuple[float, int, int, int, int]] = []
    for (i, j), score in scores.items():
        links[i][j] = links[j][i] = score
        if score > threshold:
            heap.append((-score, i, j, 1, 1))
    heapq.heapify(heap)
    members = [[i] for i in range(size)]
    while heap:
        _, i, j, size_i, size_j = heapq.heappop(heap)
        if len(members[i]) != size_i or len(members[j]) != size_j:
            continue  # one of the two has grown since
        for k in {*links[i], *links[j]} - {i, j}:
            n = len(members[k])
            total = links[i].get(k, -CAP * size_i * n) + links[j].get(k, -CAP * size_j * n)
            links[i][k] = links[k][i] = total
            links[k].pop(j, None)
        links[i].pop(j, None)
        links[j] = {}
        members[i] += members[j]
        members[j] = []
        for k, total in links[i].items():
            mean = total / (len(members[i]) * len(members[k]))
            if mean > threshold:
                a, b = min(i, k), max(i, k)
                heapq.heappush(heap, (-mean, a, b, len(members[a]), len(members[b])))
    return [sorted(group) for group in members if group]

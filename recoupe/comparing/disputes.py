"""Disputes: what somebody denies, leaves open or is blamed for, with what other reports say of the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from recoupe.comparing.affinity import may_meet, misses, noted
from recoupe.comparing.clusters import clusters
from recoupe.comparing.items import Item
from recoupe.comparing.opposing import opposes
from recoupe.comparing.scales import Alike, Scales
from recoupe.languages import shared
from recoupe.records import Claim, Kind, Person, Reading

_FEW = 16384  # so many pairs of an assertion and a dispute are looked at without numpy
SPEAKER = 0.5  # the weight of the name of one who denies, among what stands around the denial
HARDLY_LESS = 1.0  # of what one report asserts, how much less near a dispute than the nearest is still told
SPOKEN_OF = 0.25  # of what is left open, what an assertion must speak of to stand beside it
NEAR = 1.5  # affinity from which an assertion is near a dispute: that two sides are shown as such must not be a chance


def disputes(items: Sequence[Item]) -> list[list[Item]]:
    """Stances that answer one question, in the order of their items.

    Questions form around denials, what is left open and blame, which are grouped first. An assertion then joins
    the question it is nearest to, not other assertions: much that reports assert together is disputed by nobody.
    """
    items = [item for item in items if not _compares(item)]
    seeds = [i for i in items if not _asserts(i)]
    groups = clusters(seeds)
    joined: list[list[tuple[float, Item]]] = [[] for _ in groups]
    for item, home, score in _homes(items, groups):
        joined[home].append((score, item))
    places = {id(item): n for n, item in enumerate(items)}
    return [sorted([*g, *_nearest(rows)], key=lambda i: places[id(i)]) for g, rows in zip(groups, joined)]


def _asserts(item: Item) -> bool:
    return str(item.value) == "asserted" and not item.blame


def _compares(item: Item) -> bool:
    """Whether a writer sets what has happened beside the past: 'the town has seen nothing like it since 1994'."""
    return item.past and item.claim.statement is None and str(item.value) == "denied"


def _homes(items: Sequence[Item], groups: Sequence[Sequence[Item]]) -> Iterator[tuple[Item, int, float]]:
    """Each assertion that is near a dispute, with the index of that which it is nearest to, and how near it is.

    That is the one in which another report says what is most like it; of the same act if there is any.
    """
    seeds = [(seed, n) for n, group in enumerate(groups) for seed in group]
    known = {id(seed) for seed, _ in seeds}
    others = [item for item in items if id(item) not in known]
    if len(seeds) * len(others) > _FEW:
        yield from _homes_of_many(others, seeds)
        return
    around = _Around([seed for seed, _ in seeds])
    for item in others:
        near = [
            (not item.kinds.isdisjoint(seed.kinds), score, -n)
            for seed, n in (seeds[k] for k in around.of(item))
            if seed.reading != item.reading and (score := noted(item, seed)) > NEAR and _meets(item, seed)
        ]
        if near:
            _, score, home = max(near)
            yield item, -home, score


class _Around:
    """What stands around some disputes, by its keys, so that what cannot be near to one is not weighed against it."""

    def __init__(self, seeds: Sequence[Item]) -> None:
        self._seeds = seeds
        shared_rows: dict[str, list[tuple[int, float]]] = {}
        stems: dict[str, dict[str, list[tuple[int, float]]]] = {}
        for n, seed in enumerate(seeds):
            of_lang = stems.setdefault(seed.lang, {})
            for key, weight in seed.terms.items():
                (of_lang if key.startswith("s:") else shared_rows).setdefault(key, []).append((n, weight))
        self._shared = shared_rows
        self._of_lang = {lang: shared_rows | rows for lang, rows in stems.items()}

    def of(self, item: Item) -> list[int]:
        """The disputes, by their index, to which an assertion may be near."""
        around = self._of_lang.get(item.lang, self._shared)
        dots: dict[int, float] = {}
        common: dict[int, float] = {}
        for key in filter(around.__contains__, item.terms):
            weight = item.terms[key]
            for n, other in around[key]:
                dots[n] = dots.get(n, 0.0) + weight * other
                common[n] = common.get(n, 0.0) + (weight if weight < other else other)
        return sorted(n for n, dot in dots.items() if may_meet(dot / self._norms(item, n), common[n], NEAR))

    def _norms(self, item: Item, n: int) -> float:
        seed = self._seeds[n]
        norms = item.norm * seed.norm if item.lang == seed.lang else item.neutral * seed.neutral
        return norms or 1.0


def _homes_of_many(others: Sequence[Item], seeds: Sequence[tuple[Item, int]]) -> Iterator[tuple[Item, int, float]]:
    """The same row by row."""
    import numpy as np

    scales = Scales([*(seed for seed, _ in seeds), *others], range(len(seeds) + len(others)))
    reports = scales.reports[: len(seeds)]
    homes = np.array([n for _, n in seeds])
    acts = Alike([*(seed.kinds for seed, _ in seeds), *(item.kinds for item in others)])
    for p, item in enumerate(others, len(seeds)):
        scores = scales.row(p, slice(0, len(seeds)))
        near = np.flatnonzero((scores > NEAR) & (reports != item.reading))
        same = acts.row(p)[: len(seeds)]
        ranked = near[np.lexsort((homes[near], -scores[near], ~same[near]))]
        best = next((n for n in ranked.tolist() if _meets(item, seeds[n][0])), None)
        if best is not None:
            yield item, seeds[best][1], float(scores[best])


def _meets(item: Item, seed: Item) -> bool:
    """Whether an assertion speaks of the very thing denied.

    Who denies a part in something does not deny that it happened.
    """
    if seed.blame:
        return True
    if str(seed.value) != "denied":
        return not misses(seed, item, SPOKEN_OF)
    only_a_part = seed.denied[:1] and seed.denied[0] in shared("asked")["part"] and seed.denied[0] not in item.heavy
    return not only_a_part and opposes(seed, item)


def _nearest(rows: Sequence[tuple[float, Item]]) -> list[Item]:
    """Of each report what it asserts nearest to a dispute, and what is hardly less near."""
    best: dict[int, float] = {}
    for score, item in rows:
        best[item.reading] = max(score, best.get(item.reading, 0.0))
    return [item for score, item in rows if score > best[item.reading] - HARDLY_LESS]


def with_speaker(reading: Reading, claim: Claim) -> Sequence[tuple[str, float]]:
    """The keys around a claim; who denies something is most often the one of whom it is told."""
    if claim.kind is not Kind.STANCE or str(claim.value) == "asserted" or claim.statement is None:
        return claim.terms
    speaker = reading.statements[claim.statement].speaker
    return [*claim.terms, (f"n:{speaker}", SPEAKER)] if speaker else claim.terms


def voices(reading: Reading, claim: Claim, index: int, known: Mapping[tuple[int, str], Person]) -> frozenset[str]:
    """Whose word a claim is: the one who says it, and the country that this one speaks for."""
    found: set[str] = set()
    if claim.statement is not None:
        statement = reading.statements[claim.statement]
        found = {key for key in statement.voice if key.startswith("l:")}
        named = [statement.speaker] if statement.speaker else []
    elif claim.event in shared("asked")["denying"]:  # 'the ministry denies it'
        named = [key[2:] for key, _ in claim.terms if key.startswith("n:")]
    else:
        return frozenset()
    for name in named:
        person = known.get((index, name))
        if person is not None:
            found |= {f"n:{person.id}"} | ({f"l:{person.country}"} if person.country else set())
    return frozenset(found)

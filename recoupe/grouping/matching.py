"""Matching: how far the lines of two traces say the same in the same order, and how much of that chance would give."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from recoupe.grouping.traces import Line, Trace

# What a key tells by its sort: a figure more than a meaning, which is wide.
WEIGHTS = {"x": 1.0, "e": 1.0, "l": 0.8, "v": 1.4, "t": 1.0, "k": 0.5, "c": 0.5, "m": 0.5, "h": 0.4, "d": 0.5, "r": 0.4}
_STEM = 1.0
_LEAST = 0.25  # of the cosine of two lines, below which they are not held for one

SIGNS = (
    "bias", "covered", "chance", "scattered", "covering", "figures", "names", "steady", "lengths", "verbatim", "mass",
    "above", "steps",
)  # fmt: skip
_LITTLE = 0.02
_RUN = 4  # words that are hardly the same by chance
_FINE = 4096  # weights are multiples of a power of two, so that sums are the same in any order
_NEAR = 0.12  # … and below which not even one of them is held for a part of the other
Keys = Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines [a, a_end) of one trace that say what [b, b_end) of another do; `gain` is what they share."""

    a: int
    a_end: int
    b: int
    b_end: int
    gain: float


@dataclass(frozen=True, slots=True)
class Match:
    """What two traces share, in shares from 0 to 1 of the one that has less to say.

    `covered`: in the same order (`covering`: of the other); `chance`: with the lines of one put backwards, so that one
    event told twice gives as much; `scattered`: in any order; `figures`, `names`: what of them recurs anywhere;
    `steady`: blocks that follow on each other in both; `lengths`: how evenly long what is held for one is; `verbatim`:
    runs of words outside quotations that recur; `mass`: the logarithm of all there is to share.
    """

    covered: float
    chance: float
    scattered: float
    covering: float
    figures: float
    names: float
    steady: float
    lengths: float
    verbatim: float
    mass: float
    blocks: tuple[Block, ...]

    @property
    def signs(self) -> tuple[float, ...]:
        """The shares in the order of SIGNS."""
        return (
            1.0, self.covered, self.chance, self.scattered, self.covering, self.figures, self.names, self.steady,
            self.lengths, self.verbatim, self.mass,
            math.log((self.covered + _LITTLE) / (self.chance + _LITTLE)), math.log1p(self.steady * len(self.blocks)),
        )  # fmt: skip


def match(a: Trace, b: Trace, neutral: bool | None = None) -> Match:
    """What two traces share. `neutral`: by the keys of all languages alone, as is done where their languages differ."""
    neutral = a.lang != b.lang if neutral is None else neutral
    ours, theirs = a.keys(neutral), b.keys(neutral)
    weigh = _weigher(a.spread(neutral), b.spread(neutral), (len(ours) + len(theirs)) / 2 + 1)
    masses = [[sum(map(weigh, keys)) for keys in lines] for lines in (ours, theirs)]
    swapped = sum(masses[0]) > sum(masses[1])
    if swapped:
        a, b, ours, theirs, masses = b, a, theirs, ours, masses[::-1]
    alike = _alike(ours, theirs, weigh, masses[0], masses[1])
    blocks, scattered = _chain(_blocks(alike, len(theirs), False), len(ours))
    chance, _ = _chain(_blocks(alike, len(theirs), True), len(ours))
    total, other = sum(masses[0]) or 1.0, sum(masses[1]) or 1.0
    everything = frozenset().union(*theirs)
    return Match(
        covered=sum(x.gain for x in blocks) / total,
        chance=sum(x.gain for x in chance) / total,
        scattered=scattered / total,
        covering=sum(x.gain for x in blocks) / other,
        figures=_recurring(ours, everything, "vt"),
        names=_recurring(ours, everything, "xe"),
        steady=_steady(blocks),
        lengths=_lengths(a.lines, b.lines, blocks),
        verbatim=0.0 if neutral else _verbatim(a, b),
        mass=math.log1p(total),
        blocks=tuple(Block(x.b, x.b_end, x.a, x.a_end, x.gain) for x in blocks) if swapped else tuple(blocks),
    )


def _weigher(ours: Mapping[str, int], theirs: Mapping[str, int], n: float) -> Callable[[str], float]:
    """What a key weighs: by its sort, and the more the fewer lines of the two traces (`n` in the mean) have it."""
    spread = {**ours, **theirs}
    for key in ours.keys() & theirs.keys():
        spread[key] = ours[key] + theirs[key]
    of: dict[tuple[str, int], float] = {}
    weights: dict[str, float] = {}
    for key, found in spread.items():
        sort = key[0], found
        weight = of.get(sort)
        if weight is None:
            told = WEIGHTS.get(key[0], _STEM) * math.log(1.0 + n / max(1.0, found / 2))
            weight = of[sort] = round(told * _FINE) / _FINE
        weights[key] = weight
    return weights.__getitem__


def _chain(found: Sequence[Block], lines: int) -> tuple[list[Block], float]:
    """(the blocks that follow each other in both and gain most, the best gain of each of our lines in any order)."""
    best: dict[int, float] = {}
    for block in found:
        if block.a_end == block.a + 1:
            best[block.a] = max(best.get(block.a, 0.0), block.gain)
    # The best chain that ends before line j of theirs, kept as a staircase: ends rise, and so do totals.
    ends: list[int] = [0]
    totals: list[float] = [0.0]
    kept: list[tuple[Block, int] | None] = [None]
    waiting: dict[int, list[tuple[int, float, int]]] = defaultdict(list)
    by_start: dict[int, list[Block]] = defaultdict(list)
    for block in found:
        by_start[block.a].append(block)
    stairs: list[int] = [0]  # indexes into `kept`
    for a in range(lines + 2):
        for end, total, index in sorted(waiting.pop(a, ())):
            at = bisect_left(ends, end + 1) - 1
            if totals[at] >= total:
                continue
            cut = at + 1
            while cut < len(ends) and totals[cut] <= total:
                cut += 1
            start = at if ends[at] == end else at + 1
            ends[start:cut], totals[start:cut], stairs[start:cut] = [end], [total], [index]
        for block in by_start.get(a, ()):
            at = bisect_left(ends, block.b + 1) - 1
            kept.append((block, stairs[at]))
            waiting[block.a_end].append((block.b_end, totals[at] + block.gain, len(kept) - 1))
    chain: list[Block] = []
    link = kept[stairs[-1]]
    while link is not None:
        chain.append(link[0])
        link = kept[link[1]]
    return chain[::-1], sum(best.values())


@dataclass(slots=True)
class _Alike:
    """What one of our lines shares with theirs, by the index of theirs.

    `near` are those that may be a part of it; `gains` what each gains by itself, `pairs` with the one that follows on
    it, `longer` with our next line too.
    """

    near: set[int]
    gains: dict[int, float]
    pairs: dict[int, float]
    longer: dict[int, float]


def _alike(
    ours: Keys, theirs: Keys, weigh: Callable[[str], float], mass_a: Sequence[float], mass_b: Sequence[float]
) -> list[_Alike]:
    """What each of our lines shares with theirs. What two lines have in common is never weighed twice."""
    holders: dict[str, list[int]] = defaultdict(list)
    for j, keys in enumerate(theirs):
        for key in keys:
            holders[key].append(j)
    both_a, both_b = ([a & b for a, b in pairwise(lines)] for lines in (ours, theirs))
    twice_a, twice_b = ([sum(map(weigh, keys)) for keys in lines] for lines in (both_a, both_b))
    shares = [_shares(keys, holders, weigh) for keys in ours]
    found = []
    for i, keys in enumerate(ours):
        shared, mass = shares[i], mass_a[i]
        near = {j for j, weight in shared.items() if weight >= _NEAR * math.sqrt(mass * mass_b[j])}
        gains = {j: _gain(shared[j], mass, mass_b[j]) for j in near}
        pairs, longer = {}, {}
        following = shares[i + 1] if i + 1 < len(ours) else {}
        for j in near:
            if j + 1 in near:
                inner = sum(map(weigh, keys & both_b[j])) if both_b[j] else 0.0
                whole = mass_b[j] + mass_b[j + 1] - twice_b[j]
                pairs[j] = _gain(shared[j] + shared[j + 1] - inner, mass, whole)
            if j in following:
                inner = sum(map(weigh, both_a[i] & theirs[j])) if both_a[i] else 0.0
                whole = mass + mass_a[i + 1] - twice_a[i]
                longer[j] = _gain(shared[j] + following[j] - inner, whole, mass_b[j])
        found.append(_Alike(near, gains, pairs, longer))
    return found


def _shares(
    keys: frozenset[str], holders: Mapping[str, Sequence[int]], weigh: Callable[[str], float]
) -> dict[int, float]:
    """What a line shares with each of some others that shares anything."""
    shared: dict[int, float] = {}
    for key in keys:
        weight = weigh(key)
        for j in holders.get(key, ()):
            shared[j] = shared.get(j, 0.0) + weight
    return shared


def _blocks(alike: Sequence[_Alike], lines: int, backwards: bool) -> list[Block]:
    """All blocks of one line and one, or one and two neighbours, that share enough; `backwards` with theirs so put."""
    found = []
    for i, one in enumerate(alike):
        for j in sorted(one.near, reverse=backwards):
            at = lines - 1 - j if backwards else j
            gain = one.gains[j]
            if gain:
                found.append(Block(i, i + 1, at, at + 1, gain))
            wide = one.pairs.get(j - 1 if backwards else j, 0.0)
            if wide > gain:
                found.append(Block(i, i + 1, at, at + 2, wide))
            wide = one.longer.get(j, 0.0)
            if wide > gain:
                found.append(Block(i, i + 2, at, at + 1, wide))
    return found


def _gain(shared: float, a: float, b: float) -> float:
    """What two lines share by weight, as far as they are alike; nothing where that is less than by chance."""
    if not shared:
        return 0.0
    alike = shared / math.sqrt(a * b)
    return shared * min(1.0, alike) if alike >= _LEAST else 0.0


def _recurring(ours: Keys, everything: frozenset[str], sorts: str) -> float:
    told = {key for keys in ours for key in keys if key[0] in sorts}
    return (len(told & everything) + 0.5) / (len(told) + 1.0)


def runs(trace: Trace) -> list[int]:
    """Hashes of all runs of words outside quotations, line by line; of a shorter line all its words."""
    found: list[int] = []
    for line in trace.lines:
        quoted = line.quoted
        words = [w.encode() for i, w in enumerate(line.words) if i not in quoted] if quoted else [
            w.encode() for w in line.words
        ]  # fmt: skip
        if words:
            found += [crc32(b" ".join(words[i : i + _RUN])) for i in range(max(1, len(words) - _RUN + 1))]
    return found


def _verbatim(a: Trace, b: Trace) -> float:
    ours, theirs = _runs(a)[0], _runs(b)[1]
    return sum(run in theirs for run in ours) / len(ours) if ours else 0.0


def _runs(trace: Trace) -> tuple[list[int], frozenset[int]]:
    """The runs of a trace, worked out once."""
    if trace.worked.runs is None:
        found = runs(trace)
        trace.worked.runs = found, frozenset(found)
    return trace.worked.runs


def run_set(trace: Trace) -> frozenset[int]:
    """The runs of words of a trace, each once."""
    return _runs(trace)[1]


def _steady(blocks: Sequence[Block]) -> float:
    """The share of blocks that the next one follows without a gap on either side."""
    if len(blocks) < 2:
        return 0.0
    return sum(x.a_end == y.a and x.b_end == y.b for x, y in pairwise(blocks)) / (len(blocks) - 1)


def _lengths(ours: Sequence[Line], theirs: Sequence[Line], blocks: Sequence[Block]) -> float:
    """How evenly long the two sides of the blocks are: 1 less the spread of the logarithms of their ratios."""
    ratios = [
        math.log(sum(x.size for x in ours[b.a : b.a_end]) / sum(x.size for x in theirs[b.b : b.b_end])) for b in blocks
    ]
    if len(ratios) < 2:
        return 0.0
    mean = sum(ratios) / len(ratios)
    return 1.0 - min(1.0, math.sqrt(sum((r - mean) ** 2 for r in ratios) / len(ratios)))

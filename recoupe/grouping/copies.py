"""Copies: the same dispatch word for word, edited, shortened or translated; and versions of one report.

Two reports that only tell one event share names and figures here and there; a copy has them sentence by sentence and in
the same order. Each sign of that has its weight in weights/copies/card.toml; their sum is the logarithm of the odds.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from recoupe.grouping.matching import SIGNS, Match, match, run_set
from recoupe.grouping.traces import Trace, trace
from recoupe.languages import shared
from recoupe.records import Reading, Story
from recoupe.text.latin import latin
from recoupe.weights import weights

TELLING = "xevt"  # keys by which a copy in another language is looked for
NEAREST = 6  # reports that are looked at closely for each report, in other languages
_SHARED_RUNS = 0.1  # of the runs of words of the shorter of two reports, from which on they are looked at closely
_SHARED_KEYS = 0.2  # of the telling keys, weighed by rarity, the same
_OWN = 0.5  # of its lines, what a report that says more than its original must have from it
_FEWEST = 2  # lines of a report that can be told to be a copy
_MUCH = 6.0  # odds of a copy that is hardly changed
_FAMILY = 1.5  # what the odds gain between titles of one owner, who run each other's copy
_SLACK = 2.0  # by how much the odds of a copy's copy may be less against the original


@dataclass(frozen=True, slots=True)
class Copies:
    """For each reading the index of the one that it copies, and of the one that it is a later version of, or None."""

    copies: tuple[int | None, ...]
    versions: tuple[int | None, ...]


def with_copies(story: Story) -> Story:
    """The story with its copies and versions marked."""
    found = find_copies(story.readings)
    return replace(story, copies=found.copies, versions=found.versions)


def find_copies(readings: Sequence[Reading]) -> Copies:
    """Which readings copy, translate or update which; the result does not depend on their order.

    The original is the one that others credit, else the one published first, else one that is not a translation, else
    the longest. Copies of a copy point to the original. Only reports that share rare words in a row, or rare names,
    figures and days, are compared, so that the cost grows with their number and not with its square.
    """
    search = _Search(readings)
    for i in search.order:
        search.add(i)
    copies: list[int | None] = [None] * len(readings)
    versions: list[int | None] = [None] * len(readings)
    for i, root in search.roots.items():
        if root != i:
            (versions if _one_outlet(readings[i], readings[root]) else copies)[i] = root
    return Copies(tuple(copies), tuple(versions))


class _Search:
    """Reports taken one after the other, originals first, each compared with those before that it may copy."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = readings
        self._traces = [trace(r) for r in readings]
        self._runs = [run_set(t) for t in self._traces]
        self._keys = [sorted(_telling(t)) for t in self._traces]  # so that sums are the same in every run
        self._rarity = _rarity(self._keys)
        self._mass = [sum(self._rarity[k] for k in keys) for keys in self._keys]
        credits = _credited(readings)
        self.order = sorted(
            range(len(readings)),
            key=lambda i: (
                credits[i],
                readings[i].article.published or "~",
                readings[i].article.translated_from is not None,
                -sum(line.size for line in self._traces[i].lines),
                readings[i].article.text,
            ),
        )
        self.roots: dict[int, int] = {}
        self._with_run: dict[int, list[int]] = defaultdict(list)
        self._with_key: dict[str, list[int]] = defaultdict(list)

    def add(self, i: int) -> None:
        """Take a report: find what it copies, and remember it for those to come."""
        self.roots[i] = i
        if len(self._traces[i].lines) < _FEWEST:
            return
        best = 0.0
        for odds, minus in sorted(((self._odds(i, j), -j) for j in self._near(i)), reverse=True):
            root = self.roots[-minus]
            if odds > 0.0 and (root == -minus or self._odds(i, root) > -_SLACK):
                self.roots[i], best = root, odds
                break
        if best < _MUCH:  # a copy that is much the same leads nowhere that its original does not
            for run in self._runs[i]:
                self._with_run[run].append(i)
            for key in self._keys[i]:
                self._with_key[key].append(i)

    def _near(self, i: int) -> list[int]:
        """The reports before that may be what this one copies."""
        shared: dict[int, int] = defaultdict(int)
        for run in self._runs[i]:
            for j in self._with_run.get(run, ()):
                shared[j] += 1
        near = {j for j, n in shared.items() if n >= _SHARED_RUNS * min(len(self._runs[i]), len(self._runs[j]))}
        weighed: dict[int, float] = defaultdict(float)
        for key in self._keys[i]:
            for j in self._with_key.get(key, ()):
                weighed[j] += self._rarity[key]
        best = sorted(
            ((w / (min(self._mass[i], self._mass[j]) or 1.0), -j) for j, w in weighed.items() if j not in near),
            reverse=True,
        )
        return sorted(near | {-minus for share, minus in best[:NEAREST] if share >= _SHARED_KEYS})

    def _odds(self, i: int, j: int) -> float:
        """The logarithm of the odds that a report copies another, above what is asked for."""
        a, b = self._traces[i], self._traces[j]
        told = match(a, b)
        if not _mostly(told, a, b):
            return -math.inf
        family = _FAMILY * (
            _family(self._readings[i]) is not None and _family(self._readings[i]) == _family(self._readings[j])
        )
        return family + _above(told, "same" if a.lang == b.lang else "translated")


def _above(told: Match, sort: str) -> float:
    table = _card()[sort]
    return sum(float(table[sign]) * value for sign, value in zip(SIGNS, told.signs)) - float(table["threshold"])


def _mostly(told: Match, a: Trace, b: Trace) -> bool:
    """Whether a report that may copy another has most of its lines from it."""
    mine = {k for block in told.blocks for k in range(block.a, block.a_end)}
    return len(a.lines) <= len(b.lines) or len(mine) >= _OWN * len(a.lines)


@cache
def _card() -> dict[str, Any]:
    return tomllib.loads(weights("copies", "card.toml").read_text("utf-8"))


def _telling(told: Trace) -> frozenset[str]:
    return frozenset(key for line in told.lines for key in line.keys if key[0] in TELLING)


def _rarity(keys: Sequence[Sequence[str]]) -> dict[str, float]:
    spread: dict[str, int] = defaultdict(int)
    for those in keys:
        for key in those:
            spread[key] += 1
    return {key: math.log(1.0 + len(keys) / n) for key, n in spread.items()}


# --- outlets ---


def _outlet(reading: Reading) -> frozenset[str]:
    """The names under which an outlet may be credited: its own in Latin letters, and the host of its address."""
    host = _host(reading)
    return frozenset(filter(None, (latin(reading.article.outlet or ""), host)))


def _host(reading: Reading) -> str:
    return re.sub(r"^\w+://(www\.)?", "", reading.article.url or "").partition("/")[0].partition(":")[0].lower()


def _one_outlet(a: Reading, b: Reading) -> bool:
    return not _outlet(a).isdisjoint(_outlet(b))


def _family(reading: Reading) -> str | None:
    """The owner of an outlet, by its address."""
    host = _host(reading)
    for family, outlets in shared("agencies")["families"].items() if host else ():
        if any(host == o or host.endswith("." + o) for o in outlets):
            return str(family)
    return None


def _credited(readings: Sequence[Reading]) -> list[int]:
    """For each reading 1 if its source lines or credits name another one's outlet, else 0."""
    outlets = [_outlet(r) for r in readings]
    found = []
    for own, reading in zip(outlets, readings):
        lines = [*reading.article.credits, *(span.of(reading.article.text) for span in reading.article.sources)]
        said = f" {' '.join(f'{line.lower()} {latin(line)}' for line in lines)} ".replace("/", " ").replace("www.", "")
        found.append(int(bool(lines) and any(f" {o} " in said for others in outlets for o in others - own)))
    return found

#!/usr/bin/env python3
"""Measure how fast read reports are grouped, how that grows, and what memory it takes.

    python bench/grouping.py [NUMBER]

One process on one core, in seconds of processor time, for NUMBER reports (100,000) and a tenth of them. The reports are
made as grouping sees them, after reading, from the passages of training/corpus and the example story: four passages of
one language are a base. A story has a size (of Zipf's law, 1 to 200), a day of sixty, bases for what it is about, eight
names, four figures, six meanings and 24 words of its own from seeded lists, common ones among them. A report of it is
in one of the languages, up to a day later, and has two thirds of the traits of one of the story's bases in its
language, a third of those of another base, and two thirds of the story's own. So a report has about as many traits as
in the news, as many of them are rare, and the stories are known; how well they are found is told too (B-cubed F1).

Beside it, where scikit-learn is installed: TF-IDF of the same traits with average linkage, on 5,000 and half of them.
"""

from __future__ import annotations

import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"  # before anything brings numpy

import math  # noqa: E402
import random  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from bench.speed import LANGUAGES, PASSAGES, STORY, alone  # noqa: E402
from recoupe import read  # noqa: E402
from recoupe.grouping.events import grouped  # noqa: E402
from recoupe.grouping.stream import Stream  # noqa: E402
from recoupe.grouping.traits import NAME, PROPER, TERM, WORD, Traits, key, traits  # noqa: E402
from recoupe.grouping.traits import ROOT as BEGINNING  # noqa: E402
from recoupe.languages import available  # noqa: E402
from recoupe.records import Article  # noqa: E402
from training.corpus.own import parse  # noqa: E402

REPORTS = 100_000
PEER = 5_000  # reports that the peer is given
PEER_APART = 0.8  # cosine distance up to which it joins
BASES = 16  # of a language
TOGETHER = 4  # passages of a base
DAYS = 60
FIRST_DAY = 738_000
NAMES, MEANINGS, WORDS_OF_ALL = 30_000, 700, 20_000  # in the lists that stories draw from
JOINED = 200  # reports that join one by one
Figures = dict[str, float]


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    alone()
    for name, value in measure(number).items():
        print(f"{name:40} {value:10.4f}", flush=True)


def measure(number: int) -> Figures:
    """The figures, by name."""
    bases = read_bases()
    made, told = pile(bases, number + JOINED)
    tenth, _ = pile(bases, number // 10)
    small, _ = timed(grouped, tenth)
    grouped_here, found = timed(grouped, made[:number])
    figures = {
        f"group {number:,} reports (s)": grouped_here,
        "growth, from a tenth": math.log(grouped_here / small) / math.log(10),
        "B-cubed F1 of these": bcubed(found, told),
    }
    figures["memory (MB)"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1e6 if sys.platform == "darwin" else 1e3
    )
    stream = Stream.of(made[:number], found)
    seconds, _ = timed(lambda: [stream.join(report) for report in made[number:]])
    figures["one report joins (ms)"] = 1000 * seconds / JOINED
    return figures | peer(tenth)


def timed(run: Any, *arguments: Any) -> tuple[float, Any]:
    """(seconds of processor time, what came of it)."""
    begun = time.process_time()
    result = run(*arguments)
    return time.process_time() - begun, result


def read_bases() -> dict[str, list[Traits]]:
    """By language what the reports are made of."""
    found: dict[str, list[Traits]] = {}
    for lang in available():
        file = PASSAGES / f"{lang}.dev.txt"
        rows = file.read_text("utf-8").splitlines() if file.is_file() else []
        passages = [parse(line)["text"] for line in rows if line.strip()]
        for name, other in LANGUAGES.items():
            if other == lang:
                passages += (STORY / name).read_text("utf-8").split("\n\n")[1:]
        chance = random.Random(lang)
        for _ in range(BASES if len(passages) >= TOGETHER else 0):
            text = "\n".join(chance.sample(passages, TOGETHER))
            found.setdefault(lang, []).append(traits(read(Article("a", "a", text, lang, ""))))
    return found


def pile(bases: dict[str, list[Traits]], number: int) -> tuple[list[Traits], list[int]]:
    """(reports, the story of each), the same at every call."""
    chance, draw = random.Random(7), np.random.default_rng(7)
    made: list[Traits] = []
    told: list[int] = []
    story = 0
    while len(made) < number:
        size = min(200, int(1 / max(chance.random(), 0.005)))
        day, own = FIRST_DAY + chance.randrange(DAYS), own_traits(chance, sorted(bases))
        about = {lang: (chance.choice(rows), chance.choice(rows)) for lang, rows in bases.items()}
        langs = chance.sample(sorted(bases), min(len(bases), 1 + chance.randrange(4)))
        for _ in range(min(size, number - len(made))):
            lang = chance.choice(langs)
            made.append(
                report(lang, about[lang][0], chance.choice(bases[lang]), own[lang], day + chance.randrange(2), draw)
            )
            told.append(story)
        story += 1
    return made, told


def own_traits(chance: random.Random, langs: Sequence[str]) -> dict[str, Any]:
    """By language the keys of names, figures, meanings and words of a story; a few names stand in many stories."""
    found = []
    for i in range(8):
        name = f"name{int(NAMES * chance.random() ** (3 if i < 3 else 1))}"
        found += [key(NAME, name), key(BEGINNING, name), key(PROPER, name)]
    found += [key(PROPER, str(chance.randrange(2, 3000))) for _ in range(4)]
    found += [key(TERM, f"m:made{chance.randrange(MEANINGS)}") for _ in range(6)]
    words = [f"word{int(WORDS_OF_ALL * chance.random() ** 2)}" for _ in range(24)]
    return {lang: np.array(found + [key(WORD, f"{lang} {w}") for w in words], dtype=np.uint32) for lang in langs}


def report(lang: str, about: Traits, other: Traits, own: Any, day: int, draw: Any) -> Traits:
    """One report of a story."""
    parts = [_some(about.keys, 0.67, draw), _some(other.keys, 0.33, draw), _some(own, 0.67, draw)]
    keys = np.unique(np.concatenate(parts))
    counts = draw.random(len(keys), dtype=np.float32) * 1.5 + 0.25
    counts[np.isin(keys, own)] *= 2.0  # what a story is about is said first, and again
    return Traits(lang, keys, counts, day, day, int(draw.integers(2**62)))


def _some(keys: Any, part: float, draw: Any) -> Any:
    return keys[draw.random(len(keys)) < part]


def bcubed(found: Sequence[Sequence[int]], told: Sequence[int]) -> float:
    """B-cubed F1 of groups of indices."""
    sizes: dict[int, int] = {}
    for story in told[: sum(map(len, found))]:
        sizes[story] = sizes.get(story, 0) + 1
    precision = recall = 0.0
    for members in found:
        counted: dict[int, int] = {}
        for i in members:
            counted[told[i]] = counted.get(told[i], 0) + 1
        precision += sum(n * n for n in counted.values()) / len(members)
        recall += sum(n * n / sizes[story] for story, n in counted.items())
    number = sum(map(len, found))
    precision, recall = precision / number, recall / number
    return 2 * precision * recall / (precision + recall)


def peer(made: Sequence[Traits]) -> Figures:
    """Seconds of scikit-learn's TF-IDF with average linkage; nothing, and why, where it is not installed."""
    try:
        from sklearn.cluster import AgglomerativeClustering
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError as missing:
        print(f"scikit-learn: skipped, {missing} (uv pip install scikit-learn)", file=sys.stderr)
        return {}

    def run(reports: Sequence[Traits]) -> Any:
        texts = [" ".join(map(str, r.keys)) for r in reports]
        matrix = TfidfVectorizer(token_pattern=r"\d+").fit_transform(texts)
        # By itself the linkage makes every row as long as the vocabulary and goes through all of them for each pair,
        # which takes many minutes; distances from the sparse product are the same and take seconds.
        apart = 1.0 - (matrix @ matrix.T).toarray()
        np.clip(apart, 0.0, None, out=apart)
        linkage = AgglomerativeClustering(None, metric="precomputed", linkage="average", distance_threshold=PEER_APART)
        return linkage.fit_predict(apart)

    sizes = [size for size in (PEER // 4, PEER // 2, PEER) if size <= len(made)] or [len(made)]
    run(made[: sizes[0]])  # what is brought and made once at first
    seconds = [timed(run, made[:size])[0] for size in sizes]
    figures = {f"scikit-learn, {size:,} reports (s)": value for size, value in zip(sizes, seconds)}
    if len(sizes) > 1:
        slope = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
        figures["scikit-learn, growth"] = float(slope)
    return figures


if __name__ == "__main__":
    main()

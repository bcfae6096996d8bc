"""Fit the weights by which round-ups are known (recoupe/weights/roundups/card.toml) and write what they reach.

    python -m training.roundups CROSSLINGUAL STORIES [--write] [--kept FILE]

The folders are as the benchmarks of these names have them. Nothing of their texts is kept; `--kept` remembers what was
read. A made round-up is stretches of one to three sentences, each from a report of another story; against it stand rows
of as many stretches of one report, and of several reports of one story. Scores are those of one language each, by
weights from the others.
"""

from __future__ import annotations

import pickle
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from recoupe import read
from recoupe.grouping.entries import parts
from recoupe.grouping.roundups import SIGNS, signs
from recoupe.grouping.traits import KINDS, traits
from recoupe.records import Article, Reading, Span
from training.pile import labelled, options

SETS = ("full", "ecb", "outlets", "vietnamese", "wikinews")  # the others hold parts of these
ROUNDS = 30
PENALTY = 5.0  # on the square of a weight of a sign whose spread is 1
SPARE = 0.05  # added to the spread of a sign
MADE, ONE, STORIES = 110, 80, 40  # of a language: round-ups, rows of one report, rows of one story
MOST = 10  # stretches of a row
MARGIN = 0.8  # above all that tells one event, for what does not say that it is a round-up
NAMED = 0.02  # of what tells one event, what may be taken for a round-up that says so
ROOT = Path(__file__).resolve().parent.parent
Piece = tuple[Reading, Span]
Stories = dict[tuple[str, str], list[Reading]]


@dataclass(frozen=True)
class Row:
    """What the stretches of a row have in common, and whether they tell several events."""

    lang: str
    several: bool
    signs: tuple[float, ...]


def documents(folders: Sequence[Path], kept: Path | None) -> dict[str, Stories]:
    """By language and story the reports of the sets that are long enough."""
    if kept and kept.exists():
        rows = pickle.loads(kept.read_bytes())
    else:
        rows = [row for folder in folders for row in _rows(folder)]
        if kept:
            kept.write_bytes(pickle.dumps(rows))
    found: dict[str, Stories] = defaultdict(lambda: defaultdict(list))
    for name, story, reading in rows:
        if name in SETS and len(reading.sentences) >= 8:
            found[reading.article.lang][name, story].append(reading)
    return found


def _rows(folder: Path) -> Iterator[tuple[str, str, Reading]]:
    for row, doc in labelled(folder):
        if row["set"] in SETS:
            article = Article(doc["id"], doc["id"], doc["text"], doc["lang"], doc.get("title") or "")
            yield row["set"], row["cluster"], read(article)


# --- rows


def rows(found: dict[str, Stories], dice: random.Random) -> list[Row]:
    """Rows of all languages."""
    return [row for lang, stories in sorted(found.items()) for row in _of_language(lang, stories, dice)]


def _of_language(lang: str, stories: Stories, dice: random.Random) -> Iterator[Row]:
    names = sorted(stories)
    for turn in range(MADE):  # every second one within a set, whose stories are nearer to one another
        of = dice.choice(names)[0]
        some = names if turn % 2 else [name for name in names if name[0] == of]
        number = dice.randint(4, MOST)
        if len(some) >= number:
            told = [dice.choice(stories[name]) for name in dice.sample(some, number)]
            yield _row(lang, True, [_stretch(r, dice.choice((0, 0, 1)), dice.randint(1, 3)) for r in told])
    every = [reading for name in names for reading in stories[name]]
    for reading in dice.sample(every, min(ONE, len(every))):
        size = dice.randint(1, 3)
        starts = range(0, len(reading.sentences) - size + 1, size)
        yield _row(lang, False, [_stretch(reading, i, size) for i in starts][:MOST])
    several = [name for name in names if len(stories[name]) >= 4]
    for name in dice.sample(several, min(STORIES, len(several))):
        told = dice.sample(stories[name], min(MOST, len(stories[name])))
        yield _row(lang, False, [_stretch(r, dice.choice((0, 2, 4)), dice.randint(1, 3)) for r in told])


def _stretch(reading: Reading, first: int, number: int) -> Piece:
    spans = reading.sentences[first : first + number]
    return reading, Span(spans[0].start, spans[-1].end)


def _row(lang: str, several: bool, pieces: Sequence[Piece]) -> Row:
    return Row(lang, several, signs([traits(parts(reading, [span])[0]) for reading, span in pieces]))


# --- weights


def fit(some: Sequence[Row]) -> Any:
    """Bias and weights: logistic regression by Newton's steps on signs of spread 1, both sorts weighing alike."""
    told, y = np.array([row.signs for row in some]), np.array([row.several for row in some], dtype=float)
    mean, spread = told.mean(0), told.std(0) + SPARE
    x = np.hstack([np.ones((len(y), 1)), (told - mean) / spread])
    sizes = np.where(y > 0, 0.5 / y.sum(), 0.5 / (1 - y).sum()) * len(y)
    w, penalty = np.zeros(x.shape[1]), np.eye(x.shape[1]) * PENALTY
    penalty[0, 0] = 0.0
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        curve = (x * (sizes * p * (1 - p))[:, None]).T @ x + penalty + 1e-6 * np.eye(len(w))
        w -= np.linalg.solve(curve, x.T @ (sizes * (p - y)) + penalty @ w)
    return np.concatenate(([w[0] - (w[1:] / spread) @ mean], w[1:] / spread))


def crossed(some: Sequence[Row]) -> tuple[Any, Any]:
    """(odds of round-ups, odds of others, the highest first), each by weights from other languages."""
    odds: dict[bool, list[float]] = {True: [], False: []}
    for lang in sorted({row.lang for row in some}):
        w = fit([row for row in some if row.lang != lang])
        for row in some:
            if row.lang == lang:
                odds[row.several].append(float(w[0] + np.dot(w[1:], row.signs)))
    return np.array(odds[True]), np.sort(odds[False])[::-1]


def main() -> None:
    asked = options(__doc__)
    some = rows(documents(asked.folders, asked.kept), random.Random(1))
    right, wrong = crossed(some)
    limits = [round(float(wrong[0]) + MARGIN, 1), round(float(wrong[int(NAMED * len(wrong))]), 1)]
    w = [round(float(x), 2) for x in fit(some)]
    card = CARD.format(
        made=len(right), others=len(wrong), unnamed=limits[0], named=limits[1], bias=w[0],
        first=round(float((right > limits[0]).mean()), 2), second=round(float((right > limits[1]).mean()), 2),
    )  # fmt: skip
    for k, kind in enumerate(KINDS):
        card += f"\n[{kind}]\n" + "".join(f"{sign} = {w[1 + k * len(SIGNS) + i]}\n" for i, sign in enumerate(SIGNS))
    print(card)
    if asked.write:
        (ROOT / "recoupe" / "weights" / "roundups" / "card.toml").write_text(card, "utf-8")


CARD = """\
# How likely the entries of a report tell several events: a logarithm of odds, summed up from what they have in common
# in each kind of traits of recoupe/grouping/traits.py (`mean`, `near`, `none` of recoupe/grouping/roundups.py).
# Made by `python -m training.roundups`, which writes this file.
#
# {made} made round-ups against {others} rows of stretches of one report, or of several reports of one story.
# In a language left out, all of the latter lie well below `unnamed`, for reports that do not call themselves round-ups,
# and 2 % above `named`, for those that do; of the made round-ups {first} and {second} are above.
[made]
from = "development parts of the benchmarks `stories` and `crosslingual`; numbers alone"
licence = "CC0-1.0"

[odds]
bias = {bias}
unnamed = {unnamed}
named = {named}
fewest = 4      # entries of a round-up that does not call itself one
"""

if __name__ == "__main__":
    main()

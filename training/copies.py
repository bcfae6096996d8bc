"""Fit the weights by which copies are known (recoupe/weights/copies/card.toml) and write what they reach.

    python -m training.copies CROSSLINGUAL STORIES CROSSCHECK [--write] [--kept FILE]

The folders are as the benchmarks of these names have them: documents in eight languages that translate each other,
their halves, and independent reports of one event. Nothing of their texts is kept; `--kept` remembers what was read.
Copies in one language are made by rules from the documents. Scores are those of five parts, each predicted by weights
from the other four; parts hold whole stories.
"""

from __future__ import annotations

import pickle
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from recoupe import read, read_all
from recoupe.grouping.matching import SIGNS, match
from recoupe.grouping.traces import Line, Trace, trace
from recoupe.records import Article, Reading
from training.pile import labelled, options

PENALTY = 0.2  # on the square of a weight
ROUNDS = 30
PARTS = 5
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Doc:
    """A report of a set, the story that it tells, and which half of it, where only a half is there."""

    set: str
    story: str
    half: int | None
    trace: Trace


@dataclass(frozen=True)
class Row:
    """A pair: what it is called, its story, whether one copies the other, its signs."""

    name: str
    story: str
    copied: bool
    signs: tuple[float, ...]


def documents(folders: list[Path], kept: Path | None) -> list[Doc]:
    """All reports of the sets."""
    if kept and kept.exists():
        return [Doc(s, c, h, trace(r)) for s, c, h, r in pickle.loads(kept.read_bytes())]
    found = [
        row for folder in folders for row in (_rows(folder) if (folder / "gold.jsonl").exists() else _told(folder))
    ]
    if kept:
        kept.write_bytes(pickle.dumps(found))
    return [Doc(s, c, h, trace(r)) for s, c, h, r in found]


def _rows(folder: Path) -> Iterator[tuple[str, str, int | None, Reading]]:
    for row, doc in labelled(folder):
        article = Article(doc["id"], doc["id"], doc["text"], doc["lang"], "")
        yield row["set"], row["cluster"], row.get("half"), read(article)


def _told(folder: Path) -> Iterator[tuple[str, str, int | None, Reading]]:
    for story in sorted(p for p in folder.iterdir() if p.is_dir()):
        for reading in read_all(sorted(map(str, story.glob("*.txt")))):
            yield "crosscheck", story.name, None, reading


# --- pairs ---


def pairs(docs: list[Doc], dice: random.Random) -> tuple[list[Row], list[Row]]:
    """(pairs in two languages, pairs in one)."""
    told: dict[tuple[str, str], list[Doc]] = defaultdict(list)
    for doc in docs:
        if len(doc.trace.lines) > 1:
            told[doc.set, doc.story].append(doc)
    across, within = [], []
    stories = sorted(told)
    for key in stories:
        across += list(_across(told, key, dice))
        within += list(_within(told, key, stories, dice))
    return across, within


def _across(told: dict[tuple[str, str], list[Doc]], key: tuple[str, str], dice: random.Random) -> Iterator[Row]:
    kind, story = key
    both = _some([(a, b) for i, a in enumerate(told[key]) for b in told[key][i + 1 :]], 10, dice)
    for a, b in both:
        if kind in ("outlets", "crosscheck"):
            yield _row(kind, story, False, a.trace, b.trace)
        elif kind == "ecb":
            if match(a.trace, b.trace, False).verbatim < 0.2:
                yield _row(kind, story, False, a.trace, b.trace)
        elif a.trace.lang != b.trace.lang and kind != "vietnamese":
            copied = a.half == b.half
            yield _row(kind, story, copied, a.trace, b.trace)
            if copied:
                yield _row(kind + " cut", story, True, a.trace, _shortened(b.trace, dice))
    if kind == "full":
        for a in _some(told["lead4", story], 4, dice):
            for b in _some([d for d in told[key] if d.trace.lang != a.trace.lang], 2, dice):
                yield _row("lead4 in full", story, True, a.trace, b.trace)


def _within(
    told: dict[tuple[str, str], list[Doc]], key: tuple[str, str], stories: list[tuple[str, str]], dice: random.Random
) -> Iterator[Row]:
    kind, story = key
    both = [(a, b) for i, a in enumerate(told[key]) for b in told[key][i + 1 :] if a.trace.lang == b.trace.lang]
    if kind in ("outlets", "crosscheck"):
        for a, b in _some(both, 10, dice):
            yield _row(kind, story, False, a.trace, b.trace, False)
    if kind in ("full", "lead4", "wikinews", "outlets"):
        for a in _some(told[key], 3, dice):
            lang = a.trace.lang
            other = dice.choice([d for d in told[dice.choice(stories)] if d.trace.lang == lang] or [a]).trace
            yield _row("cut", story, True, a.trace, _shortened(a.trace, dice), False)
            yield _row("edited", story, True, a.trace, _edited(a.trace, other, dice), False)
            yield _row("edited and cut", story, True, a.trace, _edited(_shortened(a.trace, dice), other, dice), False)


def _some(rows: list[Any], n: int, dice: random.Random) -> list[Any]:
    return rows if len(rows) <= n else dice.sample(rows, n)


def _row(name: str, story: str, copied: bool, a: Trace, b: Trace, neutral: bool = True) -> Row:
    return Row(name, story, copied, match(a, b, neutral).signs)


def _shortened(told: Trace, dice: random.Random) -> Trace:
    """A part of a report: its beginning, or with lines left out."""
    lines = told.lines
    if dice.random() < 0.5:
        return replace(told, lines=lines[: max(2, int(len(lines) * dice.uniform(0.3, 0.8)))])
    drop = dice.uniform(0.2, 0.6)
    left = tuple(line for line in lines if dice.random() > drop)
    return replace(told, lines=left if len(left) > 1 else lines[:2])


def _edited(told: Trace, other: Trace, dice: random.Random) -> Trace:
    """A report with words replaced by those of another, and some lines of that one."""
    rate, added = dice.uniform(0.05, 0.3), dice.choice((0.0, 0.0, 0.3))
    foreign = [line for line in other.lines if line.words] or list(told.lines)
    lines: list[Line] = []
    for line in told.lines:
        source = dice.choice(foreign)
        words = tuple(dice.choice(source.words) if dice.random() < rate else w for w in line.words)
        stems = frozenset(s for s in line.stems if dice.random() > rate) | frozenset(
            _some(sorted(source.stems), 2, dice)
        )
        keys = frozenset(k for k in line.keys if dice.random() > rate)
        lines.append(replace(line, words=words, stems=stems, keys=keys))
        if dice.random() < added:
            lines.append(dice.choice(foreign))
    return replace(told, lines=tuple(lines))


# --- fitting ---


def fit(rows: list[Row]) -> Any:
    """Weights that tell copies: logistic regression by Newton's steps, copies and others weighing alike."""
    x, y = np.array([r.signs for r in rows]), np.array([r.copied for r in rows], dtype=float)
    sizes = np.where(y > 0, 0.5 / max(1, y.sum()), 0.5 / max(1, (1 - y).sum())) * len(y)
    w = np.zeros(x.shape[1])
    penalty = np.eye(len(w)) * PENALTY
    penalty[0, 0] = 0.0
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (sizes * (p - y)) + penalty @ w
        curve = (x * (sizes * p * (1 - p))[:, None]).T @ x + penalty + 1e-6 * np.eye(len(w))
        w -= np.linalg.solve(curve, gradient)
    return w


def crossed(rows: list[Row]) -> list[tuple[Row, float]]:
    """Each pair with the odds by weights from other stories."""
    stories = sorted({r.story for r in rows})
    part = {story: i % PARTS for i, story in enumerate(stories)}
    found = []
    for n in range(PARTS):
        w = fit([r for r in rows if part[r.story] != n])
        found += [(r, float(np.dot(r.signs, w))) for r in rows if part[r.story] == n]
    return found


def report(title: str, scored: list[tuple[Row, float]], threshold: float) -> str:
    """Prints what is found of each sort of pair; gives precision and recall in words."""
    sorts: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for row, odds in scored:
        sorts[row.copied, row.name].append(odds > threshold)
    for (copied, name), told in sorted(sorts.items()):
        sort = f"{title:<10} {'copies' if copied else 'others'} {name:<16}"
        print(f"  {sort} {sum(told):4}/{len(told):4} {sum(told) / len(told):.3f}")
    right = sum(odds > threshold for row, odds in scored if row.copied)
    wrong = sum(odds > threshold for row, odds in scored if not row.copied)
    return (
        f"precision {right / max(1, right + wrong):.3f}, recall {right / max(1, sum(r.copied for r, _ in scored)):.3f}"
    )


def main() -> None:
    told = options(__doc__)
    across, within = pairs(documents(told.folders, told.kept), random.Random(1))
    tables = []
    for title, rows, threshold in (("translated", across, 1.0), ("same", within, 1.0)):
        score = report(title, crossed(rows), threshold)
        print(title, score)
        weights = fit(rows)
        lines = "\n".join(f'"{sign}" = {weight:.3f}' for sign, weight in zip(SIGNS, weights))
        tables.append(f"[{title}]\n# by stories left out: {score}\nthreshold = {threshold}\n{lines}\n")
    print("\n".join(tables))
    if told.write:
        (ROOT / "recoupe" / "weights" / "copies" / "card.toml").write_text(CARD + "\n" + "\n".join(tables), "utf-8")


CARD = """\
# Weights of the signs by which recoupe/grouping/copies.py tells that one report copies another: `translated` in two
# languages, `same` in one. Made by `python -m training.copies`, which writes this file; each weight adds to the
# logarithm of the odds.

[made]
from = "development parts of NTREX-128 (CC BY-SA 4.0), MEANTIME (CC BY 4.0), ECB+, BASIL, NewsWCL50; numbers alone"
licence = "CC0-1.0"
"""

if __name__ == "__main__":
    main()

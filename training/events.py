"""Fit the weights of mentions of events (recoupe/weights/events/card.toml) and write what they reach.

    python -m training.events DATA [--write]

DATA is a folder with docs.jsonl.gz, mentions.jsonl and gold.jsonl as the benchmark `claims` has them. Nothing of its
texts is kept. Scores are those of five parts, each predicted by weights from the other four; parts hold whole topics.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from bench.predictors import rows
from bench.predictors.claims import topics
from recoupe.comparing.coreference import CAP, SIGNS, Scene, linkage

PENALTY = 2.0  # on the square of a weight
ROUNDS = 15
PARTS = 5
THRESHOLDS = (-1.0, -0.75)
ROOT = Path(__file__).resolve().parent.parent


class Topic:
    """The pairs of mentions of a topic: signs, whether they are of one event, places."""

    def __init__(self, name: str, ids: list[str], texts: list[Any], mentions: list[Any], gold: dict[str, str]) -> None:
        self.name, self.ids = name, ids
        order = sorted(range(len(ids)), key=lambda i: (mentions[i].text, mentions[i].sentence, mentions[i].tokens))
        self.ids = [ids[i] for i in order]
        scene = Scene(texts, [mentions[i] for i in order])
        signs: dict[str, list[Any]] = {kind: [] for kind in SIGNS}
        same: dict[str, list[bool]] = {kind: [] for kind in SIGNS}
        self.pairs: dict[str, list[tuple[int, int]]] = {kind: [] for kind in SIGNS}
        for i in range(len(ids)):
            for j in range(i + 1, len(ids)):
                kind, row = scene.signs(i, j)
                signs[kind].append(row)
                same[kind].append(gold[self.ids[i]] == gold[self.ids[j]])
                self.pairs[kind].append((i, j))
        self.signs = {k: np.array(v, dtype=float).reshape(len(v), len(SIGNS[k])) for k, v in signs.items()}
        self.same = {k: np.array(v, dtype=float) for k, v in same.items()}

    def clusters(self, known: dict[str, Any], threshold: float) -> dict[str, str]:
        """The cluster of each mention."""
        scores = {
            pair: float(score)
            for kind in SIGNS
            for pair, score in zip(self.pairs[kind], np.clip(self.signs[kind] @ known[kind], -CAP, CAP))
        }
        groups = linkage(len(self.ids), scores, threshold)
        return {self.ids[i]: f"{self.name}.{n}" for n, group in enumerate(groups) for i in group}


def fit(those: Iterable[Topic]) -> dict[str, Any]:
    """The weights of each sort of pair by Newton's method."""
    chosen = list(those)
    found = {}
    for kind, names in SIGNS.items():
        signs = np.vstack([t.signs[kind] for t in chosen])
        same = np.concatenate([t.same[kind] for t in chosen])
        weights = np.zeros(len(names))
        for _ in range(ROUNDS):
            odds = 1 / (1 + np.exp(-np.clip(signs @ weights, -30, 30)))
            slope = signs.T @ (odds - same) + PENALTY * weights
            bend = (signs * (odds * (1 - odds))[:, None]).T @ signs + PENALTY * np.eye(len(names))
            weights -= np.linalg.solve(bend, slope)
        found[kind] = weights
    return found


def bcubed(clusters: dict[str, str], gold: dict[str, str]) -> float:
    """B-cubed F1."""
    ours = Counter(clusters.values())
    theirs = Counter(gold[i] for i in clusters)
    both = Counter((cluster, gold[i]) for i, cluster in clusters.items())
    precision = sum(n * n / ours[c] for (c, _), n in both.items()) / len(clusters)
    recall = sum(n * n / theirs[g] for (_, g), n in both.items()) / len(clusters)
    return 2 * precision * recall / (precision + recall)


def card(known: dict[str, Any], threshold: float, scores: str) -> str:
    """The text of card.toml."""
    lines = [
        "# Weights of the signs by which recoupe/comparing/coreference.py tells that two mentions are of one event.",
        "# Made by `python -m training.events`, which writes this file; each weight adds to the logarithm of the odds.",
        f"threshold = {threshold}",
        "",
        "[made]",
        'from = "development parts of ECB+ (annotation CC BY 3.0) and NewsReader MEANTIME (CC BY 4.0); numbers alone"',
        f'score = "{scores}"',
        'licence = "CC0-1.0"',
    ]
    for kind, names in SIGNS.items():
        lines += ["", f"[{kind}]", *(f'"{name}" = {weight:.3f}' for name, weight in zip(names, known[kind]))]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    gold = {row["id"]: row["cluster"] for row in rows(options.data / "gold.jsonl")}
    known = [Topic(*topic, gold) for topic in topics(options.data)]
    sets = sorted({t.name.split("/")[0] for t in known})
    part_of = {t.name: i % PARTS for s in sets for i, t in enumerate(t for t in known if t.name.startswith(s))}
    models = [fit(t for t in known if part_of[t.name] != part) for part in range(PARTS)]
    best: tuple[float, float, str, dict[str, str]] = (0.0, 0.0, "", {})
    for threshold in THRESHOLDS:
        reached: list[float] = []
        everything: dict[str, str] = {}
        for name in sets:
            found: dict[str, str] = {}
            for topic in known:
                if topic.name.startswith(name + "/"):
                    found |= topic.clusters(models[part_of[topic.name]], threshold)
            reached.append(bcubed(found, gold))
            everything |= found
        told = ", ".join(f"{name} {score:.3f}" for name, score in zip(sets, reached))
        print(threshold, told, file=sys.stderr)
        here = sum(reached), threshold, f"B-cubed F1 by topics left out: {told}", everything
        best = max(best, here, key=lambda row: row[0])
    for i, cluster in best[3].items():
        print(f'{{"id": "{i}", "cluster": "{cluster}"}}')
    if options.write:
        (ROOT / "recoupe/weights/events/card.toml").write_text(card(fit(known), best[1], best[2]), "utf-8")


if __name__ == "__main__":
    main()

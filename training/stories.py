"""Make the background that grouping holds reports against (recoupe/weights/grouping/background.npz).

    python -m training.stories

Reads the passages of training/corpus, several of one language as one report: how rare traits are in them, and what
reports that have nothing to do with each other have in common, for each two languages. Nothing of the texts is kept but
hashes of traits that stand in two reports or more. The weights in card.toml beside it are set by hand; it says how.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from recoupe import read
from recoupe.grouping.background import Background
from recoupe.grouping.space import Space
from recoupe.grouping.traits import KINDS, Traits, traits
from recoupe.languages import available
from recoupe.records import Article
from recoupe.weights import FOLDER
from training.corpus.own import parse

PASSAGES = Path(__file__).resolve().parent / "corpus"
TOGETHER = 4  # passages that make a report
OUT = FOLDER / "grouping" / "background.npz"


def main() -> None:
    reports = [made for lang in available() for made in _reports(lang)]
    keys, spread = np.unique(np.concatenate([r.keys for r in reports]), return_counts=True)
    kept = spread > 1
    langs = sorted({r.lang for r in reports})
    blank = np.zeros((len(KINDS), len(langs), len(langs)))
    bare = Background(keys[kept], spread[kept].astype(float), 0, tuple(langs), blank + 0.02, blank + 0.05)
    space = Space(reports, bare)
    mean = np.stack(
        [[[space.mean[k, a, b] for b in range(len(langs))] for a in range(len(langs))] for k in range(len(KINDS))]
    )
    np.savez_compressed(
        OUT,
        keys=keys[kept],
        spread=spread[kept].astype(np.uint16),
        reports=np.array(len(reports)),
        langs=np.array(langs),
        mean=mean.astype(np.float32),
        deviation=space.spread_of.astype(np.float32),
    )
    print(f"{len(reports)} reports, {kept.sum()} traits, {OUT.stat().st_size:,} bytes", file=sys.stderr)
    for k, kind in enumerate(KINDS):
        print(kind, "within", np.diagonal(mean[k]).mean().round(4), "across", mean[k].mean().round(4), file=sys.stderr)


def _reports(lang: str) -> Iterator[Traits]:
    file = PASSAGES / f"{lang}.txt"
    if not file.is_file():
        return
    passages = [parse(line)["text"] for line in file.read_text("utf-8").splitlines() if line.strip()]
    random.Random(lang).shuffle(passages)
    for at in range(0, len(passages), TOGETHER):
        text = "\n".join(passages[at : at + TOGETHER])
        yield traits(read(Article(id="a", path="a", text=text, lang=lang, title="")))


if __name__ == "__main__":
    main()

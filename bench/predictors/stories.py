"""Predictions for `stories`: the story of each document, every set a batch of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.predictors import rows, write_rows

if TYPE_CHECKING:
    from recoupe import Reading
    from recoupe.grouping import Embedder
    from recoupe.grouping.traits import Traits


def predict(data: Path, out: Path) -> None:
    """Write `{"id", "cluster"}` for each document in `data/docs.jsonl` to `out`."""
    write_rows(out, clusters(data))


def clusters(data: Path, embedder: Embedder | None = None) -> Iterator[dict[str, Any]]:
    """The story of each document."""
    from recoupe.grouping.events import grouped

    for name, batch in batches(data, embedder).items():
        for number, members in enumerate(grouped([report for _, report in batch])):
            yield from ({"id": batch[i][0]["id"], "cluster": f"{name}.{number}"} for i in members)


def batches(data: Path, embedder: Embedder | None = None) -> dict[str, list[tuple[dict[str, Any], Traits]]]:
    """By set the documents with their traits, ordered by id; with vectors where there is an embedder."""
    from recoupe.grouping.embedding import with_vectors
    from recoupe.grouping.roundups import told

    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(rows(data / "docs.jsonl"), key=lambda row: str(row["id"])):
        found[row["set"]].append(row)
    batches = {}
    for name, documents in sorted(found.items()):
        seen, readings = [], []
        for row in documents:
            reading = _reading(row)
            seen.append(told(reading))
            if embedder:
                readings.append(reading)
        batches[name] = list(zip(documents, with_vectors(seen, readings, embedder), strict=True))
    return batches


def _reading(row: dict[str, Any]) -> Reading:
    from recoupe import read
    from recoupe.records import Article, Period

    published = str(row.get("date") or "")[:10] or None
    day = Period(published, published) if published else None
    title, text = row.get("title") or "", row["text"]
    article = Article(row["id"], row["id"], text, row["lang"], title, published=published, day=day)
    return read(article)

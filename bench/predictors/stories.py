"""Predictions for `stories`: the story of each document, every set a batch of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.predictors import rows, write_rows

if TYPE_CHECKING:
    from recoupe.grouping.traits import Traits


def predict(data: Path, out: Path) -> None:
    """Write `{"id", "cluster"}` for each document in `data/docs.jsonl` to `out`."""
    write_rows(out, _clusters(data))


def _clusters(data: Path) -> Iterator[dict[str, Any]]:
    from recoupe.grouping.events import grouped

    for name, batch in batches(data).items():
        for number, members in enumerate(grouped([report for _, report in batch])):
            yield from ({"id": batch[i][0]["id"], "cluster": f"{name}.{number}"} for i in members)


def batches(data: Path) -> dict[str, list[tuple[dict[str, Any], Traits]]]:
    """By set the documents with their traits, ordered by id."""
    found: dict[str, list[tuple[dict[str, Any], Traits]]] = defaultdict(list)
    for row in sorted(rows(data / "docs.jsonl"), key=lambda row: str(row["id"])):
        found[row["set"]].append((row, _traits(row)))
    return dict(sorted(found.items()))


def _traits(row: dict[str, Any]) -> Traits:
    from recoupe import read
    from recoupe.grouping.traits import traits
    from recoupe.records import Article, Period

    published = str(row.get("date") or "")[:10] or None
    day = Period(published, published) if published else None
    title, text = row.get("title") or "", row["text"]
    article = Article(row["id"], row["id"], text, row["lang"], title, published=published, day=day)
    return traits(read(article))

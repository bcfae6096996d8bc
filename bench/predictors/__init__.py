"""Predictors: one module a benchmark, `predict(data: Path, out: Path) -> None`.

`data` is a folder of the benchmark's layout, also one that this repository has never seen: gold files may be missing. A
module is named as its benchmark, with `_` for `-`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file, which may be gzipped; blank lines are skipped."""
    if not path.exists() and path.with_name(path.name + ".gz").exists():
        path = path.with_name(path.name + ".gz")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def write_rows(path: Path, objects: Iterable[Mapping[str, Any]]) -> None:
    """Write objects as JSONL; folders that are missing are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for row in objects:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")

"""What the trainings on piles of reports share: their options, and the sets they read."""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def options(about: str | None) -> argparse.Namespace:
    """The folders of the sets, where readings are kept between runs (`--kept`), and whether to write the card."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def labelled(folder: Path) -> Iterator[tuple[Row, Row]]:
    """The reports of a set that have a text: (what the gold says of it, the report)."""
    gold = {row["id"]: row for row in map(json.loads, (folder / "gold.jsonl").read_text("utf-8").splitlines())}
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for doc in map(json.loads, lines):
            if doc["text"].strip():
                yield gold[doc["id"]], doc

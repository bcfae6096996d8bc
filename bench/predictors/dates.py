"""dates: the publication date of HTML pages."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
from pathlib import Path
from typing import Any

from recoupe.cleaning.html import date_of_page
from recoupe.errors import RecoupeError


def predict(data: Path, out: Path) -> None:
    with gzip.open(data / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    with multiprocessing.Pool(2, initializer=os.nice, initargs=(5,)) as pool, out.open("w", encoding="utf-8") as file:
        for row in pool.imap(_one, pages, chunksize=8):
            file.write(json.dumps(row) + "\n")


def _one(row: dict[str, Any]) -> dict[str, Any]:
    try:
        date = date_of_page(row["html"], row.get("url"))
    except RecoupeError:
        date = None
    return {"id": row["id"], "date": date and date[:10]}

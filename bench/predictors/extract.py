"""extract: the main text, title, authors and date of HTML pages."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
from pathlib import Path
from typing import Any

from recoupe.cleaning import reading_text
from recoupe.cleaning.html import read_page
from recoupe.errors import RecoupeError
from recoupe.records import Report


def predict(data: Path, out: Path) -> None:
    with gzip.open(data / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    with multiprocessing.Pool(2, initializer=os.nice, initargs=(5,)) as pool, out.open("w", encoding="utf-8") as file:
        for row in pool.imap(_one, pages, chunksize=8):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _one(row: dict[str, Any]) -> dict[str, Any]:
    try:
        page = read_page(row["html"], row["id"], row.get("url"))
    except RecoupeError:
        return {"id": row["id"]}
    return {
        "id": row["id"],
        "text": reading_text(Report(row["id"], "html", ""), page),
        "title": page.title,
        "author": list(page.authors) or None,
        "date": page.published and page.published[:10],
    }

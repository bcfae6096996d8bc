"""Tables: a JSON file `{"articles": [...]}` that holds reports or says what is known of the files beside it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from recoupe.errors import LoadError
from recoupe.loading import files
from recoupe.loading.jobs import Job, failing
from recoupe.loading.sources import Source
from recoupe.loading.visits import Visit
from recoupe.records import Report

# what a row may say of its report, and the field of Report that takes it
_HINTS = {
    "id": "id",
    "url": "url",
    "outlet": "outlet",
    "published": "published",
    "updated": "updated",
    "lang": "language",
    "title": "title",
}


def jobs(source: Source, visit: Visit, kind: str) -> Iterator[Job]:
    """One job a row. Each row has `text`, `html` or `file` (relative to the table, beside or below it); the keys of a
    row that are read besides are id, url, outlet, published, updated, lang and title.

    Raises LoadError where the file is no such table.
    """
    for number, row in enumerate(_rows(source), 1):
        yield _job(source, number, row)


def _rows(source: Source) -> list[Any]:
    try:
        content = json.loads(source.whole().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise LoadError(f"{source.address}: is no JSON ({str(error)[:100]}).") from None
    rows = content.get("articles") if isinstance(content, dict) else None
    if not isinstance(rows, list):
        raise LoadError(
            f"{source.address}: is JSON of no kind that is known, and has no list 'articles'; a table of reports is "
            '{"articles": [{"file": …}, …]}.'
        )
    return rows


def _job(source: Source, number: int, row: Any) -> Job:
    where = f"{source.address}, article {number}"
    if not isinstance(row, dict):
        return failing(where, "is no object.")
    hints = {field: row[name] for name, field in _HINTS.items() if isinstance(row.get(name), str) and row[name].strip()}
    for name, media in (("text", "text"), ("html", "html")):
        if isinstance(row.get(name), str):
            address = f"{source.address}#{hints.get('id', number)}"
            return Job("", address, partial(_inline, row[name], address, media, hints), named=False)
    if not isinstance(row.get("file"), str):
        return failing(where, "has none of 'file', 'text' and 'html'.")
    if source.file is None:
        return failing(where, "is in a file, which only a table that is a file itself may name.")
    file = source.file.parent / row["file"]
    # a table that came from elsewhere must not make us read, say, keys in the home folder
    root = files.key(source.file.parent).rstrip("/\\")
    if not files.key(file).startswith((root + "/", root + "\\")):
        return failing(where, f"{row['file']!r} is outside the folder of the table.")
    return Job(files.key(file), str(file), lambda: dataclasses.replace(files.read_file(file), **hints))


def _inline(content: str, address: str, media: str, hints: dict[str, Any]) -> Report:
    if not content.strip():
        raise LoadError(f"{address}: is empty.")
    return Report(address=address, media=media, content=content.encode("utf-8", "replace").decode("utf-8"), **hints)

"""Files: rows as CSV, JSON lines or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from recoupe.errors import SettingsError, WriteError
from recoupe.writing.exports.schemas import TABLES, Row, Shape
from recoupe.writing.saving import save_bytes
from recoupe.writing.to_csv import cell

ENDINGS = {"csv": (".csv",), "jsonl": (".jsonl", ".ndjson"), "parquet": (".parquet", ".pq")}
"""The forms of a table, each with the endings of its files."""


def table_form(path: str | None, name: str | None = None) -> str:
    """The form by its name or, without one, by the ending of a file; `csv` where neither is given.

    Raises SettingsError for a name or an ending that no form has.
    """
    if name is not None:
        if name not in ENDINGS:
            raise SettingsError(f"there is no form {name!r} of a table; choose one of {', '.join(ENDINGS)}.")
        return name
    if path is None:
        return "csv"
    ending = PurePath(path).suffix.lower()
    for form, endings in ENDINGS.items():
        if ending in endings:
            return form
    known = ", ".join(endings[0] for endings in ENDINGS.values())
    raise SettingsError(f"{path}: no form goes with this ending; end it in one of {known}, or say --format.")


def table_text(table: str, rows: Sequence[Row], form: str) -> str:
    """The rows as CSV (header, CR LF, lists as JSON) or as JSON lines. Raises SettingsError for Parquet."""
    if form == "parquet":
        raise SettingsError("Parquet cannot be shown; name a file with -o FILE.")
    if form == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in TABLES[table]])
    for row in rows:
        writer.writerow([_cell(row[column.name]) for column in TABLES[table]])
    return out.getvalue()


def _cell(value: Any) -> str | int | float:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return cell(json.dumps(value, ensure_ascii=False))
    return cell(value)


def save_table(table: str, rows: Sequence[Row], path: str, form: str) -> None:
    """Write the rows into a file: whole or not at all. CSV begins with a byte order mark. Raises WriteError."""
    if form == "parquet":
        save_bytes(_parquet(table, rows), path)
    else:
        save_bytes((("\ufeff" if form == "csv" else "") + table_text(table, rows, form)).encode("utf-8"), path)


def arrow_schema(table: str) -> Any:
    """The `pyarrow.Schema` of a table; each field's metadata has its meaning. Raises SettingsError without pyarrow."""
    arrow = _arrow()
    spans = arrow.list_(arrow.struct([("start", arrow.int64()), ("end", arrow.int64())]))
    types: dict[Shape, Any] = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "truth": arrow.bool_(),
        "texts": arrow.list_(arrow.string()),
        "spans": spans,
    }
    fields = [arrow.field(c.name, types[c.shape], metadata={"means": c.means}) for c in TABLES[table]]
    return arrow.schema(fields, metadata={"schema": f"recoupe/{table}/1"})


def _parquet(table: str, rows: Sequence[Row]) -> bytes:
    schema = arrow_schema(table)
    arrow = _arrow()
    out = io.BytesIO()
    try:
        arrow.parquet.write_table(arrow.Table.from_pylist(list(rows), schema=schema), out, compression="zstd")
    except (arrow.ArrowException, OverflowError) as error:
        raise WriteError(f"the table {table} cannot be written as Parquet ({error}); take jsonl instead.") from error
    return out.getvalue()


def _arrow() -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise SettingsError("Parquet needs pyarrow: pip install 'recoupe[tables]', or choose csv or jsonl.") from None
    return pyarrow

"""Files: rows as CSV, JSON lines or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

from recoupe.errors import SettingsError, WriteError
from recoupe.writing.exports.schemas import TABLES, Row, Shape
from recoupe.writing.saving import saved
from recoupe.writing.to_csv import cell

ENDINGS = {"csv": (".csv",), "jsonl": (".jsonl", ".ndjson"), "parquet": (".parquet", ".pq")}
"""The forms of a table, each with the endings of its files."""
_MOST_ROWS = 20_000
_MOST_LETTERS = 4_000_000
"""Of one row group of Parquet."""


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


def table_text(table: str, rows: Iterable[Row], form: str) -> str:
    """The rows as CSV (header, CR LF, lists as JSON) or as JSON lines. Raises SettingsError for Parquet."""
    return "".join(table_parts(table, rows, form))


def table_parts(table: str, rows: Iterable[Row], form: str) -> Iterator[str]:
    """What `table_text` gives, row by row. Raises SettingsError for Parquet, before anything is read."""
    if form == "parquet":
        raise SettingsError("Parquet cannot be shown; name a file with -o FILE.")
    if form == "jsonl":
        return (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    return _csv_parts([column.name for column in TABLES[table]], rows)


def _csv_parts(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    yield out.getvalue()
    for row in rows:
        out.seek(0)
        out.truncate()
        writer.writerow([_cell(row[name]) for name in names])
        yield out.getvalue()


def _cell(value: Any) -> str | int | float:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return cell(json.dumps(value, ensure_ascii=False))
    return cell(value)


def save_table(table: str, rows: Iterable[Row], path: str, form: str) -> int:
    """Write the rows into a file as they come, whole or not at all; how many there were.

    CSV begins with a byte order mark. Raises WriteError.
    """
    if form == "parquet":
        return _save_parquet(table, rows, path)
    count = 0
    with saved(path) as file:
        if form == "csv":
            file.write(b"\xef\xbb\xbf")
            count -= 1  # the header
        for part in table_parts(table, rows, form):
            file.write(part.encode("utf-8"))
            count += 1
    return count


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


def _save_parquet(table: str, rows: Iterable[Row], path: str) -> int:
    schema = arrow_schema(table)
    arrow = _arrow()
    count = 0
    try:
        with saved(path) as file, arrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            for group in _groups(rows):
                writer.write_table(arrow.Table.from_pylist(group, schema=schema))
                count += len(group)
            if not count:
                writer.write_table(schema.empty_table())
    except (arrow.ArrowException, OverflowError) as error:
        raise WriteError(f"the table {table} cannot be written as Parquet ({error}); take jsonl instead.") from error
    return count


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lists that are large enough to be packed well and small enough for any machine."""
    group: list[Row] = []
    letters = 0
    for row in rows:
        group.append(row)
        letters += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(group) >= _MOST_ROWS or letters > _MOST_LETTERS:
            yield group
            group, letters = [], 0
    if group:
        yield group


def _arrow() -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise SettingsError("Parquet needs pyarrow: pip install 'recoupe[tables]', or choose csv or jsonl.") from None
    return pyarrow

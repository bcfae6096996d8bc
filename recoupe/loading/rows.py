"""Rows: a report a row, in JSON (a list, or an object a line) or in CSV, under the names that columns usually have."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any, TextIO

from recoupe.errors import LoadError
from recoupe.loading import files
from recoupe.loading.decoding import decode
from recoupe.loading.jobs import Job, failing
from recoupe.loading.pages import as_page
from recoupe.loading.sources import Source, lines_of
from recoupe.loading.visits import Visit, web_address
from recoupe.records import Report
from recoupe.settings import Settings

_NAMES = {
    "text": "text body content article body_text bodytext maintext main_text fulltext full_text article_text",
    "html": "html body_html raw_html page_html html_content",
    "title": "title headline headlines",
    "url": "url link permalink uri source_url article_url web_url",
    "outlet": "outlet publisher publication site site_name sitename source_name domain source_domain source",
    "published": (
        "published published_at publishedat publish_date date_publish pub_date pubdate publication_date date_published "
        "datepublished published_date published_time date datetime timestamp created_at"
    ),
    "updated": "updated updated_at updatedat modified modified_at date_modified datemodified date_modify lastmod",
    "language": "language lang language_code",
    "authors": "authors author byline",
    "credits": "credits credit agency",
    "id": "id uuid guid _id",
}
_FIELD_OF = {name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names.split())}
_HOLDING = ("text", "html", "url")
_DELIMITERS = (",", ";", "\t", "|")
_MOST_FAULTS = 1000
_MILLISECONDS = 1e11  # a time stamp above this is no number of seconds


def looks_like_columns(text: str, settings: Settings) -> bool:
    """Whether the first line of a text is the head of a table of reports."""
    head = text.partition("\n")[0][:4000].strip()
    cells = head.split(_delimiter(head))
    known = _columns(cells, settings)
    return len(known) > 1 and len(known) * 2 >= len(cells) and not known.keys().isdisjoint(_HOLDING)


def jobs(source: Source, visit: Visit, kind: str) -> Iterator[Job]:
    """One job a row; a row that is damaged is a job that fails. Raises LoadError where no column holds a report."""
    rows = _of_csv(source, visit) if kind == "columns" else _of_json(source, visit)
    faults = 0
    for where, row in rows:
        fault = row if isinstance(row, str) else _lacking(row, visit.settings)
        if fault is None and not isinstance(row, str):
            faults = 0
            yield Job("", where, partial(_report, row, where, source, visit), named=False)
            continue
        faults += 1
        if faults > _MOST_FAULTS:
            raise LoadError(
                f"{source.address}: more than {_MOST_FAULTS:,} rows on end hold no report; the rest was not read."
            )
        yield failing(where, fault or "holds no report.")


def _lacking(row: Mapping[str, Any], settings: Settings) -> str | None:
    """Why there can be no report in a row, None if there may be one."""
    columns = _columns(row, settings)
    if any(row[columns[field]] for field in _HOLDING if field in columns):
        return None
    return "has no text; name the column that holds it with --column text=NAME."


def _report(row: Mapping[str, Any], where: str, source: Source, visit: Visit) -> Report | None:
    known = {field: row[name] for field, name in _columns(row, visit.settings).items()}
    told: dict[str, Any] = {field: _line(known.get(field)) for field in ("title", "outlet", "language", "id")}
    told |= {field: _when(known.get(field)) for field in ("published", "updated")}
    told |= {field: _names(known.get(field)) for field in ("authors", "credits")}
    url = web_address(_line(known.get("url")), None, where) if known.get("url") else None
    for field, media in (("text", "text"), ("html", "html")):
        content = known.get(field)
        if isinstance(content, str) and content.strip():
            content = content.encode("utf-8", "replace").decode("utf-8")  # a lone half of a pair is no text
            if len(content) > visit.settings.max_bytes:
                raise LoadError(f"{where}: holds {len(content):,} characters, more than any report.")
            return Report(where, media, content, url=url, **told)
    if url is None:
        raise LoadError(f"{where}: has no text; name the column that holds it with --column text=NAME.")
    if not (visit.settings.follow or source.url):
        raise LoadError(f"{where}: has an address only, which is fetched when that is asked for (--follow).")
    fetched = visit.fetch(url, led=True)
    if fetched.unchanged:
        return None
    page = as_page(fetched)
    return Report(page.address, page.media, page.content, url=page.url, notes=page.notes, **told)


def _columns(names: Iterable[str], settings: Settings) -> dict[str, str]:
    """The column of each field: the one that the settings name, else the likeliest by its name."""
    return _columns_of(tuple(names), settings.columns)


@lru_cache(maxsize=64)
def _columns_of(names: tuple[str, ...], chosen: tuple[tuple[str, str], ...]) -> dict[str, str]:
    asked = {field: column for field, column in chosen if column in names}
    found: dict[str, tuple[int, str]] = {}
    for name in names:
        field, rank = _FIELD_OF.get(name.strip().strip('"').lower().replace(" ", "_").replace("-", "_"), ("", 0))
        if field and (field not in found or rank < found[field][0]):
            found[field] = (rank, name)
    return {field: name for field, (_, name) in found.items() if name not in asked.values()} | asked


# --- JSON ---------------------------------------------------------------------------------------------


def _of_json(source: Source, visit: Visit) -> Iterator[tuple[str, Mapping[str, Any] | str]]:
    """Where each row stands and the row, or what is wrong with it."""
    if source.head(4096).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        try:
            whole = json.loads(source.whole().decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise LoadError(f"{source.address}: is no JSON ({str(error)[:100]}).") from None
        for number, row in enumerate(whole if isinstance(whole, list) else [], 1):
            yield f"{source.address}#{number}", row if isinstance(row, dict) else "is no object."
        return
    most = visit.settings.max_bytes
    for number, line in lines_of(source, most):
        where = f"{source.address}#{number}"
        if line is None:
            yield where, f"the line has more than {most} bytes; it was left out."
        elif line.strip():
            yield where, _parsed(line)


def _parsed(line: bytes) -> Mapping[str, Any] | str:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return f"the line is no JSON ({str(error)[:100]})."
    return row if isinstance(row, dict) else "the line is no JSON object."


# --- CSV ----------------------------------------------------------------------------------------------


def _of_csv(source: Source, visit: Visit) -> Iterator[tuple[str, Mapping[str, Any] | str]]:
    """Likewise; a row is known by its number, the head not counted."""
    with _text(source) as text:
        csv.field_size_limit(visit.settings.max_bytes)
        first = text.readline(1 << 20)
        head = next(iter(csv.reader([first], delimiter=_delimiter(first))), [])
        names = [name.strip() for name in head]
        if _columns(names, visit.settings).keys().isdisjoint(_HOLDING):
            listed = ", ".join(repr(name[:40]) for name in names[:12])
            raise LoadError(
                f"{source.address}: no column holds the text of a report (there are {listed}); "
                "name it with --column text=NAME."
            )
        rows = csv.reader(text, delimiter=_delimiter(first))
        number = 0
        while True:
            number += 1
            where = f"{source.address}#{number}"
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield where, f"the row is damaged ({error})."
                continue
            if cells:
                yield where, dict(zip(names, cells))


def _text(source: Source) -> TextIO:
    """A table as text; one that is too large to be held is taken for UTF-8."""
    with source.open() as stream:
        data = stream.read(files.LIMIT + 1)
    if len(data) <= files.LIMIT:
        return io.StringIO(decode(data, source.address, source.charset)[0], newline="")
    return io.TextIOWrapper(source.open(), "utf-8-sig", "replace", newline="")


def _delimiter(head: str) -> str:
    return max(_DELIMITERS, key=head.count)


# --- values -------------------------------------------------------------------------------------------


def _line(value: Any) -> str | None:
    """A value on one line: of an object its name, of a list its first item."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or value.get("value")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        value = str(value)
    return " ".join(value.split())[:1000] or None if isinstance(value, str) else None


def _names(value: Any) -> tuple[str, ...]:
    """The names in a value: a list of them, or a text in which semicolons part them."""
    values = value if isinstance(value, list) else value.split(";") if isinstance(value, str) else [value]
    return tuple(dict.fromkeys(name for item in values[:20] if (name := _line(item))))


def _when(value: Any) -> str | None:
    """A time as its source gives it; a number is one of Unix time, in seconds or milliseconds."""
    digits = value.strip() if isinstance(value, str) else ""
    if digits.isascii() and digits.isdecimal() and len(digits) in (10, 13):
        value = int(digits)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            seconds = value / 1000 if abs(value) > _MILLISECONDS else value
            return datetime.fromtimestamp(seconds, UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            return None
    return _line(value)

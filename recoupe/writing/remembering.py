"""Remembering: what a list of stories needs beside it, so that others can go on from it: its readings, in one file.

The list `stories.json` has `stories.json.readings` beside it: lines of JSON, compressed with Zstandard. The first says
what made the readings; each other one holds the name of a report, the id of its story and its reading. Behind the id of
a round-up stand a colon and the ids of the stories that it tells of, with commas.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from recoupe.errors import LoadError, WriteError
from recoupe.records import Amount, Article, Claim, Kind, Named, Period, Reading, Span, Stance
from recoupe.writing.saving import save_bytes

ENDING = ".readings"
NAMELESS = "-" * 64
_SCHEMA = "recoupe/readings/1"
_VALUES: dict[str, Any] = {kind.__name__: kind for kind in (Amount, Period, Named, Stance)}
_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Remembered:
    """A reading with the name of its report (64 characters, NAMELESS for none) and the id of its story.

    `reading` is None where another program or pipeline made it: then the article is to be read anew. `tells` are the
    stories that it tells of as a round-up, None for any other report.
    """

    report: str
    story: str
    article: Article
    reading: Reading | None
    tells: tuple[str, ...] | None = None


def beside(path: str | os.PathLike[str]) -> Path:
    """Where the readings of a list of stories lie."""
    return Path(f"{os.fspath(path)}{ENDING}")


def remember(
    rows: Iterable[tuple[str, str, tuple[str, ...] | None, Reading]],
    made: Mapping[str, Any],
    path: str | os.PathLike[str],
) -> None:
    """Write (name of report, id of story, what it tells as a round-up, reading) beside the list of stories at `path`.

    Raises WriteError.
    """
    import msgspec
    import zstandard

    packer = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compressobj()
    parts = [packer.compress(msgspec.json.encode({"schema": _SCHEMA, **made}) + b"\n")]
    try:
        for report, story, tells, reading in rows:
            story += "" if tells is None else f":{','.join(tells)}"
            parts.append(packer.compress(f"{report:64}{story} ".encode() + encoded(reading) + b"\n"))
    except UnicodeEncodeError as error:
        raise WriteError(f"{beside(path)}: a report holds half a character ({error.reason}).") from None
    save_bytes(b"".join([*parts, packer.flush()]), beside(path))


def remembered(path: str | os.PathLike[str], made: Mapping[str, Any]) -> Iterator[Remembered]:
    """What lies beside the list of stories at `path`. Raises LoadError where nothing does, or it is damaged."""
    import msgspec
    import zstandard

    place = beside(path)
    try:
        with place.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as plain:
            lines = _lines(plain)
            first = msgspec.json.decode(next(lines, b"{}"))
            if first.pop("schema", None) != _SCHEMA:
                raise LoadError(f"{place}: holds no readings of this form; group all reports anew.")
            same = first == msgspec.to_builtins(dict(made))
            for row in lines:
                head, _, told = row[64:].partition(b" ")
                story, of_several, names = head.decode().partition(":")
                article, reading = _opened(told, same)
                tells = tuple(name for name in names.split(",") if name) if of_several else None
                yield Remembered(row[:64].decode(), story, article, reading, tells)
    except FileNotFoundError:
        raise LoadError(
            f"{place}: is not there, and without it nothing can go on from {path}; 'recoupe group' writes it with "
            "every list of stories that ends in .json."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zstandard.ZstdError) as error:
        raise LoadError(f"{place}: cannot be read ({error}); group all reports anew.") from error


def _lines(plain: Any) -> Iterator[bytes]:
    rest = b""
    while chunk := plain.read(1 << 20):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole


def _opened(row: bytes, same: bool) -> tuple[Article, Reading | None]:
    import msgspec

    if same:
        reading = decoded(row)
        return reading.article, reading
    return msgspec.convert(msgspec.json.decode(row)["article"], Article), None


# --- readings as JSON ---


def encoded(reading: Reading) -> bytes:
    """A reading as one line of JSON."""
    import msgspec

    built: dict[str, Any] = msgspec.to_builtins(reading)
    for claim, row in zip(reading.claims, built["claims"]):
        row["value"] = {type(claim.value).__name__: row["value"]}
    return msgspec.json.encode(built)


def decoded(row: bytes) -> Reading:
    """The reading of such a line. Raises what msgspec raises for anything else."""
    import msgspec

    built = msgspec.json.decode(row)
    claims = tuple(_claim(claim) for claim in built.pop("claims"))
    article = msgspec.convert(built.pop("article"), _fields(Reading)["article"])
    parts = {name: msgspec.convert(value, _fields(Reading)[name]) for name, value in built.items()}
    return Reading(article=article, claims=claims, **parts)


def _claim(row: Mapping[str, Any]) -> Claim:
    import msgspec

    ((kind, value),) = row["value"].items()
    types = _fields(Claim)
    others = {k: msgspec.convert(v, types[k]) for k, v in row.items() if k not in ("value", "kind", "span", "sentence")}
    return Claim(
        Kind(row["kind"]),
        msgspec.convert(row["span"], Span),
        msgspec.convert(value, _VALUES[kind]),
        msgspec.convert(row["sentence"], Span),
        **others,
    )


@cache
def _fields(record: type) -> dict[str, Any]:
    from typing import get_type_hints

    return get_type_hints(record)

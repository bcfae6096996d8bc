"""Keeping: readings of a run that may be stopped, beside its result, so that the next run goes on from there."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from recoupe import __version__
from recoupe.errors import WriteError
from recoupe.records import Amount, Claim, Kind, Named, Period, Reading, Report, Span, Stance

_VALUES: dict[str, Any] = {kind.__name__: kind for kind in (Amount, Period, Named, Stance)}


class Kept:
    """Readings by their reports, in the file at `path`, one line each.

    Use as a context; the file is removed at its end, unless the work was stopped. A line that is not whole, or was
    written by another version, is read anew. `taken` is how many readings came from the file. Raises WriteError if it
    cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.taken = 0
        self._path = path
        self._places: dict[str, int] = {}
        self._file: BinaryIO | None = None

    def __enter__(self) -> Kept:
        try:
            self._file = self._path.open("a+b")
        except OSError as error:
            raise WriteError(
                f"{self._path}: cannot be written ({error.strerror}), and it keeps what has been read, in case "
                "the run is stopped; choose another place with -o."
            ) from error
        self._file.seek(0)
        place = 0
        for row in self._file:
            if row.endswith(b"\n"):
                self._places[row[:64].decode("ascii", "replace")] = place
            place += len(row)
        if place and not row.endswith(b"\n"):  # stopped in the middle of a line
            self._file.write(b"\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()
        if kind is None:
            with contextlib.suppress(OSError):
                self._path.unlink()

    def get(self, report: Report) -> Reading | None:
        """The reading of a report, if it has been read before."""
        place = self._places.get(_name(report))
        if place is None or self._file is None:
            return None
        self._file.seek(place + 64)
        try:
            found = decoded(self._file.readline())
        except Exception:  # whatever is wrong with the line: the report is read anew
            return None
        self.taken += 1
        return found

    def put(self, report: Report, reading: Reading) -> None:
        """Keep the reading of a report. Raises WriteError when the disk is full."""
        if self._file is None:
            return
        try:
            self._file.seek(0, 2)
            self._file.write(_name(report).encode() + encoded(reading) + b"\n")
            self._file.flush()
        except OSError as error:
            raise WriteError(f"{self._path}: cannot be written ({error.strerror}).") from error


def _name(report: Report) -> str:
    """The same for the same report as long as it is read in the same way."""
    return hashlib.sha256(f"{__version__} {report!r}".encode("utf-8", "backslashreplace")).hexdigest()


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


def _fields(record: type) -> dict[str, Any]:
    from typing import get_type_hints

    if record not in _HINTS:
        _HINTS[record] = get_type_hints(record)
    return _HINTS[record]


_HINTS: dict[type, dict[str, Any]] = {}

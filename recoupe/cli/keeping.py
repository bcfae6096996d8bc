"""Keeping: readings of a run that may be stopped, beside its result, so that the next run goes on from there."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from recoupe import __version__
from recoupe.errors import WriteError
from recoupe.records import Reading, Report
from recoupe.writing.remembering import NAMELESS, decoded, encoded


class Kept:
    """Readings by their reports, in the file at `path`, one line each; without a path they are forgotten.

    Use as a context; the file is removed at its end, unless the work was stopped. A line that is not whole, or was
    written by another version, is read anew. `taken` is how many readings came from the file. Raises WriteError if it
    cannot be written. `know` adds readings that are kept elsewhere.
    """

    def __init__(self, path: Path | None) -> None:
        self.taken = 0
        self._path = path
        self._known: dict[str, Reading] = {}
        self._names: dict[int, str] = {}
        self._places: dict[str, int] = {}
        self._file: BinaryIO | None = None

    def __enter__(self) -> Kept:
        if self._path is None:
            return self
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
        if kind is None and self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()

    def know(self, name: str, reading: Reading) -> None:
        """Take up the reading of a report that is kept elsewhere."""
        self._known[name] = reading
        self._names[id(reading)] = name

    def name_of(self, reading: Reading) -> str:
        """The name of the report of a reading that went through here."""
        return self._names.get(id(reading), NAMELESS)

    def get(self, report: Report) -> Reading | None:
        """The reading of a report, if it has been read before."""
        name = _name(report)
        if name in self._known:
            return self._known[name]
        place = self._places.get(name)
        if place is None or self._file is None:
            return None
        self._file.seek(place + 64)
        try:
            found = decoded(self._file.readline())
        except Exception:  # whatever is wrong with the line: the report is read anew
            return None
        self.taken += 1
        self._names[id(found)] = name
        return found

    def put(self, report: Report, reading: Reading) -> None:
        """Keep the reading of a report. Raises WriteError when the disk is full."""
        name = self._names[id(reading)] = _name(report)
        if self._file is None:
            return
        try:
            self._file.seek(0, 2)
            self._file.write(name.encode() + encoded(reading) + b"\n")
            self._file.flush()
        except OSError as error:
            raise WriteError(f"{self._path}: cannot be written ({error.strerror}).") from error


def _name(report: Report) -> str:
    """The same for the same report as long as it is read in the same way."""
    return hashlib.sha256(f"{__version__} {report!r}".encode("utf-8", "backslashreplace")).hexdigest()

"""Source: bytes with an address, from a file, the web or standard input, before anyone knows what kind they are."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from recoupe.errors import LoadError
from recoupe.loading import files
from recoupe.loading.fetched import Fetched
from recoupe.loading.unpacking import GZIP, ZSTD, Unpacked, Zstandard

_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Source:
    """`open` gives the content from its beginning, each time anew; who opens it closes it.

    `address` is what messages call it and `name` what its kind may be told by. `file` is its path, None where it is no
    file; `url` is where it was fetched; `media` and `charset` are what the server called it. `led`: something else led
    here, and how `deep`.
    """

    address: str
    name: str
    open: Callable[[], BinaryIO]
    file: Path | None = None
    url: str | None = None
    media: str = ""
    charset: str | None = None
    led: bool = False
    deep: int = 0

    def head(self, most: int = _HEAD) -> bytes:
        """The first bytes. Raises LoadError."""
        with self.open() as stream:
            return read_up_to(stream, most, self.address)

    def whole(self, most: int = files.LIMIT) -> bytes:
        """All bytes. Raises LoadError if there are more than `most`."""
        with self.open() as stream:
            data = read_up_to(stream, most + 1, self.address)
        if len(data) > most:
            raise LoadError(f"{self.address}: has more than {most >> 20} MB; split it into smaller files.")
        return data

    def unpacked(self) -> Source:
        """The same without its gzip or Zstandard packing, if it has one."""
        head = self.head(4)
        if head.startswith(GZIP):
            return replace(self, name=_without(self.name, ".gz"), open=lambda: _reader(self, False))
        if head == ZSTD:
            return replace(self, name=_without(self.name, ".zst"), open=lambda: _reader(self, True))
        return self


def _without(name: str, ending: str) -> str:
    return name[: -len(ending)] if name.lower().endswith(ending) else name


def _reader(source: Source, zstandard: bool) -> BinaryIO:
    raw = Unpacked(source.open(), source.address, *([Zstandard] if zstandard else []))
    return cast(BinaryIO, io.BufferedReader(raw, _HEAD))


def read_up_to(stream: BinaryIO, most: int, address: str) -> bytes:
    """At most so many bytes. Raises LoadError where reading fails."""
    parts, left = [], most
    try:
        while left > 0 and (part := stream.read(left)):
            parts.append(part)
            left -= len(part)
    except OSError as error:
        raise LoadError(f"{address}: cannot be read ({error.strerror or error}).") from None
    return b"".join(parts)


def lines_of(source: Source, most: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a source, numbered from 1; None for one that is longer than `most`."""
    with source.open() as stream:
        number = 0
        while line := stream.readline(most + 1):
            number += 1
            if len(line) > most and not line.endswith(b"\n"):
                while (more := stream.readline(1 << 20)) and not more.endswith(b"\n"):
                    pass
                yield number, None
                continue
            yield number, line


def of_file(file: Path) -> Source:
    """A file. Raises LoadError if there is none."""
    files.check(file)
    return Source(str(file), file.name, lambda: _opened(file), file=file)


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except (OSError, ValueError) as error:
        raise LoadError(f"{file}: cannot be read ({getattr(error, 'strerror', None) or error}).") from error


def of_bytes(data: bytes, address: str, name: str = "") -> Source:
    """Bytes that are there already."""
    return Source(address, name, lambda: io.BytesIO(data))


def of_fetched(fetched: Fetched, led: bool = False, deep: int = 0) -> Source:
    """What the web gave."""
    body = fetched.body
    name = fetched.url.partition("?")[0].rpartition("/")[2]
    return Source(
        fetched.address, name, lambda: io.BytesIO(body), None, fetched.url, fetched.media, fetched.charset, led, deep
    )


def of_standard_input() -> Source:
    """What is piped in. Raises LoadError."""
    if sys.stdin is None or sys.stdin.closed:
        raise LoadError("-: there is no standard input.")
    data = sys.stdin.buffer.read(files.LIMIT + 1)
    if len(data) > files.LIMIT:
        raise LoadError(f"-: standard input has more than {files.LIMIT >> 20} MB; give a file instead.")
    return of_bytes(data, "-")

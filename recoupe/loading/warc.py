"""WARC: the records of a web archive, plain, gzip or Zstandard, read forward within bounds.

A record that is damaged costs itself; reading goes on at the next place where a record begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from recoupe.errors import LoadError
from recoupe.loading.sources import Source
from recoupe.loading.unpacking import GZIP, ZSTD, ZSTD_DICTIONARY, Damaged, Members, Truncated, Zlib, Zstandard

_CHUNK = 1 << 16
_LONGEST_LINE = 1 << 16
_MOST_HEADERS = 500
_LARGEST_DICTIONARY = 16 * 1024 * 1024
_MOST_FAULTS = 1000
_MOST_TRIES = 100_000  # places of one archive that are tried for the beginning of a member
_MOST_AGAIN = 256 * 1024 * 1024  # bytes of one archive that are looked through a second time
_BEGINS = re.compile(rb"(?:^|\n)(WARC/[01]\.\d+\r?\n)")
_KINDS = frozenset({"response", "resource", "conversion"})
"""The types of record that hold a page; the others are requests, metadata and the like."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record that holds a page: its place in the archive (from 1), its headers in small letters, its block."""

    number: int
    headers: dict[str, str]
    block: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of the archive, as the end of a sentence."""

    number: int
    why: str


def begins_archive(source: Source) -> bool:
    """Whether a source begins as a WARC file does, packed or not."""
    head = source.head(1 << 16)
    if head.startswith(b"WARC/"):
        return True
    try:
        if head.startswith(GZIP):
            return Zlib().feed(head, 16).startswith(b"WARC/")
        if head.startswith(ZSTD):
            return Zstandard().feed(head, 16).startswith(b"WARC/")
    except ValueError:
        return False
    return head.startswith(ZSTD_DICTIONARY)


def records(source: Source, most: int) -> Iterator[Record | Fault]:
    """The pages of an archive in order, and what is wrong with it in between. A block has at most `most` bytes.

    Raises LoadError where the archive unpacks to more than any archive of reports does, or is damaged all over.
    """
    with source.open() as stream:
        reader = _Reader(_unpacking(source, stream))
        number = faults = 0
        while True:
            number += 1
            try:
                found = _record(reader, number, most)
            except Damaged as error:
                faults += 1
                if faults > _MOST_FAULTS:
                    raise LoadError(
                        f"{source.address}: is damaged in more than {_MOST_FAULTS:,} places; the rest was not read."
                    ) from None
                yield Fault(number, f"{error}; reading goes on at the next record.")
                if not reader.find_next():
                    return
            except Truncated:
                yield Fault(number, "the archive ends in the middle of this record; it was not loaded to its end.")
                return
            else:
                if found is None:
                    return
                if not isinstance(found, int):
                    yield found


def _record(reader: _Reader, number: int, most: int) -> Record | Fault | int | None:
    """The next record, what is wrong with it, 0 for one that holds no page, None at the end."""
    line = reader.line()
    while line is not None and not line.strip():
        line = reader.line()
    if line is None:
        return None
    if not line.startswith(b"WARC/"):
        raise Damaged("what stands here is no WARC record")
    headers = _headers(reader)
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdecimal() and len(length) < 16):
        raise Damaged("the record does not say how long it is")
    if headers.get("warc-type", "").lower() not in _KINDS:
        reader.skip(int(length))
        return 0
    if int(length) > most:
        reader.skip(int(length))
        return Fault(number, f"the record has {int(length):,} bytes, the limit is {most:,}; it was left out.")
    block = reader.read(int(length))
    after = reader.line()
    if after is not None and after.strip():
        reader.put_back(block + after)
        raise Damaged("the record does not end where it says")
    return Record(number, headers, block)


def _headers(reader: _Reader) -> dict[str, str]:
    headers: dict[str, str] = {}
    last = ""
    for _ in range(_MOST_HEADERS):
        line = reader.line()
        if line is None:
            raise Truncated
        if not line.strip():
            return headers
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in (" ", "\t") and last:
            headers[last] += " " + text.strip()
            continue
        name, colon, value = text.partition(":")
        if not colon:
            raise Damaged("the head of the record is damaged")
        last = name.strip().lower()
        headers[last] = value.strip()
    raise Damaged(f"the head of the record has more than {_MOST_HEADERS} lines")


# --- bytes --------------------------------------------------------------------------------------------


class _Plain:
    """Unpacked bytes as they stand in the file."""

    def __init__(self, stream: BinaryIO, pending: bytes = b"") -> None:
        self._stream, self._pending = stream, pending

    def more(self) -> bytes:
        """Some more bytes, none at the end."""
        data, self._pending = self._pending, b""
        return data or self._stream.read(_CHUNK)

    def to_next_member(self) -> bool:
        """There are no members."""
        return True


class _Members(Members):
    """Bytes that are packed in members, one a record as a rule."""

    _tries = 0

    def to_next_member(self) -> bool:
        """Go on to the next place where a member seems to begin; False if there is none."""
        self._now = None
        while self._tries < _MOST_TRIES:
            at = self._pending.find(self._magic)
            if at >= 0:
                self._pending = self._pending[at:]
                if self._opens():
                    return True
                self._pending = self._pending[1:]
                continue
            further = self._read()
            if not further:
                return False
            self._pending = self._pending[-len(self._magic) + 1 :] + further
        return False

    def _opens(self) -> bool:
        """Whether a record can be unpacked from here."""
        self._tries += 1
        if len(self._pending) < 1024:
            self._pending += self._read()
        try:
            return self._member().feed(self._pending[:4096], 5) == b"WARC/"
        except ValueError:
            return False


def _unpacking(source: Source, stream: BinaryIO) -> _Plain | _Members:
    head = stream.read(8)
    if head.startswith(GZIP):
        return _Members(stream, source.address, Zlib, b"\x1f\x8b\x08", head)
    if head.startswith(ZSTD):
        return _Members(stream, source.address, Zstandard, ZSTD, head)
    if head.startswith(ZSTD_DICTIONARY):
        dictionary = _dictionary(source, stream, int.from_bytes(head[4:], "little"))
        return _Members(stream, source.address, lambda: Zstandard(dictionary), ZSTD)
    return _Plain(stream, head)


def _dictionary(source: Source, stream: BinaryIO, length: int) -> bytes:
    """The dictionary that a .warc.zst file begins with, itself packed or not."""
    packed = stream.read(length) if length <= _LARGEST_DICTIONARY else b""
    if len(packed) != length or not packed:
        raise LoadError(f"{source.address}: the dictionary that it begins with is damaged; nothing was read.")
    if not packed.startswith(ZSTD):
        return packed
    try:
        return Zstandard().feed(packed, _LARGEST_DICTIONARY)
    except ValueError as error:
        raise LoadError(f"{source.address}: the dictionary that it begins with is damaged ({error}).") from None


class _Reader:
    """Lines and blocks of what is unpacked."""

    def __init__(self, source: _Plain | _Members) -> None:
        self._source = source
        self._buffer = b""
        self._at = self._again = 0

    def line(self) -> bytes | None:
        """The next line with its end, None after the last. Raises Damaged for one that is too long."""
        while True:
            end = self._buffer.find(b"\n", self._at)
            if end >= 0:
                line = self._buffer[self._at : end + 1]
                self._at = end + 1
                return line
            if len(self._buffer) - self._at > _LONGEST_LINE:
                raise Damaged("a line of the head of the record has no end")
            if not self._fill():
                if self._at >= len(self._buffer):
                    return None
                line, self._at = self._buffer[self._at :], len(self._buffer)
                return line

    def read(self, count: int) -> bytes:
        """So many bytes. Raises Truncated if there are fewer."""
        parts, left = [], count
        while left:
            part = self._buffer[self._at : self._at + left]
            self._at += len(part)
            left -= len(part)
            parts.append(part)
            if left and not self._fill():
                raise Truncated
        return b"".join(parts)

    def skip(self, count: int) -> None:
        """Pass over so many bytes. Raises Truncated if there are fewer."""
        while count:
            there = min(count, len(self._buffer) - self._at)
            self._at += there
            count -= there
            if count and not self._fill():
                raise Truncated

    def put_back(self, data: bytes) -> None:
        """Have bytes that were read come again, unless so many have that it takes too long."""
        self._again += len(data)
        if self._again > _MOST_AGAIN:
            return
        self._buffer, self._at = data + self._buffer[self._at :], 0

    def find_next(self) -> bool:
        """Go on to where a record seems to begin; False if there is none."""
        rest, self._buffer, self._at = self._buffer[self._at :], b"", 0
        if isinstance(self._source, _Members):
            return self._source.to_next_member()
        self._buffer = rest
        while True:
            found = _BEGINS.search(self._buffer)
            if found:
                self._at = found.start(1)
                return True
            self._buffer = self._buffer[-32:]
            if not self._fill():
                return False

    def _fill(self) -> bool:
        more = self._source.more()
        self._buffer = self._buffer[self._at :] + more
        self._at = 0
        return bool(more)

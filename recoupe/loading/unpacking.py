"""Unpacking: what is compressed, as a stream that never grows without bound."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from recoupe.errors import LoadError

GZIP, ZSTD, ZSTD_DICTIONARY = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"

_CHUNK = 1 << 16
_ALWAYS = 256 * 1024 * 1024  # bytes that a small file may unpack to
_RATIO = 100  # and so many times its size; news packs to a fifth, a bomb to a thousandth


class Packed(Protocol):
    """A decompressor of one member: `feed` gives at most `most` bytes; it is `done` at the member's end."""

    done: bool
    rest: bytes

    def feed(self, data: bytes, most: int) -> bytes:
        """Unpack `data` and what was left of earlier data. Raises ValueError for what is damaged."""
        ...


class Zlib:
    """gzip, zlib or, with negative `bits`, a bare deflate stream."""

    def __init__(self, bits: int = 31) -> None:
        self._inner = zlib.decompressobj(bits)
        self.done = False
        self.rest = b""

    def feed(self, data: bytes, most: int) -> bytes:
        """As Packed."""
        try:
            out = self._inner.decompress(self._inner.unconsumed_tail + data, most)
        except zlib.error as error:
            raise ValueError(str(error)) from None
        if self._inner.eof:
            self.done, self.rest = True, self._inner.unused_data
        return out


class Zstandard:
    """One frame of Zstandard. Its window is bounded, so that no frame asks for gigabytes."""

    _WINDOW = 128 * 1024 * 1024
    _PART = 512  # packed bytes at a time: four of them may hold 128 KiB

    def __init__(self, dictionary: bytes | None = None) -> None:
        import zstandard

        self._error = zstandard.ZstdError
        known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._inner = zstandard.ZstdDecompressor(dict_data=known, max_window_size=self._WINDOW).decompressobj(
            read_across_frames=False
        )
        self._waiting = b""
        self._at = 0
        self._ready = bytearray()
        self.done = False
        self.rest = b""

    def feed(self, data: bytes, most: int) -> bytes:
        """As Packed."""
        if data:
            self._waiting, self._at = self._waiting[self._at :] + data, 0
        try:
            while self._at < len(self._waiting) and len(self._ready) < most and not self._inner.eof:
                part = self._waiting[self._at : self._at + self._PART]
                self._at += len(part)
                self._ready += self._inner.decompress(part)
        except (self._error, MemoryError) as error:
            raise ValueError(str(error)) from None
        out = bytes(self._ready[:most])
        del self._ready[:most]
        if self._inner.eof and not self._ready:
            self.done, self.rest = True, self._inner.unused_data + self._waiting[self._at :]
        return out


class Damaged(Exception):
    """What stands here cannot be unpacked, or is something else."""


class Truncated(Exception):
    """The file ends within a member or a record."""


class Members:
    """What members that stand one after another unpack to, read forward only.

    `magic` is what every member begins with; without it anything is tried, after the zeros that may fill up a file.
    """

    def __init__(
        self, stream: BinaryIO, address: str, member: Callable[[], Packed], magic: bytes = b"", pending: bytes = b""
    ) -> None:
        self._stream, self._member, self._magic, self._pending = stream, member, magic, pending
        self._now: Packed | None = None
        self._fed = b""
        self._bound = Bound(address)
        self.begun = False

    @property
    def gave_any(self) -> bool:
        """Whether anything came out yet; `begun` tells whether the present member has taken anything."""
        return self._bound.gave_any

    def more(self, most: int = _CHUNK) -> bytes:
        """The next bytes, at most so many, none at the end.

        Raises Damaged and Truncated, and LoadError where more comes out than any file of reports holds.
        """
        while True:
            if self._now is not None and self._now.done:
                self._pending, self._now = self._now.rest + self._pending, None
            data, self._pending = self._pending, b""
            if self._now is None:
                data = self._beginning(data)
                if not data:
                    return b""
                self._now, self.begun = self._member(), False
            self._fed = data or self._fed
            try:
                out = self._now.feed(data, most)
            except ValueError as error:
                # the next member may begin in what was fed already, so all of that may be looked through
                self._pending, self._now = self._fed[1:], None
                raise Damaged(f"its packing is damaged ({error})") from None
            self.begun = True
            self._bound.gave(len(out))
            if out:
                return out
            if not self._now.done and not data:  # only now: what is read too early piles up
                self._pending = self._read()
                if not self._pending:
                    raise Truncated

    def _beginning(self, data: bytes) -> bytes:
        """The first bytes of the next member, of which `data` were read; none at the end. Raises Damaged."""
        if not self._magic:
            return data.lstrip(b"\0") or self._read()
        data = data or self._read()
        while data and len(data) < len(self._magic) and (further := self._read()):
            data += further
        if data and not data.startswith(self._magic):
            self._pending = data
            raise Damaged("what stands here is not packed as the rest is")
        return data

    def _read(self) -> bytes:
        data = self._stream.read(_CHUNK)
        self._bound.took(len(data))
        return data


class Unpacked(io.RawIOBase):
    """The content of a file of one member or many, read forward only.

    Raises LoadError for a damaged or truncated file, and for one that unpacks to more than a hundred times its size.
    """

    def __init__(self, packed: BinaryIO, address: str, member: Callable[[], Packed] = Zlib) -> None:
        self._packed, self._address = packed, address
        self._members = Members(packed, address, member)
        self._ended = False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: object) -> int:
        """As RawIOBase."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._next(len(view)) if len(view) and not self._ended else b""
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file underneath too."""
        self._packed.close()
        super().close()

    def _next(self, most: int) -> bytes:
        try:
            return self._members.more(most)
        except Damaged as error:
            if not self._members.begun and self._members.gave_any:
                self._ended = True  # something else after the last member, as gzip itself allows
                return b""
            raise LoadError(f"{self._address}: is damaged, it cannot be unpacked ({error}).") from None
        except Truncated:
            raise LoadError(f"{self._address}: ends in the middle; it was not loaded or copied to its end.") from None


class Bound:
    """How much may be unpacked of one file: a hundred times what was read of it, or 256 MB."""

    def __init__(self, address: str, always: int = _ALWAYS) -> None:
        self._address, self._always = address, always
        self._in = self._out = 0

    def took(self, count: int) -> None:
        """So many packed bytes were read."""
        self._in += count

    @property
    def gave_any(self) -> bool:
        """Whether anything came out yet."""
        return self._out > 0

    def gave(self, count: int) -> None:
        """So many bytes came out of them. Raises LoadError when it is too much."""
        self._out += count
        if self._out > max(self._always, _RATIO * self._in):
            raise LoadError(
                f"{self._address}: unpacks to more than {_RATIO} times its size ({self._out >> 20} MB so far), "
                "as no reports do; nothing more was read of it."
            )


def unpack(data: bytes, address: str, coding: str, most: int, cut: bool = False) -> bytes:
    """The body of an HTTP answer. Raises LoadError if it is damaged, has more than `most` bytes or another coding;
    with `cut` what is too much, or missing at the end, is left out instead."""
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return data[:most] if cut else data
    body = bytearray()
    member = _coded(coding, data, address)
    try:
        pending = data
        while not member.done and len(body) <= most:
            part = member.feed(pending, most + 1 - len(body))
            pending = b""
            body += part
            if not part and not member.done:
                if cut:
                    break
                raise LoadError(f"{address}: the body ends too early; nothing was read.")
    except ValueError as error:
        raise LoadError(f"{address}: the body is not compressed as it says ({error}).") from None
    if len(body) > most and not cut:
        raise LoadError(f"{address}: has more than {most} bytes; nothing was read.")
    return bytes(body[:most])


def _coded(coding: str, data: bytes, address: str) -> Packed:
    if coding in ("gzip", "x-gzip"):
        return Zlib()
    if coding == "deflate":  # zlib by the standard, bare by some servers
        return Zlib(15 if data[:1] and data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0 else -15)
    if coding == "zstd":
        return Zstandard()
    raise LoadError(f"{address}: the body is compressed as {coding[:40]!r}, which cannot be read.")

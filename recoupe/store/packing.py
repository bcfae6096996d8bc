"""Packing: records to bytes and back, exactly, and the digests by which they are known."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import fields, make_dataclass, replace
from functools import cache
from typing import Any, TypeVar, get_type_hints

import msgspec
import zstandard

from recoupe.errors import StoreError
from recoupe.records import Amount, Article, Claim, Kind, Named, Period, Reading, Report, Stance
from recoupe.records.article import Article as _Article
from recoupe.records.kept import Sealed

_T = TypeVar("_T")
_LEVEL = 3
_LETTERS = 10  # of an id: of a hundred thousand articles two have the same by a chance of one in a quarter million
_MOST = 256 * 1024 * 1024  # no record is larger than this when unpacked
_VALUES: dict[Kind, Any] = {
    Kind.COUNT: Amount,
    Kind.QUANTITY: Amount,
    Kind.TIME: Period,
    Kind.ENTITY: Named,
    Kind.STANCE: Stance,
}
NOWHERE = _Article("", "", "", "", "")
"""The article of a reading that is kept by itself."""


def packed(record: object) -> bytes:
    """A record as bytes; the same record gives the same bytes. Raises StoreError for text that UTF-8 cannot hold."""
    return _compressed(_encoded(record))


def _compressed(encoded: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(encoded)


def unpacked(data: bytes, kind: type[_T]) -> _T:
    """A record back from its bytes. Raises StoreError for what is damaged; unknown fields are passed over."""
    try:
        return msgspec.msgpack.decode(_plain(data), type=kind)
    except msgspec.MsgspecError as error:
        raise StoreError(f"a kept {kind.__name__.lower()} cannot be opened: {error}.") from error


def packed_reading(reading: Reading) -> bytes:
    """A reading without its article, which is kept by itself."""
    return packed(replace(reading, article=NOWHERE))


def unpacked_reading(data: bytes, article: Article) -> Reading:
    """The reading of an article, as it was. Raises StoreError for what is damaged."""
    return _reading(unpacked(data, _raw_reading()), article)


def opened(sealed: Sealed) -> Article:
    """The article of a version that was kept. Raises StoreError for what is damaged."""
    return replace(unpacked(sealed.article, Article), id=sealed.id)


def opened_reading(sealed: Sealed) -> Reading:
    """The reading of a version that has one. Raises StoreError for what is damaged."""
    return unpacked_reading(sealed.reading or b"", opened(sealed))


class Heading(msgspec.Struct):
    """What an article begins with, opened without the rest."""

    title: str = ""
    published: str | None = None


def heading(sealed: Sealed) -> Heading:
    """Title and time of the article of a version. Raises StoreError for what is damaged."""
    return unpacked(sealed.article, Heading)


def reading_from(built: object) -> Reading:
    """A reading without its article, from what its JSON holds. Raises StoreError for what is none."""
    try:
        return _reading(msgspec.convert(built, _raw_reading()), NOWHERE)
    except (msgspec.MsgspecError, ValueError) as error:
        raise StoreError(f"this is no reading ({error}).") from None


def _reading(raw: Any, article: Article) -> Reading:
    parts = {f.name: getattr(raw, f.name) for f in fields(Reading)}
    parts["article"] = article
    parts["claims"] = tuple(_claim(claim) for claim in raw.claims)
    return Reading(**parts)


def _claim(raw: Any) -> Claim:
    parts = {f.name: getattr(raw, f.name) for f in fields(Claim)}
    fits = _VALUES[raw.kind]
    named = raw.value.keys()
    if not named <= {f.name for f in fields(fits)}:  # a value that is not the usual one of its kind
        fits = next((v for v in (Amount, Period, Named, Stance) if named <= {f.name for f in fields(v)}), None)
        if fits is None:
            raise ValueError("a claim has a value of no kind")
    parts["value"] = msgspec.convert(raw.value, fits)
    return Claim(**parts)


@cache
def _raw_reading() -> type[Any]:
    """A Reading whose claims hold their values as they come: of several records msgspec cannot tell which is meant."""
    hints = get_type_hints(Claim)
    claim = make_dataclass(
        "RawClaim", [(f.name, dict if f.name == "value" else hints[f.name], f) for f in fields(Claim)], frozen=True
    )
    hints = get_type_hints(Reading)
    shape = [
        (f.name, tuple[claim, ...] if f.name == "claims" else hints[f.name], f)  # type: ignore[valid-type]
        for f in fields(Reading)
    ]
    return make_dataclass("RawReading", shape, frozen=True)


def _encoded(record: object) -> bytes:
    try:
        return msgspec.msgpack.encode(record)
    except UnicodeEncodeError as error:
        raise StoreError(f"a record holds a lone half of a character ({error.reason}); it cannot be kept.") from None
    except OverflowError:
        raise StoreError("a record holds a whole number beyond all bounds; it cannot be kept.") from None


def _plain(data: bytes) -> bytes:
    try:
        return zstandard.ZstdDecompressor().decompress(data, max_output_size=_MOST)
    except zstandard.ZstdError as error:
        raise StoreError(f"a kept record is damaged ({error}); restore the store from a copy.") from error


# --- digests ------------------------------------------------------------------------------------------


def digest(record: object) -> str:
    """What a record is known by: 32 hexadecimal digits. Raises StoreError for text that UTF-8 cannot hold."""
    return hashlib.sha256(_encoded(record)).hexdigest()[:32]


def digest_and_body(record: object) -> tuple[str, bytes]:
    """What a record is known by, and its bytes, encoded once. Raises StoreError for text that UTF-8 cannot hold."""
    encoded = _encoded(record)
    return hashlib.sha256(encoded).hexdigest()[:32], _compressed(encoded)


def report_digest(report: Report) -> str:
    """What a report is known by: all that came, and where from; not in which row of a table it stood."""
    return digest(replace(report, address=report.address.partition("#")[0]))


def read_digest(article: Article) -> str:
    """What a reading is known by: all of the article that it can rest on, not what we call it."""
    return digest(replace(article, id="", path=""))


def told_digest(article: Article) -> str:
    """What tells one version of an article from another: what a reader of it is told.

    Page furniture is not, nor is the time of the last change, which some pages renew at every visit.
    """
    text, at, kept = article.text, 0, []
    for span in article.clutter:
        kept.append(text[at : span.start])
        at = max(at, span.end)
    kept.append(text[at:])
    words = " ".join("".join(kept).split())
    return digest((article.title, words, article.outlet, article.authors, article.published, article.credits))


def id_of(key: str, letter: str = "a", attempt: int = 0) -> str:
    """A short name that is always the same for one key; the next attempt gives another."""
    raw = hashlib.sha256(f"{key}\0{attempt}".encode("utf-8", "replace") if attempt else key.encode("utf-8", "replace"))
    return letter + base64.b32encode(raw.digest()).decode().lower()[:_LETTERS]

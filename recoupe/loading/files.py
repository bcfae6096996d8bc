"""Files and folders, and the report in a file that is a text or a page."""

from __future__ import annotations

import os
import re
from pathlib import Path

from recoupe.errors import LoadError
from recoupe.loading.decoding import decode
from recoupe.records import Report

SUFFIXES = frozenset({".txt", ".html", ".htm", ".md", ".json"})
"""What is read of a folder whatever is in it; other files are read when they are named."""

KINDS = frozenset({
    ".jsonl", ".ndjson", ".csv", ".tsv", ".xml", ".rss", ".atom", ".opml", ".warc", ".gz", ".zst", ".xhtml",
})  # fmt: skip
"""What is read of a folder where it turns out to be of a kind that holds reports."""

LIMIT = 64 * 1024 * 1024
"""The largest file, in bytes."""

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HOST = re.compile(r"(?:www\.|[\w-]+\.(?:com|org|net|info|[a-z]{2})/)[\w./-]*$")
_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


def is_folder(address: str) -> bool:
    """Whether a folder of that name is there."""
    try:
        return Path(address).is_dir()
    except (OSError, ValueError):
        return False


def key(file: Path) -> str:
    """The same for the same file, however its path is written."""
    try:
        return os.path.realpath(file)
    except (OSError, ValueError):
        return str(file)


def in_folder(folder: Path) -> list[Path]:
    """The files of SUFFIXES and KINDS below a folder, sorted, without hidden ones and links to folders.

    Raises LoadError if the folder cannot be read.
    """

    def failed(error: OSError) -> None:
        raise LoadError(f"{error.filename or folder}: the folder cannot be read ({error.strerror}).")

    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [Path(place, n) for n in names if not n.startswith(".") and Path(n).suffix.lower() in SUFFIXES | KINDS]
    return sorted(found)


def check(file: Path) -> int:
    """The size of a file. Raises LoadError, which says why, if there is none to be had."""
    try:
        if file.is_dir():
            raise LoadError(f"{file}: is a folder, a file was expected.")
        if file.exists() and not file.is_file():
            raise LoadError(f"{file}: is no regular file.")
        return file.stat().st_size
    except FileNotFoundError:
        hint = f"for a page, write https://{file}" if _HOST.match(str(file)) else "check the path"
        raise LoadError(f"{file}: there is no such file; {hint}.") from None
    except (OSError, ValueError) as error:
        raise LoadError(f"{file}: cannot be read ({getattr(error, 'strerror', None) or error}).") from error


def read_bytes(file: Path) -> bytes:
    """The content of a file. Raises LoadError, which says why, if there is none to be had."""
    size = check(file)
    if size > LIMIT:
        raise LoadError(f"{file}: has {size >> 20} MB, the limit is {LIMIT >> 20} MB; split it into one file a report.")
    try:
        return file.read_bytes()
    except (OSError, ValueError) as error:
        raise LoadError(f"{file}: cannot be read ({getattr(error, 'strerror', None) or error}).") from error


def read_file(file: Path) -> Report:
    """A file as a Report. Raises LoadError."""
    return as_report(read_bytes(file), str(file), page=is_page_name(file.name))


def is_page_name(name: str) -> bool:
    """Whether a file calls itself a page."""
    return Path(name).suffix.lower() in _PAGE_SUFFIXES


def as_report(data: bytes, address: str, page: bool = False, declared: str | None = None) -> Report:
    """Decode and tell a page from a text: by its file name if `page`, otherwise by its first characters."""
    text, notes = decode(data, address, declared, page=page)
    media = "html" if page or _PAGE.match(text[:8000]) else "text"
    return Report(address=address, media=media, content=text, notes=notes)

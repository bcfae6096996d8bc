"""Archives: the pages in a WARC file, such as those of Common Crawl's news set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from recoupe.errors import LoadError
from recoupe.loading.decoding import decode
from recoupe.loading.jobs import Job, failing
from recoupe.loading.pages import PAGES
from recoupe.loading.sources import Source
from recoupe.loading.unpacking import unpack
from recoupe.loading.visits import Visit, is_remote
from recoupe.loading.warc import Fault, Record, records
from recoupe.records import Report

_READ = (*PAGES, "text/plain")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")


def jobs(source: Source, visit: Visit, kind: str) -> Iterator[Job]:
    """One job a page that was archived with status 200; what else a crawl keeps (pictures, errors, requests) is passed
    over. A damaged record is a job that fails, and the next ones follow.
    """
    most = visit.settings.max_bytes
    for found in records(source, most):
        where = f"{source.address}#{found.number}"
        if isinstance(found, Fault):
            yield failing(where, found.why)
        else:
            yield Job("", where, partial(_report, found, where, most), named=False)


def _report(record: Record, where: str, most: int) -> Report | None:
    """The page in a record, None if it holds none."""
    media, _, parameters = record.headers.get("content-type", "").partition(";")
    address = record.headers.get("warc-target-uri", "").strip("<> ")
    url = address if is_remote(address) else None
    if media.strip().lower() == "application/http":
        return _of_answer(record.block, where, url, most)
    if url is None and record.headers.get("warc-type", "").lower() == "resource":
        return None  # what a crawler saves of itself: its log, its arguments
    return _of_body(record.block, where, url, media, parameters)


def _of_answer(block: bytes, where: str, url: str | None, most: int) -> Report | None:
    head, _, body = block.partition(b"\r\n\r\n") if b"\r\n\r\n" in block[:_HEAD] else block.partition(b"\n\n")
    status = _STATUS.match(head)
    if status is None:
        raise LoadError(f"{where}: holds no HTTP answer; it was left out.")
    if status[1] != b"200":
        return None
    headers = _http_headers(head)
    media, _, parameters = headers.get("content-type", "").partition(";")
    if media.strip().lower() not in ("", *_READ):
        return None
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    coding = headers.get("content-encoding", "")
    if coding and not _is_unpacked(body):
        body = unpack(body, where, coding, most)
    return _of_body(body, where, url, media, parameters)


def _of_body(body: bytes, where: str, url: str | None, media: str, parameters: str) -> Report | None:
    media = media.strip().lower()
    if media not in ("", *_READ):
        return None
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", parameters, re.I)
    text, notes = decode(body, where, charset[1] if charset else None, page=media != "text/plain")
    page = media in PAGES or (media == "" and "<" in text[:1000])
    return Report(address=where, media="html" if page else "text", content=text, url=url, notes=notes)


_HEAD = 1 << 17


def _http_headers(head: bytes) -> dict[str, str]:
    headers = {}
    for line in head[:_HEAD].split(b"\n")[1:500]:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return headers


def _joined(body: bytes) -> bytes:
    """A body without its chunking; as it is if a crawler has taken that away already."""
    parts: list[bytes] = []
    at = 0
    while size := _SIZE.match(body, at):
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return b"".join(parts) if parts and at >= len(body) else body


def _is_unpacked(body: bytes) -> bool:
    """Whether a crawler has unpacked a body and left the header that names its packing."""
    return body[:200].lstrip()[:1] == b"<"

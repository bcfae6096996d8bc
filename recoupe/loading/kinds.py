"""Kinds: what a source is, by its content first and its name second, and what it gives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import import_module

from recoupe.errors import LoadError
from recoupe.loading import files, pages
from recoupe.loading.decoding import decode
from recoupe.loading.jobs import Job
from recoupe.loading.sources import Source
from recoupe.loading.visits import DEEPEST, Visit
from recoupe.loading.xml import root_of
from recoupe.records import Problem, Report

_MODULES = {
    "archive": "archives",
    "feed": "feeds",
    "list": "lists",
    "site map": "sitemaps",
    "newsml": "newsml",
    "telegram": "telegram",
    "ninjs": "ninjs",
    "table": "tables",
    "rows": "rows",
    "columns": "rows",
}
"""The file of this folder that reads a kind: its `jobs(source, visit, kind)`."""

_ROOTS = {
    "rss": "feed", "rdf": "feed", "feed": "feed", "channel": "feed",
    "opml": "list",
    "urlset": "site map", "sitemapindex": "site map",
    "newsmessage": "newsml", "newsitem": "newsml", "packageitem": "newsml", "newsitemset": "newsml",
    "html": "page",
}  # fmt: skip
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})(?=[\s/>])")
_ITEM = re.compile(r"[{\[]\s*(?:[\"{}\]\[]|$)")
_TEXTS = frozenset({".txt", ".md", ".html", ".htm"})
_LONGEST_LINE = 15 * 1024 * 1024


def jobs(source: Source, visit: Visit) -> Iterator[Job]:
    """What is to be read of a source. Raises LoadError for what is of no kind."""
    if source.deep > DEEPEST:
        raise LoadError(f"{source.address}: stands {source.deep} lists deep; no more than {DEEPEST} are followed.")
    source = source if _is_archive(source) else source.unpacked()
    kind = kind_of(source, visit)
    if kind in _MODULES:
        if source.file and not visit.is_new(files.key(source.file)):
            visit.tell(Problem(source.address, "load", "given twice, read once"))
            return
        module = import_module(f"recoupe.loading.{_MODULES[kind]}")  # each opens its own libraries
        yield from module.jobs(source, visit, kind)
        return
    key = files.key(source.file) if source.file else ""
    yield Job(key, source.address, lambda: _one(source, kind, visit), named=not source.led)


def _one(source: Source, kind: str, visit: Visit) -> Report:
    """A source that is one report. Raises LoadError, which is remembered of an address of the web."""
    try:
        return _report(source, kind)
    except LoadError as error:
        visit.could_not_read(source.address, error)
        raise


def kind_of(source: Source, visit: Visit) -> str:
    """The kind of a source: one of _MODULES, or 'page' or 'text'. Raises LoadError for XML that is of none."""
    if _is_archive(source):
        return "archive"
    head = source.head()
    ending = "." + source.name.lower().rpartition(".")[2]
    if not head.strip() or ending in (".html", ".htm", ".xhtml"):
        return "page"
    try:
        text = decode(head, source.address, source.charset, page=True)[0].lstrip("\ufeff \t\r\n\x0b\x0c")
    except LoadError:
        return "text"
    if text.startswith("<"):
        return _of_markup(text, ending, source)
    if ending in (".jsonl", ".ndjson") or "ndjson" in source.media or "jsonl" in source.media:
        return "rows"
    if ending == ".json" or source.media.endswith("json") or (ending not in _TEXTS and _ITEM.match(text)):
        return _of_json(source, text)
    if ending in (".csv", ".tsv") or source.media in ("text/csv", "text/tab-separated-values"):
        return "columns"
    if ending not in _TEXTS:
        from recoupe.loading.rows import looks_like_columns

        if looks_like_columns(text, visit.settings):
            return "columns"
    return "text"


def _is_archive(source: Source) -> bool:
    from recoupe.loading.warc import begins_archive

    return begins_archive(source)


def _of_markup(text: str, ending: str, source: Source) -> str:
    at, _ = root_of(text)
    root = _ROOT.match(text, at) if at >= 0 and not text[:at].rpartition(">")[2].strip() else None
    kind = _ROOTS.get(root[1].lower()) if root else None
    if kind:
        return kind
    if ending in (".xml", ".rss", ".atom", ".opml"):
        found = f"its root is {root[1][:60]!r}" if root else "it has no root"
        raise LoadError(
            f"{source.address}: is XML of a kind that holds no reports known to us ({found}); "
            "known are RSS, Atom, OPML, site maps and NewsML-G2."
        )
    return "page" if source.media in pages.PAGES or (source.media and source.media != "text/plain") else "text"


def _of_json(source: Source, text: str) -> str:
    """By the names in it; a line that is an object by itself, with more below, makes it rows."""
    if text.startswith("{") and _is_lines(source):
        return "rows"
    keys = set(re.findall(r"\"([\w$@-]{1,40})\"\s*:", text[:20000]))
    if text.startswith("{"):
        if _is_telegram(text, keys):
            return "telegram"
        if _is_ninjs(keys) and "articles" not in keys:
            return "ninjs"
        return "table"
    return "ninjs" if _is_ninjs(keys) else "rows" if re.match(r"\[\s*(\{|\]$)", text) else "table"


def _is_telegram(text: str, keys: set[str]) -> bool:
    if "messages" in keys and ("type" in keys or "id" in keys) and ("date" in keys or "name" in keys):
        return True
    return "chats" in keys and "list" in keys and bool(keys & {"about", "messages", "personal_information", "contacts"})


def _is_ninjs(keys: set[str]) -> bool:
    """The names that ninjs 1 to 3 give and that other JSON hardly has together."""
    marks = {
        "body_text", "body_html", "body_xhtml", "bodies", "headlines", "versioncreated", "versionCreated",
        "contentcreated", "contentCreated", "firstcreated", "firstCreated", "pubstatus", "pubStatus", "usageterms",
        "usageTerms", "infosources", "infoSources", "ednote", "edNote", "copyrightholder", "copyrightHolder",
        "representationtype", "representationType", "standard",
    }  # fmt: skip
    return "uri" in keys and len(keys & marks) >= 1


def _is_lines(source: Source) -> bool:
    with source.open() as stream:
        first = stream.readline(_LONGEST_LINE)
        rest = stream.read(4096).lstrip()
    if not rest.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _report(source: Source, kind: str) -> Report:
    data = source.whole()
    if source.url:
        return pages.page_of(data, source.address, source.url, source.media, source.charset)
    return files.as_report(data, source.address, kind == "page" and files.is_page_name(source.name))

"""Feeds: the entries of RSS (0.9 to 2.0) and Atom (0.3, 1.0), in full, or with the page behind a teaser."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from recoupe.errors import LoadError
from recoupe.loading import markup, xml
from recoupe.loading.fetched import Unfetched
from recoupe.loading.jobs import Job, failing
from recoupe.loading.pages import as_page
from recoupe.loading.sources import Source
from recoupe.loading.visits import Visit, page_key, web_address
from recoupe.records import Problem, Report

_OTHER_SPACES = ("search.yahoo.com/mrss", "itunes.com", "google.com/schemas/play-podcasts", "georss.org")
_LONG, _LONG_SUMMARY = 500, 1500  # characters of a content, of a summary, that is the whole report
_CUT = ("…", "...", "[…]", "[...]", "(…)", "(...)")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what it says of its report, with its text. `whole`: the text is all of the report."""

    where: str
    link: str | None
    text: str
    whole: bool
    title: str | None
    outlet: str | None
    published: str | None
    updated: str | None
    language: str | None
    authors: tuple[str, ...]
    credits: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The same as long as nothing in the entry changes."""
        told = "\0".join(str(part) for part in (self.link, self.title, self.text, self.published, self.updated))
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]

    def report(self, note: str | None = None) -> Report:
        """The entry's own text as a report. Raises LoadError if it has none."""
        text = self.text or self.title or ""
        if not text.strip():
            raise LoadError(f"{self.where}: the entry holds no text.")
        return self.known(Report(self.link or self.where, "text", text, notes=(note,) if note else ()))

    def known(self, report: Report) -> Report:
        """A report with what the entry says of it."""
        return replace(
            report,
            url=report.url or self.link,
            outlet=self.outlet,
            published=self.published,
            updated=self.updated,
            language=report.language or (self.language if report.media == "text" else None),
            title=self.title,
            authors=self.authors,
            credits=self.credits,
        )


def jobs(source: Source, visit: Visit, kind: str) -> Iterator[Job]:
    """One job an entry. Raises LoadError for what is no feed."""
    root = xml.parse(source.whole(visit.settings.max_bytes), source.address, source.charset)
    feed = _Feed(root, source)
    follow = visit.settings.follow or source.url is not None
    most = visit.settings.most
    failed = False
    for number, element in enumerate(islice(feed.entries(), most + 1), 1):
        if number > most:
            told = f"{source.address}: has more than {most} entries; the first were read."
            visit.tell(Problem(source.address, "load", told))
            break
        job = _Reading(feed.entry(element, number, visit), source, visit, follow)
        yield Job(job.key, job.address, job.read, named=False)
        failed = failed or job.failed
    else:
        if not feed.some:
            yield failing(source.address, "the feed has no entries.")
    if failed and source.url:
        visit.forget_what_came(source.address)


class _Reading:
    """The reading of one entry; `failed` tells afterwards that it is worth trying again."""

    def __init__(self, entry: Entry, source: Source, visit: Visit, follow: bool) -> None:
        self._entry, self._visit = entry, visit
        self._led = follow and entry.link is not None and not entry.whole
        self._memory = f"{source.address}#{entry.link or entry.title or entry.where}"
        self.key = page_key(entry.link) if entry.link else ""
        self.address = entry.link or entry.where
        self.failed = False

    def read(self) -> Report | None:
        """As Job."""
        entry, visit = self._entry, self._visit
        if visit.is_known(self._memory, entry.digest):
            return None
        try:
            report = self._page() if self._led else entry.report()
        except Unfetched as error:
            self.failed = error.passing
            if not error.passing:
                visit.remember(self._memory, entry.digest)
            report = self._instead(error)
        except LoadError as error:
            visit.remember(self._memory, entry.digest)
            report = self._instead(error)
        else:
            visit.remember(self._memory, entry.digest)
        return report

    def _page(self) -> Report | None:
        assert self._entry.link is not None
        fetched = self._visit.fetch(self._entry.link, led=True)
        return None if fetched.unchanged else self._entry.known(as_page(fetched))

    def _instead(self, error: LoadError) -> Report:
        """The teaser, where the page behind it cannot be had; its error where there is no teaser either."""
        if not self._led or not self._entry.text:
            raise error
        self._visit.tell(Problem(self.address, "load", f"{error} The teaser of the feed was read in its place."))
        return self._entry.report("only the teaser of its feed could be read")


class _Feed:
    """What a feed says of all its entries, and its entries."""

    def __init__(self, root: Any, source: Source) -> None:
        self._root, self._source = root, source
        channel = root if xml.name_of(root) in ("feed", "channel") else xml.child(root, "channel")
        self._channel = root if channel is None else channel
        self._title = _line(xml.child(self._channel, "title"))
        told = xml.line_of(xml.child(self._channel, "language"), 20) or _inherited(self._channel, _LANG)
        self._language = told if told and told.isascii() else None
        self._base = _inherited(self._channel, _BASE) or source.url or _home(self._channel)
        self._atom = xml.name_of(root) == "feed"
        self.some = False

    def entries(self) -> Iterator[Any]:
        """The entries in the order of the feed, also those that a missing end tag has put into one another."""
        for element in self._root.iter():
            if xml.name_of(element) in ("item", "entry"):
                self.some = True
                yield element

    def entry(self, element: Any, number: int, visit: Visit) -> Entry:
        """One entry; an address in it that must not be followed is told, and left out."""
        where = f"{self._source.address}#{number}"
        parts = _parts(element)
        try:
            link = web_address(_link(element, parts), _inherited(element, _BASE) or self._base, where)
        except LoadError as error:
            visit.tell(Problem(where, "load", str(error)))
            link = None
        text, whole = _text(parts)
        published = _said(parts, "published", "pubdate", "issued", "date", "created")
        updated = _said(parts, "updated", "modified", "datemodified")
        return Entry(
            where,
            link,
            text,
            whole,
            _line(parts.get("title")),
            self._title,
            published,
            updated if updated != published else None,
            _language(xml.line_of(parts.get("language"), 20) or _inherited(element, _LANG)) or self._language,
            _authors(element),
            _credits(parts),
        )


def _parts(element: Any) -> dict[str, Any]:
    """The first child of each name; those of the extensions for films and podcasts are left out."""
    parts: dict[str, Any] = {}
    for part in element:
        space = xml.space_of(part)
        if not any(other in space for other in _OTHER_SPACES):
            name = "encoded" if "content" in space and xml.name_of(part) == "encoded" else xml.name_of(part)
            parts.setdefault(name, part)
    return parts


def _line(element: Any) -> str | None:
    """A title or a name, whether its mark-up is escaped or not."""
    return markup.line(xml.text_of(element)) if element is not None else None


def _said(parts: dict[str, Any], *names: str) -> str | None:
    return next((said for name in names if (said := xml.line_of(parts.get(name), 100))), None)


def _link(element: Any, parts: dict[str, Any]) -> str | None:
    """Where the entry's report is: Atom's alternate link, RSS's link, or a guid that calls itself an address."""
    for link in xml.children(element, "link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href"))
    said = xml.line_of(parts.get("link"), 4000) or xml.line_of(parts.get("origlink"), 4000)
    if said:
        return said
    guid = parts.get("guid")
    if guid is not None and guid.get("isPermaLink", "true").lower() != "false":
        address = xml.line_of(guid, 4000) or ""
        return address if address.startswith(("http://", "https://")) else None
    return None


def _text(parts: dict[str, Any]) -> tuple[str, bool]:
    """The longest text that an entry holds, and whether that is the whole report."""
    content = max((_content(parts.get(name)) for name in ("encoded", "content")), key=len)
    summary = max((_content(parts.get(name)) for name in ("description", "summary")), key=len)
    text, long = (content, _LONG) if len(content) >= len(summary) else (summary, _LONG_SUMMARY)
    return text, len(text) >= long and not text.endswith(_CUT)


def _content(element: Any) -> str:
    if element is None or (element.get("src") and not len(element)):
        return ""
    media = element.get("type", "html").lower()
    if "/" in media and not media.startswith("text/") and "xml" not in media:
        return ""  # a picture, say, in base64
    return markup.plain(xml.inner(element) if len(element) else element.text or "")


def _authors(element: Any) -> tuple[str, ...]:
    found = []
    for author in xml.children(element, "author", "creator"):
        name = xml.child(author, "name")
        said = markup.line(xml.text_of(author if name is None else name), 200)
        if said and "@" in said and "(" in said:  # RSS: address (name)
            said = said.partition("(")[2].rstrip(") ") or None
        if said and "@" not in said and "://" not in said:
            found.append(said)
    return tuple(dict.fromkeys(found))[:20]


def _credits(parts: dict[str, Any]) -> tuple[str, ...]:
    """The feed that an entry was taken over from."""
    source = parts.get("source")
    if source is None:
        return ()
    title = xml.child(source, "title")
    said = markup.line(xml.text_of(source if title is None else title), 200)
    return (said,) if said and "://" not in said else ()


def _language(told: str | None) -> str | None:
    return told if told and told.isascii() and told[:2].isalpha() else None


def _inherited(element: Any, name: str) -> str | None:
    """An attribute of an element or the nearest one around it."""
    while element is not None:
        if element.get(name):
            return str(element.get(name))
        element = element.getparent()
    return None


def _home(channel: Any) -> str | None:
    home = xml.line_of(xml.child(channel, "link"), 4000) or ""
    return home if home.startswith(("http://", "https://")) else None

"""Pages: one report at one address of the web."""

from __future__ import annotations

from recoupe.loading.decoding import decode
from recoupe.loading.fetched import Fetched
from recoupe.loading.guarding import Resolver, resolve
from recoupe.records import Report
from recoupe.settings import Settings

PAGES = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"


def read_page(address: str, settings: Settings, resolver: Resolver = resolve) -> Report:
    """Fetch one page. Raises LoadError, which says why there is none."""
    from recoupe.loading.fetching import Fetcher

    return as_page(Fetcher(settings, resolver).fetch(address))


def as_page(fetched: Fetched) -> Report:
    """What was fetched, as a page or a plain text. Raises LoadError for what is empty or binary."""
    return page_of(fetched.body, fetched.address, fetched.url, fetched.media, fetched.charset)


def page_of(body: bytes, address: str, url: str | None, media: str, charset: str | None) -> Report:
    """A body with what a server called it, as a page or a plain text. Raises LoadError for what is empty or binary."""
    text, notes = decode(body, address, charset, page=media != _TEXT)
    page = media in PAGES or (media != _TEXT and "<" in text[:1000])
    return Report(address=address, media="html" if page else "text", content=text, url=url, notes=notes)

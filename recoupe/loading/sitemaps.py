"""Site maps: the pages that a site lists for search engines, with what its news extension says of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from recoupe.errors import LoadError
from recoupe.loading import lists, markup, xml
from recoupe.loading.jobs import Job
from recoupe.loading.pages import as_page
from recoupe.loading.sources import Source
from recoupe.loading.visits import Visit, page_key, web_address
from recoupe.records import Problem, Report


@dataclass(frozen=True, slots=True)
class _Listed:
    """A page with what the map says of it."""

    address: str
    outlet: str | None
    language: str | None
    published: str | None
    title: str | None
    updated: str | None

    @property
    def digest(self) -> str:
        """The same as long as nothing that is said of the page changes."""
        return hashlib.sha256(repr(self).encode("utf-8", "replace")).hexdigest()[:32]


def jobs(source: Source, visit: Visit, kind: str) -> Iterator[Job]:
    """One job a page; a map of maps leads to those of each.

    Of the pages with news fields only those are read, if there are any; the latest first, for a map has no order of its
    own and may list more than is wanted.
    """
    root = xml.parse(source.whole(), source.address, source.charset)
    if not (visit.settings.follow or source.url):
        raise LoadError(
            f"{source.address}: is a site map; what a file leads to is fetched when that is asked for (--follow)."
        )
    if xml.name_of(root) == "sitemapindex":
        maps = [address for part in xml.children(root, "sitemap") if (address := _address(part, source, visit))]
        yield from lists.led(list(dict.fromkeys(maps)), source, visit)
        return
    pages = [page for part in xml.children(root, "url") if (page := _listed(part, source, visit))]
    news = [page for page in pages if page.title or page.published]
    chosen = sorted(news or pages, key=lambda page: page.published or page.updated or "", reverse=True)
    most = visit.settings.most
    if len(chosen) > most:
        told = f"{source.address}: lists {len(chosen)} pages; the latest {most} were read."
        visit.tell(Problem(source.address, "load", told))
    yield from _read(chosen[:most], source, visit)


def _read(chosen: list[_Listed], source: Source, visit: Visit) -> Iterator[Job]:
    failed = False
    for page in chosen:
        done: list[bool] = []
        yield Job(page_key(page.address), page.address, partial(_page, page, visit, done), named=False)
        failed = failed or not done
    if failed and source.url:
        visit.forget_what_came(source.address)


def _page(page: _Listed, visit: Visit, done: list[bool]) -> Report | None:
    """The page, None if neither it nor what the map says of it has changed; `done` gets something when it is read."""
    key = f"map#{page.address}"
    if visit.is_known(key, page.digest):
        done.append(True)
        return None
    fetched = visit.fetch(page.address, led=True)
    report = None if fetched.unchanged else as_page(fetched)
    visit.remember(key, page.digest)
    done.append(True)
    return report and replace(
        report, outlet=page.outlet, published=page.published, updated=page.updated, title=page.title
    )


def _address(part: Any, source: Source, visit: Visit) -> str | None:
    try:
        return web_address(xml.line_of(xml.child(part, "loc"), 4000), source.url, source.address)
    except LoadError as error:
        visit.tell(Problem(source.address, "load", str(error)))
        return None


def _listed(part: Any, source: Source, visit: Visit) -> _Listed | None:
    address = _address(part, source, visit)
    if address is None:
        return None
    news = xml.child(part, "news")
    outlet = xml.child(news, "publication") if news is not None else None
    name = xml.child(outlet, "name") if outlet is not None else None
    language = xml.child(outlet, "language") if outlet is not None else None
    return _Listed(
        address,
        markup.line(xml.text_of(name), 200),
        xml.line_of(language, 20),
        xml.line_of(xml.child(news, "publication_date"), 100) if news is not None else None,
        markup.line(xml.text_of(xml.child(news, "title"))) if news is not None else None,
        xml.line_of(xml.child(part, "lastmod"), 100),
    )

"""Revisiting: the pages of recent articles once more, since some change without a word in the feed that led to them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from recoupe.engine.sourcing import Arrival, Lanes, Memory, Source
from recoupe.errors import LoadError
from recoupe.records import Article, Report
from recoupe.records.kept import Page
from recoupe.settings import Settings
from recoupe.store import Store

if TYPE_CHECKING:
    from recoupe.loading.visits import Visit

_MOST = 200  # pages that one round asks for


class Timetable:
    """Which pages are asked for again: so long after they were first seen here, then after twice as long, and so on.

    Counted on a clock that never jumps; a restart begins anew.
    """

    def __init__(self, first: float, clock: Callable[[], float] = monotonic) -> None:
        self._first, self._clock = first, clock
        self._due: dict[str, tuple[float, float]] = {}

    def due(self, pages: Sequence[Page]) -> list[Page]:
        """Those of some pages whose turn it is, at most so many at once; the others keep their turn."""
        now = self._clock()
        self._due = {p.article: self._due.get(p.article, (now + self._first, self._first)) for p in pages}
        found = [page for page in pages if self._due[page.article][0] <= now][:_MOST]
        for page in found:
            wait = 2 * self._due[page.article][1]
            self._due[page.article] = now + wait, wait
        return found


def revisits(store: Store, pages: Sequence[Page], settings: Settings) -> Generator[Arrival, None, None]:
    """What the pages of articles give now, as reports of which the source says what it said before.

    A page that is as it was, cannot be had, or leads elsewhere gives nothing.
    """
    from recoupe.loading.fetching import Fetcher
    from recoupe.loading.visits import Visit

    known = {version.id: version.article for version in store.current([page.article for page in pages])}
    fetcher = Fetcher(settings)
    articles = {page.address: known[page.article] for page in pages if page.article in known}
    sources = [
        Source(page.address, page.source, Memory(store), listed=False) for page in pages if page.address in articles
    ]

    def give(source: Source) -> Iterator[Arrival]:
        visit = Visit(settings, lambda problem: None, memory=source.memory, fetcher=fetcher)
        report = _fetched(visit, source.given, articles[source.given])
        if report is not None:
            yield Arrival(source, report)
        yield Arrival(source)

    with closing(Lanes(sources, give)) as lanes:
        yield from lanes.rest()


def _fetched(visit: Visit, address: str, article: Article) -> Report | None:
    from recoupe.loading.pages import as_page
    from recoupe.loading.visits import page_key

    try:
        fetched = visit.fetch(address, led=True)
        if fetched.unchanged or page_key(fetched.url) != page_key(address):
            return None
        page = as_page(fetched)
    except LoadError:
        return None
    return replace(
        page, url=address, outlet=article.outlet, published=article.published, title=article.title,
        authors=article.authors, credits=article.credits,
    )  # fmt: skip

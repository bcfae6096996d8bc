"""Lists: OPML, the form in which feed readers exchange what they subscribe to."""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.errors import LoadError
from recoupe.loading import xml
from recoupe.loading.jobs import Job, failing
from recoupe.loading.remote import remote
from recoupe.loading.sources import Source
from recoupe.loading.visits import Visit, page_key, web_address
from recoupe.records import Problem


def addresses(source: Source, visit: Visit) -> list[str]:
    """The feeds and lists of an OPML document, each once, in its order; `visit` is told of what is no address.

    Raises LoadError if there is none.
    """
    root = xml.parse(source.whole(visit.settings.max_bytes), source.address, source.charset)
    found: dict[str, None] = {}
    for outline in root.iter():
        if xml.name_of(outline) != "outline":
            continue
        told = outline.get("xmlUrl") or outline.get("xmlurl") or outline.get("url")
        try:
            address = web_address(told, source.url, source.address)
        except LoadError as error:
            visit.tell(Problem(source.address, "load", str(error)))
            continue
        if address:
            found.setdefault(address)
    if not found:
        raise LoadError(f"{source.address}: lists no feeds (no outline has an xmlUrl).")
    return list(found)


def jobs(source: Source, visit: Visit, kind: str) -> Iterator[Job]:
    """What the feeds of a list give; one that fails is a job that fails, and a list that comes again is left out."""
    listed = addresses(source, visit)
    if not (visit.settings.follow or source.url):
        raise LoadError(
            f"{source.address}: lists {len(listed)} feeds of the web; what a file leads to is fetched when that is "
            "asked for (--follow)."
        )
    yield from led(listed, source, visit)


def led(listed: list[str], source: Source, visit: Visit) -> Iterator[Job]:
    """What some addresses that a source led to give; each that fails costs itself."""
    failed = False
    most = visit.settings.most
    if len(listed) > most:
        told = f"{source.address}: lists {len(listed)} addresses; the first {most} were read."
        visit.tell(Problem(source.address, "load", told))
    for address in listed[:most]:
        if not visit.is_new(page_key(address)):
            continue
        try:
            yield from remote(address, visit, led=False, deep=source.deep + 1)
        except LoadError as error:
            failed = True
            why = str(error).removeprefix(f"{address}: ")
            yield failing(address, why)
    if failed and source.url:
        visit.forget_what_came(source.address)

"""Sources: how each is doing, and how much it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from recoupe.records.kept import SourceState
from recoupe.web.faces import Asked, Page, page

NAV = (40, "sources", "/sources")
_DAYS = 14
_MOST = 100
_STALE = timedelta(days=2)
"""A source of the web that was not reached for so long is stale; nobody watches it."""
HEALTH = ("failing", "stale", "waiting", "well")


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its state, how it is doing (of `HEALTH`), and what it gave on each of `days`, the last one last."""

    state: SourceState
    health: str
    given: tuple[int, ...]
    a_day: float


class Sources(TypedDict):
    """Sources, those that are ill first; `given` of each counts the articles and versions of each of `days` (UTC)."""

    days: list[str]
    sources: list[Source]
    total: int
    health: dict[str, int]


@page("/sources", "sources.html")
def sources(asked: Asked) -> Page:
    """How each source is doing: the last fetch, the last error, articles a day."""
    now = datetime.now(UTC)
    days = [(now - timedelta(days=back)).date().isoformat() for back in range(_DAYS - 1, -1, -1)]
    given: dict[str, dict[str, int]] = {}
    for one in asked.desk.store.daily(days[0]):
        given.setdefault(one.source, {})[one.day] = one.articles
    found = [source_of(state, given.get(state.address, {}), days, now) for state in asked.desk.store.sources()]
    health = {name: sum(one.health == name for one in found) for name in HEALTH}
    only = asked.text("health", 20)
    kept = [one for one in found if only not in HEALTH or one.health == only]
    kept.sort(key=lambda one: (HEALTH.index(one.health), one.state.address))
    number = asked.number("page", 1, 1, 1000)
    part = kept[(number - 1) * _MOST : number * _MOST]
    record = Sources(days=days, sources=part, total=len(kept), health=health)
    shown = {
        "number": number, "more": number * _MOST < len(kept), "only": only,
        "tallest": max((n for one in part for n in one.given), default=0),
    }  # fmt: skip
    return Page(record, asked.ui.word("sources"), shown)


def source_of(state: SourceState, given: dict[str, int], days: list[str], now: datetime) -> Source:
    """A source with how it is doing."""
    counts = tuple(given.get(day, 0) for day in days)
    return Source(state, health_of(state, now), counts, round(sum(counts) / len(counts), 1))


def health_of(state: SourceState, now: datetime) -> str:
    """How a source is doing: `failing`, `stale` (nobody looks after it), `waiting` for its first fetch, or `well`."""
    if state.failures:
        return "failing"
    if state.tried is None:
        return "waiting"
    last = moment(state.succeeded)
    remote = state.address.lower().startswith(("http://", "https://"))
    return "stale" if remote and (last is None or now - last > _STALE) else "well"


def moment(stamp: str | None) -> datetime | None:
    """A stamp of the store as a moment."""
    try:
        found = datetime.fromisoformat(stamp) if stamp else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found

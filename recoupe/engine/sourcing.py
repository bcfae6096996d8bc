"""Sourcing: what sources give, those of several hosts at once, as it comes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, MutableMapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, Full, Queue, SimpleQueue
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from recoupe.errors import LoadError, StoreError
from recoupe.loading import Validators, load, sources_in
from recoupe.records import Problem, Report
from recoupe.records.kept import SourceState
from recoupe.settings import Settings
from recoupe.store import Store

if TYPE_CHECKING:
    from recoupe.loading.fetching import Fetcher

REMOTE = ("http://", "https://")
LANES = 8
"""Hosts that are asked at once; of one host one address after the other."""
_AHEAD = 32  # reports that wait to be taken; whoever has more waits
_TICK = 1.0  # seconds after which somebody who waits hears that nothing has come


class Memory(MutableMapping[str, Validators]):
    """What is remembered of addresses: read from the store when asked for; what is new waits for its reports."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Validators | None] = {}
        self.fresh: dict[str, Validators] = {}

    def __getitem__(self, key: str) -> Validators:
        if key not in self._known:
            found = self._store.remembered([key]).get(key)
            self._known[key] = found
        known = self._known[key]
        if known is None:
            raise KeyError(key)
        return known

    def __setitem__(self, key: str, value: Validators) -> None:
        self._known[key] = value
        self.fresh[key] = value

    def __delitem__(self, key: str) -> None:
        self[key] = Validators()

    def __iter__(self) -> Iterator[str]:
        return iter(key for key, value in self._known.items() if value is not None)

    def __len__(self) -> int:
        return sum(value is not None for value in self._known.values())


@dataclass(slots=True)
class Source:
    """One address that is collected: what came of it so far. `listed`: it is a source, and no page of one."""

    given: str
    address: str
    memory: Memory
    tried: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    reports: int = 0
    error: str | None = None
    listed: bool = True

    def state(self, before: SourceState | None) -> SourceState:
        """Its state now that it has been read to its end."""
        failed = self.error is not None and not self.reports
        was = before or SourceState(self.address)
        return SourceState(
            self.address,
            self.tried,
            was.succeeded if failed else self.tried,
            was.failures + 1 if failed else 0,
            self.error and self.error[:1000],
            self.reports or was.reports,
        )


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came: a report or a problem of a source, its end, or nothing at all for a while."""

    source: Source | None = None
    what: Report | Problem | None = None


def named(address: str) -> str:
    """A source as it is listed: a path in full."""
    if address == "-" or address.lower().startswith(REMOTE):
        return address
    return str(Path(address).absolute())


def arrivals(
    store: Store, addresses: Sequence[str], settings: Settings, again: bool = False
) -> Generator[Arrival, None, None]:
    """What sources give, as it comes; close it to have no more fetched.

    Files are read here one after the other, addresses of the web meanwhile in LANES threads, those of one host by one
    of them, so that a slow host holds up itself alone. The feeds of a list are sources of their own. Raises what the
    store raises.
    """
    fetcher = _fetcher(addresses, settings)
    told: list[Problem] = []
    sources = [Source(one, named(one), Memory(store)) for one in _expanded(addresses, settings, told.append, fetcher)]
    yield from (Arrival(None, problem) for problem in told)
    remote = [source for source in sources if source.given.lower().startswith(REMOTE)]
    here = [source for source in sources if not source.given.lower().startswith(REMOTE)]

    def give(source: Source) -> Iterator[Arrival]:
        return _given(source, settings, again, fetcher)

    with closing(Lanes(remote, give)) as lanes:
        for source in here:
            for arrival in give(source):
                yield arrival
                yield from lanes.here()
        yield from lanes.rest()


def _fetcher(addresses: Sequence[str], settings: Settings) -> Fetcher | None:
    if not (settings.follow or any(address.lower().startswith(REMOTE) for address in addresses)):
        return None
    from recoupe.loading.fetching import Fetcher  # httpx takes half a second to import

    return Fetcher(settings)


def _expanded(
    addresses: Sequence[str], settings: Settings, tell: Callable[[Problem], None], fetcher: Fetcher | None
) -> list[str]:
    """The addresses with the feeds of a list in its place; a list that cannot be read says so when it is loaded."""
    found: list[str] = []
    for address in addresses:
        if address.lower().startswith(REMOTE) or settings.follow:
            try:
                found += sources_in(address, settings, tell, fetcher=fetcher)[: settings.most]
                continue
            except LoadError:
                pass
        found.append(address)
    return list(dict.fromkeys(found))


def _given(source: Source, settings: Settings, again: bool, fetcher: Fetcher | None) -> Iterator[Arrival]:
    """What one source gives, each problem before the report that comes after it, and its end."""
    problems: list[Problem] = []

    def told() -> Iterator[Arrival]:
        while problems:
            yield Arrival(source, problems.pop(0))

    for report in load([source.given], settings, problems.append, memory=source.memory, again=again, fetcher=fetcher):
        yield from told()
        yield Arrival(source, report)
    yield from told()
    yield Arrival(source)


class Lanes:
    """Threads that each give what the sources of one host after the other hold."""

    def __init__(self, sources: Sequence[Source], give: Callable[[Source], Iterator[Arrival]]) -> None:
        hosts: dict[str, list[Source]] = {}
        for source in sources:
            hosts.setdefault(_host(source.given), []).append(source)
        self._hosts: SimpleQueue[list[Source]] = SimpleQueue()
        for group in hosts.values():
            self._hosts.put(group)
        self._give, self._stopped = give, False
        self._come: Queue[Arrival | Exception] = Queue(_AHEAD)
        self._threads = [threading.Thread(target=self._drive, daemon=True) for _ in range(min(LANES, len(hosts)))]
        for thread in self._threads:
            thread.start()

    def here(self) -> Iterator[Arrival]:
        """What has come already."""
        while True:
            try:
                yield _told(self._come.get_nowait())
            except Empty:
                return

    def rest(self) -> Iterator[Arrival]:
        """All that comes still, and an empty arrival where nothing does for a while."""
        while any(thread.is_alive() for thread in self._threads):
            try:
                yield _told(self._come.get(timeout=_TICK))
            except Empty:
                yield Arrival()
        yield from self.here()

    def close(self) -> None:
        """Have no more fetched; what is under way ends by itself."""
        self._stopped = True
        for thread in self._threads:
            thread.join(0.1)

    def _drive(self) -> None:
        try:
            while not self._stopped:
                for source in self._hosts.get_nowait():
                    for arrival in self._give(source):
                        self._put(arrival)
                        if self._stopped:
                            return
        except Empty:
            return
        except Exception as error:  # the caller hears of it, as if it had happened there
            self._put(error)

    def _put(self, what: Arrival | Exception) -> None:
        while not self._stopped:
            try:
                self._come.put(what, timeout=_TICK)
                return
            except Full:
                continue


def _told(come: Arrival | Exception) -> Arrival:
    if isinstance(come, Exception):
        raise come if isinstance(come, StoreError) else StoreError(f"{type(come).__name__}: {come}") from come
    return come


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""

"""Collect: sources in, articles and their readings kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from recoupe.engine.made import made, reader_of
from recoupe.engine.work import cleaned, read_one
from recoupe.engine.workers import Died, Workers
from recoupe.errors import StoreError
from recoupe.loading import Validators, load
from recoupe.records import Article, Problem, Reading, Report
from recoupe.records.kept import Entry, SourceState
from recoupe.settings import Settings
from recoupe.store import Store
from recoupe.store.packing import digest, report_digest

_BATCH = 64  # reports that are kept in one transaction
_SOON = 5.0  # seconds after which those that have come so far are kept
_REMOTE = ("http://", "https://")

OnProblem = Callable[[Problem], None]
Progress = Callable[[str], None]


@dataclass(slots=True)
class Collected:
    """What came of collecting: counts of articles, and the ids of those that are new or have changed."""

    new: int = 0
    changed: int = 0
    known: int = 0
    problems: int = 0
    touched: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Source:
    """One address that is collected: what came of it so far."""

    address: str
    memory: _Memory
    tried: str
    reports: int = 0
    error: str | None = None

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


class _Memory(MutableMapping[str, Validators]):
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


def collect(
    store: Store,
    addresses: Sequence[str],
    settings: Settings | None = None,
    on_problem: OnProblem | None = None,
    progress: Progress | None = None,
    *,
    workers: Workers | None = None,
    again: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Collected:
    """Load, clean and read what sources hold, and keep it; what is kept already is passed over.

    What cannot be used is told to `on_problem`; one source that fails holds up no other. `again` takes up what was
    kept before too, as after a change of how pages are cleaned. Once `stop` says so, what has come is kept, and no more
    is asked for. Raises StoreError.
    """
    run = _Run(store, settings or Settings(), on_problem, progress, workers or Workers(0), again, stop)
    run.all(addresses)
    return run.collected


class _Run:
    """One run of collecting."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        on_problem: OnProblem | None,
        progress: Progress | None,
        workers: Workers,
        again: bool,
        stop: Callable[[], bool],
    ) -> None:
        self._store, self._settings, self._workers, self._again = store, settings, workers, again
        self._stop = stop
        self._on_problem, self._progress = on_problem, progress
        self._states = {state.address: state for state in store.sources()}
        self.collected = Collected()

    def all(self, addresses: Sequence[str]) -> None:
        """Collect each address; what is done of them is kept batch by batch."""
        batch: list[tuple[_Source, Report]] = []
        done: list[_Source] = []
        since = monotonic()
        for source, report in self._reports(addresses):
            if report is None:
                done.append(source)
            else:
                batch.append((source, report))
            if len(batch) >= _BATCH or len(done) >= _BATCH or monotonic() - since > _SOON:
                self._keep(batch, done)
                batch, done, since = [], [], monotonic()
            if self._stop():
                break  # a source that is not read to its end is not remembered as read
        self._keep(batch, done)

    def _reports(self, addresses: Sequence[str]) -> Iterator[tuple[_Source, Report | None]]:
        """The reports of all sources, and None at the end of each source."""
        fetcher = None
        if self._settings.follow or any(address.lower().startswith(_REMOTE) for address in addresses):
            from recoupe.loading.fetching import Fetcher

            fetcher = Fetcher(self._settings)
        for address in dict.fromkeys(addresses):
            source = _Source(named(address), _Memory(self._store), datetime.now(UTC).isoformat(timespec="seconds"))
            for report in load(
                [address],
                self._settings,
                lambda problem, source=source: self._problem(problem, source),  # type: ignore[misc]
                memory=source.memory,
                again=self._again,
                fetcher=fetcher,
            ):
                source.reports += 1
                yield source, report
            yield source, None

    def _problem(self, problem: Problem, source: _Source | None = None) -> None:
        self.collected.problems += 1
        if source is not None:
            source.error = problem.message
        if self._on_problem:
            self._on_problem(problem)

    def _keep(self, batch: Sequence[tuple[_Source, Report]], done: Sequence[_Source]) -> None:
        if not batch and not done:
            return
        entries = self._entries(self._unknown(batch))
        memory: dict[str, Validators] = {}
        for source in done:
            memory |= source.memory.fresh
        kept = self._store.keep(entries, [s.state(self._states.get(s.address)) for s in done], memory)
        for one in kept:
            if one.what == "known":
                self.collected.known += 1
            else:
                self.collected.touched.add(one.id)
                self.collected.new += one.what == "new"
                self.collected.changed += one.what == "changed"
        if self._progress:
            for _, report in batch:
                self._progress(report.address)

    def _unknown(self, batch: Sequence[tuple[_Source, Report]]) -> list[tuple[_Source, Report, str]]:
        """The reports of a batch that are not kept already, with their digests."""
        digested = []
        for source, report in batch:
            try:
                digested.append((source, report, report_digest(report)))
            except StoreError as error:
                self._problem(Problem(report.address, "load", f"{report.address}: {error}"))
        known = {} if self._again else self._store.known([name for _, _, name in digested])
        fresh = []
        for source, report, name in digested:
            if name in known and (known[name][1] or not is_live(report)):
                self.collected.known += 1
            else:
                fresh.append((source, report, name))
        return fresh

    def _entries(self, reports: Sequence[tuple[_Source, Report, str]]) -> list[Entry]:
        """Entries of reports, read where they say something new."""
        entries = []
        found = self._workers.map(cleaned, [(report, self._settings) for _, report, _ in reports])
        for (source, report, name), article in zip(reports, found, strict=True):
            if not isinstance(article, Article):
                self._problem(_as_problem(article, report.address, "clean"), source)
                continue
            try:
                digest(article)
            except StoreError as error:
                self._problem(Problem(report.address, "clean", f"{report.address}: {error}"), source)
                continue
            reader = reader_of(article.lang, self._settings)
            told = made([article.lang], self._settings)
            entries.append(
                Entry(key_of(report, article), source.address, name, article, told, reader, live=is_live(report))
            )
        judged = self._store.judge(entries)
        unread = [entry for entry, kept in zip(entries, judged, strict=True) if kept.what != "known"]
        readings = read_articles([entry.article for entry in unread], self._settings, self._workers)
        read: dict[int, Reading | Problem] = {id(e): r for e, r in zip(unread, readings, strict=True)}
        kept_entries = []
        for entry in entries:
            reading = read.get(id(entry))
            if isinstance(reading, Problem):
                self._problem(reading)
            else:
                kept_entries.append(replace(entry, reading=reading))
        return kept_entries


def read_articles(articles: Sequence[Article], settings: Settings, workers: Workers) -> list[Reading | Problem]:
    """The reading of each article, or why there is none."""
    pipelines = dict(settings.pipelines)
    found = workers.map(read_one, [(article, pipelines.get(article.lang)) for article in articles])
    return [
        reading if isinstance(reading, Reading) else _as_problem(reading, article.path, "read")
        for article, reading in zip(articles, found, strict=True)
    ]


def _as_problem(failure: Problem | Died, address: str, step: str) -> Problem:
    if isinstance(failure, Problem):
        return failure
    return Problem(address, step, f"{address}: {failure.why}; it was left out.")


# --- what an article is known by ----------------------------------------------------------------------


def named(address: str) -> str:
    """A source as it is listed: a path in full."""
    if address == "-" or address.lower().startswith(_REMOTE):
        return address
    return str(Path(address).absolute())


def is_live(report: Report) -> bool:
    """Whether a report was fetched from its own page just now, and did not come out of something saved."""
    return report.address.lower().startswith(_REMOTE) and "#" not in report.address


def key_of(report: Report, article: Article) -> str:
    """What an article is known by from one run to the next.

    Its own address, by the word of its source: what a page says of its address counts only for a saved one, since
    any page may claim to be another. Else the id that its source gave it, within its outlet or file; else its file;
    of a row without all that, what it says.
    """
    container, _, row = report.address.partition("#")
    local = not container.lower().startswith(_REMOTE)
    url = report.url or (article.url if local else report.address if not row else None)
    if url:
        return f"u:{url.partition('#')[0]}"
    if report.id:
        return f"i:{report.outlet or named(container)}:{report.id}"
    if row or container == "-":
        return f"d:{digest((article.title, article.text))}"
    return f"p:{named(container)}"

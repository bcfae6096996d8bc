"""Collect: sources in, articles and their readings kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic

from recoupe.engine.made import made, reader_of
from recoupe.engine.revisiting import revisits
from recoupe.engine.sourcing import REMOTE, Arrival, Memory, Source, arrivals, named
from recoupe.engine.work import cleaned, prepared_one, read_one
from recoupe.engine.workers import Died, Workers
from recoupe.errors import StoreError
from recoupe.loading import Validators
from recoupe.records import Article, Problem, Reading, Report
from recoupe.records.kept import Entry, Kept, Page
from recoupe.settings import Settings
from recoupe.store import Store
from recoupe.store.packing import digest, report_digest
from recoupe.store.preparing import Prepared

_BATCH = 64  # reports that are kept in one transaction
_CHARACTERS = 16_000_000  # or fewer, where they are long
_REMEMBERED = timedelta(days=120)  # what was said of an address longer ago is forgotten: it is asked as if new
_SOON = 5.0  # seconds after which those that have come so far are kept

OnProblem = Callable[[Problem], None]
Progress = Callable[[str], None]


@dataclass(slots=True)
class Collected:
    """What came of collecting: counts of articles, and the ids of those that are new or have changed.

    `all` are the ids of these and of those that were known.
    """

    new: int = 0
    changed: int = 0
    known: int = 0
    problems: int = 0
    touched: set[str] = field(default_factory=set)
    all: set[str] = field(default_factory=set)


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
    settings = settings or Settings()
    run = _Run(store, settings, on_problem, progress, workers or Workers(0), again, stop)
    run.all(arrivals(store, addresses, settings, again))
    return run.collected


def revisit(
    store: Store,
    pages: Sequence[Page],
    settings: Settings | None = None,
    on_problem: OnProblem | None = None,
    *,
    workers: Workers | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Collected:
    """Fetch the pages of articles once more, and keep what says something else than before. Raises StoreError.

    What a source said of an article (outlet, title, day, authors) counts for its page still. A page that is gone, or
    leads elsewhere now, changes nothing.
    """
    settings = settings or Settings()
    run = _Run(store, settings, on_problem, None, workers or Workers(0), False, stop)
    run.all(revisits(store, pages, settings))
    return run.collected


def take(
    store: Store,
    source: str,
    reports: Iterable[Report],
    settings: Settings | None = None,
    on_problem: OnProblem | None = None,
    *,
    workers: Workers | None = None,
) -> Collected:
    """Clean, read and keep reports that somebody gives. `source` names whence; it is no source to be asked again.

    Else as `collect`.
    """
    run = _Run(store, settings or Settings(), on_problem, None, workers or Workers(0), False, lambda: False)
    given = Source(source, source, Memory(store))
    run.all(Arrival(given, report) for report in reports)
    return run.collected


@dataclass(slots=True)
class _Batch:
    """Reports on their way into the store, and the sources that end with them."""

    reports: list[tuple[Source, Report]] = field(default_factory=list)
    done: list[Source] = field(default_factory=list)
    size: int = 0  # characters
    fresh: list[tuple[Source, Report, str]] = field(default_factory=list)
    cleaned: list[Future[Article | Problem | Died]] = field(default_factory=list)
    entries: list[tuple[Entry, Future[Prepared | Problem | Died] | None]] = field(default_factory=list)

    def full(self) -> bool:
        """Whether it is large enough to go its way."""
        return len(self.reports) >= _BATCH or len(self.done) >= _BATCH or self.size > _CHARACTERS


class _Run:
    """One run of collecting.

    While one batch is loaded, the one before is cleaned and the one before that is read, so that all processes have
    work; batches are kept in their order.
    """

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
        self._pipelines = dict(settings.pipelines)
        self._cleaning: deque[_Batch] = deque()
        self._reading: deque[_Batch] = deque()
        self.collected = Collected()

    def all(self, arriving: Generator[Arrival, None, None]) -> None:
        """Take what comes; what is done of it is kept batch by batch."""
        batch, since = _Batch(), monotonic()
        with closing(arriving) as coming:
            for arrival in coming:
                self._take(arrival, batch)
                late = monotonic() - since > _SOON
                if batch.full() or late:
                    self._advance(batch, 0 if late else 1)
                    batch, since = _Batch(), monotonic()
                if self._stop():
                    break  # a source that is not read to its end is not remembered as read
        self._advance(batch, 0)
        self._store.forget((datetime.now(UTC) - _REMEMBERED).isoformat(timespec="seconds"))

    def _take(self, arrival: Arrival, batch: _Batch) -> None:
        source, what = arrival.source, arrival.what
        if isinstance(what, Problem):
            self._problem(what, source)
        elif source is not None and what is None:
            batch.done.append(source)
        elif source is not None and what is not None:
            source.reports += 1
            batch.reports.append((source, what))
            batch.size += len(what.content)

    def _problem(self, problem: Problem, source: Source | None = None) -> None:
        self.collected.problems += 1
        if source is not None:
            source.error = problem.message
        if self._on_problem:
            self._on_problem(problem)

    def _advance(self, batch: _Batch, waiting: int) -> None:
        """Send a batch on its way, and those before it on theirs until no more than `waiting` stand at each step."""
        batch.fresh = self._unknown(batch.reports)
        batch.cleaned = [self._workers.submit(cleaned, (report, self._settings)) for _, report, _ in batch.fresh]
        self._cleaning.append(batch)
        while len(self._cleaning) > waiting:
            self._have_read(self._cleaning[0])
            self._reading.append(self._cleaning.popleft())
        while len(self._reading) > waiting:
            self._keep(self._reading.popleft())

    def _unknown(self, batch: Sequence[tuple[Source, Report]]) -> list[tuple[Source, Report, str]]:
        """The reports of a batch that are not kept already, with their digests."""
        digested = []
        for source, report in batch:
            try:
                digested.append((source, report, report_digest(report)))
            except StoreError as error:
                self._problem(Problem(report.address, "load", f"{report.address}: {error}"))
        known = {} if self._again or not digested else self._store.known([name for _, _, name in digested])
        fresh = []
        for source, report, name in digested:
            if name in known and (known[name][1] or not is_live(report)):
                self.collected.known += 1
                self.collected.all.add(known[name][0].id)
            else:
                fresh.append((source, report, name))
        return fresh

    def _have_read(self, batch: _Batch) -> None:
        """Have read what says something new in a batch that is being cleaned."""
        entries = []
        for (source, report, name), future in zip(batch.fresh, batch.cleaned, strict=True):
            article = future.result()
            if not isinstance(article, Article):
                self._problem(as_problem(article, report.address, "clean"), source)
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
        judged = self._store.judge(entries) if entries else []
        batch.entries = [(entry, self._read(entry, kept)) for entry, kept in zip(entries, judged, strict=True)]

    def _read(self, entry: Entry, kept: Kept) -> Future[Prepared | Problem | Died] | None:
        if kept.what == "known":
            return None
        return self._workers.submit(prepared_one, (entry, self._pipelines.get(entry.article.lang)))

    def _keep(self, batch: _Batch) -> None:
        """Keep a batch that is being read, with the state of the sources that end with it."""
        ready: list[Entry | Prepared] = []
        for entry, future in batch.entries:
            found = entry if future is None else future.result()
            if isinstance(found, Problem | Died):
                self._problem(as_problem(found, entry.article.path, "read"))
            else:
                ready.append(found)
        memory: dict[str, Validators] = {}
        for source in batch.done:
            memory |= source.memory.fresh
        if ready or batch.done:
            states = [s.state(self._states.get(s.address)) for s in batch.done if s.listed]
            self._count(self._store.keep(ready, states, memory))
        if self._progress:
            for _, report in batch.reports:
                self._progress(report.address)

    def _count(self, kept: Sequence[Kept]) -> None:
        for one in kept:
            self.collected.all.add(one.id)
            if one.what == "known":
                self.collected.known += 1
            else:
                self.collected.touched.add(one.id)
                self.collected.new += one.what == "new"
                self.collected.changed += one.what == "changed"


def read_articles(articles: Sequence[Article], settings: Settings, workers: Workers) -> list[Reading | Problem]:
    """The reading of each article, or why there is none."""
    pipelines = dict(settings.pipelines)
    found = workers.map(read_one, [(article, pipelines.get(article.lang)) for article in articles])
    return [
        reading if isinstance(reading, Reading) else as_problem(reading, article.path, "read")
        for article, reading in zip(articles, found, strict=True)
    ]


def as_problem(failure: Problem | Died, address: str, step: str) -> Problem:
    """Why a task has no result, as users are told it."""
    if isinstance(failure, Problem):
        return failure
    return Problem(address, step, f"{address}: {failure.why}; it was left out.")


# --- what an article is known by ----------------------------------------------------------------------


def is_live(report: Report) -> bool:
    """Whether a report was fetched from its own page just now, and did not come out of something saved."""
    return report.address.lower().startswith(REMOTE) and "#" not in report.address


def key_of(report: Report, article: Article) -> str:
    """What an article is known by from one run to the next.

    Its own address, by the word of its source: what a page says of its address counts only for a saved one, since
    any page may claim to be another. Else the id that its source gave it, within its outlet or file; else its file;
    of a row without all that, what it says.
    """
    container, _, row = report.address.partition("#")
    local = not container.lower().startswith(REMOTE)
    url = report.url or (article.url if local else report.address if not row else None)
    if url:
        return f"u:{url.partition('#')[0]}"
    if report.id:
        return f"i:{report.outlet or named(container)}:{report.id}"
    if row or container == "-":
        return f"d:{digest((article.title, article.text))}"
    return f"p:{named(container)}"

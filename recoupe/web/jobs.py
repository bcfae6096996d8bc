"""Jobs: what is added, done one after the other in the background, in a process of its own.

A job lives as long as the desk does. What it has kept stays kept when the desk is closed in the middle of it, and the
next one who collects puts it into its stories.
"""

from __future__ import annotations

import logging
import secrets
import shutil
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread

from recoupe.engine.adding import Added, Given, Home, add_one, put_together
from recoupe.engine.workers import Died, Workers
from recoupe.records import Problem
from recoupe.settings import Settings

_LOG = logging.getLogger(__name__)
_KEPT = 60
_WAITING = 10
"""Jobs that may wait; who adds more is asked to come back."""
_PATIENCE = 600.0
"""Seconds that one thing may take: a feed leads to many pages, which are fetched one after the other."""

_BROKEN = "could not be read: it took too long or too much memory, or this is a fault of Recoupe."


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a job, and what came of it; None as long as nothing has."""

    name: str
    added: Added | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What is being added. `state` is waiting, adding, sorting (into stories), done or failed (the terminal says why).

    `stories` are those that hold what was added, once it is done.
    """

    id: str
    state: str
    items: tuple[Item, ...]
    to: Home = field(default_factory=Home)
    stories: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ("done", "failed")

    @property
    def finished(self) -> int:
        """How many things are done."""
        return sum(item.added is not None for item in self.items)

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles of all things that are done, each once."""
        return tuple(dict.fromkeys(name for item in self.items if item.added for name in item.added.articles))


@dataclass(frozen=True)
class _Task:
    """A job with what it works on."""

    job: str
    given: Sequence[Given]
    folder: Path | None


@dataclass(eq=False)
class Jobs:
    """The jobs of one desk. `processes` 0 does the work in this process, as tests may want."""

    processes: int = 1
    _jobs: OrderedDict[str, Job] = field(default_factory=OrderedDict)
    _queue: SimpleQueue[tuple[_Task, str, Settings] | None] = field(default_factory=SimpleQueue)
    _lock: Lock = field(default_factory=Lock)
    _thread: Thread | None = None
    _workers: Workers | None = None
    _closing: bool = False

    def full(self) -> bool:
        """Whether so many wait that no other is taken."""
        with self._lock:
            return sum(not job.over for job in self._jobs.values()) >= _WAITING

    def begin(
        self, store: str, given: Sequence[Given], settings: Settings, to: Home, folder: Path | None = None
    ) -> Job:
        """Have things added to the store at an address; `folder` holds their files, and is removed afterwards."""
        job = Job(secrets.token_urlsafe(9), "waiting", tuple(Item(one.name) for one in given), to)
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _KEPT and next(iter(self._jobs.values())).over:
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = Thread(target=self._drive, daemon=True)
                self._thread.start()
        self._queue.put((_Task(job.id, given, folder), store, settings))
        return job

    def get(self, name: str) -> Job | None:
        """A job as it is now."""
        with self._lock:
            return self._jobs.get(name)

    def latest(self, most: int = 10) -> list[Job]:
        """The last jobs, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))[:most]

    def close(self) -> None:
        """End what is at work."""
        self._closing = True
        self._queue.put(None)
        workers = self._workers
        if workers is not None:
            workers.__exit__(None, None, None)
        if self._thread is not None:
            self._thread.join(10)

    def _drive(self) -> None:
        while not self._closing and (found := self._queue.get()) is not None:
            task, store, settings = found
            try:
                with Workers(self.processes, _PATIENCE) as workers:
                    self._workers = workers
                    self._do(task, store, settings, workers)
            except Exception as error:  # whatever it is, it costs one job and not the desk
                _LOG.error("adding failed", exc_info=error)
                self._set(task.job, state="failed")
            finally:
                self._workers = None
                if task.folder is not None:
                    shutil.rmtree(task.folder, ignore_errors=True)

    def _do(self, task: _Task, store: str, settings: Settings, workers: Workers) -> None:
        self._set(task.job, state="adding")
        for place, one in enumerate(task.given):
            added = workers.submit(add_one, (store, one, settings)).result()
            if self._closing:
                return
            if isinstance(added, Died):
                _LOG.error("%s: %s", one.name, added.why)
                added = Added(problems=(Problem(one.name, "load", f"{one.name}: {_BROKEN}"),))
            self._done(task.job, place, added)
        job = self._set(task.job, state="sorting")
        if job.articles:
            found = workers.submit(put_together, (store, job.articles, job.to, settings)).result()
            if isinstance(found, Died):
                _LOG.error("putting into stories: %s", found.why)
                self._set(task.job, state="failed")
                return
            self._set(task.job, stories=found[0], problems=tuple(found[1][:100]))
        self._set(task.job, state="done")

    def _done(self, name: str, place: int, added: Added) -> None:
        with self._lock:
            job = self._jobs[name]
            items = (*job.items[:place], replace(job.items[place], added=added), *job.items[place + 1 :])
            self._jobs[name] = replace(job, items=items)

    def _set(self, name: str, **changed: object) -> Job:
        with self._lock:
            job = self._jobs[name] = replace(self._jobs[name], **changed)  # type: ignore[arg-type]
            return job

"""Workers: processes that do one task at a time. One that dies costs its task, and is replaced."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count
from queue import SimpleQueue
from typing import Any, TypeVar

from recoupe.text.uncollected import uncollected

_T = TypeVar("_T")
_R = TypeVar("_R")
_PATIENCE = 120.0  # seconds that one task may take
_FIRST = 64  # tasks in which a process opens nearly all that it will ever need
_BARREN = 12  # processes that may die one after the other before any has done a thing


@dataclass(frozen=True, slots=True)
class Died:
    """A task without a result, and why."""

    why: str


class _Worker:
    """One process with a line to it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would take the database's connection along
        self._line, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far,), daemon=True)
        self._process.start()
        far.close()

    def do(self, work: Callable[[Any], Any], task: Any, patience: float) -> tuple[Any, bool]:
        """The result of a task, and whether the process is still good for another."""
        try:
            self._line.send((work, task))
            if not self._line.poll(patience):
                self.end()
                return Died(f"took more than {patience:g} seconds"), False
            return self._line.recv(), True
        except (EOFError, OSError):
            return Died(f"the process that worked on it ended ({self.end()})"), False
        except Exception as error:  # a task or a result that cannot be handed over; the line itself is whole
            return Died(f"cannot be handed over: {type(error).__name__}: {error}"), True

    def kill(self) -> None:
        """Have it end whatever it does; who waits for it hears that it is dead."""
        self._process.kill()

    def end(self) -> str:
        """Make an end of it; how it ended."""
        self._line.close()
        self._process.join(0.2)
        how = self._process.exitcode
        if how is None:
            self._process.kill()
            self._process.join()
        return f"signal {-how}" if how is not None and how < 0 else f"status {how}"


class Workers:
    """So many processes, started when there is work; with 0 the work is done in this one. Use it as a context.

    A thread stands before each process and hands it the next task as soon as it is done with one, so that none is idle
    while the caller does something else.
    """

    def __init__(self, count: int | None = None, patience: float = _PATIENCE) -> None:
        self._count = len(os.sched_getaffinity(0)) if count is None else count
        self._patience = patience
        self._tasks: SimpleQueue[tuple[Callable[[Any], Any], Any, Future[Any]] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._running: set[_Worker] = set()
        self._barren = 0
        self._closing = False

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing = True
        for _thread in self._threads:
            self._tasks.put(None)
        for worker in list(self._running):
            worker.kill()
        for thread in self._threads:
            thread.join(10)
        self._threads.clear()

    def submit(self, work: Callable[[_T], _R], task: _T) -> Future[_R | Died]:
        """Have a task done; its result, or why there is none, comes when it is. `work` is a function of a module."""
        future: Future[_R | Died] = Future()
        if not self._count:
            future.set_result(_done(work, task))
            return future
        self._tasks.put((work, task, future))
        if len(self._threads) < self._count:
            self._threads.append(threading.Thread(target=self._drive, daemon=True))
            self._threads[-1].start()
        return future

    def map(self, work: Callable[[_T], _R], tasks: Iterable[_T]) -> list[_R | Died]:
        """The result of each task, in their order. `work` is a function of a module."""
        futures = [self.submit(work, task) for task in tasks]
        try:
            return [future.result() for future in futures]
        except BaseException:  # Ctrl-C: what has not begun need not be done
            for future in futures:
                future.cancel()
            raise

    def _drive(self) -> None:
        """Hand one process after the other the tasks that come."""
        worker: _Worker | None = None
        while (item := self._tasks.get()) is not None and not self._closing:
            work, task, future = item
            if not future.set_running_or_notify_cancel():
                continue
            if self._barren >= _BARREN:
                future.set_result(Died(f"{_BARREN} processes in a row ended before they had done anything"))
                continue
            fresh = worker is None
            result, alive = self._with(worker, work, task)
            worker = alive
            if alive is None and fresh:
                self._barren += 1
            elif alive is not None:
                self._barren = 0
            future.set_result(result)
        if worker is not None:
            self._running.discard(worker)
            worker.end()

    def _with(self, worker: _Worker | None, work: Callable[[Any], Any], task: Any) -> tuple[Any, _Worker | None]:
        """The result of a task done by a worker, a new one where there is none, and the worker if it is still there."""
        try:
            worker = worker or _Worker()
        except Exception as error:  # who waits for the task must hear of it, whatever it is
            return Died(f"no process could be started ({error})"), None
        self._running.add(worker)
        result, good = worker.do(work, task, self._patience)
        if good:
            return result, worker
        self._running.discard(worker)
        return result, None


def _serve(line: Any) -> None:
    """Do tasks until the line is closed. To be stopped is the caller's affair: who asks asks the whole group."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for number in count():
        with uncollected():
            try:
                work, task = line.recv()
            except (EOFError, OSError):
                return
            line.send(_done(work, task))
            if number < _FIRST:
                _keep_what_is_there()


def _keep_what_is_there() -> None:
    """Have the search for garbage pass over all that there is now, but for what is garbage already.

    It is what the first tasks have opened, packs and modules, which stay as long as the process; without this all of it
    would be searched three times over, a twentieth of the time of a process's first hundred reports.
    """
    gc.collect(0)
    gc.freeze()


def _done(work: Callable[[_T], _R], task: _T) -> _R | Died:
    try:
        with uncollected():
            return work(task)
    except Exception as error:  # a fault of ours costs one report, not the run
        return Died(f"unexpected {type(error).__name__}: {error}; this is a fault of Recoupe")

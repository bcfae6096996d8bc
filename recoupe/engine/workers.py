"""Workers: processes that do one task at a time. One that dies costs its task, and is replaced."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")
_PATIENCE = 120.0  # seconds that one task may take


@dataclass(frozen=True, slots=True)
class Died:
    """A task without a result, and why."""

    why: str


class _Worker:
    """One process with a line to it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would take the database's connection along
        self.line, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far,), daemon=True)
        self._process.start()
        far.close()

    def end(self) -> str:
        """Make an end of it; how it ended."""
        self._process.join(0.2)
        how = self._process.exitcode
        if how is None:
            self._process.kill()
            self._process.join()
        self.line.close()
        return f"signal {-how}" if how is not None and how < 0 else f"status {how}"


class Workers:
    """So many processes, started when there is work; with 0 the work is done in this one. Use it as a context."""

    def __init__(self, count: int | None = None, patience: float = _PATIENCE) -> None:
        self._count = len(os.sched_getaffinity(0)) if count is None else count
        self._patience = patience
        self._idle: list[_Worker] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._idle:
            worker.line.close()
        for worker in self._idle:
            worker.end()
        self._idle.clear()

    def map(self, work: Callable[[_T], _R], tasks: Sequence[_T]) -> list[_R | Died]:
        """The result of each task, in their order. `work` is a function of a module."""
        if not self._count:
            return [_done(work, task) for task in tasks]
        results: list[Any] = [None] * len(tasks)
        waiting = deque(range(len(tasks)))
        busy: dict[Connection, tuple[_Worker, int, float]] = {}
        try:
            while waiting or busy:
                while waiting and len(busy) < self._count:
                    worker = self._idle.pop() if self._idle else _Worker()
                    index = waiting.popleft()
                    busy[worker.line] = worker, index, monotonic() + self._patience
                    try:
                        worker.line.send((work, tasks[index]))
                    except OSError:
                        continue  # it is dead; the line says so below
                soonest = min(deadline for _, _, deadline in busy.values())
                for line in wait(list(busy), max(0.0, soonest - monotonic())):
                    worker, index, _ = busy.pop(line)  # type: ignore[call-overload]
                    results[index] = self._received(worker)
                for line, (worker, index, deadline) in list(busy.items()):
                    if deadline <= monotonic():
                        del busy[line]
                        worker.end()
                        results[index] = Died(f"took more than {self._patience:g} seconds")
        finally:
            for worker, _, _ in busy.values():
                worker.end()
        return results

    def _received(self, worker: _Worker) -> Any:
        try:
            result = worker.line.recv()
        except (EOFError, OSError):
            return Died(f"the process that worked on it ended ({worker.end()})")
        self._idle.append(worker)
        return result


def _serve(line: Connection) -> None:
    """Do tasks until the line is closed. Ctrl-C is the caller's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            work, task = line.recv()
        except (EOFError, OSError):
            return
        line.send(_done(work, task))


def _done(work: Callable[[_T], _R], task: _T) -> _R | Died:
    try:
        return work(task)
    except Exception as error:  # a fault of ours costs one report, not the run
        return Died(f"unexpected {type(error).__name__}: {error}; this is a fault of Recoupe")

"""Desk: what all pages share: the store, the settings, who may come in, and the threads in which work is done.

A page is a plain function that runs in a thread. Every method of the store is one transaction on a connection of its
own, taken from a pool, so that any number of readers see one state each while something is being kept. There are as
many threads for reading as it takes to keep the cores busy, and no more: a hundred readers wait here, in order, and
not inside the database. What writes waits in a line of its own, so that no reader ever stands behind a writer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from recoupe.settings import Settings
from recoupe.store import open_store
from recoupe.web.jobs import Jobs
from recoupe.web.remembering import Remembering
from recoupe.web.security import Gate
from recoupe.web.shelf import Shelf

if TYPE_CHECKING:
    from anyio import CapacityLimiter

    from recoupe.store.sql import SqlStore

_T = TypeVar("_T")
_READERS, _WRITERS = 4, 2


@dataclass(eq=False)
class Desk:
    """One desk on one store. `close()` it; an application that is shut down does.

    `describe` tells programs what the desk answers; the application, which knows its pages, brings it.
    """

    store: SqlStore
    settings: Settings = field(default_factory=Settings)
    gate: Gate = field(default_factory=Gate)
    remembered: Remembering = field(default_factory=Remembering)
    jobs: Jobs = field(default_factory=Jobs)
    describe: Callable[[], dict[str, Any]] = dict
    shelf: Shelf = field(default_factory=Shelf)
    _lines: dict[str, CapacityLimiter] = field(default_factory=dict)

    async def work(self, task: Callable[..., _T], *given: Any, writes: bool = False, **named: Any) -> _T:
        """The result of a task that blocks, done in a thread while other requests are answered."""
        from anyio import CapacityLimiter, to_thread

        kind = "writing" if writes else "reading"
        if kind not in self._lines:  # a line belongs to the loop that runs it, so it is made there
            self._lines[kind] = CapacityLimiter(_WRITERS if writes else _READERS)
        return await to_thread.run_sync(partial(task, *given, **named), limiter=self._lines[kind])

    def close(self) -> None:
        """End what is at work, and let go of the store."""
        self.jobs.close()
        self.store.close()


def open_desk(store_address: str | None, settings: Settings | None = None, gate: Gate | None = None) -> Desk:
    """A desk on the store at an address, which is made where there is none. Raises StoreError."""
    return Desk(open_store(store_address), settings or Settings(), gate or Gate())

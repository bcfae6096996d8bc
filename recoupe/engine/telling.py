"""Telling: alerts that wait, handed to their channels; a channel that fails rests for a while and holds up no other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

from recoupe.engine.channels import Sender
from recoupe.engine.collect import OnProblem
from recoupe.errors import RecoupeError
from recoupe.records import Problem
from recoupe.records.alert import Alert
from recoupe.store import Store, WhichAlerts

_RESTS = (60.0, 300.0, 900.0, 3600.0)
"""Seconds that a channel is left alone after the first, second … failure in a row."""
_LAST = 5.0  # seconds that slow channels have when the watch is to stop
_AT_ONCE = 100  # alerts that a channel is given in one round


@dataclass(slots=True)
class _State:
    """How a channel is doing: failures in a row, when it may be tried again, and who is at work for it."""

    failures: int = 0
    not_before: float = 0.0
    thread: threading.Thread | None = None


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of some alerts of a channel; without ids, that its work is done, or why it ended."""

    channel: str
    ids: tuple[str, ...] = ()
    error: str | None = None
    done: bool = False


class Teller:
    """Tells alerts that wait. One that was told may be told again only if the process dies before that is noted.

    The rests are counted on a clock that never jumps; after a restart every channel is tried at once.
    """

    def __init__(
        self,
        store: Store,
        senders: Mapping[str, Sender],
        on_problem: OnProblem | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._store, self._on_problem, self._clock = store, on_problem, clock
        self._senders = dict(senders)
        self._states: dict[str, _State] = {}
        self._results: queue.SimpleQueue[_Result] = queue.SimpleQueue()

    def use(self, senders: Mapping[str, Sender]) -> None:
        """Go on with other channels; one of the same name may be tried at once."""
        self._senders = dict(senders)
        for state in self._states.values():
            state.failures, state.not_before = 0, 0.0

    def tell(self, patience: float = 60.0, stop: Callable[[], bool] = lambda: False) -> int:
        """Tell what waits, for no longer than `patience` seconds; how many were told. Raises StoreError.

        A channel that is slower goes on in its thread, and is asked again in the next round. Once `stop` says so, the
        slow ones have a few seconds left.
        """
        told = self._note()
        at_work = []
        for name, sender in self._senders.items():
            state = self._states.setdefault(name, _State())
            if state.thread is not None or self._clock() < state.not_before:
                continue
            waiting = self._store.waiting(name, _AT_ONCE)
            if not waiting and not sender.eager():
                continue
            latest = self._store.alerts(WhichAlerts(channel=name, most=sender.latest)) if sender.latest else []
            if sender.here:
                try:
                    self._work(name, sender, waiting, latest)
                finally:
                    told += self._note()
            else:
                state.thread = threading.Thread(
                    target=self._work, args=(name, sender, waiting, latest), name=f"channel {name}", daemon=True
                )
                state.thread.start()
                at_work.append(name)
        return told + self._wait(at_work, patience, stop)

    def _wait(self, names: Sequence[str], patience: float, stop: Callable[[], bool]) -> int:
        """Wait for the threads of channels; how many alerts they told."""
        told, begun = 0, self._clock()
        asked: float | None = None
        while any(self._states[name].thread is not None for name in names):
            if asked is None and stop():
                asked = self._clock()
            left = begun + patience - self._clock()
            if asked is not None:
                left = min(left, asked + _LAST - self._clock())
            if left <= 0:
                break
            told += self._note(min(left, 1.0))
        return told

    def _work(self, name: str, sender: Sender, waiting: list[Alert], latest: list[Alert]) -> None:
        """What a channel does, here or in its thread; it puts what came of it into the queue and touches nothing else.

        What is raised that is no fault of the channel (nobody reads standard output any more) passes on.
        """
        left = {alert.id: None for alert in waiting}
        error = None
        try:
            for ids, complaint in sender.send(waiting, latest):
                for one in ids:
                    left.pop(one, None)
                self._results.put(_Result(name, tuple(ids), complaint))
        except RecoupeError as failure:
            error = str(failure)
        except Exception as failure:
            if sender.here:
                raise
            error = f"unexpected {type(failure).__name__}: {failure}"
        self._results.put(_Result(name, tuple(left) if error else (), error, done=True))

    def _note(self, wait: float = 0.0) -> int:
        """Write down what came of the work so far; how many alerts were told."""
        told = 0
        while True:
            try:
                result = self._results.get(timeout=wait) if wait else self._results.get_nowait()
            except queue.Empty:
                return told
            wait = 0.0
            if result.done:
                self._rest(result)
            if result.error is None:
                told += len(result.ids)
            else:
                self._tell_problem(result.channel, result.error)
            if result.ids:
                self._store.mark_told(result.channel, result.ids, result.error)

    def _rest(self, result: _Result) -> None:
        state = self._states.setdefault(result.channel, _State())
        state.thread = None
        if result.error is None:
            state.failures, state.not_before = 0, 0.0
        else:
            state.not_before = self._clock() + _RESTS[min(state.failures, len(_RESTS) - 1)]
            state.failures += 1

    def _tell_problem(self, channel: str, error: str) -> None:
        if self._on_problem:
            self._on_problem(Problem(f"channel {channel}", "tell", f"channel {channel}: {error}"))

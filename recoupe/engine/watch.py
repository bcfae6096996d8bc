"""Watch: collect, gather, compare, tell; then again, until asked to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from recoupe.engine.channels import Sender, sender_of
from recoupe.engine.collect import Collected, OnProblem, collect, revisit
from recoupe.engine.gather import gather
from recoupe.engine.judging import judge
from recoupe.engine.revisiting import Timetable
from recoupe.engine.telling import Teller
from recoupe.engine.workers import Workers
from recoupe.errors import RecoupeError, SettingsError, StoreError
from recoupe.records import Problem
from recoupe.records.alert import Alert
from recoupe.records.kept import KeptStory
from recoupe.settings import Settings
from recoupe.store import Store
from recoupe.store.locks import Taken, Turn
from recoupe.watching.rules import DEFAULT, TERMINAL, Rules, parse

_DAYS = 2  # for which the page of a new article is asked for again
_LEAST = 1.0  # seconds between two rounds, however long the first one took
_MOST = 1_000_000  # bytes of a file of rules


@dataclass(slots=True)
class Round:
    """What came of one round. `stories` are those that changed; `failed` that a step could not be done at all."""

    collected: Collected = field(default_factory=Collected)
    stories: list[KeptStory] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    told: int = 0
    problems: int = 0
    failed: bool = False


class RulesFile:
    """The rules in a file, read again when it changes; the default ones where there is no file.

    Raises SettingsError at the first reading.
    """

    def __init__(self, path: str | None) -> None:
        self._path = Path(path) if path is not None else None
        self._stamp: tuple[int, int] | None = None
        self.folder = self._path.absolute().parent if self._path else Path()
        self.rules = DEFAULT
        self.changed()

    def changed(self) -> bool:
        """Read the file if it is another than before; whether it was. Raises SettingsError, and keeps the old rules."""
        if self._path is None:
            return False
        try:
            state = self._path.stat()
            stamp = (state.st_mtime_ns, state.st_size)
            if stamp == self._stamp:
                return False
            with self._path.open("rb") as file:
                text = file.read(_MOST + 1).decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            said = getattr(error, "strerror", None) or "it is not in UTF-8"
            raise SettingsError(f"{self._path}: cannot be read ({said}).") from error
        self._stamp = stamp  # a file that is wrong is complained of once
        self.rules = parse(text, str(self._path))
        return True


class Watcher:
    """Watches sources into one store. It must have the right to (`store.only_watch()`).

    `sources` are addresses, or None for those that the store knows. `show` writes on the terminal. `again` is how
    many seconds after an article came its page is asked for again; None is never.
    """

    def __init__(
        self,
        store: Store,
        sources: Sequence[str] | None,
        rules: RulesFile,
        settings: Settings,
        *,
        show: Callable[[str], None],
        workers: Workers | None = None,
        on_problem: OnProblem | None = None,
        stop: threading.Event | None = None,
        turn: Turn | None = None,
        again: float | None = None,
    ) -> None:
        self._store, self._sources, self._rules, self._settings = store, sources, rules, settings
        self._show, self._workers, self._on_problem = show, workers or Workers(0), on_problem
        self._stop, self._turn = stop or threading.Event(), turn
        self._round, self._patience = Round(), 60.0
        self._timetable = Timetable(again) if again is not None else None
        self._teller = Teller(store, self._senders(), self._problem)

    def round(self, patience: float = 60.0) -> Round:
        """Collect, gather, compare, tell, once; what goes wrong in one step leaves the others their turn."""
        self._round = Round()
        if not self._has_turn():
            return self._round
        self._reload()
        self._step(self._collect)
        self._step(self._revisit)
        self._step(self._gather)
        self._step(self._judge)
        self._patience = patience
        self._step(self._tell)
        return self._round

    def run(self, every: float, after: Callable[[Round], None] = lambda _: None) -> None:
        """Round after round, each begun `every` seconds after the last one, until asked to stop.

        The seconds are those of a clock that never jumps. Raises StoreError where another process has got the right to
        watch by now, which a server that was restarted gives to the first who asks.
        """
        while not self._stop.is_set():
            begun = monotonic()
            after(self.round())
            self._stop.wait(max(_LEAST, every - (monotonic() - begun)))

    def _has_turn(self) -> bool:
        """Whether it still has the right to watch; a server that is away may return. Raises Taken if another has it."""
        if self._turn is None:
            return True
        try:
            self._turn.renew()
        except Taken:
            raise
        except StoreError as error:
            self._fail("store", str(error))
            return False
        return True

    # --- the steps ---

    def _collect(self) -> None:
        self._round.collected = collect(
            self._store, self._addresses(), self._settings, self._problem, workers=self._workers,
            stop=self._stop.is_set,
        )  # fmt: skip

    def _revisit(self) -> None:
        if self._timetable is None:
            return
        since = (datetime.now(UTC) - timedelta(days=_DAYS)).isoformat(timespec="seconds")
        due = self._timetable.due(self._store.pages(since))
        if due:
            again = revisit(
                self._store, due, self._settings, self._problem, workers=self._workers, stop=self._stop.is_set
            )
            self._round.collected.changed += again.changed

    def _gather(self) -> None:
        self._round.stories = gather(
            self._store, None, self._settings, self._problem, workers=self._workers, stop=self._stop.is_set
        )

    def _judge(self) -> None:
        self._round.alerts = judge(
            self._store, self._rules.rules, self._settings, self._problem, workers=self._workers,
            stop=self._stop.is_set,
        )  # fmt: skip

    def _tell(self) -> None:
        self._round.told = self._teller.tell(self._patience, self._stop.is_set)

    def _step(self, step: Callable[[], None]) -> None:
        if self._stop.is_set():
            return
        try:
            step()
        except RecoupeError as error:
            self._fail("store" if isinstance(error, StoreError) else "watch", str(error))
        except Exception as error:  # a fault of ours costs one step, not the watch
            if step == self._tell:  # nobody reads standard output any more
                raise
            self._fail("watch", f"unexpected {type(error).__name__}: {error}; this is a fault of Recoupe.")

    def _fail(self, where: str, message: str) -> None:
        self._round.failed = True
        self._problem(Problem(where, "watch", message))

    def _addresses(self) -> list[str]:
        if self._sources is not None:
            return list(self._sources)
        return [state.address for state in self._store.sources() if state.address != "-"]

    def _problem(self, problem: Problem) -> None:
        self._round.problems += 1
        if self._on_problem:
            self._on_problem(problem)

    # --- the rules ---

    def _reload(self) -> None:
        try:
            if self._rules.changed():
                self._teller.use(self._senders())
        except SettingsError as error:
            self._problem(Problem("rules", "watch", f"{error} The rules from before stay."))

    def _senders(self) -> dict[str, Sender]:
        """What tells each channel that a rule names."""
        rules: Rules = self._rules.rules
        names = dict.fromkeys(name for rule in rules.rules for name in rule.to)
        names |= dict.fromkeys(channel.name for channel in rules.channels)
        names.setdefault(TERMINAL)
        return {
            name: sender_of(rules.channel(name), self._settings.ui, self._show, self._rules.folder) for name in names
        }

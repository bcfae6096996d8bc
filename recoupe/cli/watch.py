"""`recoupe watch`: collect, gather, compare, tell, again and again."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import (
    AllowPrivate,
    Columns,
    Follow,
    Pipelines,
    Quiet,
    StoreAddress,
    Ui,
    Vague,
    seconds_of,
    settings_from,
)
from recoupe.cli.telling import Watch, show, tell
from recoupe.errors import SettingsError

if TYPE_CHECKING:
    from recoupe.engine.watch import Round
    from recoupe.store.sql import SqlStore

EXAMPLES = """\b
Examples:
  recoupe watch feeds.opml --every 10m --rules rules.toml
  recoupe watch https://example.org/feed.xml --store ~/news.db
  recoupe watch --once

\b
Exit status: 0 stopped by Ctrl-C or SIGTERM, or all is well with --once; 1 with --once: some report, source or
channel could not be used; 2 it could not begin: another process watches this store, the rules make no sense."""
Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SOURCES]", help="What to collect, as for 'collect'; by default what the store knows."),
]
Every = Annotated[
    str, typer.Option("--every", metavar="TIME", help="From the beginning of one round to the next: 90s, 10m, 2h.")
]
RulesPath = Annotated[
    str | None,
    typer.Option(
        "--rules", metavar="FILE", help="What is to be told, and where; a file of TOML, read again when it changes."
    ),
]
Revisit = Annotated[
    str,
    typer.Option(
        "--revisit",
        metavar="TIME|never",
        help="Ask for the page of a new article again after so long, then after twice as long, for two days.",
    ),
]
Processes = Annotated[
    int, typer.Option("--processes", "-p", min=0, help="How many processes read; more are faster and take more memory.")
]
Once = Annotated[bool, typer.Option("--once", help="One round, then leave.")]


def watch(
    sources: Sources = None,
    every: Every = "10m",
    rules: RulesPath = None,
    store: StoreAddress = None,
    revisit: Revisit = "1h",
    once: Once = False,
    ui: Ui = None,
    allow_private: AllowPrivate = False,
    follow: Follow = False,
    column: Columns = None,
    pipeline: Pipelines = None,
    vague: Vague = "range",
    processes: Processes = 1,
    quiet: Quiet = False,
) -> None:
    """Collect sources again and again, and tell what rules ask for: contested figures, denials, silent changes.

    The first round takes what the store holds as known. Each alert is told once by each channel of its rule, on the
    terminal unless a rule says otherwise.
    """
    pause = seconds_of(every, "--every")
    again = None if revisit.strip().lower() == "never" else seconds_of(revisit, "--revisit")
    settings = settings_from(ui, allow_private, follow, column, pipeline, vague)
    from recoupe.engine import Workers
    from recoupe.engine.watch import RulesFile, Watcher
    from recoupe.store import open_store

    file = RulesFile(rules)
    stop = threading.Event()
    with open_store(store) as opened, opened.only_watch() as turn, Workers(processes) as workers:
        _check_sources(opened, sources)
        with Watch(sources or [], quiet) as problems, _Signals(stop):
            watcher = Watcher(
                opened, sources or None, file, settings,
                show=show, workers=workers, on_problem=problems.problem, stop=stop, turn=turn,
                again=again,
            )  # fmt: skip
            opened.begin_watch()
            if once:
                _tell_round(found := watcher.round(), quiet)
                raise typer.Exit(1 if found.problems or found.failed else 0)
            watcher.run(pause, lambda found: _tell_round(found, quiet))
    if not quiet:
        tell("stopped; what was kept is kept.")


def _check_sources(store: SqlStore, sources: list[str] | None) -> None:
    if not sources and not store.sources():
        raise SettingsError("the store knows no source yet; name what to watch, such as feeds.opml.")


def _tell_round(found: Round, quiet: bool) -> None:
    if quiet:
        return
    counts = found.collected
    several = sum(len(story.articles) > 1 for story in found.stories)
    tell(
        f"{counts.new} new and {counts.changed} changed articles, {several} stories changed, "
        f"{len(found.alerts)} alerts, {found.told} told, {found.problems} problems."
    )


class _Signals:
    """Ctrl-C and SIGTERM ask to stop after the transaction at hand; a second one ends the process at once."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._before: dict[int, object] = {}

    def __enter__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._asked)

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _asked(self, number: int, _frame: object) -> None:
        if self._stop.is_set():
            raise KeyboardInterrupt
        self._stop.set()

"""Telling: what a command says on standard error, and how far it has come."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

    from recoupe.records import Problem

_MANY = (
    ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".xml", ".rss", ".atom", ".opml", ".warc", ".gz", ".zst", "/feed",
    "/feed/", "/rss", "/rss/",
)  # fmt: skip
"""What an address ends in that may hold more than one report."""

_PATIENCE = 2.0
"""Seconds of work before a bar shows how far it has come."""


def tell(message: str) -> None:
    """One line on standard error; what a report or a path puts into it cannot act on the terminal."""
    from recoupe.writing.safe import line

    print(f"recoupe: {line(message)}", file=sys.stderr, flush=True)


class OutputClosed(Exception):
    """The program that read standard output has left."""


def show(text: str) -> None:
    """Write to standard output. Raises OutputClosed when nobody reads it any more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as error:  # caught here, for the command line parser would make an exit status 1 of it
        raise OutputClosed from error


class Watch:
    """Counts reports and problems of a batch; on a terminal it shows a bar once the work lasts.

    Use as a context: `with Watch(paths, quiet) as watch:`. `problems` is how many reports could not be used.
    """

    def __init__(self, paths: Sequence[str], quiet: bool = False) -> None:
        self.problems = 0
        self._quiet = quiet
        self._total = None if any(path == "-" or _holds_many(path) for path in paths) else len(paths)
        self._done = 0
        self._bar: Progress | None = None
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        if not quiet and sys.stderr.isatty():
            self._timer = threading.Timer(_PATIENCE, self._show)
            self._timer.daemon = True

    def __enter__(self) -> Watch:
        if self._timer:
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer:
            self._timer.cancel()
        with self._lock:
            if self._bar:
                self._bar.stop()
            self._bar, self._timer = None, None

    def problem(self, problem: Problem) -> None:
        """Tell what went wrong with one report."""
        self.problems += 1
        if self._quiet:
            return
        from recoupe.writing.safe import complaint

        said = complaint(problem.report, problem.message)
        with self._lock:
            if self._bar is None:
                tell(said)
            else:
                self._bar.console.print(f"recoupe: {said}", markup=False, highlight=False)

    def step(self, address: str) -> None:
        """One more report has been read."""
        with self._lock:
            self._done += 1
            if self._bar:
                self._bar.update(self._bar.task_ids[0], completed=self._done)

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

        with self._lock:
            if self._timer is None:
                return
            console = Console(stderr=True, markup=False)
            self._bar = Progress(
                BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console, transient=True
            )
            self._bar.add_task("reading", total=self._total, completed=self._done)
            self._bar.start()


def _holds_many(path: str) -> bool:
    """Whether an address may give more than one report."""
    from pathlib import Path

    try:
        name = path.lower().partition("?")[0]
        return name.endswith(_MANY) or Path(path).is_dir()
    except (OSError, ValueError):
        return False


def as_lines(records: Sequence[object]) -> str:
    """Records as JSON, one a line."""
    import msgspec

    return msgspec.json.Encoder().encode_lines(records).decode()

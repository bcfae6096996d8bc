"""Loading: addresses -> Reports. One file a kind of source.

An address is the path of a file or folder, an http(s) URL, or `-` for standard input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from recoupe.errors import LoadError
from recoupe.loading import files, tables
from recoupe.loading.jobs import Job
from recoupe.records import Problem, Report
from recoupe.settings import Settings

__all__ = ["load"]

_DEFAULT = Settings()


def load(
    addresses: Iterable[str], settings: Settings = _DEFAULT, on_problem: Callable[[Problem], None] | None = None
) -> Iterator[Report]:
    """Load each address, in the order given; what is in a folder or a table comes in its own order.

    What gives no report raises LoadError if `on_problem` is None; otherwise it is handed to `on_problem` and the rest
    goes on.
    An address that comes twice is read once, which `on_problem` is told too.
    """
    seen: set[str] = set()
    for address in addresses:
        try:
            for job in _jobs(address, settings):
                if job.key in seen:
                    if on_problem:
                        on_problem(Problem(job.address, "load", "given twice, read once"))
                    continue
                seen.add(job.key)
                try:
                    report = job.read()
                except LoadError as error:
                    if on_problem is None:
                        raise
                    on_problem(Problem(job.address, "load", str(error)))
                    continue
                yield report
        except LoadError as error:
            if on_problem is None:
                raise
            on_problem(Problem(address, "load", str(error)))


def _jobs(address: str, settings: Settings) -> Iterator[Job]:
    """What is to be read for one address."""
    if address == "-":
        yield Job("-", "-", files.read_standard_input)
    elif address.lower().startswith(("http://", "https://")):
        from recoupe.loading import pages  # httpx takes half a second to import

        yield Job(pages.key(address), address, lambda: pages.read_page(address, settings))
    elif files.is_folder(address):
        yield from _folder(Path(address))
    elif address.lower().endswith(".json"):
        yield from tables.jobs(Path(address))
    else:
        yield files.job(Path(address))


def _folder(folder: Path) -> Iterator[Job]:
    """All files below a folder; those that a table beside them describes come through it."""
    found = files.in_folder(folder)
    described: dict[Path, list[Job]] = {}
    listed: set[str] = set()
    for table in (f for f in found if f.suffix.lower() == ".json"):
        try:
            described[table] = list(tables.jobs(table))
        except LoadError:
            continue  # some other JSON file
        listed.update(job.key for job in described[table])
    for file in found:
        if file.suffix.lower() == ".json":
            yield from described.get(file, ())
        elif files.key(file) not in listed:
            yield files.job(file)
    if not found:
        raise LoadError(f"{folder}: the folder holds no report; it may hold {', '.join(sorted(files.SUFFIXES))} files.")

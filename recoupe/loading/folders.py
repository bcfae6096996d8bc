"""Folders: every report in the files below one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from recoupe.errors import LoadError
from recoupe.loading import files, kinds
from recoupe.loading.jobs import Job
from recoupe.loading.sources import of_file
from recoupe.loading.visits import Visit


def jobs(folder: Path, visit: Visit) -> Iterator[Job]:
    """All files below a folder; those that a table beside them describes come through it."""
    found = files.in_folder(folder)
    if not found:
        endings = ", ".join(sorted(files.SUFFIXES | files.KINDS))
        raise LoadError(f"{folder}: the folder holds no report; it may hold {endings} files.")
    described = {file: table for file in found if (table := _table(file, visit)) is not None}
    listed = {job.key for table in described.values() for job in table if job.key}
    for file in found:
        if file in described:
            yield from described[file]
        elif file.suffix.lower() in files.KINDS or file.suffix.lower() == ".json":
            yield from _if_any(file, visit)
        elif files.key(file) not in listed:
            yield from kinds.jobs(of_file(file), visit)


def _table(file: Path, visit: Visit) -> list[Job] | None:
    """The jobs of a table of reports, None for any other file."""
    if file.suffix.lower() != ".json":
        return None
    try:
        source = of_file(file)
        return list(kinds.jobs(source, visit)) if kinds.kind_of(source, visit) == "table" else None
    except LoadError:
        return None


def _if_any(file: Path, visit: Visit) -> Iterator[Job]:
    """The jobs of a file if it is of a kind that holds reports; a folder may hold other JSON, XML and CSV as well."""
    try:
        source = of_file(file)
        inner = source.unpacked()
        kind = kinds.kind_of(inner, visit)
        if kind == "table" or (kind == "text" and Path(inner.name).suffix.lower() not in files.SUFFIXES):
            return
        begun = kinds.jobs(source, visit)
        first = next(begun, None)
    except LoadError:
        return
    if first is not None:
        yield from chain((first,), begun)

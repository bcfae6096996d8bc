"""Sources of a store: their state, and what is remembered of each address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, delete, select

from recoupe.records.kept import SourceState
from recoupe.records.validators import Validators
from recoupe.store.rows import chunks, clean, put
from recoupe.store.tables import remembered, sources


def keep(connection: Connection, states: Sequence[SourceState], memory: Mapping[str, Validators], at: str) -> None:
    """Write the state of sources and what is remembered of addresses, over what was there."""
    put(connection, sources, [_cleaned(asdict(state)) for state in states], "address")
    rows = [_cleaned({"address": address, "said": at, **asdict(known)}) for address, known in memory.items()]
    put(connection, remembered, rows, "address")


def forget(connection: Connection, before: str) -> int:
    """Forget what was last said of addresses before a moment; of how many."""
    return connection.execute(delete(remembered).where(remembered.c.said < before)).rowcount


def _cleaned(row: dict[str, Any]) -> dict[str, Any]:
    return {k: clean(v) if isinstance(v, str) else v for k, v in row.items()}


def listed(connection: Connection) -> list[SourceState]:
    """The sources, by address."""
    return [SourceState(**row) for row in connection.execute(select(sources).order_by(sources.c.address)).mappings()]


def remembered_of(connection: Connection, addresses: Sequence[str]) -> dict[str, Validators]:
    """What is remembered of addresses."""
    found = {}
    for part in chunks(addresses):
        for row in connection.execute(select(remembered).where(remembered.c.address.in_(part))).mappings():
            found[row["address"]] = Validators(**{f.name: row[f.name] for f in fields(Validators)})
    return found

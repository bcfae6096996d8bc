"""Sources of a store: their state, and what is remembered of each address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Table, select

from recoupe.records.kept import SourceState
from recoupe.records.validators import Validators
from recoupe.store.rows import chunks, clean, inserting
from recoupe.store.tables import remembered, sources


def keep(connection: Connection, states: Sequence[SourceState], memory: Mapping[str, Validators]) -> None:
    """Write the state of sources and what is remembered of addresses, over what was there."""
    for state in states:
        _put(connection, sources, asdict(state))
    for address, known in memory.items():
        _put(connection, remembered, {"address": address, **asdict(known)})


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


def _put(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    row = {k: clean(v) if isinstance(v, str) else v for k, v in row.items()}
    question = inserting(connection, table).values(row)
    rest = {k: question.excluded[k] for k in row if k != "address"}
    connection.execute(question.on_conflict_do_update(index_elements=["address"], set_=rest))

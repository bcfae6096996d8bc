"""Rows: what all tables of a store are written and asked with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from recoupe.records.kept import Made
from recoupe.store.packing import digest, packed
from recoupe.store.tables import makers

_AT_ONCE = 400  # values in one question to the database


class Makers:
    """The numbers of what made things, each looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[Made, int] = {}

    def of(self, made: Made) -> int:
        """The number of what made a thing."""
        number = self._known.get(made)
        if number is None:
            number = self._known[made] = maker_id(self._connection, made)
        return number


def maker_id(connection: Connection, made: Made) -> int:
    """The number under which it is kept what made a thing."""
    name = digest(made)
    insert_new(connection, makers, [{"digest": name, "body": packed(made)}], "digest")
    return int(connection.execute(select(makers.c.id).where(makers.c.digest == name)).scalar_one())


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Values, so many at once as one question takes."""
    for i in range(0, len(values), _AT_ONCE):
        yield values[i : i + _AT_ONCE]


def insert_new(connection: Connection, table: Any, rows: Sequence[Mapping[str, Any]], *unique: str) -> None:
    """Insert rows, all of the same columns, unless they are there already."""
    if not rows:
        return
    keys = list(unique) or [column.name for column in table.primary_key]
    connection.execute(inserting(connection, table).on_conflict_do_nothing(index_elements=keys), list(rows))


def put(connection: Connection, table: Any, rows: Sequence[Mapping[str, Any]], key: str) -> None:
    """Insert rows, all of the same columns, in place of those that have the same key."""
    if rows:
        question = inserting(connection, table)
        rest = {name: question.excluded[name] for name in rows[0] if name != key}
        connection.execute(question.on_conflict_do_update(index_elements=[key], set_=rest), list(rows))


def inserting(connection: Connection, table: Any) -> Any:
    """An INSERT in the dialect of a connection, which alone is imported: PostgreSQL's takes a quarter second."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def clean(value: str | None) -> str | None:
    """A text that every database holds: PostgreSQL takes no NUL."""
    return value if value is None else value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()

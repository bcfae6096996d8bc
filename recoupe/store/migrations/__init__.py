"""Migrations: numbered steps that bring a store to the form that this version of Recoupe knows.

A module `m0001_…` holds `STEPS`, the SQL of each dialect, and is never changed once it was released. This runner is
forty lines; a framework for migrations would bring branches and a downgrade, of which a store in one file has no use:
its way back is the copy that was made before.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy import Connection, inspect, text

from recoupe.errors import StoreError


def numbered() -> list[tuple[int, str]]:
    """The migrations there are, by number."""
    return sorted((int(m.name[1:5]), m.name) for m in iter_modules(__path__) if m.name.startswith("m"))


def migrate(connection: Connection, where: str) -> None:
    """Bring a store up to date, within the caller's transaction, which lets nobody else write.

    Raises StoreError where the store was made by a newer Recoupe, or is something else.
    """
    have = _version(connection, where)
    steps = numbered()
    if have > steps[-1][0]:
        raise StoreError(
            f"{where}: was made by a newer Recoupe (form {have}, this one knows {steps[-1][0]}); update the program."
        )
    for number, name in steps:
        if number > have:
            for statement in import_module(f"{__name__}.{name}").STEPS[connection.dialect.name]:
                connection.exec_driver_sql(statement)
            connection.execute(text("DELETE FROM store_form"))
            connection.execute(text("INSERT INTO store_form (version) VALUES (:v)"), {"v": number})


def _version(connection: Connection, where: str) -> int:
    names = set(inspect(connection).get_table_names())
    if "store_form" in names:
        return connection.execute(text("SELECT version FROM store_form")).scalar() or 0
    if names:
        raise StoreError(f"{where}: holds something else ({sorted(names)[0]!r}); give a place of its own to a store.")
    connection.exec_driver_sql("CREATE TABLE store_form (version INTEGER NOT NULL)")
    return 0

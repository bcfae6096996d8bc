"""The tables that the migrations make are those that the program uses."""

from __future__ import annotations

from sqlalchemy import inspect

from recoupe.store import open_store
from recoupe.store.migrations import numbered
from recoupe.store.tables import meta


def test_the_migrations_are_numbered_without_a_gap():
    assert [number for number, _ in numbered()] == list(range(1, len(numbered()) + 1))


def test_the_tables_are_those_of_the_migrations(address):
    with open_store(address) as store:
        found = inspect(store._engine)
        for table in meta.sorted_tables:
            columns = {c["name"]: c["nullable"] for c in found.get_columns(table.name)}
            wanted = {c.name: bool(c.nullable) for c in table.columns}
            keys = {c.name for c in table.primary_key}
            assert columns.keys() == wanted.keys()
            assert {k: v for k, v in columns.items() if k not in keys} == {
                k: v for k, v in wanted.items() if k not in keys
            }
            assert set(found.get_pk_constraint(table.name)["constrained_columns"]) == keys
            assert {i["name"] for i in found.get_indexes(table.name) if not i.get("duplicates_constraint")} >= {
                i.name for i in table.indexes
            }


def test_sqlite_is_careful_with_the_disk(tmp_path):
    with open_store(str(tmp_path / "s.db")) as store, store._engine.connect() as connection:
        asked = [
            connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert asked == ["wal", 2, 1]

"""Engines: how SQLite and PostgreSQL are opened, and what their errors mean."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from recoupe.errors import StoreError
from recoupe.store.migrations import migrate

_PATIENCE = 30  # seconds that one writer waits for another
_LOCK = 0x7265636F  # the advisory lock of PostgreSQL by which writers take turns


def default_address() -> str:
    """Where a store lies if nothing else is said: the user's data folder."""
    home = os.environ.get("XDG_DATA_HOME") or ""
    folder = Path(home) if Path(home).is_absolute() else Path.home() / ".local" / "share"
    return str(folder / "recoupe" / "recoupe.db")


def url_of(address: str) -> URL:
    """The address of a store as SQLAlchemy has it: a path, `sqlite:///path` or `postgresql://user@host/name`."""
    if "://" not in address:
        return URL.create("sqlite", database=str(Path(address).expanduser()))
    try:
        url = make_url(address)
    except ArgumentError:
        raise StoreError(f"{address.partition('@')[0]}…: is no address of a store.") from None
    name = url.get_backend_name()
    if name in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if name != "sqlite" or not url.database:
        raise StoreError(f"{shown(url)}: a store is a file, or a database at postgresql://….")
    return url


def shown(url: URL) -> str:
    """An address without its password."""
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def opened(url: URL) -> Engine:
    """The engine of a store, which is made or brought up to date where needed. Raises StoreError."""
    sqlite = url.get_backend_name() == "sqlite"
    try:
        if sqlite and url.database not in (None, ":memory:"):
            Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = _sqlite(url) if sqlite else create_engine(url, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreError(f"{shown(url)}: PostgreSQL needs psycopg: pip install 'recoupe[postgres]'.") from None
    except OSError as error:
        raise StoreError(f"{shown(url)}: cannot be made ({error.strerror or error}).") from error
    with writing(engine) as connection:
        migrate(connection, shown(url))
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes; writers take turns, in one process and in many."""
    with told(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads, and sees one state throughout."""
    with told(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Turn what the database says into StoreError."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(f"{shown(engine.url)}: {_meaning(error)}") from error


def _meaning(error: SQLAlchemyError) -> str:
    said = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())[:300]
    low = said.lower()
    for sign, meaning in (
        ("full", "there is no space left; what was kept before is safe, make room and try again"),
        ("locked", f"another process has been writing for more than {_PATIENCE} seconds; try again later"),
        ("readonly", "cannot be written; check its permissions"),
        ("unable to open", "cannot be opened; check the path and its permissions"),
        ("not a database", "is no store; give another path"),
        ("malformed", "is damaged; restore it from a copy"),
        ("disk i/o", "the disk could not write; what was kept before is safe, look at its space and its state"),
    ):
        if sign in low:
            return f"{meaning} ({said})."
    return f"the database says: {said}."


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _PATIENCE, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        for pragma in (
            f"busy_timeout={_PATIENCE * 1000}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
            "cache_size=-65536", "temp_store=MEMORY",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine

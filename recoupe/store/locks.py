"""Locks: one watch on one store, whatever becomes of the process that held it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from recoupe.errors import StoreError
from recoupe.store.engines import shown, told

_WATCH = 0x77617463  # the advisory lock of PostgreSQL that a watch holds
_BESIDE = ".watch"


class Taken(StoreError):
    """Another process has the right to watch."""


class Turn(Protocol):
    """The right to watch a store, held until it is given back or the process ends, however it ends."""

    def renew(self) -> None:
        """Take it again where a server that was restarted has forgotten it.

        Raises Taken where another has it by now, StoreError where the server does not answer.
        """
        ...


@contextlib.contextmanager
def only_one(engine: Engine) -> Iterator[Turn]:
    """Hold the one right to watch a store. Raises StoreError where another process holds it."""
    where = shown(engine.url)
    if engine.dialect.name == "postgresql":
        turn: _Advisory | _Flock = _Advisory(engine, where)
    else:
        turn = _Flock(where)
    try:
        turn.renew()
        yield turn
    finally:
        turn.end()


def _taken(where: str) -> Taken:
    return Taken(f"{where}: another process is watching this store; stop it first, or give another store.")


class _Flock:
    """A lock of the system on a file beside the store's own; it goes with the process, and the file may stay."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._file: int | None = None

    def renew(self) -> None:
        """Take it, once."""
        import fcntl

        if self._file is not None or self._where in ("", ":memory:"):
            return
        path = Path(os.path.realpath(self._where) + _BESIDE)
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(f"{path}: cannot be opened ({error.strerror}); check its permissions.") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(file)
            raise _taken(self._where) from error
        self._file = file

    def end(self) -> None:
        """Let go of it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class _Advisory:
    """A lock of PostgreSQL on a connection of its own; the server lets go of it when the connection ends."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine, self._where = engine, where
        self._connection: Connection | None = None

    def renew(self) -> None:
        """Take it unless it is held; a connection that has gone has taken it along."""
        if self._alive():
            return
        self.end()
        with told(self._engine):
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _WATCH}):
                connection.close()
                raise _taken(self._where)
            self._connection = connection

    def end(self) -> None:
        """Let go of it: the connection is closed, not given back to those that are used again."""
        if self._connection is not None:
            with contextlib.suppress(SQLAlchemyError):
                self._connection.invalidate()
            with contextlib.suppress(SQLAlchemyError):
                self._connection.close()
            self._connection = None

    def _alive(self) -> bool:
        if self._connection is None:
            return False
        try:
            return bool(self._connection.scalar(text("SELECT 1")))
        except SQLAlchemyError:
            return False

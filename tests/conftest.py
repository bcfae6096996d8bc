"""What tests of several folders share: a PostgreSQL server of their own, where one can be started."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

_DATABASES = count()


def _program(name: str) -> str | None:
    """A program of PostgreSQL: on the path, else where Debian puts it."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or (str(beside[0]) if beside else None)


def _missing(why: str) -> None:
    """Skip, or fail where the tests of PostgreSQL have to run."""
    if os.environ.get("RECOUPE_NEED_POSTGRES"):
        pytest.fail(f"PostgreSQL is needed here: {why}")
    pytest.skip(why)


class Server:
    """A PostgreSQL server that can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._user:
            shutil.chown(folder, "postgres", "postgres")
        self._run("initdb", "-D", str(folder / "data"), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-w", "-o", options, "-l", str(self.folder / "log"), "start"
        )

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", "immediate", "stop")

    def fresh(self) -> str:
        """The address of a new database."""
        import psycopg

        name = f"t{next(_DATABASES)}"
        with psycopg.connect(f"postgresql://tester@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return f"postgresql://tester@127.0.0.1:{self.port}/{name}"

    def _run(self, name: str, *arguments: str) -> None:
        program = _program(name)
        assert program
        subprocess.run(
            [*self._user, program, *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            timeout=60,
        )


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server for this run of the tests."""
    pytest.importorskip("psycopg") if not os.environ.get("RECOUPE_NEED_POSTGRES") else None
    if not _program("initdb") or not _program("pg_ctl"):
        _missing("there is no PostgreSQL server on this machine (initdb, pg_ctl)")
    if os.geteuid() == 0 and not shutil.which("runuser"):
        _missing("PostgreSQL does not run as root, and there is no runuser")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        try:
            server = Server(folder)
        except (subprocess.SubprocessError, OSError, LookupError) as error:
            _missing(f"the PostgreSQL server does not start ({error})")
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new store, in each database."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    return str(request.getfixturevalue("postgres").fresh())

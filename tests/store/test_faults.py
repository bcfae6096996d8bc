"""A store loses nothing that it acknowledged and holds nothing twice, whatever becomes of the process and the disk."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import time

import pytest
from making import entry
from sqlalchemy import event

from recoupe.errors import StoreError
from recoupe.store import Which, open_store

FORK = multiprocessing.get_context("fork")
BATCH = 4


def batch(number: int) -> list:
    """A batch of entries, some of them new versions of earlier ones."""
    first = number * BATCH
    fresh = [entry(f"k{first + i}", f"{first + i} people died.") for i in range(BATCH - 1)]
    return [*fresh, entry(f"k{max(0, first - 3)}", f"Now {number} people died.")]


def ingest(address: str, acknowledged, begin: int) -> None:
    """Keep batch after batch, and say so after each, until killed."""
    with open_store(address) as store:
        for number in range(begin, begin + 10_000):
            kept = store.keep(batch(number))
            os.write(acknowledged, f"{number} {' '.join(f'{k.id}:{k.number}' for k in kept)}\n".encode())


def sound(address: str) -> dict[str, int]:
    """The articles of a store with the number of their versions, each version whole and there once."""
    with open_store(address) as store:
        articles = {}
        for one in store.current(readers={"en": "r1"}):
            versions = store.versions(one.id, {"en": "r1"})
            assert [v.number for v in versions] == list(range(1, len(versions) + 1))
            assert all(v.reading is not None for v in versions)
            assert len({v.article.text for v in versions}) == len(versions)
            articles[one.id] = len(versions)
        hits = store.search("died", Which(old=True, most=10**6))
        assert sorted((h.id, h.number) for h in hits) == sorted(
            (name, number) for name, count in articles.items() for number in range(1, count + 1)
        )
    return articles


def killed_in_the_middle(address: str, rounds: int, seed: int) -> None:
    """Kill an ingest at random moments; after each, what was acknowledged is there, and is not doubled."""
    dice = random.Random(seed)
    open_store(address).close()
    begin, promised = 0, {}
    for _ in range(rounds):
        out, into = os.pipe()
        child = FORK.Process(target=ingest, args=(address, into, begin))
        child.start()
        os.close(into)
        first = os.read(out, 1 << 16)  # it is at work
        time.sleep(dice.uniform(0.0, 0.25))
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        with os.fdopen(out, "rb") as told:
            rest = told.read()
        for line in (first + rest).decode().splitlines():
            number, *names = line.split()
            begin = int(number)  # the last one that was acknowledged is given again
            for name in names:
                article, _, version = name.partition(":")
                promised[article] = max(promised.get(article, 0), int(version))
        held = sound(address)
        assert all(held.get(name, 0) >= number for name, number in promised.items())
        assert len(held) - len(promised) <= BATCH  # no more than the one batch that nobody was told of
    if address.startswith("/"):
        with sqlite3.connect(address) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(address):
    killed_in_the_middle(address, 5, seed=6)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_fifty_kills(address):
    killed_in_the_middle(address, 50, seed=60)


def test_two_writers_keep_all_of_both_once(address):
    open_store(address).close()
    children = [FORK.Process(target=write_all, args=(address, 12)) for _ in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0]
    once = sound(address)
    with open_store(address) as store:
        assert {k.what for n in range(12) for k in store.keep(batch(n))} == {"known"}
    assert sound(address) == once


def write_all(address: str, batches: int) -> None:
    with open_store(address) as store:
        for number in range(batches):
            store.keep(batch(number))


def test_two_processes_make_one_store(tmp_path, address):
    children = [FORK.Process(target=write_all, args=(address, 1)) for _ in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0] * 4
    sound(address)


def test_a_full_disk_is_told_and_what_was_kept_is_there(tmp_path):
    with open_store(str(tmp_path / "store.db")) as store:
        store.keep(batch(0))

        @event.listens_for(store._engine, "begin")
        def _small(connection):
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")

        with pytest.raises(StoreError, match="no space left"):
            store.keep([entry(f"big{i}", f"{i} people died. " + os.urandom(4000).hex()) for i in range(20)])
        assert len(store.current()) == BATCH - 1
        event.remove(store._engine, "begin", _small)
        store._engine.dispose()
        store.keep(batch(1))
    sound(str(tmp_path / "store.db"))


def full(address: str, said) -> None:
    import resource

    with open_store(address) as store:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (os.path.getsize(address) + 60_000,) * 2)
        try:
            for number in range(100):
                store.keep([entry(f"big{number}", f"{number} people died. " + os.urandom(4000).hex())])
                os.write(said, b"kept\n")
        except StoreError as error:
            os.write(said, f"{error}\n".encode())


def test_a_file_that_may_not_grow_loses_nothing(tmp_path):
    """The system itself refuses to write, as it does when a disk is full."""
    address = str(tmp_path / "store.db")
    open_store(address).close()
    out, into = os.pipe()
    child = FORK.Process(target=full, args=(address, into))
    child.start()
    os.close(into)
    child.join(60)
    told = os.read(out, 1 << 16).decode().splitlines()
    os.close(out)
    assert child.exitcode == 0
    assert "what was kept before is safe" in told[-1]
    assert len(sound(address)) == told.count("kept") > 0


def test_a_server_that_stops_and_starts_again_is_found_again(postgres):
    with open_store(postgres.fresh()) as store:
        store.keep(batch(0))
        postgres.stop()
        try:
            with pytest.raises(StoreError):
                store.keep(batch(1))
        finally:
            postgres.start()
        store.keep(batch(1))
        assert len(store.current()) == 2 * (BATCH - 1)


def test_a_store_of_a_newer_program_is_left_alone(address):
    from sqlalchemy import text

    with open_store(address) as store, store._engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE store_form SET version = 999"))
    with pytest.raises(StoreError, match="newer Recoupe"):
        open_store(address)

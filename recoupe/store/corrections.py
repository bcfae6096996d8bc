"""Corrections of a store: a log to which rows are added and from which none is ever taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, func, insert, select
from sqlalchemy import update as set_

from recoupe.correcting import identified, in_order
from recoupe.errors import StoreError
from recoupe.records.correction import KINDS, Correction, Undo, articles_of, kind_of
from recoupe.store.packing import packed, unpacked
from recoupe.store.rows import chunks, clean, insert_new
from recoupe.store.tables import articles as articles_table
from recoupe.store.tables import corrected as corrected_table
from recoupe.store.tables import corrections as corrections_table


def correct(connection: Connection, rows: Sequence[Correction], now: datetime) -> list[Correction]:
    """Add corrections that are not there yet; those that were added, as they are kept.

    One that has no time gets this one, or one right after the last. Articles that it speaks of wait to be looked at.
    Raises StoreError for the undoing of what is not there.
    """
    added = []
    for row in rows:
        one = identified(row if row.when else replace(row, when=_after_last(connection, now)))
        if connection.scalar(select(corrections_table.c.id).where(corrections_table.c.id == one.id)):
            continue
        addresses = _addresses(connection, one)
        connection.execute(
            insert(corrections_table).values(
                id=one.id, kind=kind_of(one), made=one.when, at=now.isoformat(timespec="seconds"), body=packed(one)
            )
        )
        speaks_of = [{"address": clean(address), "correction": one.id} for address in addresses]
        insert_new(connection, corrected_table, speaks_of)
        for part in chunks(addresses):
            connection.execute(set_(articles_table).where(articles_table.c.key.in_(part)).values(loose=1))
        added.append(one)
    return added


def _after_last(connection: Connection, now: datetime) -> str:
    """Now, but later than all that is there, whatever the clock says."""
    stamp = now.isoformat(timespec="microseconds")
    last = connection.scalar(select(func.max(corrections_table.c.made)))
    if last is None or last < stamp:
        return stamp
    try:
        return (datetime.fromisoformat(last) + timedelta(microseconds=1)).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        return f"{last}+"


def _addresses(connection: Connection, one: Correction) -> list[str]:
    """The addresses that a correction speaks of; an undoing of those of what it takes back."""
    if not isinstance(one, Undo):
        return list(articles_of(one))
    if not connection.scalar(select(corrections_table.c.id).where(corrections_table.c.id == one.of)):
        raise StoreError(f"there is no correction {one.of!r} to take back; 'recoupe corrections' lists them.")
    return list(connection.scalars(select(corrected_table.c.address).where(corrected_table.c.correction == one.of)))


def listed(connection: Connection, articles: Sequence[str] | None, kind: str | None) -> list[Correction]:
    """The corrections by the time at which they were made, with what took each back."""
    question = select(corrections_table.c.id, corrections_table.c.kind, corrections_table.c.body)
    if kind is not None:
        question = question.where(corrections_table.c.kind.in_((kind, "undo")))
    if articles is None:
        return in_order(_unpacked(row.kind, row.body) for row in connection.execute(question))
    names: set[str] = set()
    for part in chunks(list(articles)):
        names.update(
            connection.scalars(
                select(corrected_table.c.correction)
                .join(articles_table, articles_table.c.key == corrected_table.c.address)
                .where(articles_table.c.id.in_(part))
            )
        )
    found = []
    for part in chunks(sorted(names)):
        rows = connection.execute(question.where(corrections_table.c.id.in_(part)))
        found += [_unpacked(row.kind, row.body) for row in rows]
    return in_order(found)


def lines(connection: Connection, groups: Sequence[Sequence[str]]) -> list[int]:
    """For each group of articles how many lines of the log speak of one of them."""
    if connection.scalar(select(corrections_table.c.id).limit(1)) is None:
        return [0] * len(groups)
    said: dict[str, set[str]] = {}
    for part in chunks(sorted({article for group in groups for article in group})):
        rows = connection.execute(
            select(articles_table.c.id, corrected_table.c.correction)
            .join(corrected_table, articles_table.c.key == corrected_table.c.address)
            .where(articles_table.c.id.in_(part))
        )
        for article, correction in rows:
            said.setdefault(article, set()).add(correction)
    return [len(set().union(*(said.get(article, set()) for article in group))) for group in groups]


def _unpacked(kind: str, body: bytes) -> Correction:
    if kind not in KINDS:
        raise StoreError(f"a correction of a kind {kind!r} that this Recoupe does not know; update the program.")
    return unpacked(body, KINDS[kind])


def addresses(connection: Connection, articles: Iterable[str]) -> dict[str, str]:
    """What articles are known by, by their ids."""
    return _pairs(connection, articles_table.c.id, articles_table.c.key, articles)


def at(connection: Connection, known: Iterable[str]) -> dict[str, str]:
    """The ids of the articles that are known by addresses."""
    return _pairs(connection, articles_table.c.key, articles_table.c.id, known)


def _pairs(connection: Connection, by: Column[str], of: Column[str], names: Iterable[str]) -> dict[str, str]:
    """One column of the articles by another, of those that are named."""
    found: dict[str, str] = {}
    for part in chunks(sorted(set(names))):
        found.update((row[0], row[1]) for row in connection.execute(select(by, of).where(by.in_(part))))
    return found

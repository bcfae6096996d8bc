"""Packing up: all that a store keeps of one story, as it goes into a pack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from recoupe.records.article import Article
from recoupe.records.dossier import Dossier
from recoupe.records.kept import KeptStory, Made
from recoupe.records.pack import DossierNote, Pack, PackedVersion, ReadingNote
from recoupe.records.reading import Reading
from recoupe.store import corrections, stories
from recoupe.store.packing import NOWHERE, unpacked, unpacked_reading
from recoupe.store.rows import chunks
from recoupe.store.tables import articles as articles_table
from recoupe.store.tables import dossiers, makers, readings, reports
from recoupe.store.tables import versions as versions_table


def packed_up(connection: Connection, name: str) -> Pack:
    """A story with every version that its dossiers rest on, and the current ones. Raises StoreError if there is none.

    What is the current version is told within the pack: the last of those that are in it.
    """
    story = stories.named(connection, name)
    kept = _dossiers(connection, story)
    rows = _versions(connection, story, {v for note, _ in kept for v in note.versions})
    return Pack(
        story,
        tuple(_version(row, told) for row, told in _with_reports(connection, rows)),
        tuple(_readings(connection, rows)),
        tuple(stories.history(connection, story.id)),
        tuple(kept),
        tuple(corrections.listed(connection, sorted({row.article for row in rows}), None)),
    )


def _dossiers(connection: Connection, story: KeptStory) -> list[tuple[DossierNote, Dossier]]:
    question = (
        select(dossiers, makers.c.body.label("made"))
        .join(makers, makers.c.id == dossiers.c.maker)
        .where(dossiers.c.story == story.id)
        .order_by(dossiers.c.number)
    )
    found = []
    for r in connection.execute(question):
        versions = unpacked(r.versions, tuple[tuple[str, int], ...])
        note = DossierNote(r.number, r.at, unpacked(r.made, Made), versions, r.digest)
        found.append((note, unpacked(r.body, Dossier)))
    return found


def _versions(connection: Connection, story: KeptStory, rested_on: Iterable[tuple[str, int]]) -> list[Row[Any]]:
    """The rows of the versions that dossiers rest on, and of the current ones of the story's articles, in order."""
    wanted = set(rested_on)
    v, a = versions_table.c, articles_table.c
    question = (
        select(versions_table, a.key, a.current, makers.c.body.label("made"))
        .join(articles_table, a.id == v.article)
        .join(makers, makers.c.id == v.maker)
    )
    found = []
    members = set(story.articles)
    for part in chunks(sorted(members | {article for article, _ in wanted})):
        for row in connection.execute(question.where(v.article.in_(part))):
            if (row.article, row.number) in wanted or (row.article in members and row.number == row.current):
                found.append(row)
    return sorted(found, key=lambda row: (row.article, row.number))


Told = tuple[tuple[str, ...], bool]
"""The digests of the reports of a version, and whether it is the current one."""


def _with_reports(connection: Connection, rows: list[Row[Any]]) -> Iterable[tuple[Row[Any], Told]]:
    digests: dict[int, list[str]] = defaultdict(list)
    numbers = [row.seq for row in rows]
    for i in range(0, len(numbers), 400):
        question = select(reports.c.version, reports.c.digest).where(reports.c.version.in_(numbers[i : i + 400]))
        for version, digest in connection.execute(question):
            digests[version].append(digest)
    last = {row.article: row.number for row in rows}  # in their order, so the last of each
    last |= {row.article: row.number for row in rows if row.number == row.current}
    for row in rows:
        yield row, (tuple(sorted(digests[row.seq])), row.number == last[row.article])


def _version(row: Row[Any], told: Told) -> PackedVersion:
    article = replace(unpacked(row.body, Article), id=row.article)
    return PackedVersion(
        row.article, row.number, row.key, row.seen, row.source, told[0], told[1], unpacked(row.made, Made), article
    )


def _readings(connection: Connection, rows: list[Row[Any]]) -> Iterable[tuple[ReadingNote, Reading]]:
    """What readers made of these versions, by version and reader."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    question = select(readings, makers.c.body.label("told")).join(makers, makers.c.id == readings.c.maker)
    for part in chunks(sorted({row.read for row in rows})):
        for r in connection.execute(question.where(readings.c.digest.in_(part)).order_by(readings.c.reader)):
            found[r.digest].append(r)
    for row in rows:
        for r in found[row.read]:
            reading = unpacked_reading(r.body, NOWHERE)
            yield ReadingNote(row.article, row.number, r.reader, r.made, unpacked(r.told, Made)), reading

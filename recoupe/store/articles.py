"""Articles of a store: their versions and readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, insert, select, update

from recoupe.errors import MissingError
from recoupe.records.article import Article
from recoupe.records.kept import Entry, Kept, Made, Version
from recoupe.records.reading import Reading
from recoupe.store import stories
from recoupe.store.packing import (
    id_of,
    packed,
    packed_reading,
    read_digest,
    told_digest,
    unpacked,
    unpacked_reading,
)
from recoupe.store.rows import Makers, chunks, clean, insert_new
from recoupe.store.search import index, words_of
from recoupe.store.tables import articles as articles_table
from recoupe.store.tables import makers, readings, reports
from recoupe.store.tables import versions as versions_table


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry with all that is written of it, made before the writers' turn."""

    entry: Entry
    told: str
    read: str
    body: bytes
    reading: PreparedReading | None
    words: tuple[str, str]


@dataclass(frozen=True, slots=True)
class PreparedReading:
    """A reading as it is written."""

    digest: str
    reader: str
    made: Made
    body: bytes


@dataclass(slots=True)
class _Standing:
    """What is kept of one article: its id, its current version, and which number says what."""

    id: str
    fresh: bool = True
    current: int = 0
    told: dict[str, int] = field(default_factory=dict)
    last: str = ""
    story: str | None = None


def prepared(entry: Entry) -> Prepared:
    """All that is written of an entry. Raises StoreError for text that cannot be kept."""
    article = entry.article
    reading = None
    if entry.reading is not None:
        reading = prepared_reading(replace(entry.reading, article=article), entry.reader, entry.made)
    words = words_of(article)
    return Prepared(entry, told_digest(article), read_digest(article), packed(article), reading, words)


def prepared_reading(reading: Reading, reader: str, made: Made) -> PreparedReading:
    """A reading as it is written."""
    return PreparedReading(read_digest(reading.article), reader, made, packed_reading(reading))


# --- keeping ------------------------------------------------------------------------------------------


def keep(connection: Connection, entries: Sequence[Prepared], at: str) -> list[Kept]:
    """Write entries, in their order."""
    standings = _standings(connection, [p.entry.key for p in entries])
    ids = Makers(connection)
    kept = []
    for one in entries:
        standing = standings[one.entry.key]
        verdict = _verdict(one.entry, one.told, standing)
        seq = None
        if verdict.what != "known":
            seq = _insert(connection, one, verdict, standing.story, ids, at)
            index(connection, seq, one.words)
            if one.reading is not None:
                keep_readings(connection, [one.reading], at, ids)
        _keep_report(connection, one.entry.report, verdict, seq)
        kept.append(verdict)
    return kept


def judge(connection: Connection, entries: Sequence[Entry]) -> list[Kept]:
    """What `keep` would make of entries."""
    standings = _standings(connection, [entry.key for entry in entries])
    return [_verdict(entry, told_digest(entry.article), standings[entry.key]) for entry in entries]


def keep_readings(
    connection: Connection, prepared_readings: Iterable[PreparedReading], at: str, ids: Makers | None = None
) -> None:
    """Write readings that are not there yet."""
    ids = ids or Makers(connection)
    for one in prepared_readings:
        row = {
            "digest": one.digest, "reader": one.reader, "made": at, "maker": ids.of(one.made), "body": one.body,
        }  # fmt: skip
        insert_new(connection, readings, row)


def _verdict(entry: Entry, told: str, standing: _Standing) -> Kept:
    """What becomes of an entry, noted in what stands."""
    if standing.current and (told == standing.last or (not entry.live and told in standing.told)):
        number = standing.current if told == standing.last else standing.told[told]
        return Kept(standing.id, number, "known")
    standing.current += 1
    standing.told[told], standing.last = standing.current, told
    return Kept(standing.id, standing.current, "changed" if standing.current > 1 else "new")


def _standings(connection: Connection, keys: Sequence[str]) -> dict[str, _Standing]:
    """What is kept of the articles of keys, those that are not there yet under the id that they would get."""
    found: dict[str, _Standing] = {}
    for part in chunks(sorted(set(keys))):
        rows = connection.execute(
            select(
                articles_table.c.key, articles_table.c.id, articles_table.c.current, articles_table.c.story,
                versions_table.c.number, versions_table.c.told,
            ).join(versions_table, versions_table.c.article == articles_table.c.id)
            .where(articles_table.c.key.in_(part)).order_by(versions_table.c.number)
        )  # fmt: skip
        for key, name, current, story, number, told in rows:
            standing = found.setdefault(key, _Standing(name, False, current, story=story))
            standing.told[told] = number
            if number == current:
                standing.last = told
    missing = [key for key in dict.fromkeys(keys) if key not in found]
    taken: set[str] = set()
    for part in chunks([id_of(key) for key in missing]):
        taken.update(connection.scalars(select(articles_table.c.id).where(articles_table.c.id.in_(part))))
    for key in missing:
        attempt = 0
        while (name := id_of(key, attempt=attempt)) in taken:
            attempt += 1
        taken.add(name)
        found[key] = _Standing(name)
    return found


def _insert(connection: Connection, one: Prepared, kept: Kept, story: str | None, ids: Makers, at: str) -> int:
    article = one.entry.article
    if kept.number == 1:
        connection.execute(insert(articles_table).values(id=kept.id, key=one.entry.key, current=1, loose=1))
    else:
        connection.execute(
            update(articles_table).where(articles_table.c.id == kept.id).values(current=kept.number, loose=1)
        )
        if story:
            stories.note(connection, story, at, "changed", kept.id, str(kept.number))
    day = article.day
    row = {
        "article": kept.id, "number": kept.number, "told": one.told, "read": one.read, "seen": at,
        "source": clean(one.entry.source), "first_day": day and day.start and day.start[:10],
        "last_day": day and day.end and day.end[:10], "lang": article.lang, "outlet": clean(article.outlet),
        "title": clean(article.title) or "", "published": clean(article.published), "maker": ids.of(one.entry.made),
        "body": one.body,
    }  # fmt: skip
    return int(connection.execute(insert(versions_table).values(row).returning(versions_table.c.seq)).scalar_one())


def _keep_report(connection: Connection, report: str, kept: Kept, seq: int | None) -> None:
    if not report:
        return
    if seq is None:
        seq = connection.scalar(
            select(versions_table.c.seq).where(
                versions_table.c.article == kept.id, versions_table.c.number == kept.number
            )
        )
    insert_new(connection, reports, {"digest": report, "version": seq})


# --- finding ------------------------------------------------------------------------------------------


def known(connection: Connection, digests: Sequence[str]) -> dict[str, tuple[Kept, bool]]:
    """Of digests of reports those that are kept."""
    found = {}
    for part in chunks(digests):
        rows = connection.execute(
            select(reports.c.digest, versions_table.c.article, versions_table.c.number, articles_table.c.current)
            .join(versions_table, versions_table.c.seq == reports.c.version)
            .join(articles_table, articles_table.c.id == versions_table.c.article)
            .where(reports.c.digest.in_(part))
        )
        for report, article, number, current in rows:
            found[report] = (Kept(article, number, "known"), number == current)
    return found


def loose(connection: Connection) -> list[str]:
    """The articles that wait to be put into a story, or whose story waits to be written anew."""
    return list(connection.scalars(select(articles_table.c.id).where(articles_table.c.loose == 1).order_by("id")))


def versions(connection: Connection, article: str, readers: Mapping[str, str] | None) -> list[Version]:
    """All versions of an article, the first first. Raises StoreError where there is no such article."""
    rows = connection.execute(
        _rows().where(versions_table.c.article == article).order_by(versions_table.c.number)
    ).all()
    if not rows:
        raise MissingError(f"there is no article {article!r} in the store; 'recoupe search' finds them.")
    return _opened(connection, rows, readers)


def current(
    connection: Connection,
    asked: Sequence[str] | None,
    days: tuple[str, str] | None,
    readers: Mapping[str, str] | None,
) -> list[Version]:
    """The current versions of articles, by id."""
    question = _rows().where(versions_table.c.number == articles_table.c.current)
    if days is not None:
        question = question.where(versions_table.c.first_day <= days[1], versions_table.c.last_day >= days[0])
    rows: list[Row[Any]] = []
    if asked is None:
        rows = list(connection.execute(question.order_by(versions_table.c.article)).all())
    else:
        for part in chunks(sorted(set(asked))):
            rows += connection.execute(
                question.where(versions_table.c.article.in_(part)).order_by(versions_table.c.article)
            ).all()
    return _opened(connection, rows, readers)


def _rows() -> Select[Any]:
    v, a = versions_table.c, articles_table.c
    return (
        select(v.article, v.number, v.seen, v.source, v.body, v.lang, v.read, makers.c.body.label("made"), a.current,
               a.story)
        .join(articles_table, a.id == v.article).join(makers, makers.c.id == v.maker)
    )  # fmt: skip


def _opened(connection: Connection, rows: Sequence[Row[Any]], readers: Mapping[str, str] | None) -> list[Version]:
    read = _readings(connection, {(r.read, readers[r.lang]) for r in rows if r.lang in readers}) if readers else {}
    made = {body: unpacked(body, Made) for body in {r.made for r in rows}}
    found = []
    for r in rows:
        article = replace(unpacked(r.body, Article), id=r.article)
        body = read.get((r.read, readers.get(r.lang, ""))) if readers else None
        reading = unpacked_reading(body, article) if body is not None else None
        found.append(
            Version(
                r.article, r.number, r.seen, r.source, article, made[r.made], reading, r.number == r.current, r.story
            )
        )
    return found


def _readings(connection: Connection, pairs: set[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    found: dict[tuple[str, str], bytes] = {}
    for reader in sorted({reader for _, reader in pairs}):
        for part in chunks(sorted({name for name, r in pairs if r == reader})):
            rows = connection.execute(
                select(readings.c.digest, readings.c.body).where(
                    and_(readings.c.reader == reader, readings.c.digest.in_(part))
                )
            )
            found.update({(name, reader): body for name, body in rows})
    return found

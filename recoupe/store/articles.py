"""Articles of a store: their versions and readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, insert, select, update

from recoupe.errors import MissingError
from recoupe.records.article import Article
from recoupe.records.kept import Entry, Kept, Made, Page, Sealed, Sketch, Version
from recoupe.store import sketches, stories
from recoupe.store.base import Which
from recoupe.store.packing import id_of, told_digest, unpacked, unpacked_reading
from recoupe.store.preparing import Prepared, PreparedReading
from recoupe.store.rows import Makers, chunks, clean, insert_new
from recoupe.store.search import index
from recoupe.store.tables import articles as articles_table
from recoupe.store.tables import makers, readings, reports
from recoupe.store.tables import versions as versions_table

_LATELY = 20_000  # versions kept last, among which new articles are looked for


@dataclass(slots=True)
class Standing:
    """What is kept of one article: its id, its current version and the highest, and which number says what."""

    id: str
    fresh: bool = True
    current: int = 0
    told: dict[str, int] = field(default_factory=dict)
    last: str = ""
    story: str | None = None
    highest: int = 0
    numbers: dict[int, str] = field(default_factory=dict)


# --- keeping ------------------------------------------------------------------------------------------


def keep(connection: Connection, entries: Sequence[Prepared], at: str) -> list[Kept]:
    """Write entries, in their order: what becomes of each is told first, then all are written table by table."""
    of = standings(connection, [one.key for one in entries])
    ids = Makers(connection)
    kept = [_verdict(one.live, one.told, of[one.key]) for one in entries]
    fresh = [(one, verdict) for one, verdict in zip(entries, kept, strict=True) if verdict.what != "known"]
    _insert_articles(connection, fresh, of, at)
    numbers = _insert_versions(connection, fresh, ids, at)
    index(connection, [(numbers[verdict.id, verdict.number], one.words) for one, verdict in fresh])
    keep_readings(connection, [one.reading for one, _ in fresh if one.reading is not None], at, ids)
    _keep_sketches(connection, fresh, at)
    _keep_reports(connection, [(one.report, v) for one, v in zip(entries, kept, strict=True) if one.report], numbers)
    return kept


def judge(connection: Connection, entries: Sequence[Entry]) -> list[Kept]:
    """What `keep` would make of entries."""
    of = standings(connection, [entry.key for entry in entries])
    return [_verdict(entry.live, told_digest(entry.article), of[entry.key]) for entry in entries]


def keep_readings(
    connection: Connection, prepared_readings: Iterable[PreparedReading], at: str, ids: Makers | None = None
) -> None:
    """Write readings that are not there yet."""
    ids = ids or Makers(connection)
    rows = [
        {"digest": one.digest, "reader": one.reader, "made": at, "maker": ids.of(one.made), "body": one.body}
        for one in prepared_readings
    ]
    insert_new(connection, readings, rows)


def _verdict(live: bool, told: str, standing: Standing) -> Kept:
    """What becomes of an entry, noted in what stands."""
    if standing.current and (told == standing.last or (not live and told in standing.told)):
        number = standing.current if told == standing.last else standing.told[told]
        return Kept(standing.id, number, "known")
    standing.current = standing.highest = standing.highest + 1  # a pack may have brought later ones than the current
    standing.told[told], standing.last = standing.current, told
    return Kept(standing.id, standing.current, "changed" if standing.current > 1 else "new")


def standings(connection: Connection, keys: Sequence[str]) -> dict[str, Standing]:
    """What is kept of the articles of keys, those that are not there yet under the id that they would get."""
    found: dict[str, Standing] = {}
    for part in chunks(sorted(set(keys))):
        rows = connection.execute(
            select(
                articles_table.c.key, articles_table.c.id, articles_table.c.current, articles_table.c.story,
                versions_table.c.number, versions_table.c.told,
            ).join(versions_table, versions_table.c.article == articles_table.c.id)
            .where(articles_table.c.key.in_(part)).order_by(versions_table.c.number)
        )  # fmt: skip
        for key, name, current, story, number, told in rows:
            standing = found.setdefault(key, Standing(name, False, current, story=story))
            standing.told[told], standing.numbers[number], standing.highest = number, told, number
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
        found[key] = Standing(name)
    return found


def _insert_articles(
    connection: Connection, fresh: Sequence[tuple[Prepared, Kept]], of: Mapping[str, Standing], at: str
) -> None:
    """Articles that are new, and the new current version of those that have changed; their stories are told."""
    rows = [{"id": v.id, "key": one.key, "current": 1, "loose": 1} for one, v in fresh if v.number == 1]
    if rows:
        connection.execute(insert(articles_table), rows)
    changed = [{"of": v.id, "now": v.number} for _, v in fresh if v.number > 1]
    if changed:
        question = update(articles_table).where(articles_table.c.id == bindparam("of"))
        connection.execute(question.values(current=bindparam("now"), loose=1), changed)
    stories.note_all(
        connection,
        [
            (story, at, "changed", v.id, str(v.number))
            for one, v in fresh
            if v.number > 1 and (story := of[one.key].story)
        ],
    )


def _insert_versions(
    connection: Connection, fresh: Sequence[tuple[Prepared, Kept]], ids: Makers, at: str
) -> dict[tuple[str, int], int]:
    """New versions; the row of each article and number."""
    rows = [
        {
            "article": v.id, "number": v.number, "told": one.told, "read": one.read, "seen": at,
            "source": clean(one.source), "maker": ids.of(one.made), "body": one.body,
            **{name: clean(value) for name, value in one.columns},
        }
        for one, v in fresh
    ]  # fmt: skip
    if not rows:
        return {}
    question = insert(versions_table).returning(versions_table.c.seq, sort_by_parameter_order=True)
    found = connection.scalars(question, rows).all()
    return {(v.id, v.number): seq for (_, v), seq in zip(fresh, found, strict=True)}


def _keep_reports(
    connection: Connection, reports_kept: Sequence[tuple[str, Kept]], numbers: dict[tuple[str, int], int]
) -> None:
    """Which version a report became, so that it is known the next time."""
    rest = sorted({v.id for _, v in reports_kept if (v.id, v.number) not in numbers})
    v = versions_table.c
    for part in chunks(rest):
        for article, number, seq in connection.execute(select(v.article, v.number, v.seq).where(v.article.in_(part))):
            numbers[article, number] = seq
    rows = [{"digest": report, "version": numbers[kept.id, kept.number]} for report, kept in reports_kept]
    insert_new(connection, reports, rows)


def _keep_sketches(connection: Connection, fresh: Sequence[tuple[Prepared, Kept]], at: str) -> None:
    """What grouping needs of new versions, as far as it came with them; what has no day of its own is of today."""
    today = date.fromisoformat(at[:10]).toordinal()
    of = {v.id: (v.number, one.sketch) for one, v in fresh}
    found = [
        Sketch(name, number, today if sketch.day is None else sketch.day, sketch.keys, sketch.body)
        for name, (number, sketch) in of.items()
        if sketch is not None
    ]
    if found:
        sketches.keep(connection, found)


def loosen(connection: Connection, names: Sequence[str]) -> None:
    """Have articles wait to be put into a story."""
    for part in chunks(names):
        connection.execute(update(articles_table).where(articles_table.c.id.in_(part)).values(loose=1))


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


def unread(connection: Connection, lang: str, reader: str, after: str, most: int) -> list[str]:
    """Articles of a language that a reader has not read as they are now, by id, those after an id."""
    v, a, r = versions_table.c, articles_table.c, readings.c
    read = select(r.digest).where(r.digest == v.read, r.reader == reader).exists()
    question = (
        select(a.id)
        .join(versions_table, and_(v.article == a.id, v.number == a.current))
        .where(a.id > after, v.lang == lang, ~read)
    )
    return list(connection.scalars(question.order_by(a.id).limit(most)))


def loose(connection: Connection) -> list[str]:
    """The articles that wait to be put into a story, or whose story waits to be written anew."""
    return list(connection.scalars(select(articles_table.c.id).where(articles_table.c.loose == 1).order_by("id")))


def unplaced(connection: Connection, which: Which) -> list[str]:
    """The articles that are in no story, by id."""
    a, v = articles_table.c, versions_table.c
    question = select(a.id).join(versions_table, and_(v.article == a.id, v.number == a.current))
    question = question.where(a.story.is_(None), a.id > (which.after or ""))
    if which.since:
        question = question.where(v.last_day >= which.since)
    if which.until:
        question = question.where(v.first_day <= which.until)
    return list(connection.scalars(question.order_by(a.id).limit(which.most)))


def pages(connection: Connection, since: str, most: int) -> list[Page]:
    """The pages of articles that were first kept from a moment on, of sources of the web; the last ones first."""
    v, a = versions_table.c, articles_table.c
    last = connection.scalar(select(func.max(v.seq))) or 0
    question = (
        select(v.article, a.key, v.source)
        .join(articles_table, a.id == v.article)
        .where(v.seq > last - _LATELY, v.number == 1, v.seen >= since, a.key.like("u:http%"), v.source.like("http%"))
        .order_by(v.seq.desc())
        .limit(most)
    )
    return [Page(name, key.removeprefix("u:"), source) for name, key, source in connection.execute(question)]


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


def sealed(connection: Connection, asked: Sequence[str], readers: Mapping[str, str]) -> list[Sealed]:
    """The current versions of articles with their readings, unopened, by id."""
    question = _rows().where(versions_table.c.number == articles_table.c.current)
    rows: list[Row[Any]] = []
    for part in chunks(sorted(set(asked))):
        rows += connection.execute(question.where(versions_table.c.article.in_(part)))
    read = _readings(connection, {(r.read, readers[r.lang]) for r in rows if r.lang in readers})
    found = [
        Sealed(r.article, r.number, r.seen, r.lang, r.body, read.get((r.read, readers.get(r.lang, ""))), r.story)
        for r in rows
    ]
    return sorted(found, key=lambda version: version.id)


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

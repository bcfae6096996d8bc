"""Taking in: a pack into a store, what is there already left as it is. The same pack twice changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlalchemy import update as set_

from recoupe.records.dossier import Dossier
from recoupe.records.kept import Entry
from recoupe.records.pack import DossierNote, Pack, PackedVersion, Taken
from recoupe.store import articles, stories, summing
from recoupe.store.packing import digest, id_of, packed
from recoupe.store.preparing import Prepared, prepared, prepared_reading
from recoupe.store.rows import Makers, chunks, clean, insert_new
from recoupe.store.search import index
from recoupe.store.summary import summary
from recoupe.store.tables import articles as articles_table
from recoupe.store.tables import dossiers, events, reports
from recoupe.store.tables import stories as stories_table
from recoupe.store.tables import versions as versions_table
from recoupe.writing.to_json import to_json

Numbered = tuple[str, int]


def ready(pack: Pack) -> dict[Numbered, Prepared]:
    """What is written of each version, made before the writers' turn; every digest is made anew. Raises StoreError."""
    return {(v.id, v.number): prepared(Entry(v.key, v.source, "", v.article, v.made)) for v in pack.versions}


def take_in(connection: Connection, pack: Pack, made: dict[Numbered, Prepared], own: Collection[str], at: str) -> Taken:
    """Write what of a pack is not there yet.

    An article that is here already keeps its current version, and the story that it is in; one that is new waits to be
    looked at, as any new one does, so that what comes later is compared with it. Readings of the readers
    `own`, and those that begin so, are left out: what is read here is read by this machine. A story that went on here
    otherwise than in the pack stays, and the pack's comes beside it under an id of its own.
    """
    places = _Versions(connection, pack, made)
    places.write(at)
    _keep_readings(connection, pack, places, own, at)
    name, known = _story(connection, pack)
    fresh = pack.dossiers[known:] if known is not None else ()
    if known is not None:
        _keep_story(connection, pack, name, places, fresh, at)
    return Taken(name, len(places.new_articles), len(places.fresh), len(fresh))


class _Versions:
    """Where each version of a pack is in this store: under which article and number."""

    def __init__(self, connection: Connection, pack: Pack, made: dict[Numbered, Prepared]) -> None:
        self._connection, self._made = connection, made
        self.of: dict[Numbered, Numbered] = {}
        self.fresh: list[tuple[PackedVersion, Numbered]] = []
        self.new_articles: dict[str, str] = {}  # id here: key
        self._current: dict[str, int] = {}
        standings = articles.standings(connection, [v.key for v in pack.versions])
        for version in pack.versions:
            standing = standings[version.key]
            if standing.fresh:
                self.new_articles[standing.id] = version.key
            self._place(version, standing)
            if version.current:
                self._current[standing.id] = self.of[version.id, version.number][1]

    def _place(self, version: PackedVersion, standing: articles.Standing) -> None:
        """The same number where the article is new or says the same there; else the one that does; else the next."""
        told, number = self._made[version.id, version.number].told, version.number
        if not standing.fresh and standing.numbers.get(number) != told:
            number = standing.told.get(told, standing.highest + 1)
        if number not in standing.numbers:
            standing.numbers[number], standing.told[told] = told, number
            standing.highest = max(standing.highest, number)
            self.fresh.append((version, (standing.id, number)))
        self.of[version.id, version.number] = standing.id, number

    def write(self, at: str) -> None:
        """Write the articles and versions that are new, and make them findable."""
        connection, ids = self._connection, Makers(self._connection)
        rows = [
            {"id": name, "key": key, "current": self._current[name], "loose": 1}
            for name, key in self.new_articles.items()
        ]
        if rows:
            connection.execute(insert(articles_table), rows)
        written = [(version, here, self._made[version.id, version.number]) for version, here in self.fresh]
        if not written:
            return
        question = insert(versions_table).returning(versions_table.c.seq, sort_by_parameter_order=True)
        versions = [
            {
                "article": here[0], "number": here[1], "told": one.told, "read": one.read,
                "seen": clean(version.seen), "source": clean(version.source), "maker": ids.of(version.made),
                "body": one.body, **{name: clean(value) for name, value in one.columns},
            }
            for version, here, one in written
        ]  # fmt: skip
        numbers = connection.scalars(question, versions).all()
        index(connection, [(seq, one.words) for seq, (_, _, one) in zip(numbers, written, strict=True)])
        insert_new(
            connection,
            reports,
            [
                {"digest": report, "version": seq}
                for seq, (version, _, _) in zip(numbers, written, strict=True)
                for report in version.reports
            ],
        )


def _keep_readings(connection: Connection, pack: Pack, places: _Versions, own: Collection[str], at: str) -> None:
    texts = {(v.id, v.number): v.article for v, _ in places.fresh}
    kept = []
    for note, reading in pack.readings:
        article = texts.get((note.id, note.number))
        if article is not None and not note.reader.startswith(tuple(own)):
            kept.append(prepared_reading(replace(reading, article=article), note.reader, note.made))
    articles.keep_readings(connection, kept, at)


# --- the story -----------------------------------------------------------------------------------------


def _story(connection: Connection, pack: Pack) -> tuple[str, int | None]:
    """What the story is called here, and how many of its dossiers are here already; None where all is."""
    ours = [_print(dossier) for _, dossier in pack.dossiers]
    name, attempt = pack.story.id, 0
    while True:
        there = connection.scalar(select(stories_table.c.id).where(stories_table.c.id == name))
        if there is None:
            return name, 0
        theirs = [_print(kept.dossier) for kept in stories.dossiers_of(connection, name, False)]
        if theirs[: len(ours)] == ours and (ours or name == pack.story.id):
            return name, None
        if ours[: len(theirs)] == theirs:
            return name, len(theirs)
        name = id_of(f"{pack.story.id}\0{digest(ours)}", "s", attempt)
        attempt += 1


def _print(dossier: Dossier) -> str:
    """What tells a dossier from another; a number that is whole is the same in all its forms once it was read."""
    return digest(to_json(dossier))


def _keep_story(
    connection: Connection,
    pack: Pack,
    name: str,
    places: _Versions,
    fresh: Sequence[tuple[DossierNote, Dossier]],
    at: str,
) -> None:
    s, story = stories_table.c, pack.story
    new = connection.scalar(select(s.id).where(s.id == name)) is None
    if new:
        row = {"id": name, "title": "", "contested": 0, "origins": 0, "dossiers": 0, "size": 0, "state": "open"}
        connection.execute(insert(stories_table).values(**row, created=clean(story.created), changed=at))
    ids = {v.id: places.of[v.id, v.number][0] for v in pack.versions}
    members = [ids[article] for article in story.articles]
    for part in chunks(members):
        free = articles_table.c.id.in_(part), articles_table.c.story.is_(None)
        connection.execute(set_(articles_table).where(*free).values(story=name))
    makers = Makers(connection)
    if fresh:
        connection.execute(
            insert(dossiers),
            [
                {
                    "story": name, "number": note.number, "at": clean(note.at), "maker": makers.of(note.made),
                    "digest": note.digest, "versions": packed(tuple(places.of[v] for v in note.versions)),
                    "body": packed(dossier),
                }
                for note, dossier in fresh
            ],
        )  # fmt: skip
    _keep_events(connection, pack, name, ids, {str(note.number) for note, _ in fresh})
    _sum_up(connection, pack, name, story.changed if new else at)
    summing.sum_up(connection, [(name, summary(pack.dossiers[-1][1]) if pack.dossiers else None)])


def _keep_events(connection: Connection, pack: Pack, name: str, ids: dict[str, str], fresh: Collection[str]) -> None:
    """What happened to the story as far as it is not told here; of another history only the dossiers that are new."""
    told = [
        (clean(e.at), clean(e.what), clean(ids.get(e.article or "", e.article)), clean(e.detail)) for e in pack.events
    ]
    here = [(e.at, e.what, e.article, e.detail) for e in stories.history(connection, name)]
    rest = told[len(here) :] if told[: len(here)] == here else [e for e in told if e[1] == "dossier" and e[3] in fresh]
    last = connection.scalar(select(func.max(events.c.number)).where(events.c.story == name)) or 0
    rows = [
        {"story": name, "number": number, "at": at, "what": what, "article": article, "detail": detail}
        for number, (at, what, article, detail) in enumerate(rest, last + 1)
    ]
    if rows:
        connection.execute(insert(events), rows)


def _sum_up(connection: Connection, pack: Pack, name: str, changed: str) -> None:
    """What a list of stories shows of it."""
    a, v = articles_table.c, versions_table.c
    size, first, last = connection.execute(
        select(func.count(), func.min(v.first_day), func.max(v.last_day))
        .select_from(articles_table.join(versions_table, (v.article == a.id) & (v.number == a.current)))
        .where(a.story == name)
    ).one()
    values: dict[str, Any] = {
        "title": clean(pack.story.title[:300]), "size": size, "first": first, "last": last,
        "changed": clean(changed), "dossiers": len(pack.dossiers), "state": "open" if size else "gone",
    }  # fmt: skip
    if pack.dossiers:
        questions = pack.dossiers[-1][1].questions
        values["contested"] = sum(q.verdict == "contested" for q in questions)
        values["origins"] = max((q.independent_origins for q in questions), default=0)
    connection.execute(set_(stories_table).where(stories_table.c.id == name).values(values))

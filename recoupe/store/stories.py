"""Stories of a store: who is in them, their dossiers, their history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, insert, select
from sqlalchemy import update as set_

from recoupe.errors import MissingError, StoreError
from recoupe.records.dossier import Dossier
from recoupe.records.kept import KeptDossier, KeptStory, Made, StoryEvent
from recoupe.store import corrections
from recoupe.store.base import StoryUpdate, Which
from recoupe.store.packing import packed, unpacked
from recoupe.store.preparing import PreparedDossier
from recoupe.store.rows import Makers, chunks, clean
from recoupe.store.summary import Summary
from recoupe.store.summing import sum_up
from recoupe.store.tables import articles as articles_table
from recoupe.store.tables import dossiers, events, makers, versions
from recoupe.store.tables import stories as stories_table

_TITLE = 300


def update(connection: Connection, updates: Sequence[StoryUpdate], at: str) -> list[KeptStory]:
    """Bring stories up to date, their dossiers prepared; what left one story for another is told in both."""
    updates = _without_overtaken(connection, updates)
    now = _Standing(connection, updates)
    touched, changes = [], []
    for one in updates:
        changed = now.gather(one) | now.keep_dossier(one)
        changes.append((one, changed))
        if changed:
            touched.append(one.id)
    now.write(at)
    _sum_up(connection, changes, now.dossiers, at)
    done = [{"of": name, "as_of": number} for one in updates for name, number in one.versions]
    if done:
        a = articles_table.c
        question = set_(articles_table).where(a.id == bindparam("of"), a.current == bindparam("as_of"))
        connection.execute(question.values(loose=0), done)
    return _by_ids(connection, touched)


def _without_overtaken(connection: Connection, updates: Sequence[StoryUpdate]) -> list[StoryUpdate]:
    """Updates that know all corrections there are; the articles of the others wait to be looked at again."""
    found = []
    for one, lines in zip(updates, corrections.lines(connection, [u.articles for u in updates]), strict=True):
        if one.corrections in (None, lines):
            found.append(one)
            continue
        for part in chunks(list(one.articles)):
            connection.execute(set_(articles_table).where(articles_table.c.id.in_(part)).values(loose=1))
    return found


class _Standing:
    """What is kept of the stories of some updates and of their articles; what becomes of it, to be written at once."""

    def __init__(self, connection: Connection, updates: Sequence[StoryUpdate]) -> None:
        self._connection = connection
        names = list(dict.fromkeys(one.id for one in updates))
        asked = list(dict.fromkeys(name for one in updates for name in one.articles))
        a, s = articles_table.c, stories_table.c
        kept = {r.id for part in chunks(names) for r in connection.execute(select(s.id).where(s.id.in_(part)))}
        self._new = [name for name in names if name not in kept]
        self._place: dict[str, str | None] = {}
        for column, values in ((a.story, names), (a.id, asked)):
            for part in chunks(values):
                rows = connection.execute(select(a.id, a.story).where(column.in_(part)))
                self._place |= {row.id: row.story for row in rows}
        self.members: dict[str, set[str]] = {name: set() for name in names}
        for article, story in self._place.items():
            if story in self.members:
                self.members[story].add(article)
        self.dossiers, self._digests = _last_dossiers(connection, names)
        self._moved: dict[str, str | None] = {}
        self._left_behind: set[str] = set()
        self._notes: list[tuple[str, str, str | None, str]] = []
        self._rows: list[tuple[StoryUpdate, int, PreparedDossier]] = []

    def gather(self, one: StoryUpdate) -> bool:
        """Put a story's articles into it and out of others; whether anything moved."""
        had = self.members[one.id]
        joined = [name for name in dict.fromkeys(one.articles) if name not in had]
        left = sorted(had - set(one.articles))
        for name in joined:
            before = self._place.get(name)
            if before is not None:
                self._notes.append((before, "moved", name, one.id))
                self._left_behind.add(before)
                self.members.get(before, set()).discard(name)
            self._notes.append((one.id, "joined", name, before or ""))
            self._place[name] = self._moved[name] = one.id
        for name in left:
            self._place[name] = self._moved[name] = None
            self._notes.append((one.id, "left", name, ""))
        self.members[one.id] = set(one.articles)
        return bool(joined or left)

    def keep_dossier(self, one: StoryUpdate) -> bool:
        """Keep a dossier unless it is the last one again."""
        if not isinstance(one.dossier, PreparedDossier):
            return False
        name = one.dossier.digest
        if self._digests.get(one.id) == name:
            return False
        self._digests[one.id] = name
        number = self.dossiers[one.id] = self.dossiers.get(one.id, 0) + 1
        self._rows.append((one, number, one.dossier))
        self._notes.append((one.id, "dossier", None, str(number)))
        return True

    def write(self, at: str) -> None:
        """Write what became of it."""
        connection, s = self._connection, stories_table.c
        if self._new:
            empty = {"title": "", "contested": 0, "origins": 0, "dossiers": 0, "size": 0, "state": "open"}
            rows = [{"id": name, "created": at, "changed": at, **empty} for name in self._new]
            connection.execute(insert(stories_table), rows)
        if self._moved:
            question = set_(articles_table).where(articles_table.c.id == bindparam("of"))
            moves = [{"of": name, "to": story} for name, story in self._moved.items()]
            connection.execute(question.values(story=bindparam("to")), moves)
        if self._rows:
            ids = Makers(connection)
            connection.execute(
                insert(dossiers),
                [
                    {
                        "story": one.id, "number": number, "at": at, "maker": ids.of(one.made),
                        "digest": dossier.digest, "versions": packed(one.versions), "body": dossier.body,
                    }
                    for one, number, dossier in self._rows
                ],
            )  # fmt: skip
        for name in sorted(self._left_behind):
            size = connection.scalar(select(func.count()).where(articles_table.c.story == name)) or 0
            state = "open" if size else "gone"
            connection.execute(set_(stories_table).where(s.id == name).values(size=size, state=state, changed=at))
        note_all(connection, [(story, at, what, article, detail) for story, what, article, detail in self._notes])


def _last_dossiers(connection: Connection, names: Sequence[str]) -> tuple[dict[str, int], dict[str, str]]:
    """Of stories the number and the digest of their last dossier."""
    numbers, digests = {}, {}
    d = dossiers.c
    for part in chunks(names):
        last = select(d.story, func.max(d.number).label("number")).where(d.story.in_(part)).group_by(d.story).subquery()
        question = select(d.story, d.number, d.digest).join(
            last, and_(last.c.story == d.story, last.c.number == d.number)
        )
        for story, number, name in connection.execute(question):
            numbers[story], digests[story] = number, name
    return numbers, digests


def _sum_up(
    connection: Connection, changes: Sequence[tuple[StoryUpdate, bool]], numbers: Mapping[str, int], at: str
) -> None:
    """What a list of stories shows of each."""
    a, v = articles_table.c, versions.c
    days = select(a.story, func.min(v.first_day).label("first"), func.max(v.last_day).label("last")).join(
        versions, and_(v.article == a.id, v.number == a.current)
    )
    names = list(dict.fromkeys(one.id for one, _ in changes))
    span = {
        row.story: (row.first, row.last)
        for part in chunks(names)
        for row in connection.execute(days.where(a.story.in_(part)).group_by(a.story))
    }
    rows: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for one, changed in changes:
        first, last = span.get(one.id, (None, None))
        values: dict[str, Any] = {
            "title": clean(one.title[:_TITLE]), "size": len(one.articles), "first": first, "last": last,
            "state": "open" if one.articles else "gone", "day": last or "",
        }  # fmt: skip
        if (told := _told(one)) is not None:
            values["contested"], values["origins"] = told.contested, told.origins
            values["dossiers"] = numbers[one.id]
        if changed:
            values["changed"] = at
        rows.setdefault(tuple(values), []).append({"of": one.id, **{f"new_{k}": x for k, x in values.items()}})
    for columns, given in rows.items():
        question = set_(stories_table).where(stories_table.c.id == bindparam("of"))
        connection.execute(question.values({name: bindparam(f"new_{name}") for name in columns}), given)
    sum_up(connection, [(one.id, _told(one)) for one, _ in changes if one.dossier or not numbers.get(one.id)])


def _told(one: StoryUpdate) -> Summary | None:
    return one.dossier.summary if isinstance(one.dossier, PreparedDossier) else None


def note_all(connection: Connection, notes: Sequence[tuple[str, str, str, str | None, str]]) -> None:
    """Write what happened to stories, in order: (story, at, what, article, detail) of each."""
    if not notes:
        return
    e = events.c
    last: dict[str, int] = {}
    for part in chunks(list(dict.fromkeys(story for story, *_ in notes))):
        question = select(e.story, func.max(e.number).label("number")).where(e.story.in_(part)).group_by(e.story)
        last |= {row.story: row.number for row in connection.execute(question)}
    rows = []
    for story, at, what, article, detail in notes:
        last[story] = last.get(story, 0) + 1
        rows.append(
            {"story": story, "number": last[story], "at": at, "what": what, "article": article, "detail": detail}
        )
    connection.execute(insert(events), rows)


# --- finding ------------------------------------------------------------------------------------------


def listed(connection: Connection, which: Which) -> list[KeptStory]:
    """The stories asked for, the one that changed last first."""
    s = stories_table.c
    # to go on from an id is to walk along the ids: what is looked up by its state would be sorted anew for every part
    state = s.state if which.after is None else func.lower(s.state)
    question = select(stories_table).where(s.size >= which.least, state == "open")
    if which.since:
        question = question.where(s.last >= which.since)
    if which.until:
        question = question.where(s.first <= which.until)
    if which.contested:
        question = question.where(s.contested > 0)
    if which.after is None:
        question = question.order_by(s.changed.desc(), s.last.desc(), s.id)
    else:
        question = question.where(s.id > which.after).order_by(s.id)
    rows = connection.execute(question.limit(which.most)).all()
    return _with_articles(connection, rows)


def named(connection: Connection, name: str) -> KeptStory:
    """The story of that id, or whose id begins so. Raises StoreError where there is none, or several."""
    rows = connection.execute(select(stories_table).where(stories_table.c.id == name)).all()
    if not rows:
        like = stories_table.c.id.startswith(name, autoescape=True)  # looks at every story
        rows = connection.execute(select(stories_table).where(like).limit(20)).all()
    exact = [row for row in rows if row.id == name] or rows
    if not name or not exact:
        raise MissingError(f"there is no story {name!r} in the store; 'recoupe stories' lists them.")
    if len(exact) > 1:
        raise StoreError(f"{name!r} may be {', '.join(sorted(row.id for row in exact)[:5])}; give more of its id.")
    return _with_articles(connection, exact)[0]


def is_one(connection: Connection, name: str) -> bool:
    """Whether a story that has articles has exactly that id."""
    found = select(articles_table.c.id).where(articles_table.c.story == name).limit(1)
    return connection.scalar(found) is not None


def history(connection: Connection, story: str) -> list[StoryEvent]:
    """What happened to a story, the first first."""
    rows = connection.execute(select(events).where(events.c.story == story).order_by(events.c.number))
    return [StoryEvent(r.number, r.at, r.what, r.article, r.detail) for r in rows]


def dossiers_of(connection: Connection, story: str, last: bool) -> list[KeptDossier]:
    """The dossiers of a story, the first first; or the last one alone."""
    question = _dossiers(story).order_by(dossiers.c.number.desc())
    rows = connection.execute(question.limit(1) if last else question).all()
    return [_opened(row) for row in reversed(rows)]


def dossier_of(connection: Connection, story: str, number: int) -> KeptDossier:
    """One dossier of a story, by its number. Raises StoreError where there is none."""
    row = connection.execute(_dossiers(story).where(dossiers.c.number == number)).one_or_none()
    if row is None:
        raise MissingError(f"{story}: has no dossier {number}; 'recoupe history {story}' lists them.")
    return _opened(row)


def last_dossiers(connection: Connection, asked: Sequence[str]) -> list[KeptDossier]:
    """The last dossier of each of these stories that has one, by the story's id."""
    found = []
    for part in chunks(sorted(set(asked))):
        d = dossiers.c
        newest = select(d.story, func.max(d.number).label("number")).where(d.story.in_(part)).group_by(d.story)
        of = newest.subquery()
        question = _every_dossier().join(of, (of.c.story == d.story) & (of.c.number == d.number)).order_by(d.story)
        found += [_opened(row) for row in connection.execute(question)]
    return found


def _dossiers(story: str) -> Select[Any]:
    return _every_dossier().where(dossiers.c.story == story)


def _every_dossier() -> Select[Any]:
    return select(dossiers, makers.c.body.label("made")).join(makers, makers.c.id == dossiers.c.maker)


def _opened(r: Row[Any]) -> KeptDossier:
    return KeptDossier(
        r.story, r.number, r.at, unpacked(r.made, Made), unpacked(r.versions, tuple[tuple[str, int], ...]),
        unpacked(r.body, Dossier),
    )  # fmt: skip


def _by_ids(connection: Connection, names: Sequence[str]) -> list[KeptStory]:
    rows = [row for part in chunks(names) for row in connection.execute(
        select(stories_table).where(stories_table.c.id.in_(part)))]  # fmt: skip
    found = {story.id: story for story in _with_articles(connection, rows)}
    return [found[name] for name in names]


def _with_articles(connection: Connection, rows: Sequence[Row[Any]]) -> list[KeptStory]:
    members: dict[str, list[str]] = {row.id: [] for row in rows}
    for part in chunks(list(members)):
        for story, name in connection.execute(
            select(articles_table.c.story, articles_table.c.id)
            .where(articles_table.c.story.in_(part))
            .order_by(articles_table.c.id)
        ):
            members[story].append(name)
    return [
        KeptStory(
            r.id, r.title, r.created, r.changed, tuple(members[r.id]), r.first, r.last, r.contested, r.origins,
            r.dossiers,
        )
        for r in rows
    ]  # fmt: skip

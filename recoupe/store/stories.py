"""Stories of a store: who is in them, their dossiers, their history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select
from sqlalchemy import update as set_

from recoupe.errors import MissingError, StoreError
from recoupe.records.dossier import Dossier
from recoupe.records.kept import KeptDossier, KeptStory, Made, StoryEvent
from recoupe.store.base import StoryUpdate, Which
from recoupe.store.packing import digest, packed, unpacked
from recoupe.store.rows import chunks, clean, maker_id
from recoupe.store.tables import articles as articles_table
from recoupe.store.tables import dossiers, events, makers, versions
from recoupe.store.tables import stories as stories_table

_TITLE = 300


def update(connection: Connection, updates: Sequence[StoryUpdate], at: str) -> list[KeptStory]:
    """Bring stories up to date; what left one story for another is told in both."""
    touched = []
    for one in updates:
        found = connection.execute(select(stories_table).where(stories_table.c.id == one.id)).one_or_none()
        if found is None:
            connection.execute(
                insert(stories_table).values(
                    id=one.id, title="", created=at, changed=at, contested=0, origins=0, dossiers=0, size=0,
                    state="open",
                )
            )  # fmt: skip
    for one in updates:
        changed = _gather(connection, one, at) | _keep_dossier(connection, one, at)
        if changed:
            touched.append(one.id)
        _sum_up(connection, one, at if changed else None)
        for name, number in one.versions:
            mine = articles_table.c.id == name, articles_table.c.current == number
            connection.execute(set_(articles_table).where(*mine).values(loose=0))
    return [named(connection, name) for name in touched]


def _gather(connection: Connection, one: StoryUpdate, at: str) -> bool:
    """Put a story's articles into it and out of others; whether anything moved."""
    had = set(connection.scalars(select(articles_table.c.id).where(articles_table.c.story == one.id)))
    joined = [name for name in one.articles if name not in had]
    for name in joined:
        before = connection.scalar(select(articles_table.c.story).where(articles_table.c.id == name))
        connection.execute(set_(articles_table).where(articles_table.c.id == name).values(story=one.id))
        if before is not None:
            note(connection, before, at, "moved", name, one.id)
            _count(connection, before, at)
        note(connection, one.id, at, "joined", name, before or "")
    left = sorted(had - set(one.articles))
    for name in left:
        connection.execute(set_(articles_table).where(articles_table.c.id == name).values(story=None))
        note(connection, one.id, at, "left", name)
    return bool(joined or left)


def _count(connection: Connection, story: str, at: str) -> None:
    """A story that something has left: how many are in it still."""
    size = connection.scalar(select(func.count()).where(articles_table.c.story == story)) or 0
    state = "open" if size else "gone"
    connection.execute(
        set_(stories_table).where(stories_table.c.id == story).values(size=size, state=state, changed=at)
    )


def _keep_dossier(connection: Connection, one: StoryUpdate, at: str) -> bool:
    """Keep a dossier unless it is the last one again."""
    if one.dossier is None:
        return False
    mine = dossiers.c.story == one.id
    last = connection.execute(
        select(dossiers.c.number, dossiers.c.digest).where(mine).order_by(dossiers.c.number.desc()).limit(1)
    ).one_or_none()
    name = digest(one.dossier)
    if last is not None and last.digest == name:
        return False
    number = last.number + 1 if last is not None else 1
    connection.execute(
        insert(dossiers).values(
            story=one.id, number=number, at=at, maker=maker_id(connection, one.made), digest=name,
            versions=packed(one.versions), body=packed(one.dossier),
        )
    )  # fmt: skip
    note(connection, one.id, at, "dossier", None, str(number))
    return True


def _sum_up(connection: Connection, one: StoryUpdate, at: str | None) -> None:
    """What a list of stories shows of one."""
    first, last = connection.execute(
        select(func.min(versions.c.first_day), func.max(versions.c.last_day))
        .join(articles_table, articles_table.c.id == versions.c.article)
        .where(articles_table.c.story == one.id, versions.c.number == articles_table.c.current)
    ).one()
    values: dict[str, Any] = {
        "title": clean(one.title[:_TITLE]), "size": len(one.articles), "first": first, "last": last,
        "state": "open" if one.articles else "gone",
    }  # fmt: skip
    if one.dossier is not None:
        questions = one.dossier.questions
        values["contested"] = sum(q.verdict == "contested" for q in questions)
        values["origins"] = max((q.independent_origins for q in questions), default=0)
        values["dossiers"] = (
            connection.scalar(select(func.max(dossiers.c.number)).where(dossiers.c.story == one.id)) or 0
        )
    if at is not None:
        values["changed"] = at
    connection.execute(set_(stories_table).where(stories_table.c.id == one.id).values(values))


def note(connection: Connection, story: str, at: str, what: str, article: str | None, detail: str = "") -> None:
    """Write one thing that happened to a story."""
    last = connection.scalar(select(func.max(events.c.number)).where(events.c.story == story)) or 0
    connection.execute(
        insert(events).values(story=story, number=last + 1, at=at, what=what, article=article, detail=detail)
    )


# --- finding ------------------------------------------------------------------------------------------


def listed(connection: Connection, which: Which) -> list[KeptStory]:
    """The stories asked for, the one that changed last first."""
    s = stories_table.c
    question = select(stories_table).where(s.size >= which.least, s.state == "open")
    if which.since:
        question = question.where(s.last >= which.since)
    if which.until:
        question = question.where(s.first <= which.until)
    if which.contested:
        question = question.where(s.contested > 0)
    rows = connection.execute(question.order_by(s.changed.desc(), s.last.desc(), s.id).limit(which.most)).all()
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


def _dossiers(story: str) -> Select[Any]:
    joined = select(dossiers, makers.c.body.label("made")).join(makers, makers.c.id == dossiers.c.maker)
    return joined.where(dossiers.c.story == story)


def _opened(r: Row[Any]) -> KeptDossier:
    return KeptDossier(
        r.story, r.number, r.at, unpacked(r.made, Made), unpacked(r.versions, tuple[tuple[str, int], ...]),
        unpacked(r.body, Dossier),
    )  # fmt: skip


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

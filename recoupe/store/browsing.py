"""Browsing: lists of stories, filtered, in order, with what they can be filtered by; no dossier is opened for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from recoupe.records.browsed import Browse, Facet, Listed, Listing
from recoupe.records.kept import KeptStory, StoryEvent
from recoupe.store.packing import unpacked
from recoupe.store.rows import chunks
from recoupe.store.summing import FORM, Card
from recoupe.store.tables import articles as articles_table
from recoupe.store.tables import events, facets, versions
from recoupe.store.tables import stories as stories_table
from recoupe.text.folding import folded

_COUNTED = 1000
"""Stories are counted up to so many."""
COUNTED_AMONG = 200
"""Values to filter by are those of so many stories."""
_SHOWN = 12
_ALIKE = 40
_S = stories_table.c
_ORDER = {
    "day": (_S.day.desc(), _S.contested.desc(), _S.changed.desc()),
    "contested": (_S.contested.desc(), _S.day.desc()),
    "changed": (_S.changed.desc(),),
}
_KINDS = ("lang", "outlet", "person", "place")


def browse(connection: Connection, asked: Browse) -> Listing:
    """The stories asked for."""
    conditions = _conditions(connection, asked)
    if conditions is None:
        return Listing((), 0, _COUNTED)
    s = stories_table.c
    order = _ORDER.get(asked.sort, _ORDER["day"])
    wanted = select(s.id).where(*conditions)
    rows = connection.execute(
        select(stories_table).where(*conditions).order_by(*order).limit(asked.most).offset(asked.skip)
    ).all()
    few = wanted.limit(_COUNTED).subquery()
    total = connection.scalar(select(func.count()).select_from(few)) or 0
    return Listing(tuple(map(_listed, rows)), total, _COUNTED)


def facets_of(connection: Connection, asked: Browse) -> list[Facet]:
    """The values that most of the newest stories asked for have, by kind, the frequent first."""
    conditions = _conditions(connection, asked)
    if conditions is None:
        return []
    s = stories_table.c
    few = select(s.id).where(*conditions).order_by(*_ORDER["day"]).limit(COUNTED_AMONG).subquery()
    often = func.count()
    f = facets.c
    question = (
        select(f.kind, f.value, func.min(f.shown).label("shown"), often.label("often"))
        .join(few, few.c.id == f.story)
        .where(f.main == 1)
        .group_by(f.kind, f.value)
    )
    rows = connection.execute(question.having(often > 1)).all() or connection.execute(question).all()
    found: list[Facet] = []
    for kind in _KINDS:
        mine = sorted((r for r in rows if r.kind == kind), key=lambda r: (-r.often, r.value))
        found += [Facet(kind, r.value, r.shown, r.often) for r in mine[:_SHOWN]]
    return found


def values_like(connection: Connection, kind: str, words: str) -> list[str]:
    """The values of a kind that are words, else those that have all of them."""
    wanted = folded(words)
    mine = facets.c.kind == kind
    if connection.scalar(select(facets.c.value).where(mine, facets.c.value == wanted).limit(1)) is not None:
        return [wanted]
    parts = [facets.c.value.contains(part, autoescape=True) for part in wanted.split()[:6]]
    if not parts:
        return []
    return list(connection.scalars(select(facets.c.value).where(mine, *parts).distinct().limit(_ALIKE)))


def happened(connection: Connection, stories: Sequence[str], since: str) -> dict[str, list[StoryEvent]]:
    """What happened to stories after a moment."""
    found: dict[str, list[StoryEvent]] = {}
    for part in chunks(stories):
        rows = connection.execute(
            select(events).where(events.c.story.in_(part), events.c.at > since).order_by(events.c.number)
        )
        for r in rows:
            found.setdefault(r.story, []).append(StoryEvent(r.number, r.at, r.what, r.article, r.detail))
    return found


def state(connection: Connection, story: str | None, article: str | None, now: str) -> str | None:
    """What changes whenever a story does, or an article, or, without either, any story.

    Times have seconds: of what changed in this second nothing can be told yet, and the answer is None.
    """
    s = stories_table.c
    told = ""
    if article is not None:
        row = connection.execute(
            select(articles_table.c.current, articles_table.c.story, func.max(versions.c.seq))
            .join(versions, versions.c.article == articles_table.c.id)
            .where(articles_table.c.id == article)
            .group_by(articles_table.c.current, articles_table.c.story)
        ).one_or_none()
        if row is None:
            return None
        told, story = f"{row[0]} {row[2]} ", row.story
        if story is None:
            return told
    if story is not None:
        found = connection.execute(select(s.changed, s.dossiers, s.size, s.summed).where(s.id == story)).one_or_none()
        return None if found is None or found.changed >= now else f"{told}{story} {tuple(found)}"
    last = connection.scalar(select(func.max(s.changed)))
    waiting = connection.scalar(select(s.id).where(s.summed < FORM).limit(1))
    return None if waiting is not None or (last or "") >= now else f"any {last}"


def _conditions(connection: Connection, asked: Browse) -> list[ColumnElement[bool]] | None:
    """What holds for the stories asked for; None where a name is asked for that nothing has."""
    s = stories_table.c
    found = [s.state == "open", s.size >= asked.least]
    if asked.contested:
        found.append(s.contested > 0)
    if asked.updated:
        found.append(s.updated > 0)
    if asked.single:
        found.append(s.origins <= 1)
    if asked.since:
        found.append(s.last >= asked.since)
    if asked.until:
        found.append(s.first <= asked.until)
    if asked.changed:
        found.append(s.changed > asked.changed)
    for kind in _KINDS:
        if words := getattr(asked, kind):
            values = values_like(connection, kind, words) if kind != "lang" else [words]
            if not values:
                return None
            having = select(facets.c.story).where(facets.c.kind == kind, facets.c.value.in_(values))
            found.append(s.id.in_(having))
    return found


def _listed(r: Row[Any]) -> Listed:
    card = unpacked(r.card, Card) if r.card is not None else Card()
    story = KeptStory(r.id, r.title, r.created, r.changed, (), r.first, r.last, r.contested, r.origins, r.dossiers)
    return Listed(story, r.size, r.updated, card.leads, card.titles, card.langs, card.outlets, card.people, card.places)

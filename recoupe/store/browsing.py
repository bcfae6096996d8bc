"""Browsing: lists of stories, filtered, in order, with what they can be filtered by; no dossier is opened for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from recoupe.records.browsed import Browse, Facet, Listed, Listing
from recoupe.records.kept import KeptStory, StoryEvent
from recoupe.store.packing import unpacked
from recoupe.store.rows import chunks
from recoupe.store.summing import Card
from recoupe.store.tables import events, facets
from recoupe.store.tables import stories as stories_table
from recoupe.text.folding import folded

_COUNTED = 1000
"""Stories are counted up to so many."""
_NEWEST, _SHOWN = 300, 12
"""Values to filter by are those of so many stories; so many of each kind are given."""
_ALIKE = 40
_KINDS = ("lang", "outlet", "person", "place")


def browse(connection: Connection, asked: Browse) -> Listing:
    """The stories asked for, with their facets."""
    conditions = _conditions(connection, asked)
    if conditions is None:
        return Listing((), 0, _COUNTED)
    s = stories_table.c
    order = {
        "contested": (s.contested.desc(), s.day.desc()),
        "changed": (s.changed.desc(),),
    }.get(asked.sort, (s.day.desc(), s.contested.desc(), s.changed.desc()))
    wanted = select(s.id).where(*conditions)
    rows = connection.execute(
        select(stories_table).where(*conditions).order_by(*order, s.id).limit(asked.most).offset(asked.skip)
    ).all()
    few = wanted.limit(_COUNTED).subquery()
    total = connection.scalar(select(func.count()).select_from(few)) or 0
    newest = wanted.order_by(*order).limit(_NEWEST)
    return Listing(tuple(map(_listed, rows)), total, _COUNTED, tuple(_facets(connection, newest)), min(total, _NEWEST))


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


def _facets(connection: Connection, stories: Select[Any]) -> list[Facet]:
    """The values that most stories have, by kind, the frequent first."""
    few = stories.subquery()
    often = func.count()
    rows = connection.execute(
        select(facets.c.kind, facets.c.value, func.min(facets.c.shown).label("shown"), often.label("often"))
        .join(few, few.c.id == facets.c.story)
        .where(facets.c.main == 1)
        .group_by(facets.c.kind, facets.c.value)
    ).all()
    ranked = sorted(rows, key=lambda r: (_KINDS.index(r.kind), -r.often, r.value))
    found: list[Facet] = []
    for kind in _KINDS:
        found += [Facet(kind, r.value, r.shown, r.often) for r in ranked if r.kind == kind][:_SHOWN]
    return found


def _listed(r: Row[Any]) -> Listed:
    card = unpacked(r.card, Card) if r.card is not None else Card()
    story = KeptStory(r.id, r.title, r.created, r.changed, (), r.first, r.last, r.contested, r.origins, r.dossiers)
    return Listed(story, r.size, r.updated, card.leads, card.titles, card.langs, card.outlets, card.people, card.places)

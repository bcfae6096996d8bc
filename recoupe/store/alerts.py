"""Alerts of a store: what rules were to tell, which channel has told it, and up to where a watch has looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select
from sqlalchemy import update as set_

from recoupe.records.alert import Alert, Telling, Unwatched
from recoupe.store.base import WhichAlerts
from recoupe.store.packing import packed, unpacked
from recoupe.store.rows import chunks, clean, insert_new
from recoupe.store.tables import alerts as alerts_table
from recoupe.store.tables import articles, stories, tellings, watches

_ERROR = 1000  # characters of an error that are kept


def begin(connection: Connection, at: str) -> bool:
    """Take all that is there as seen, when nobody has watched before; whether that was so."""
    if connection.scalar(select(func.count()).select_from(watches)):
        return False
    connection.execute(insert(watches).values(since=at))
    connection.execute(set_(stories).values(watched=stories.c.dossiers))
    connection.execute(set_(articles).values(watched=articles.c.current))
    return True


def unwatched(connection: Connection, most: int) -> Unwatched:
    """Stories with dossiers and articles with versions that no watch has looked at, no more than `most` of each."""
    s, a = stories.c, articles.c
    grown = select(s.id, s.watched, s.dossiers).where(s.dossiers > s.watched).order_by(s.id).limit(most)
    changed = select(a.id, a.watched, a.current).where(a.current > 1, a.current > a.watched).order_by(a.id).limit(most)
    return Unwatched(
        tuple((name, seen, last) for name, seen, last in connection.execute(grown)),
        tuple((name, max(1, seen), last) for name, seen, last in connection.execute(changed)),
    )


def keep(
    connection: Connection,
    found: Sequence[tuple[Alert, Sequence[str]]],
    stories_seen: Mapping[str, int],
    articles_seen: Mapping[str, int],
    at: str,
) -> list[Alert]:
    """Keep alerts for their channels unless they are there, and up to where was looked; those that are new."""
    known: set[str] = set()
    for part in chunks([alert.id for alert, _ in found]):
        known.update(connection.scalars(select(alerts_table.c.id).where(alerts_table.c.id.in_(part))))
    fresh = []
    for alert, channels in found:
        if alert.id in known:
            continue
        known.add(alert.id)
        kept = replace(alert, at=at)
        fresh.append(kept)
        connection.execute(
            insert(alerts_table).values(
                id=kept.id, at=at, rule=clean(kept.rule), what=kept.what, story=kept.story, article=kept.article,
                body=packed(kept),
            )
        )  # fmt: skip
        told = [{"channel": channel, "alert": kept.id, "tries": 0} for channel in dict.fromkeys(channels)]
        insert_new(connection, tellings, told)
    for name, number in stories_seen.items():
        connection.execute(set_(stories).where(stories.c.id == name).values(watched=number))
    for name, number in articles_seen.items():
        connection.execute(set_(articles).where(articles.c.id == name).values(watched=number))
    return fresh


def mark(connection: Connection, channel: str, ids: Sequence[str], at: str, error: str | None) -> None:
    """Note that a channel has told alerts, or why it could not."""
    values = {"told": at, "error": None} if error is None else {"error": clean(error[:_ERROR])}
    for part in chunks(ids):
        mine = tellings.c.channel == channel, tellings.c.alert.in_(part), tellings.c.told.is_(None)
        tries = tellings.c.tries + (0 if error is None else 1)
        connection.execute(set_(tellings).where(*mine).values(**values, tries=tries))


# --- finding ------------------------------------------------------------------------------------------


def listed(connection: Connection, which: WhichAlerts) -> list[Alert]:
    """The alerts asked for, the last one first."""
    a = alerts_table.c
    question = select(a.body)
    for column, wanted in ((a.story, which.story), (a.rule, which.rule), (a.what, which.what), (a.id, which.id)):
        if wanted is not None:
            question = question.where(column == wanted)
    if which.since is not None:
        question = question.where(a.at >= which.since)
    if which.until is not None:
        question = question.where(a.at < which.until + "~")  # a day with all its hours
    if which.channel is not None:
        question = _of_channel(question, which.channel)
    return _opened(connection, question.order_by(a.seq.desc()).limit(which.most))


def waiting(connection: Connection, channel: str, most: int) -> list[Alert]:
    """The alerts that a channel has still to tell, those that failed least and then the first first."""
    question = _of_channel(select(alerts_table.c.body), channel).where(tellings.c.told.is_(None))
    return _opened(connection, question.order_by(tellings.c.tries, alerts_table.c.seq).limit(most))


def told_of(connection: Connection, ids: Sequence[str]) -> list[Telling]:
    """What each channel has made of alerts, by alert and channel."""
    found: list[Telling] = []
    for part in chunks(ids):
        rows = connection.execute(
            select(tellings).where(tellings.c.alert.in_(part)).order_by(tellings.c.alert, tellings.c.channel)
        )
        found += [Telling(r.alert, r.channel, r.told, r.tries, r.error) for r in rows]
    return found


def _of_channel(question: Select[Any], channel: str) -> Select[Any]:
    mine = tellings.c.alert == alerts_table.c.id
    return question.join(tellings, mine).where(tellings.c.channel == channel)


def _opened(connection: Connection, question: Select[Any]) -> list[Alert]:
    return [unpacked(bytes(body), Alert) for body in connection.scalars(question)]

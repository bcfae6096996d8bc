"""Summing up: what a list shows of a story, and by what it is found, taken from its dossier when that is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy import update as set_

from recoupe.records.browsed import Lead
from recoupe.records.dossier import Dossier
from recoupe.store.packing import packed, unpacked
from recoupe.store.rows import chunks, clean
from recoupe.store.summary import Summary, short, summary
from recoupe.store.tables import articles as articles_table
from recoupe.store.tables import dossiers, facets, versions
from recoupe.store.tables import stories as stories_table
from recoupe.text.folding import folded

FORM = 1
"""What a story is summed up by; one that was by a lower number is summed up anew."""
_TITLE = 200
"""Code points of a title that are kept at most."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of a story besides its row."""

    leads: tuple[Lead, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    langs: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def sum_up(connection: Connection, stories: Sequence[tuple[str, Summary | None]]) -> None:
    """Write what a list shows of stories; of one without a dossier what is known of its articles alone."""
    summary_of = dict(stories)
    rows: dict[str, list[Any]] = {name: [] for name in summary_of}
    for part in chunks(list(summary_of)):
        for row in connection.execute(
            select(articles_table.c.story, versions.c.lang, versions.c.outlet, versions.c.title)
            .join(articles_table, articles_table.c.id == versions.c.article)
            .where(articles_table.c.story.in_(part), versions.c.number == articles_table.c.current)
            .order_by(versions.c.published.is_(None), versions.c.published, versions.c.seq)
        ):
            rows[row.story].append(row)
        connection.execute(delete(facets).where(facets.c.story.in_(part)))
    found: list[dict[str, Any]] = []
    cards = []
    for name, told in summary_of.items():
        card, mine = _summed(rows[name], told)
        found += [{"story": name, **facet} for facet in mine]
        cards.append({"of": name, "new_card": packed(card), "new_updated": told.updated if told else 0})
    if found:
        connection.execute(insert(facets), found)
    if cards:
        values = {"card": bindparam("new_card"), "updated": bindparam("new_updated"), "summed": FORM}
        connection.execute(set_(stories_table).where(stories_table.c.id == bindparam("of")).values(values), cards)


def sum_up_anew(connection: Connection, most: int) -> int:
    """Sum up stories that were not, or otherwise than today; how many there were."""
    s, d = stories_table.c, dossiers.c
    names = connection.scalars(select(s.id).where(s.summed < FORM).limit(most)).all()
    found: list[tuple[str, Summary | None]] = []
    for name in names:
        body = connection.scalar(select(d.body).where(d.story == name).order_by(d.number.desc()).limit(1))
        found.append((name, summary(unpacked(body, Dossier)) if body is not None else None))
    sum_up(connection, found)
    return len(names)


def _summed(rows: Sequence[Any], told: Summary | None) -> tuple[Card, list[dict[str, Any]]]:
    """What a list shows of a story, and its facets; `rows` are its articles, the first first."""
    titles = {row.lang: row.title[:_TITLE] for row in reversed(rows) if row.title}
    langs = [code for code, _ in Counter(row.lang for row in rows).most_common()]
    outlets = [name for name, _ in Counter(short(row.outlet) for row in rows if row.outlet).most_common()]
    found = {("lang", code): (code, 1) for code in langs}
    found |= {("outlet", folded(name)): (name, 1) for name in outlets}
    people, places = (told.people, told.places) if told else ((), ())
    for kind, names in (("person", people), ("place", places)):
        for spellings in names:
            for spelling, main in spellings:
                found.setdefault((kind, folded(spelling)), (spellings[0][0], main))
    first = [code for code in dict.fromkeys(row.lang for row in rows) if code in titles]
    card = Card(told.leads if told else (), tuple((code, titles[code]) for code in first[:12]), tuple(langs),
                tuple(outlets[:8]), tuple(n[0][0] for n in people[:4]), tuple(n[0][0] for n in places[:3]))  # fmt: skip
    facets_of = [
        {"kind": kind, "value": clean(value), "shown": clean(shown), "main": main}
        for (kind, value), (shown, main) in found.items()
        if value
    ]
    return card, facets_of

"""Searches of a store: how what they find is spread, and those that are kept; what sources give day by day."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlalchemy import Connection, delete, func, select, text

from recoupe.errors import MissingError
from recoupe.records.searched import Daily, SavedSearch, Spread, Tally
from recoupe.store.base import Which
from recoupe.store.packing import id_of, packed, unpacked
from recoupe.store.rows import clean
from recoupe.store.search import matching
from recoupe.store.tables import searches, versions

_COUNTED = 1000
"""What a search finds is counted, and looked at for its spread, up to so many articles: those that were kept last."""
_SHOWN = 12
_NAME = 200
"""Code points of a name that are kept."""


def spread(connection: Connection, query: str, which: Which) -> Spread:
    """How the articles that a search finds are spread over languages, outlets and days."""
    found = matching(connection, query, which)
    if found is None:
        return Spread(0, _COUNTED, 0)
    question, values = found
    rows = connection.execute(
        text(f"SELECT v.lang, v.outlet, v.last_day {question} ORDER BY v.seq DESC LIMIT :counted"),
        {**values, "counted": _COUNTED},
    ).all()
    counts = {
        "lang": Counter(row.lang for row in rows),
        "outlet": Counter(row.outlet for row in rows if row.outlet),
        "day": Counter(row.last_day for row in rows if row.last_day),
    }
    tallies = []
    for kind, counter in counts.items():
        ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN]
        if kind == "day":
            ranked = sorted(counter.items(), reverse=True)[:_SHOWN]
        tallies += [Tally(kind, value, count) for value, count in ranked]
    return Spread(len(rows), _COUNTED, len(rows), tuple(tallies))


# --- searches that are kept -----------------------------------------------------------------------------


def save(connection: Connection, search: SavedSearch, at: str) -> SavedSearch:
    """Keep a search, over the one of the same name; as it is kept."""
    name = " ".join(search.name[:_NAME].split())
    kept = replace(search, id=id_of(name, "q"), name=name, at=at)
    connection.execute(delete(searches).where(searches.c.id == kept.id))
    connection.execute(searches.insert().values(id=kept.id, name=clean(kept.name), at=at, body=packed(kept)))
    return kept


def saved(connection: Connection) -> list[SavedSearch]:
    """All that are kept, by name."""
    rows = connection.scalars(select(searches.c.body).order_by(searches.c.name, searches.c.id))
    return [unpacked(bytes(body), SavedSearch) for body in rows]


def forget(connection: Connection, name: str) -> None:
    """Keep a search no longer. Raises MissingError where there is none of that id."""
    if not connection.execute(delete(searches).where(searches.c.id == name)).rowcount:
        raise MissingError(f"there is no saved search {name!r}.")


# --- sources --------------------------------------------------------------------------------------------


def daily(connection: Connection, since: str) -> list[Daily]:
    """How many articles and versions each source gave on each day from one on."""
    v = versions.c
    day = func.substr(v.seen, 1, 10)
    rows = connection.execute(
        select(v.source, day.label("day"), func.count()).where(v.seen >= since).group_by(v.source, day)
        .order_by(v.source, day)
    )  # fmt: skip
    return [Daily(source, on, count) for source, on, count in rows]

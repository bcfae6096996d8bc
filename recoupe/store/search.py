"""Search: the full text of articles, folded, in SQLite's FTS5 or PostgreSQL's tsvector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, text

from recoupe.records.article import Article
from recoupe.records.kept import Hit
from recoupe.store.base import Which
from recoupe.store.packing import unpacked
from recoupe.text.folding import excerpt, parts

_HIT = "v.article, v.number, v.title, v.outlet, v.lang, v.published, v.body, a.story, a.current"
_FOUND = {
    "sqlite": """FROM found JOIN versions v ON v.seq = found.rowid JOIN articles a ON a.id = v.article
        WHERE found MATCH :query""",
    "postgresql": """FROM found f JOIN versions v ON v.seq = f.version JOIN articles a ON a.id = v.article
        WHERE f.words @@ to_tsquery('simple', :query)""",
}
# The best of those that match, before their rows are looked at: FTS5 finds them by itself several times as fast.
_BEST = {
    "sqlite": """SELECT rowid AS seq, -rank AS score FROM found WHERE found MATCH :query AND rowid >= :oldest
        AND rank MATCH 'bm25(4.0, 1.0)' ORDER BY rank LIMIT :enough""",
    "postgresql": """SELECT version AS seq, ts_rank(words, to_tsquery('simple', :query)) AS score FROM found
        WHERE words @@ to_tsquery('simple', :query) AND version >= :oldest ORDER BY score DESC LIMIT :enough""",
}
_OLDEST = {
    "sqlite": "SELECT rowid FROM found WHERE found MATCH :query ORDER BY rowid DESC LIMIT 1 OFFSET :number",
    "postgresql": """SELECT version FROM found WHERE words @@ to_tsquery('simple', :query)
        ORDER BY version DESC LIMIT 1 OFFSET :number""",
}
_ALL = 10**9
_ENOUGH = 10  # times as many as are asked for are looked at first; what was once said and other days fall away
_LATEST = 10_000  # of those that hold a common word are weighed, unless they are too few for what else is asked
_FILTERS = {
    "since": " AND v.last_day >= :since",
    "until": " AND v.first_day <= :until",
    "lang": " AND v.lang = :lang",
    "outlet": " AND v.outlet = :outlet",
}


def index(connection: Connection, found: Sequence[tuple[int, tuple[str, str]]]) -> None:
    """Make versions findable by their folded words."""
    if not found:
        return
    if connection.dialect.name == "sqlite":
        question = "INSERT INTO found (rowid, title, body) VALUES (:seq, :title, :body)"
    else:
        question = """INSERT INTO found (version, words) VALUES (:seq, setweight(to_tsvector('simple', :title), 'A')
            || setweight(to_tsvector('simple', :body), 'D'))"""
    connection.execute(text(question), [{"seq": seq, "title": title, "body": body} for seq, (title, body) in found])


def search(connection: Connection, query: str, which: Which) -> list[Hit]:
    """The articles that hold all words and phrases of a query, the best first; none for a query without words."""
    asked = parts(query)
    if not asked:
        return []
    dialect = connection.dialect.name
    conditions, values = _conditions(which)
    question = f"""SELECT {_HIT}, best.score FROM ({_BEST[dialect]}) best JOIN versions v ON v.seq = best.seq
        JOIN articles a ON a.id = v.article WHERE 1 = 1{conditions}
        ORDER BY best.score DESC, v.published DESC, v.article LIMIT :most OFFSET :skip"""
    values |= {"query": _query(asked, dialect), "most": which.most, "skip": which.skip}
    return [
        Hit(row.article, row.number, row.title, row.outlet, row.lang, row.published, float(row.score),
            excerpt(unpacked(bytes(row.body), Article).text, asked), row.story, row.number == row.current)
        for row in _best(connection, question, values)
    ]  # fmt: skip


def _best(connection: Connection, question: str, values: dict[str, Any]) -> Sequence[Row[Any]]:
    """The rows of a question: of the best, and of the latest that match, where those are as many as are asked for."""
    older = text(_OLDEST[connection.dialect.name])
    enough = (values["most"] + values["skip"]) * _ENOUGH
    oldest = connection.execute(older, {**values, "number": _LATEST}).scalar()
    rows = connection.execute(text(question), {**values, "enough": enough, "oldest": oldest or 0}).all()
    if len(rows) < values["most"] and (
        oldest is not None or connection.execute(older, {**values, "number": enough}).scalar() is not None
    ):
        rows = connection.execute(text(question), {**values, "enough": _ALL, "oldest": 0}).all()
    return rows


def matching(connection: Connection, query: str, which: Which) -> tuple[str, dict[str, Any]] | None:
    """The versions that a query finds, as the FROM and WHERE of a question and its values; None without words."""
    asked = parts(query)
    if not asked:
        return None
    dialect = connection.dialect.name
    conditions, values = _conditions(which)
    return _FOUND[dialect] + conditions, {"query": _query(asked, dialect), **values}


def _conditions(which: Which) -> tuple[str, dict[str, Any]]:
    """What else is asked of a version than its words, with the values."""
    conditions = "" if which.old else " AND v.number = a.current"
    values: dict[str, Any] = {}
    for name, condition in _FILTERS.items():
        if (value := getattr(which, name)) is not None:
            conditions += condition
            values[name] = value
    return conditions, values


def _query(asked: list[str], dialect: str) -> str:
    """What is asked, as the dialect has it; folded words hold no sign that means anything to it."""
    if dialect == "sqlite":
        return " AND ".join(f'"{part}"' for part in asked)
    return " & ".join("(" + " <-> ".join(f"'{word}'" for word in part.split()) + ")" for part in asked)

"""Search: the full text of articles, folded, in SQLite's FTS5 or PostgreSQL's tsvector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

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
_SCORE = {"sqlite": "-bm25(found, 4.0, 1.0)", "postgresql": "ts_rank(f.words, to_tsquery('simple', :query))"}
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
    found = matching(connection, query, which)
    if found is None:
        return []
    question, values = found
    score = _SCORE[connection.dialect.name]
    rows = connection.execute(
        text(f"SELECT {_HIT}, {score} AS score {question} ORDER BY score DESC, v.published DESC, v.article"
             " LIMIT :most OFFSET :skip"),
        {**values, "most": which.most, "skip": which.skip},
    )  # fmt: skip
    return [
        Hit(row.article, row.number, row.title, row.outlet, row.lang, row.published, float(row.score),
            excerpt(unpacked(bytes(row.body), Article).text, asked), row.story, row.number == row.current)
        for row in rows
    ]  # fmt: skip


def matching(connection: Connection, query: str, which: Which) -> tuple[str, dict[str, Any]] | None:
    """The versions that a query finds, as the FROM and WHERE of a question and its values; None without words."""
    asked = parts(query)
    if not asked:
        return None
    dialect = connection.dialect.name
    question = _FOUND[dialect] + ("" if which.old else " AND v.number = a.current")
    values: dict[str, Any] = {"query": _query(asked, dialect)}
    for name, condition in _FILTERS.items():
        if (value := getattr(which, name)) is not None:
            question += condition
            values[name] = value
    return question, values


def _query(asked: list[str], dialect: str) -> str:
    """What is asked, as the dialect has it; folded words hold no sign that means anything to it."""
    if dialect == "sqlite":
        return " AND ".join(f'"{part}"' for part in asked)
    return " & ".join("(" + " <-> ".join(f"'{word}'" for word in part.split()) + ")" for part in asked)

"""Sketches of a store: what grouping needs of each article, and the keys by which those like it are found.

So a batch of new articles is put into stories without looking at all that are kept.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, TextClause, and_, delete, func, insert, or_, select, text

from recoupe.records.kept import Sketch
from recoupe.store.rows import chunks
from recoupe.store.tables import articles as articles_table
from recoupe.store.tables import sketch_keys as keys_table
from recoupe.store.tables import sketches as sketches_table

_NEAREST = 24  # articles with a key that are met, on either side of a day
_CANDIDATES = 24  # of an article that are looked at: those that share most of its keys
_SAMPLE = 400  # articles anywhere around, by which it is told what chance gives
_AT_ONCE = 400


def keep(connection: Connection, sketches: Sequence[Sketch]) -> None:
    """Write sketches in place of those that their articles had."""
    names = [sketch.article for sketch in sketches]
    for part in chunks(names):
        for number, day, old in connection.execute(
            select(sketches_table.c.number, sketches_table.c.day, sketches_table.c.found_by).where(
                sketches_table.c.article.in_(part)
            )
        ).all():
            connection.execute(
                delete(keys_table).where(
                    keys_table.c.key.in_(_ints(old)), keys_table.c.day == day, keys_table.c.sketch == number
                )
            )
        connection.execute(delete(sketches_table).where(sketches_table.c.article.in_(part)))
    if not sketches:
        return
    made = [
        {"article": sketch.article, "version": sketch.number, "day": sketch.day, "body": sketch.body,
         "found_by": array("I", sketch.keys).tobytes()}
        for sketch in sketches
    ]  # fmt: skip
    question = insert(sketches_table).returning(sketches_table.c.number, sort_by_parameter_order=True)
    numbers = connection.scalars(question, made).all()
    rows = [
        {"key": key, "day": sketch.day, "sketch": number}
        for sketch, number in zip(sketches, numbers, strict=True)
        for key in sketch.keys
    ]
    if rows:
        connection.execute(insert(keys_table), rows)


def of(connection: Connection, names: Sequence[str]) -> list[Sketch]:
    """The sketches of articles, by their ids; none of one that has none."""
    rows: list[Any] = []
    for part in chunks(sorted(set(names))):
        rows += connection.execute(_rows().where(sketches_table.c.article.in_(part)))
    return _opened(rows)


def within(connection: Connection, spans: Sequence[tuple[int, int]], most: int) -> list[Sketch] | None:
    """All sketches of some spans of days, by the ids of their articles; None where there are more than `most`."""
    inside = _inside(spans)
    number = connection.scalar(
        select(func.count()).select_from(select(sketches_table.c.number).where(inside).limit(most + 1).subquery())
    )
    if (number or 0) > most:
        return None
    return _opened(connection.execute(_rows().where(inside)).all())


def alike(
    connection: Connection, asked: Sequence[Sketch], spans: Sequence[tuple[int, int]]
) -> tuple[list[Sketch], list[Sketch]]:
    """(the sketches that share most with those asked, with all of their stories; others at random), of some days."""
    found: set[int] = set()
    for sketch in asked:
        shared = _sharing(connection, sketch, spans)
        found.update(number for number, _ in sorted(shared.items(), key=lambda e: (-e[1], e[0]))[:_CANDIDATES])
    near = _numbered(connection, found)
    stories = sorted({sketch.story for sketch in near + list(asked) if sketch.story})
    rows: list[Any] = []
    for part in chunks(stories):
        rows += connection.execute(_rows().where(articles_table.c.story.in_(part), _inside(spans)))
    whole = {sketch.article: sketch for sketch in [*near, *_opened(rows)]}
    others = [s for s in _numbered(connection, _spread(connection, spans)) if s.article not in whole]
    return sorted(whole.values(), key=lambda s: s.article), others


def _sharing(connection: Connection, sketch: Sketch, spans: Sequence[tuple[int, int]]) -> Counter[int]:
    """How many keys other sketches share with one, of each key those nearest to its day."""
    if not sketch.keys:
        return Counter()
    first, last = next((span for span in spans if span[0] <= sketch.day <= span[1]), (sketch.day, sketch.day))
    values = {"first": first, "day": sketch.day, "last": last, "most": _NEAREST}
    values |= {f"k{i}": key for i, key in enumerate(sketch.keys)}
    return Counter(connection.execute(_holders(len(sketch.keys)), values).scalars())


@cache
def _holders(keys: int) -> TextClause:
    """The sketches with each of so many keys, in one question."""
    parts: list[str] = []
    for i in range(keys):
        for days, order in ((":first AND :day", "day DESC"), (":day + 1 AND :last", "day")):
            where = f"key = :k{i} AND day BETWEEN {days} ORDER BY {order}, sketch LIMIT :most"
            parts.append(f"SELECT sketch FROM (SELECT sketch FROM sketch_keys WHERE {where}) AS t{len(parts)}")
    return text(" UNION ALL ".join(parts))


def _spread(connection: Connection, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Numbers of sketches that lie evenly between the first and the last of some days; not all of them exist."""
    s = sketches_table.c
    low, high = connection.execute(select(func.min(s.number), func.max(s.number)).where(_inside(spans))).one()
    return [] if low is None else sorted({low + (high - low) * i // (_SAMPLE - 1) for i in range(_SAMPLE)})


def _inside(spans: Sequence[tuple[int, int]]) -> Any:
    day = sketches_table.c.day
    return or_(*(day.between(*span) for span in spans))


def _numbered(connection: Connection, numbers: Iterable[int]) -> list[Sketch]:
    ordered = sorted(numbers)
    rows: list[Any] = []
    for i in range(0, len(ordered), _AT_ONCE):
        rows += connection.execute(_rows().where(sketches_table.c.number.in_(ordered[i : i + _AT_ONCE])))
    return _opened(rows)


def _rows() -> Select[Any]:
    s, a = sketches_table.c, articles_table.c
    return select(s.article, s.version, s.day, s.found_by, s.body, a.story).join(
        articles_table, and_(a.id == s.article, a.current == s.version)
    )


def _opened(rows: Iterable[Any]) -> list[Sketch]:
    found = [Sketch(r.article, r.version, r.day, tuple(_ints(r.found_by)), r.body, r.story) for r in rows]
    return sorted(found, key=lambda sketch: sketch.article)


def _ints(packed: bytes) -> list[int]:
    found = array("I")
    found.frombytes(packed)
    return found.tolist()

"""Summing up: what a list shows of a story, and by what it is found, taken from its dossier when that is kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy import update as set_

from recoupe.records.browsed import Lead, LeadSide
from recoupe.records.dossier import Dossier, DossierName, DossierQuestion
from recoupe.store.packing import packed, unpacked
from recoupe.store.rows import chunks, clean
from recoupe.store.tables import articles as articles_table
from recoupe.store.tables import dossiers, facets, versions
from recoupe.store.tables import stories as stories_table
from recoupe.text.folding import folded

FORM = 1
"""What a story is summed up by; one that was by a lower number is summed up anew."""
_LEADS, _SIDES = 3, 4
_PEOPLE, _PLACES, _SPELLINGS = 10, 8, 6
_VERDICTS = ("contested", "updated", "corroborated", "compatible")
_DIFFER = _VERDICTS[:2]
_WORD, _TITLE = 120, 200
"""Code points of a name, or of an outlet, that are kept at most; of a title."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of a story besides its row."""

    leads: tuple[Lead, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    langs: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def sum_up(connection: Connection, stories: Sequence[tuple[str, Dossier | None]]) -> None:
    """Write what a list shows of stories; of one without a dossier what is known of its articles alone."""
    dossier_of = dict(stories)
    rows: dict[str, list[Any]] = {name: [] for name in dossier_of}
    for part in chunks(list(dossier_of)):
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
    for name, dossier in dossier_of.items():
        card, mine = _summed(rows[name], dossier)
        found += [{"story": name, **facet} for facet in mine]
        updated = sum(q.verdict == "updated" for q in dossier.questions) if dossier else 0
        cards.append({"of": name, "new_card": packed(card), "new_updated": updated})
    if found:
        connection.execute(insert(facets), found)
    if cards:
        values = {"card": bindparam("new_card"), "updated": bindparam("new_updated"), "summed": FORM}
        connection.execute(set_(stories_table).where(stories_table.c.id == bindparam("of")).values(values), cards)


def sum_up_anew(connection: Connection, most: int) -> int:
    """Sum up stories that were not, or otherwise than today; how many there were."""
    s, d = stories_table.c, dossiers.c
    names = connection.scalars(select(s.id).where(s.summed < FORM).limit(most)).all()
    found: list[tuple[str, Dossier | None]] = []
    for name in names:
        body = connection.scalar(select(d.body).where(d.story == name).order_by(d.number.desc()).limit(1))
        found.append((name, unpacked(body, Dossier) if body is not None else None))
    sum_up(connection, found)
    return len(names)


def _summed(rows: Sequence[Any], dossier: Dossier | None) -> tuple[Card, list[dict[str, Any]]]:
    """What a list shows of a story, and its facets; `rows` are its articles, the first first."""
    titles = {row.lang: row.title[:_TITLE] for row in reversed(rows) if row.title}
    langs = [code for code, _ in Counter(row.lang for row in rows).most_common()]
    outlets = [name for name, _ in Counter(_short(row.outlet) for row in rows if row.outlet).most_common()]
    found = {("lang", code): (code, 1) for code in langs}
    found |= {("outlet", folded(name)): (name, 1) for name in outlets}
    people = _names(dossier, "PERSON", _PEOPLE) if dossier else []
    places = _names(dossier, "PLACE", _PLACES) if dossier else []
    for kind, names in (("person", people), ("place", places)):
        for name in names:
            for spelling, main in _spellings(name):
                found.setdefault((kind, folded(spelling)), (_short(name.name), main))
    first = [code for code in dict.fromkeys(row.lang for row in rows) if code in titles]
    card = Card(tuple(_leads(dossier)) if dossier else (), tuple((code, titles[code]) for code in first[:12]),
                tuple(langs), tuple(outlets[:8]), tuple(_short(n.name) for n in people[:4]),
                tuple(_short(n.name) for n in places[:3]))  # fmt: skip
    facets_of = [
        {"kind": kind, "value": clean(value), "shown": clean(shown), "main": main}
        for (kind, value), (shown, main) in found.items()
        if value
    ]
    return card, facets_of


def _names(dossier: Dossier, sort: str, most: int) -> list[DossierName]:
    """The names of one sort that most articles share."""
    found = [(len({m.article for m in n.mentions}), len(n.mentions), n) for n in dossier.names if n.type == sort]
    return [name for _, _, name in sorted(found, key=lambda row: (-row[0], -row[1], row[2].id))[:most]]


def _spellings(name: DossierName) -> Iterator[tuple[str, int]]:
    """The spellings of a name, the one that it is called by (1) before the others (0)."""
    yield _short(name.name), 1
    often = Counter(_short(" ".join(m.text.split())) for m in name.mentions)
    for spelling, _ in often.most_common(_SPELLINGS):
        yield spelling, 0


def _leads(dossier: Dossier) -> Iterator[Lead]:
    """The questions that tell most of a story: contested figures before all, then what else is, then newer figures."""
    names = {name.id: name.name for name in dossier.names}
    ranked = sorted((q for q in dossier.questions if q.verdict in _VERDICTS), key=_rank)
    if ranked and ranked[0].verdict in _DIFFER:
        ranked = [q for q in ranked if q.verdict in _DIFFER]
    for question in ranked[:_LEADS]:
        sides = _sides(question, names)
        yield Lead(question.id, question.kind, question.label[:200], question.verdict, question.independent_origins,
                   tuple(sides[:_SIDES]), max(0, len(sides) - _SIDES))  # fmt: skip


def _rank(question: DossierQuestion) -> tuple[int, bool, bool]:
    """The verdict; then figures before dates and names; then what voices that are independent say."""
    figure = question.kind in ("count", "quantity")
    return _VERDICTS.index(question.verdict), not figure, question.independent_origins < 2


def _sides(question: DossierQuestion, names: dict[str, str]) -> list[LeadSide]:
    """The values of a question with who stands behind each; those with most voices if there are many, by size."""
    values: dict[str, dict[str, Any]] = {}
    voices: dict[str, set[str]] = {}
    reports: dict[str, set[str]] = {}
    for answer in question.answers:
        key = json.dumps(answer.value, sort_keys=True)
        values.setdefault(key, answer.value)
        voices.setdefault(key, set()).add(answer.origin or f"article:{answer.article}")
        reports.setdefault(key, set()).add(answer.article)
    ranked = sorted(values, key=lambda key: -len(voices[key]))
    shown = sorted(ranked[:_SIDES], key=lambda key: _size(values[key])) + ranked[_SIDES:]
    return [LeadSide(_named(values[key], names), len(voices[key]), len(reports[key])) for key in shown]


def _named(value: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    entity = value.get("entity")
    return {**value, "entity": _short(names.get(entity, entity))} if entity is not None else value


def _size(value: dict[str, Any]) -> tuple[float, str]:
    for key in ("low", "high"):
        if isinstance(value.get(key), int | float):
            return float(value[key]), ""
    return 0.0, str(value.get("start") or value.get("end") or value.get("stance") or "")


def _short(text: str) -> str:
    return text[:_WORD]

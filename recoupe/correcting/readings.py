"""Readings that are being corrected: where anchors point, and what is put right in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recoupe.correcting.anchors import (
    addresses,
    find_claim,
    find_name,
    find_statement,
    known_as,
    words_at,
)
from recoupe.records import Amount, Figure, Name, Named, Period, Reading, Value
from recoupe.records.correction import ClaimAt, NameAt, StatementAt
from recoupe.records.told import Called, Claimed
from recoupe.text.latin import latin


class NotFound(Exception):
    """What an anchor speaks of is not there now; the message says what, by the name of a reason."""


class Readings:
    """The readings of a story with what they are known by; they are changed by what is put right."""

    def __init__(self, readings: Sequence[Reading], known: Sequence[frozenset[str]] | None = None) -> None:
        self.all = list(readings)
        self._known = list(known) if known is not None else [addresses(r.article) for r in readings]
        self._claims: dict[ClaimAt, int | None] = {}

    # --- where ---

    def holds(self, address: str) -> bool:
        """Whether an article is one of the story's."""
        return self._index(address) is not None

    def article(self, address: str) -> int:
        """The index of an article. Raises NotFound."""
        found = self._index(address)
        if found is None:
            raise NotFound("article")
        return found

    def _index(self, address: str) -> int | None:
        exact = [n for n, known in enumerate(self._known) if address in known]
        found = exact or [n for n, known in enumerate(self._known) if known_as(address, known)]
        return found[0] if len(found) == 1 or exact else None

    def claim(self, told: ClaimAt) -> Claimed:
        """A claim. Raises NotFound."""
        reading = self.article(told.article)
        if told not in self._claims:
            self._claims[told] = find_claim(self.all[reading], told)
        found = self._claims[told]
        if found is None:
            raise NotFound("claim")
        return reading, found

    def statement(self, told: StatementAt) -> Claimed:
        """A statement. Raises NotFound."""
        reading = self.article(told.article)
        found = find_statement(self.all[reading], told)
        if found is None:
            raise NotFound("statement")
        return reading, found

    def name(self, told: NameAt, make: str = "") -> Called:
        """A name. With `make` also one that the reading has not found; it gets that id. Raises NotFound."""
        reading = self.article(told.article)
        found = find_name(self.all[reading], told)
        if found is not None:
            return reading, found.id
        spans = words_at(self.all[reading], told) if make else ()
        if not spans:
            raise NotFound("name")
        return reading, self._add(reading, Name(make, told.type, told.name, spans))

    def _add(self, reading: int, name: Name) -> str:
        told = self.all[reading]
        if all(n.id != name.id for n in told.names):
            self.all[reading] = replace(told, names=(*told.names, name))
        return name.id

    # --- putting right ---

    def here(self, reading: int, told: NameAt, make: str) -> tuple[str, Called | None]:
        """The id under which a reading knows a name of any article, and the name itself where that is another's.

        A reading that does not name it gets the name without a place. Raises NotFound.
        """
        home, found = self.name(told, make)
        if home == reading:
            return found, None
        name = next(n for n in self.all[home].names if n.id == found)
        return self._add(reading, replace(name, id=make, mentions=())), (home, found)

    def parted(self, reading: int, one: NameAt, other: NameAt, make: str) -> tuple[Called, Called]:
        """Two names that a reading has taken for one, parted by how they are written. Raises NotFound."""
        told = self.all[reading]
        name = next(n for n in told.names if n.id == self.name(one)[1])
        text = told.article.text
        theirs = tuple(m for m in name.mentions if latin(m.of(text)) == other.key)
        mine = tuple(m for m in name.mentions if m not in set(theirs))
        if one.key == other.key or not theirs or not mine:
            raise NotFound("parting")
        shown = name.name if latin(name.name) != other.key else one.name
        parts = replace(name, mentions=mine, name=shown), replace(name, id=make, name=other.name, mentions=theirs)
        names = tuple(n for old in told.names for n in (parts if old.id == name.id else (old,)))
        self.all[reading] = replace(told, names=names)
        return (reading, name.id), (reading, make)

    def set_value(self, claimed: Claimed, value: Value) -> None:
        """Put the value of a claim right, and with it that of the figure or the time at its words."""
        reading, index = claimed
        told = self.all[reading]
        claim = replace(told.claims[index], value=value)
        figures, times = told.figures, told.times
        if isinstance(value, Amount):
            figures = tuple(_figure(f, value) if f.span == claim.span else f for f in figures)
        if isinstance(value, Period):
            times = tuple(replace(t, period=value) if t.span == claim.span else t for t in times)
        claims = (*told.claims[:index], claim, *told.claims[index + 1 :])
        self.all[reading] = replace(told, claims=claims, figures=figures, times=times)

    def set_speaker(self, said: Claimed, name: str | None) -> None:
        """Put right who makes a statement, by the id of a name of its reading."""
        reading, index = said
        told = self.all[reading]
        statement = replace(told.statements[index], speaker=name)
        statements = (*told.statements[:index], statement, *told.statements[index + 1 :])
        self.all[reading] = replace(told, statements=statements)


def _figure(figure: Figure, value: Amount) -> Figure:
    """A figure as it is read when it means a value."""
    how = "exact" if value.exact else "range" if None not in (value.low, value.high) else "over"
    if value.low is None:
        how = "under"
    number = value.low if value.exact else None
    return replace(figure, amount=value, how=how, number=number, given=value.unit, approximate=False)


def fits(kind: str, value: Value) -> bool:
    """Whether a value can answer a question of a kind."""
    by_kind = {"time": Period, "entity": Named, "count": Amount, "quantity": Amount}
    return isinstance(value, by_kind[kind]) if kind in by_kind else not isinstance(value, Amount | Period | Named)

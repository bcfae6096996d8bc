"""Told: what corrections come to in one story, by the places of its readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from recoupe.records.correction import Correction
from recoupe.records.links import Links

Claimed = tuple[int, int]
"""A claim or a statement: the index of its reading, and its own there."""
Called = tuple[int, str]
"""A name: the index of its reading, and its id there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Something that a correction speaks of: a `claim` or a `statement` by its index in the reading, a `name` by its
    id there, or the `article` itself."""

    sort: str
    reading: int
    what: int | str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a correction stands in a story.

    `state` is `applied`; `waiting` where what it speaks of is not to be found now, and `why` tells what; `overruled`
    where a later one, `by`, says otherwise; `partly` where that is so of a part. `places` are what it speaks of,
    `where` the readings of the articles that it names, as far as they are in the story.
    """

    correction: Correction
    state: str
    why: str = ""
    by: str | None = None
    places: tuple[Place, ...] = ()
    where: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the comparison of a story has to keep to.

    `names` and `claims` belong together or not. `moved` claims go where another one is, those that are `out` nowhere.
    `voices` name, for claims, whose word they are: a name of a reading, the report with an index, or a label.
    `speakers` are the statements whose speaker somebody has told. `separate` are pairs of readings of which the first
    does not have its words from the second.
    """

    standing: tuple[Standing, ...] = ()
    names: Links[Called] = field(default_factory=Links)
    claims: Links[Claimed] = field(default_factory=Links)
    moved: tuple[tuple[Claimed, Claimed], ...] = ()
    out: frozenset[Claimed] = frozenset()
    voices: Mapping[Claimed, Called | int | str] = field(default_factory=dict)
    speakers: frozenset[Claimed] = frozenset()
    separate: frozenset[tuple[int, int]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.standing)

    def reordered(self, order: Sequence[int]) -> Told:
        """The same for the readings taken in an order, given by their indices; the standing stays as it is."""
        if not self:
            return self
        at = {old: new for new, old in enumerate(order)}

        def name(called: Called) -> Called:
            return at[called[0]], called[1]

        def claim(claimed: Claimed) -> Claimed:
            return at[claimed[0]], claimed[1]

        def voice(told: Called | int | str) -> Called | int | str:
            return name(told) if isinstance(told, tuple) else at[told] if isinstance(told, int) else told

        names, claims = self.names, self.claims
        return replace(
            self,
            names=Links(
                tuple((name(a), name(b)) for a, b in names.same), tuple((name(a), name(b)) for a, b in names.apart)
            ),
            claims=Links(
                tuple((claim(a), claim(b)) for a, b in claims.same),
                tuple((claim(a), claim(b)) for a, b in claims.apart),
            ),
            moved=tuple((claim(a), claim(b)) for a, b in self.moved),
            out=frozenset(map(claim, self.out)),
            voices={claim(c): voice(v) for c, v in self.voices.items()},
            speakers=frozenset(map(claim, self.speakers)),
            separate=frozenset((at[a], at[b]) for a, b in self.separate),
        )

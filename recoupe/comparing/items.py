"""Items: the claims of a story with all by which they are weighed against each other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from recoupe.languages import shared
from recoupe.records import Claim, Period, Value

LONG_PAST = 60  # days
_YEAR = 300  # days of a time that names no day or month of a year: 'in 1986'
HEAVY = 0.5  # a term that weighs more is spoken of
STATES = ("casualty", "justice")  # sorts of concepts that say what became of people


@dataclass(slots=True, eq=False)
class Item:
    """A claim in the story: `terms` are the keys around it, weighted by nearness and rarity.

    `day` is when its report appeared (where that is not known, the last of the others), `said` how many claims of
    the story have the same value, `near` the names beside it that not every sentence has, `place` how far down in
    its report it stands, 0 to 1, `voices` whose word it is: names and countries, `actor` the person or body last
    named before it in its sentence, `group` whether its report counts all beside these: four patients of 23 dead,
    `denies` whether a source denies it in so many words. The rest follows from these and is worked out once: `norm`
    is the length of the vector of terms, `states` what became of those counted, `nouns` what names them, `persons`
    whether people are counted (None: unknown), `heads` whether each of them is one person or several (a family),
    `past` whether the event told of lies long before the report, `kinds` the kinds of event asked for, `acts` the
    rows of asked.toml they stand in, `blame` whether blame is laid, `whose` the persons whose age it is, `within`
    the places (not the story's own) in which alone is counted, `keys` what is asked and stands in `terms`, `denied`
    those of the first word, `bare` whether they tell no more than that something is denied, `course` how what is
    asked for moves while an event lasts, `special` the nouns that tell one question from another. `weighed` are the
    affinities with others that were asked for, by the `id` of these; but for `group` nothing else changes once an
    item is made (many are, and a frozen one takes three times as long to make).
    """

    reading: int
    index: int
    claim: Claim
    value: Value
    asks: tuple[str, ...]
    terms: Mapping[str, float] = field(repr=False)
    day: Period | None = None
    said: int = 1
    lang: str = ""
    near: frozenset[str] = frozenset()
    place: float = 0.0
    voices: frozenset[str] = frozenset()
    actor: str = ""
    group: bool = False
    denies: bool = False
    norm: float = field(init=False, repr=False)
    states: frozenset[str] = field(init=False, repr=False)
    nouns: frozenset[str] = field(init=False, repr=False)
    persons: bool | None = field(init=False, repr=False)
    heads: str = field(init=False, repr=False)
    past: bool = field(init=False, repr=False)
    kinds: frozenset[str] = field(init=False, repr=False)
    acts: frozenset[int] = field(init=False, repr=False)
    blame: bool = field(init=False, repr=False)
    whose: frozenset[str] = field(init=False, repr=False)
    within: frozenset[str] = field(init=False, repr=False)
    keys: tuple[str, ...] = field(init=False, repr=False)
    denied: tuple[str, ...] = field(init=False, repr=False)
    bare: bool = field(init=False, repr=False)
    course: str | None = field(init=False, repr=False)
    special: frozenset[str] = field(init=False, repr=False)
    weighed: dict[int, float] = field(init=False, repr=False)
    _neutral: float | None = field(init=False, repr=False, default=None)
    _heavy: frozenset[str] | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        terms = self.terms
        self.keys = keys = tuple([k for k in self.asks if k in terms])
        first = next((i + 1 for i, k in enumerate(keys) if k.startswith("s:")), len(keys))
        self.denied = keys[:first]
        self.weighed = {}
        (self.states, self.nouns, self.special, self.persons, self.heads, self.bare, self.kinds, self.acts, self.blame,
         self.whose, self.within, self.course) = _of_asks(self.asks)  # fmt: skip
        self.norm = math.sqrt(sum([w * w for w in terms.values()]))
        self.past = _long_past(self.claim.when, self.day)

    # --- what few are asked for ---

    @property
    def neutral(self) -> float:
        """The length of the vector of the terms that all languages share."""
        if self._neutral is None:
            self._neutral = math.sqrt(sum([w * w for k, w in self.terms.items() if not k.startswith("s:")]))
        return self._neutral

    @property
    def common(self) -> tuple[str, ...]:
        """Those of the keys that all languages share."""
        return tuple([k for k in self.keys if not k.startswith("s:")])

    @property
    def heavy(self) -> frozenset[str]:
        """The terms that weigh much."""
        if self._heavy is None:
            self._heavy = frozenset([k for k, w in self.terms.items() if w > HEAVY])
        return self._heavy

    @property
    def beside(self) -> frozenset[str]:
        """The kinds of event among the terms that weigh much."""
        return frozenset([k for k in self.heavy if k.startswith("k:")])


@lru_cache(maxsize=4096)
def _of_asks(asks: tuple[str, ...]) -> tuple[Any, ...]:
    """What of an item follows from what it asks alone, in the order in which it is taken; many claims ask the same."""
    states, nouns = told_apart(asks)
    kinds = frozenset(k[2:] for k in asks if k.startswith("k:"))
    broad = {f"c:{concept}" for concept in shared("asked")["broad"]}
    return (
        frozenset(states - broad),
        frozenset(nouns),
        frozenset(nouns - broad),
        _persons(states - broad, nouns),
        _heads(nouns),
        frozenset(shared("asked")["bare"]).issuperset(k for k in asks if not k.startswith("s:")),
        kinds,
        frozenset(i for i, row in enumerate(shared("asked")["same"]) if not kinds.isdisjoint(row)),
        any(k.startswith("a:") for k in asks),
        frozenset(k for k in asks if k.startswith("n:")),
        frozenset(k for k in asks if k.startswith("w:")),
        course_of(asks),
    )


def told_apart(asks: Sequence[str]) -> tuple[set[str], set[str]]:
    """What became of those counted (killed, arrested), and the nouns that name them.

    Stems count only where no concept does.
    """
    concepts = shared("concepts")
    states: set[str] = set()
    nouns: set[str] = set()
    stems: set[str] = set()
    for key in asks:
        if key.startswith("c:"):
            row = concepts.get(key[2:], {})
            (states if row.get("sort") in STATES and row.get("parent") != "people" else nouns).add(key)
        elif key.startswith(("s:", "m:")):
            stems.add(key)
    return states, nouns or (set() if states else stems)


def course_of(asks: Sequence[str]) -> str | None:
    """How the thing asked for moves (courses.toml), by what befell those counted, else by what they are."""
    concepts, courses, broad = shared("concepts"), shared("courses"), shared("asked")["broad"]
    states, _ = told_apart(asks)
    for key in [k for k in asks if k in states] or [k for k in asks if k.startswith("c:") and k[2:] not in broad]:
        concept: str | None = key[2:]
        while concept:
            for course in ("grows", "moves"):
                if concept in courses[course]:
                    return course
            concept = concepts.get(concept, {}).get("parent")
    return None


def _persons(states: Set[str], nouns: Set[str]) -> bool | None:
    """Whether people are counted or things; None where the words do not tell."""
    if states:
        return True
    sorts = {shared("concepts").get(n[2:], {}).get("sort") for n in nouns if n.startswith("c:")}
    return None if not sorts else sorts == {"person"} if "person" not in sorts or len(sorts) == 1 else None


def _heads(nouns: Set[str]) -> str:
    """Whether those counted are people one by one or families, couples and the like; "" where the words do not tell."""
    rows = {n: shared("concepts").get(n[2:], {}) for n in nouns if n.startswith("c:")}
    persons = {n for n, row in rows.items() if row.get("sort") == "person"}
    several = {n for n in persons if n != "c:people" and not rows[n].get("parent")}
    return "several" if several else "one" if persons else ""


def _long_past(when: Period | None, day: Period | None) -> bool:
    """Whether an event lies more than LONG_PAST days before its report; what has no date is the story's own.

    Where nobody knows when the report appeared: whether it names a year alone, as one names years gone by.
    """
    if when is None or when.end is None:
        return False
    last = date.fromisoformat(when.end[:10])
    if day is not None and day.start is not None:
        return (date.fromisoformat(day.start[:10]) - last).days > LONG_PAST
    return when.start is not None and (last - date.fromisoformat(when.start[:10])).days > _YEAR

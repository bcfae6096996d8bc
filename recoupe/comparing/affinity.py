"""Affinity: how likely two claims of one kind answer the same question, as a sum of signs for and against.

The sum is above nought where more speaks for it than against. Each sign is a short function; its weight
stands beside it. docs/explanation/aligning-answers.md states the sum as a formula.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from recoupe.comparing.units import dimension, in_unit
from recoupe.languages import shared
from recoupe.records import Amount, Claim, Kind, Period, Relation, Value

FORBIDDEN = -1e9
ANOTHER = -1.0  # two ages of whom it is not known whether they are one
# Of what a denial denies, the share that the other must speak of, that without the word denied itself, and how many
# keys where nothing translates that word; else ASIDE speaks against the two.
ENOUGH, WITHOUT_IT, UNTOLD, ASIDE = 0.1, 0.2, 3, 6.0
# What speaks against two claims of a kind answering one question before anything else is known of them.
PRIOR = {Kind.COUNT: 0.5, Kind.QUANTITY: -0.1, Kind.TIME: 0.0, Kind.STANCE: -1.8, Kind.ENTITY: -0.3}
PART = "part"
LONG_PAST = 60  # days
# two numbers that exclude each other: within a third of each other, and by powers of ten apart
_FAR = {Kind.COUNT: (0.1, -0.6), Kind.QUANTITY: (-0.1, -1.0)}
_SAME, _DIFFERENT = 0.4, -0.3  # names beside two figures
# Two different answers of one report, by two sources and by one: tolls are told side by side, days seldom.
_TWICE = {Kind.COUNT: (-0.2, -2.0), Kind.QUANTITY: (-2.0, -4.0), Kind.TIME: (FORBIDDEN, FORBIDDEN)}
_WHOSE = 0.4  # the same one is named before two measures
_THERE = {"both": 0.6, "other": -1.6, "one": -1.6}  # two figures of which one or both are of a single place
STATES = ("casualty", "justice")  # sorts of concepts that say what became of people


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A claim in the story: `terms` are the keys around it, weighted by nearness and rarity.

    `day` is when its report appeared, `said` how many claims of the story have the same value, `near` the names
    beside it that not every sentence has, `place` how far down in its report it stands, 0 to 1, `voices` whose word
    it is: names and countries, `actor` the person or body last named before it in its sentence. The rest follows from
    these and is worked out once: `norm` is the length of the vector of terms, `neutral` that of the terms that all
    languages share, `states` what became of those counted, `nouns` what names them, `persons` whether people are
    counted (None: unknown), `past` whether the event told of lies long before the report, `kinds` the kinds of event
    asked for, `acts` the rows of asked.toml they stand in, `blame` whether blame is laid, `whose` the persons whose
    age it is, `within` the places (not the story's own) in which alone is counted, `keys` what is asked and stands in
    `terms`, `common` those that all languages share, `denied` those of the first word.
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
    norm: float = field(init=False, repr=False)
    neutral: float = field(init=False, repr=False)
    states: frozenset[str] = field(init=False, repr=False)
    nouns: frozenset[str] = field(init=False, repr=False)
    persons: bool | None = field(init=False, repr=False)
    past: bool = field(init=False, repr=False)
    kinds: frozenset[str] = field(init=False, repr=False)
    acts: frozenset[int] = field(init=False, repr=False)
    blame: bool = field(init=False, repr=False)
    whose: frozenset[str] = field(init=False, repr=False)
    within: frozenset[str] = field(init=False, repr=False)
    keys: tuple[str, ...] = field(init=False, repr=False)
    common: tuple[str, ...] = field(init=False, repr=False)
    denied: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        states, nouns = told_apart(self.asks)
        kinds = frozenset(k[2:] for k in self.asks if k.startswith("k:"))
        keys = tuple(k for k in self.asks if k in self.terms)
        first = next((i + 1 for i, k in enumerate(keys) if k.startswith("s:")), len(keys))
        broad = {f"c:{concept}" for concept in shared("asked")["broad"]}
        for name, value in (
            ("norm", math.sqrt(sum(w * w for w in self.terms.values()))),
            ("neutral", math.sqrt(sum(w * w for k, w in self.terms.items() if not k.startswith("s:")))),
            ("states", frozenset(states - broad)),
            ("nouns", frozenset(nouns)),
            ("persons", _persons(states - broad, nouns)),
            ("past", _long_past(self.claim.when, self.day)),
            ("kinds", kinds),
            ("acts", frozenset(i for i, row in enumerate(shared("asked")["same"]) if not kinds.isdisjoint(row))),
            ("blame", any(k.startswith("a:") for k in self.asks)),
            ("keys", keys),
            ("common", tuple(k for k in keys if not k.startswith("s:"))),
            ("denied", keys[:first]),
            ("whose", frozenset(k for k in self.asks if k.startswith("n:"))),
            ("within", frozenset(k for k in self.asks if k.startswith("w:"))),
        ):
            object.__setattr__(self, name, value)

    @property
    def special(self) -> frozenset[str]:
        """The nouns that tell one question from another."""
        return self.nouns - {f"c:{concept}" for concept in shared("asked")["broad"]}


def affinity(a: Item, b: Item) -> float:
    """Signs for and against; FORBIDDEN where the two exclude each other. Symmetric."""
    kind = a.claim.kind
    return PRIOR[kind] + _BY_KIND[kind](a, b)


def signs(a: Item, b: Item) -> dict[str, float]:
    """What the affinity of two claims is the sum of, sign by sign; what no other sign accounts for is called `what`."""
    kind = a.claim.kind
    found = {"prior": PRIOR[kind], "context": _CONTEXT[kind] * cosine(a, b)}
    if kind in (Kind.COUNT, Kind.QUANTITY):
        found |= {"values": (1.3 if kind is Kind.QUANTITY else 1.0) * _values_alike(a, b)}
        found |= {"times": _times_alike(a, b), "names": _same_near(a, b)}
    if kind is Kind.COUNT:
        found |= {"event": _same_event(a, b), "within": _same_within(a, b)}
    if kind is Kind.QUANTITY:
        found["actor"] = _same_actor(a, b)
    if kind is Kind.TIME:
        found["what"] = _same_dated(a.asks, b.asks)
    if kind in (Kind.COUNT, Kind.QUANTITY, Kind.TIME):
        found["twice"] = _twice_told(a, b)
    if kind in (Kind.COUNT, Kind.TIME):
        found["place"] = _same_place(a, b)
    rest = "values" if kind is Kind.TIME else "what"
    found[rest] = affinity(a, b) - sum(weight for sign, weight in found.items() if sign != rest)
    return found


def shared_terms(a: Item, b: Item) -> list[str]:
    """The keys that both claims have around them, those that weigh most in their likeness first."""
    both = a.terms.keys() & b.terms.keys()
    kept = [k for k in both if a.lang == b.lang or not k.startswith("s:")]
    return sorted(kept, key=lambda k: (-a.terms[k] * b.terms[k], k))


def cosine(a: Item, b: Item) -> float:
    """Likeness of what stands around two claims, 0 to 1.

    Across languages only the keys that all languages share are compared: stems that cannot meet are no difference.
    """
    small, large = (a.terms, b.terms) if len(a.terms) <= len(b.terms) else (b.terms, a.terms)
    if a.lang == b.lang:
        dot, norms = sum(w * large[k] for k, w in small.items() if k in large), a.norm * b.norm
    else:
        dot = sum(w * large[k] for k, w in small.items() if k in large and not k.startswith("s:"))
        norms = a.neutral * b.neutral
    return dot / norms if dot else 0.0


# How much the likeness of what stands around two claims weighs.
MUCH, _LONG = 6.0, 4.0  # in common: two or three rare words; what that weighs
_STANCE_SAME = {"act": 0.6, "asked": 0.4, "apart": -0.3}
_ONE_DENIES = 1.0  # two denials of one voice: who denies is hardly asked of two things in one story
_CONTEXT = {Kind.COUNT: 3.0, Kind.QUANTITY: 3.5, Kind.TIME: 4.0, Kind.STANCE: 5.0, Kind.ENTITY: 4.0}


def in_common(a: Item, b: Item) -> float:
    """How much is said around both, by weight: a long agreement tells more than a short one of the same likeness."""
    small, large = (a.terms, b.terms) if len(a.terms) <= len(b.terms) else (b.terms, a.terms)
    alike = a.lang == b.lang
    return sum(min(w, large[k]) for k, w in small.items() if k in large and (alike or not k.startswith("s:")))


def _count(a: Item, b: Item) -> float:
    what = _same_counted(a, b)
    if what <= FORBIDDEN:
        return FORBIDDEN
    return (
        what
        + _CONTEXT[Kind.COUNT] * cosine(a, b)
        + _same_event(a, b)
        + _values_alike(a, b)
        + _times_alike(a, b)
        + _same_near(a, b)
        + _same_within(a, b)
        + _twice_told(a, b)
        + _same_place(a, b)
    )


def _quantity(a: Item, b: Item) -> float:
    assert isinstance(a.value, Amount)
    assert isinstance(b.value, Amount)
    if dimension(a.value.unit) != dimension(b.value.unit):
        return FORBIDDEN
    what = _same_counted(a, b)
    if what <= FORBIDDEN:
        return FORBIDDEN
    return (
        what
        + _CONTEXT[Kind.QUANTITY] * cosine(a, b)
        + 1.3 * _values_alike(a, b)
        + _times_alike(a, b)
        + _same_near(a, b)
        + _same_actor(a, b)
        + _twice_told(a, b)
    )


def _time(a: Item, b: Item) -> float:
    assert isinstance(a.value, Period)
    assert isinstance(b.value, Period)
    if a.value.clock != b.value.clock:
        return FORBIDDEN
    dated = _same_dated(a.asks, b.asks)
    relation = a.value.relation(b.value)
    # the day on which all happened says little, a day named twice in the story much
    telling = 1.6 / math.log2(1 + max(a.said, b.said))
    alike = {Relation.AGREE: telling, Relation.COMPATIBLE: 0.3, Relation.CONFLICT: -1.0}[relation]
    if relation is Relation.CONFLICT:
        alike -= min(1.0, _days_apart(a.value, b.value) / 30.0) + (0.0 if dated >= 0.8 else 1.0)
    return dated + alike + _CONTEXT[Kind.TIME] * cosine(a, b) + _twice_told(a, b) + _same_place(a, b)


def _same_dated(a: Sequence[str], b: Sequence[str]) -> float:
    """Whether both date the same kind of event; the nearest kind is the likeliest."""
    if not a or not b:
        return -0.3
    if a[0] == b[0]:
        return 0.8
    saying = [k.startswith("a:") or k[2:] in shared("asked")["saying"] for k in (a[0], b[0])]
    if saying[0] != saying[1]:
        return -0.7
    if a[0] in b or b[0] in a:
        return 0.3
    return 0.1 if set(a) & set(b) else -0.7


def _twice_told(a: Item, b: Item) -> float:
    """One report does not answer one question twice in two ways, unless two sources do; in one breath, never."""
    if a.reading != b.reading or a.value.relation(b.value) is not Relation.CONFLICT:  # type: ignore[arg-type]
        return 0.0
    others, same = _TWICE[a.claim.kind]
    if a.claim.statement != b.claim.statement:
        return others
    return FORBIDDEN if a.claim.sentence == b.claim.sentence else same


def _same_place(a: Item, b: Item) -> float:
    """Reports tell of the main thing first and of the past last: two answers stand about as far down."""
    return 0.25 - abs(a.place - b.place)


def _same_near(a: Item, b: Item) -> float:
    """Whether the same are named beside the two figures: the shares of two parties are two questions."""
    if not a.near or not b.near:
        return 0.0
    return _DIFFERENT if a.near.isdisjoint(b.near) else _SAME


def _same_within(a: Item, b: Item) -> float:
    """Whether both count in one place: what there is in Belgium is a part of what there is in all."""
    if not a.within and not b.within:
        return 0.0
    if not a.within or not b.within:
        return _THERE["one"]
    return _THERE["other" if a.within.isdisjoint(b.within) else "both"]


def _same_actor(a: Item, b: Item) -> float:
    """Whether both measure what is the same one's. That two are named says little: a speaker may be one of them."""
    return _WHOSE if a.actor and a.actor == b.actor else 0.0


def _stance(a: Item, b: Item) -> float:
    if a.blame != b.blame:
        return FORBIDDEN
    if _same_act(a, b) is not None or (a.blame and not set(a.asks).isdisjoint(b.asks)):
        same = _STANCE_SAME["act"]
    else:  # of one family much may be told that has nothing to do with each other
        same = _STANCE_SAME["apart" if set(a.asks).isdisjoint(b.asks) else "asked"]
    found = same + _CONTEXT[Kind.STANCE] * cosine(a, b) + _LONG * min(in_common(a, b) / MUCH, 1.0)
    if str(a.value) == str(b.value) == "denied" and not a.voices.isdisjoint(b.voices):
        return found + _ONE_DENIES
    if found + PRIOR[Kind.STANCE] <= 0.0 or a.blame:
        return found
    return found - ASIDE if misses(a, b) or misses(b, a) else found


def highest(likeness: float, common: float) -> float:
    """The most that the affinity of two stances can be, by the cosine of their terms and what they have in common."""
    same = max(_STANCE_SAME.values())
    return PRIOR[Kind.STANCE] + same + _CONTEXT[Kind.STANCE] * likeness + _LONG * min(common / MUCH, 1.0)


def misses(denial: Item, other: Item, share: float = ENOUGH) -> bool:
    """Whether a denial denies something of which the other says less than a share, whatever else both say.

    The word denied, which comes first, tells more than what it is denied of: without it more must be met.
    """
    if str(denial.value) == "asserted":
        return False
    near = {k for k, w in other.terms.items() if w > 0.5}
    met_first = not near.isdisjoint(denial.denied)
    keys = denial.keys if denial.lang == other.lang else denial.common
    met = [k for k in keys if k in near]
    if denial.lang != other.lang and len(met) < UNTOLD and all(k.startswith("s:") for k in denial.denied):
        return True  # nothing tells what the word denied is in the other language, and little else is the same
    whole = sum(denial.terms[k] for k in keys)
    return not met or sum(denial.terms[k] for k in met) < (share if met_first else WITHOUT_IT) * whole


def _entity(a: Item, b: Item) -> float:
    act = _same_act(a, b)
    if act is None:
        return FORBIDDEN
    acts = {*a.asks, *b.asks}
    towards = any(
        k.startswith("k:") and k not in acts and min(w, b.terms.get(k, 0.0)) > 0.5 for k, w in a.terms.items()
    )
    return act + (0.5 if towards else 0.0) + _CONTEXT[Kind.ENTITY] * cosine(a, b)


def _same_act(a: Item, b: Item) -> float | None:
    """Whether both ask of the same sort of act; None if they do not."""
    if not a.kinds.isdisjoint(b.kinds):
        return 0.3
    return None if a.acts.isdisjoint(b.acts) else 0.0


_BY_KIND = {Kind.COUNT: _count, Kind.QUANTITY: _quantity, Kind.TIME: _time, Kind.STANCE: _stance, Kind.ENTITY: _entity}


# --- signs ---


def _same_counted(a: Item, b: Item) -> float:
    """Whether both count or measure the same sort of thing."""
    score = 0.0
    if (PART in a.asks) != (PART in b.asks) or (
        a.persons is not None and b.persons is not None and a.persons != b.persons
    ):
        return FORBIDDEN
    if a.whose and b.whose:  # the ages of two people are two questions
        if a.whose.isdisjoint(b.whose):
            return FORBIDDEN
        score += 1.0
    elif "c:age" in a.asks and "c:age" in b.asks and a.value != b.value:
        score += ANOTHER
    if a.states and b.states:
        alike = _alike(a.states, b.states)
        if alike is None:
            return FORBIDDEN
        score += 1.4 * alike
    elif a.states or b.states:
        score -= 0.8
    special_a, special_b = a.special, b.special
    if special_a and special_b:
        alike = _alike(special_a, special_b)
        score += (-2.0 if a.states and b.states else -1.0) if alike is None else alike
    elif special_a or special_b:
        score -= 0.3 if a.states & b.states else 0.0
    elif a.nouns & b.nouns:
        score += 0.3
    return score


def _persons(states: Set[str], nouns: Set[str]) -> bool | None:
    """Whether people are counted or things; None where the words do not tell."""
    if states:
        return True
    sorts = {shared("concepts").get(n[2:], {}).get("sort") for n in nouns if n.startswith("c:")}
    return None if not sorts else sorts == {"person"} if "person" not in sorts or len(sorts) == 1 else None


def _alike(x: Set[str], y: Set[str]) -> float | None:
    """1.0 for a key in common, less where one is a sort of the other, None where neither is."""
    if x & y:
        return 1.0
    return 0.3 if any(_above(a[2:], b[2:]) or _above(b[2:], a[2:]) for a in x for b in y) else None


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


def _above(x: str, y: str) -> bool:
    """Whether concept `y` is a sort of `x`, other than that all are people."""
    concepts = shared("concepts")
    while y and y != "people":
        y = str(concepts.get(y, {}).get("parent") or "")
        if y == x and x != "people":
            return True
    return False


def _values_alike(a: Item, b: Item) -> float:
    """Equal numbers speak for one question, the more so the rarer; far ones against it."""
    assert isinstance(a.value, Amount)
    assert isinstance(b.value, Amount)
    x, y = a.value, in_unit(b.value, a.value.unit)
    relation = x.relation(y)
    middle_x, middle_y = _middle(x), _middle(y)
    if relation is Relation.AGREE:
        return 0.3 if max(abs(middle_x), 1.0) < 10 else 1.0
    ratio = abs(math.log10(max(middle_x, 0.1) / max(middle_y, 0.1)))
    if relation is Relation.COMPATIBLE:
        return 0.5 if ratio < 0.3 else 0.0
    near, far = _FAR[a.claim.kind]
    return near if ratio < 0.15 else far * ratio


def _middle(amount: Amount) -> float:
    known = [v for v in (amount.low, amount.high) if v is not None]
    return abs(sum(known) / len(known)) if known else 0.0


def _times_alike(a: Item, b: Item) -> float:
    """Figures of two different events are not answers to one question."""
    if a.past != b.past:  # a toll is of one event; of a bank or a building much may be told beside an old date
        return -8.0 if a.states and b.states else -1.5
    if a.claim.when is None or b.claim.when is None:
        return 0.0
    if a.claim.when.relation(b.claim.when) is not Relation.CONFLICT:
        return 0.6 if a.past else 0.3
    return -3.0 if a.past else -0.2 if _days_apart(a.claim.when, b.claim.when) <= 4 else -1.5


def _long_past(when: Period | None, day: Period | None) -> bool:
    """Whether an event lies more than LONG_PAST days before its report; what has no date is the story's own."""
    if when is None or when.end is None or day is None or day.start is None:
        return False
    return (date.fromisoformat(day.start[:10]) - date.fromisoformat(when.end[:10])).days > LONG_PAST


def _same_event(a: Item, b: Item) -> float:
    """Whether what is counted stands with the same kind of event."""
    if a.claim.event is None or b.claim.event is None:
        return 0.0
    return 0.4 if a.claim.event == b.claim.event else -0.2


def _days_apart(a: Period, b: Period) -> float:
    bounds_a, bounds_b = a.days(), b.days()
    gaps = [
        (date.fromisoformat(late) - date.fromisoformat(early)).days
        for early, late in ((bounds_a[1], bounds_b[0]), (bounds_b[1], bounds_a[0]))
        if early and late
    ]
    return float(max([0, *gaps]))

"""Affinity: how likely two claims of one kind answer the same question, as a sum of signs for and against.

The sum is above nought where more speaks for it than against. Each sign is a short function; its weight
stands beside it. docs/explanation/aligning-answers.md states the sum as a formula.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import mul

from recoupe.comparing.items import Item
from recoupe.comparing.units import dimension, in_unit
from recoupe.languages import shared
from recoupe.records import Amount, Kind, Period, Relation

FORBIDDEN = -1e9
_EXCLUDED = FORBIDDEN / 2
_BITS = 1e-6  # more than what the order of adding up can change
ANOTHER = -1.0  # two ages of whom it is not known whether they are one
# Of what a denial denies, the share that the other must speak of, that without the word denied itself, and how many
# keys where nothing translates that word; else ASIDE speaks against the two.
ENOUGH, WITHOUT_IT, UNTOLD, ASIDE = 0.1, 0.2, 3, 6.0
# What speaks against two claims of a kind answering one question before anything else is known of them.
PRIOR = {Kind.COUNT: 0.5, Kind.QUANTITY: -0.1, Kind.TIME: 0.0, Kind.STANCE: -1.8, Kind.ENTITY: -0.3}
PART = "part"
# two numbers that exclude each other: within a third of each other, and by powers of ten apart
_FAR = {Kind.COUNT: (0.1, -0.6), Kind.QUANTITY: (-0.1, -1.0)}
_SAME, _DIFFERENT = 0.4, -0.3  # names beside two figures
# Two different answers of one report, by two sources and by one. What grows or moves (a toll) is told as it was and as
# it is; what does not is two things, unless one of two counts is hardly more than the other: a round number.
_TWICE = {Kind.COUNT: (-1.0, FORBIDDEN), Kind.QUANTITY: (-2.0, FORBIDDEN), Kind.TIME: (FORBIDDEN, FORBIDDEN)}
_TWICE_MOVING = {Kind.COUNT: (-0.2, -2.0), Kind.QUANTITY: (-2.0, -4.0), Kind.TIME: (FORBIDDEN, FORBIDDEN)}
_TWICE_ROUND, _ROUND = -2.0, 1.1
_GROUP = -1.5  # some of those killed, whom their report counts beside all of them, and all
_LASTING = frozenset({"length", "area", "volume"})
_WHOSE = 0.4  # the same one is named before two measures
_THERE = {"both": 0.6, "other": -1.6, "one": -1.6}  # two figures of which one or both are of a single place


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign for or against: `of` two items, times `weight`.

    `by` is all of an item that it depends on, so that it is worked out once for items that have the same; None for
    signs between any two.
    """

    name: str
    of: Callable[[Item, Item], float]
    by: Callable[[Item], Hashable] | None = None
    weight: float = 1.0


def affinity(a: Item, b: Item) -> float:
    """Signs for and against; FORBIDDEN or less where the two exclude each other. Symmetric."""
    kind = a.claim.kind
    total = 0.0
    for weight, of in _WEIGHED[kind]:
        total += weight * of(a, b)
        if total <= _EXCLUDED:
            return FORBIDDEN
    if kind is Kind.STANCE and PRIOR[kind] + total > 0.0 and aside(a, b):
        total -= ASIDE
    return PRIOR[kind] + total


def noted(a: Item, b: Item) -> float:
    """The same, kept for whoever asks again while both items are there."""
    known = a.weighed.get(id(b))
    if known is None:
        known = a.weighed[id(b)] = affinity(a, b)
    return known


def signs(a: Item, b: Item) -> dict[str, float]:
    """What the affinity of two claims is the sum of, sign by sign."""
    kind = a.claim.kind
    found = {"prior": PRIOR[kind]}
    for sign in SIGNS[kind]:
        found[sign.name] = found.get(sign.name, 0.0) + sign.weight * sign.of(a, b)
    if kind is Kind.STANCE:
        found["what"] += noted(a, b) - sum(found.values())
    return found


def shared_terms(a: Item, b: Item) -> list[str]:
    """The keys that both claims have around them, those that weigh most in their likeness first."""
    both = a.terms.keys() & b.terms.keys()
    kept = [k for k in both if a.lang == b.lang or not k.startswith("s:")]
    return [k for _, k in sorted([(-a.terms[k] * b.terms[k], k) for k in kept])]


def cosine(a: Item, b: Item) -> float:
    """Likeness of what stands around two claims, 0 to 1.

    Across languages only the keys that all languages share are compared: stems that cannot meet are no difference.
    """
    small, large, both = in_both(a, b)
    if not both:
        return 0.0
    dot = sum(map(mul, map(small.__getitem__, both), map(large.__getitem__, both)))
    norms = a.norm * b.norm if a.lang == b.lang else a.neutral * b.neutral
    return dot / norms if dot else 0.0


def in_both(a: Item, b: Item) -> tuple[Mapping[str, float], Mapping[str, float], list[str]]:
    """(the terms of the claim that has fewer, those of the other, the keys that can meet and do, in the first's order).

    All that adds up over them is written without a loop: it is done for every two claims of one kind.
    """
    small, large = (a.terms, b.terms) if len(a.terms) <= len(b.terms) else (b.terms, a.terms)
    both = list(filter(large.__contains__, small))
    if a.lang != b.lang:
        both = [key for key in both if not key.startswith("s:")]
    return small, large, both


MUCH, _LONG = 6.0, 4.0  # in common: two or three rare words; what that weighs
_STANCE_SAME = {"act": 0.6, "asked": 0.4, "apart": -0.3}
# Two denials of one voice (who denies is hardly asked of two things in one story), one of which says no more than that
# somebody denies: 'denies any involvement'.
_ONE_DENIES, _AND_SAYS_NOTHING, _TWO_THINGS = 1.0, 2.5, -1.0
# How much the likeness of what stands around two claims weighs.
_CONTEXT = {Kind.COUNT: 3.0, Kind.QUANTITY: 3.5, Kind.TIME: 4.0, Kind.STANCE: 5.0, Kind.ENTITY: 4.0}


def in_common(a: Item, b: Item) -> float:
    """How much is said around both, by weight: a long agreement tells more than a short one of the same likeness."""
    small, large, both = in_both(a, b)
    return sum(map(min, map(small.__getitem__, both), map(large.__getitem__, both)))


def much(a: Item, b: Item) -> float:
    """How near what is said around both comes to so much that more would tell no more."""
    return min(in_common(a, b) / MUCH, 1.0)


def may_meet(likeness: float, common: float, near: float = 0.0) -> bool:
    """Whether what somebody asserts may be near a dispute (affinity above `near`), whatever else the two say.

    `likeness` and `common` are what `cosine` and `in_common` give, but for the last bits.
    """
    most = PRIOR[Kind.STANCE] + max(_STANCE_SAME.values())
    return most + _CONTEXT[Kind.STANCE] * likeness + _LONG * min(common / MUCH, 1.0) > near - _BITS


def _same_measured(a: Item, b: Item) -> float:
    assert isinstance(a.value, Amount)
    assert isinstance(b.value, Amount)
    return FORBIDDEN if dimension(a.value.unit) != dimension(b.value.unit) else _same_counted(a, b)


def _days_alike(a: Item, b: Item) -> float:
    """Equal days speak for one question, the more so the rarer; far ones against it."""
    assert isinstance(a.value, Period)
    assert isinstance(b.value, Period)
    if a.value.clock != b.value.clock:
        return FORBIDDEN
    relation = a.value.relation(b.value)
    # the day on which all happened says little, a day named twice in the story much
    telling = 1.6 / math.log2(1 + max(a.said, b.said))
    alike = {Relation.AGREE: telling, Relation.COMPATIBLE: 0.3, Relation.CONFLICT: -1.0}[relation]
    if relation is Relation.CONFLICT:
        same = a.asks[:1] == b.asks[:1] != ()
        alike -= min(1.0, _days_apart(a.value, b.value) / 30.0) + (0.0 if same else 1.0)
    return alike


def _same_dated(one: Item, other: Item) -> float:
    """Whether both date the same kind of event; the nearest kind is the likeliest."""
    a, b = one.asks, other.asks
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


def twice_told(a: Item, b: Item) -> float:
    """One report does not answer one question twice in two ways, unless two sources do; in one breath, never."""
    if a.reading != b.reading:
        return 0.0
    relation = a.value.relation(b.value)  # type: ignore[arg-type]
    breath = a.claim.sentence == b.claim.sentence and a.claim.statement == b.claim.statement
    if breath and relation is not Relation.AGREE:
        return FORBIDDEN
    if relation is not Relation.CONFLICT:
        return 0.0
    others, same = (_TWICE_MOVING if a.course or b.course else _TWICE)[a.claim.kind]
    if a.claim.statement != b.claim.statement:
        return others
    return max(same, _TWICE_ROUND) if a.claim.kind is Kind.COUNT and _hardly_more(a, b) else same


def _hardly_more(a: Item, b: Item) -> bool:
    """Whether the larger of two numbers may be the smaller one, rounded or told again."""
    assert isinstance(a.value, Amount)
    assert isinstance(b.value, Amount)
    low, high = sorted((_middle(a.value), _middle(b.value)))
    return low > 0.0 and high <= _ROUND * low


def same_place(a: Item, b: Item) -> float:
    """Reports tell of the main thing first and of the past last: two answers stand about as far down."""
    return 0.25 - abs(a.place - b.place)


def _same_near(a: Item, b: Item) -> float:
    """Whether the same are named beside the two figures: the shares of two parties are two questions."""
    if not a.near or not b.near:
        return 0.0
    return _DIFFERENT if a.near.isdisjoint(b.near) else _SAME


def _same_within(a: Item, b: Item) -> float:
    """Whether both count in one place: what there is in Belgium is a part of what there is in all.

    That there is none in Belgium says nothing of all.
    """
    if not a.within and not b.within:
        return 0.0
    if not a.within or not b.within:
        return FORBIDDEN if _is_none(b if b.within else a) else _THERE["one"]
    return _THERE["other" if a.within.isdisjoint(b.within) else "both"]


def _is_none(item: Item) -> bool:
    return isinstance(item.value, Amount) and item.value.high == 0.0


def _one_group(a: Item, b: Item) -> float:
    """Whether one counts some of whom the other counts all: four patients are not the 23 dead."""
    return _GROUP if (a.group and not b.special) or (b.group and not a.special) else 0.0


def _same_actor(a: Item, b: Item) -> float:
    """Whether both measure what is the same one's. That two are named says little: a speaker may be one of them."""
    return _WHOSE if a.actor and a.actor == b.actor else 0.0


def _same_disputed(a: Item, b: Item) -> float:
    if a.blame != b.blame:
        return FORBIDDEN
    if _same_act(a, b) is not None or (a.blame and not set(a.asks).isdisjoint(b.asks)):
        return _STANCE_SAME["act"]
    # of one family much may be told that has nothing to do with each other
    return _STANCE_SAME["apart" if set(a.asks).isdisjoint(b.asks) else "asked"]


def one_denies(a: Item, b: Item) -> float:
    """Whether one voice denies twice, to two reports; what it denies twice in one sentence is two things."""
    if str(a.value) != "denied" or str(b.value) != "denied" or a.voices.isdisjoint(b.voices):
        return 0.0
    if a.reading == b.reading and a.claim.sentence == b.claim.sentence:
        return _TWO_THINGS
    return _ONE_DENIES + (_AND_SAYS_NOTHING if a.bare or b.bare else 0.0)


def _denial(item: Item) -> Hashable:
    return (item.voices, item.bare, item.reading, item.claim.sentence) if str(item.value) == "denied" else None


def aside(a: Item, b: Item) -> bool:
    """Whether one of two stances denies something of which the other does not speak, whatever else both say.

    What one voice denies twice is not looked at so closely.
    """
    return not a.blame and one_denies(a, b) <= 0.0 and (misses(a, b) or misses(b, a))


def misses(denial: Item, other: Item, share: float = ENOUGH) -> bool:
    """Whether a denial denies something of which the other says less than a share, whatever else both say.

    The word denied, which comes first, tells more than what it is denied of: without it more must be met.
    """
    if str(denial.value) == "asserted" or (denial.denies and not denial.acts.isdisjoint(other.acts)):
        return False
    met_first = not other.heavy.isdisjoint(denial.denied)
    keys = denial.keys if denial.lang == other.lang else denial.common
    met = [k for k in keys if k in other.heavy]
    if denial.lang != other.lang and len(met) < UNTOLD and all(k.startswith("s:") for k in denial.denied):
        return True  # nothing tells what the word denied is in the other language, and little else is the same
    whole = sum(denial.terms[k] for k in keys)
    return not met or sum(denial.terms[k] for k in met) < (share if met_first else WITHOUT_IT) * whole


def _same_agent(a: Item, b: Item) -> float:
    act = _same_act(a, b)
    return FORBIDDEN if act is None else act


def _towards(a: Item, b: Item) -> float:
    """Whether both tell what the act was done for or against: the kinds of event right beside it, but for the act."""
    return 0.5 if (a.beside & b.beside).difference(a.asks, b.asks) else 0.0


def _same_act(a: Item, b: Item) -> float | None:
    """Whether both ask of the same sort of act; None if they do not."""
    if not a.kinds.isdisjoint(b.kinds):
        return 0.3
    return None if a.acts.isdisjoint(b.acts) else 0.0


# --- signs ---


def _same_counted(a: Item, b: Item) -> float:
    """Whether both count or measure the same sort of thing."""
    score = 0.0
    if (PART in a.asks) != (PART in b.asks) or (a.heads and b.heads and a.heads != b.heads):
        return FORBIDDEN
    if a.persons is not None and b.persons is not None and a.persons != b.persons:
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


@lru_cache(maxsize=4096)
def _alike(x: frozenset[str], y: frozenset[str]) -> float | None:
    """1.0 for a key in common, less where one is a sort of the other, None where neither is."""
    if not x.isdisjoint(y):
        return 1.0
    return 0.3 if any(a[2:] in _above(b[2:]) or b[2:] in _above(a[2:]) for a in x for b in y) else None


@lru_cache(maxsize=4096)
def _above(concept: str) -> frozenset[str]:
    """The concepts that one is a sort of, other than that all are people."""
    concepts = shared("concepts")
    found: set[str] = set()
    while concept and concept != "people":
        concept = str(concepts.get(concept, {}).get("parent") or "")
        found.add(concept)
    return frozenset(found - {"people"})


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
    low, high = amount.low, amount.high
    if low is None or high is None:
        return abs((high if low is None else low) or 0.0)
    return abs((low + high) / 2)


def _times_alike(a: Item, b: Item) -> float:
    """Figures of two different events are not answers to one question."""
    if a.past != b.past:  # a toll is of one event; of a bank or a building much may be told beside an old date
        return -8.0 if a.states and b.states else -1.5
    if a.claim.when is None or b.claim.when is None:
        return 0.0
    if a.claim.when.relation(b.claim.when) is not Relation.CONFLICT:
        return 0.6 if a.past else 0.3
    return -3.0 if a.past else -0.2 if _days_apart(a.claim.when, b.claim.when) <= 4 else -1.5


def _measured_when(a: Item, b: Item) -> float:
    """The same of measures; how large something is does not change with the year beside it ('built in 1998')."""
    lasts = dimension(a.value.unit) in _LASTING  # type: ignore[union-attr]
    return 0.0 if lasts and a.past != b.past else _times_alike(a, b)


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


# --- which signs there are ---


_PLACE, _TOLD = Sign("place", same_place), Sign("twice", twice_told)
_TIMES = Sign("times", _times_alike, lambda i: (i.claim.when, i.past, bool(i.states)))
_MEASURED = Sign(
    "times",
    _measured_when,
    lambda i: (i.claim.when, i.past, bool(i.states), dimension(i.value.unit) in _LASTING),  # type: ignore[union-attr]
)
_NEAR = Sign("names", _same_near, lambda i: i.near)


_CONTEXTS = {kind: Sign("context", cosine, None, weight) for kind, weight in _CONTEXT.items()}


def _aged(item: Item) -> Hashable:
    return item.asks, item.value if "c:age" in item.asks else None


SIGNS: dict[Kind, tuple[Sign, ...]] = {
    Kind.COUNT: (
        Sign("what", _same_counted, _aged),
        _CONTEXTS[Kind.COUNT],
        Sign("event", _same_event, lambda i: i.claim.event),
        Sign("values", _values_alike, lambda i: i.value),
        _TIMES,
        _NEAR,
        Sign("within", _same_within, lambda i: (i.within, _is_none(i))),
        Sign("group", _one_group, lambda i: (i.group, bool(i.special))),
        _TOLD,
        _PLACE,
    ),
    Kind.QUANTITY: (
        Sign("what", _same_measured, lambda i: (_aged(i), dimension(i.value.unit))),  # type: ignore[union-attr]
        _CONTEXTS[Kind.QUANTITY],
        Sign("values", _values_alike, lambda i: i.value, 1.3),
        _MEASURED,
        _NEAR,
        Sign("actor", _same_actor, lambda i: i.actor),
        _TOLD,
    ),
    Kind.TIME: (
        Sign("what", _same_dated, lambda i: i.asks),
        Sign("values", _days_alike, lambda i: (i.value, i.said, i.asks[:1])),
        _CONTEXTS[Kind.TIME],
        _TOLD,
        _PLACE,
    ),
    Kind.STANCE: (
        Sign("what", _same_disputed, lambda i: (i.asks, i.blame)),
        _CONTEXTS[Kind.STANCE],
        Sign("what", much, None, _LONG),
        Sign("what", one_denies, _denial),
    ),
    Kind.ENTITY: (
        Sign("what", _same_agent, lambda i: i.asks),
        Sign("what", _towards, lambda i: (i.asks, i.beside)),
        _CONTEXTS[Kind.ENTITY],
    ),
}
_WEIGHED = {kind: tuple((sign.weight, sign.of) for sign in signs_of) for kind, signs_of in SIGNS.items()}

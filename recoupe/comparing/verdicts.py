"""Verdicts: what two answers are to each other, and a question as a whole.

Short rules, the first finding wins, each with its why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recoupe.records import Amount, Named, Pair, Period, Relation, Stance, Value

CONTESTED, UPDATED, COMPATIBLE, CORROBORATED, SINGLE = "contested", "updated", "compatible", "corroborated", "single"

# How far two conversions of one measure may lie apart: 190 feet are 57.9 m, a report says 58 m.
ROUNDING = 0.02


@dataclass(frozen=True, slots=True)
class Side:
    """One answer as the rules see it. `published` is the span of days or minutes in which its report appeared.

    `course` says how the thing asked for changes while an event lasts: `grows` (a toll), `moves` (a count of
    missing), or None
    (an age, a distance). `stale` is true where every later report gives a larger number. `given` is the unit that the
    report itself used. `name` is what a dossier calls somebody, `side` the country that they are or
    speak for, where that is known; `person` tells a person from a body or a place.
    """

    value: Value
    published: Period | None = None
    course: str | None = None
    stale: bool = False
    name: str = ""
    given: str | None = None
    side: str | None = None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict on a pair with its reason."""

    verdict: Relation
    why: str
    rule: str


def figure_moved(a: Side, b: Side) -> Finding | None:
    """A later report gives a newer number of something that changes while the event lasts."""
    first, second = (a, b) if _earlier(a, b) else (b, a)
    if not _earlier(first, second) or not isinstance(a.value, Amount) or not isinstance(b.value, Amount):
        return None
    if not first.course or not first.stale or a.value == b.value:
        return None
    if first.course == "grows" and not _rises(first.value, second.value):
        return None
    arrow = f"{first.value} → {second.value}"
    return Finding(Relation.UPDATED, f"{arrow}: the later report gives the newer figure", "figure_moved")


def same_value(a: Side, b: Side) -> Finding | None:
    """Both say the same."""
    if type(a.value) is type(b.value) and a.value.relation(b.value) is Relation.AGREE:  # type: ignore[arg-type]
        return Finding(Relation.AGREE, f"{_shown(a)} = {_shown(b)}", "same_value")
    return None


def converted(a: Side, b: Side) -> Finding | None:
    """The same measure in two units, rounded in one of them: nobody measures a yacht to the millimetre."""
    if not (isinstance(a.value, Amount) and isinstance(b.value, Amount)) or not (a.value.exact and b.value.exact):
        return None
    x, y = a.value.low or 0.0, b.value.low or 0.0
    if (a.given != b.given or _too_fine(x) or _too_fine(y)) and abs(x - y) <= ROUNDING * max(abs(x), abs(y)):
        return Finding(Relation.AGREE, f"{a.value} ≈ {b.value}: the same, converted and rounded", "converted")
    return None


def _too_fine(value: float) -> bool:
    """Whether a number has more digits than anyone measures, so that it comes from a conversion."""
    return round(value, 2) != value


def same_side(a: Side, b: Side) -> Finding | None:
    """Two who speak for one country: 'Washington' and 'the American secretary'."""
    if isinstance(a.value, Named) and isinstance(b.value, Named) and a.side is not None and a.side == b.side:
        return Finding(Relation.AGREE, f"{_shown(a)} and {_shown(b)} stand for one side", "same_side")
    return None


def unknown_side(a: Side, b: Side) -> Finding | None:
    """A person whose side is not told may act for the country or the body that another report names."""
    if not isinstance(a.value, Named) or a.value == b.value or a.person == b.person:
        return None
    if (a.person and a.side is None) or (b.person and b.side is None):
        return Finding(
            Relation.COMPATIBLE, f"{_shown(a)} may act for {_shown(b)}, or the other way round", "unknown_side"
        )
    return None


def apart(a: Side, b: Side) -> Finding | None:
    """Nothing satisfies both."""
    if type(a.value) is type(b.value) and a.value.relation(b.value) is Relation.CONFLICT:  # type: ignore[arg-type]
        return Finding(Relation.CONFLICT, f"{_shown(a)} ≠ {_shown(b)}", "apart")
    return None


def overlapping(a: Side, b: Side) -> Finding | None:
    """They differ, and something satisfies both."""
    return Finding(Relation.COMPATIBLE, f"{_shown(a)} and {_shown(b)} can both be true", "overlapping")


RULES = (figure_moved, same_value, converted, same_side, unknown_side, apart, overlapping)


def judge(a: Side, b: Side) -> Finding:
    """The first finding of RULES. Symmetric but for the order in the reason."""
    for rule in RULES:
        finding = rule(a, b)
        if finding:
            return finding
    raise AssertionError("the last rule always finds")


def judge_all(answers: Sequence[tuple[int, Side]]) -> tuple[Pair, ...]:
    """A verdict for every two answers of different reports; an answer is (index of its report, side)."""
    sides = [(report, _with_staleness(side, report, answers)) for report, side in answers]
    found = []
    for i, (x, a) in enumerate(sides):
        for j in range(i + 1, len(sides)):
            y, b = sides[j]
            if x != y:
                finding = judge(a, b)
                found.append(Pair(i, j, finding.verdict, finding.why, finding.rule))
    return tuple(found)


def verdict_of(pairs: Sequence[Pair], voices: int) -> str:
    """The verdict of a whole question: one conflict contests it; agreement counts by voices, not by pages."""
    if not pairs:
        return SINGLE
    kinds = {p.verdict for p in pairs}
    if Relation.CONFLICT in kinds:
        return CONTESTED
    if Relation.UPDATED in kinds:
        return UPDATED
    if voices < 2:
        return SINGLE
    return COMPATIBLE if Relation.COMPATIBLE in kinds and Relation.AGREE not in kinds else CORROBORATED


def _shown(side: Side) -> str:
    value = side.value
    return side.name or str(value) if isinstance(value, Named | Stance) else str(value)


def _earlier(a: Side, b: Side) -> bool:
    """Whether `a` certainly appeared before `b`."""
    if a.published is None or b.published is None or a.published.end is None or b.published.start is None:
        return False
    x, y = a.published.end, b.published.start
    return x < y if "T" in x and "T" in y else x[:10] < y[:10]


def _rises(first: Value, second: Value) -> bool:
    """Whether the second range reaches higher and not lower than the first."""
    assert isinstance(first, Amount)
    assert isinstance(second, Amount)
    low = (first.low or 0.0, first.high)
    high = (low[0] if second.low is None else second.low, second.high)
    reaches_higher = low[1] is not None and (high[1] is None or high[1] > low[1])
    return high[0] >= low[0] and (high[0] > low[0] or reaches_higher)


def _with_staleness(side: Side, report: int, answers: Sequence[tuple[int, Side]]) -> Side:
    if side.course is None or not isinstance(side.value, Amount):
        return side
    later = [o for r, o in answers if r != report and _earlier(side, o) and isinstance(o.value, Amount)]
    if side.course == "moves":
        stale = bool(later)
    else:
        stale = bool(later) and all(_rises(side.value, o.value) for o in later)
    return replace(side, stale=stale)

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
# A lower bound is left behind by what exceeds it by more than this share.
CREEP = 0.05


@dataclass(frozen=True, slots=True)
class Side:
    """One answer as the rules see it. `published` is the span of days or minutes in which its report appeared.

    `course` says how the thing asked for changes while an event lasts: `grows` (a toll), `moves` (a count of missing),
    or None (an age, a distance). `undone` is true where a still later report gives a smaller number; `newer`
    is the larger one to which the same report goes on ('six a day earlier'). `given` is the
    unit that the report itself used. `name` is what a dossier calls somebody, `side` the country that they are or
    speak for, where that is known; `person` tells a person from a body or a place; `voice` is whose word
    it is.
    """

    value: Value
    published: Period | None = None
    course: str | None = None
    undone: bool = False
    newer: Amount | None = None
    name: str = ""
    given: str | None = None
    side: str | None = None
    person: bool = False
    voice: str | None = None


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
    if not first.course or not _left_behind(first.value, second.value):
        return None
    if first.course == "grows" and (second.undone or not _rises(first.value, second.value)):
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
    if _rounded_to(x, y) or _rounded_to(y, x):
        return Finding(Relation.AGREE, f"{a.value} ≈ {b.value}: the same, rounded", "converted")
    return None


def _rounded_to(x: float, y: float) -> bool:
    """Whether `y` is `x`, a number with decimals, with one decimal or more left out: 52.38 and 52.4."""
    places = len(f"{y:.9f}".rstrip("0").split(".")[1])
    return x != y and places > 0 and round(x, places) == y


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
    sides = [(report, _followed(side, report, answers)) for report, side in answers]
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
    """Whether `a` certainly was said before `b`: it appeared before, or its own report goes on to what `b` gives."""
    if a.newer is not None and b.newer is None:
        same = isinstance(b.value, Amount) and a.newer.relation(b.value) is not Relation.CONFLICT
        return same or not _appeared_before(b, a)
    return _appeared_before(a, b) and not (b.newer is not None and a.newer is None)


def _appeared_before(a: Side, b: Side) -> bool:
    if a.published is None or b.published is None or a.published.end is None or b.published.start is None:
        return False
    x, y = a.published.end, b.published.start
    return x < y if "T" in x and "T" in y else x[:10] < y[:10]


def _left_behind(first: Value, second: Value) -> bool:
    """Whether the second number cannot have been meant by the first: they exclude each other, or 'at least 4' was 4.

    A round lower bound says less: 'more than 3,000' may have been 3,500 all along.
    """
    assert isinstance(first, Amount)
    assert isinstance(second, Amount)
    if first.relation(second) is Relation.CONFLICT:
        return True
    if first.low is None or first.high is not None or second.low is None or _round(first.low):
        return False
    return second.low > first.low * (1.0 + CREEP)


def _round(number: float) -> bool:
    """Whether nobody counted a number out: one digit and noughts, or two dozen ('dozens')."""
    digits = f"{number:.0f}"
    return number == 24 or (number >= 100 and set(digits[1:]) == {"0"})


def _rises(first: Value, second: Value) -> bool:
    """Whether the second range reaches higher and not lower than the first."""
    assert isinstance(first, Amount)
    assert isinstance(second, Amount)
    low = (first.low or 0.0, first.high)
    high = (low[0] if second.low is None else second.low, second.high)
    reaches_higher = low[1] is not None and (high[1] is None or high[1] > low[1])
    return high[0] >= low[0] and (high[0] > low[0] or reaches_higher)


def _followed(side: Side, report: int, answers: Sequence[tuple[int, Side]]) -> Side:
    """Mark a figure of something that grows which a later report lowers again, and one that its own report exceeds."""
    if side.course != "grows" or not isinstance(side.value, Amount):
        return side
    later = [
        o.value
        for r, o in answers
        if r != report and _appeared_before(side, o) and isinstance(o.value, Amount) and _newer(o, r, answers) is None
    ]
    lowered = any(side.value.relation(o) is Relation.CONFLICT and not _rises(side.value, o) for o in later)
    return replace(side, undone=lowered, newer=_newer(side, report, answers))


def _newer(side: Side, report: int, answers: Sequence[tuple[int, Side]]) -> Amount | None:
    """The number of the same report and voice that leaves this one behind, if there is one."""
    own = (o.value for r, o in answers if r == report and o is not side and o.voice == side.voice)
    return next(
        (v for v in own if isinstance(v, Amount) and _rises(side.value, v) and _left_behind(side.value, v)), None
    )

"""Verdicts: what two answers are to each other, and a question as a whole.

Short rules, the first finding wins, each with its why.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from recoupe.records import Amount, Named, Pair, Period, Relation, Stance, Value

CONTESTED, UPDATED, COMPATIBLE, CORROBORATED, SINGLE = "contested", "updated", "compatible", "corroborated", "single"

# How far two conversions of one measure may lie apart: 190 feet are 57.9 m, a report says 58 m.
ROUNDING = 0.02
# A lower bound is left behind by what exceeds it by more than this share.
CREEP = 0.05
# So many answers of one question are judged two by two.
MANY = 600


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
    """A verdict for every two answers of different reports; an answer is (index of its report, side).

    Of more than MANY answers each is set against the first and the last of every sort alone: those of one sort differ
    in nothing but when and by whom they were said.
    """
    bench = _Bench(_followed(answers))
    size = len(answers)
    if size <= MANY:
        return tuple(pair for i in range(size) for pair in bench.pairs(i, range(i + 1, size)))
    told = set(bench.first.values()) | set(bench.last.values())
    ends = sorted(told)
    return tuple(
        pair
        for i in range(size)
        for pair in bench.pairs(i, range(i + 1, size) if i in told else ends[bisect_right(ends, i) :])
    )


class _Bench:
    """Judges answers, those of the same sorts once."""

    def __init__(self, answers: Sequence[tuple[int, Side]]) -> None:
        sorts: dict[tuple[object, ...], int] = {}
        self._reports = [report for report, _ in answers]
        self._sides = [side for _, side in answers]
        self._of = [sorts.setdefault(_sort(side), len(sorts)) for side in self._sides]
        first = {sort: i for i, sort in reversed([*enumerate(self._of)])}
        self._examples = [replace(self._sides[first[n]], published=None, voice=None) for n in range(len(sorts))]
        self._known: dict[int, dict[int, Finding | None]] = {}
        self._moved: dict[tuple[int, int, bool, bool], Finding] = {}
        self.first = first
        self.last = {sort: i for i, sort in enumerate(self._of)}

    def pairs(self, i: int, others: Iterable[int]) -> Iterator[Pair]:
        """The verdicts on one answer and others behind it."""
        report, sorts, reports, mine = self._reports[i], self._of, self._reports, self._of[i]
        known = self._known.setdefault(mine, {})
        for j in others:
            if reports[j] != report:
                sort = sorts[j]
                if sort not in known:
                    known[sort] = self._whenever(mine, sort)
                finding = known[sort] or self._by_time(i, j)
                yield Pair(i, j, finding.verdict, finding.why, finding.rule)

    def _whenever(self, one: int, other: int) -> Finding | None:
        """What two sorts are to each other, None where it depends on which is said first."""
        a, b = self._examples[one], self._examples[other]
        if (a.course or b.course) and (_left_behind(a.value, b.value) or _left_behind(b.value, a.value)):
            return None
        return judge(a, b)

    def _by_time(self, i: int, j: int) -> Finding:
        a, b = self._sides[i], self._sides[j]
        before = _earlier(a, b)
        case = (self._of[i], self._of[j], before, not before and _earlier(b, a))
        if case not in self._moved:
            self._moved[case] = judge(a, b)
        return self._moved[case]


def _sort(side: Side) -> tuple[object, ...]:
    """All of an answer but when and by whom it was said."""
    return side.value, side.course, side.undone, side.newer, side.name, side.given, side.side, side.person


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
    if not isinstance(first, Amount) or not isinstance(second, Amount):
        return False
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


def _followed(answers: Sequence[tuple[int, Side]]) -> list[tuple[int, Side]]:
    """The answers; a figure of something that grows is marked if a later report lowers it, or its own exceeds it."""
    if all(side.course != "grows" for _, side in answers):
        return list(answers)
    own: dict[int, list[Side]] = defaultdict(list)
    for report, side in answers:
        own[report].append(side)
    newer = [_newer(side, own[report]) for report, side in answers]
    later: dict[Amount, list[tuple[int, Side]]] = defaultdict(list)  # the last figures of all reports
    for (report, side), exceeded in zip(answers, newer):
        if exceeded is None and isinstance(side.value, Amount):
            later[side.value].append((report, side))
    found = []
    for (report, side), exceeded in zip(answers, newer):
        if side.course == "grows" and isinstance(side.value, Amount):
            lower = (said for value, said in later.items() if _lowers(side.value, value))
            lowered = any(r != report and _appeared_before(side, o) for said in lower for r, o in said)
            side = replace(side, undone=lowered, newer=exceeded)
        found.append((report, side))
    return found


def _lowers(first: Amount, second: Amount) -> bool:
    return first.relation(second) is Relation.CONFLICT and not _rises(first, second)


def _newer(side: Side, own: Sequence[Side]) -> Amount | None:
    """The number of the same report and voice that leaves this one behind, if there is one."""
    if not isinstance(side.value, Amount):
        return None
    numbers = (o.value for o in own if o is not side and o.voice == side.voice)
    return next(
        (v for v in numbers if isinstance(v, Amount) and _rises(side.value, v) and _left_behind(side.value, v)), None
    )

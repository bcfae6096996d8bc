"""Sayings: the same statement, or the same position, found in several reports."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from recoupe.languages import load_pack, shared
from recoupe.records import Person, Reading, Saying, Span
from recoupe.text.stems import is_content, stem

# Likeness needed between statements of one speaker that share a figure or both deny, of speakers who may be one and
# both deny, of one speaker, of speakers who may be one, and of two.
_SURE, _BOTH, _SAME, _UNSAID, _OTHER = 0.12, 0.17, 0.27, 0.31, 0.42
_PREFIX = 6  # letters of a stem that count: 'ukrain-e', 'ukrain-ien'
_CLAUSE = 14  # words in which a statement's own denial stands
_SLACK = 0.15  # by how much two members of a group may miss what is needed
_FEW = 3  # keys: with fewer, to be contained in another statement means little
_TELLING = 10  # a smaller number may be shared by chance
_POSTINGS = 60  # a key of more statements than that tells nothing apart


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement with the weighted keys of its content."""

    reading: int
    statement: int
    speaker: str | None
    side: str | None
    keys: frozenset[str]
    figures: frozenset[str]
    telling: frozenset[str]
    denies: bool
    quoted: bool
    act: str
    named: bool


def group_sayings(readings: Sequence[Reading], people: Sequence[Person]) -> tuple[Saying, ...]:
    """Every statement of the story; those of two reports that say the same share a group (`g1`, `g2`, … in order)."""
    members = {member: person for person in people for member in person.members}
    said = []
    for i, reading in enumerate(readings):
        marks = _marks(i, reading, members)
        said += [_said(i, k, readings, members, marks) for k in range(len(reading.statements))]
    rarity = _rarity(said)
    groups = _groups(said, rarity)
    return tuple(Saying(s.reading, s.statement, s.speaker, groups.get((s.reading, s.statement))) for s in said)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A name, figure or time at a place: its key, and whether its words tell nothing more."""

    start: int
    end: int
    key: str
    telling: bool = False
    hides: bool = True


def _marks(i: int, reading: Reading, members: dict[tuple[int, str], Person]) -> list[_Mark]:
    """All marks of a reading, in order."""
    found = []
    for name in reading.names:
        known = members.get((i, name.id))
        key = f"n:{known.country or known.id}" if known is not None else f"n:{i}:{name.id}"
        for span in name.mentions:
            hides = name.country is None or not span.of(reading.article.text).isalpha()
            found.append(_Mark(span.start, span.end, key, hides=hides))
    for figure in reading.figures:
        if figure.kind in ("count", "quantity"):
            amount = figure.amount
            telling = (amount.low or amount.high or 0) >= _TELLING
            key = f"v:{amount.low}:{amount.high}:{amount.unit or ''}"
            found.append(_Mark(figure.span.start, figure.span.end, key, telling))
    for time in reading.times:
        if time.period is not None:
            found.append(_Mark(time.span.start, time.span.end, f"t:{time.period.start}:{time.period.end}"))
    return sorted(found, key=lambda m: (m.start, m.end, m.key))


def _said(
    i: int, k: int, readings: Sequence[Reading], members: dict[tuple[int, str], Person], marks: Sequence[_Mark]
) -> _Said:
    reading, statement = readings[i], readings[i].statements[k]
    person = members.get((i, statement.speaker)) if statement.speaker else None
    inside = statement.content
    here = [m for span in inside for m in _between(marks, span)]
    figures = {m.key for m in here if m.key.startswith("v:")}
    telling = {m.key for m in here if m.telling}
    keys = {m.key for m in here}
    holes = [(m.start, m.end) for m in here if m.hides]
    for span in inside:
        keys |= _stems(span, holes, reading)
    side = None
    if person is not None and person.name not in shared("agencies")["agencies"]:
        side = person.country or person.id
    elif person is None and statement.source is not None:
        side = _office((statement.named or statement.source).of(reading.article.text), reading.article.lang)
    denies = (statement.stance == "denied") != _negated(reading, inside)
    return _Said(
        i,
        k,
        person.id if person else None,
        side,
        frozenset(keys),
        frozenset(figures),
        frozenset(telling),
        denies,
        statement.quoted,
        statement.act,
        statement.source is not None,
    )


def _between(marks: Sequence[_Mark], span: Span) -> list[_Mark]:
    """The marks that lie inside a span."""
    at = bisect_left(marks, span.start, key=lambda m: m.start)
    found = []
    while at < len(marks) and marks[at].start < span.end:
        if marks[at].end <= span.end:
            found.append(marks[at])
        at += 1
    return found


def _negated(reading: Reading, content: Sequence[Span]) -> bool:
    """Whether the first clauses of what is said have a word that denies."""
    pack = load_pack(reading.article.lang)
    words, exceptions = _denials(reading.article.lang)
    for span in content:
        norms = pack.tokenizer.norms(span.of(reading.article.text))[:_CLAUSE]
        if any(n in words and norms[i : i + 2] not in exceptions for i, n in enumerate(norms)):
            return True
    return False


def _office(source: str, lang: str) -> str | None:
    """The first noun of people or bodies in the words of a source without a name."""
    pack = load_pack(lang)
    nouns = _nouns(lang)
    return next((f"o:{nouns[norm]}" for norm in pack.tokenizer.norms(source) if norm in nouns), None)


@cache
def _nouns(lang: str) -> dict[str, str]:
    """Nouns of people and bodies by their stem; those of one office under its first word."""
    pack = load_pack(lang)
    table = pack.tables["speech"]["phrases"]
    found = {form: stem(form, pack.endings) for form in pack.forms(table["people"])}
    for entry in table["offices"]:
        forms = pack.forms([entry])
        found.update(dict.fromkeys(forms, forms[0]))
    return found


def _stems(span: Span, holes: Sequence[tuple[int, int]], reading: Reading) -> set[str]:
    """Beginnings of the words that carry meaning, outside the holes, which are in order."""
    pack = load_pack(reading.article.lang)
    function = _function(reading.article.lang)
    found: set[str] = set()
    tokens = pack.tokenizer(span.of(reading.article.text))
    hole = 0
    for start, norm in zip(tokens.starts, tokens.norms):
        at = span.start + start
        while hole < len(holes) and holes[hole][1] <= at:
            hole += 1
        hidden = hole < len(holes) and holes[hole][0] <= at
        if not hidden and is_content(norm, function):
            found.add(f"s:{stem(norm, pack.endings)[:_PREFIX]}")
    return found


@cache
def _function(lang: str) -> frozenset[str]:
    return frozenset(load_pack(lang).tables["pack"]["words"]["function"])


@cache
def _denials(lang: str) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """Words that deny, and the beginnings of phrases in which they do not."""
    pack = load_pack(lang)
    table = pack.tables["speech"]["denial"]
    return frozenset(pack.forms(table["words"])), frozenset(w[:2] for w in pack.words(table["exceptions"]))


def _rarity(said: Sequence[_Said]) -> dict[str, float]:
    """What a key tells: little if many statements have it; numbers and names tell more than words."""
    count = Counter(key for s in said for key in s.keys)
    kinds = {"v": 1.0, "n": 0.8, "t": 1.2, "s": 1.0}
    total = max(2, len(said))
    telling = frozenset().union(*(s.telling for s in said))
    return {key: (2.0 if key in telling else kinds[key[0]]) * math.log(1 + total / n) for key, n in count.items()}


def _likeness(a: _Said, b: _Said, rarity: dict[str, float]) -> float:
    """The share of their weight that two contents have in common."""
    shared_keys = a.keys & b.keys
    if not shared_keys or (a.act != b.act and all(k.startswith("n:") for k in shared_keys)):
        return 0.0
    common = sum(rarity[k] ** 2 for k in shared_keys)
    mine, theirs = sum(rarity[k] ** 2 for k in a.keys), sum(rarity[k] ** 2 for k in b.keys)
    cosine = common / math.sqrt(mine * theirs)
    if min(len(a.keys), len(b.keys)) < _FEW and a.act != b.act:
        return cosine
    return 0.5 * cosine + 0.5 * common / min(mine, theirs)


def _needed(a: _Said, b: _Said) -> float:
    """How alike two contents must be, by who says them."""
    both = a.denies and b.denies
    if not (a.named and b.named):
        return _OTHER
    if a.side is None or b.side is None or (a.side.startswith("o:") != b.side.startswith("o:")):
        return _BOTH if both else _UNSAID
    if a.side != b.side and (a.speaker is None or a.speaker != b.speaker):
        return _OTHER
    return _SURE if a.telling & b.telling or both else _SAME


def _groups(said: Sequence[_Said], rarity: dict[str, float]) -> dict[tuple[int, int], str]:
    margins: dict[tuple[int, int], float] = {}
    for i, j in _candidates(said):
        a, b = said[i], said[j]
        if a.figures and b.figures and not a.figures & b.figures:
            continue
        if a.denies != b.denies and not (a.quoted and b.quoted and a.speaker == b.speaker is not None):
            continue
        margins[i, j] = _likeness(a, b, rarity) - _needed(a, b)
    group = {i: [i] for i in range(len(said))}
    for (i, j), margin in sorted(margins.items(), key=lambda p: (-p[1], p[0])):
        if margin < 0:
            break
        if group[i] is not group[j] and _fit(group[i], group[j], said, margins):
            group[i].extend(group[j])
            for k in group[j]:
                group[k] = group[i]
    joined = {tuple(sorted(g)) for g in group.values() if len({said[i].reading for i in g}) > 1}
    return {
        (said[i].reading, said[i].statement): f"g{n}" for n, members in enumerate(sorted(joined), 1) for i in members
    }


def _fit(a: Sequence[int], b: Sequence[int], said: Sequence[_Said], margins: dict[tuple[int, int], float]) -> bool:
    """Whether no statement of one group is too unlike one of the other group that another report makes."""
    return all(
        margins.get((min(i, j), max(i, j)), -1.0) >= -_SLACK for i in a for j in b if said[i].reading != said[j].reading
    )


def _candidates(said: Sequence[_Said]) -> list[tuple[int, int]]:
    """Pairs of statements of different reports that have a telling key in common."""
    postings: dict[str, list[int]] = defaultdict(list)
    for i, s in enumerate(said):
        for key in sorted(s.keys):
            postings[key].append(i)
    found = {
        (i, j)
        for places in postings.values()
        if len(places) <= _POSTINGS
        for n, i in enumerate(places)
        for j in places[n + 1 :]
        if said[i].reading != said[j].reading
    }
    return sorted(found)

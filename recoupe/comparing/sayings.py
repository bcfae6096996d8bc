"""Sayings: the same statement, or the same position, found in several reports."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from recoupe.languages import load_pack
from recoupe.records import Person, Reading, Saying, Span
from recoupe.text.stems import is_content, stem

_SAME, _UNSAID, _OTHER = 0.30, 0.38, 0.42  # likeness needed: same speaker, a speaker that nobody names, another speaker
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
    stance: str


def group_sayings(readings: Sequence[Reading], people: Sequence[Person]) -> tuple[Saying, ...]:
    """Every statement of the story; those of two reports that say the same share a group (`g1`, `g2`, … in order)."""
    members = {member: person for person in people for member in person.members}
    said = [_said(i, k, readings, members) for i, r in enumerate(readings) for k in range(len(r.statements))]
    rarity = _rarity(said)
    groups = _groups(said, rarity)
    return tuple(Saying(s.reading, s.statement, s.speaker, groups.get((s.reading, s.statement))) for s in said)


def _said(i: int, k: int, readings: Sequence[Reading], members: dict[tuple[int, str], Person]) -> _Said:
    reading, statement = readings[i], readings[i].statements[k]
    person = members.get((i, statement.speaker)) if statement.speaker else None
    keys: set[str] = set()
    figures: set[str] = set()
    skipped: set[tuple[int, int]] = set()
    inside = statement.content
    for name in reading.names:
        for mention in name.mentions:
            if any(c.covers(mention) for c in inside):
                known = members.get((i, name.id))
                keys.add(f"n:{known.country or known.id}" if known is not None else f"n:{i}:{name.id}")
                skipped.add((mention.start, mention.end))
    for figure in reading.figures:
        if figure.kind in ("count", "quantity") and any(c.covers(figure.span) for c in inside):
            figures.add(f"v:{figure.amount.low}:{figure.amount.high}:{figure.amount.unit or ''}")
            skipped.add((figure.span.start, figure.span.end))
    for time in reading.times:
        if time.period is not None and any(c.covers(time.span) for c in inside):
            keys.add(f"t:{time.period.start}:{time.period.end}")
            skipped.add((time.span.start, time.span.end))
    keys |= figures
    for span in inside:
        keys |= _stems(span, skipped, reading)
    side = (person.country or person.id) if person is not None else None
    return _Said(i, k, person.id if person else None, side, frozenset(keys), frozenset(figures), statement.stance)


def _stems(span: Span, skipped: set[tuple[int, int]], reading: Reading) -> set[str]:
    """Beginnings of the words that carry meaning, outside names, figures and times."""
    pack = load_pack(reading.article.lang)
    function = frozenset(pack.tables["pack"]["words"]["function"])
    found: set[str] = set()
    tokens = pack.tokenizer(span.of(reading.article.text))
    holes = sorted(skipped)
    for start, norm in zip(tokens.starts, tokens.norms):
        at = span.start + start
        if is_content(norm, function) and not any(a <= at < b for a, b in holes):
            found.add(f"s:{stem(norm, pack.endings)}")
    return found


def _rarity(said: Sequence[_Said]) -> dict[str, float]:
    """What a key tells: little if many statements have it; numbers and names tell more than words."""
    count = Counter(key for s in said for key in s.keys)
    kinds = {"v": 2.0, "n": 1.0, "t": 1.2, "s": 1.0}
    total = max(2, len(said))
    return {key: kinds[key[0]] * math.log(1 + total / n) for key, n in count.items()}


def _likeness(a: _Said, b: _Said, rarity: dict[str, float]) -> float:
    """The share of their weight that two contents have in common."""
    shared = sum(rarity[k] ** 2 for k in a.keys & b.keys)
    if not shared:
        return 0.0
    return shared / math.sqrt(sum(rarity[k] ** 2 for k in a.keys) * sum(rarity[k] ** 2 for k in b.keys))


def _groups(said: Sequence[_Said], rarity: dict[str, float]) -> dict[tuple[int, int], str]:
    pairs = []
    for i, j in _candidates(said):
        a, b = said[i], said[j]
        if a.figures and b.figures and not a.figures & b.figures:
            continue
        likeness = _likeness(a, b, rarity)
        if a.speaker is not None and a.speaker == b.speaker:
            needed = _SAME
        elif a.side is not None and a.side == b.side:
            needed = _SAME
        elif a.side is None or b.side is None:
            needed = _UNSAID
        else:
            needed = _OTHER
        if likeness >= needed:
            pairs.append((likeness - needed, i, j))
    parent = list(range(len(said)))

    def root(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for _, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        parent[max(root(i), root(j))] = min(root(i), root(j))
    joined: dict[int, list[int]] = defaultdict(list)
    for i in range(len(said)):
        joined[root(i)].append(i)
    found: dict[tuple[int, int], str] = {}
    for group in sorted(g for g in joined.values() if len({said[i].reading for i in g}) > 1):
        label = f"g{len(set(found.values())) + 1}"
        found.update({(said[i].reading, said[i].statement): label for i in group})
    return found


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

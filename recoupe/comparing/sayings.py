"""Sayings: the same statement, or the same position, found in several reports."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from recoupe.comparing.agreement import Said, Weights, clash, margin
from recoupe.languages import load_pack, shared
from recoupe.records import Amount, Person, Reading, Saying, Span, Statement
from recoupe.text.stems import is_content, stem

_PREFIX = 6  # letters of a stem that count: 'ukrain-e', 'ukrain-ien'
_CLAUSE = 14  # words in which a statement's own denial stands
_SLACK = 0.15  # by how much two members of a group may miss what is needed
_AGAIN = 0.1  # by how much two statements of one report must be more alike than needed to be one said twice
_POSTINGS = 60  # a key of more statements than that tells nothing apart


def group_sayings(readings: Sequence[Reading], people: Sequence[Person]) -> tuple[Saying, ...]:
    """Every statement of the story; those of two reports that say the same share a group (`g1`, `g2`, … in order)."""
    members = {member: person for person in people for member in person.members}
    said = []
    for i, reading in enumerate(readings):
        marks = _marks(i, reading, members)
        tolls = _tolls(reading)
        inner = _inner(reading)
        said += [_said(i, k, readings, members, marks, inner.get(k, ()), tolls) for k in range(len(reading.statements))]
    said = _known_voices(said)
    groups = _groups(said)
    return tuple(Saying(s.reading, s.statement, s.speaker, groups.get((s.reading, s.statement))) for s in said)


# --- what is said ---


@dataclass(frozen=True, slots=True)
class _Mark:
    """A name, figure or time at a place: its key, and whether its words tell nothing more."""

    start: int
    end: int
    key: str
    amount: Amount | None = None
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
        if figure.kind != "ordinal":
            amount = figure.amount
            key = f"v:{amount.low}:{amount.high}:{amount.unit or ''}"
            found.append(_Mark(figure.span.start, figure.span.end, key, amount))
    for time in reading.times:
        if time.period is not None:
            found.append(_Mark(time.span.start, time.span.end, f"t:{time.period.start}:{time.period.end}"))
    return sorted(found, key=lambda m: (m.start, m.end, m.key))


def _inner(reading: Reading) -> dict[int, list[Span]]:
    """By statement, the contents of those that stand within it."""
    found: dict[int, list[Span]] = defaultdict(list)
    for statement in reading.statements:
        if statement.within is not None:
            found[statement.within] += statement.content
    return found


def _said(
    i: int,
    k: int,
    readings: Sequence[Reading],
    members: dict[tuple[int, str], Person],
    marks: Sequence[_Mark],
    inner: Sequence[Span],
    tolls: Sequence[tuple[Span, str, Amount]],
) -> Said:
    reading, statement = readings[i], readings[i].statements[k]
    person = members.get((i, statement.speaker)) if statement.speaker else None
    here = [m for span in statement.content for m in _between(marks, span)]
    holes = [(m.start, m.end) for m in here if m.hides]
    keys = {m.key for m in here if m.amount is None} | set(statement.terms)
    stems: set[str] = set()
    for span in statement.content:
        stems |= _stems(span, holes, reading)
    own = [m for m in here if not any(c.start <= m.start < c.end for c in inner)]
    amounts = tuple(dict.fromkeys(m.amount for m in own if m.amount is not None))
    return Said(
        reading=i,
        statement=k,
        lang=reading.article.lang,
        speaker=person.id if person else None,
        human=person is not None and person.type == "PERSON",
        side=_side(person, statement.voice),
        voice=_voice(reading, statement),
        keys=frozenset(keys),
        stems=frozenset(stems),
        amounts=amounts,
        denies=(statement.stance == "denied") != _negated(reading, statement.content),
        rejects=statement.stance == "denied",
        quoted=statement.quoted,
        act=statement.act,
        named=statement.source is not None or person is not None,
        pronoun=statement.named is not None,
        wire=_wire(person, statement.voice),
        bare=person is None or person.type != "PERSON",
        tolls=tuple((ask, amount) for at, ask, amount in tolls if any(c.covers(at) for c in statement.content)),
        spans=statement.content,
    )


def _tolls(reading: Reading) -> list[tuple[Span, str, Amount]]:
    """The numbers of people of a reading to whom something happened: where, what (`c:killed`), how many."""
    concepts = shared("concepts")
    found = []
    for claim in reading.claims:
        if isinstance(claim.value, Amount) and claim.asks and claim.kind == "count":
            row = concepts.get(claim.asks[0][2:], {})
            if row.get("sort") in ("casualty", "justice") and "part" not in claim.asks:
                found.append((claim.span, claim.asks[0], claim.value))
    return found


_VAGUE = frozenset(
    {
        "m:message", "m:speech", "m:speak", "m:information", "m:people", "r:person", "c:people", "m:side", "m:announce",
        "m:report", "m:news", "m:nobody", "m:person", "m:counterpart", "m:kinship",
    }
)  # fmt: skip
_OFFICIAL = frozenset(
    {
        "r:president", "r:vice_president", "r:prime_minister", "r:minister", "r:secretary", "r:spokesperson",
        "r:chancellor", "r:king", "r:ambassador", "r:general", "r:commissioner", "r:adviser", "h:ministry",
        "h:army", "h:council", "m:ministry", "m:president", "m:government",
    }
)  # fmt: skip


def _known_voices(said: Sequence[Said]) -> list[Said]:
    """The statements, each with all that any report says of who its speaker is."""
    voices: dict[str, set[str]] = defaultdict(set)
    for s in said:
        if s.speaker is not None:
            voices[s.speaker].update(v for v in s.voice if not v.startswith("o:"))
    known = [s if s.speaker is None else replace(s, voice=s.voice | voices[s.speaker]) for s in said]
    # a citizen speaks for no country
    return [replace(s, side=None) if s.human and _OFFICIAL.isdisjoint(s.voice) else s for s in known]


def _voice(reading: Reading, statement: Statement) -> frozenset[str]:
    """The keys of a source's words; none where the words tell nothing of who it is."""
    told = frozenset(v for v in statement.voice if not v.startswith("l:")) - _VAGUE
    return told | _office(reading, statement.named or statement.source)


_PRESS = frozenset({"m:media", "r:journalist", "c:journalists"})
_NO_POWERS = frozenset({"h:media", "r:journalist", "c:journalists", "m:media"})


def _side(person: Person | None, voice: Sequence[str]) -> str | None:
    """The country for which a source speaks."""
    if (person is not None and person.name in shared("agencies")["agencies"]) or not _PRESS.isdisjoint(voice):
        return None
    if person is not None and person.country:
        return person.country
    if not _NO_POWERS.isdisjoint(voice):
        return None
    countries = [v[2:] for v in voice if v.startswith("l:")]
    return countries[0] if len(countries) == 1 else None


def _wire(person: Person | None, voice: Sequence[str]) -> bool:
    """Whether a source is an agency or a paper, which reports what others say."""
    if person is not None and person.name in shared("agencies")["agencies"]:
        return True
    return "h:media" in voice and (person is None or person.type != "PERSON")


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


def _office(reading: Reading, source: Span | None) -> frozenset[str]:
    """The nouns of people or bodies in the words of a source."""
    if source is None:
        return frozenset()
    pack = load_pack(reading.article.lang)
    people, offices = _nouns(reading.article.lang)
    nobody = _nobody(reading.article.lang)
    told = [n for n in pack.tokenizer.norms(source.of(reading.article.text)) if n not in nobody]
    return frozenset(
        f"o:{offices[norm] if norm in offices else stem(norm, pack.endings)}"
        for norm in told
        if norm in offices or norm in people
    )


@cache
def _nobody(lang: str) -> frozenset[str]:
    """Words that alone tell nothing of who speaks: pronouns, and nouns of what is published."""
    pack = load_pack(lang)
    pronouns = pack.tables["speech"]["pronouns"]
    entries = [*pronouns["person"], *pronouns["impersonal"], *pack.tables["names"]["deliverers"]]
    return frozenset(pack.forms(entries))


@cache
def _nouns(lang: str) -> tuple[frozenset[str], dict[str, str]]:
    """Nouns of people and bodies, and those of an office under its first word."""
    pack = load_pack(lang)
    table = pack.tables["speech"]["phrases"]
    offices: dict[str, str] = {}
    for entry in table["offices"]:
        forms = pack.forms([entry])
        offices.update(dict.fromkeys(forms, forms[0]))
    return frozenset(pack.forms(table["people"])), offices


def _stems(span: Span, holes: Sequence[tuple[int, int]], reading: Reading) -> set[str]:
    """Beginnings of the words that carry meaning, outside the holes, which are in order."""
    pack = load_pack(reading.article.lang)
    function = pack.function_words
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
def _denials(lang: str) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """Words that deny, and the beginnings of phrases in which they do not."""
    pack = load_pack(lang)
    table = pack.tables["speech"]["denial"]
    return frozenset(pack.forms(table["words"])), frozenset(w[:2] for w in pack.words(table["exceptions"]))


# --- who says the same ---


def _groups(said: Sequence[Said]) -> dict[tuple[int, int], str]:
    weights = Weights(said)
    margins: dict[tuple[int, int], float] = {}
    for i, j in _candidates(said):
        if not clash(said[i], said[j]):
            margins[i, j] = margin(said[i], said[j], weights)
    group = {i: [i] for i in range(len(said))}
    for (i, j), over in sorted(margins.items(), key=lambda p: (-p[1], p[0])):
        if over < 0:
            break
        if group[i] is not group[j] and _fit(group[i], group[j], said, margins, weights):
            group[i].extend(group[j])
            for k in group[j]:
                group[k] = group[i]
    joined = {tuple(sorted(g)) for g in group.values() if len({said[i].reading for i in g}) > 1}
    return {
        (said[i].reading, said[i].statement): f"g{n}" for n, members in enumerate(sorted(joined), 1) for i in members
    }


def _fit(
    a: Sequence[int],
    b: Sequence[int],
    said: Sequence[Said],
    margins: dict[tuple[int, int], float],
    weights: Weights,
) -> bool:
    """Whether two groups may be one.

    No statement of one is too unlike one of the other that another report makes, and of two that one report makes the
    words of one are inside the other's, or it says the same again.
    """
    for i in a:
        for j in b:
            if said[i].reading == said[j].reading:
                if not _nested(said[i], said[j]) and margin(said[i], said[j], weights) < _AGAIN:
                    return False
            elif margins.get((min(i, j), max(i, j)), -1.0) < -_SLACK:
                return False
    return True


def _nested(a: Said, b: Said) -> bool:
    """Whether the words of one statement stand in the other."""
    return any(x.overlaps(y) for x in a.spans for y in b.spans)


def _candidates(said: Sequence[Said]) -> list[tuple[int, int]]:
    """Pairs of statements of different reports that have a telling key in common."""
    postings: dict[str, list[int]] = defaultdict(list)
    for i, s in enumerate(said):
        for key in sorted(s.index()):
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

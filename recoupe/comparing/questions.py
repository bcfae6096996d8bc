"""Questions: claims of several reports that answer one question are brought together over the whole story at once."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from recoupe.comparing.bounds import compared
from recoupe.comparing.clusters import clusters
from recoupe.comparing.disputes import disputes, voices, with_speaker
from recoupe.comparing.items import Item, course_of
from recoupe.comparing.keeping import as_told, asked_for, without
from recoupe.comparing.linking import linked
from recoupe.comparing.units import common_unit, in_unit
from recoupe.comparing.verdicts import Side, judge_all, verdict_of
from recoupe.records import Amount, Answer, Claim, Kind, Named, Period, Person, Question, Reading, Value
from recoupe.records.told import Told

COMMON = 0.25  # a name in so large a share of the sentences tells no question from another
BESIDE = 0.5  # the weight of a name that stands beside a figure
Voice = Callable[[int, Claim], str | None]


def ask(
    readings: Sequence[Reading], people: Sequence[Person], voice: Voice, told: Told | None = None
) -> tuple[Question, ...]:
    """All questions of a story, also those that one report alone answers; in the order of their first answer.

    `voice(reading, claim)` is the label of the voice that an answer counts for. `told` says which claims belong
    together, apart, or to no question.
    """
    told = told or Told()
    items = _items(readings, people)
    known = {person.id: person for person in people}
    wanted = asked_for(told)
    questions: list[Question] = []
    for kind in Kind:
        mine = [item for item in items if item.claim.kind is kind]
        free = without(mine, told)
        found = as_told(disputes(free) if kind is Kind.STANCE else clusters(free), mine, told)
        questions += [
            _question(cluster, readings, known, voice)
            for cluster in found
            if _worth_asking(cluster) or any((item.reading, item.index) in wanted for item in cluster)
        ]
    questions.sort(key=lambda q: min((a.reading, readings[a.reading].claims[a.claim].span) for a in q.answers))
    return tuple(_numbered(q, i) for i, q in enumerate(questions, 1))


def _items(readings: Sequence[Reading], people: Sequence[Person]) -> list[Item]:
    """Every claim with the keys around it brought to the story's names and weighted by rarity."""
    known = {member: person for person in people for member in person.members}
    ids = {member: person.id for member, person in known.items()}
    keyed = []
    keys_of = [_StoryKeys(r, ids) for r in range(len(readings))]
    for r, reading in enumerate(readings):
        told = keys_of[r]
        for c, claim in compared(reading):
            terms = {told[key]: weight for key, weight in with_speaker(reading, claim)}
            asks = tuple([told[key] for key in claim.asks])
            value = Named(ids.get((r, claim.value.entity), "")) if isinstance(claim.value, Named) else claim.value
            keyed.append((r, c, claim, value, asks, terms, (claim.kind, str(value))))
    said = Counter([saying for *_, saying in keyed])
    common = math.log(1.0 + 1.0 / COMMON)
    own = _own_place(readings, people)
    actors = [_Actors(reading) for reading in readings]
    rarity = _rarity([(r, claim, terms) for r, _, claim, _, _, terms, _ in keyed])
    days = [day for reading in readings if (day := reading.article.day) is not None and day.start is not None]
    last = max(days, key=lambda day: (day.start or "", day.end or ""), default=None)
    items = [
        Item(
            r,
            c,
            claim,
            value,
            tuple([k for k in asks if k != own]),
            {k: w * rarity[k] for k, w in terms.items()},
            readings[r].article.day or last,
            said[saying],
            readings[r].article.lang,
            frozenset([k for k in _beside(claim, keys_of[r]) if rarity[k] > common]),
            claim.span.start / max(1, len(readings[r].article.text)),
            voices(readings[r], claim, r, known) if claim.kind is Kind.STANCE else frozenset(),
            ids.get((r, actors[r].before(claim)), ""),
            denies=claim.statement is not None and readings[r].statements[claim.statement].stance == "denied",
        )
        for r, c, claim, value, asks, terms, saying in keyed
    ]
    _mark_groups(items)
    return items


def _mark_groups(items: Sequence[Item]) -> None:
    """Mark the counts of some of those of whom the same report counts all: four patients of 23 dead."""
    wholes: dict[tuple[int, str], float] = {}
    counts = [(i, i.value) for i in items if i.claim.kind is Kind.COUNT and isinstance(i.value, Amount)]
    for i, amount in counts:
        if not i.special and amount.low is not None:
            for state in i.states:
                wholes[i.reading, state] = max(amount.low, wholes.get((i.reading, state), 0.0))
    for i, amount in counts:
        if i.special and (most := amount.high) is not None:
            i.group = any(wholes.get((i.reading, state), 0.0) > most for state in i.states)


class _Actors:
    """The people and bodies of one reading by where they are named."""

    def __init__(self, reading: Reading) -> None:
        named = sorted((m.start, n.id) for n in reading.names if n.type != "PLACE" for m in n.mentions)
        self._starts, self._ids = [start for start, _ in named], [name for _, name in named]

    def before(self, claim: Claim) -> str:
        """The last one named before a claim in its sentence, "" for none: whose share, price or speed it is."""
        at = bisect_left(self._starts, claim.span.start)
        return self._ids[at - 1] if at and self._starts[at - 1] >= claim.sentence.start else ""


def _own_place(readings: Sequence[Reading], people: Sequence[Person]) -> str | None:
    """The place that the story names most, as it is asked for: all that it tells of is there.

    Most of the reports name it; where a single one does, it speaks of that place beside what the others tell.
    """
    mentions = {(r, name.id): len(name.mentions) for r, reading in enumerate(readings) for name in reading.names}
    places = [
        (sum(mentions.get(m, 0) for m in p.members), p.name, p.id)
        for p in people
        if p.type == "PLACE" and 2 * len({r for r, _ in p.members}) > len(readings)
    ]
    return f"w:{max(places)[-1]}" if places else None


def _beside(claim: Claim, told: _StoryKeys) -> list[str]:
    """The names within some words of a claim."""
    return [told[key] for key, weight in claim.terms if weight >= BESIDE and key.startswith("n:")]


class _StoryKeys(dict[str, str]):
    """The keys of one reading as the story has them: names are its own."""

    def __init__(self, reading: int, ids: dict[tuple[int, str], str]) -> None:
        super().__init__()
        self._reading, self._ids = reading, ids

    def __missing__(self, key: str) -> str:
        found = key
        if key.startswith(("n:", "w:")):
            sort, name = key.split(":", 1)
            if name != "abroad":
                found = f"{sort}:{self._ids.get((self._reading, name), f'{self._reading}.{name}')}"
        self[key] = found
        return found


def _rarity(keyed: Sequence[tuple[int, Claim, dict[str, float]]]) -> dict[str, float]:
    """How telling a key is: the rarer among the story's sentences, the more."""
    places: dict[str, set[int]] = defaultdict(set)
    sentences: dict[tuple[int, int], int] = {}
    for reading, claim, terms in keyed:
        here = sentences.setdefault((reading, claim.sentence.start), len(sentences))
        for key in terms:
            places[key].add(here)
    return {key: math.log(1.0 + len(sentences) / len(found)) for key, found in places.items()}


def _worth_asking(cluster: Sequence[Item]) -> bool:
    """Who and whether are asked where two reports answer; whether only if disputed, or if blame is laid."""
    kind = cluster[0].claim.kind
    if kind not in (Kind.ENTITY, Kind.STANCE):
        return True
    several = len({item.reading for item in cluster}) > 1
    if kind is Kind.ENTITY:
        return several
    return several and (
        any(str(item.value) != "asserted" for item in cluster) or _common_asks(cluster)[0].startswith("a:")
    )


# --- a cluster as a question ---


def _question(cluster: list[Item], readings: Sequence[Reading], known: Mapping[str, Person], voice: Voice) -> Question:
    kind = cluster[0].claim.kind
    asks = _common_asks(cluster)
    values = _values(cluster)
    voice_of = [voice(item.reading, item.claim) for item in cluster]
    answers = tuple(
        Answer(
            item.reading,
            item.index,
            value,
            _attributed_to(readings[item.reading], item.claim),
            item.claim.hedged,
            said_by,
        )
        for item, value, said_by in zip(cluster, values, voice_of)
    )
    course = course_of(asks)
    published = {item.reading: _published(readings[item.reading]) for item in cluster}
    sides = [
        (
            item.reading,
            Side(
                value,
                published[item.reading],
                course,
                name=known[value.entity].name if isinstance(value, Named) and value.entity in known else "",
                given=item.claim.value.unit if isinstance(item.claim.value, Amount) else None,
                side=known[value.entity].country if isinstance(value, Named) and value.entity in known else None,
                person=isinstance(value, Named) and value.entity in known and known[value.entity].type == "PERSON",
                voice=said_by,
            ),
        )
        for item, value, said_by in zip(cluster, values, voice_of)
    ]
    pairs = judge_all(sides)
    voices = len({a.origin for a in answers if a.origin is not None})
    return Question("", kind, asks, answers, pairs, verdict_of(pairs, voices), voices, links=linked(cluster))


def _values(cluster: Sequence[Item]) -> list[Value]:
    """The values in one unit."""
    amounts = [item.value for item in cluster if isinstance(item.value, Amount)]
    if not amounts:
        return [item.value for item in cluster]
    unit = common_unit(amounts)
    return [in_unit(item.value, unit) if isinstance(item.value, Amount) else item.value for item in cluster]


def _common_asks(cluster: Sequence[Item]) -> tuple[str, ...]:
    """What most of the answers say that they answer, the most shared first, then as told."""
    score: dict[str, float] = defaultdict(float)
    for item in cluster:
        for place, key in enumerate(item.asks):
            score[key] += 1.0 / (1 + place)
    return tuple(sorted(score, key=lambda k: (-score[k], k)))


def _attributed_to(reading: Reading, claim: Claim) -> str | None:
    if claim.statement is None:
        return None
    statement = reading.statements[claim.statement]
    source = statement.named or statement.source
    return source.of(reading.article.text) if source else None


def _published(reading: Reading) -> Period | None:
    article = reading.article
    if article.published:
        return Period(_minute(article.published), _minute(article.published))
    return article.day


@lru_cache(maxsize=4096)
def _minute(stamp: str) -> str:
    """An ISO 8601 stamp to the minute in UTC, so that two can be compared; a bare day as it is."""
    if "T" not in stamp:
        return stamp[:10]
    moment = datetime.fromisoformat(stamp)
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M")


def _numbered(question: Question, number: int) -> Question:
    return replace(question, id=f"q{number}")

"""Comparison: what the reports of one story are to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from recoupe.records.reading import Claim
from recoupe.records.spans import Span
from recoupe.records.story import Story
from recoupe.records.told import Standing
from recoupe.records.values import Amount, Kind, Period, Relation, Value


@dataclass(frozen=True, slots=True)
class Person:
    """A person, organisation or place of the story: `members` are (index of the reading, id of its Name)."""

    id: str
    type: str
    name: str
    roles: tuple[str, ...]
    members: tuple[tuple[int, str], ...]
    country: str | None = None
    seat: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One article's value for a question.

    `reading` indexes the story's readings, `claim` that reading's claims. `value` is the claim's, with names and
    units brought to
    the story's. `attributed_to` is the words that name the source; `origin` the label of the voice that the answer
    counts for: two answers with one origin are one voice. `said` are the days on which it was said; `dated_by` tells
    from what: `statement` (the report says when its source spoke), `report` (its own day), None where nothing tells.
    """

    reading: int
    claim: int
    value: Value
    attributed_to: str | None = None
    hedged: bool = False
    origin: str | None = None
    said: Period | None = None
    dated_by: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers of different articles, by their index in the question, and why the verdict is what it is."""

    a: int
    b: int
    verdict: Relation
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class Link:
    """Why two answers stand in one question: what their affinity is the sum of, the weightiest sign first.

    `shared` are the keys that both have around them, the most telling first.
    """

    a: int
    b: int
    affinity: float
    signs: tuple[tuple[str, float], ...] = ()
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in the course of a question: what one voice says, in which answers.

    `said` are the days on which it first said so, `again` those on which it said so last, None where that is the same.
    `current` is False where a later report moved the figure or the voice itself said otherwise later.
    """

    value: Amount
    said: Period | None
    again: Period | None
    origin: str | None
    answers: tuple[int, ...]
    current: bool = True


@dataclass(frozen=True, slots=True)
class Estimate:
    """The best, lowest and highest figure of a question, in its unit, and the rule that chose the best.

    `open_low` and `open_high`: somebody leaves that end open ('at least 40'). `behind` of the `voices` that count
    give or allow the best figure; `left_out` earlier figures do not count any more. `vague` says how words such as
    'dozens' are taken: `range` or `acled`.
    """

    best: float
    low: float
    high: float
    rule: str
    voices: int
    behind: int
    left_out: int = 0
    open_low: bool = False
    open_high: bool = False
    unit: str | None = None
    vague: str = "range"


@dataclass(frozen=True, slots=True)
class Question:
    """Something that reports of a story answer. `asks` are the keys that it is labelled from, the most telling first.

    `verdict` is corroborated, compatible, contested, updated or single. `links` join its answers, each but the first to
    one before it. `history` is the course of a figure in the order of time, `estimate` its best, low and high.
    """

    id: str
    kind: Kind
    asks: tuple[str, ...]
    answers: tuple[Answer, ...]
    pairs: tuple[Pair, ...]
    verdict: str
    independent_origins: int
    labels: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    history: tuple[Point, ...] = ()
    estimate: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement in the story.

    `reading` and `statement` find it, `speaker` is the id of a Person, `group` joins the same in other words.
    """

    reading: int
    statement: int
    speaker: str | None
    group: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All findings about one story. `origins` are, for each reading, the labels of the voices that it rests on;
    `copies` and `versions` are those of the story, `corrections` how what somebody has put right stands in it."""

    story: Story
    names: tuple[Person, ...] = ()
    questions: tuple[Question, ...] = ()
    sayings: tuple[Saying, ...] = ()
    origins: tuple[tuple[str, ...], ...] = ()
    copies: tuple[int | None, ...] = ()
    versions: tuple[int | None, ...] = ()
    corrections: tuple[Standing, ...] = ()
    notes: tuple[str, ...] = field(default=())


def claim_of(story: Story, answer: Answer) -> Claim:
    """The claim that an answer rests on."""
    return story.readings[answer.reading].claims[answer.claim]


def words_of(story: Story, reading: int, span: Span) -> str:
    """The words at `span` in an article of the story."""
    return span.of(story.readings[reading].article.text)

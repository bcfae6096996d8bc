"""Dossier: the whole result, field for field as its JSON (schema `recoupe/dossier/1`, docs/reference/dossier.md).

Spans are `start`, `end` in code points of the article's text, `end` excluded. Unknown fields may be added; these are
always there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

SCHEMA = "recoupe/dossier/1"


@dataclass(frozen=True, slots=True)
class DossierArticle:
    """One report, with its text and its clutter."""

    id: str
    path: str
    url: str | None
    outlet: str | None
    title: str
    lang: str
    published: str | None
    updated: str | None
    text: str
    clutter: list[tuple[int, int]]
    translated_from: str | None
    origins: list[str]
    copy_of: str | None
    authors: list[str] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    version_of: str | None = None
    corrected: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a name stands."""

    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DossierName:
    """One person, organisation or place under all its spellings.

    `corrected`, here and elsewhere, are the ids of the corrections that have a part in it.
    """

    id: str
    type: str
    name: str
    roles: list[str]
    mentions: list[Mention]
    corrected: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DossierAnswer:
    """One article's answer: `value` has the form of its question's kind.

    `said` is when it was said (`start`, `end`), `dated_by` what tells so: `statement`, `report` or None. `read` says
    how a figure was read: `how`, the `number` and the `unit` that the words name.
    """

    article: str
    start: int
    end: int
    text: str
    sentence: tuple[int, int]
    value: dict[str, Any]
    attributed_to: str | None
    hedged: bool
    origin: str | None
    said: dict[str, Any] | None = None
    dated_by: str | None = None
    read: dict[str, Any] | None = None
    corrected: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DossierPair:
    """What two answers are to each other; `a` and `b` index the question's answers.

    `rule` names the rule that said so.
    """

    a: int
    b: int
    verdict: str
    why: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DossierLink:
    """Why two answers stand in one question: their affinity is the sum of `signs`; `shared` is what both speak of."""

    a: int
    b: int
    affinity: float
    signs: dict[str, float]
    shared: list[str]


@dataclass(frozen=True, slots=True)
class DossierPoint:
    """A figure in the course of a question: what one voice says; `answers` index the question's answers.

    `said` is when it first said so, `again` when last, null where that is the same. `current`: nobody has moved it
    since.
    """

    value: dict[str, Any]
    said: dict[str, Any] | None
    again: dict[str, Any] | None
    origin: str | None
    answers: list[int]
    current: bool


@dataclass(frozen=True, slots=True)
class DossierEstimate:
    """The best, lowest and highest figure, and the rule that chose the best, by its name and in words (`why`)."""

    best: float
    low: float
    high: float
    unit: str | None
    open_low: bool
    open_high: bool
    rule: str
    why: str
    voices: int
    behind: int
    left_out: int
    vague: str


@dataclass(frozen=True, slots=True)
class DossierQuestion:
    """Something that reports of the story answer."""

    id: str
    kind: str
    label: str
    verdict: str
    independent_origins: int
    answers: list[DossierAnswer]
    pairs: list[DossierPair]
    links: list[DossierLink] = field(default_factory=list)
    history: list[DossierPoint] = field(default_factory=list)
    estimate: DossierEstimate | None = None
    corrected: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DossierStatement:
    """Who says what; `speaker` is the id of a name, `group` joins the same statement in other words.

    `named` are the words that a source which is a pronoun stands for.
    """

    id: str
    article: str
    source: tuple[int, int] | None
    cue: tuple[int, int]
    content: list[tuple[int, int]]
    quoted: bool
    hedged: bool
    speaker: str | None
    group: str | None
    stance: str = "asserted"
    act: str = "say"
    named: tuple[int, int] | None = None
    corrected: list[str] = field(default_factory=list)

    @property
    def who(self) -> tuple[int, int] | None:
        """The words that tell a reader who speaks: what a pronoun stands for, else the source."""
        return self.named or self.source


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something dated; `answers` are (question id, index of the answer)."""

    start: str | None
    end: str | None
    label: str
    answers: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class DossierProblem:
    """A report that could not be used."""

    report: str
    step: str
    message: str


@dataclass(frozen=True, slots=True)
class DossierCorrection:
    """What somebody has put right, and how it stands here.

    `kind` is person, event, story, value, question, speaker, copy or voice, `text` what it says in words. `state` is
    `applied`, `partly`, `waiting` or `overruled`; `why` says so in words, `by` is the id of the later correction that
    says otherwise.
    """

    id: str
    kind: str
    text: str
    state: str
    why: str
    by: str | None
    when: str
    author: str
    note: str
    articles: list[str]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a comparison returns."""

    about: str
    articles: list[DossierArticle]
    names: list[DossierName]
    questions: list[DossierQuestion]
    statements: list[DossierStatement]
    timeline: list[TimelineEntry]
    schema: str = SCHEMA
    problems: list[DossierProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ui: str = "en"
    corrections: list[DossierCorrection] = field(default_factory=list)

    def to_pandas(self) -> dict[str, Any]:
        """Its tables as pandas data frames, by name (docs/reference/exports.md). Raises SettingsError without pandas.

        The work is `recoupe.to_pandas`: records know nothing of what is made of them, so the name is looked up when
        this is called.
        """
        found: dict[str, Any] = import_module("recoupe").to_pandas(self)
        return found

"""Correction: what somebody who looked said is wrong, and what is right.

Each is anchored in words, not in places of a list: by the address of its article, the words themselves with what stands
before and after (as the text quote selector of W3C's web annotations), and the kind and the value of the finding.
So it outlives a new reading, a new grouping and a changed text; where its words are gone it waits.
"""

from __future__ import annotations

from dataclasses import dataclass

from recoupe.records.values import Amount, Period, Stance


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article: `exact`, what stands right before and after them, and where they stood (a hint, or -1)."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = -1


@dataclass(frozen=True, slots=True)
class NameAt:
    """A name in an article: as it is written there, and its `key`, the same in every script and case of letters."""

    article: str
    name: str
    key: str
    type: str = "PERSON"


@dataclass(frozen=True, slots=True)
class ClaimAt:
    """A claim of an article: its words, its kind and its value in words, which tells it from others at one place."""

    article: str
    quote: Quote
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class StatementAt:
    """A statement of an article: the words that say that something is said, and the first of what is said."""

    article: str
    cue: Quote
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What all corrections have.

    `when` is an ISO 8601 stamp in UTC: of two corrections that contradict each other the later counts. `id` follows
    from all that is said. `undone_by` is the id of what took it back; it is kept nowhere, but follows from the log.
    """

    id: str = ""
    when: str = ""
    author: str = ""
    note: str = ""
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class SamePerson(Correction):
    """Two names mean one person, organisation or place, or (`same` false) two."""

    a: NameAt
    b: NameAt
    same: bool


@dataclass(frozen=True, slots=True)
class SameEvent(Correction):
    """Two claims answer one question, or two."""

    a: ClaimAt
    b: ClaimAt
    same: bool


@dataclass(frozen=True, slots=True)
class SameStory(Correction):
    """Two articles, or the articles of two stories, tell one event; or none of the one does with any of the others.

    All that are named on one side and the first of the other are kept together; kept apart is each from each.
    """

    articles: tuple[str, ...]
    others: tuple[str, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class WrongValue(Correction):
    """What a claim's words really say: one of `amount` (with its unit), `period`, `stance` and `named`."""

    claim: ClaimAt
    amount: Amount | None = None
    period: Period | None = None
    stance: Stance | None = None
    named: NameAt | None = None


@dataclass(frozen=True, slots=True)
class WrongQuestion(Correction):
    """A claim answers what another one answers; or, without `to`, nothing that is asked."""

    claim: ClaimAt
    to: ClaimAt | None = None


@dataclass(frozen=True, slots=True)
class WrongSpeaker(Correction):
    """Who makes a statement; nobody who is named, without `speaker`."""

    statement: StatementAt
    speaker: NameAt | None = None


@dataclass(frozen=True, slots=True)
class WrongCopy(Correction):
    """One report copies another, in whatever language, or (`same` false) does not."""

    article: str
    of: str
    same: bool


@dataclass(frozen=True, slots=True)
class WrongVoice(Correction):
    """On whose word a claim rests: one who is named (`voice`), the article `report`, or whoever is called `label`."""

    claim: ClaimAt
    voice: NameAt | None = None
    report: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Undo(Correction):
    """Takes back the correction, or the undoing, with the id `of`."""

    of: str


KINDS: dict[str, type[Correction]] = {
    "person": SamePerson,
    "event": SameEvent,
    "story": SameStory,
    "value": WrongValue,
    "question": WrongQuestion,
    "speaker": WrongSpeaker,
    "copy": WrongCopy,
    "voice": WrongVoice,
    "undo": Undo,
}
"""The kinds of corrections by the names that they are written under."""


def kind_of(correction: Correction) -> str:
    """The name of a correction's kind."""
    return next(name for name, kind in KINDS.items() if type(correction) is kind)


def articles_of(correction: Correction) -> tuple[str, ...]:
    """The addresses of the articles that a correction speaks of, each once."""
    return tuple(dict.fromkeys(_articles(correction)))


def _articles(correction: Correction) -> list[str]:
    match correction:
        case SamePerson() | SameEvent():
            return [correction.a.article, correction.b.article]
        case SameStory():
            return [*correction.articles, *correction.others]
        case WrongValue():
            return [correction.claim.article, *([correction.named.article] if correction.named else [])]
        case WrongQuestion():
            return [correction.claim.article, *([correction.to.article] if correction.to else [])]
        case WrongSpeaker():
            return [correction.statement.article, *([correction.speaker.article] if correction.speaker else [])]
        case WrongCopy():
            return [correction.article, correction.of]
        case WrongVoice():
            others = [correction.voice.article if correction.voice else None, correction.report]
            return [correction.claim.article, *(other for other in others if other)]
    return []

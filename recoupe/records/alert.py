"""Alert: something that a rule was to tell, with the words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a report that an alert rests on: `text` is exact and stands at `start` to `end` of that version.

    `version` is that of the article, `sentence` the words around, on one line. `value` is what the words come to,
    `who` are the words that name who says so, None for the report itself. `side` tells which state it belongs to:
    `before` or `after`.
    """

    article: str
    version: int | None
    outlet: str | None
    url: str | None
    lang: str
    published: str | None
    start: int
    end: int
    text: str
    sentence: str = ""
    value: str = ""
    who: str | None = None
    side: str = "after"


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that happened and that a rule asks for. Its `id` is the same for the same rule, story and thing.

    `rule` is the rule's name, `what` happened one of `WHAT`. `story` and `title` are those of the story, `dossier` the
    number of the dossier that shows it, `question` the question's id there. `subject` is what it is about: a question's
    label, a speaker, an origin, an outlet. `before` and `after` are what was and what is, in words; empty where there
    was nothing. `article` is the report that changed. `at` is when it was kept (UTC), empty until then.
    """

    id: str
    rule: str
    what: str
    story: str | None
    title: str
    subject: str
    before: str = ""
    after: str = ""
    evidence: tuple[Evidence, ...] = ()
    dossier: int | None = None
    question: str | None = None
    article: str | None = None
    at: str = ""


WHAT = ("story", "contested", "settled", "moved", "denial", "origin", "report", "silent")
"""All that can happen, as rules and alerts name it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Whether a channel has told an alert: `told` is when (UTC), None as long as it waits; `tries` failed so far."""

    alert: str
    channel: str
    told: str | None = None
    tries: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Unwatched:
    """What no watch has looked at yet.

    `stories` are (story, number of the last dossier looked at, number of its last dossier); `articles` are (article,
    the last version looked at, its current version), of those that have more than one.
    """

    stories: tuple[tuple[str, int, int], ...] = ()
    articles: tuple[tuple[str, int, int], ...] = ()

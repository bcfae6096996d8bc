"""Contract: what the JSON of each page holds, and what each action takes; `/openapi.json` is made from it.

A page that is not here is not described, which a test does not allow.
"""

from __future__ import annotations

from typing import Any, TypedDict

from recoupe.records import Article, Dossier
from recoupe.records.alert import Alert
from recoupe.records.browsed import Browse, Facet
from recoupe.records.dossier import DossierName, DossierQuestion, DossierStatement, TimelineEntry
from recoupe.records.kept import KeptStory, StoryEvent
from recoupe.records.searched import SavedSearch
from recoupe.web.pages.add import Adding, Progress
from recoupe.web.pages.alerts import Alerts
from recoupe.web.pages.search import Found, Searches
from recoupe.web.pages.sources import Sources
from recoupe.writing.explaining import Explanation


class Stories(TypedDict):
    """A list of stories, those asked for; `since` is when the visit before this one ended."""

    asked: Browse
    since: str | None
    stories: list[dict[str, Any]]
    total: int
    more: bool
    facets: list[Facet]


class Alone(TypedDict):
    """A story of one report, which has no dossier."""

    story: KeptStory


class OneQuestion(TypedDict):
    """A question of a dossier, as it stands there, with the way to its verdict in words."""

    story: str
    dossier: int
    question: DossierQuestion
    explanation: Explanation


class Statements(TypedDict):
    """Who says what in a story; speakers are ids of names."""

    story: str
    dossier: int
    statements: list[DossierStatement]
    names: list[DossierName]


class Timeline(TypedDict):
    """What happened when, as the reports of a story have it."""

    story: str
    dossier: int
    timeline: list[TimelineEntry]


class Names(TypedDict):
    """The people, bodies and places of a story."""

    story: str
    dossier: int
    names: list[DossierName]


class Reports(TypedDict):
    """The reports of a story, each with what it is to the others, without their texts."""

    story: str
    dossier: int
    articles: list[dict[str, Any]]


class Compared(TypedDict):
    """Two reports side by side: questions that both answer, and statements of the one that the other has too."""

    story: str
    dossier: int
    a: str
    b: str
    questions: list[dict[str, Any]]
    statements: list[list[str]]


class History(TypedDict):
    """What happened to a story, and what changed from one dossier to the next."""

    story: KeptStory
    events: list[StoryEvent]
    dossiers: list[dict[str, Any]]


class OneVersion(TypedDict):
    """One version of an article, the current one unless another is asked for."""

    article: Article
    version: int
    current: bool
    seen: str
    source: str
    story: str | None
    versions: list[dict[str, Any]]


class Versions(TypedDict):
    """What changed from each version of an article to the next, the last first."""

    article: str
    title: str
    versions: int
    steps: list[dict[str, Any]]


class Log(TypedDict):
    """Corrections with what took each back, as docs/reference/dossier.md has them."""

    story: str | None
    corrections: list[dict[str, Any]]


class Preview(TypedDict):
    """What a correction would change; `groups` are the stories that one of stories would make."""

    correction: dict[str, Any]
    changes: list[dict[str, Any]]
    groups: list[list[str]]


class Corrected(TypedDict):
    """The corrections that were new, and the ids of the stories that changed."""

    added: list[dict[str, Any]]
    stories: list[str]


class Forgotten(TypedDict):
    """The id of the search that is kept no longer."""

    forgotten: str


RECORDS: dict[str, tuple[Any, ...]] = {
    "/add": (Adding,),
    "/add/{job}": (Progress,),
    "/alerts": (Alerts,),
    "/alerts/{alert}": (Alert,),
    "/articles/{article}": (OneVersion,),
    "/articles/{article}/versions": (Versions,),
    "/corrections": (Log,),
    "/enter": (dict[str, bool],),
    "/search": (Found,),
    "/searches": (Searches,),
    "/sources": (Sources,),
    "/stories": (Stories,),
    "/stories/{story}": (Dossier, Alone),
    "/stories/{story}/compare": (Compared, Alone),
    "/stories/{story}/correct": (dict[str, str],),
    "/stories/{story}/correct/preview": (Preview,),
    "/stories/{story}/corrections": (Log,),
    "/stories/{story}/history": (History, Alone),
    "/stories/{story}/names": (Names, Alone),
    "/stories/{story}/origins": (Reports, Alone),
    "/stories/{story}/questions/{question}": (OneQuestion, Alone),
    "/stories/{story}/reports": (Reports, Alone),
    "/stories/{story}/statements": (Statements, Alone),
    "/stories/{story}/timeline": (Timeline, Alone),
}
"""What the JSON of a page holds: one of these."""
DONE: dict[str, Any] = {
    "/add": Progress,
    "/corrections/undo": Corrected,
    "/enter": dict[str, Any],
    "/searches": SavedSearch,
    "/searches/{search}/forget": Forgotten,
    "/stories/{story}/corrections": Corrected,
}
"""What a program that has something done gets."""
TAKEN: dict[str, dict[str, str]] = {
    "/add": {
        "address": "addresses of the web, with spaces or lines between them",
        "text": "the text of a report",
        "title": "the title of the text",
        "outlet": "the outlet of the text",
        "published": "the day of the text, YYYY-MM-DD",
        "url": "where the text stood",
        "into": "find (the story it belongs to), together (all in one story) or story",
        "story": "the id of the story, or the address of its page",
    },
    "/corrections/undo": {"id": "the id of the correction", "story": "the story whose page it was seen on"},
    "/enter": {"given": "the token that the terminal has shown"},
    "/searches": {
        "q": "the words",
        "name": "what it is called",
        "lang": "a code of a language",
        "outlet": "an outlet",
        "since": "a day, YYYY-MM-DD",
        "until": "a day, YYYY-MM-DD",
        "when": "what a watch is to tell, a list",
    },
    "/searches/{search}/forget": {},
    "/stories/{story}/corrections": {"kind": "the kind of the correction; its other fields stand beside it"},
}
"""What an action takes, as fields of a JSON object."""
ASKED: dict[str, dict[str, str]] = {
    "/add": {"story": "the story that reports are for"},
    "/alerts": {
        "what": "what happened", "rule": "the name of the rule", "story": "the id of a story",
        "since": "from that day on", "until": "up to that day or moment",
    },
    "/alerts.atom": {"what": "what happened", "rule": "the name of the rule", "story": "the id of a story"},
    "/articles/{article}": {"version": "the number of a version"},
    "/search": {
        "q": "words, and phrases in quotation marks", "kind": "articles, statements or names",
        "lang": "a code of a language", "outlet": "an outlet", "day": "one day", "since": "from that day on",
        "until": "up to that day", "page": "counted from 1",
    },
    "/sources": {"health": "failing, stale, waiting or well", "page": "counted from 1"},
    "/stories": {
        "lang": "a code of a language", "outlet": "an outlet", "person": "words of a name", "place": "words of a name",
        "day": "one day", "since": "from that day on", "until": "up to that day", "contested": "1: only contested ones",
        "updated": "1: only those with newer figures", "single": "1: only those with one voice",
        "sort": "day, contested or changed", "page": "counted from 1",
    },
    "/stories/{story}/compare": {"a": "the id of a report", "b": "the id of another"},
    "/stories/{story}/correct": {
        "answer": "question.index", "statement": "its id", "name": "its id", "article": "its id",
    },
    "/stories/{story}/correct/preview": {"kind": "the kind of the correction; the other fields as in its form"},
}  # fmt: skip
"""What may be asked of a page, all optional."""
DOSSIER = {"dossier": "the number of one of the story's dossiers, the last one by default"}
"""What may be asked of all pages of a story."""

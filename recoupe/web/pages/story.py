"""A story: what its reports say, the contested first, each part of it on a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from recoupe.web.faces import Asked, Leave, Missing, Page, page
from recoupe.web.graph import drawn_origins
from recoupe.web.showing import ShownStory, kept_story, shown_story, story_state
from recoupe.writing.explaining import explain

COMPARED = ("contested", "updated", "compatible", "corroborated")


def of_story(
    asked: Asked, told: Callable[[ShownStory], tuple[Any, Mapping[str, Any]]], template: str | None = None
) -> Page | Leave:
    """A page of a story with a dossier: `told` gives its record and what only HTML needs. Raises Missing."""
    kept = kept_story(asked)
    if isinstance(kept, Leave):
        return kept
    shown = shown_story(asked, kept)
    if shown is None:
        raise Missing("no_dossier")
    record, more = told(shown)
    title = shown.headline.title or shown.view.dossier.about
    return Page(record, title, {**shown.context(), **more}, template)


@page("/stories/{story}", "story.html", story_state)
def story(asked: Asked) -> Page | Leave:
    """The questions of a story with the quotations side by side; as JSON its dossier."""
    kept = kept_story(asked)
    if isinstance(kept, Leave):
        return kept
    shown = shown_story(asked, kept)
    if shown is None:
        return alone(asked, kept.articles[0] if kept.articles else None)
    view = shown.view
    single = view.verdict("single")
    more = {
        "part": "story",
        "compared": [(verdict, found) for verdict in COMPARED if (found := view.verdict(verdict))],
        "one_voiced": [q for q in single if view.one_voice(q)],
        "single": [q for q in single if not view.one_voice(q)],
    }
    title = shown.headline.title or view.dossier.about
    return Page(shown.kept.dossier, title, {**shown.context(), **more})


def alone(asked: Asked, article: str | None) -> Leave:
    """A story that one report tells is that report."""
    if article is None:
        raise Missing("no_story")
    return Leave(f"/articles/{article}" + (".json" if asked.here.endswith(".json") else ""))


@page("/stories/{story}/questions/{question}", "question.html", story_state)
def question(asked: Asked) -> Page | Leave:
    """A question with all its answers and the way to its verdict."""

    def told(shown: ShownStory) -> tuple[Any, Mapping[str, Any]]:
        mine = shown.question(asked.path["question"])
        original = next(q for q in shown.kept.dossier.questions if q.id == mine.id)
        questions = shown.view.dossier.questions
        place = next(i for i, q in enumerate(questions) if q.id == mine.id)
        beside = {
            "before": questions[place - 1] if place else None,
            "after": questions[place + 1] if place + 1 < len(questions) else None,
        }
        record = {"story": shown.story.id, "dossier": shown.kept.number, "question": original,
                  "explanation": explain(shown.kept.dossier, mine.id)}  # fmt: skip
        return record, {"question": mine, "part": "story", **beside}

    return of_story(asked, told)


@page("/stories/{story}/statements", "statements.html", story_state)
def statements(asked: Asked) -> Page | Leave:
    """Who says what, by speaker."""

    def told(shown: ShownStory) -> tuple[Any, Mapping[str, Any]]:
        record = {"story": shown.story.id, "dossier": shown.kept.number,
                  "statements": shown.kept.dossier.statements, "names": shown.kept.dossier.names}  # fmt: skip
        return record, {"part": "statements"}

    return of_story(asked, told)


@page("/stories/{story}/timeline", "timeline.html", story_state)
def timeline(asked: Asked) -> Page | Leave:
    """What happened when, as the reports have it."""

    def told(shown: ShownStory) -> tuple[Any, Mapping[str, Any]]:
        record = {"story": shown.story.id, "dossier": shown.kept.number, "timeline": shown.kept.dossier.timeline}
        return record, {"part": "timeline", "times": list(shown.view.times())}

    return of_story(asked, told)


@page("/stories/{story}/names", "names.html", story_state)
def names(asked: Asked) -> Page | Leave:
    """People, bodies and places with their spellings and roles."""

    def told(shown: ShownStory) -> tuple[Any, Mapping[str, Any]]:
        record = {"story": shown.story.id, "dossier": shown.kept.number, "names": shown.kept.dossier.names}
        sorts = [
            (sort, [s for s in shown.view.spellings if s.name.type == sort]) for sort in ("PERSON", "ORG", "PLACE")
        ]
        return record, {"part": "names", "sorts": [(sort, found) for sort, found in sorts if found]}

    return of_story(asked, told)


@page("/stories/{story}/origins", "origins.html", story_state)
def origins(asked: Asked) -> Page | Leave:
    """Whose word the reports rest on, and who copies or translates whom."""

    def told(shown: ShownStory) -> tuple[Any, Mapping[str, Any]]:
        articles = [
            {name: getattr(a, name) for name in ("id", "outlet", "lang", "origins", "copy_of", "version_of",
                                                 "translated_from")}
            for a in shown.kept.dossier.articles
        ]  # fmt: skip
        record = {"story": shown.story.id, "dossier": shown.kept.number, "articles": articles}
        return record, {"part": "origins", "graph": drawn_origins(shown.view, shown.places)}

    return of_story(asked, told)


@page("/stories/{story}/reports", "reports.html", story_state)
def reports(asked: Asked) -> Page | Leave:
    """The reports of a story, and two of them to lay side by side."""

    def told(shown: ShownStory) -> tuple[Any, Mapping[str, Any]]:
        about = ("id", "url", "outlet", "title", "lang", "published", "updated", "copy_of", "translated_from")
        articles = [{name: getattr(a, name) for name in about} for a in shown.kept.dossier.articles]
        record = {"story": shown.story.id, "dossier": shown.kept.number, "articles": articles}
        return record, {"part": "reports", "versions": dict(shown.kept.versions)}

    return of_story(asked, told)

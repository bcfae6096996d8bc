"""Stories: what the store tells of, day by day, the most contested of a day first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from recoupe.records.browsed import Browse, Facet, Listed
from recoupe.records.kept import StoryEvent
from recoupe.store.browsing import COUNTED_AMONG
from recoupe.web.faces import Asked, Page, page

NAV = (10, "stories", "/stories")
FILTERS = ("lang", "outlet", "person", "place")
_MOST = 40
_LATELY = 20.0
"""Seconds for which what can be filtered by is believed."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_SORTS = ("day", "contested", "changed")


def asked_for(asked: Asked) -> Browse:
    """Which stories a query asks for: by default those that several articles tell."""
    number = asked.number("page", 1, 1, 500)
    sort = asked.text("sort") or "day"
    single = asked.flag("single")
    return Browse(
        **{name: asked.text(name, 120) for name in FILTERS},
        since=_day(asked.text("day") or asked.text("since")),
        until=_day(asked.text("day") or asked.text("until")),
        contested=asked.flag("contested"),
        updated=asked.flag("updated"),
        single=single,
        changed=asked.visitor.since if asked.flag("changed") else None,
        least=1 if single or asked.flag("all") else 2,
        sort=sort if sort in _SORTS else "day",
        skip=(number - 1) * _MOST,
        most=_MOST,
    )


def _day(text: str | None) -> str | None:
    return text if text and _DAY.match(text) else None


def stories_state(asked: Asked) -> str | None:
    """What a list of stories hangs on: when any of them changed last."""
    return asked.desk.store.state()


@page("/stories", "stories.html", stories_state, since=True)
def stories(asked: Asked) -> Page:
    """A list of stories, each with the questions that it is read for."""
    wanted = asked_for(asked)
    store = asked.desk.store
    found = store.browse(wanted)
    alike = replace(wanted, skip=0, sort="day")
    facets = asked.desk.remembered.lately(("facets", alike), lambda: store.facets(alike), _LATELY)
    since = asked.visitor.since
    fresh = [one.story.id for one in found.stories if since and one.story.changed > since]
    happened = store.happened(fresh, since) if fresh and since else {}
    record = {
        "asked": wanted,
        "since": since,
        "stories": [{**_told(one), "changes": happened.get(one.story.id, [])} for one in found.stories],
        "total": found.total,
        "more": found.total > wanted.skip + len(found.stories) or found.total >= found.most,
        "facets": facets,
    }
    shown = {
        "listing": found,
        "counted": COUNTED_AMONG if found.total > COUNTED_AMONG else 0,
        "wanted": wanted,
        "days": list(by_day(found.stories)) if wanted.sort == "day" else [("", list(found.stories))],
        "happened": {name: changes(events) for name, events in happened.items()},
        "facets": {kind: [f for f in facets if f.kind == kind] for kind in FILTERS},
        "filters": list(filters(asked, facets)),
        "number": wanted.skip // _MOST + 1,
        "sorts": _SORTS,
    }
    return Page(record, asked.ui.word("stories"), shown)


def _told(one: Listed) -> dict[str, object]:
    """A story as JSON has it."""
    story = one.story
    row = {name: getattr(story, name) for name in ("id", "title", "first", "last", "changed", "contested", "origins")}
    rest = {name: getattr(one, name) for name in ("updated", "leads", "titles", "langs", "outlets", "people", "places")}
    return {**row, "articles": one.size, **rest}


def by_day(stories: Sequence[Listed]) -> Iterator[tuple[str, list[Listed]]]:
    """Stories by the day of their latest report, '' where nobody knows it."""
    for day, group in groupby(stories, key=lambda one: one.story.last or ""):
        yield day, list(group)


def changes(events: Sequence[StoryEvent]) -> dict[str, int]:
    """How many articles joined, changed or left, each once whatever it did more."""
    found: dict[str, set[str | None]] = {}
    for event in events:
        what = "left" if event.what == "moved" else event.what
        found.setdefault(what, set()).add(event.article or event.detail)
    return {what: len(found[what]) for what in ("joined", "changed", "left") if what in found}


def filters(asked: Asked, facets: Sequence[Facet]) -> Iterator[tuple[str, str, str]]:
    """The filters that are on: (the key of its word, its value, the page without it)."""
    named = {(f.kind, f.value): f.shown for f in facets}
    for name in (*FILTERS, "day", "since", "until"):
        if value := asked.text(name, 120):
            yield name, named.get((name, value), value), asked.link(**{name: None, "page": None})
    for name in ("contested", "updated", "single", "changed", "all"):
        if asked.flag(name):
            yield name, "", asked.link(**{name: None, "page": None})

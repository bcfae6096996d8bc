"""Gather: kept articles into stories whose ids stay, and dossiers of what has changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from recoupe.engine.collect import OnProblem
from recoupe.engine.made import made
from recoupe.engine.story_links import linked_to, story_links
from recoupe.engine.updating import Updating
from recoupe.engine.workers import Workers
from recoupe.errors import StoreError
from recoupe.grouping import group
from recoupe.records.kept import KeptStory, Version
from recoupe.settings import Settings
from recoupe.store import Store, StoryUpdate
from recoupe.store.packing import id_of

_NEAR = 5  # days around a report in which others of its story appear
_WINDOW = 7  # days of new reports that are put into stories at once


def gather(
    store: Store,
    touched: Collection[str] | None = None,
    settings: Settings | None = None,
    on_problem: OnProblem | None = None,
    *,
    workers: Workers | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> list[KeptStory]:
    """Put articles that are new or have changed into stories, and write the dossiers anew that this changes.

    `touched` are their ids; by default all that wait for it, also from a run that was stopped.
    A story keeps its id as long as most of it stays together. What an older pack has read of the articles concerned is
    read anew. Once `stop` says so, what is left waits for the next run. Gives the stories that changed.
    """
    settings, workers = settings or Settings(), workers or Workers(0)
    changed: dict[str, KeptStory] = {}
    for window in _windows(store.current(sorted(store.loose() if touched is None else touched))):
        if stop():
            break
        for story in _Round(store, settings, on_problem, workers).run(window):
            changed[story.id] = story
    return list(changed.values())


def _windows(versions: Sequence[Version]) -> list[list[Version]]:
    """Versions by their days, those of a week together; those without a day by themselves."""
    dated = sorted((day, v.id, v) for v in versions if (day := _day(v)) is not None)
    windows: list[list[Version]] = []
    begin: date | None = None
    for day, _, version in dated:
        if begin is None or (day - begin).days >= _WINDOW:
            begin = day
            windows.append([])
        windows[-1].append(version)
    undated = [v for v in versions if _day(v) is None]
    return [*windows, undated] if undated else windows


def _day(version: Version) -> date | None:
    day = version.article.day
    try:
        return date.fromisoformat(day.start[:10]) if day and day.start else None
    except ValueError:
        return None


class _Round:
    """One window of new reports put into stories."""

    def __init__(self, store: Store, settings: Settings, on_problem: OnProblem | None, workers: Workers) -> None:
        self._store, self._settings, self._on_problem, self._workers = store, settings, on_problem, workers
        self._updating = Updating(store, settings, on_problem, workers)
        self._links = story_links(store)

    def run(self, window: Sequence[Version]) -> list[KeptStory]:
        """Put a window into stories; the stories that changed."""
        touched = {v.id for v in window}
        around = self._around(window)
        groups = self._links.kept(
            [r.article.id for r in story.readings]
            for story in group([v.reading for v in around.values() if v.reading is not None])
        )
        had = {v.id: v.story for v in around.values()}
        concerned = concerned_by(groups, had, touched)
        updates = []
        for name, members in assigned(concerned, had, self._is_taken):
            if update := self._updating.update(name, [around[i] for i in members]):
                updates.append(update)
        left = {had[i] for members in concerned for i in members} - {u.id for u in updates} - {None}
        kept = {name for name, _ in assigned(concerned, had, self._is_taken)}
        for name in sorted(n for n in left if n and n not in kept):
            updates.append(StoryUpdate(name, (), self._store.story(name).title, made([], self._settings)))
        return self._store.update(updates)

    def _around(self, window: Sequence[Version]) -> dict[str, Version]:
        """A window with all that may be in a story with something of it, read by the readers of today."""
        days = [day for v in window if (day := _day(v)) is not None]
        names = {v.id for v in window}
        if days:
            span = min(days) - timedelta(_NEAR), max(days) + timedelta(_NEAR)
            names |= {v.id for v in self._store.current(days=(span[0].isoformat(), span[1].isoformat()))}
        found = {v.id: v for v in self._store.current(sorted(names), readers=self._updating.readers)}
        seen: set[str] = set()
        while rest := self._beside(found, seen):
            more = {v.id: v for v in self._store.current(rest, readers=self._updating.readers)}
            if more.keys() <= found.keys():
                break
            found |= more
        return self._updating.read_anew(found)

    def _beside(self, found: Mapping[str, Version], seen: set[str]) -> list[str]:
        """What is in one story with something that was found, or has to be, and was not found itself."""
        stories = sorted({v.story for v in found.values() if v.story} - seen)
        seen.update(stories)
        names = {i for story in stories for i in self._store.story(story).articles}
        return sorted((names | linked_to(found.keys(), self._links)) - found.keys())

    def _is_taken(self, name: str) -> bool:
        try:
            return self._store.story(name).id == name
        except StoreError:
            return False


def concerned_by(
    groups: Sequence[Sequence[str]], had: Mapping[str, str | None], touched: AbstractSet[str]
) -> list[list[str]]:
    """The groups that hold something new, and those that hold a part of a story which they take from or add to."""
    concerned = {i for i, members in enumerate(groups) if not touched.isdisjoint(members)}
    while True:
        stories = {had[name] for i in concerned for name in groups[i]} - {None}
        more = {i for i, members in enumerate(groups) if any(had[name] in stories for name in members)}
        if more <= concerned:
            return [list(groups[i]) for i in sorted(concerned)]
        concerned |= more


def assigned(
    groups: Sequence[Sequence[str]], had: Mapping[str, str | None], is_taken: Callable[[str], bool]
) -> list[tuple[str, list[str]]]:
    """A story for each group: the one that most of it was in, each story for one group, else a new one.

    A new id is that of the group's first member, so that the same articles make the same stories everywhere.
    """
    overlaps: list[tuple[int, str, int]] = []
    for i, members in enumerate(groups):
        counts: dict[str, int] = {}
        for name in members:
            if story := had.get(name):
                counts[story] = counts.get(story, 0) + 1
        overlaps += [(-count, story, i) for story, count in counts.items()]
    names: dict[int, str] = {}
    used: set[str] = set()
    for _, story, i in sorted(overlaps):
        if i not in names and story not in used:
            names[i] = story
            used.add(story)
    for i, members in enumerate(groups):
        attempt = 0
        while i not in names:
            name = id_of(members[0], "s", attempt)
            attempt += 1
            if name not in used and not is_taken(name):
                names[i] = name
                used.add(name)
    return [(names[i], list(members)) for i, members in enumerate(groups)]

"""Gather: kept articles into stories whose ids stay, and dossiers of what has changed.

Stories go on as everywhere (`recoupe.grouping.stream`): what is near the new articles is grouped once more, and each
story's id goes to the group that has most of it. Only sketches of articles are looked at for that, and, where there are
many, only of those that share something telling with a new one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from recoupe.engine.collect import OnProblem, as_problem
from recoupe.engine.made import made
from recoupe.engine.story_links import linked_to, parted_from, story_links
from recoupe.engine.updating import Updating
from recoupe.engine.work import sketch_one
from recoupe.engine.workers import Died, Workers
from recoupe.errors import StoreError
from recoupe.grouping.events import grouped
from recoupe.grouping.naming import fresh_id, named
from recoupe.grouping.sketches import unpacked
from recoupe.grouping.stream import spans_around
from recoupe.records import Problem
from recoupe.records.kept import KeptStory, Sealed, Sketch
from recoupe.settings import Settings
from recoupe.store import Store, StoryUpdate
from recoupe.store.packing import id_of
from recoupe.store.preparing import PreparedSketch
from recoupe.text.uncollected import uncollected

ALL = 2000  # articles of the days around new ones up to which all are grouped once more
_ROUND = 1000  # new articles that are put into stories at once, but for those of one day
_AT_ONCE = 200  # articles that are opened at once
_WRITTEN = 32  # stories whose dossiers are written at a time
_AGAIN = 5  # times that new articles are put anew because somebody corrects stories meanwhile


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
    gathering = Gathering(store, settings, on_problem, workers)
    changed: dict[str, KeptStory] = {}
    with uncollected():
        fresh = gathering.sketched(sorted(store.loose() if touched is None else touched))
        for some in _rounds(fresh):
            if stop():
                break
            for story in gathering.put(some):
                changed[story.id] = story
    return list(changed.values())


def _rounds(sketches: Sequence[Sketch]) -> Iterator[list[Sketch]]:
    """Sketches by their days; those of one day together."""
    found: list[Sketch] = []
    for sketch in sorted(sketches, key=lambda s: (s.day, s.article)):
        if len(found) >= _ROUND and sketch.day != found[-1].day:
            yield found
            found = []
        found.append(sketch)
    if found:
        yield found


class Gathering:
    """New articles put into the stories of a store; without `dossiers` all that is written is who is in which."""

    def __init__(
        self,
        store: Store,
        settings: Settings | None = None,
        on_problem: OnProblem | None = None,
        workers: Workers | None = None,
        dossiers: bool = True,
    ) -> None:
        self._store, self._settings, self._with_dossiers = store, settings or Settings(), dossiers
        self._on_problem, self._workers = on_problem, workers or Workers(0)
        self._updating = Updating(store, self._settings, on_problem, self._workers)
        self._links = story_links(store)

    # --- sketches

    def sketched(self, names: Iterable[str]) -> list[Sketch]:
        """The sketches of articles, kept for those that had none; an article that cannot be read has none."""
        known = self._store.sketches(sorted(set(names)))
        missing = sorted(set(names) - {sketch.article for sketch in known})
        for i in range(0, len(missing), _AT_ONCE):
            versions = [v for v in self._updating.members(missing[i : i + _AT_ONCE]).values() if v.reading is not None]
            made = self._workers.map(sketch_one, versions)
            fresh = [sketch for v, one in zip(versions, made, strict=True) if (sketch := self._sketch(v, one))]
            self._store.keep_sketches(fresh)
            known += fresh
        return known

    def _sketch(self, version: Sealed, made: PreparedSketch | Problem | Died) -> Sketch | None:
        """The sketch of a version; without one where its worker died, which is told. Raises StoreError."""
        if isinstance(made, Problem):
            raise StoreError(made.message)
        if isinstance(made, Died):
            if self._on_problem:
                self._on_problem(as_problem(made, version.id, "group"))
            return None
        day = made.day if made.day is not None else date.fromisoformat(version.seen[:10]).toordinal()
        return Sketch(version.id, version.number, day, made.keys, made.body, version.story)

    def _add_linked(self, found: dict[str, Sketch]) -> None:
        """Add what has to be where something found is, or may not be, with its stories, as corrections have it."""
        apart = parted_from(found.keys(), self._links)
        while more := (linked_to(found.keys(), self._links) | apart) - found.keys():
            fresh = self.sketched(more)
            stories = {sketch.story for sketch in fresh if sketch.story}
            rest = {i for story in stories for i in self._store.story(story).articles} - found.keys() - more
            fresh += self.sketched(rest)
            if not {sketch.article for sketch in fresh} - found.keys():
                return
            found.update((sketch.article, sketch) for sketch in fresh)

    # --- stories

    def put(self, fresh: Sequence[Sketch]) -> list[KeptStory]:
        """Put new articles into stories; the stories that changed."""
        for _ in range(_AGAIN):
            if (done := self._put(fresh)) is not None:
                return done
        return []  # they wait for the next run

    def _put(self, fresh: Sequence[Sketch]) -> list[KeptStory] | None:
        """The same; None where somebody has said meanwhile what belongs together."""
        near, others = self._store.near(fresh, spans_around(sketch.day for sketch in fresh), ALL)
        found = {sketch.article: sketch for sketch in [*near, *fresh]}
        if self._links:
            self._add_linked(found)
        ids = sorted(found)
        beside = [unpacked(sketch.body) for sketch in others or () if sketch.article not in found]
        groups = grouped([unpacked(found[i].body) for i in ids], beside)
        had = {i: found[i].story for i in ids}
        put = self.named(self._links.kept([ids[k] for k in members] for members in groups), had)
        names = {i: name for name, members in put for i in members}
        touched = {sketch.article for sketch in fresh}
        if others is not None:
            names = concerned(names, had, touched)
        return self._write(self._members(names, had, touched), had)

    def named(self, groups: Sequence[Sequence[str]], had: Mapping[str, str | None]) -> list[tuple[str, list[str]]]:
        """The story of each group of articles, by the rule of all stories (`recoupe.grouping.naming`)."""

        def fresh(members: Sequence[str], given: Collection[str]) -> str:
            reports = [unpacked(sketch.body) for sketch in self.sketched(members)]
            if not reports:  # articles that cannot be read were once put together
                return id_of(members[0], "s")
            return fresh_id(reports, lambda name: name in given or self._store.is_story(name))

        return [(name, list(members)) for name, members in zip(named(groups, had, fresh), groups, strict=True)]

    def _members(
        self, names: Mapping[str, str], had: Mapping[str, str | None], touched: Collection[str]
    ) -> dict[str, list[str]]:
        """The articles of each story that changes: it gains or loses some, or has some that changed themselves."""
        changing: set[str] = set()
        for article, name in names.items():
            was = had[article]
            if name != was or article in touched:
                changing.update({name, was or name})
        members: dict[str, set[str]] = {name: set() for name in changing}
        for name in sorted(changing & {story for story in had.values() if story}):
            members[name].update(i for i in self._store.story(name).articles if names.get(i, name) == name)
        for article, name in names.items():
            if name in members:
                members[name].add(article)
        return {name: sorted(those) for name, those in members.items()}

    def _write(self, members: Mapping[str, Sequence[str]], had: Mapping[str, str | None]) -> list[KeptStory] | None:
        """Bring stories up to date, first those that take articles from others, so that these are told where to."""
        taking = {name: any(had.get(i) not in (None, name) for i in those) for name, those in members.items()}
        ordered = sorted(members, key=lambda name: (not taking[name], name))
        updates: list[StoryUpdate] = []
        waiting: deque[Callable[[], StoryUpdate]] = deque()
        for some in self._parts(ordered, members):
            waiting += self._begun(some, members)
            while len(waiting) > len(some):  # while the workers write these, the next ones are looked at
                updates.append(waiting.popleft()())
        updates += [finished() for finished in waiting]
        return None if self._overtaken() else self._store.update(updates)

    def _overtaken(self) -> bool:
        """Whether somebody has said since that articles belong together, or apart; what is said counts from now on."""
        was, self._links = self._links, story_links(self._store)
        return was != self._links

    @staticmethod
    def _parts(names: Sequence[str], members: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
        """Stories, so many at a time as are opened at once."""
        part: list[str] = []
        size = 0
        for name in names:
            if part and (len(part) >= _WRITTEN or size + len(members[name]) > _AT_ONCE):
                yield part
                part, size = [], 0
            part.append(name)
            size += len(members[name])
        if part:
            yield part

    def _begun(self, names: Sequence[str], members: Mapping[str, Sequence[str]]) -> Iterator[Callable[[], StoryUpdate]]:
        """What stories are from now on; their dossiers are being written while the next stories are looked at."""
        written = [name for name in names if members[name] and self._with_dossiers]
        articles = sorted({article for name in written for article in members[name]})
        versions = self._updating.members(articles)
        standing = self._updating.standing(written, articles)
        for name in names:
            if name in written and (here := [versions[i] for i in members[name] if i in versions]):
                yield self._updating.begun(name, here, standing=standing)
            else:
                update = self._update(name, members[name])
                yield lambda update=update: update  # type: ignore[misc]

    def _update(self, name: str, articles: Sequence[str]) -> StoryUpdate:
        """A story without a dossier."""
        if not articles:
            return StoryUpdate(name, (), self._store.story(name).title, made([], self._settings))
        versions = self._store.current(articles)
        told = made([v.article.lang for v in versions], self._settings)
        numbers = tuple((v.id, v.number) for v in versions)
        return StoryUpdate(name, tuple(articles), versions[0].article.title, told, None, numbers)


def concerned(names: Mapping[str, str], had: Mapping[str, str | None], touched: Collection[str]) -> dict[str, str]:
    """Of the new stories of articles those that hold something new, and those that take from or give to these."""
    beside: dict[str, set[str]] = {}
    for article, name in names.items():
        if was := had[article]:
            beside.setdefault(f"new {name}", set()).add(f"old {was}")
            beside.setdefault(f"old {was}", set()).add(f"new {name}")
    waiting = {f"new {names[article]}" for article in touched if article in names}
    seen: set[str] = set()
    while waiting:
        one = waiting.pop()
        seen.add(one)
        waiting |= beside.get(one, set()) - seen
    return {article: name for article, name in names.items() if f"new {name}" in seen}

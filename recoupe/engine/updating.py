"""Updating: the readings of articles by the readers of today, and the dossiers of stories that have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from recoupe.correcting import in_force
from recoupe.engine.collect import OnProblem, as_problem
from recoupe.engine.made import made, readers
from recoupe.engine.work import Known, prepared_reading_of, written
from recoupe.engine.workers import Died, Workers
from recoupe.errors import StoreError
from recoupe.records import Problem
from recoupe.records.correction import Correction
from recoupe.records.kept import KeptDossier, Sealed
from recoupe.settings import Settings
from recoupe.store import Store, StoryUpdate
from recoupe.store.packing import heading, opened
from recoupe.store.preparing import PreparedDossier, PreparedReading


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of some stories before they are brought up to date.

    Their last dossiers, and whether no correction speaks of any of their articles.
    """

    dossiers: dict[str, KeptDossier]
    right: bool


class Updating:
    """What brings the stories of a store up to date, with all that was put right in them."""

    def __init__(self, store: Store, settings: Settings, on_problem: OnProblem | None, workers: Workers) -> None:
        self._store, self._settings, self._on_problem, self._workers = store, settings, on_problem, workers
        self.readers = readers(settings)

    def members(self, articles: Sequence[str]) -> dict[str, Sealed]:
        """The current versions of articles, by id, read by the readers of today; they are not opened for that."""
        return self.read_anew({v.id: v for v in self._store.sealed(articles, self.readers)})

    def read_anew(self, found: dict[str, Sealed]) -> dict[str, Sealed]:
        """Versions by id, those without a reading read now; what cannot be read is told as a problem."""
        stale = [v for v in found.values() if v.reading is None]
        if not stale:
            return found
        articles = [opened(v) for v in stale]
        pipelines = dict(self._settings.pipelines)
        told = {lang: made([lang], self._settings) for lang in sorted({a.lang for a in articles})}
        tasks = [(a, self.readers[a.lang], told[a.lang], pipelines.get(a.lang)) for a in articles]
        fresh: list[PreparedReading] = []
        for version, article, reading in zip(
            stale, articles, self._workers.map(prepared_reading_of, tasks), strict=True
        ):
            if isinstance(reading, PreparedReading):
                fresh.append(reading)
                found[version.id] = replace(version, reading=reading.body)
            elif self._on_problem:
                self._on_problem(as_problem(reading, article.path, "read"))
        self._store.keep_readings(fresh)
        return found

    def standing(self, names: Sequence[str], articles: Iterable[str]) -> Standing:
        """What is known of some stories that are about to be brought up to date, asked for all at once."""
        right = not self._store.corrections(sorted(set(articles)))
        try:
            return Standing({kept.story: kept for kept in self._store.last_dossiers(names)}, right)
        except StoreError:  # one that is damaged is written anew
            return Standing({name: kept for name in names if (kept := self._last(name))}, right)

    def _last(self, name: str) -> KeptDossier | None:
        try:
            return next(iter(self._store.dossiers(name, last=True)), None)
        except StoreError:
            return None

    def update(self, name: str, members: Sequence[Sealed], extra: Sequence[Correction] = ()) -> StoryUpdate:
        """What a story is from now on, with a dossier where it changes; `extra` corrections count too."""
        return self.begun(name, members, extra)()

    def begun(
        self,
        name: str,
        members: Sequence[Sealed],
        extra: Sequence[Correction] = (),
        standing: Standing | None = None,
    ) -> Callable[[], StoryUpdate]:
        """The same, its dossier being written already by the workers, for whoever calls it when it is needed."""
        headings = {v.id: heading(v) for v in members}
        members = sorted(members, key=lambda v: (headings[v.id].published or "~", v.id))
        ids = tuple(v.id for v in members)
        standing = standing or self.standing([name], ids)
        log = [] if standing.right else self._store.corrections(ids)
        right = in_force([*log, *extra])
        told = made([v.lang for v in members], self._settings, dossier=True)
        if right:
            told = replace(told, settings=(*told.settings, ("corrections", " ".join(c.id for c in right))))
        versions = tuple((v.id, v.number) for v in members)
        update = StoryUpdate(name, ids, headings[ids[0]].title, told, None, versions, len(log))
        if len(members) < 2:
            return lambda: update
        before = standing.dossiers.get(name)
        if before and (before.versions, before.made) == (versions, told):
            same = replace(update, title=before.dossier.about)
            return lambda: same
        known: Known = tuple(self._store.addresses(ids).items()) if right else ()
        read = tuple(v for v in members if v.reading is not None)
        dossier = self._workers.submit(written, (read, self._settings.ui, self._settings.vague, tuple(right), known))
        return lambda: self._with(dossier.result(), update)

    def _with(self, dossier: PreparedDossier | Problem | Died | None, update: StoryUpdate) -> StoryUpdate:
        """A story with its new dossier, without where none could be written, which is told. Raises StoreError."""
        if isinstance(dossier, Problem):
            raise StoreError(dossier.message)
        if isinstance(dossier, Died) and self._on_problem:
            self._on_problem(Problem(update.id, "compare", f"{update.id}: {dossier.why}; it has no new dossier."))
        if not isinstance(dossier, PreparedDossier):
            return update
        return replace(update, title=dossier.about, dossier=dossier)

"""Updating: the readings of articles by the readers of today, and the dossiers of stories that have changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from recoupe.correcting import in_force
from recoupe.engine.collect import OnProblem, read_articles
from recoupe.engine.made import made, readers
from recoupe.engine.work import Known, written
from recoupe.engine.workers import Died, Workers
from recoupe.errors import StoreError
from recoupe.records import Dossier, Problem, Reading
from recoupe.records.correction import Correction
from recoupe.records.kept import Version
from recoupe.settings import Settings
from recoupe.store import Store, StoryUpdate


class Updating:
    """What brings the stories of a store up to date, with all that was put right in them."""

    def __init__(self, store: Store, settings: Settings, on_problem: OnProblem | None, workers: Workers) -> None:
        self._store, self._settings, self._on_problem, self._workers = store, settings, on_problem, workers
        self.readers = readers(settings)

    def members(self, articles: Sequence[str]) -> dict[str, Version]:
        """The current versions of articles, by id, read by the readers of today."""
        return self.read_anew({v.id: v for v in self._store.current(articles, readers=self.readers)})

    def read_anew(self, found: dict[str, Version]) -> dict[str, Version]:
        """Versions by id, those without a reading read now; what cannot be read is told as a problem."""
        stale = [v for v in found.values() if v.reading is None]
        if not stale:
            return found
        readings = read_articles([v.article for v in stale], self._settings, self._workers)
        fresh: list[Reading] = []
        for version, reading in zip(stale, readings, strict=True):
            if isinstance(reading, Problem):
                if self._on_problem:
                    self._on_problem(reading)
            else:
                fresh.append(reading)
                found[version.id] = replace(version, reading=reading)
        langs = {r.article.lang: made([r.article.lang], self._settings) for r in fresh}
        self._store.keep_readings([(r, self.readers[r.article.lang], langs[r.article.lang]) for r in fresh])
        return found

    def update(self, name: str, members: Sequence[Version], extra: Sequence[Correction] = ()) -> StoryUpdate:
        """What a story is from now on, with a dossier where it changes; `extra` corrections count too."""
        return self.begun(name, members, extra)()

    def begun(
        self, name: str, members: Sequence[Version], extra: Sequence[Correction] = ()
    ) -> Callable[[], StoryUpdate]:
        """The same, its dossier being written already by the workers, for whoever calls it when it is needed."""
        members = sorted(members, key=lambda v: (v.article.published or "~", v.id))
        log = self._store.corrections([v.id for v in members])
        right = in_force([*log, *extra])
        told = made([v.article.lang for v in members], self._settings, dossier=True)
        if right:
            told = replace(told, settings=(*told.settings, ("corrections", " ".join(c.id for c in right))))
        versions = tuple((v.id, v.number) for v in members)
        articles = tuple(v.id for v in members)
        update = StoryUpdate(name, articles, members[0].article.title, told, None, versions, len(log))
        if len(members) < 2:
            return lambda: update
        try:
            before = self._store.dossiers(name, last=True)
        except StoreError:
            before = []
        if before and (before[-1].versions, before[-1].made) == (versions, told):
            same = replace(update, title=before[-1].dossier.about)
            return lambda: same
        readings = tuple(v.reading for v in members if v.reading is not None)
        known: Known = tuple(self._store.addresses(v.id for v in members).items()) if right else ()
        task = (readings, self._settings.ui, self._settings.vague, tuple(right), known)
        dossier = self._workers.submit(written, task)
        return lambda: self._with(dossier.result(), update)

    def _with(self, dossier: Dossier | Died | None, update: StoryUpdate) -> StoryUpdate:
        """A story with its new dossier, without where none could be written, which is told."""
        if isinstance(dossier, Died) and self._on_problem:
            self._on_problem(Problem(update.id, "compare", f"{update.id}: {dossier.why}; it has no new dossier."))
        if not isinstance(dossier, Dossier):
            return update
        return replace(update, title=dossier.about, dossier=dossier)

"""Judging: what has changed in a store since a watch last looked, put to the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from recoupe.comparing.changes import changes
from recoupe.engine.collect import OnProblem, read_articles
from recoupe.engine.made import readers
from recoupe.engine.workers import Workers
from recoupe.errors import RecoupeError, StoreError
from recoupe.records import Problem, Reading
from recoupe.records.alert import Alert
from recoupe.records.kept import KeptDossier, Version
from recoupe.settings import Settings
from recoupe.store import Store
from recoupe.watching.alerting import Found, alerts_of, alerts_of_version
from recoupe.watching.rules import Rules
from recoupe.watching.steps import Step
from recoupe.watching.views import Changed, View

_AT_ONCE = 10_000  # stories and articles that one round looks at; what is left waits for the next
_OTHERS = 8  # other stories that the reports of one came from, looked at for what was known there


def judge(
    store: Store,
    rules: Rules,
    settings: Settings,
    on_problem: OnProblem | None = None,
    *,
    workers: Workers | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> list[Alert]:
    """Put to the rules what has changed since the last time, and keep the alerts; those that are new.

    Each dossier is compared with the one before it, so that it makes no difference how often one looks. What is kept is
    kept story by story: a run that is stopped goes on where it was. A story that fails holds up no other.
    """
    run = _Run(store, rules, settings, workers or Workers(0))
    left = store.unwatched(_AT_ONCE)
    tasks: list[tuple[str, Callable[[], list[Alert]]]] = []
    tasks += [(name, lambda n=name, s=seen, k=last: run.story(n, s, k)) for name, seen, last in left.stories]  # type: ignore[misc]
    tasks += [(name, lambda n=name, s=seen, k=last: run.article(n, s, k)) for name, seen, last in left.articles]  # type: ignore[misc]
    found: list[Alert] = []
    for name, task in tasks:
        if stop():
            break
        try:
            found += task()
        except Exception as error:  # a fault of ours costs one story, not the watch
            if on_problem:
                on_problem(Problem(name, "watch", f"{name}: {_said(error)}"))
    return found


def _said(error: Exception) -> str:
    if isinstance(error, RecoupeError):
        return str(error)
    return f"unexpected {type(error).__name__}: {error}; this is a fault of Recoupe, and the rules passed it over."


class _Run:
    """One look at what has changed."""

    def __init__(self, store: Store, rules: Rules, settings: Settings, workers: Workers) -> None:
        self._store, self._rules, self._settings, self._workers = store, rules, settings, workers
        self._readers = readers(settings)
        self._steps = any(set(rule.when) - {"silent"} for rule in rules.rules)
        self._silent = any("silent" in rule.when for rule in rules.rules)

    def story(self, name: str, seen: int, last: int) -> list[Alert]:
        """The alerts of the dossiers of one story after the one numbered `seen`."""
        if not self._steps:
            return self._store.keep_alerts([], {name: last})
        kept: list[Alert] = []
        before = view_of(self._store.dossier(name, seen)) if seen else None
        for number in range(seen + 1, last + 1):
            after = view_of(self._store.dossier(name, number))
            befores = [before] if before else []
            befores += self._came_from(after, befores)
            found = alerts_of(self._rules, Step(befores, after, before is not None))
            kept += self._store.keep_alerts(found, {name: number})
            before = after
        return kept

    def _came_from(self, after: View, befores: Sequence[View]) -> list[View]:
        """The last dossiers of other stories that reports of this dossier came from: what they held is not new."""
        fresh = set(after.versions) - {name for view in befores for name in view.versions}
        if not fresh:
            return []
        events = [e for e in self._store.history(after.story) if e.what == "joined" and e.article in fresh and e.detail]
        found = []
        for name in list(dict.fromkeys(event.detail for event in events))[:_OTHERS]:
            try:
                found += [view_of(kept) for kept in self._store.dossiers(name, last=True)]
            except StoreError:
                continue
        return found

    def article(self, name: str, seen: int, current: int) -> list[Alert]:
        """The alerts of the versions of one article after the one numbered `seen`."""
        found: list[Found] = []
        if self._silent:
            versions = [v for v in self._store.versions(name, self._readers) if seen <= v.number <= current]
            for before, after in pairwise(zip(versions, self._readings(versions))):
                if before[1] is not None and after[1] is not None:
                    changed = Changed(before[0], after[0], changes(before[1], after[1]))
                    found += alerts_of_version(self._rules, changed)
        return self._store.keep_alerts(found, {}, {name: current})

    def _readings(self, versions: Sequence[Version]) -> list[Reading | None]:
        """The reading of each version; what today's reader has not read is read now."""
        unread = [v for v in versions if v.reading is None]
        read = iter(read_articles([v.article for v in unread], self._settings, self._workers) if unread else [])
        readings = [v.reading or next(read) for v in versions]
        return [r if isinstance(r, Reading) else None for r in readings]


def view_of(kept: KeptDossier) -> View:
    """A dossier that is kept, as rules look at it."""
    return View(kept.story, kept.number, kept.dossier, dict(kept.versions))

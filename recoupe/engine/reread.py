"""Reread: what older packs have read is read anew; what they made of it stays beside it."""

from __future__ import annotations

from recoupe.engine.collect import OnProblem, Progress
from recoupe.engine.made import made, readers
from recoupe.engine.work import prepared_reading_of
from recoupe.engine.workers import Died, Workers
from recoupe.records import Problem
from recoupe.settings import Settings
from recoupe.store import Store
from recoupe.store.preparing import PreparedReading

_ALL = 10**9
_BATCH = 64  # readings that are kept in one transaction; a run that is stopped goes on where it was


def stale(store: Store, settings: Settings) -> list[str]:
    """The articles that the readers of today have not read as they are now."""
    found = (store.unread(lang, reader, most=_ALL) for lang, reader in readers(settings).items())
    return [name for names in found for name in names]


def reread(
    store: Store,
    settings: Settings | None = None,
    on_problem: OnProblem | None = None,
    progress: Progress | None = None,
    *,
    workers: Workers | None = None,
) -> int:
    """Read all articles anew that the readers of today have not read as they are now; how many were.

    Each batch is kept as soon as it is read, and its articles wait to be put into stories, which `gather` does: a run
    that is stopped loses no more than the batch in the making. What cannot be read is told and stays as it was read.
    Raises StoreError.
    """
    settings, workers = settings or Settings(), workers or Workers(0)
    pipelines = dict(settings.pipelines)
    count = 0
    for lang, reader in readers(settings).items():
        told, after = made([lang], settings), ""
        while names := store.unread(lang, reader, after, _BATCH):
            after = names[-1]
            articles = [version.article for version in store.current(names)]
            found = workers.map(
                prepared_reading_of, [(article, reader, told, pipelines.get(lang)) for article in articles]
            )
            read: dict[str, PreparedReading] = {}
            for article, one in zip(articles, found, strict=True):
                if isinstance(one, PreparedReading):
                    read[article.id] = one
                elif on_problem:
                    why = f"{article.id}: {one.why}; it was left as it was." if isinstance(one, Died) else one.message
                    on_problem(Problem(article.id, "read", why))
            store.keep_readings(list(read.values()), list(read))
            count += len(read)
            for article in articles:
                if progress:
                    progress(article.url or article.path)
    return count

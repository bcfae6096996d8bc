"""Remote: an address of the web, whatever is there."""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.errors import LoadError
from recoupe.loading import kinds
from recoupe.loading.jobs import Job
from recoupe.loading.sources import of_fetched
from recoupe.loading.visits import Visit


def remote(address: str, visit: Visit, led: bool = False, deep: int = 0) -> Iterator[Job]:
    """What is to be read at an address of the web, nothing if it has not changed. Raises LoadError.

    `led` and `deep`: a list led here, so many lists deep.
    """
    fetched = visit.fetch(address, led)
    if fetched.unchanged:
        return
    try:
        yield from kinds.jobs(of_fetched(fetched, led, deep), visit)
    except LoadError as error:
        visit.could_not_read(address, error)
        raise

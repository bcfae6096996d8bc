"""Store: keeps and finds records: articles with their versions, readings, stories with their history, dossiers.

`open_store()` opens the user's own; `open_store("file.db")` or `open_store("postgresql://…")` another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoupe.store.base import Store, StoryUpdate, Which, WhichAlerts

if TYPE_CHECKING:
    from recoupe.store.sql import SqlStore

__all__ = ["Store", "StoryUpdate", "Which", "WhichAlerts", "open_store"]


def open_store(address: str | None = None, make: bool = True) -> SqlStore:
    """Open a store, and make it where there is none: a file's path, `sqlite:///path` or `postgresql://user@host/name`.

    None opens the one in the user's data folder. Raises StoreError, also for a file that is not there unless `make`.
    """
    from pathlib import Path

    from recoupe.errors import StoreError
    from recoupe.store.engines import default_address, shown, url_of  # SQLAlchemy takes half a second to import
    from recoupe.store.sql import SqlStore

    address = address or default_address()
    url = url_of(address)
    if not make and url.get_backend_name() == "sqlite" and not Path(shown(url)).exists():
        raise StoreError(f"{shown(url)}: there is no store yet; 'recoupe collect' makes one.")
    return SqlStore(address)

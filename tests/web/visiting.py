"""Visiting: a store to look at, and what a browser of sorts needs to look at it."""

from __future__ import annotations

import warnings
from pathlib import Path

from recoupe.engine import collect, gather
from recoupe.engine.workers import Workers
from recoupe.settings import Settings
from recoupe.store import open_store
from recoupe.web.security import LOOPBACK

with warnings.catch_warnings():  # it would rather have a client that nothing else here needs
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient as Browser

__all__ = ["EXAMPLE", "NAMES", "Browser", "kept", "token_of"]

EXAMPLE = Path(__file__).parents[2] / "examples" / "tunnel-fire"
NAMES = frozenset({*LOOPBACK, "testserver"})


def kept(address: str, *paths: Path) -> str:
    """The address of a store that keeps what lies at some paths."""
    settings = Settings()
    with open_store(address) as store, Workers(0) as workers:
        collect(store, [str(path) for path in paths], settings, workers=workers)
        gather(store, None, settings, workers=workers)
    return address


def token_of(page: str) -> str:
    """The token that the forms of a page send."""
    return page.partition('name="token" value="')[2].partition('"')[0]

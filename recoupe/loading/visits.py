"""Visit: what all sources of one run share: its settings, its fetcher, what is remembered, what was seen already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import time
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from recoupe.errors import LoadError
from recoupe.loading.fetched import Fetched, Memory, Unfetched
from recoupe.records import Problem
from recoupe.records.validators import Validators
from recoupe.settings import Settings

if TYPE_CHECKING:
    from recoupe.loading.fetching import Fetcher

DEEPEST = 4
"""Lists within lists that are followed."""


def page_key(address: str) -> str:
    """The same for the same page."""
    return urldefrag(address).url


def is_remote(address: str) -> bool:
    """Whether an address is one of the web."""
    return address[:8].lower().startswith(("http://", "https://"))


@dataclass(slots=True)
class Visit:
    """One run of loading.

    `tell` takes what went wrong without costing a report; `memory` what is remembered of each address, handed in and
    out by the caller; `again` asks for the pages of entries that have not changed, too.
    """

    settings: Settings
    tell: Callable[[Problem], None]
    memory: Memory = field(default_factory=dict)
    again: bool = False
    fetcher: Fetcher | None = None
    clock: Callable[[], float] = time
    _seen: set[str] = field(default_factory=set)

    def is_new(self, key: str) -> bool:
        """Whether a key comes for the first time; from then on it doesn't."""
        if not key:
            return True
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def fetch(self, address: str, led: bool = False) -> Fetched:
        """What an address gives now, and what is to be remembered of it. Raises LoadError."""
        from recoupe.loading.fetching import Fetcher  # httpx takes half a second to import

        key = page_key(address)
        known = self.memory.get(key, Validators())
        rest = known.rests(self.clock())
        if rest:
            raise Unfetched(
                f"{address}: failed {known.failures} times, last with {known.error!r}; "
                f"it is left alone for {rest:.0f} more seconds.",
                passing=True,
                wait=rest,
            )
        if self.fetcher is None:
            self.fetcher = Fetcher(self.settings)
        try:
            fetched = self.fetcher.fetch(address, known, led=led)
        except Unfetched as error:
            self.memory[key] = known.failed(str(error), self.clock(), error.wait)
            raise
        self.memory[key] = fetched.validators
        return fetched

    def forget_what_came(self, address: str) -> None:
        """Have an address give all that it holds the next time, for some of it could not be read now."""
        known = self.memory.get(page_key(address))
        if known is not None:
            self.memory[page_key(address)] = replace(known, etag=None, last_modified=None, digest=None)

    def could_not_read(self, address: str, error: LoadError) -> None:
        """What an address gave is no report: its failure is remembered, and what it gave is not."""
        self.forget_what_came(address)
        known = self.memory.get(page_key(address))
        if known is not None and not isinstance(error, Unfetched):
            self.memory[page_key(address)] = known.failed(str(error), self.clock())

    def is_known(self, key: str, digest: str) -> bool:
        """Whether an entry is as it was when its report was last read."""
        known = self.memory.get(key)
        return not self.again and known is not None and known.digest == digest

    def remember(self, key: str, digest: str) -> None:
        """An entry's report was read."""
        self.memory[key] = Validators(digest=digest)


def web_address(found: str | None, base: str | None, where: str) -> str | None:
    """An address that a source leads to, made absolute; None where there is none.

    Raises LoadError for one that is not of the web: what a feed holds must not read files of this machine.
    """
    from urllib.parse import urljoin

    found = (found or "").strip()
    if not found:
        return None
    try:
        found = urljoin(base, found) if base else found
        parts = urlsplit(found)
    except ValueError:
        raise LoadError(f"{where}: leads to {found[:200]!r}, which is no proper address.") from None
    if not parts.scheme and not base:
        return None  # a part of an address, and nobody knows of which
    if parts.scheme not in ("http", "https") or not parts.hostname or len(found) > 4000:
        raise LoadError(f"{where}: leads to {found[:200]!r}, which is no http or https address; it was not read.")
    return found

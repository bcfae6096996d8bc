"""Store: what keeps and finds the records. One contract, several back ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from recoupe.records.dossier import Dossier
from recoupe.records.kept import (
    Entry,
    Hit,
    Kept,
    KeptDossier,
    KeptStory,
    Made,
    SourceState,
    StoryEvent,
    Version,
)
from recoupe.records.reading import Reading
from recoupe.records.validators import Validators


@dataclass(frozen=True, slots=True)
class Which:
    """Which stories or articles are asked for; None asks for any. Days are `YYYY-MM-DD`, both included."""

    since: str | None = None
    until: str | None = None
    contested: bool = False
    least: int = 2
    lang: str | None = None
    most: int = 50
    old: bool = False


@dataclass(frozen=True, slots=True)
class StoryUpdate:
    """What a story is from now on: its articles and, where they are two or more, its dossier.

    `versions` are the (article, version) that it was made from; an article that has another one since then waits to be
    looked at again.
    """

    id: str
    articles: tuple[str, ...]
    title: str
    made: Made
    dossier: Dossier | None = None
    versions: tuple[tuple[str, int], ...] = ()


class Store(Protocol):
    """Keeps and finds records. Every method is one transaction; what it returns from is on disk.

    All raise StoreError; what was kept before stays as it was.
    """

    def keep(
        self,
        entries: Sequence[Entry],
        sources_now: Sequence[SourceState] = (),
        remembered: Mapping[str, Validators] | None = None,
    ) -> list[Kept]:
        """Keep articles, their readings, the state of sources and what is remembered of addresses, all or nothing.

        The same entry twice changes nothing. An article that says something else than before gets a new version.
        """
        ...

    def known(self, reports: Iterable[str]) -> dict[str, tuple[Kept, bool]]:
        """Of digests of reports those whose articles are kept: which, and whether that version is the current one."""
        ...

    def judge(self, entries: Sequence[Entry]) -> list[Kept]:
        """What `keep` would make of entries; those that are known need not be read."""
        ...

    def keep_readings(self, readings: Sequence[tuple[Reading, str, Made]]) -> None:
        """Keep what a new reader, named second, made of articles that are kept."""
        ...

    def versions(self, article: str, readers: Mapping[str, str] | None = None) -> list[Version]:
        """All versions of an article, the first first, with their readings by the reader of their language."""
        ...

    def current(
        self,
        articles_asked: Sequence[str] | None = None,
        days: tuple[str, str] | None = None,
        readers: Mapping[str, str] | None = None,
    ) -> list[Version]:
        """The current versions of articles, of those named or of those whose day lies within `days`, by id."""
        ...

    def loose(self) -> list[str]:
        """The articles that wait to be put into a story, or whose story waits to be written anew."""
        ...

    def update(self, updates: Sequence[StoryUpdate]) -> list[KeptStory]:
        """Bring stories up to date: who is in them, their dossiers, their history. The same again changes nothing."""
        ...

    def stories(self, which: Which) -> list[KeptStory]:
        """The stories asked for, the one that changed last first."""
        ...

    def story(self, name: str) -> KeptStory:
        """The story of that id, or whose id begins so. Raises StoreError where there is none, or several."""
        ...

    def history(self, story: str) -> list[StoryEvent]:
        """What happened to a story, the first first."""
        ...

    def dossiers(self, story: str, last: bool = False) -> list[KeptDossier]:
        """The dossiers of a story, the first first; or the last one alone."""
        ...

    def search(self, query: str, which: Which) -> list[Hit]:
        """The articles that hold all words and phrases of a query, the best first."""
        ...

    def sources(self) -> list[SourceState]:
        """The sources, by address."""
        ...

    def remembered(self, addresses: Iterable[str]) -> dict[str, Validators]:
        """What is remembered of addresses."""
        ...

    def close(self) -> None:
        """Let go of the place; what was kept stays."""
        ...

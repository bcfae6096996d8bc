"""Pack: one story with all that its dossiers rest on, as it goes from one store to another."""

from __future__ import annotations

from dataclasses import dataclass

from recoupe.records.article import Article
from recoupe.records.correction import Correction
from recoupe.records.dossier import Dossier
from recoupe.records.kept import KeptStory, Made, StoryEvent
from recoupe.records.reading import Reading


@dataclass(frozen=True, slots=True)
class PackedVersion:
    """One version of an article: `key` is what it is known by everywhere, `id` and `number` are those of its store.

    `reports` are the digests of the reports that it was made from; `current`: no later version was known.
    """

    id: str
    number: int
    key: str
    seen: str
    source: str
    reports: tuple[str, ...]
    current: bool
    made: Made
    article: Article


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """Which reader made a reading of which version, when, and of what it was made itself."""

    id: str
    number: int
    reader: str
    at: str
    made: Made


@dataclass(frozen=True, slots=True)
class DossierNote:
    """A dossier's number in its story, when it was written, what made it, of which versions, and its digest."""

    number: int
    at: str
    made: Made
    versions: tuple[tuple[str, int], ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A story with its articles, their readings, its dossiers from the first to the last, and what happened to it.

    Readings are without their articles. `corrections` are those that speak of its articles, by when they were made.
    """

    story: KeptStory
    versions: tuple[PackedVersion, ...]
    readings: tuple[tuple[ReadingNote, Reading], ...]
    events: tuple[StoryEvent, ...]
    dossiers: tuple[tuple[DossierNote, Dossier], ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking a pack in: the `story` that it is here, and how much was new; all 0 the second time.

    `left_out` are corrections that were not taken.
    """

    story: str
    articles: int = 0
    versions: int = 0
    dossiers: int = 0
    corrections: int = 0
    left_out: int = 0

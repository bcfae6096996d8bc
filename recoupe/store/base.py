"""Store: what keeps and finds the records. One contract, several back ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from recoupe.records.alert import Alert, Telling, Unwatched
from recoupe.records.browsed import Browse, Facet, Listing
from recoupe.records.correction import Correction
from recoupe.records.dossier import Dossier
from recoupe.records.kept import (
    Entry,
    Hit,
    Kept,
    KeptDossier,
    KeptStory,
    Made,
    Page,
    Sealed,
    Sketch,
    SourceState,
    StoryEvent,
    Version,
)
from recoupe.records.pack import Pack, Taken
from recoupe.records.reading import Reading
from recoupe.records.searched import Daily, SavedSearch, Spread
from recoupe.records.validators import Validators
from recoupe.store.preparing import Prepared, PreparedDossier, PreparedReading

if TYPE_CHECKING:
    from recoupe.store.locks import Turn


@dataclass(frozen=True, slots=True)
class Which:
    """Which stories or articles are asked for; None asks for any. Days are `YYYY-MM-DD`, both included.

    `after` asks for those whose id comes after another id, by id: so a list of any length is gone through in parts.
    """

    since: str | None = None
    until: str | None = None
    contested: bool = False
    least: int = 2
    lang: str | None = None
    most: int = 50
    old: bool = False
    after: str | None = None
    outlet: str | None = None
    skip: int = 0


@dataclass(frozen=True, slots=True)
class WhichAlerts:
    """Which alerts are asked for; None asks for any. `channel`: those that it has told or is to tell.

    `since` and `until` are days or moments (UTC, ISO 8601), both included.
    """

    since: str | None = None
    until: str | None = None
    story: str | None = None
    rule: str | None = None
    what: str | None = None
    channel: str | None = None
    id: str | None = None
    most: int = 50


@dataclass(frozen=True, slots=True)
class StoryUpdate:
    """What a story is from now on: its articles and, where they are two or more, its dossier.

    `versions` are the (article, version) that it was made from; an article that has another one since then waits to be
    looked at again. `corrections` is how many lines of their log speak of the articles, as it was made: where there are
    others since then nothing is done, and the articles wait. None: that makes no difference.
    """

    id: str
    articles: tuple[str, ...]
    title: str
    made: Made
    dossier: Dossier | PreparedDossier | None = None
    versions: tuple[tuple[str, int], ...] = ()
    corrections: int | None = None


class Store(Protocol):
    """Keeps and finds records. Every method is one transaction; what it returns from is on disk.

    All raise StoreError; what was kept before stays as it was.
    """

    def keep(
        self,
        entries: Sequence[Entry | Prepared],
        sources_now: Sequence[SourceState] = (),
        remembered: Mapping[str, Validators] | None = None,
    ) -> list[Kept]:
        """Keep articles, their readings, the state of sources and what is remembered of addresses, all or nothing.

        The same entry twice changes nothing. An article that says something else than before gets a new version. An
        entry may be prepared already (`recoupe.store.preparing`), so that packing it takes no time here.
        """
        ...

    def known(self, reports: Iterable[str]) -> dict[str, tuple[Kept, bool]]:
        """Of digests of reports those whose articles are kept: which, and whether that version is the current one."""
        ...

    def judge(self, entries: Sequence[Entry]) -> list[Kept]:
        """What `keep` would make of entries; those that are known need not be read."""
        ...

    def keep_readings(
        self, readings: Sequence[tuple[Reading, str, Made] | PreparedReading], waiting: Sequence[str] = ()
    ) -> None:
        """Keep what a new reader, named second, made of articles that are kept.

        The articles `waiting` are loose from now on: what their stories say has to be written anew.
        """
        ...

    def unread(self, lang: str, reader: str, after: str = "", most: int = 500) -> list[str]:
        """Articles of a language that a reader has not read as they are now, by id, those after an id."""
        ...

    def forget(self, before: str) -> int:
        """Forget what was last said of addresses before a moment (ISO 8601, UTC); of how many."""
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

    def sealed(self, articles_asked: Sequence[str], readers: Mapping[str, str]) -> list[Sealed]:
        """The current versions of articles with their readings by the reader of their language, unopened, by id."""
        ...

    def loose(self) -> list[str]:
        """The articles that wait to be put into a story, or whose story waits to be written anew."""
        ...

    def keep_sketches(self, sketches: Sequence[Sketch]) -> None:
        """Keep what grouping needs of articles, in place of what was kept of earlier versions."""
        ...

    def sketches(self, names: Sequence[str]) -> list[Sketch]:
        """The sketches of the current versions of articles, by their ids."""
        ...

    def near(
        self, asked: Sequence[Sketch], spans: Sequence[tuple[int, int]], most: int
    ) -> tuple[list[Sketch], list[Sketch] | None]:
        """(those of some spans of days that may tell one story with those asked, a sample of the others).

        All of those days, and None, where these are no more than `most`; else those that share most with the asked
        ones, with their stories as far as they lie in those days.
        """
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

    def is_story(self, name: str) -> bool:
        """Whether a story that has articles has exactly that id."""
        ...

    def browse(self, asked: Browse) -> Listing:
        """The stories asked for as a list shows them."""
        ...

    def facets(self, asked: Browse) -> list[Facet]:
        """By what the stories asked for can be filtered: what most of the newest have."""
        ...

    def happened(self, story_ids: Sequence[str], since: str) -> dict[str, list[StoryEvent]]:
        """What happened to stories after a moment."""
        ...

    def state(self, story: str | None = None, article: str | None = None) -> str | None:
        """What changes whenever a story does, or an article, or any story; None where that is too fresh to tell."""
        ...

    def sum_up_anew(self, most: int = 50) -> int:
        """Sum up stories for lists that were not, or by an older Recoupe; how many there were, 0 when it is done."""
        ...

    def history(self, story: str) -> list[StoryEvent]:
        """What happened to a story, the first first."""
        ...

    def dossiers(self, story: str, last: bool = False) -> list[KeptDossier]:
        """The dossiers of a story, the first first; or the last one alone."""
        ...

    def dossier(self, story: str, number: int) -> KeptDossier:
        """One dossier of a story, by its number. Raises StoreError where there is none."""
        ...

    def last_dossiers(self, stories: Sequence[str]) -> list[KeptDossier]:
        """The last dossier of each of these stories that has one, by the story's id."""
        ...

    def unplaced(self, which: Which) -> list[str]:
        """The articles that are in no story, by id."""
        ...

    def search(self, query: str, which: Which) -> list[Hit]:
        """The articles that hold all words and phrases of a query, the best first."""
        ...

    def pages(self, since: str, most: int = 1000) -> list[Page]:
        """The pages of articles first kept from a moment on (UTC), from sources of the web; the last ones first."""
        ...

    def spread(self, query: str, which: Which) -> Spread:
        """How the articles that a search finds are spread over languages, outlets and days."""
        ...

    def save_search(self, search: SavedSearch) -> SavedSearch:
        """Keep a search, over the one of the same name; as it is kept."""
        ...

    def saved_searches(self) -> list[SavedSearch]:
        """The searches that are kept, by name."""
        ...

    def forget_search(self, name: str) -> None:
        """Keep a search no longer, by its id. Raises StoreError where there is none."""
        ...

    def daily(self, since: str) -> list[Daily]:
        """How many articles, or versions of them, each source gave on each day from one on (UTC)."""
        ...

    def begin_watch(self) -> bool:
        """Take all that is there as seen, when nobody has watched before; whether that was so."""
        ...

    def unwatched(self, most: int = 1000) -> Unwatched:
        """What no watch has looked at yet, no more than `most` stories and articles."""
        ...

    def keep_alerts(
        self,
        found: Sequence[tuple[Alert, Sequence[str]]],
        stories_seen: Mapping[str, int] | None = None,
        articles_seen: Mapping[str, int] | None = None,
    ) -> list[Alert]:
        """Keep alerts with the names of the channels that are to tell them, and up to where was looked, all or nothing.

        `stories_seen` are numbers of dossiers, `articles_seen` of versions. An alert whose id is kept already is passed
        over; those that are new are returned.
        """
        ...

    def alerts(self, which: WhichAlerts) -> list[Alert]:
        """The alerts asked for, the last one first."""
        ...

    def waiting(self, channel: str, most: int = 100) -> list[Alert]:
        """The alerts that a channel has still to tell, those that failed least and then the first first."""
        ...

    def mark_told(self, channel: str, ids: Sequence[str], error: str | None = None) -> None:
        """Note that a channel has told alerts; with an error, that it tried and could not."""
        ...

    def tellings(self, ids: Sequence[str]) -> list[Telling]:
        """What each channel has made of alerts, by alert and channel."""
        ...

    def only_watch(self) -> AbstractContextManager[Turn]:
        """The one right to watch this store. Raises StoreError where another process holds it."""
        ...

    def correct(self, rows: Sequence[Correction]) -> list[Correction]:
        """Add corrections and undoings to the log, those that are not there yet; what was added, as it is kept.

        What has no time gets one after all others. The articles concerned wait to be looked at again.
        """
        ...

    def corrections(self, articles_asked: Sequence[str] | None = None, kind: str | None = None) -> list[Correction]:
        """The log of corrections by the time at which they were made, each with what took it back.

        Of articles (a story's, say) those that speak of one of them; of a kind those of it; undoings with them.
        """
        ...

    def addresses(self, articles_asked: Iterable[str]) -> dict[str, str]:
        """What articles are known by, by their ids; corrections name them so."""
        ...

    def articles_at(self, known: Iterable[str]) -> dict[str, str]:
        """The ids of the articles that are known by addresses."""
        ...

    def sources(self) -> list[SourceState]:
        """The sources, by address."""
        ...

    def remembered(self, addresses: Iterable[str]) -> dict[str, Validators]:
        """What is remembered of addresses."""
        ...

    def pack(self, story: str) -> Pack:
        """A story with all that its dossiers rest on. Raises StoreError where there is none."""
        ...

    def take_in(self, pack: Pack, own: Collection[str] = (), corrections_too: bool = False) -> Taken:
        """Keep what of a pack is not there yet; the same again changes nothing.

        Readings of the readers `own`, and of those whose name begins so, are left out, so that no pack tells this
        machine what it reads; and corrections, which bear on what is compared later, unless they are asked for.
        """
        ...

    def close(self) -> None:
        """Let go of the place; what was kept stays."""
        ...

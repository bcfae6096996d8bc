"""SqlStore: the store in SQLite or PostgreSQL, through SQLAlchemy Core."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime

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
from recoupe.store import alerts, articles, browsing, corrections, searches, sources, stories, summing
from recoupe.store import search as finding
from recoupe.store import sketches as sketching
from recoupe.store.base import StoryUpdate, Which, WhichAlerts
from recoupe.store.engines import looking, opened, url_of, writing
from recoupe.store.locks import Turn, only_one
from recoupe.store.packing_up import packed_up
from recoupe.store.preparing import Prepared, PreparedReading, prepared, prepared_dossier, prepared_reading
from recoupe.store.taking_in import ready, take_in


def _now() -> datetime:
    return datetime.now(UTC)


class SqlStore:
    """A Store at an address (see `recoupe.store.engines.url_of`); use it as a context, or close it."""

    def __init__(self, address: str, clock: Callable[[], datetime] = _now) -> None:
        self._engine = opened(url_of(address))
        self._clock = clock

    def __enter__(self) -> SqlStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def address(self) -> str:
        """Where it is, as `open_store` takes it; with the password where there is one."""
        return self._engine.url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Let go of the place; what was kept stays."""
        self._engine.dispose()

    def keep(
        self,
        entries: Sequence[Entry | Prepared],
        sources_now: Sequence[SourceState] = (),
        remembered: Mapping[str, Validators] | None = None,
    ) -> list[Kept]:
        """Keep articles, their readings, the state of sources and what is remembered of addresses, all or nothing."""
        ready = [prepared(entry) if isinstance(entry, Entry) else entry for entry in entries]
        with writing(self._engine) as connection:
            kept = articles.keep(connection, ready, self._at())
            sources.keep(connection, sources_now, remembered or {}, self._at())
        return kept

    def judge(self, entries: Sequence[Entry]) -> list[Kept]:
        """What `keep` would make of entries; those that are known need not be read."""
        with looking(self._engine) as connection:
            return articles.judge(connection, entries)

    def keep_readings(
        self, readings: Sequence[tuple[Reading, str, Made] | PreparedReading], waiting: Sequence[str] = ()
    ) -> None:
        """Keep what a new reader, named second, made of articles that are kept; those that are `waiting` are loose."""
        ready = [one if isinstance(one, PreparedReading) else prepared_reading(*one) for one in readings]
        with writing(self._engine) as connection:
            articles.keep_readings(connection, ready, self._at())
            articles.loosen(connection, waiting)

    def unread(self, lang: str, reader: str, after: str = "", most: int = 500) -> list[str]:
        """Articles of a language that a reader has not read as they are now, by id, those after an id."""
        with looking(self._engine) as connection:
            return articles.unread(connection, lang, reader, after, most)

    def forget(self, before: str) -> int:
        """Forget what was last said of addresses before a moment; of how many."""
        with writing(self._engine) as connection:
            return sources.forget(connection, before)

    def known(self, reports: Iterable[str]) -> dict[str, tuple[Kept, bool]]:
        """Of digests of reports those whose articles are kept: which, and whether that version is the current one."""
        with looking(self._engine) as connection:
            return articles.known(connection, list(reports))

    def versions(self, article: str, readers: Mapping[str, str] | None = None) -> list[Version]:
        """All versions of an article, the first first, with their readings by the reader of their language."""
        with looking(self._engine) as connection:
            return articles.versions(connection, article, readers)

    def current(
        self,
        articles_asked: Sequence[str] | None = None,
        days: tuple[str, str] | None = None,
        readers: Mapping[str, str] | None = None,
    ) -> list[Version]:
        """The current versions of articles, of those named or of those whose day lies within `days`, by id."""
        with looking(self._engine) as connection:
            return articles.current(connection, articles_asked, days, readers)

    def sealed(self, articles_asked: Sequence[str], readers: Mapping[str, str]) -> list[Sealed]:
        """The current versions of articles with their readings by the reader of their language, unopened, by id."""
        with looking(self._engine) as connection:
            return articles.sealed(connection, articles_asked, readers)

    def loose(self) -> list[str]:
        """The articles that wait to be put into a story, or whose story waits to be written anew."""
        with looking(self._engine) as connection:
            return articles.loose(connection)

    def keep_sketches(self, sketches: Sequence[Sketch]) -> None:
        """Keep what grouping needs of articles, in place of what was kept of earlier versions."""
        with writing(self._engine) as connection:
            sketching.keep(connection, sketches)

    def sketches(self, names: Sequence[str]) -> list[Sketch]:
        """The sketches of the current versions of articles, by their ids."""
        with looking(self._engine) as connection:
            return sketching.of(connection, names)

    def near(
        self, asked: Sequence[Sketch], spans: Sequence[tuple[int, int]], most: int
    ) -> tuple[list[Sketch], list[Sketch] | None]:
        """(those of some spans of days that may tell one story with those asked, a sample of the others)."""
        with looking(self._engine) as connection:
            whole = sketching.within(connection, spans, most)
            return (whole, None) if whole is not None else sketching.alike(connection, asked, spans)

    def update(self, updates: Sequence[StoryUpdate]) -> list[KeptStory]:
        """Bring stories up to date: who is in them, their dossiers, their history. The same again changes nothing."""
        ready = [
            replace(one, dossier=prepared_dossier(one.dossier)) if isinstance(one.dossier, Dossier) else one
            for one in updates
        ]
        with writing(self._engine) as connection:
            return stories.update(connection, ready, self._at())

    def stories(self, which: Which) -> list[KeptStory]:
        """The stories asked for, the one that changed last first."""
        with looking(self._engine) as connection:
            return stories.listed(connection, which)

    def story(self, name: str) -> KeptStory:
        """The story of that id, or whose id begins so. Raises StoreError where there is none, or several."""
        with looking(self._engine) as connection:
            return stories.named(connection, name)

    def is_story(self, name: str) -> bool:
        """Whether a story that has articles has exactly that id."""
        with looking(self._engine) as connection:
            return stories.is_one(connection, name)

    def history(self, story: str) -> list[StoryEvent]:
        """What happened to a story, the first first."""
        with looking(self._engine) as connection:
            return stories.history(connection, story)

    def dossiers(self, story: str, last: bool = False) -> list[KeptDossier]:
        """The dossiers of a story, the first first; or the last one alone."""
        with looking(self._engine) as connection:
            return stories.dossiers_of(connection, story, last)

    def dossier(self, story: str, number: int) -> KeptDossier:
        """One dossier of a story, by its number. Raises StoreError where there is none."""
        with looking(self._engine) as connection:
            return stories.dossier_of(connection, story, number)

    def last_dossiers(self, stories_asked: Sequence[str]) -> list[KeptDossier]:
        """The last dossier of each of these stories that has one, by the story's id."""
        with looking(self._engine) as connection:
            return stories.last_dossiers(connection, stories_asked)

    def unplaced(self, which: Which) -> list[str]:
        """The articles that are in no story, by id."""
        with looking(self._engine) as connection:
            return articles.unplaced(connection, which)

    def search(self, query: str, which: Which) -> list[Hit]:
        """The articles that hold all words and phrases of a query, the best first."""
        with looking(self._engine) as connection:
            return finding.search(connection, query, which)

    def browse(self, asked: Browse) -> Listing:
        """The stories asked for as a list shows them."""
        with looking(self._engine) as connection:
            return browsing.browse(connection, asked)

    def facets(self, asked: Browse) -> list[Facet]:
        """By what the stories asked for can be filtered: what most of the newest have."""
        with looking(self._engine) as connection:
            return browsing.facets_of(connection, asked)

    def happened(self, story_ids: Sequence[str], since: str) -> dict[str, list[StoryEvent]]:
        """What happened to stories after a moment."""
        with looking(self._engine) as connection:
            return browsing.happened(connection, story_ids, since)

    def state(self, story: str | None = None, article: str | None = None) -> str | None:
        """What changes whenever a story does, or an article, or any story; None where that is too fresh to tell."""
        with looking(self._engine) as connection:
            return browsing.state(connection, story, article, self._at())

    def sum_up_anew(self, most: int = 50) -> int:
        """Sum up stories for lists that were not, or by an older Recoupe; how many there were, 0 when it is done."""
        with writing(self._engine) as connection:
            return summing.sum_up_anew(connection, most)

    def pages(self, since: str, most: int = 1000) -> list[Page]:
        """The pages of articles first kept from a moment on (UTC), from sources of the web; the last ones first."""
        with looking(self._engine) as connection:
            return articles.pages(connection, since, most)

    def spread(self, query: str, which: Which) -> Spread:
        """How the articles that a search finds are spread over languages, outlets and days."""
        with looking(self._engine) as connection:
            return searches.spread(connection, query, which)

    def save_search(self, search: SavedSearch) -> SavedSearch:
        """Keep a search, over the one of the same name; as it is kept."""
        with writing(self._engine) as connection:
            return searches.save(connection, search, self._at())

    def saved_searches(self) -> list[SavedSearch]:
        """The searches that are kept, by name."""
        with looking(self._engine) as connection:
            return searches.saved(connection)

    def forget_search(self, name: str) -> None:
        """Keep a search no longer, by its id. Raises StoreError where there is none."""
        with writing(self._engine) as connection:
            searches.forget(connection, name)

    def daily(self, since: str) -> list[Daily]:
        """How many articles, or versions of them, each source gave on each day from one on (UTC)."""
        with looking(self._engine) as connection:
            return searches.daily(connection, since)

    def begin_watch(self) -> bool:
        """Take all that is there as seen, when nobody has watched before; whether that was so."""
        with writing(self._engine) as connection:
            return alerts.begin(connection, self._at())

    def unwatched(self, most: int = 1000) -> Unwatched:
        """What no watch has looked at yet, no more than `most` stories and articles."""
        with looking(self._engine) as connection:
            return alerts.unwatched(connection, most)

    def keep_alerts(
        self,
        found: Sequence[tuple[Alert, Sequence[str]]],
        stories_seen: Mapping[str, int] | None = None,
        articles_seen: Mapping[str, int] | None = None,
    ) -> list[Alert]:
        """Keep alerts with the channels that are to tell them, and up to where was looked; those that are new."""
        with writing(self._engine) as connection:
            return alerts.keep(connection, found, stories_seen or {}, articles_seen or {}, self._at())

    def alerts(self, which: WhichAlerts) -> list[Alert]:
        """The alerts asked for, the last one first."""
        with looking(self._engine) as connection:
            return alerts.listed(connection, which)

    def waiting(self, channel: str, most: int = 100) -> list[Alert]:
        """The alerts that a channel has still to tell, those that failed least and then the first first."""
        with looking(self._engine) as connection:
            return alerts.waiting(connection, channel, most)

    def mark_told(self, channel: str, ids: Sequence[str], error: str | None = None) -> None:
        """Note that a channel has told alerts; with an error, that it tried and could not."""
        with writing(self._engine) as connection:
            alerts.mark(connection, channel, ids, self._at(), error)

    def tellings(self, ids: Sequence[str]) -> list[Telling]:
        """What each channel has made of alerts, by alert and channel."""
        with looking(self._engine) as connection:
            return alerts.told_of(connection, ids)

    def only_watch(self) -> AbstractContextManager[Turn]:
        """The one right to watch this store. Raises StoreError where another process holds it."""
        return only_one(self._engine)

    def correct(self, rows: Sequence[Correction]) -> list[Correction]:
        """Add corrections and undoings to the log, those that are not there yet; what was added, as it is kept."""
        with writing(self._engine) as connection:
            return corrections.correct(connection, rows, self._clock().astimezone(UTC))

    def corrections(self, articles_asked: Sequence[str] | None = None, kind: str | None = None) -> list[Correction]:
        """The log of corrections by the time at which they were made, each with what took it back."""
        with looking(self._engine) as connection:
            return corrections.listed(connection, articles_asked, kind)

    def addresses(self, articles_asked: Iterable[str]) -> dict[str, str]:
        """What articles are known by, by their ids; corrections name them so."""
        with looking(self._engine) as connection:
            return corrections.addresses(connection, articles_asked)

    def articles_at(self, known: Iterable[str]) -> dict[str, str]:
        """The ids of the articles that are known by addresses."""
        with looking(self._engine) as connection:
            return corrections.at(connection, known)

    def pack(self, story: str) -> Pack:
        """A story with all that its dossiers rest on. Raises StoreError where there is none."""
        with looking(self._engine) as connection:
            return packed_up(connection, story)

    def take_in(self, pack: Pack, own: Collection[str] = (), corrections_too: bool = False) -> Taken:
        """Keep what of a pack is not there yet; the same again changes nothing."""
        prepared_pack = ready(pack)
        with writing(self._engine) as connection:
            taken = take_in(connection, pack, prepared_pack, own, self._at())
            if corrections_too:
                added = corrections.correct(connection, pack.corrections, self._clock().astimezone(UTC))
                return replace(taken, corrections=len(added))
            known = {c.id for c in corrections.listed(connection, None, None)} if pack.corrections else set()
        return replace(taken, left_out=sum(c.id not in known for c in pack.corrections))

    def sources(self) -> list[SourceState]:
        """The sources, by address."""
        with looking(self._engine) as connection:
            return sources.listed(connection)

    def remembered(self, addresses: Iterable[str]) -> dict[str, Validators]:
        """What is remembered of addresses."""
        with looking(self._engine) as connection:
            return sources.remembered_of(connection, list(addresses))

    def _at(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="seconds")

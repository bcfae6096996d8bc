"""What a store keeps beside the records of the flow: what made it, its versions, its history."""

from __future__ import annotations

from dataclasses import dataclass, field

from recoupe.records.article import Article
from recoupe.records.dossier import Dossier
from recoupe.records.reading import Reading
from recoupe.records.spans import Span


@dataclass(frozen=True, slots=True)
class Made:
    """What made a thing, so that it can be made again: the program's version, the packs' digests, the settings.

    `packs` are pairs of a language and the digest of its pack with all that the languages share; `settings` pairs of a
    setting and its value, those only that bear on the result.
    """

    program: str
    packs: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One article to be kept, with what is to be kept of where it came from.

    `key` is what the article is known by from one run to the next (its address); `report` the digest of the report
    as it came. `live`: it was fetched just now, so that a page that is again as it once was has changed once more; what
    comes out of a file or an archive may be old, and is passed over where it is known. `reader` names the packs and the
    program by which it was read; `reading` may be None where the article is known.
    """

    key: str
    source: str
    report: str
    article: Article
    made: Made
    reader: str = ""
    reading: Reading | None = None
    live: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an entry: the `id` of its article, the `number` of its version, counted from 1.

    `what` is `new`, `changed` (one more version of an article that was known) or `known`.
    """

    id: str
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article that is kept; `seen` is when it was kept (UTC), `reading` None where none is asked."""

    id: str
    number: int
    seen: str
    source: str
    article: Article
    made: Made
    reading: Reading | None = None
    current: bool = True
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Sealed:
    """The current version of an article with its reading as both are kept, to be opened where they are needed.

    `reading` is None where there is none by the reader asked for.
    """

    id: str
    number: int
    seen: str
    lang: str
    article: bytes
    reading: bytes | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """What grouping needs of the version `number` of an article: `body`, and `keys` by which others like it find it.

    `day` is the ordinal of that on which it appeared, of which it was kept where nothing tells; `story` the story that
    it is in.
    """

    article: str
    number: int
    day: int
    keys: tuple[int, ...]
    body: bytes
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The page of an article that came from a source of the web: the article's id, its address, its source."""

    article: str
    address: str
    source: str


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source: when it was last tried and last gave what it holds, failures in a row, and the last error."""

    address: str
    tried: str | None = None
    succeeded: str | None = None
    failures: int = 0
    error: str | None = None
    reports: int = 0


@dataclass(frozen=True, slots=True)
class KeptStory:
    """A story that is kept, without its reports.

    `articles` are the ids of those that are in it now. `first` and `last` are the days of its earliest and latest
    report; `contested` counts the questions of its dossier that are, `origins` the most independent origins behind one.
    """

    id: str
    title: str
    created: str
    changed: str
    articles: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    contested: int = 0
    origins: int = 0
    dossiers: int = 0


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """Something that happened to a story, in the order of `number`, whatever the clock said.

    `what` is `joined`, `left`, `changed` (an article has a new version), `moved` (into the story `detail`) or
    `dossier` (the number in `detail`).
    """

    number: int
    at: str
    what: str
    article: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class KeptDossier:
    """One dossier of a story; `number` counts from 1, `versions` are (article, version) that it was made from."""

    story: str
    number: int
    at: str
    made: Made
    versions: tuple[tuple[str, int], ...]
    dossier: Dossier


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found; `score` is higher where it fits better, and means nothing between searches."""

    id: str
    number: int
    title: str
    outlet: str | None
    lang: str
    published: str | None
    score: float
    excerpt: str
    story: str | None = None
    current: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One finding that differs between two versions: `what` is added, removed or changed; `kind` a Kind, `statement`
    or `title`. `before` and `after` are the words, with the value in brackets where there is one; `was` and `now` are
    where they stand in the two texts, None for a title."""

    what: str
    kind: str
    before: str = ""
    after: str = ""
    notes: tuple[str, ...] = field(default=())
    was: Span | None = field(default=None, compare=False)
    now: Span | None = field(default=None, compare=False)

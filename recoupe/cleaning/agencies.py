"""Agencies: whether a short line names a news agency."""

from __future__ import annotations

import re
from functools import cache

from recoupe.languages import shared

_WORDS = re.compile(r"[^\W_]+")


def names_agency(text: str) -> bool:
    """Whether a news agency is named, in the letters that it is written with: 'AFP', '(Jane Roe, Reuters)'."""
    return agency_of(text) is not None


def agency_of(text: str) -> str | None:
    """The label of the agency that is named in a short line, None where none is."""
    words = _WORDS.findall(text)
    known = _agencies()
    if known.keys().isdisjoint(words):
        return None
    spaced = f" {' '.join(words)} "
    return next((label for word in words for name, label in known.get(word, ()) if name in spaced), None)


@cache
def _agencies() -> dict[str, list[tuple[str, str]]]:
    """By their first word, the names of agencies with their words between blanks, and their labels."""
    found: dict[str, list[tuple[str, str]]] = {}
    for label, forms in shared("agencies")["agencies"].items():
        for form in forms:
            words = _WORDS.findall(form)
            if words:
                found.setdefault(words[0], []).append((f" {' '.join(words)} ", label))
    return found

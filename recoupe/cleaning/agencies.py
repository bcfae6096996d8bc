"""Agencies: whether a short line names a news agency."""

from __future__ import annotations

import re
from functools import cache

from recoupe.languages import shared

_WORDS = re.compile(r"[^\W_]+")


def names_agency(text: str) -> bool:
    """Whether a news agency is named, in the letters that it is written with: 'AFP', '(Jane Roe, Reuters)'."""
    words = _WORDS.findall(text)
    known = _agencies()
    if known.keys().isdisjoint(words):
        return False
    spaced = f" {' '.join(words)} "
    return any(name in spaced for word in words for name in known.get(word, ()))


@cache
def _agencies() -> dict[str, list[str]]:
    """By their first word, the names of agencies with their words between blanks."""
    found: dict[str, list[str]] = {}
    for forms in shared("agencies")["agencies"].values():
        for form in forms:
            words = _WORDS.findall(form)
            if words:
                found.setdefault(words[0], []).append(f" {' '.join(words)} ")
    return found

"""Agencies: whether a short line names a news agency."""

from __future__ import annotations

import re
from functools import cache

from recoupe.languages import shared

_WORDS = re.compile(r"[^\W_]+")


def names_agency(text: str) -> bool:
    """Whether a news agency is named, in the letters that it is written with: 'AFP', '(Jane Roe, Reuters)'."""
    spaced = _spaced(text)
    return any(name in spaced for name in _agencies())


def _spaced(text: str) -> str:
    """The words of a text between blanks."""
    return f" {' '.join(_WORDS.findall(text))} "


@cache
def _agencies() -> tuple[str, ...]:
    forms = (form for forms in shared("agencies")["agencies"].values() for form in forms)
    return tuple(_spaced(form) for form in forms)

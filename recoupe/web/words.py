"""Words: what the desk itself says, in French and English: the words of the dossier's interface and the desk's own.

A language is a folder in `ui/`; each group of pages has a file in it, whose tables add to those of the others.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from recoupe.writing.wording import Wording, interfaces, wording

FOLDER = Path(__file__).parent / "ui"


@cache
def words(code: str) -> Wording:
    """The words of the desk in a language of the interface, with those of the dossier under the same keys."""
    tables = dict(wording(code).tables)
    for file in sorted((FOLDER / code).glob("*.toml")):
        for name, table in tomllib.loads(file.read_text("utf-8")).items():
            tables[name] = _added(tables.get(name), table)
    return Wording(code, tables)


def _added(have: Any, more: Any) -> Any:
    return {**have, **more} if isinstance(have, dict) and isinstance(more, dict) else more


def language_of(asked: str | None, remembered: str | None, accepted: str, otherwise: str) -> str:
    """The language of the interface: the one asked for, else the one of the last time, else the browser's.

    >>> language_of(None, None, "vi, fr-CA;q=0.8, en;q=0.4", "en")
    'fr'
    """
    known = interfaces()
    for code in (asked, remembered):
        if code in known:
            return str(code)
    ranked = sorted((_accepted(part) for part in accepted[:500].split(",")), key=lambda r: -r[0])
    return next((code for weight, code in ranked if code in known and weight > 0), otherwise)


def _accepted(part: str) -> tuple[float, str]:
    """How welcome a language is, and its code: 'fr-CA;q=0.8'."""
    name, _, weight = part.partition(";")
    try:
        rank = float(weight.partition("=")[2] or 1)
    except ValueError:
        rank = 0.0
    return rank, name.strip().partition("-")[0].lower()

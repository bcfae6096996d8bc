"""Made: what makes readings and dossiers here and now, so that what is kept can say so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from recoupe import languages, weights
from recoupe.records.kept import Made
from recoupe.settings import Settings

_EXAMPLES = "examples.toml"  # a pack's test; no reading rests on it


def program() -> str:
    """The version of this program."""
    from recoupe import __version__

    return __version__


@cache
def pack_digest(code: str) -> str:
    """What a language's readings rest on beside the program: its pack, what all languages share, trained weights."""
    home = Path(languages.__file__).parent
    digest = hashlib.sha256(_shared().encode())
    for file in sorted((home / code).rglob("*.toml")):
        if file.name != _EXAMPLES:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


@cache
def _shared() -> str:
    digest = hashlib.sha256()
    trained = Path(weights.__file__).parent
    for file in [*sorted(Path(languages.__file__).parent.glob("*.toml")), *sorted(trained.rglob("*"))]:
        if file.is_file() and file.suffix not in (".py", ".pyc", ".md"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def reader_of(code: str, settings: Settings) -> str:
    """By what a language is read now; another one reads anew."""
    pipeline = dict(settings.pipelines).get(code)
    return f"{program()}+{pack_digest(code)}{f'+{pipeline}' if pipeline else ''}"


def readers(settings: Settings) -> dict[str, str]:
    """The reader of each language."""
    return {code: reader_of(code, settings) for code in languages.available()}


def made(codes: Iterable[str], settings: Settings, dossier: bool = False) -> Made:
    """What makes a reading, or a dossier, of those languages."""
    known = languages.available()
    packs = tuple((code, pack_digest(code)) for code in sorted(set(codes)) if code in known)
    turned = [(f"pipeline {code}", name) for code, name in settings.pipelines]
    if dossier:
        turned += [("ui", settings.ui), ("vague", settings.vague)]
    return Made(program(), packs, tuple(turned))

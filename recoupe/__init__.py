"""Recoupe: cross-check reports of one event.

Six verbs string together: `load`, `clean`, `read`, `group`, `compare`, `write`; `cross_check` runs them all.

    import recoupe

    dossier = recoupe.cross_check(["a.txt", "b.html"])
    for question in dossier.questions:
        print(question.verdict, question.label)

Everything here is resolved on first use, so that `import recoupe` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recoupe.cleaning import clean as clean
    from recoupe.comparing import compare as compare
    from recoupe.errors import RecoupeError as RecoupeError
    from recoupe.grouping import group as group
    from recoupe.loading import load as load
    from recoupe.pipeline import cross_check as cross_check
    from recoupe.pipeline import cross_check_all as cross_check_all
    from recoupe.pipeline import group_all as group_all
    from recoupe.pipeline import one_story as one_story
    from recoupe.pipeline import open_stories as open_stories
    from recoupe.pipeline import read_all as read_all
    from recoupe.pipeline import save_stories as save_stories
    from recoupe.pipeline import write_up as write_up
    from recoupe.reading import read as read
    from recoupe.records import Article as Article
    from recoupe.records import Comparison as Comparison
    from recoupe.records import Dossier as Dossier
    from recoupe.records import Problem as Problem
    from recoupe.records import Reading as Reading
    from recoupe.records import Report as Report
    from recoupe.records import Span as Span
    from recoupe.records import Story as Story
    from recoupe.settings import Settings as Settings
    from recoupe.writing import to_pandas as to_pandas
    from recoupe.writing import to_spacy as to_spacy
    from recoupe.writing import write as write

__version__ = "0.1.0"

_HOMES = {
    "load": "loading", "clean": "cleaning", "read": "reading",
    "group": "grouping", "compare": "comparing", "write": "writing",
    "to_pandas": "writing", "to_spacy": "writing",
    "cross_check": "pipeline", "cross_check_all": "pipeline", "group_all": "pipeline", "one_story": "pipeline",
    "open_stories": "pipeline", "read_all": "pipeline", "save_stories": "pipeline", "write_up": "pipeline",
    "Article": "records", "Comparison": "records", "Dossier": "records", "Problem": "records", "Reading": "records",
    "Report": "records", "Span": "records", "Story": "records", "Settings": "settings", "RecoupeError": "errors",
}  # fmt: skip

__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'recoupe' has no attribute {name!r}")
    value = getattr(import_module(f"recoupe.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

"""Work: what a worker does with one report or one story; plain functions, all that crosses to another process."""

from __future__ import annotations

from functools import cache

from recoupe.errors import RecoupeError
from recoupe.records import Article, Dossier, Problem, Reading, Report
from recoupe.settings import Settings


def cleaned(task: tuple[Report, Settings]) -> Article | Problem:
    """The article of a report, or why there is none."""
    from recoupe.pipeline import clean_one

    report, settings = task
    try:
        return clean_one(report, settings)
    except RecoupeError as error:
        return Problem(report.address, "clean", str(error))


def read_one(task: tuple[Article, str | None]) -> Reading | Problem:
    """The reading of an article, names proposed by the spaCy pipeline that is named, if any."""
    from recoupe.reading import read

    article, pipeline = task
    try:
        return read(article, _pipeline(pipeline) if pipeline else None)
    except RecoupeError as error:
        return Problem(article.path, "read", str(error))


def written(task: tuple[tuple[Reading, ...], str, str]) -> Dossier | None:
    """The dossier of a story; None where fewer than two different reports tell it."""
    from recoupe.pipeline import one_story, write_up

    readings, ui, vague = task
    try:
        return write_up(one_story(readings, lambda problem: None), ui, vague)
    except RecoupeError:
        return None


@cache
def _pipeline(name: str):  # type: ignore[no-untyped-def]  # what spaCy gives
    from recoupe.reading import open_pipeline

    return open_pipeline(name)

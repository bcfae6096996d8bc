"""Work: what a worker does with one report or one story; plain functions, all that crosses to another process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from recoupe.errors import RecoupeError
from recoupe.records import Article, Dossier, Problem, Reading, Report, Story
from recoupe.records.correction import Correction
from recoupe.records.kept import Entry, Made
from recoupe.settings import Settings

if TYPE_CHECKING:
    from recoupe.store.preparing import Prepared, PreparedReading

Known = tuple[tuple[str, str], ...]
"""Articles by their ids with what they are known by."""


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


def prepared_one(task: tuple[Entry, str | None]) -> Prepared | Problem:
    """An entry with the reading of its article, all as it will be written, or why there is none."""
    from recoupe.store.preparing import prepared

    entry, pipeline = task
    reading = read_one((entry.article, pipeline))
    if isinstance(reading, Problem):
        return reading
    try:
        return prepared(replace(entry, reading=reading))
    except RecoupeError as error:
        return Problem(entry.article.path, "read", f"{entry.article.path}: {error}")


def prepared_reading_of(task: tuple[Article, str, Made, str | None]) -> PreparedReading | Problem:
    """The reading of an article by a reader, as it will be written, or why there is none."""
    from recoupe.store.preparing import prepared_reading

    article, reader, made, pipeline = task
    reading = read_one((article, pipeline))
    if isinstance(reading, Problem):
        return reading
    try:
        return prepared_reading(reading, reader, made)
    except RecoupeError as error:
        return Problem(article.path, "read", f"{article.path}: {error}")


def written(task: tuple[tuple[Reading, ...], str, str, tuple[Correction, ...], Known]) -> Dossier | None:
    """The dossier of a story as corrections have it; None where fewer than two different reports tell it."""
    from recoupe.pipeline import one_story, write_up

    readings, ui, vague, corrections, known = task
    try:
        story = one_story(readings, lambda problem: None)
        return write_up(story, ui, vague, corrections, _known(story, readings, dict(known)))
    except RecoupeError:
        return None


def _known(story: Story, readings: Sequence[Reading], addresses: dict[str, str]) -> list[frozenset[str]]:
    """What each report of a story is known by; a report that says the same to the letter goes by the other's too."""
    by_text: dict[str, set[str]] = {}
    for reading in readings:
        by_text.setdefault(reading.article.text, set()).add(addresses.get(reading.article.id, ""))
    return [frozenset(by_text[reading.article.text] - {""}) for reading in story.readings]


@cache
def _pipeline(name: str):  # type: ignore[no-untyped-def]  # what spaCy gives
    from recoupe.reading import open_pipeline

    return open_pipeline(name)

"""Work: what a worker does with one report or one story; plain functions, all that crosses to another process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from recoupe.errors import RecoupeError
from recoupe.records import Article, Dossier, Problem, Reading, Report, Story
from recoupe.records.correction import Correction
from recoupe.records.kept import Entry, Made, Sealed
from recoupe.settings import Settings

if TYPE_CHECKING:
    from recoupe.store.preparing import Prepared, PreparedDossier, PreparedReading, PreparedSketch

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
        return replace(prepared(replace(entry, reading=reading)), sketch=_sketch(reading))
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


def sketch_one(version: Sealed) -> PreparedSketch | Problem:
    """What grouping needs of a version that has a reading, or why it cannot be had."""
    from recoupe.store.packing import opened_reading

    try:
        return _sketch(opened_reading(version))
    except RecoupeError as error:
        return Problem(version.id, "group", str(error))


def _sketch(reading: Reading) -> PreparedSketch:
    from recoupe.grouping.roundups import told
    from recoupe.grouping.sketches import packed, telling
    from recoupe.store.preparing import PreparedSketch

    report = told(reading)
    return PreparedSketch(report.first, telling(report), packed(report))


def written(
    task: tuple[tuple[Sealed, ...], str, str, tuple[Correction, ...], Known],
) -> PreparedDossier | Problem | None:
    """The dossier of a story as it will be written, as corrections have it.

    None where fewer than two different reports tell it; a problem where one that was kept cannot be opened.
    """
    from recoupe.store.packing import opened_reading
    from recoupe.store.preparing import prepared_dossier

    versions, ui, vague, corrections, known = task
    try:
        readings = tuple(opened_reading(version) for version in versions)
    except RecoupeError as error:
        return Problem("", "compare", str(error))
    dossier = dossier_of(readings, ui, vague, corrections, known)
    return None if dossier is None else prepared_dossier(dossier)


def dossier_of(
    readings: Sequence[Reading],
    ui: str,
    vague: str,
    corrections: Sequence[Correction] = (),
    known: Known = (),
) -> Dossier | None:
    """The dossier of a story; None where fewer than two different reports tell it."""
    from recoupe.pipeline import one_story, write_up

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

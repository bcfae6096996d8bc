"""What has to hold of a pack beside the forms of its parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from recoupe.records import Span
from recoupe.records.pack import Pack

_STORY, _ARTICLE, _DIGEST = (re.compile(p) for p in (r"s[a-z0-9]{1,20}", r"a[a-z2-7]{10}", r"[0-9a-f]{32}"))
_LONGEST_KEY = 4096


def what_is_wrong(pack: Pack) -> str | None:
    """Why a pack cannot be taken in, None where nothing is wrong with it."""
    return next(_wrong(pack), None)


def _wrong(pack: Pack) -> Iterator[str]:
    if not _STORY.fullmatch(pack.story.id):
        yield f"{pack.story.id[:40]!r} is no id of a story"
    there = {(v.id, v.number): v for v in pack.versions}
    for version in pack.versions:
        if not 0 < len(version.key) <= _LONGEST_KEY or not _ARTICLE.fullmatch(version.id):
            yield f"{version.id[:40]!r} is not what an article is known by"
        if not all(_DIGEST.fullmatch(report) for report in version.reports):
            yield f"a report of {version.id} has no digest"
        if _beyond(version.article, len(version.article.text)):
            yield f"words of {version.id} lie outside its text"
    current = Counter(v.id for v in pack.versions if v.current)
    if wrong := [v.id for v in pack.versions if current[v.id] != 1]:
        yield f"{wrong[0]} has not one version that is current"
    keys = Counter(key for _, key in {(v.id, v.key) for v in pack.versions})
    if len(keys) != len(current) or max(keys.values(), default=1) > 1:
        yield "two articles are known by one address"
    yield from _wrong_in_story(pack, set(there))
    for note, reading in pack.readings:
        found = there.get((note.id, note.number))
        if found is None:
            yield f"there is a reading of {note.id} {note.number}, but not that version"
        elif _beyond(reading, len(found.article.text)):
            yield f"a reading of {note.id} finds words outside its text"


def _wrong_in_story(pack: Pack, there: set[tuple[str, int]]) -> Iterator[str]:
    if missing := sorted(set(pack.story.articles) - {id_ for id_, _ in there}):
        yield f"{missing[0][:40]!r} is in the story, but not in the pack"
    numbers = [note.number for note, _ in pack.dossiers]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "its dossiers are not numbered from 1 on"
    for note, _ in pack.dossiers:
        if not _DIGEST.fullmatch(note.digest):
            yield f"dossier {note.number} has no digest"
        if unknown := [v for v in note.versions if v not in there]:
            yield f"dossier {note.number} rests on version {unknown[0][1]} of {unknown[0][0][:40]}, which is not there"
    if [event.number for event in pack.events] != sorted({event.number for event in pack.events}):
        yield "its history is not in order"


def _beyond(record: object, end: int) -> bool:
    """Whether a span of a record, or of anything in it, ends after so many code points."""
    if isinstance(record, Span):
        return record.end > end
    if isinstance(record, tuple | list):
        return any(_beyond(part, end) for part in record if not isinstance(part, str | int | float))
    if is_dataclass(record):
        return any(_beyond(getattr(record, f.name), end) for f in fields(record))
    return False

"""Export: a store's stories one after another as dossiers, as tables are made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from recoupe.errors import SettingsError
from recoupe.records import Dossier, Reading
from recoupe.records.kept import KeptStory, Version
from recoupe.store import Store, Which
from recoupe.writing.of_one import of_one

_STORIES, _ARTICLES = 25, 100  # so many are in memory at once


def stored(
    store: Store,
    which: Which | None = None,
    names: Sequence[str] = (),
    alone: Mapping[str, str] | None = None,
) -> Iterator[tuple[str | None, Dossier]]:
    """The last dossier of each story, by the story's id, with that id.

    `names` are ids of stories, or the beginnings of ids, and by default all that `which` asks for. With `alone`, the
    readers of each language, a report that nothing is compared with follows as a dossier of its own, under the id of
    its story or None; what is known of it rests on what those readers made of it. A few stories are in memory at a
    time, and each few are as they are at that moment. Raises StoreError where there is no such story.
    """
    which = replace(which or Which(), least=1, most=_STORIES, after="")
    if names:
        if which.since or which.until or which.contested:
            raise SettingsError("stories that are named need no day; leave --since and --until out.")
        kept = {story.id: story for story in map(store.story, names)}
        yield from _dossiers(store, [kept[name] for name in sorted(kept)], alone)
        return
    while stories := store.stories(which):
        yield from _dossiers(store, stories, alone)
        which = replace(which, after=stories[-1].id)
    if alone is not None and not which.contested:
        which = replace(which, after="", most=_ARTICLES)
        while ids := store.unplaced(which):
            yield from _alone(store, ids, alone)
            which = replace(which, after=ids[-1])


def _dossiers(
    store: Store, stories: Sequence[KeptStory], alone: Mapping[str, str] | None
) -> Iterator[tuple[str | None, Dossier]]:
    found = {kept.story: kept.dossier for kept in store.last_dossiers([story.id for story in stories])}
    for story in stories:
        if story.id in found:
            yield story.id, found.pop(story.id)
        elif alone is not None:
            for i in range(0, len(story.articles), _ARTICLES):
                yield from _alone(store, story.articles[i : i + _ARTICLES], alone)


def _alone(store: Store, ids: Sequence[str], readers: Mapping[str, str]) -> Iterator[tuple[str | None, Dossier]]:
    for version in store.current(ids, readers=readers):
        yield version.story, of_one(_reading(version))


def _reading(version: Version) -> Reading:
    """What the readers of today made of it; nothing but its text where they have not read it yet."""
    return version.reading or Reading(version.article)

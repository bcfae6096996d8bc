"""Copying: which reports copy which, as corrections have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recoupe.records import Reading, Story

Marks = tuple[int | None, ...]


class Copying:
    """The copies and versions of a story, with what is said of them, the last word first."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._of: dict[int, tuple[int, str]] = {}
        self._not: dict[tuple[int, int], str] = {}

    def take(self, article: int, of: int, same: bool, by: str) -> str | None:
        """Say that a report copies another, or does not; the id of what was said against it before, if anything."""
        if not same:
            if article in self._of and self._of[article][0] == of:
                return self._of[article][1]
            self._not.setdefault((article, of), by)
            return None
        if (article, of) in self._not:
            return self._not[article, of]
        if article in self._of:
            return None if self._of[article][0] == of else self._of[article][1]
        at, seen = of, {article}
        while at in self._of:  # round in a circle
            at, told = self._of[at]
            if at in seen:
                return told
        self._of[article] = (of, by)
        return None

    @property
    def separate(self) -> frozenset[tuple[int, int]]:
        """The pairs of which the first has not its words from the second."""
        return frozenset(self._not)

    def story(self, readings: Sequence[Reading]) -> Story:
        """The story with its readings and marks as they are said to be; copies of a copy point to the original."""
        story = replace(self._story, readings=tuple(readings))
        if not self._of and not self._not:
            return story
        none: Marks = (None,) * len(readings)
        copies, versions = list(story.copies or none), list(story.versions or none)
        for (article, of), _ in self._not.items():
            for marks in (copies, versions):
                if marks[article] == of:
                    marks[article] = None
        for article, (of, _) in self._of.items():
            copies[article], versions[article] = of, None
        for article in range(len(readings)):
            copies[article] = self._root(article, copies)
        return replace(story, copies=tuple(copies), versions=tuple(versions))

    def _root(self, article: int, copies: Sequence[int | None]) -> int | None:
        """The original of a report; where the marks go round, what is said counts and the machine's mark goes."""
        at, seen = copies[article], [article]
        while at is not None and copies[at] is not None:
            if at in seen:
                return self._of[article][0] if article in self._of else None
            if (article, copies[at]) in self._not:
                return at
            seen.append(at)
            at = copies[at]
        return at if at != article else None

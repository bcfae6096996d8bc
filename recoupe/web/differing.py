"""Differing: what changed in the words of an article from one version to the next, line by line and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from recoupe.writing.safe import clipped

_WORDS = re.compile(r"\s+|[^\s]{1,80}")
_LINES, _PIECES = 400, 600
"""Lines of a text, and words of a line, that are compared at most: the comparison takes their square."""
_LONG = 4000
_SENTENCE = re.compile(r"(?<=[.!?…»”])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is the same in both (``), only in the newer (`ins`) or only in the older (`del`)."""

    what: str
    text: str


def differences(before: str, after: str) -> list[list[Piece]]:
    """The sentences that differ, each as its pieces; those that are the same are left out."""
    old, new = _sentences(before), _sentences(after)
    found: list[list[Piece]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            continue
        for left, right in _paired(old[a:b], new[c:d]):
            found.append(list(_pieces(left, right)))
    return found


def _sentences(text: str) -> list[str]:
    """The sentences of a text, as many as are compared; white space around them tells nothing."""
    found = []
    for sentence in _SENTENCE.split(text[: _LINES * _LONG]):
        if line := " ".join(sentence.split()):
            found.append(clipped(line, _LONG))
        if len(found) == _LINES:
            break
    return found


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Sentences in the place of others: one for one as long as there are both."""
    for i in range(max(len(old), len(new))):
        yield old[i] if i < len(old) else "", new[i] if i < len(new) else ""


def _pieces(before: str, after: str) -> Iterator[Piece]:
    if not before or not after:
        yield Piece("del" if before else "ins", before or after)
        return
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) > _PIECES or len(new) > _PIECES or matcher.ratio() < 0.3:
        yield Piece("del", before)
        yield Piece("ins", after)
        return
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield Piece("", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("del", "".join(old[a:b]))
        if d > c:
            yield Piece("ins", "".join(new[c:d]))

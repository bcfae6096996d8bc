"""Lines: the paragraphs of a text, joined where a long line was folded, with what their shape tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

_LINE = re.compile(r"[^\n\r\u2028\u2029\u0085\v\f]+")
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_TERMINAL = ".!?…。！？।"
_CLOSING = "»”\"’')]›“ \t\u00a0\u202f\u200e\u200f\u2009*"
_HEAD = 400
"""What is looked at of a line at most: furniture is short."""


class Line(Struct, frozen=True):
    """A paragraph of the text, `start` to `end` without the blanks around it.

    `head` are its first characters (all of them where there are fewer than 400); `words` counts those of the whole;
    `ended`: it closes with a sign that closes a sentence; `apart`: a blank line stands before it.
    """

    start: int
    end: int
    head: str
    words: int
    ended: bool
    apart: bool
    last: str

    @property
    def whole(self) -> bool:
        """Whether `head` is all of it."""
        return self.end - self.start <= _HEAD

    @property
    def key(self) -> str:
        """By this it is found again: words in lower case."""
        return " ".join(w.lower() for w in _WORD.findall(self.head))


def lines(text: str) -> list[Line]:
    """The paragraphs of a text, in order."""
    return [_line(text, start, end, apart) for start, end, apart in _joined(text)]


def _line(text: str, start: int, end: int, apart: bool) -> Line:
    head = text[start : min(end, start + _HEAD)]
    # beyond the head only the number of words matters, and roughly
    words = len(_WORD.findall(head)) if end - start <= _HEAD else max(len(_WORD.findall(head)), (end - start) // 7)
    tail = text[max(start, end - 12) : end].rstrip(_CLOSING)
    return Line(start, end, head, words, bool(tail) and tail[-1] in _TERMINAL, apart, tail[-1:] or text[end - 1])


def _raw(text: str) -> Iterator[tuple[int, int, bool]]:
    """Each line that is not blank: start, end, whether a blank one stands before it."""
    before = 0
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        gap = text[before:start]
        yield start, start + len(stripped), gap.replace("\r\n", "\n").count("\n") + gap.count("\u2029") > 1
        before = start + len(stripped)


def _joined(text: str) -> Iterator[tuple[int, int, bool]]:
    rows = list(_raw(text))
    width = _fold_width(text, rows)
    current: tuple[int, int, bool] | None = None
    previous_start = 0
    for start, end, apart in rows:
        if current and not apart and _continues(text, previous_start, current[1], start, end, width):
            current = (current[0], end, current[2])
        else:
            if current:
                yield current
            current = (start, end, apart)
        previous_start = start
    if current:
        yield current


def _fold_width(text: str, rows: list[tuple[int, int, bool]]) -> int:
    """The width that lines were folded to, 0 where they were not: most lines fall just short of it, and go on."""
    lengths = [end - start for (start, end, _), (_, _, apart) in pairwise(rows) if not apart]
    if len(lengths) < 3:
        return 0
    width = max(lengths)
    if not 40 <= width <= 130:
        return 0
    full = sum(length > width - 16 for length in lengths)
    return width if full * 10 >= len(lengths) * 6 else 0


def _continues(text: str, previous: int, before: int, start: int, end: int, width: int) -> bool:
    """Whether a line goes on with the sentence of the one before it, which runs from `previous` to `before`."""
    length = before - previous
    if length >= 40 and text[start].islower() and text[before - 1] not in _TERMINAL + ":":
        return True
    if not width:
        return False
    first = text.find(" ", start, min(end, start + 40))
    word = (first if first >= 0 else end) - start
    return length + 1 + word > width

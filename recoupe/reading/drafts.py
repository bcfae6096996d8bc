"""Drafts: a statement and its sentence while they are being read, in tokens."""

from __future__ import annotations

from msgspec import Struct

from recoupe.reading.cues import Cue

MARKS = frozenset('«»“”„"‘’‹›')  # quotation marks
ENDS = frozenset(".!?…")
DASHES = frozenset("—–―")

Range = tuple[int, int]  # tokens, the last excluded


class Draft(Struct):
    """A statement while it is being read.

    `aside`: it stands in a relative clause of the writer's; `verb`: its cue is a verb; `pronoun`: its source is one,
    `hint` a phrase of the same sentence that it most likely means; `mood`: its cue, a verb's mood, is a word of the
    content; `sentence` is the index of its piece of text.
    """

    cue: Range
    content: list[Range]
    source: Range | None
    act: str
    negated: bool = False
    hedge: bool = False
    sentence: int = 0
    pronoun: bool = False
    aside: bool = False
    verb: bool = True
    hint: Range | None = None
    mood: bool = False


class Clause(Struct):
    """A sentence with its cues: tokens `first` to `last` (excluded); `end` is the token after its last word."""

    index: int
    first: int
    last: int
    end: int
    paragraph: int
    cues: list[Cue] = []

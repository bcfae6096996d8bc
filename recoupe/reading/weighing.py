"""Weighing: a model of crfsuite whose features are added up here, once for each word, instead of one by one there.

crfsuite looks up each feature of each word by its name, twenty a word, most of them the same whenever the word comes
again. Here the file is read as crfsuite itself reads it, and what features that always come together say for each
label is added up when they are first met. The labels are then found from one sum a label (`chains`).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from recoupe.reading.chains import Chains

_HEADER = struct.Struct("<4sI4s9I")  # magic, size, type, version, counts (features, labels, attributes), offsets
_FEATURES = [("sort", "<u4"), ("from", "<u4"), ("label", "<u4"), ("weight", "<f8")]
_NAMES = struct.Struct("<4s5I")  # magic, size, flags, byte order, number of names, where the list of them begins
_CHUNK = struct.Struct("<4s2I")  # magic, size, number of features that follow
_RECORD = 8  # bytes before a name: its number and its length
_OF_ATTRIBUTE, _OF_LABEL = 0, 1  # what a feature is about: an attribute of a word, or the label before
_ROOM = 1024  # rows for which room is made at first


class Rows:
    """Rows of numbers, each under a number of its own, that are fetched many at once; row 0 is all zeros."""

    def __init__(self, width: int) -> None:
        import numpy as np

        self._made = np.zeros((_ROOM, width))
        self.next = 1
        """The number that the next row is kept under."""

    def add(self, rows: Any) -> None:
        """Keep the rows of an array, the first under the number `next`, the others under those that follow."""
        first, after = self.next, self.next + len(rows)
        if after > len(self._made):
            import numpy as np

            made = np.zeros((max(after, 2 * len(self._made)), self._made.shape[1]))
            made[:first] = self._made[:first]
            self._made = made
        self._made[first:after] = rows
        self.next = after

    def take(self, numbers: Sequence[int]) -> Any:
        """An array of the rows under these numbers, to be changed at will."""
        return self._made.take(numbers, axis=0)

    def aslant(self, numbers: Sequence[int], parts: int) -> Any:
        """The sums of the first part of a row, the second of the next row, and so on; a row shorter by `parts` - 1.

        The rows under `numbers` are cut in so many equal parts.
        """
        import numpy as np

        rows = self._made.take(numbers, axis=0)
        down, across = rows.strides
        width = rows.shape[1] // parts
        return np.ndarray(
            (len(numbers) - parts + 1, parts, width), rows.dtype, rows, 0, (down, down + width * across, across)
        ).sum(axis=1)

    def clear(self) -> None:
        """Forget all rows."""
        self.next = 1


class Model:
    """A model opened from a file that crfsuite has written. Raises ValueError if it is none."""

    def __init__(self, file: str) -> None:
        import numpy as np

        with open(file, "rb") as opened:
            data = opened.read()
        if len(data) < _HEADER.size or data[:4] != b"lCRF":
            raise ValueError(f"{file}: not a model of crfsuite")
        *_, features, labels, names, _, _ = _HEADER.unpack_from(data)
        self.labels = _names(data, labels)
        """The labels, in the order of their numbers."""
        self.count = len(self.labels)
        """The number of labels."""
        known = _names(data, names)
        self._numbers = dict(zip(known, range(1, len(known) + 1)))  # feature -> its row of `_weights`
        self._weights = np.zeros((len(known) + 1, self.count))  # row 0: what an unknown feature says
        *_, count = _CHUNK.unpack_from(data, features)
        told = np.frombuffer(data, _FEATURES, count, features + _CHUNK.size)
        of_attribute, of_label = told[told["sort"] == _OF_ATTRIBUTE], told[told["sort"] == _OF_LABEL]
        self._weights[of_attribute["from"] + 1, of_attribute["label"]] = of_attribute["weight"]
        transitions = np.zeros((self.count, self.count))
        transitions[of_label["from"], of_label["label"]] = of_label["weight"]
        self.chains = Chains(transitions)
        """Finds labels by what the model says of one label after another."""

    def weigh(self, rows: Sequence[Sequence[str]]) -> Any:
        """What the features of each row say together, an array of rows by labels; an unknown feature says nothing.

        Weights are added in the order of the features. At least one row.
        """
        number = self._numbers.get
        numbers = [[number(feature, 0) for feature in row] for row in rows]
        return self._weights.take(list(zip_longest(*numbers, fillvalue=0)), axis=0).sum(axis=0)


def _names(data: bytes, at: int) -> list[str]:
    """Names in the order of their numbers, from where a list of them begins."""
    *_, count, listed = _NAMES.unpack_from(data, at)
    places = [at + place + _RECORD for place in struct.unpack_from(f"<{count}I", data, at + listed)]
    return [data[place : data.index(0, place)].decode() for place in places]

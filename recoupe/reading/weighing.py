"""Weighing: a model of crfsuite whose features are added up here, once for each word, instead of one by one there.

crfsuite looks up each feature of each word by its name, twenty a word, most of them the same whenever the word comes
again. Here the file is read as crfsuite itself reads it, and what features that always come together say for each
label is added up when they are first met. The labels are then found from one sum a label (`chains`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from recoupe.reading.chains import Chains

_HEADER = struct.Struct("<4sI4s9I")  # magic, size, type, version, counts (features, labels, attributes), offsets
_FEATURE = struct.Struct("<IIId")  # sort, attribute, label, weight
_NAMES = struct.Struct("<4s5I")  # magic, size, flags, byte order, number of names, where the list of them begins
_REFERENCES = struct.Struct("<4s2I")  # magic, size, number of attributes
_CHUNK = 12  # bytes before the first feature, and before the first reference
_RECORD = 8  # bytes before a name: its number and its length
_KEPT = 50_000  # features that are remembered
_ROOM = 1024  # rows for which room is made at first


class Rows:
    """Rows of numbers, each under a number of its own, that are fetched many at once; row 0 is all zeros."""

    def __init__(self, width: int) -> None:
        import numpy as np

        self._made = np.zeros((_ROOM, width))
        self._count = 1

    def add(self, row: Sequence[float]) -> int:
        """Keep a row; returns its number."""
        made, number = self._made, self._count
        if number == len(made):
            import numpy as np

            self._made = made = np.concatenate([made, np.zeros_like(made)])
        made[number] = row
        self._count += 1
        return number

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
        self._count = 1


class Model:
    """A model opened from a file that crfsuite has written. Raises ValueError if it is none."""

    def __init__(self, file: str) -> None:
        with open(file, "rb") as opened:
            data = opened.read()
        if len(data) < _HEADER.size or data[:4] != b"lCRF":
            raise ValueError(f"{file}: not a model of crfsuite")
        *_, self._features, labels, names, after, references = _HEADER.unpack_from(data)
        self._data = data
        self._after, self._where = self._references(after), self._references(references)
        found = self._names(names)
        self._numbers = dict(zip(found, range(len(found))))
        self.labels = [name.decode() for name in self._names(labels)]
        """The labels, in the order of their numbers."""
        self.count = len(self.labels)
        """The number of labels."""
        self._said: dict[str, tuple[tuple[int, float], ...]] = {}

    @cached_property
    def chains(self) -> Chains:
        """Finds labels by what the model says of one label after another."""
        import numpy as np

        transitions = np.zeros((self.count, self.count))
        for label, at in enumerate(self._after[: self.count]):
            for after, weight in self._told(at):
                transitions[label, after] = weight
        return Chains(transitions)

    def weigh(self, features: Iterable[str]) -> list[float]:
        """What some features say together, a number a label; one that the model does not know says nothing."""
        sums = [0.0] * self.count
        said = self._said
        for feature in features:
            weights = said.get(feature)
            if weights is None:
                if len(said) > _KEPT:
                    said.clear()
                weights = said[feature] = self._weights(feature)
            for label, weight in weights:
                sums[label] += weight
        return sums

    def _weights(self, feature: str) -> tuple[tuple[int, float], ...]:
        """What one feature says of those labels of which it says anything."""
        number = self._numbers.get(feature.encode())
        if number is None:
            return ()
        return tuple(self._told(self._where[number]))

    def _told(self, at: int) -> Iterator[tuple[int, float]]:
        """The features that a list at a place of the file refers to: the label of each, and its weight."""
        (count,) = struct.unpack_from("<I", self._data, at)
        for n in struct.unpack_from(f"<{count}I", self._data, at + 4):
            _, _, label, weight = _FEATURE.unpack_from(self._data, self._features + _CHUNK + _FEATURE.size * n)
            yield label, weight

    def _references(self, at: int) -> Sequence[int]:
        _, _, count = _REFERENCES.unpack_from(self._data, at)
        return _integers(self._data, at + _CHUNK, count)

    def _names(self, at: int) -> list[bytes]:
        """The attributes in the order of their numbers."""
        data = self._data
        *_, count, listed = _NAMES.unpack_from(data, at)
        places = [at + place + _RECORD for place in _integers(data, at + listed, count)]
        return [data[place : data.index(0, place)] for place in places]


def _integers(data: bytes, at: int, count: int) -> Sequence[int]:
    """Unsigned integers of four bytes, the lowest first."""
    return struct.unpack_from(f"<{count}I", data, at)

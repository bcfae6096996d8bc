"""Weighing: a model of crfsuite whose features are added up here, once for each word, instead of one by one there.

crfsuite looks up each feature of each word by its name, twenty a word, most of them the same whenever the word comes
again. Here the file is read as crfsuite itself reads it, and what features that always come together say for each
label is added up when they are first met. crfsuite then finds the labels, from one sum a label.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

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
            data = bytearray(opened.read())
        if len(data) < _HEADER.size or data[:4] != b"lCRF":
            raise ValueError(f"{file}: not a model of crfsuite")
        *_, count, _, self._features, _, names, _, references = _HEADER.unpack_from(data)
        self._data = bytes(data)
        self._where = self._references(references)
        found = self._names(names)
        self._numbers = dict(zip(found, range(len(found))))
        # its first attributes, one a label, are made to say 1 for that label alone: their values are the sums
        self._units = [name.decode() for name in found[:count]]
        for label in range(count):
            for k, at in enumerate(self._rows(label)):
                sort, attribute, _, _ = _FEATURE.unpack_from(data, at)
                _FEATURE.pack_into(data, at, sort, attribute, label, 0.0 if k else 1.0)
        self.count = count
        """The number of labels."""
        self._said: dict[str, tuple[tuple[int, float], ...]] = {}
        # the class comes from a compiled module without types
        self._tagger: Any = getattr(import_module("pycrfsuite"), "Tagger")()  # noqa: B009
        self._patched = bytes(data)  # the tagger reads it in place
        self._tagger.open_inmemory(self._patched)
        self.marginal = self._tagger.marginal
        """(label, word) -> how likely it is, in the words that were labelled last."""

    def labels(self, words: Iterable[Sequence[float]]) -> list[str]:
        """The most likely labels of words that stand together, each given as its sums."""
        units = self._units
        labels: list[str] = self._tagger.tag([dict(zip(units, sums)) for sums in words])
        return labels

    def weigh(self, features: Iterable[str]) -> list[float]:
        """What some features say together, a number a label; one that the model does not know says nothing."""
        sums = [0.0] * len(self._units)
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
        return tuple(_FEATURE.unpack_from(self._data, at)[2:] for at in self._rows(number))

    def _rows(self, attribute: int) -> list[int]:
        """Where the features of an attribute stand, one a label for which it says anything."""
        at = self._where[attribute]
        (count,) = struct.unpack_from("<I", self._data, at)
        numbers = struct.unpack_from(f"<{count}I", self._data, at + 4)
        return [self._features + _CHUNK + _FEATURE.size * n for n in numbers]

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

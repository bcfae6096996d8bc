"""Weighing: a model of crfsuite whose features are added up here, once for each word, instead of one by one there.

crfsuite looks up each feature of each word by its name, twenty a word, most of them the same whenever the word comes
again. Here the file is read as crfsuite itself reads it, and what a part of a word's features says for each label is
added up when the part is first met. crfsuite then finds the labels, from one sum a label.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from importlib import import_module
from operator import add
from typing import Any

Sums = tuple[float, ...]
"""What features say, a number a label."""

_HEADER = struct.Struct("<4sI4s9I")  # magic, size, type, version, counts (features, labels, attributes), offsets
_FEATURE = struct.Struct("<IIId")  # sort, attribute, label, weight
_NAMES = struct.Struct("<4s5I")  # magic, size, flags, byte order, number of names, where the list of them begins
_REFERENCES = struct.Struct("<4s2I")  # magic, size, number of attributes
_CHUNK = 12  # bytes before the first feature, and before the first reference
_RECORD = 8  # bytes before a name: its number and its length


class Part:
    """Some features of a word that always come together; `sums` is filled in by the model that weighs them."""

    __slots__ = ("features", "sums")

    def __init__(self, features: list[str]) -> None:
        self.features = features
        self.sums: Sums | None = None


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
        self._nothing: Sums = (0.0,) * count
        # the class comes from a compiled module without types
        self._tagger: Any = getattr(import_module("pycrfsuite"), "Tagger")()  # noqa: B009
        self._patched = bytes(data)  # the tagger reads it in place
        self._tagger.open_inmemory(self._patched)
        self.marginal = self._tagger.marginal
        """(label, word) -> how likely it is, in the words that were labelled last."""

    def labels(self, words: Iterable[Sequence[Part]]) -> list[str]:
        """The most likely labels of words that stand together."""
        units = self._units
        items = []
        for parts in words:
            rows = [part.sums or self._weigh(part) for part in parts]
            items.append(dict(zip(units, map(sum, zip(*rows)))))
        labels: list[str] = self._tagger.tag(items)
        return labels

    def _weigh(self, part: Part) -> Sums:
        sums = self._nothing
        for feature in part.features:
            number = self._numbers.get(feature.encode())
            if number is not None:
                weights = [0.0] * len(sums)
                for at in self._rows(number):
                    _, _, label, weight = _FEATURE.unpack_from(self._data, at)
                    weights[label] = weight
                sums = tuple(map(add, sums, weights))
        part.sums = sums
        return sums

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

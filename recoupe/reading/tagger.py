"""Tagger: a conditional random field over words, shapes and the gazetteer's marks, one for all languages.

`training/names.py` makes its weights from the very features below.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import Any

from recoupe.reading.document import Document, Sentence
from recoupe.reading.gazetteer import Found
from recoupe.weights import weights

KINDS = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
_RUN = re.compile(r"(.)\1{2,}")
DOUBT = 0.85  # a capitalised word is a name if the model is less sure than this that it is none
_LONGEST = 400  # words handed to the tagger at once: its memory grows with their number


def words_of(surface: str, norm: str) -> tuple[list[str], ...]:
    """The features of a word at its own place, and as neighbour at distance -2, -1, 1 and 2."""
    shape = _RUN.sub(
        r"\1\1",
        "".join("X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in surface[:24]),
    )
    own = [
        "w=" + norm,
        "p3=" + norm[:3],
        "p4=" + norm[:4],
        "s2=" + norm[-2:],
        "s3=" + norm[-3:],
        "s4=" + norm[-4:],
        "h=" + shape,
    ]
    near = [[f"{d}w={norm}", f"{d}h={shape}", f"{d}s3={norm[-3:]}"] for d in (-1, 1)]
    far = [[f"{d}w={norm}", f"{d}h={shape}"] for d in (-2, 2)]
    return own, far[0], near[0], near[1], far[1]


class Features:
    """Makes the features of a document's sentences; keeps those of words that it has seen."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[list[str], ...]] = {}

    def __call__(self, document: Document, marks: list[list[Found]], first: int, last: int) -> list[list[str]]:
        """One list of features a token of `first` to `last` (excluded)."""
        surfaces, norms = document.tokens.surfaces, document.norms
        flags = flags_of(marks, first, last)
        code = document.pack.code
        seen = self._seen
        if len(seen) > 100_000:
            seen.clear()
        words = []
        for i in range(first, last):
            word = seen.get(surfaces[i])
            if word is None:
                word = seen[surfaces[i]] = words_of(surfaces[i], norms[i])
            words.append(word)
        n = last - first
        made = []
        for i in range(n):
            own = words[i][0]
            row = ["b", *own, "l" + code + own[6], *flags[i]]
            around = words[i - 1][0][6] if i else "^"
            after = words[i + 1][0][6] if i + 1 < n else "$"
            row.append(f"{around}|{own[6]}|{after}")
            if i:
                row += words[i - 1][2]
                row += ["-1" + f for f in flags[i - 1]]
                if i > 1:
                    row += words[i - 2][1]
            else:
                row.append("first")
            if i + 1 < n:
                row += words[i + 1][3]
                row += ["+1" + f for f in flags[i + 1]]
                if i + 2 < n:
                    row += words[i + 2][4]
            else:
                row.append("last")
            made.append(row)
        return made


def flags_of(marks: list[list[Found]], first: int, last: int) -> list[list[str]]:
    """The marks as features, at the first word of a phrase and inside it."""
    flags: list[list[str]] = [[] for _ in range(last - first)]
    for i in range(first, last):
        for found in marks[i]:
            mark = found.mark
            name = mark.flag if mark.known is None else mark.known.type + ("S" if mark.known.seat else "")
            if name in "AJPX":
                continue
            for k in range(i, min(found.last, last)):
                flag = f"g{'B' if k == i else 'I'}{name}"
                if flag not in flags[k - first]:
                    flags[k - first].append(flag)
    return flags


class Tagger:
    """The trained model; without weights it finds nothing."""

    def __init__(self, file: str | None) -> None:
        self._features = Features()
        self._model: Any = None
        if file is not None:
            # the class comes from a compiled module without types
            self._model = getattr(import_module("pycrfsuite"), "Tagger")()  # noqa: B009
            self._model.open(file)

    def __call__(
        self, document: Document, marks: list[list[Found]], sentence: Sentence
    ) -> list[tuple[int, int, dict[str, float]]]:
        """Names of a sentence as (first token, index after the last, how likely each of PERSON, ORG, PLACE).

        A capitalised word that the best labelling leaves out is given too where the model half expects a name.
        """
        found: list[tuple[int, int, dict[str, float]]] = []
        if self._model is None:
            return found
        surfaces = document.tokens.surfaces
        for first in range(sentence.first, sentence.last, _LONGEST):
            last = min(first + _LONGEST, sentence.last)
            if all(s[0].islower() or not s[0].isalpha() for s in surfaces[first:last]):
                continue
            labels = self._model.tag(self._features(document, marks, first, last))
            for i, label in enumerate(labels):
                if label == "O" and surfaces[first + i][0].isupper() and self._model.marginal("O", i) < DOUBT:
                    likely = self._likely(i)
                    kind = max(KINDS, key=lambda k: likely[KINDS[k]])
                    labels[i] = ("I-" if i and labels[i - 1][2:] == kind else "B-") + kind
            found += [(first + i, first + j, self._likely(i)) for i, j, _ in segments(labels)]
        return found

    def _likely(self, i: int) -> dict[str, float]:
        """How likely a word of the sentence tagged last is in a name of each sort."""
        marginal = self._model.marginal
        return {type_: marginal("B-" + kind, i) + marginal("I-" + kind, i) for kind, type_ in KINDS.items()}


def segments(labels: list[str]) -> list[tuple[int, int, str]]:
    """Runs of B- and I- labels as (first, index after the last, kind)."""
    found = []
    i = 0
    while i < len(labels):
        if labels[i] == "O":
            i += 1
            continue
        kind = labels[i][2:]
        j = i + 1
        while j < len(labels) and labels[j] == "I-" + kind:
            j += 1
        found.append((i, j, kind))
        i = j
    return found


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    """The tagger with the weights of `weights/names`, opened once."""
    file = weights("names", "model.crfsuite")
    return Tagger(str(file) if file.is_file() else None)

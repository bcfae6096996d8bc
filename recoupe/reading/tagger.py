"""Tagger: a conditional random field over words, shapes, lists of words and the gazetteer's marks, for all languages.

`training/names.py` makes its weights from the very features below.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from recoupe.reading.document import Document, Sentence
from recoupe.reading.gazetteer import Found
from recoupe.reading.weighing import Model, Part
from recoupe.weights import weights

KINDS = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
_RUN = re.compile(r"(.)\1{2,}")
DOUBT = 0.85  # a capitalised word is a name if the model is less sure than this that it is none
_KEPT = 50_000  # words, and single features, that are remembered
_LONGEST = 400  # words handed to the tagger at once: its memory grows with their number
_BEFORE, _AFTER = 2, 9  # words around a capital that the tagger looks at; what lies farther is no name
_OPENING, _CLOSING = frozenset("«“„(["), frozenset("»”)]")


class Word(NamedTuple):
    """The features of a word: at its own place, and as neighbour at distance -2, -1, 1 and 2."""

    own: Part
    second: Part
    next: Part
    previous: Part
    before_that: Part
    shape: str
    sort: str


class Lists:
    """What is known of words before any is read: which sorts of names they occur in, and whether they are common."""

    def __init__(self) -> None:
        self._sorts: dict[str, frozenset[str]] = {}
        self._common: dict[str, frozenset[str]] = {}
        self._bases: tuple[str, ...] = ()
        file = weights("names", "words.txt")
        for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
            self._sorts[line[0]] = frozenset(line[2:].split())
        self._rows = self._opened()

    @staticmethod
    def _opened() -> dict[str, str]:
        file = weights("names", "common.txt")
        rows = file.read_text("utf-8").splitlines() if file.is_file() else []
        return {code: words for code, _, words in (row.partition(" ") for row in rows)}

    def sorts(self, norm: str) -> str:
        """The letters of the lists that a word is in; those of its likely base form after a tilde if it is in none."""
        found = "".join([letter for letter, words in self._sorts.items() if norm in words])
        if not found and len(norm) > 3 and norm[0] > "Ͽ":
            found = self._inflected(norm)
        return found

    def _inflected(self, norm: str) -> str:
        """The lists of the forms from which a Slavic case form may come: 'Ганнусі' from 'Ганнуся'."""
        letters: set[str] = set()
        for cut in (1, 2, 3):
            stem, ending = norm[:-cut], norm[-cut:]
            if len(stem) < 3 or ending not in _CASES:
                continue
            for base in _CASES[ending]:
                word = stem + base
                letters.update(letter for letter, words in self._sorts.items() if word in words)
        return "~" + "".join(sorted(letters)) if letters else ""

    def common(self, code: str) -> frozenset[str]:
        """Words that a language writes in lower case."""
        if code not in self._common:
            self._common[code] = frozenset(self._rows.get(code, "").split())
        return self._common[code]


# The endings of nouns and names in the Slavic languages written in Cyrillic, each with those of the base forms.
_CASES = {
    ending: tuple(bases.split(",")) if bases else ()
    for row in (
        "а:,о,й", "у:,а,о", "ю:я,ь,й,", "я:ь,й,", "і:,а,я,ь", "и:а,", "ы:а,", "е:,а,ь,о", "є:й,я", "ї:я", "о:,а",
        "ом:,о", "ем:ь,й,", "єм:й", "им:,ий", "ым:,ый", "ой:а", "ою:а", "ею:я,а", "єю:я", "ей:я,а", "ові:,о", "еві:ь,",
        "єві:й", "ого:ий,ый,ой", "ому:ий,ый,ой", "ої:а", "ій:а,я", "ів:,и", "ов:,ы", "ии:ия", "ию:ия,ий", "ия:ий",
        "ием:ий", "ієм:ій", "ія:ій", "ії:ія", "ією:ія", "ию:ия", "ам:,ы,и,а", "ами:,ы,и,а", "ах:,ы,и,а",
        "ці:ка", "зі:га", "сі:ха", "ка:ок", "ку:ок", "ка:ко", "ком:ок,ко",
    )
    for ending, _, bases in (row.partition(":"),)
}  # fmt: skip


@lru_cache(maxsize=1)
def lists() -> Lists:
    """The lists of `weights/names`, opened once."""
    return Lists()


def word_of(surface: str, norm: str, sort: str, common: bool, code: str) -> Word:
    """The features of a word that stand with itself."""
    shape = _RUN.sub(
        r"\1\1",
        "".join("X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in surface[:24]),
    )
    own = ["b", "w=" + norm, "p3=" + norm[:3], "p4=" + norm[:4]]
    own += ["s2=" + norm[-2:], "s3=" + norm[-3:], "s4=" + norm[-4:], "h=" + shape]
    if shape[0] == "X":
        kind = sort + ("l" if common else "")
        own += ["k=" + kind, *("k:" + c for c in sort if c != "~")]
        if common:
            own.append("l")
    else:
        kind = ""
    own.append(f"l{code}{shape}")
    near = [[f"{d}w={norm}", f"{d}h={shape}", f"{d}s3={norm[-3:]}"] for d in (-1, 1)]
    far = [[f"{d}w={norm}", f"{d}h={shape}"] for d in (-2, 2)]
    if kind:
        for d, row in zip((-1, 1), near):
            row.append(f"{d}k={kind}")
    return Word(Part(own), Part(far[0]), Part(near[0]), Part(near[1]), Part(far[1]), shape, kind)


class Features:
    """Makes the features of a document's sentences; keeps those of words that it has seen."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, Word]] = {}
        self._single: dict[str, Part] = {}

    def _words(self, document: Document, first: int, last: int) -> list[Word]:
        surfaces, norms = document.tokens.surfaces, document.norms
        code = document.pack.code
        seen = self._seen.setdefault(code, {})
        if len(seen) > _KEPT:
            seen.clear()
        words = []
        for i in range(first, last):
            word = seen.get(surfaces[i])
            if word is None:
                norm = norms[i]
                known = lists()
                word = word_of(surfaces[i], norm, known.sorts(norm), norm in known.common(code), code)
                seen[surfaces[i]] = word
            words.append(word)
        return words

    def _one(self, feature: str) -> Part:
        """A feature that comes alone."""
        part = self._single.get(feature)
        if part is None:
            if len(self._single) > _KEPT:
                self._single.clear()
            part = self._single[feature] = Part([feature])
        return part

    def __call__(
        self, document: Document, marks: list[list[Found]], first: int, last: int, floor: int, ceiling: int
    ) -> list[list[str]]:
        """One list of features a token of `first` to `last`, of a sentence from `floor` to `ceiling` (excluded)."""
        rows = self.parts(document, marks, first, last, floor, ceiling)
        return [[feature for part in row for feature in part.features] for row in rows]

    def parts(
        self, document: Document, marks: list[list[Found]], first: int, last: int, floor: int, ceiling: int
    ) -> list[list[Part]]:
        """As a call, the features in the parts of which they are made."""
        begin, end = max(floor, first - 2), min(ceiling, last + 2)
        words = self._words(document, begin, end)
        flags = flags_of(marks, begin, end)
        one = self._one
        made = []
        quoted = False
        for i in range(first - begin, last - begin):
            word = words[i]
            row = [word.own]
            if flags[i]:
                row += [one(f) for f in flags[i]]
            at = begin + i
            if at > floor:
                before = words[i - 1]
                row.append(before.next)
                if flags[i - 1]:
                    row += [one("-1" + f) for f in flags[i - 1]]
                if at - 1 > floor:
                    row.append(words[i - 2].second)
                around = before.shape
                if around[0] in _OPENING:
                    quoted = True
                elif around[0] in _CLOSING:
                    quoted = False
                if quoted:
                    row.append(one("q"))
                if word.sort and before.sort:
                    row.append(one(f"kk={before.sort}|{word.sort}"))
            else:
                row += (one("first"), one("first" + word.sort))
                around = "^"
            if at + 1 < ceiling:
                after = words[i + 1]
                row.append(after.previous)
                if flags[i + 1]:
                    row += [one("+1" + f) for f in flags[i + 1]]
                if at + 2 < ceiling:
                    row.append(words[i + 2].before_that)
                row.append(one(f"{around}|{word.shape}|{after.shape}"))
            else:
                row += (one("last"), one(f"{around}|{word.shape}|$"))
            made.append(row)
        return made


def windows(surfaces: list[str], first: int, last: int) -> list[tuple[int, int]]:
    """The parts of a sentence in which names may stand: around its capitals, no longer than _LONGEST."""
    found: list[tuple[int, int]] = []
    begin = end = -1
    for i in range(first, last):
        if not surfaces[i][0].isupper():
            continue
        if begin >= 0 and i - _BEFORE <= end and i + _AFTER - begin < _LONGEST:
            end = i + 1 + _AFTER
            continue
        if begin >= 0:
            found.append((begin, min(end, last)))
            begin = max(first, i - _BEFORE, min(end, last))
        else:
            begin = max(first, i - _BEFORE)
        end = i + 1 + _AFTER
    if begin >= 0:
        found.append((begin, min(end, last)))
    return found


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
        self._model = Model(file) if file is not None else None

    def __call__(
        self, document: Document, marks: list[list[Found]], sentence: Sentence
    ) -> list[tuple[int, int, dict[str, float]]]:
        """Names of a sentence as (first token, index after the last, how likely each of PERSON, ORG, PLACE).

        A capitalised word that the best labelling leaves out is given too where the model half expects a name.
        """
        found: list[tuple[int, int, dict[str, float]]] = []
        model = self._model
        if model is None:
            return found
        surfaces = document.tokens.surfaces
        for first, last in windows(surfaces, sentence.first, sentence.last):
            labels = model.labels(self._features.parts(document, marks, first, last, sentence.first, sentence.last))
            for i, label in enumerate(labels):
                if label == "O" and surfaces[first + i][0].isupper() and model.marginal("O", i) < DOUBT:
                    likely = _likely(model, i)
                    kind = max(KINDS, key=lambda k: likely[KINDS[k]])
                    labels[i] = ("I-" if i and labels[i - 1][2:] == kind else "B-") + kind
            found += [(first + i, first + j, _likely(model, i)) for i, j, _ in segments(labels)]
        return found


def _likely(model: Model, i: int) -> dict[str, float]:
    """How likely a word of those labelled last is in a name of each sort."""
    marginal = model.marginal
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

"""Tagger: a conditional random field over words, shapes, lists of words and the gazetteer's marks, for all languages.

`training/names.py` makes its weights from the very features below.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

from recoupe.reading.document import Document, Sentence
from recoupe.reading.gazetteer import Found
from recoupe.reading.weighing import Model, Rows
from recoupe.weights import weights

KINDS = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
DOUBT = 0.85  # a capitalised word is a name if the model is less sure than this that it is none
_AT_ONCE = 2000  # words of sentences that are weighed at once
_KEPT = 50_000  # words of a language, and what was around words, that are remembered
_LONGEST = 400  # words handed to the tagger at once: its memory grows with their number
_BEFORE, _AFTER = 2, 9  # words around a capital that the tagger looks at; what lies farther is no name
_OPENING, _CLOSING = frozenset("«“„(["), frozenset("»”)]")


class Word(NamedTuple):
    """The features of a word: at its own place, and those that it lends to the words around it.

    `lent` are those for the word before it, for the one after it, for the one two before it and for the one two after.
    """

    own: list[str]
    lent: tuple[list[str], ...]
    shape: str
    sort: str


_LENT = (-1, 1, -2, 2)
"""At which place from a word those stand to which it lends features, in the order of `Word.lent`."""
Around = tuple[str, str, str, str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...], bool]
"""What tells the features of a word that come from the words around it together with itself.

The shapes of the word before it ('^': none), of its own and of the one after it ('$': none), the sorts of the word
before it and of its own, the flags of the three, and whether it stands in quotation marks."""


Window = tuple[int, int, int, int]
"""Tokens `first` to `last` (excluded) of a sentence from `floor` to `ceiling` (excluded)."""
Tagged = tuple[int, int, dict[str, float]]
"""A name: its first token, the index after its last, how likely each of PERSON, ORG, PLACE is."""


class Lists:
    """What is known of words before any is read: which sorts of names they occur in, and whether they are common."""

    def __init__(self) -> None:
        self._sorts: dict[str, frozenset[str]] = {}
        self._common: dict[str, frozenset[str]] = {}
        file = weights("names", "words.txt")
        for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
            self._sorts[line[0]] = frozenset(line[2:].split())
        self._listed = frozenset().union(*self._sorts.values())  # most words are in none
        self._rows = self._opened()

    @staticmethod
    def _opened() -> dict[str, str]:
        file = weights("names", "common.txt")
        rows = file.read_text("utf-8").splitlines() if file.is_file() else []
        return {code: words for code, _, words in (row.partition(" ") for row in rows)}

    def sorts(self, norm: str) -> str:
        """The letters of the lists that a word is in; those of its likely base form after a tilde if it is in none."""
        if norm in self._listed:
            return "".join([letter for letter, words in self._sorts.items() if norm in words])
        return self._inflected(norm) if len(norm) > 3 and norm[0] > "Ͽ" else ""

    def _inflected(self, norm: str) -> str:
        """The lists of the forms from which a Slavic case form may come: 'Ганнусі' from 'Ганнуся'."""
        bases: list[str] = []
        for cut in (1, 2, 3):
            if len(norm) - cut >= 3 and norm[-cut:] in _CASES:
                stem = norm[:-cut]
                bases += [word for base in _CASES[norm[-cut:]] if (word := stem + base) in self._listed]
        if not bases:
            return ""
        return "~" + "".join(sorted(letter for letter, words in self._sorts.items() if not words.isdisjoint(bases)))

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


def shape_of(surface: str) -> str:
    """A word with X for capitals, x for other letters and d for digits, no sign more than twice in a row.

    >>> [shape_of(word) for word in ("Paris", "pont", "NATO", "McCoy", "12,5", "«", "d'")]
    ['Xxx', 'xx', 'XX', 'XxXxx', 'dd,d', '«', "x'"]
    """
    if surface.isalpha() and (len(surface) == 1 or surface[1:].islower()):  # as most words are
        return ("Xxx" if surface[0].isupper() else "xx")[: len(surface)]
    signs = ["X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in surface[:24]]
    return "".join([c for c, *before in zip(signs, ["", *signs], ["", "", *signs]) if before != [c, c]])


class _Outline(NamedTuple):
    """What the shape of a word and the lists that it is in tell of itself and of the words around it."""

    sort: str
    own: list[str]
    shapes: list[str]
    """For the words at each place of `_LENT`."""
    sorts: list[list[str]]
    """For the word before it and for the one after it."""


@lru_cache(maxsize=4096)
def _outline(shape: str, sort: str, common: bool, code: str) -> _Outline:
    own, kind = ["h=" + shape], ""
    if shape[0] == "X":
        kind = sort + ("l" if common else "")
        own += ["k=" + kind, *("k:" + c for c in sort if c != "~")]
        if common:
            own.append("l")
    own.append(f"l{code}{shape}")
    return _Outline(
        kind, own, [f"{-away}h={shape}" for away in _LENT], [[f"{d}k={kind}"] if kind else [] for d in (1, -1)]
    )


def word_of(surface: str, norm: str, sort: str, common: bool, code: str) -> Word:
    """The features of a word that stand with itself."""
    shape = shape_of(surface)
    kind, of_outline, (before, after, before_that, after_that), (kind_before, kind_after) = _outline(
        shape, sort, common, code
    )
    end = norm[-3:]
    own = ["b", "w=" + norm, "p3=" + norm[:3], "p4=" + norm[:4], "s2=" + norm[-2:], "s3=" + end, "s4=" + norm[-4:]]
    own += of_outline
    lent = (
        ["1w=" + norm, before, "1s3=" + end, *kind_before],
        ["-1w=" + norm, after, "-1s3=" + end, *kind_after],
        ["2w=" + norm, before_that],
        ["-2w=" + norm, after_that],
    )
    return Word(own, lent, shape, kind)


def features_around(around: Around) -> list[str]:
    """The features that `Around` tells."""
    before, shape, after, sort_before, sort, flags_before, flags, flags_after, quoted = around
    made = [*flags, *("-1" + f for f in flags_before), *("+1" + f for f in flags_after)]
    if before == "^":
        made += ("first", "first" + sort)
    elif sort and sort_before:
        made.append(f"kk={sort_before}|{sort}")
    if quoted:
        made.append("q")
    if after == "$":
        made.append("last")
    made.append(f"{before}|{shape}|{after}")
    return made


class Features:
    """Makes the features of a document's sentences, as the model is trained on them."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, Word]] = {}

    def __call__(
        self, document: Document, marks: list[list[Found]], first: int, last: int, floor: int, ceiling: int
    ) -> list[list[str]]:
        """One list of features a token of `first` to `last`, of a sentence from `floor` to `ceiling` (excluded)."""
        begin, end = max(floor, first - 2), min(ceiling, last + 2)
        seen = self._seen.setdefault(document.pack.code, {})
        words = []
        for i in range(begin, end):
            surface = document.tokens.surfaces[i]
            if surface not in seen:
                seen[surface] = read_word(document, i)
            words.append(seen[surface])
        rows = [list(word.own) for word in words]
        for i, word in enumerate(words):
            for away, features in zip(_LENT, word.lent):
                if 0 <= i + away < len(rows):
                    rows[i + away] += features
        around = around_each(
            [(w.shape, w.sort) for w in words], flags_of(marks, begin, end), first - begin, last - begin
        )
        return [row + features_around(a) for row, a in zip(rows[first - begin : last - begin], around)]


def read_word(document: Document, i: int) -> Word:
    """The features of the word at token `i`."""
    norm, code, known = document.norms[i], document.pack.code, lists()
    return word_of(document.tokens.surfaces[i], norm, known.sorts(norm), norm in known.common(code), code)


def around_each(words: Sequence[tuple[str, str]], flags: list[tuple[str, ...]], first: int, last: int) -> list[Around]:
    """What is around each word of `first` to `last` of some, each given as its shape and its sort.

    Before the first of them and after the last the sentence does not go on.
    """
    made: list[Around] = []
    quoted = False
    none: tuple[str, ...] = ()
    for i in range(first, last):
        shape, sort = words[i]
        if i:
            before, sort_before = words[i - 1]
            flags_before = flags[i - 1]
            if before[0] in _OPENING:
                quoted = True
            elif before[0] in _CLOSING:
                quoted = False
        else:
            before, sort_before, flags_before = "^", "", none
        if i + 1 < len(words):
            after, flags_after = words[i + 1][0], flags[i + 1]
        else:
            after, flags_after = "$", none
        made.append((before, shape, after, sort_before, sort, flags_before, flags[i], flags_after, quoted))
    return made


class Weighed:
    """The words of a language, and what was around words, with what the model says of them, added up once.

    A row of `_words` holds what a word says of the word two after it, of the one after it, of itself, and so on.
    New words get the numbers of the rows that they are to have, and are weighed together.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._seen: dict[str, tuple[int, tuple[str, str]]] = {}  # surface -> number of its row, (shape, sort)
        self._words = Rows(model.count * (1 + len(_LENT)))
        self._new: list[Word] = []
        self._around: dict[Around, int] = {}
        self._rows_around = Rows(model.count)
        self._new_around: list[list[str]] = []
        self._lock = Lock()  # rows that are not filled yet are nobody else's

    def weigh(
        self, document: Document, marks: list[list[Found]], windows: Sequence[Window]
    ) -> tuple[Any, list[tuple[int, int]]]:
        """What the model says of the tokens of some windows, an array of numbers, one a label; and where each stands.

        Many windows at once, at least one, with two places between them over which nothing is lent.
        """
        with self._lock:
            self._forget()
            words, around = [0, 0], [0, 0]
            places: list[tuple[int, int]] = []
            for first, last, floor, ceiling in windows:
                begin, end = max(floor, first - 2), min(ceiling, last + 2)
                at = len(words) - begin - 2
                places.append((at + first, at + last))
                read = self._read(document, begin, end)
                words += [number for number, _ in read]
                words += (0, 0)
                beside = around_each(
                    [word for _, word in read], flags_of(marks, begin, end), first - begin, last - begin
                )
                around += [0] * (first - begin)
                around += self._numbers(beside)
                around += [0] * (end - last + 2)
            self._weigh_new()
            sums = self._words.aslant(words, 1 + len(_LENT))
            sums += self._rows_around.take(around[2:-2])
            return sums, places

    def _forget(self) -> None:
        """Make room where too much is remembered; not amid the windows of one call, whose rows are told by number."""
        if len(self._seen) > _KEPT:
            self._seen.clear()
            self._words.clear()
        if len(self._around) > _KEPT:
            self._around.clear()
            self._rows_around.clear()

    def _read(self, document: Document, begin: int, end: int) -> list[tuple[int, tuple[str, str]]]:
        seen = self._seen
        words = []
        surfaces = document.tokens.surfaces
        for i in range(begin, end):
            word = seen.get(surfaces[i])
            if word is None:
                made = read_word(document, i)
                word = seen[surfaces[i]] = (self._words.next + len(self._new), (made.shape, made.sort))
                self._new.append(made)
            words.append(word)
        return words

    def _numbers(self, around: list[Around]) -> list[int]:
        known = self._around
        numbers = []
        for each in around:
            number = known.get(each)
            if number is None:
                number = known[each] = self._rows_around.next + len(self._new_around)
                self._new_around.append(features_around(each))
            numbers.append(number)
        return numbers

    def _weigh_new(self) -> None:
        """Fill the rows of all that is new."""
        import numpy as np

        weigh = self._model.weigh
        if self._new:
            before, after, before_that, after_that = zip(*[word.lent for word in self._new])
            parts = (after_that, after, [word.own for word in self._new], before, before_that)
            self._words.add(np.hstack([weigh(rows) for rows in parts]))
            self._new.clear()
        if self._new_around:
            self._rows_around.add(weigh(self._new_around))
            self._new_around.clear()


def windows(surfaces: list[str], first: int, last: int) -> list[tuple[int, int]]:
    """The parts of a sentence in which names may stand: around its capitals, no longer than _LONGEST, none empty."""
    found: list[tuple[int, int]] = []
    begin = end = -1
    for i in [i for i in range(first, last) if surfaces[i][0].isupper()]:
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
    return [(begin, end) for begin, end in found if begin < end]  # the last words may be in the window before


def flags_of(marks: list[list[Found]], first: int, last: int) -> list[tuple[str, ...]]:
    """The marks as features, at the first word of a phrase and inside it."""
    flags: list[tuple[str, ...]] = [()] * (last - first)
    for i in range(first, last):
        for found in marks[i]:
            begins, inside = found.mark.features
            if not begins:
                continue
            here = flags[i - first]
            if begins not in here:
                flags[i - first] = (*here, begins)
            for k in range(i + 1 - first, min(found.last, last) - first):
                if inside not in flags[k]:
                    flags[k] = (*flags[k], inside)
    return flags


class Tagger:
    """The trained model; without weights it finds nothing."""

    def __init__(self, file: str | None) -> None:
        self._model = Model(file) if file is not None else None
        self._weighed: dict[str, Weighed] = {}  # by the code of a pack

    def __call__(
        self, document: Document, marks: list[list[Found]], sentences: Iterable[Sentence]
    ) -> Iterator[list[Tagged]]:
        """The names of each sentence.

        A capitalised word that the best labelling leaves out is given too where the model half expects a name.
        """
        if self._model is None:
            yield from ([] for _ in sentences)
            return
        surfaces = document.tokens.surfaces
        batch: list[list[Window]] = []
        words = 0
        for sentence in sentences:
            first, last = sentence.first, sentence.last
            batch.append([(*window, first, last) for window in windows(surfaces, first, last)])
            words += last - first
            if words > _AT_ONCE:
                yield from self._batch(self._model, document, marks, batch)
                batch, words = [], 0
        yield from self._batch(self._model, document, marks, batch)

    def _batch(
        self, model: Model, document: Document, marks: list[list[Found]], batch: list[list[Window]]
    ) -> Iterator[list[Tagged]]:
        """The names of each sentence of a few, given as its windows."""
        weighed = self._weighed.get(document.pack.code)
        if weighed is None:
            weighed = self._weighed[document.pack.code] = Weighed(model)
        inner = [window for row in batch for window in row]
        labelled = Labelled(model, *weighed.weigh(document, marks, inner)) if inner else None
        at = 0  # words of windows so far
        for row in batch:
            found: list[Tagged] = []
            for first, last, _, _ in row:
                assert labelled is not None
                found += labelled.names(at, at + last - first, first, document.tokens.surfaces)
                at += last - first
            yield found


class Labelled:
    """The words of some windows, one window after the other, with their labels and how likely names of each sort are.

    `sums` and `places` are what `Weighed.weigh` gives.
    """

    def __init__(self, model: Model, sums: Any, places: Sequence[tuple[int, int]]) -> None:
        labels, likely = model.chains.read(sums, places)
        of = model.labels.index
        outside = likely[:, of("O")]
        self._labels = [model.labels[label] for label in labels.tolist()]
        self._likely = [(likely[:, of("B-" + kind)] + likely[:, of("I-" + kind)]).tolist() for kind in KINDS]
        self._outside = outside.tolist()
        # of most words it is quite clear that they are in no name
        self._open = ((labels != of("O")) | (outside < DOUBT)).nonzero()[0].tolist()

    def names(self, first: int, last: int, token: int, surfaces: list[str]) -> list[Tagged]:
        """The names in a window, which takes the words `first` to `last` (excluded) and begins at a token."""
        known = self._open[bisect_left(self._open, first) : bisect_left(self._open, last)]
        if not known:
            return []
        away = token - first
        labels = self._labels
        for i in known:
            if labels[i] == "O" and surfaces[away + i][0].isupper():
                likely = self._of(i)
                kind = max(KINDS, key=lambda k: likely[KINDS[k]])
                labels[i] = ("I-" if i > first and labels[i - 1][2:] == kind else "B-") + kind
        return [(token + i, token + j, self._of(first + i)) for i, j, _ in segments(labels[first:last])]

    def _of(self, i: int) -> dict[str, float]:
        """How likely a word is in a name of each sort."""
        return {type_: likely[i] for type_, likely in zip(KINDS.values(), self._likely)}


def segments(labels: list[str]) -> list[tuple[int, int, str]]:
    """Runs of B- and I- labels as (first, index after the last, kind)."""
    found: list[tuple[int, int, str]] = []
    if labels.count("O") == len(labels):
        return found
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

"""Surroundings: what the words around a number make of it: what it counts, and whether it counts anything at all."""

from __future__ import annotations

from recoupe.languages import LanguagePack, shared
from recoupe.reading.document import Sentence, compiled
from recoupe.reading.events import concepts
from recoupe.reading.quantities import Quantity
from recoupe.reading.shapes import is_bare_year
from recoupe.text.lexicon import Lexicon
from recoupe.text.tokens import Tokens

_OPENERS = frozenset("([")
_MARKS = frozenset("#№§@_+*")
GLUE = frozenset("-‐‑–/._")
STOPS = frozenset('.,;:!?()[]«»“”"„…–—|/')
DURATIONS = frozenset({"a", "mo", "wk", "d", "h", "min", "s", "10*1.a", "10*2.a"})
_AGES = (5, 110)
_MOVES = frozenset({"share", "money"})  # sorts of concepts: a rise, a loss
_LONGEST_LABEL = 3  # words
_LISTED = 8  # tokens before 'there were none' among which it is said of what
_NEAR = 3  # tokens before a number among which a word tells what it is
CHANGED = 8  # … and a verb tells that it rose or fell: farther, where a word like "from" leads back to it
_SHORTENING = frozenset(".°º")


class Surroundings:
    """Reads the words around numbers in one language."""

    def __init__(self, pack: LanguagePack) -> None:
        table = pack.tables["figures"]
        self.concepts: Lexicon[str] = concepts(pack)
        self.leading = frozenset(pack.forms(table["words"]["from"]))
        self.function = frozenset(w.lower() for w in pack.tables["pack"]["words"]["function"])
        self.words: Lexicon[str] = pack.lexicon(table["words"])
        self.none: Lexicon[str] = pack.lexicon({sort: table["words"][sort] for sort in ("none", "nobody", "absent")})
        self._pairs = pack.lexicon({"pairs": table["words"]["pairs"]})
        self._longest_pair = max((len(words) for words, _ in self._pairs.entries()), default=0)
        self.joiners, self.places, self.out_of = pack.joiners, pack.in_words, pack.out_of_words
        self.of: Lexicon[str] = pack.lexicon({"of": table["digits"]["of"]})
        self._sorts: dict[str, str] = {key: row.get("sort", "") for key, row in shared("concepts").items()}

    def sort_of(self, concept: str | None) -> str:
        """The group that a concept belongs to: casualty, person, …"""
        return self._sorts.get(concept or "", "")

    def is_at(self, tokens: Tokens, k: int, sort: str, end: int | None = None) -> bool:
        """Whether a phrase of the pack's word list `sort` begins at token `k` (and ends before token `end`)."""
        return any(s == sort and (end is None or e == end) for e, s in self.words.at(tokens.norms, k))

    def is_paired(self, tokens: Tokens, at: int, sentence: Sentence) -> bool:
        """Whether token `at` lies in a phrase with a number that counts nothing: 'the two', 'one another'."""
        return any(
            end > at
            for k in range(max(sentence.first, at + 1 - self._longest_pair), at + 1)
            if self._pairs.begins(tokens.norms[k])
            for end, _ in self._pairs.at(tokens.norms, k)
        )

    def follows(self, tokens: Tokens, at: int, sort: str, sentence: Sentence, reach: int = _NEAR) -> bool:
        """Whether a phrase of a word list begins within `reach` tokens before token `at`."""
        return any(self.is_at(tokens, k, sort) for k in range(max(sentence.first, at - reach), at))

    def noun(self, tokens: Tokens, j: int, limit: int) -> tuple[tuple[int, int] | None, str | None]:
        """(tokens of what is counted, its concept) after a number."""
        limit = min(limit, j + 8)
        norms = tokens.norms
        if j < limit and norms[j] in GLUE and tokens.starts[j] == tokens.ends[j - 1]:
            j += 1
        while j < limit:
            skip = next((e for e, sort in self.words.at(norms, j) if sort == "beside" and e <= limit), None)
            if skip is None or self.concepts.at(norms, j):
                break
            j = skip
        first, words = j, 0
        while j < limit and words < 3:
            concept = next(((e, c) for e, c in self.concepts.at(norms, j) if e <= limit), None)
            if concept is not None:
                return (first, concept[0]), concept[1]
            of = next((e for e, _ in self.of.at(norms, j) if e < limit), None) if words else None
            if of is not None and self.concepts.at(norms, of):
                j = of
                continue
            if norms[j] in STOPS or norms[j] in self.function or not tokens.surfaces[j][0].isalpha():
                break
            j, words = j + 1, words + 1
            if (
                j + 1 < limit
                and norms[j] in GLUE
                and tokens.starts[j] == tokens.ends[j - 1]
                and tokens.starts[j + 1] == tokens.ends[j]
            ):
                j += 2
        return ((first, min(j, first + 2)) if j > first else None), None

    def named_before(self, tokens: Tokens, at: int, first: int) -> str | None:
        """The concept whose words end before token `at`, of a list the first one; None behind 'of', 'about', …"""
        norms, found, first = tokens.norms, None, max(first, at - _LISTED)
        if at - 1 > first and norms[at - 1].isalpha() and self._ending(tokens, at, first) is None:
            at -= 1  # 'наразі | немає'
        while (here := self._ending(tokens, at, first)) is not None:
            at, found = here
            if at - 1 > first and norms[at - 1] in self.joiners and self._ending(tokens, at - 1, first) is not None:
                at -= 1
        led = at > first and norms[at - 1] in self.function and norms[at - 1] not in self.joiners
        return None if led else found

    def _ending(self, tokens: Tokens, at: int, first: int) -> tuple[int, str] | None:
        """(first token, concept) of the longest words for a concept that end before token `at`."""
        for k in range(max(first, at - _LONGEST_LABEL), at):
            for end, concept in self.concepts.at(tokens.norms, k):
                if end == at:
                    return k, concept
        return None

    def fate(self, tokens: Tokens, first: int, last: int) -> str | None:
        """What became of somebody, said between two tokens and before any stop: the id of a casualty."""
        for k in range(first, last):
            if tokens.norms[k] in STOPS:
                return None
            for _, concept in self.concepts.at(tokens.norms, k):
                if self.sort_of(concept) == "casualty":
                    return concept
        return None

    def is_change(self, tokens: Tokens, said: Quantity, sentence: Sentence, first_bare: bool) -> bool:
        """'Rose from 10 to 12' are two figures; a word like 'from' leads back to its verb over what stands between.

        `first_bare`: the first has no unit of its own. 'Rose 10 to 12 percent' is by how much.
        """
        begin = said.start
        led = tokens.norms[begin] in self.leading or (
            begin > sentence.first and tokens.norms[begin - 1] in self.leading and said.unit not in DURATIONS
        )
        if not led and first_bare and said.unit is not None:
            return False
        return self.follows(tokens, begin, "changes", sentence, CHANGED if led else _NEAR)

    def is_measure(self, tokens: Tokens, said: Quantity, sentence: Sentence) -> bool:
        """Whether 'a year', 'un kilo' is a measure here: a length of time after 'for', another one not after 'per'."""
        k = said.start - 1
        if said.unit in DURATIONS:
            return k >= sentence.first and self.is_at(tokens, k, "lasting", said.start)
        return k < sentence.first or tokens.norms[k] in self.function or tokens.norms[k] in STOPS

    def is_age(self, tokens: Tokens, said: Quantity, sentence: Sentence) -> bool:
        """'Mr Smith, 52, …' or 'Smith (52)'."""
        before, after = said.start - 1, said.end
        if (
            said.modified
            or said.range
            or said.vague
            or said.factor > 1
            or not _AGES[0] < said.value < _AGES[1]
            or said.value % 1
        ):
            return False
        if (
            before - 1 < sentence.first
            or tokens.norms[before] not in ",("
            or not self._names_somebody(tokens, before - 1)
        ):
            return False
        if tokens.norms[before] == "(":
            return after < sentence.last and tokens.norms[after] == ")"
        return after >= sentence.last or tokens.norms[after] in ",.;"

    def _is_address(self, tokens: Tokens, k: int, sentence: Sentence) -> bool:
        """'14 rue du Parc', '10 Downing Street'."""
        last = min(sentence.last, k + 3)
        while k < last and not self.is_at(tokens, k, "streets") and tokens.surfaces[k][0].isupper():
            k += 1
        return k < last and self.is_at(tokens, k, "streets")

    def _names_somebody(self, tokens: Tokens, k: int) -> bool:
        return tokens.surfaces[k][0].isupper() or self._is_person(tokens, k)

    def _is_person(self, tokens: Tokens, k: int) -> bool:
        """Whether a word for people stands at a token."""
        return any(self.sort_of(concept) == "person" for _, concept in self.concepts.at(tokens.norms, k))

    def is_label(self, tokens: Tokens, said: Quantity, noun: tuple[int, int] | None, sentence: Sentence) -> bool:
        """Whether a number names something rather than counting it."""
        k, after = said.core - 1, said.end
        score = (
            after + 1 < len(tokens)
            and tokens.norms[after] in "-–"
            and tokens.ends[after] == tokens.starts[after + 1]
            and tokens.surfaces[after + 1][0].isdigit()
        )
        if (
            said.odd
            or score
            or (
                said.range
                and noun is None
                and said.value < 100
                and said.factor == 1
                and not said.words
                and tokens.norms[said.core + 1] in "-–:"
            )
        ):
            return True
        if (said.modified and not said.range) or said.vague:
            return False
        if not said.words and self._is_address(tokens, after, sentence):
            return True
        if said.core == sentence.first and after >= sentence.last - 1 and noun is None:
            return True  # a number alone: a page, an item of a list
        if (
            after < len(tokens)
            and tokens.starts[after] == tokens.ends[after - 1]
            and (tokens.surfaces[after][0].isalnum() or tokens.surfaces[after] in "_°")
        ):
            return True  # 5G, 4x4
        if said.size and not said.value % 1 and said.size > 1 and tokens.surfaces[said.core][0] == "0":
            return True  # a telephone number
        if noun is None and not said.words and said.value % 1:
            return True
        if noun is None and not said.words and said.end == said.core + 1 and 1900 <= said.value < 2100:
            return True  # a year that no rule of times has taken
        if k < sentence.first:
            return False
        return self._labelled(tokens, said, k, after, noun, sentence)

    def _labelled(
        self, tokens: Tokens, said: Quantity, k: int, after: int, noun: tuple[int, int] | None, sentence: Sentence
    ) -> bool:
        """Whether what stands before a number makes it a label."""
        close = tokens.starts[said.core] == tokens.ends[k]
        before = tokens.surfaces[k]
        if close and (
            before[0].isalnum()
            or before in _MARKS
            or (before in GLUE and k > 0 and tokens.starts[k] == tokens.ends[k - 1])
        ):
            return True  # Su-27, #12, +33
        if tokens.norms[k][0].isdigit() and not said.words:
            return not (is_bare_year(tokens.surfaces[k]) and noun is not None and self._is_person(tokens, noun[0]))
        if before in _OPENERS and after < sentence.last and tokens.norms[after] in ")]":
            return True
        if not said.words and self._is_named_by(tokens, _past_dots(tokens, k, sentence), sentence):
            return True
        name = before[0].isupper() and k > sentence.first and not said.words and tokens.norms[k] not in self.function
        if noun is not None:
            return name and self._moves(tokens, after)
        return name and not self._is_of_number(tokens, after, sentence)

    def _is_of_number(self, tokens: Tokens, k: int, sentence: Sentence) -> bool:
        """Whether a whole follows: '52 | of the 101 seats'."""
        if k >= sentence.last or tokens.norms[k] not in self.out_of:
            return False
        return any(tokens.norms[j][0].isdigit() for j in range(k + 1, min(k + 3, sentence.last)))

    def _moves(self, tokens: Tokens, k: int) -> bool:
        """Whether a rise or a fall is told at a token: 'the Nasdaq 100 rose'."""
        told = (self.sort_of(concept) for _, concept in self.concepts.at(tokens.norms, k))
        return self.is_at(tokens, k, "changes") or not _MOVES.isdisjoint(told)

    def _is_named_by(self, tokens: Tokens, k: int, sentence: Sentence) -> bool:
        """Whether a word or phrase that a number names ends with token `k`: 'numéro 3', 'quốc lộ 13'."""
        firsts = range(max(sentence.first, k - _LONGEST_LABEL + 1), k + 1)
        told = {sort for i in firsts for end, sort in self.words.at(tokens.norms, i) if end == k + 1}
        return "other" in told and "whole" not in told


def closes(tokens: Tokens, end: int, sentence: Sentence) -> bool:
    """Whether a clause ends before a token."""
    return end >= sentence.last or tokens.norms[end] in STOPS


def _past_dots(tokens: Tokens, k: int, sentence: Sentence) -> int:
    """The word before the dots that shorten it: 'No. 3', 'n.º 3', 'n° 3'."""
    while k > sentence.first and tokens.surfaces[k] in _SHORTENING and tokens.starts[k] == tokens.ends[k - 1]:
        k -= 1
    return k


@compiled
def surroundings(pack: LanguagePack) -> Surroundings:
    """The reader of what stands around the numbers of a pack."""
    return Surroundings(pack)

"""Numbers in digits and in words, by one grammar for all languages; a pack's `figures.toml` holds its words.

digits       1 200   4.000   14,000   2,5   0.4      the signs are the pack's; a group has three digits
sums         vingt-trois, two hundred and five, quatre-vingt-dix-sept: a part may follow a larger one with room for it
products     deux cents, fifteen hundred, hai mươi, 2,3 millions: a multiplier takes what stands before it
inversion    einundzwanzig, vierentwintig: the unit before the ten, if the pack says so
compounds    vierhundertfünfzig: one word made of several numerals, if the pack says so
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from msgspec import Struct

from recoupe.languages import LanguagePack
from recoupe.reading.digits import Digits, attached
from recoupe.reading.document import compiled
from recoupe.reading.numeral_sums import Sum
from recoupe.reading.powers import power_at
from recoupe.text.lexicon import Lexicon
from recoupe.text.tokens import Tokens

_MOST_WORDS = 60  # words and hyphens of one number: bounds the work on hostile text
_MEMORY = 20_000  # so many places of one text are kept
_SIGNS = {sign: unicodedata.numeric(sign) for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"}
_HUNDREDS = 20  # so many and more of them are change, where that has the same name: 'vingt cents'
_HYPHENS = frozenset("-‐‑")
Item = tuple[str, float]
"""What a word is in a number (card, mult, ord, article, join, half, point) and its value."""


class Numeral(Struct):
    """A number that ends before token `end`.

    `factor` is its last multiplier ('2 millions': 1000000); `article`: only an indefinite article, which may be no
    number at all; `words`: no digit in it; `odd`: more digits hang on ('192.168.1.2'), so it is no amount;
    `size` is the number of digits before any sign.
    """

    end: int
    value: float
    words: bool
    ordinal: bool = False
    factor: float = 1.0
    article: bool = False
    odd: bool = False
    size: int = 0


class Numerals:
    """Reads the numbers of one language."""

    def __init__(self, pack: LanguagePack) -> None:
        table = pack.tables["figures"]
        digits = table["digits"]
        self._digits = Digits(digits["group"], digits["decimal"]).read
        self._twenties = frozenset(float(v) for v in digits["twenties"])
        self._inverted: bool = digits["inverted"]
        self._compound: bool = digits["compound"]
        self.article_counts: bool = digits["article_counts"]
        suffixes = pack.words(digits["suffixes"])
        self._suffixes = frozenset(words[-1] for words in suffixes)
        self._glued = frozenset(words[0] for words in suffixes)  # those that need no hyphen
        self.lexicon: Lexicon[Item] = Lexicon()
        for sort, name in (("card", "cardinals"), ("mult", "multipliers"), ("ord", "ordinals"), ("half", "halves")):
            for key, entries in table[name].items():
                for words in pack.words(entries):
                    self.lexicon.add(words, (sort, float(key)))
        for sort, name in (("article", "articles"), ("join", "joiners"), ("point", "points")):
            for words in pack.words(digits[name]):
                self.lexicon.add(words, (sort, 1.0))
        for sign, value in _SIGNS.items():
            self.lexicon.add((sign,), ("card", value))
            self.lexicon.add((sign,), ("half", value))
        self._firsts = {words[0] for words, (sort, _) in self.lexicon.entries() if sort not in ("join", "point")}
        cents = pack.tables["units"]["hundredths"].values()
        self._small_change = frozenset(w for entries in cents for words in pack.words(entries) for w in words)
        self._parts = dict(self._single()) if self._compound else {}
        self._ends_of_parts = _ends(self._parts)
        self._known: tuple[Tokens | None, dict[tuple[int, int], Numeral | None]] = (None, {})  # of the last text read
        self._split: dict[str, Item | None] = {}
        self._alone: dict[str, Numeral | None] = {}  # by word, the number that it is
        self._begun: dict[str, bool] = {}  # by word, whether it may begin a number

    def _single(self) -> list[tuple[str, Item]]:
        """The words of which a numeral in one word can be made: 'ein' counts there."""
        return [
            (words[0], ("card", 1.0) if value[0] == "article" else value)
            for words, value in self.lexicon.entries()
            if len(words) == 1 and words[0].isalpha() and value[0] in ("card", "mult", "join", "ord", "article")
        ]

    def begins(self, norm: str) -> bool:
        """Whether a number may begin with this word: quick, and right when it says no."""
        known = self._begun.get(norm)
        if known is None:
            if len(self._begun) > _MEMORY:
                self._begun.clear()
            known = self._begun[norm] = (
                norm[0].isdigit()
                or norm in self._firsts
                or (self._compound and not self.lexicon.begins(norm) and self._of_compound(norm) is not None)
            )
        return known

    def read(self, tokens: Tokens, i: int, limit: int) -> Numeral | None:
        """The longest number that begins at token `i` and ends before token `limit`."""
        if not self.begins(tokens.norms[i]):
            return None
        if limit == 1 and not tokens.norms[i][0].isdigit():
            return self._lone(tokens.norms[i], i)  # also words of no text are asked for, of which nothing is kept
        known = self._known
        if known[0] is not tokens:
            known = self._known = (tokens, {})
        memory, key = known[1], (i, limit)
        if key in memory:
            return memory[key]
        if len(memory) > _MEMORY:
            memory.clear()
        if tokens.norms[i][0].isdigit():
            found = self._mixed(tokens, i, limit)
        elif self._continues(tokens.norms, i, limit):
            found = self._words(tokens, i, limit)
        else:
            found = self._lone(tokens.norms[i], i)
        memory[key] = found
        return found

    # --- digits

    def _mixed(self, tokens: Tokens, i: int, limit: int) -> Numeral | None:
        read = self._digits(tokens, i, limit)
        if read is None:
            return None
        j, value, size = read
        power = power_at(tokens, j, value, limit)
        if power is not None:
            return Numeral(power[0], power[1], False, size=size)
        k = j + 1 if j + 1 < limit and tokens.norms[j] in _HYPHENS and attached(tokens, j) else j  # 18-го
        suffixes = self._glued if k == j else self._suffixes
        if k < limit and attached(tokens, k) and tokens.norms[k] in suffixes and _goes_on(tokens, k, limit):
            return Numeral(k + 1, value, False, ordinal=True, size=size)
        found = self._multiplied(tokens, j, value, limit, words=False)
        found.odd, found.size = found.end == j and _hangs_on(tokens, j, limit), size
        return found

    def _multiplied(self, tokens: Tokens, k: int, value: float, limit: int, words: bool) -> Numeral:
        """A number with the multipliers that follow at token `k`: '2,3' + 'millions'."""
        factor = 1.0
        while k < limit:
            step = self._multiplier(tokens, k, limit)
            if step is None or step[1] <= factor:
                break
            k, by = step
            value, factor = value * by, factor * by
        if factor == 100 and not words:
            k, value = self._and_more(tokens, k, value, limit)
        if k < limit:
            for end, (sort, part) in self.lexicon.at(tokens.norms, k):
                if sort == "half" and end <= limit and (factor > 1 or tokens.norms[k] in _SIGNS):
                    value, k = value + part * factor, end
                    break
        return Numeral(k, round(value, 6) if factor > 1 else value, words, factor=factor)

    def _and_more(self, tokens: Tokens, k: int, value: float, limit: int) -> tuple[int, float]:
        """(end, value) of '3 hundred' with the 'and 21' that follows."""
        for end, (sort, _) in self.lexicon.at(tokens.norms, k) if k < limit else ():
            more = self.read(tokens, end, limit) if sort == "join" and end < limit else None
            if more is not None and more.value < 100 and not (more.ordinal or more.article or more.odd):
                return more.end, value + more.value
        return k, value

    def _multiplier(self, tokens: Tokens, k: int, limit: int) -> tuple[int, float] | None:
        for end, (sort, by) in self.lexicon.at(tokens.norms, k):
            if (
                sort == "mult"
                and by >= 12
                and (by != 100 or tokens.norms[k] not in self._small_change)
                and end <= limit
            ):
                return end, by
        return None

    # --- words

    def _continues(self, norms: Sequence[str], i: int, limit: int) -> bool:
        """Whether the number that begins with a word may go on after it."""
        if i + 1 >= limit:
            return False
        after = norms[i + 1]
        return (
            after in _HYPHENS or self.lexicon.begins(after) or self.begins(after) or self.lexicon.pairs(norms[i], after)
        )

    def _lone(self, norm: str, i: int) -> Numeral | None:
        """The number that a word is alone, as it stands at token `i`."""
        if norm not in self._alone:
            if len(self._alone) > _MEMORY:
                self._alone.clear()
            self._alone[norm] = self._words(Tokens(norm, [0], [len(norm)], [norm], [norm]), 0, 1)
        found = self._alone[norm]
        if found is None:
            return None
        return Numeral(i + 1, found.value, True, found.ordinal, found.factor, found.article)

    def _words(self, tokens: Tokens, i: int, limit: int) -> Numeral | None:
        norms = tokens.norms
        limit = min(limit, i + _MOST_WORDS)
        grown = Sum(self._twenties, self._inverted)
        j, start_article = i, False
        best: Numeral | None = None
        while j < limit:
            k, grown.joined = j, False
            step = self._step(norms, j, limit, grown, first=j == i)
            if step is None and j > i:
                k = self._joined(tokens, j, limit)
                grown.joined = k > j
                step = self._step(norms, k, limit, grown, first=False) if j < k < limit else None
            if step is None:
                if best is not None and (point := self._point(tokens, j, limit)) is not None:
                    return self._multiplied(tokens, point[0], best.value + point[1], limit, words=True)
                break
            j, sort = step
            start_article = start_article or (sort == "article" and best is None)
            alone = start_article and best is None
            best = Numeral(j, grown.value, True, grown.ordinal, grown.factor, article=alone)
        return best

    def _joined(self, tokens: Tokens, j: int, limit: int) -> int:
        """After a hyphen or a joining word at token `j`."""
        if tokens.norms[j] in _HYPHENS and attached(tokens, j):
            j += 1
        for end, (sort, _) in self.lexicon.at(tokens.norms, j) if j < limit else ():
            if sort == "join" and end <= limit:
                j = end
                break
        if j < limit and tokens.norms[j] in _HYPHENS and attached(tokens, j):
            j += 1
        return j

    def _step(self, norms: Sequence[str], k: int, limit: int, grown: Sum, first: bool) -> tuple[int, str] | None:
        for end, (sort, value) in self.lexicon.at(norms, k):
            if (
                end > limit
                or sort in ("join", "point")
                or (sort == "article" and not first and not self.article_counts)
            ):
                continue
            if value == 100 and (grown.current or 0) >= _HUNDREDS and norms[k] in self._small_change:
                continue  # 'quarante-cinq cents'
            if grown.add(sort, value):
                return end, sort
        if self._compound and not self.lexicon.begins(norms[k]):
            whole = self._of_compound(norms[k])
            if whole is not None and grown.add(*whole):
                return k + 1, whole[0]
        return None

    def _point(self, tokens: Tokens, j: int, limit: int) -> tuple[int, float] | None:
        """'point five': (end, 0.5)."""
        for end, (sort, _) in self.lexicon.at(tokens.norms, j):
            if sort != "point" or end >= limit:
                continue
            digits, k = "", end
            while k < limit and len(digits) < 6:
                after = next(
                    (
                        e
                        for e in self.lexicon.at(tokens.norms, k)
                        if e[1][0] == "card" and e[1][1] < 100 and e[0] <= limit
                    ),
                    None,
                )
                if after is None:
                    break
                k, digits = after[0], digits + str(int(after[1][1]))
            if digits:
                return k, float(f"0.{digits}")
        return None

    def _of_compound(self, word: str) -> Item | None:
        """The number that a word of several numerals names ('zweiundvierzig', 'einundzwanzigste'), if it is one."""
        if len(word) > 60 or len(word) < 5 or not self._may_be_compound(word):
            return None
        if word not in self._split:
            if len(self._split) > 20000:  # bounds the memory that hostile text can take
                self._split.clear()
            self._split[word] = self._sum_of(word, 0, Sum(self._twenties, self._inverted), 0)
        return self._split[word]

    def _may_be_compound(self, word: str) -> bool:
        """Whether a word begins as a numeral and ends as one, told by a few letters: quick, and right if it says no."""
        size, beginnings, endings = self._ends_of_parts
        return word[:size] in beginnings and word[-size:] in endings

    def _sum_of(self, word: str, at: int, grown: Sum, count: int) -> Item | None:
        if at == len(word):
            return ("ord" if grown.ordinal else "card", grown.value) if count > 1 else None
        for end in range(len(word), at, -1):
            part = self._parts.get(word[at:end])
            if part is None:
                continue
            then = Sum(
                grown.twenties,
                grown.inverted,
                grown.total,
                grown.current,
                grown.addend,
                grown.room,
                grown.factor,
                joined=part[0] == "join",
            )
            if part[0] == "join":
                ok = count > 0
            else:
                then.joined = grown.joined
                if part[0] == "mult" and grown.current is None:
                    then.add("card", 1.0)
                ok = then.add(*part)
                then.joined = False
            if ok and (found := self._sum_of(word, end, then, count + 1)) is not None:
                return found
        return None


def _ends(parts: Mapping[str, Item]) -> tuple[int, frozenset[str], frozenset[str]]:
    """(letters of the shortest part, so many first letters of those that may come first, so many last ones of all)."""
    size = min(map(len, parts), default=0)
    first = frozenset(part[:size] for part, (sort, _) in parts.items() if sort != "join")
    return size, first, frozenset(part[-size:] for part in parts)


def _goes_on(tokens: Tokens, j: int, limit: int) -> bool:
    """Whether a full stop after a number can make it an ordinal: what it orders follows ('3. Mai', '14. - 15.')."""
    if tokens.norms[j] != ".":
        return True
    if j + 1 >= limit:
        return False
    return tokens.surfaces[j + 1][0].isalpha() or (tokens.norms[j + 1] in "-–" and not attached(tokens, j + 1))


def _hangs_on(tokens: Tokens, k: int, limit: int) -> bool:
    """Whether more digits follow after a sign: '192.168.1.2', '3:1'."""
    if k + 1 >= limit or not attached(tokens, k) or not attached(tokens, k + 1):
        return False
    return tokens.norms[k] in ".:/,’'" and tokens.norms[k + 1].isdigit()


@compiled
def numerals(pack: LanguagePack) -> Numerals:
    """The reader of numbers of a pack."""
    return Numerals(pack)

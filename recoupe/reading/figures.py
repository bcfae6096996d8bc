"""Figures: numbers with what they count or measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Any

from recoupe.languages import LanguagePack, shared
from recoupe.reading.amounts import Amounts, amounts
from recoupe.reading.document import TRIED, Document, Sentence, compiled
from recoupe.reading.found import AGE, COUNT, ORDINAL, OTHER, Found, quantity
from recoupe.reading.grown import Grown
from recoupe.reading.measures import Measures, measures
from recoupe.reading.openings import Openings
from recoupe.reading.proportions import Proportions
from recoupe.reading.quantities import Quantity
from recoupe.reading.sharing import Sharing
from recoupe.reading.surroundings import CHANGED, GLUE, STOPS, Surroundings, closes, surroundings
from recoupe.records import Amount, Figure, Span, Time
from recoupe.text.patterns import Match, Patterns
from recoupe.text.tokens import Tokens

_MEMORY = 20_000  # so many words are remembered
_WIDEST = 40  # tokens of one figure with what it counts
_AMOUNT, _TEMPLATE, _NONE, _UNSAID, _GROWN = 1, 2, 4, 8, 16
_OLDEST = 130  # years that nobody lives to see
_LISTED = 8  # tokens between two counts of a list
_TO_DEATH = 8  # tokens before an age among which it is told that somebody died
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_NONE_OF = frozenset({"casualty", "weapon", "incident", "justice"})
_LED = frozenset("),")  # between a change and what it led to
_BREAKS = frozenset(".;:!?()[]«»…")


def read_figures(doc: Document, times: Sequence[Time], taken: Sequence[Span]) -> list[Figure]:
    """All figures of a document in the order of the text.

    Numbers inside `times` (time expressions) or `taken` (names) are none.
    """
    figures = []
    for found in find_figures(doc, [*(t.span for t in times), *taken]):
        noun = doc.span(*found.noun) if found.noun else None
        span = doc.span(found.first, found.end)
        said = found.said
        how = how_said(said)
        number = None if how in ("range", "vague") else said.value
        figures.append(
            Figure(span, found.amount, found.kind, noun, found.concept, said.approximate, how, number, said.unit)
        )
    return figures


def how_said(said: Quantity) -> str:
    """What the words make of their number: exact, about, nearly, over, under, range or vague."""
    if said.vague or said.range:
        return "vague" if said.vague else "range"
    if said.low == said.high:
        return "exact"
    if said.low is None or said.high is None:
        return "under" if said.low is None else "over"
    return "nearly" if said.value == said.high else "about"


def find_figures(doc: Document, taken: Sequence[Span]) -> list[Found]:
    """All figures of a document with how they were said."""
    reader = _reader(doc.pack)
    blocked = bytearray(len(doc.tokens))
    addresses = (Span(m.start(), m.end()) for m in _ADDRESS.finditer(doc.text))
    for span in [*taken, *addresses]:
        first, last = doc.tokens_of(span)
        blocked[first:last] = b"\x01" * (last - first)
    found: list[Found] = []
    for sentence in doc.sentences:
        found += reader.sentence(doc.tokens, sentence, blocked)
    return found


class _Reader:
    """Reads the figures of one language."""

    def __init__(self, pack: LanguagePack) -> None:
        table = pack.tables["figures"]
        self.around: Surroundings = surroundings(pack)
        self.amounts: Amounts = amounts(pack)
        self.measures: Measures = measures(pack)
        self.signs = frozenset(n for sign in shared("units")["signs"] for n in pack.tokenizer.norms(sign))
        self.article_counts: bool = table["digits"]["article_counts"]
        self.sharing = Sharing(pack)
        self.grown = Grown(pack)
        self.ages = _patterns(pack, table["ages"])
        self.shares = _patterns(pack, table["shares"])
        self.proportions = Proportions(self.around, self.measures)
        self.templates = Openings(lambda norm: False, self.amounts.begins, self.amounts.begins)
        self.templates.add_patterns(self.ages)
        self.templates.add_patterns(self.shares)
        self._telling = self.amounts.words | self.templates.firsts | self.around.none.firsts
        self._known = _Beginnings(self)

    # --- a sentence

    def sentence(self, tokens: Tokens, sentence: Sentence, blocked: bytearray) -> list[Found]:
        """The figures of one sentence."""
        found: list[Found] = []
        limit, end, tried = sentence.last, sentence.first, 0
        known, norms = self._known, tokens.norms
        beginnings = list(map(known.__getitem__, norms[end:limit]))
        for i in compress(range(end, limit), beginnings):
            if i < end or blocked[i] or not self._opens(known[norms[i]], tokens, i, limit):
                continue
            tried += 1
            if tried > TRIED:
                break
            stop = blocked.find(1, i, min(limit, i + _WIDEST))
            widest = stop if stop >= 0 else min(limit, i + _WIDEST)
            here = self._at(tokens, i, widest, sentence)
            if here is None and found:
                here = self._listed(tokens, found[-1], i, widest)
            if here is not None:
                found.append(self._reached(tokens, found[-1], here, limit, sentence) if found else here)
                end = here.end
        if len(known) > _MEMORY:
            known.clear()
        return self.sharing(tokens, found)

    def begins(self, norm: str) -> int:
        """What may begin with this word: an amount, a template, 'no', 'more than' before a one that is not said.

        Nothing for most words.
        """
        grown = self.grown(norm) is not None
        if not grown and norm not in self._telling and not self.amounts.numerals.begins(norm):
            return 0
        unsaid = bool(self.measures.ones) and self.amounts.is_modifier(norm)
        sorts = (
            self.amounts.begins(norm),
            self.templates.begins(norm),
            self.around.none.begins(norm),
            unsaid,
            grown,
        )
        return sum(bit for bit, may in zip((_AMOUNT, _TEMPLATE, _NONE, _UNSAID, _GROWN), sorts, strict=True) if may)

    def _opens(self, how: int, tokens: Tokens, i: int, limit: int) -> bool:
        """Whether a figure may begin at a token, told by the next words too."""
        norms = tokens.norms
        return (
            (how & _AMOUNT and self.amounts.opens(norms, i))
            or (how & _TEMPLATE and self.templates.at(norms, i))
            or bool(how & _NONE and self.around.none.at(norms, i))
            or bool(how & _UNSAID and self._unsaid(tokens, i, limit))
            or bool(how & _GROWN)
        )

    def _unsaid(self, tokens: Tokens, i: int, limit: int) -> Found | None:
        """'More than a year' where no word says the one: 'более года'."""
        core, one = self.amounts.unsaid_one(tokens, i, limit)
        for end, unit in self.measures.ones.at(tokens.norms, core) if i < core < limit else ():
            if end <= limit:
                return quantity(self.measures, one._replace(end=end, modified=True, words=True, unit=unit))
        return None

    def _at(self, tokens: Tokens, i: int, limit: int, sentence: Sentence) -> Found | None:
        """The figure that begins at token `i`."""
        if self._known[tokens.norms[i]] & _GROWN and (grown := self.grown(tokens.norms[i])):
            value, unit = grown
            return quantity(self.measures, Quantity(i, i, i + 1, value, value, value, words=True, unit=unit))
        special = self._templated(tokens, i, limit, sentence) or self._none(tokens, i, limit, sentence)
        if special is not None:
            return special
        said = self.amounts.read(tokens, i, limit)
        if said is None:
            return self._unsaid(tokens, i, limit) if self._known[tokens.norms[i]] & _UNSAID else None
        if said.range and self._is_change(tokens, said, limit, sentence):
            if tokens.norms[i] in self.around.leading:
                return None  # 'с 20 до 40': the two stand behind it
            low = self.amounts.numerals.read(tokens, i, limit)
            if low is not None:
                said = Quantity(
                    i, i, low.end, low.value, low.value, low.value, words=low.words, factor=low.factor, size=low.size
                )
        more = said.modified and said.core > i and said.value
        share = self._templated(tokens, said.core, limit, sentence) if more else None
        if share is not None and share.end > said.end and share.unit == "%":  # 'more than one in five'
            ratio = share.said.value / said.value
            least = None if said.low is None else round(said.low * ratio, 6)
            most = None if said.high is None else round(said.high * ratio, 6)
            return quantity(self.measures, share.said._replace(start=i, low=least, high=most, modified=True))
        said = self._in_millions(tokens, said, limit)
        bare = not said.range and not said.modified
        if bare and self.around.is_paired(tokens, said.core, sentence) and self._unit(tokens, said, limit) is None:
            return None if said.value == 1 else self._made(said, said.end, OTHER)
        return self._finished(tokens, said, limit, sentence)

    def _reached(self, tokens: Tokens, before: Found, here: Found, limit: int, sentence: Sentence) -> Found:
        """A figure behind the change that led to it is no upper bound: 'упал на 5% до 906', 'bajó 252 (2,9%) hasta'."""
        said = here.said
        bound = said.low is None and said.high == said.value and said.core > said.start
        if not bound or any(norm not in _LED for norm in tokens.norms[before.end : here.first]):
            return here
        if not self.around.follows(tokens, before.first, "changes", sentence, CHANGED):
            return here
        exactly = said._replace(low=said.value, high=said.value, modified=False, approximate=False)
        return self._finished(tokens, exactly, limit, sentence) or here

    def _is_change(self, tokens: Tokens, said: Quantity, limit: int, sentence: Sentence) -> bool:
        """Whether a range is a change from one figure to the other."""
        low = self.amounts.numerals.read(tokens, said.core, limit)
        first_bare = low is not None and self.measures.at(tokens, low.end, limit, not low.words) is None
        return self.around.is_change(tokens, self._measured(tokens, said, limit), sentence, first_bare)

    def _measured(self, tokens: Tokens, said: Quantity, limit: int) -> Quantity:
        """With the unit that follows."""
        measured = self._unit(tokens, said, limit)
        return measured[1] if measured is not None else said

    def _in_millions(self, tokens: Tokens, said: Quantity, limit: int) -> Quantity:
        """'1.2m people' are no metres."""
        j = said.end
        glued = j + 1 < limit and tokens.surfaces[j] == "m" and tokens.starts[j] == tokens.ends[j - 1]
        if not glued or said.words or said.factor > 1:
            return said
        sorts = {self.around.sort_of(concept) for _, concept in self.around.concepts.at(tokens.norms, j + 1)}
        if not sorts - {"measure", "duration", "share", "statistic"}:
            return said
        return said.scaled(1e6)._replace(end=j + 1, factor=1e6)

    def _finished(self, tokens: Tokens, said: Quantity, limit: int, sentence: Sentence) -> Found | None:
        measured = self._unit(tokens, said, limit)
        if measured is not None:
            end, said = measured
            if said.article and not said.modified and not self.around.is_measure(tokens, said, sentence):
                return None
            end, said = self._parts_of(tokens, said._replace(end=end), limit)
            if (
                any(e <= limit and s == "negative" for e, s in self.around.words.at(tokens.norms, end))
                if end < limit
                else False
            ):
                end = next(e for e, s in self.around.words.at(tokens.norms, end) if s == "negative")
                said = said.scaled(-1.0)
            return quantity(self.measures, self.amounts.suffixed(tokens, said._replace(end=end), limit))
        if said.unit is not None:
            return quantity(self.measures, said)
        if said.ordinal:
            return self._made(said, said.end, ORDINAL)
        if said.article:
            return self._article(tokens, said, limit, sentence)
        below = self._below_zero(tokens, said, limit)
        if below is not None:
            return below
        if self.around.is_age(tokens, said, sentence):
            return quantity(self.measures, said._replace(unit="a"))
        noun, concept = self.around.noun(tokens, said.end, sentence.last)
        kind = OTHER if self.around.is_label(tokens, said, noun, sentence) else COUNT
        return self._made(said, said.end, kind, noun, concept)

    def _below_zero(self, tokens: Tokens, said: Quantity, limit: int) -> Found | None:
        """'10 below zero': degrees go without saying; a word alone ('10 negatives') may be another's."""
        at = said.end
        ends = (e for e, sort in self.around.words.at(tokens.norms, at) if sort == "negative") if at < limit else ()
        end = next((e for e in ends if at + 1 < e <= limit), None)
        return None if end is None else quantity(self.measures, said.scaled(-1.0)._replace(end=end, unit="Cel"))

    def _unit(self, tokens: Tokens, said: Quantity, limit: int) -> tuple[int, Quantity] | None:
        """(end, amount in that unit) if a unit follows."""
        currency = said.unit in self.measures.currencies
        if said.ordinal or (said.unit is not None and not currency and not said.fraction):
            return None
        j, said = self._to_unit(tokens, said, limit)
        read = self.measures.at(tokens, j, limit, not said.words)
        if j == said.end + 1 and (joined := self.grown.unit(tokens.norms[j])) is not None:
            read = j + 1, (joined, 1.0)  # '52-летний'
        if read is None or (currency and read[1][0] not in self.measures.currencies):
            return None
        end, (unit, factor) = read
        if said.fraction:
            if unit == "%" or unit in self.measures.currencies:
                return None
            said = said.scaled(0.01)._replace(fraction=False)
        said = said.scaled(factor)._replace(unit=unit, minor=factor < 1)
        for half_end, (sort, value) in self.amounts.numerals.lexicon.at(tokens.norms, end) if end < limit else ():
            if sort == "half" and half_end <= limit:
                low, high = _plus(said.low, value), _plus(said.high, value)
                return half_end, said._replace(value=said.value + value, low=low, high=high, article=False)
        return end, said

    def _parts_of(self, tokens: Tokens, said: Quantity, limit: int) -> tuple[int, Quantity]:
        """(end, amount) with the smaller units that follow: '2 hours and 30 minutes', '15 dollars 50'."""
        unit, last = said.unit or "", said.unit or ""
        if said.range or said.vague or said.fraction:
            return said.end, said
        for _ in range(3):
            read = self._part(tokens, said, unit, last, limit)
            if read is None:
                break
            end, last, more = read
            low, high = _plus(said.low, more), _plus(said.high, more)
            said = said._replace(end=end, value=said.value + more, low=low, high=high)
        if last != unit:
            ratio = self.measures.smaller(unit, (last, 1.0))
            said = said._replace(smallest=round(said.value / ratio, 6) if ratio else None)
        return said.end, said

    def _part(self, tokens: Tokens, said: Quantity, unit: str, last: str, limit: int) -> tuple[int, str, float] | None:
        """A further part of an amount: (end, its unit, how many of the amount's own unit it is)."""
        if said.end >= limit:
            return None
        joins = self.around.words.at(tokens.norms, said.end)
        j = next((e for e, sort in joins if sort == "joins" and e < limit), said.end)
        number = self.amounts.numerals.read(tokens, j, limit)
        if number is None or number.ordinal or number.odd or number.article or number.factor > 1:
            return None
        part = self.measures.at(tokens, number.end, limit, not number.words)
        if part is None:
            closes = number.end >= limit - 1  # 'fifteen dollars and fifty.'
            change = unit in self.measures.currencies and closes and (j > said.end or not number.words)
            change = change and said.value % 1 == 0 and tokens.norms[j - 1] != ","
            return (number.end, last, number.value * 0.01) if change and 10 <= number.value < 100 else None
        if unit in self.measures.currencies and part[1][0] in self.measures.currencies and part[1][1] < 1:
            part = part[0], (unit, part[1][1])  # cents, of whatever they are
        by = self.measures.smaller(unit, part[1])
        nearer = self.measures.smaller(last, part[1])
        return (part[0], part[1][0], number.value * by) if by is not None and nearer is not None else None

    def _to_unit(self, tokens: Tokens, said: Quantity, limit: int) -> tuple[int, Quantity]:
        """Where the unit of an amount may begin: after a hyphen ('190-foot'), an 'of' ('un million de francs')."""
        j = said.end
        if j + 1 >= limit:
            return j, said
        close = tokens.starts[j] == tokens.ends[j - 1] and tokens.starts[j + 1] == tokens.ends[j]
        if tokens.norms[j] in GLUE and close:
            return j + 1, said
        by = self.amounts.short.get(tokens.norms[j])
        if said.unit is None and by and tokens.surfaces[j] in ("M", "k") and tokens.norms[j + 1] in self.signs:
            return j + 1, said.scaled(by)._replace(factor=by)
        if said.factor > 1 or said.vague or said.approximate or said.fraction:
            j = next((e for e, _ in self.around.of.at(tokens.norms, j) if e < limit), j)
            if said.fraction and any(
                sort == "article" for _, (sort, _v) in self.amounts.numerals.lexicon.at(tokens.norms, j)
            ):
                j += 1  # half an hour
        return min(j, limit - 1), said

    def _made(
        self, said: Quantity, end: int, kind: str, noun: tuple[int, int] | None = None, concept: str | None = None
    ) -> Found:
        return Found(said.start, end, said, kind, Amount(said.low, said.high), None, noun, concept)

    # --- other ways to say a number

    def _templated(self, tokens: Tokens, i: int, limit: int, sentence: Sentence) -> Found | None:
        """'aged 52', '41 cents on the euro', 'one in five'."""

        def fill(name: str, k: int) -> Iterable[tuple[int, Any]]:
            if name == "begin":
                return ((k, k),)
            if name == "word":
                return ((k + 1, k),) if k < limit and tokens.surfaces[k][0].isalpha() else ()
            said = self.amounts.read(tokens, k, limit) if name in ("n", "nth") and k < limit else None
            fits = said is not None and said.ordinal == (name == "nth") and not said.odd and said.unit is None
            return ((said.end, said),) if said is not None and fits else ()

        if self.ages.may_begin(tokens.norms[i]):
            for match in self.ages.match(tokens.norms, i, fill):
                if match.end <= limit and (age := self._age(tokens, i, match, limit, sentence)) is not None:
                    return age
        if self.shares.may_begin(tokens.norms[i]) or self.amounts.numerals.begins(tokens.norms[i]):
            for match in self.shares.match(tokens.norms, i, fill):
                if match.end <= limit and (share := self.proportions(tokens, match, sentence)) is not None:
                    return quantity(self.measures, share._replace(start=i, end=match.end, unit="%"))
        return None

    def _age(self, tokens: Tokens, i: int, match: Match[str], limit: int, sentence: Sentence) -> Found | None:
        """The age of 'aged 52', 'he was 52', 'died on Sunday | at 52'; None where it is none."""
        said: Quantity = match.captures["n"]
        if match.value != "with" and not closes(tokens, match.end, sentence):
            return None
        if match.value == "died" and not self._told_dead(tokens, i, sentence):
            return None
        if said.value >= _OLDEST or self._unit(tokens, said, limit) is not None:
            return None
        age = quantity(self.measures, said._replace(unit="a"))
        age.concept = AGE
        return age

    def _told_dead(self, tokens: Tokens, i: int, sentence: Sentence) -> bool:
        """Whether the clause before a token tells of a death: 'who died on Sunday | at 91'."""
        first = max(sentence.first, i - _TO_DEATH)
        first = next((k + 1 for k in range(i - 1, first - 1, -1) if tokens.norms[k] in STOPS), first)
        return self.around.fate(tokens, first, i) is not None

    def _none(self, tokens: Tokens, i: int, limit: int, sentence: Sentence) -> Found | None:
        """'no victims', 'nobody was hurt': 0, only of what is counted in news."""
        for end, sort in self.around.none.at(tokens.norms, i):
            if end > limit:
                continue
            if sort == "none":
                of = self.amounts.numerals.read(tokens, end, limit) if end < limit else None  # 'none of the 300'
                first = of.end if of is not None and not of.ordinal and not of.article else end
                noun, concept = self.around.noun(tokens, first, sentence.last)
                if noun is None or noun[0] > first + 1 or not self._may_be_none(tokens, noun, concept, sentence):
                    continue
            elif sort == "absent":
                noun, concept = None, self.around.named_before(tokens, i, sentence.first)
                if self.around.sort_of(concept) not in _NONE_OF:
                    continue
            else:
                noun, concept = None, self.around.fate(tokens, end, min(end + 7, sentence.last))
                if concept is None and (
                    end >= sentence.last or tokens.norms[end] in STOPS
                ):  # 'Verletzt wurde niemand.'
                    concept = self.around.fate(tokens, max(sentence.first, i - 3), i)  # 'Verletzt wurde niemand.'
                if concept is None:
                    continue
            zero = Quantity(i, i, end, 0.0, 0.0, 0.0, words=True)
            return self._made(zero, end, COUNT, noun, concept)
        return None

    def _may_be_none(self, tokens: Tokens, noun: tuple[int, int], concept: str | None, sentence: Sentence) -> bool:
        """'No victims', 'no shots', 'no passenger was hurt', but not 'no product'."""
        sort = self.around.sort_of(concept)
        if sort == "person":
            return self.around.fate(tokens, noun[1], min(noun[1] + 5, sentence.last)) is not None
        return sort in _NONE_OF

    def _article(self, tokens: Tokens, said: Quantity, limit: int, sentence: Sentence) -> Found | None:
        """An article is a number before a victim ('un mort'), after 'including', and of one who was hurt."""
        rank = self.amounts.numerals.read(tokens, said.end, limit) if said.end < limit else None
        if rank is not None and rank.ordinal:
            return None  # 'a third man', 'ein dritter Mensch'
        noun, concept = self.around.noun(tokens, said.end, sentence.last)
        if said.modified:
            return self._made(said, said.end, COUNT, noun, concept)
        sort = self.around.sort_of(concept)
        before = range(max(sentence.first, said.start - 3), said.start)
        after_part = any(self.around.is_at(tokens, k, "parts", said.start) for k in before)
        if after_part or (self.article_counts and sort == "casualty" and noun is not None and noun[0] == said.end):
            return self._made(said, said.end, COUNT, noun, concept)
        if sort == "person" and noun is not None and self.around.fate(tokens, noun[1], min(noun[1] + 5, sentence.last)):
            return self._made(said, said.end, COUNT, noun, concept)
        return None

    def _listed(self, tokens: Tokens, before: Found, i: int, limit: int) -> Found | None:
        """An article that ends a list of counts by place: 'drei in Deutschland und | eine in Luxemburg'."""
        norms = tokens.norms
        said = self.amounts.read(tokens, i, limit)
        if said is None or not said.article or norms[i - 1] not in self.around.joiners or said.end >= limit:
            return None
        places = self.around.places
        alike = before.kind == COUNT and norms[before.end] in places and norms[said.end] in places
        if not alike or i - before.end > _LISTED or not _BREAKS.isdisjoint(norms[before.end : i]):
            return None
        return self._made(said._replace(article=False), said.end, COUNT)


class _Beginnings(dict[str, int]):
    """What may begin with a word, each told when it is first met."""

    def __init__(self, reader: _Reader) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, norm: str) -> int:
        found = self[norm] = self._reader.begins(norm)
        return found


def _plus(bound: float | None, more: float) -> float | None:
    return None if bound is None else bound + more


def _patterns(pack: LanguagePack, table: dict[str, list[str]]) -> Patterns[str]:
    patterns: Patterns[str] = Patterns(pack.tokenizer, pack.endings)
    for name, templates in table.items():
        for template in templates:
            patterns.add(template, name)
    return patterns


@compiled
def _reader(pack: LanguagePack) -> _Reader:
    return _Reader(pack)

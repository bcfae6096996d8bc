"""Scan: a document with the gazetteer's marks and the mentions of names found so far."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from msgspec import Struct

from recoupe.reading.document import Document
from recoupe.reading.gazetteer import Found, Gazetteer, Known

Words = tuple[str, ...]


class Mention(Struct):
    """A name at tokens `first` to `last` (excluded).

    `words` are its normal words without signs; `key` is set for well-known names and ministries; `votes` say of what
    sort it is.
    """

    first: int
    last: int
    type: str
    words: Words
    known: Known | None = None
    country: str | None = None
    key: str | None = None
    seat: bool = False
    votes: dict[str, float] = {}


@dataclass(slots=True)
class Scan:
    """A document with its marks and mentions, in order and without overlap."""

    document: Document
    gazetteer: Gazetteer
    marks: list[list[Found]]
    mentions: list[Mention] = field(default_factory=list)
    where: dict[str, list[int]] = field(default_factory=dict)
    ended: list[str] = field(init=False, repr=False)
    """Before which tokens marks end: their flags."""

    def __post_init__(self) -> None:
        where = self.where
        self.ended = ended = [""] * (len(self.marks) + 1)
        for i, here in enumerate(self.marks):
            for found in here:
                flag = found.mark.flag
                ended[found.last] += flag
                if flag in where:
                    where[flag].append(i)
                else:
                    where[flag] = [i]

    def at(self, flag: str, first: int, last: int) -> list[int]:
        """The tokens from `first` to before `last` at which a mark of a sort begins, each once."""
        rows = self.where.get(flag)
        if not rows or rows[-1] < first:
            return []
        begin = bisect_left(rows, first)
        if rows[begin] >= last:
            return []
        return list(dict.fromkeys(rows[begin : bisect_left(rows, last, begin)]))

    def acronym(self, i: int) -> bool:
        """Whether a token is letters in capitals alone, two to six, between words that are not all so."""
        surfaces = self.document.tokens.surfaces
        word = surfaces[i]
        if not (1 < len(word) < 7 and word.isupper() and word.isalpha()):
            return False
        around = (*surfaces[max(0, i - 3) : i], *surfaces[i + 1 : i + 4])
        return any(w.isalpha() and not w.isupper() for w in around)

    def has(self, i: int, flag: str) -> Found | None:
        """The longest mark of a sort that begins at token `i`."""
        if not 0 <= i < len(self.marks):
            return None
        for found in self.marks[i]:  # the longest first
            if found.mark.flag == flag:
                return found
        return None

    def ending(self, i: int, flag: str, within: int = 5) -> Found | None:
        """The longest mark of a sort whose last token is `i - 1`."""
        if flag not in self.ended[i]:
            return None
        for start in range(max(0, i - within), i):
            for found in self.marks[start]:
                if found.mark.flag == flag and found.last == i:
                    return found
        return None


def mention_at(scan: Scan, first: int, last: int, type_: str) -> Mention:
    """A mention without votes."""
    document = scan.document
    words = tuple(n for n in document.norms[first:last] if n[0].isalnum())
    return Mention(first, last, type_, words)


def apart(proposed: list[Mention]) -> list[Mention]:
    """Of mentions that overlap, one: a ministry, else the longer, else the known one, with the votes of both."""
    proposed.sort(key=lambda m: (not _is_ministry(m), m.first - m.last, m.key is None, m.first))
    kept: list[Mention] = []
    taken: dict[int, Mention] = {}
    for mention in proposed:
        over = {id(taken[i]): taken[i] for i in range(mention.first, mention.last) if i in taken}
        for other in over.values():
            if (other.first, other.last) == (mention.first, mention.last):
                for type_, weight in mention.votes.items():
                    other.votes[type_] = other.votes.get(type_, 0.0) + weight
        if not over:
            kept.append(mention)
            for i in range(mention.first, mention.last):
                taken[i] = mention
    return sorted(kept, key=lambda m: m.first)


def _is_ministry(mention: Mention) -> bool:
    return mention.key is not None and mention.known is None

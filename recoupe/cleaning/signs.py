"""Signs: what the words of each short line say it is: a share button, a label, a date line, a byline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recoupe.cleaning.agencies import names_agency
from recoupe.cleaning.lines import Line
from recoupe.cleaning.phrases import Furniture, Phrase, Words
from recoupe.text.patterns import Match

_SEPARATOR = re.compile(r"\s[-–—/»>]\s|[|•·⋅‖]")
_URL = re.compile(r"https?://[^\s<>\"»”)\]]{3,2000}")
_QUOTE = frozenset('«»“”„"')
_LONGEST = 40  # words: no furniture is longer
_LONGEST_MENTION = 30
_LONGEST_PART = 4
_LONGEST_BYLINE = 12  # words
_LONGEST_ROW = 24  # words of buttons or bylines in a row
_LINES = ("lines", "bylines")
_AROUND_DATE = 10  # words beside 'updated on June 3, 2024' in a line that says no more


@dataclass(frozen=True, slots=True)
class Sign:
    """What a line is, by its words.

    `kind`: a kind of [lines] (share, comments, …), `related`, `tags`, `advert`, `photo`, `source`, `correction`,
    `author`, `agency`, `published`, `updated`, `date`, `translated`, `link`, `nothing` (no words at all). `value`: the
    date (ISO 8601), the language, the author or the address that it gives. `label`: it stands above what it labels.
    """

    kind: str
    value: str | None = None
    label: bool = False


def sign_of(line: Line, furniture: Furniture) -> Sign | None:
    """Read a line; None where its words tell nothing."""
    if not line.whole or line.words > _LONGEST:
        return None
    text = line.head
    if not line.words:
        return Sign("nothing")
    if text.startswith("#") and all(part.startswith("#") for part in text.split()):
        return Sign("tags")
    address = _URL.search(text)
    words = Words(text)
    if not len(words):
        return Sign("nothing")
    sign = _labelled(text, words, line, furniture, address and address[0])
    if sign:
        return sign
    if address and address.end() - address.start() > len(text) * 0.8:
        return Sign("link", address[0])
    return (
        _dated(words, furniture, line)
        or _whole(text, words, furniture, line)
        or _mentioned(text, words, furniture, line)
    )


def _labelled(text: str, words: Words, line: Line, furniture: Furniture, address: str | None) -> Sign | None:
    """A label with a colon behind it, or alone."""
    for match in furniture.at(words, 0, "labels"):
        kind, alone = match.value.kind, match.end == len(words)
        behind = text[words.ends[match.end - 1] : words.starts[match.end] if not alone else len(text)]
        if alone:
            return Sign(kind, label=True) if not line.ended and kind != "correction" else None
        if not any(sign in behind for sign in ":|："):
            # 'Read also Three dead in crash': without a colon only labels of two words or more, before a capital
            points = kind == "related" and match.end >= 2 and not line.ended and words.surfaces[match.end][0].isupper()
            if points or (kind == "related" and any(sign in behind for sign in ">»→–")):
                return Sign(kind)
            continue
        if kind == "correction":
            return Sign(kind)
        if kind == "source":
            return Sign(kind, address) if line.words <= 14 or address else None
        # a label of one word may begin a sentence of the report: 'Next: the committee votes on Tuesday on …'
        if (
            match.end == 1
            and line.ended
            and line.last == "."
            and line.words > 12
            and kind in ("related", "tags", "advert")
        ):
            continue
        return Sign(kind)
    return None


def _dated(words: Words, furniture: Furniture, line: Line) -> Sign | None:
    """A line that says when the report was published or updated, or of which language it is a translation."""
    if line.words > 25:
        return None
    for where in ("translated", "dates"):
        found = [
            (i, match)
            for i, match in furniture.find(words, where)
            if len(words) - (match.end - i) <= (_AROUND_DATE if not line.ended else _AROUND_DATE // 2 + 1)
        ]
        if where == "translated" and found:
            return Sign("translated", found[0][1].captures.get("language"))
        if where == "dates" and found:
            # the longest: 'last updated on {date}' holds 'updated on {date}'; 'published … updated …' gives the first
            first = max(found, key=lambda f: (-f[1].end if len(found) > 1 else 0, f[1].end - f[0]))
            return Sign(first[1].value.kind, first[1].captures.get("date"))
    dates = furniture.calendar.find(words.norms) if any(len(n) == 4 and n.isdecimal() for n in words.norms) else []
    if dates:
        rest = len(words) - sum(j - i for i, j, _ in dates)
        if rest <= 4 and not (line.ended and rest > 2):
            return Sign("date", dates[0][2])
    return None


def _whole(text: str, words: Words, furniture: Furniture, line: Line) -> Sign | None:
    """A line all of whose parts are buttons or bylines."""
    if line.words > _LONGEST_MENTION or (line.ended and not _QUOTE.isdisjoint(text)):
        return None
    nobody = line.ended or line.words > _LONGEST_BYLINE  # named as in a byline
    row = len(words) <= _LONGEST_ROW and not line.ended
    here = furniture.at(words, 0, "lines") if nobody and not row else _lines_at(words, furniture, 0)
    size = len(words)
    for match in here:
        if match.end == size:
            sign = _byline(match, words, text, line) if match.value.where == "bylines" else Sign(match.value.kind)
            if sign:
                return sign
    if row and _covered(words, furniture):
        return Sign(here[0].value.kind)  # 'Facebook Twitter Print', 'Reporting by Ann Lee; editing by Tom Low'
    if len(words) <= 3 and not line.ended and names_agency(text) and all(w[0].isupper() for w in words.surfaces):
        return Sign("agency", text)  # '(Reuters)', 'Roe, AFP'
    parts = [p for p in _SEPARATOR.split(text) if p.strip()]
    if len(parts) < 2:
        return None
    kinds = []
    for part in parts:
        of_part = Words(part)
        here = furniture.at(of_part, 0, "lines") if len(of_part) else []
        whole = [m.value.kind for m in here if m.end == len(of_part)]
        if whole:
            kinds.append(whole[0])
        elif len(of_part) > _LONGEST_PART or part.rstrip().endswith("."):
            return None
    return Sign(kinds[0]) if kinds else None


def _lines_at(words: Words, furniture: Furniture, i: int) -> list[Match[Phrase]]:
    """The phrases of [lines] and [bylines] that begin at a word, those of [lines] first."""
    return [match for where in _LINES for match in furniture.at(words, i, where)]


def _covered(words: Words, furniture: Furniture) -> bool:
    """Whether a line is phrases in a row; one that may be any words does not count."""
    reached = {0}
    for i in range(len(words)):
        if i in reached:
            found = _lines_at(words, furniture, i)
            reached.update(m.end for m in found if len(m.captures.get("words", ())) < m.end - i)
    return len(words) in reached


def _byline(match: Match[Phrase], words: Words, text: str, line: Line) -> Sign | None:
    """A byline names somebody: each of its own words but the small ones has a capital."""
    start = match.end - len(match.captures.get("words", ()))
    named = words.surfaces[start : match.end]
    capitals = sum(s[0].isupper() for s in named)
    if (
        line.ended
        or line.words > _LONGEST_BYLINE
        or not all(s[0].isupper() or len(s) <= 4 for s in named)
        or 2 * capitals < len(named)
    ):
        return None
    if match.value.kind == "agency" and named and start < 2 and not (names_agency(text) and (start or len(words) <= 4)):
        return None  # 'With Ann Lee' is no credit, 'Additional reporting by Ann Lee' is
    return Sign(match.value.kind, text[words.starts[start] : words.ends[match.end - 1]] if named else None)


def _mentioned(text: str, words: Words, furniture: Furniture, line: Line) -> Sign | None:
    """A line that speaks of newsletters, cookies and subscriptions as no report does; not one that quotes somebody."""
    if line.words > _LONGEST_MENTION or not _QUOTE.isdisjoint(text):
        return None
    return next((Sign("mention") for _ in furniture.find(words, "mentions")), None)

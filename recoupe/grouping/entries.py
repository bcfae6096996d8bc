"""Entries: the parts of a report that may each tell something of their own, and whether it says that they do.

Entries begin at clock times, headings, bullets, numbers or datelines. Nothing of this depends on a language but the
words by which a page calls itself a digest or a live blog, which are data of its pack (roundups.toml).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from recoupe.languages import LanguagePack
from recoupe.records import Article, Name, Reading, Span
from recoupe.text.lexicon import Lexicon

MOST = 40  # entries that are looked at
_LONGEST = 2000  # characters of an entry that are looked at
_LINES = 400  # lines of a report that are looked at
_ALL_LINES = 4000  # the same with empty ones
_WORDS = 10  # of an entry, below which it says too little to be told from others
_BEFORE = 0.4  # of a report, what may stand before its first entry: more is a report with a list in it
_LARGEST = 0.6  # of the entries' text, what one may have: more is a report with notes beside it
_HEADS = 3  # lines at the head of a text that may say what it is
_TITLE = 20  # words of such a line that are looked at
_SEPARATORS = ":.hH：h時"  # between the hours and minutes of a clock
_BULLETS = "-–—•*·▪●■►▶◆■□➤✔"
_CLOCK = 12  # characters of a line with nothing but a clock time, at most
_DATELINE = 48  # characters within which a dateline ends
_DASHES = (" — ", " – ", " - ", " (", ". — ", ". – ", ": ")
_SIGNS = ":|–—-•/·"


def entries(reading: Reading, plain: bool) -> tuple[Span, ...]:
    """The parts of a report, in order; none where it has fewer than two, or much else beside them.

    `plain`: where nothing marks any, its paragraphs.
    """
    lines = list(_lines(reading.article))
    spans = _marked(reading, lines)
    if len(spans) < 2 and plain:
        spans = [line for line in lines if not _in(reading.article.headings, line)]
    text = reading.article.text
    spans = [span for span in spans if len(span.of(text).split(maxsplit=_WORDS)) >= _WORDS][:MOST]
    sizes = [span.end - span.start for span in spans]
    if len(spans) < 2 or max(sizes) > _LARGEST * sum(sizes):
        return ()
    return tuple(spans)


def _lines(article: Article) -> Iterator[Span]:
    """The lines that hold anything but furniture; a clock time alone counts, whatever it was held for."""
    at, clutter = 0, [span.start for span in article.clutter]
    number = 0
    for _ in range(_ALL_LINES):
        if at >= len(article.text) or number == _LINES:
            return
        end = article.text.find("\n", at)
        end = len(article.text) if end < 0 else end
        i = bisect_right(clutter, at) - 1
        words = article.text[at : min(end, at + _LONGEST)]
        if words.strip() and (not (i >= 0 and at < article.clutter[i].end) or (len(words) <= _CLOCK and _timed(words))):
            number += 1
            yield Span(at, min(end, at + _LONGEST))
        at = end + 1


def _marked(reading: Reading, lines: Sequence[Span]) -> list[Span]:
    """Entries that begin with one kind of mark, that which most begin with; up to the next one."""
    found: dict[str, list[int]] = {}
    starts = {mention.start for name in reading.names if name.type == "PLACE" for mention in name.mentions}
    for i, line in enumerate(lines):
        if mark := _mark(reading.article, line, starts):
            found.setdefault(mark, []).append(i)
    if not found:
        return []
    text = reading.article.text
    mark, firsts = max(found.items(), key=lambda e: (len(e[1]), e[0]))
    if mark == "heading" and firsts[:2] == [0, 1]:
        firsts = firsts[1:]  # the title
    if len(firsts) < 2:
        return []
    whole = lines[-1].end - lines[0].start
    if lines[firsts[0]].start - lines[0].start > _BEFORE * whole:
        return []
    ends = [lines[i - 1].end for i in firsts[1:]] + [lines[-1].end]
    spans = [Span(lines[i].start, min(end, lines[i].start + _LONGEST)) for i, end in zip(firsts, ends)]
    return [span for span in spans if span.of(text).strip()]


def _mark(article: Article, line: Span, places: set[int]) -> str:
    """With what mark a line begins; "" for none."""
    words = article.text[line.start : line.start + _DATELINE]
    if _timed(words):
        return "time"
    if _in(article.headings, line):
        return "heading"
    if _listed(words):
        return "bullet"
    return "dateline" if line.start in places and _dated(words) else ""


def _in(spans: Sequence[Span], line: Span) -> bool:
    """Whether one of the spans, ascending, begins in a line."""
    at = bisect_left(spans, line.start, key=lambda span: span.start)
    return at < len(spans) and spans[at].start < line.end


def _timed(line: str) -> bool:
    """Whether a line begins with a clock time: 14:05, 9.30, 14h05."""
    line = line.lstrip(" \t[(" + _BULLETS)[:8]
    hours = len(line) - len(line.lstrip("0123456789"))
    rest = line[hours:].lstrip(" ")
    if not 1 <= hours <= 2 or int(line[:hours]) > 23 or len(rest) < 3 or rest[0] not in _SEPARATORS:
        return False
    minutes, after = rest[1:].lstrip(" ")[:2], rest[1:].lstrip(" ")[2:3]
    return len(minutes) == 2 and minutes.isdecimal() and int(minutes) < 60 and after not in tuple("0123456789.%")


def _listed(line: str) -> bool:
    """Whether a line begins with a bullet or the number of an entry."""
    line = line.lstrip()
    number = len(line) - len(line.lstrip("0123456789"))
    if number:
        return number <= 2 and line[number : number + 2] in (". ", ") ")
    return line[:1] in tuple(_BULLETS) and line[1:2].isspace()


def _dated(line: str) -> bool:
    """Whether a line that begins with the name of a place goes on as a dateline does."""
    at = min((i for dash in _DASHES if (i := line.find(dash)) > 0), default=-1)
    return at > 0 and len(line[:at].split()) <= 4


# --- parts as reports


def parts(reading: Reading, spans: Sequence[Span]) -> list[Reading]:
    """Parts of a report, ascending, as reports of their own, as far as their traits go."""
    starts, article = [span.start for span in spans], reading.article

    def at(start: int, end: int) -> int:
        i = bisect_right(starts, start) - 1
        return i if i >= 0 and end <= spans[i].end else -1

    names: list[list[Name]] = [[] for _ in spans]
    for name in reading.names:
        mentions: dict[int, list[Span]] = {}
        for m in name.mentions:
            if (i := at(m.start, m.end)) >= 0:
                mentions.setdefault(i, []).append(Span(m.start - starts[i], m.end - starts[i]))
        for i, those in mentions.items():
            names[i].append(Name(name.id, name.type, name.name, tuple(those)))
    found = []
    for i, span in enumerate(spans):
        text = span.of(article.text)
        cut = Article(article.id, article.path, text, article.lang, "", published=article.published, day=article.day)
        within = [s for s in reading.sentences if at(s.start, s.end) == i]
        sentences = tuple(Span(s.start - span.start, s.end - span.start) for s in within)
        claims = tuple(c for c in reading.claims if at(c.span.start, c.span.start) == i)
        statements = tuple(s for s in reading.statements if at(s.cue.start, s.cue.start) == i)
        found.append(Reading(cut, sentences, tuple(names[i]), claims=claims, statements=statements))
    return found


# --- what a page calls itself


@cache
def _called(pack: LanguagePack) -> Lexicon[str]:
    return pack.lexicon(pack.tables["roundups"])


def calls_itself(reading: Reading, pack: LanguagePack) -> bool:
    """Whether the title or the head of a report has words by which such pages call themselves."""
    article = reading.article
    heads = [article.title]
    for line in _lines(article):
        heads.append(line.of(article.text))
        if len(heads) > _HEADS:
            break
    heads = [head[:_LONGEST] for head in heads]
    return any(_says(head, pack) for head in heads if len(head.split(maxsplit=_TITLE)) < _TITLE)


def _says(head: str, pack: LanguagePack) -> bool:
    norms, phrases = pack.tokenizer.norms(head), _called(pack)
    last = len(norms)
    for i in range(last):
        for end, kind in phrases.at(norms, i):
            if kind == "names":
                return True
            before, after = norms[i - 1] if i else "", norms[end] if end < last else ""
            if (not before and (not after or after in _SIGNS)) or (not after and before in _SIGNS):
                return True
    return False

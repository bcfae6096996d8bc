"""Anchors: words of an article that are found again when its text or its reading has changed."""

from __future__ import annotations

import re
from pathlib import PurePath

from recoupe.records import Article, Claim, Name, Reading, Span
from recoupe.records.correction import ClaimAt, NameAt, Quote, StatementAt
from recoupe.text.latin import latin

AROUND = 32  # code points kept of what stands before and after
_MOST = 5000  # places at which the words stand that are looked at
_SAME = 0.5  # share of what stood around that still has to stand there
_WORDS = 300  # code points of words that are looked for
_CONTENT = 80  # code points kept of what a statement says


# --- making -------------------------------------------------------------------------------------------


def quote(text: str, span: Span) -> Quote:
    """The words at a span with what stands around them."""
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return Quote(span.of(text)[:_WORDS], before, after, span.start)


def claim_at(address: str, text: str, span: Span, kind: str, value: str = "") -> ClaimAt:
    """An anchor of a claim."""
    return ClaimAt(address, quote(text, span), kind, value)


def statement_at(address: str, text: str, cue: Span, content: Span) -> StatementAt:
    """An anchor of a statement."""
    return StatementAt(address, quote(text, cue), content.of(text)[:_CONTENT])


def name_at(address: str, name: str, type_: str) -> NameAt:
    """An anchor of a name."""
    return NameAt(address, name, latin(name), type_)


# --- finding ------------------------------------------------------------------------------------------


def addresses(article: Article) -> frozenset[str]:
    """What an article of no store may be known by: its URL, the path of its file, its outlet's id for it."""
    path = article.path.partition("#")[0]
    found = {f"p:{article.path}", f"p:{PurePath(path)}"}
    if article.url:
        found.add(f"u:{article.url.partition('#')[0]}")
    if article.id:
        found.add(f"i:{article.outlet or path}:{article.id}")
    return frozenset(found)


def known_as(address: str, known: frozenset[str]) -> bool:
    """Whether an article with those addresses is meant; a path may be given from any folder on."""
    if address in known:
        return True
    if not address.startswith("p:"):
        return False
    tail = PurePath(address[2:]).parts
    if not tail:
        return False
    for other in known:
        parts = PurePath(other[2:]).parts if other.startswith("p:") else ()
        short, long = sorted((tail, parts), key=len)
        if short and long[-len(short) :] == short:
            return True
    return False


def locate(text: str, told: Quote) -> Span | None:
    """Where the words stand now: of several places the one with most of what stood around them, then the nearest.

    None where they stand nowhere, or where less than half of what stood around them does; where nothing did, they must
    stand at one place alone.
    """
    words = told.exact.split()
    if not words:
        return None
    before, after = _plain(told.prefix), _plain(told.suffix)
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    best: tuple[int, int, Span] | None = None
    count = 0
    for match in pattern.finditer(text):
        count += 1
        if count > _MOST:
            break
        span = Span(match.start(), match.end())
        kept = _kept(text, span, before, after)
        rank = (kept, -abs(span.start - told.start) if told.start >= 0 else -span.start)
        if best is None or rank > best[:2]:
            best = (*rank, span)
    if best is None:
        return None
    wanted = _letters(before) + _letters(after)
    if wanted:
        return best[2] if best[0] >= _SAME * wanted else None
    return best[2] if count == 1 else None


def _kept(text: str, span: Span, before: str, after: str) -> int:
    """How many letters of what stood before and after still do."""
    now_before = _plain(text[max(0, span.start - 2 * AROUND) : span.start])
    now_after = _plain(text[span.end : span.end + 2 * AROUND])
    kept_before, kept_after = _common(before[::-1], now_before[::-1]), _common(after, now_after)
    return _letters(before[len(before) - kept_before :]) + _letters(after[:kept_after])


def _letters(text: str) -> int:
    """How many letters and digits there are: blanks and points stand everywhere."""
    return sum(map(str.isalnum, text))


def _common(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


def _plain(text: str) -> str:
    """A text with single blanks, and one in place of what parts the words at its ends."""
    return re.sub(r"\s+", " ", text)


def find_claim(reading: Reading, told: ClaimAt) -> int | None:
    """The index of a claim at the anchored words of the anchored kind, None where there is none.

    Of several the one with just these words, then the one with the anchored value.
    """
    span = locate(reading.article.text, told.quote)
    if span is None:
        return None
    near = [
        (claim.span == span, str(claim.value) == told.value, _shared(claim, span), -n)
        for n, claim in enumerate(reading.claims)
        if claim.kind == told.kind and claim.span.overlaps(span)
    ]
    return -max(near)[-1] if near else None


def _shared(claim: Claim, span: Span) -> int:
    return min(claim.span.end, span.end) - max(claim.span.start, span.start)


def find_statement(reading: Reading, told: StatementAt) -> int | None:
    """The index of a statement with the anchored cue, None where there is none."""
    span = locate(reading.article.text, told.cue)
    if span is None:
        return None
    text = reading.article.text
    near = [
        (statement.cue == span, _common(told.content, statement.content[0].of(text)), -n)
        for n, statement in enumerate(reading.statements)
        if statement.cue.overlaps(span) and statement.content
    ]
    return -max(near)[-1] if near else None


def find_name(reading: Reading, told: NameAt) -> Name | None:
    """The name of an article that is meant: by its fullest form, else by any that it takes; one of the type, if any is.

    None where there is none.
    """
    text = reading.article.text
    named = [n for n in reading.names if n.mentions]
    full = [n for n in named if latin(n.name) == told.key]
    found = full or [n for n in named if told.key in {latin(m.of(text)) for m in n.mentions}]
    return next((n for n in found if n.type == told.type), found[0] if found else None)


def words_at(reading: Reading, told: NameAt) -> tuple[Span, ...]:
    """Where the words of a name stand that the reading has not taken for one; no more than some hundred places."""
    pattern = r"\s+".join(map(re.escape, told.name.split()))
    if not pattern:
        return ()
    found = re.finditer(rf"(?<!\w){pattern}(?!\w)", reading.article.text)
    return tuple(Span(m.start(), m.end()) for m, _ in zip(found, range(200)))

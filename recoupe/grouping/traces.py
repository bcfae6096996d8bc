"""Traces: what a report leaves in any copy of it, sentence by sentence, also in another language."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from recoupe.languages import load_pack
from recoupe.records import Figure, Name, Reading, Span
from recoupe.text.latin import latin, skeleton
from recoupe.text.stems import is_content, stem

LONGEST = 300  # sentences of a report that are looked at
_WORDS = 200  # words of a sentence that are looked at
_BONES = 4  # letters of a name's bones that count: endings differ from case to case
_SAME_EVERYWHERE = "hdlm"  # sorts of Name.terms that all languages share


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One sentence.

    `keys` are those that all languages share: `x:` and the bones of a word of a name, `l:` and a country, `e:` and a
    well-known name, `v:` and a figure, `t:` and days, and those of Reading.terms. `words` stand in normal form and in
    order, `quoted` tells which of them stand in quotations, `stems` are those that carry meaning. `size` counts code
    points.
    """

    span: Span
    keys: frozenset[str]
    words: tuple[str, ...]
    stems: frozenset[str]
    quoted: frozenset[int]
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A report as lines, without headings and clutter."""

    lang: str
    lines: tuple[Line, ...]
    worked: Worked = field(default_factory=lambda: Worked(), repr=False)

    def keys(self, neutral: bool) -> list[frozenset[str]]:
        """The keys of each line: those of all languages, and unless `neutral` the stems too; worked out once."""
        found = self.worked.neutral if neutral else self.worked.full
        if found is None:
            if neutral:
                found = self.worked.neutral = [line.keys for line in self.lines]
            else:
                found = self.worked.full = [line.keys.union(["s:" + s for s in line.stems]) for line in self.lines]
        return found

    def spread(self, neutral: bool) -> Mapping[str, int]:
        """How many lines have each of these keys; worked out once."""
        found = self.worked.spread.get(neutral)
        if found is None:
            found = self.worked.spread[neutral] = dict(Counter(chain.from_iterable(self.keys(neutral))))
        return found


@dataclass(slots=True)
class Worked:
    """What is worked out of a trace when it is first asked for."""

    neutral: list[frozenset[str]] | None = None
    full: list[frozenset[str]] | None = None
    runs: tuple[list[int], frozenset[int]] | None = None
    spread: dict[bool, dict[str, int]] = field(default_factory=dict)


def trace(reading: Reading) -> Trace:
    """The trace of a report."""
    article = reading.article
    keys = _keys(reading)
    quotes = sorted((q.start, q.end) for s in reading.statements if s.quoted for q in s.content)
    lines: list[Line] = []
    for i, span in enumerate(reading.sentences):
        if _covered(article.headings, span.start):
            continue
        if len(lines) == LONGEST:
            break
        line = _line(article.lang, article.text, span, frozenset(keys[i]), quotes)
        if line.words:
            lines.append(line)
    return Trace(article.lang, tuple(lines))


def _line(lang: str, text: str, span: Span, keys: frozenset[str], quotes: Sequence[tuple[int, int]]) -> Line:
    pack = load_pack(lang)
    tokens = pack.tokenizer(span.of(text)[: _WORDS * 20])
    words: list[str] = []
    quoted = set()
    held = _quoted(quotes, span)
    for start, norm in zip(tokens.starts, tokens.norms):
        if not norm[0].isalnum():
            continue
        if len(words) == _WORDS:
            break
        if held:
            at = bisect_right(quotes, (span.start + start, len(text))) - 1
            if at >= 0 and span.start + start < quotes[at][1]:
                quoted.add(len(words))
        words.append(norm)
    stems = {stem(norm, pack.endings) for norm in set(words) if is_content(norm, pack.function_words)}
    return Line(span, keys, tuple(words), frozenset(stems), frozenset(quoted), len(span.of(text)))


def _quoted(quotes: Sequence[tuple[int, int]], span: Span) -> bool:
    """Whether a part of a sentence may stand in a quotation."""
    at = bisect_right(quotes, (span.end, span.end))
    return at > 0 and any(end > span.start for _, end in quotes[:at])


def _keys(reading: Reading) -> list[set[str]]:
    """The keys of each sentence of a report."""
    spans = reading.sentences
    keys: list[set[str]] = [set(t) for t in reading.terms] or [set() for _ in spans]
    starts = [s.start for s in spans]
    for at, key in _marks(reading):
        i = bisect_right(starts, at) - 1
        if i >= 0 and at < spans[i].end:
            keys[i].add(key)
    return keys


def _marks(reading: Reading) -> Iterator[tuple[int, str]]:
    """Where names, figures and times stand, and their keys."""
    for name in reading.names:
        known = _known(name)
        for mention in name.mentions:
            keys = known or _bones(mention.of(reading.article.text))
            yield from ((mention.start, key) for key in keys)
    for figure in reading.figures:
        key = _figure(figure)
        if key:
            yield figure.span.start, key
    for time in reading.times:
        if time.period is not None:
            yield time.span.start, f"t:{time.period.start}:{time.period.end}"


def _known(name: Name) -> tuple[str, ...]:
    """The keys of a name that is known in all languages, or whose words are; none for any other."""
    if name.country:
        return (f"l:{name.country}",)
    if name.key:
        return (f"e:{name.key}",)
    told = [t for t in name.terms if t[0] in _SAME_EVERYWHERE]
    if len(told) > 1:
        return (*told, *(f"x:{bones}" for t in name.terms if t[0] == "u" and (bones := skeleton(t[2:])[:_BONES])))
    return ()


@lru_cache(maxsize=65536)
def _bones(words: str) -> tuple[str, ...]:
    """A key for each longer word of a name."""
    return tuple(f"x:{skeleton(word)[:_BONES]}" for word in latin(words).split() if len(word) > 2)


def _figure(figure: Figure) -> str | None:
    amount = figure.amount
    if figure.kind == "other":
        return None
    if amount.exact and amount.low is not None:
        return f"v:{amount.low:g}"
    return f"v:{amount.low}:{amount.high}"


def _covered(spans: Sequence[Span], at: int) -> bool:
    i = bisect_left(spans, at, key=lambda s: s.end)
    return i < len(spans) and spans[i].start <= at < spans[i].end

"""Statements: who says what, as relations of source, cue and content.

Cue words open frames (`X said that …`, `« … », a dit X`, `according to X`); quotation marks, clause bounds and the
noun phrases beside the cue fill them in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import reduce
from operator import or_

from recoupe.reading.cues import Cue, find_cues
from recoupe.reading.document import Document, Sentence
from recoupe.reading.drafts import ENDS, MARKS, Clause, Draft, Range
from recoupe.reading.quotes import Quotation
from recoupe.reading.speakers import speakers
from recoupe.reading.speech import CUE, NOUN, POINT, REPORT, THAT, places
from recoupe.reading.stances import hedged_tokens
from recoupe.reading.that_clauses import ThatFrames
from recoupe.records import Name, Span, Statement

_PIECES = 40  # quotations that one statement may go on with
_NEAR = 12  # statements to either side that may hold another
_TOLD = frozenset({"confirm", "say", "claim", "announce", "accuse"})  # who does not say so does not deny it
_DENIALS, _DOUBTS = frozenset({"deny"}), frozenset({"fear", "doubt", "ask", "expect"})
_UNSURE = frozenset({"claim", "fear", "expect", "doubt"})


def read_statements(doc: Document, names: Sequence[Name]) -> list[Statement]:
    """All statements of an article outside its headings, by the place of their cues."""
    reader = _Reader(doc, names)
    reader.read()
    return reader.finish(names)


class _Reader(ThatFrames):
    def read(self) -> None:
        cues = places(self.doc, CUE)
        for index, s in enumerate(self.sentences):
            if s.heading:
                continue
            self._sentence(index, s, cues[bisect_left(cues, s.first) : bisect_left(cues, s.last)])
        self._continue()

    def _sentence(self, index: int, s: Sentence, begun: list[int]) -> None:
        """Read a sentence; `begun` are the tokens with which a cue may begin."""
        end = s.last
        while end > s.first and (self.norms[end - 1] in ENDS or self.norms[end - 1] in MARKS):
            end -= 1
        signs = reduce(or_, self.signs[s.first : s.last], 0)
        cues = find_cues(self.norms, self.doc.tokens.surfaces, s.first, s.last, self.speech, begun) if begun else []
        sentence = Clause(index, self._past_dateline(s), s.last, end, s.paragraph, cues)
        before = len(self.drafts)
        if self.speech.verb_second:
            self._second(sentence, cues)
            cues = sentence.cues = [c for c in cues if c.sort == "citing"]
        elif self.speech.comma_clauses:
            self._free(sentence, cues)
            cues = sentence.cues = [c for c in cues if c.sort == "citing"]
        for k, cue in enumerate(cues):
            draft = self._relation(sentence, k, cue)
            if draft is not None:
                self._keep(draft, sentence)
        if signs & POINT:
            self._colon(sentence)
        if signs & NOUN:
            self._nouns(sentence)
        self._loose(sentence)
        if signs & THAT:
            self._that_clauses(sentence)
        if signs & REPORT:
            self._reports(sentence, before)

    def _relation(self, s: Clause, k: int, cue: Cue) -> Draft | None:
        if cue.sort in ("source", "quoting"):
            return self._according(s, k, cue)
        if cue.sort == "citing":
            return self._cited(s, cue)
        q = self._quote(cue.verb)
        lo, hi = s.first, s.end
        if q is not None:
            lo, hi = max(lo, q.first + 1), min(hi, q.last - 1)
            if cue.subject is not None and lo <= cue.first < hi:
                return self._inside(q, cue)
            if self._attributed(q, s):
                return None
        if cue.passive:
            return self._passive(s, k, cue, lo, hi) if q is None else None
        if cue.subject is not None:
            return self._pronoun(s, k, cue, lo, hi)
        draft = self._inverted(s, k, cue, lo, hi)
        if draft is not None and q is not None and draft.source is not None:
            draft.content = [(q.first, cue.first), (draft.source[1], q.last)]
            return draft
        draft = draft or self._subject_first(s, k, cue, lo, hi) or self._dropped(s, k, cue, lo, hi)
        if q is None or draft is None or draft.source is None:
            return draft if q is None else None
        return draft if any(self.phrases.capital(i) for i in range(*draft.source)) else None

    def _continue(self) -> None:
        """Quotations that no cue stands beside go on with the statement before them, or begin the one after."""
        covered = bytearray(len(self.norms) + 1)
        for d in self.drafts:
            inside = self._quote(d.cue[0])
            if inside is not None and all(a != inside.first for a, _ in d.content):
                continue
            for a, b in d.content:
                for i in range(a, min(b, len(self.norms))):
                    covered[i] = 1
        by_place = sorted((d for d in self.drafts if self._quote(d.cue[0]) is None), key=lambda d: d.cue)
        ends = [d.cue[0] for d in by_place]
        nested = {d.cue[0] for d in self.drafts} - set(ends)
        paragraphs = [s.paragraph for s in self.sentences]
        firsts = [s.first for s in self.sentences]
        for q in self.quotes:
            if (
                not q.speech
                or any(covered[i] for i in range(q.first, q.last))
                or not nested.isdisjoint(range(q.first, q.last))
            ):
                continue
            here = bisect_right(firsts, q.first) - 1
            if here < 0 or self.sentences[here].heading or not self._whole(q, here):
                continue
            at = bisect_right(ends, q.first)
            previous = by_place[at - 1] if at else None
            following = by_place[at] if at < len(by_place) else None
            if following is not None and self._leads(q, following):
                following.content.insert(0, (q.first, q.last))
            elif (
                previous is not None
                and len(previous.content) < _PIECES
                and paragraphs[here] - paragraphs[previous.sentence] <= (1 if self._opens_paragraph(q, here) else 0)
            ):
                previous.content.append((q.first, q.last))

    def _whole(self, q: Quotation, sentence: int) -> bool:
        """Whether a quotation makes sentences of its own: it begins one and ends one."""
        s = self.sentences[sentence]
        return s.first == q.first or not any(self.phrases.word(i) for i in range(s.first, q.first))

    def _opens_paragraph(self, q: Quotation, sentence: int) -> bool:
        return sentence > 0 and self.sentences[sentence - 1].paragraph != self.sentences[sentence].paragraph

    def _leads(self, q: Quotation, following: Draft) -> bool:
        """Whether a quotation stands right before the quoted content of the next statement."""
        first = min(c[0] for c in following.content)
        return first < following.cue[0] and q.last <= first <= q.last + 2 and self.norms[first] in MARKS

    def finish(self, names: Sequence[Name]) -> list[Statement]:
        """The drafts as statements, with speakers and the statement that each lies within."""
        drafts = sorted(self.drafts, key=lambda d: (d.cue, d.content))
        found = [self._statement(d) for d in drafts]
        hints = [self.doc.span(*d.hint) if d.hint else None for d in drafts]
        said = speakers(self.doc, names, found, [d.pronoun for d in drafts], hints)
        within = _within(found)
        return [_completed(found[i], *said[i], within[i]) for i in range(len(found))]

    def _closed(self, first: int, last: int) -> Range:
        """A source with the mark that closes a quotation in it: 'агентство «Нистру-пресс | »'."""
        surfaces = self.doc.tokens.surfaces
        opened = sum(surfaces[i] in "«„" for i in range(first, last)) > sum(
            surfaces[i] in "»“”" for i in range(first, last)
        )
        return (first, last + 1) if opened and surfaces[last : last + 1] and surfaces[last] in "»“”" else (first, last)

    def _statement(self, d: Draft) -> Statement:
        pieces = sorted(d.content) if d.mood else _around(sorted(d.content), d.cue)
        content = tuple(self.doc.span(a, b) for a, b in pieces)
        quoted = all(self.norms[a] in MARKS or self._quote(a) is not None for a, _ in d.content)
        hedged = (
            d.hedge
            or d.act in ("claim", "fear", "expect", "doubt")
            or any(hedged_tokens(self.doc, a, b) for a, b in d.content[:1])
        )
        denies = (d.act in _DENIALS) != d.negated
        if d.act in _DOUBTS or (d.act in _TOLD | _DENIALS and d.negated):  # 'did not rule out a delay'
            stance = "unconfirmed"
        elif denies and d.act in ("deny", "admit"):
            stance = "denied" if d.act in _DENIALS or d.negated else "asserted"
        else:
            stance = "asserted"
        source = self.doc.span(*self._closed(*d.source)) if d.source else None
        return Statement(self.doc.span(*d.cue), content, source, None, quoted, hedged, stance, d.act)


def _around(content: list[tuple[int, int]], cue: tuple[int, int]) -> list[tuple[int, int]]:
    """Content without the cue: a piece that would hold it is cut in two. Token ranges."""
    cut: list[tuple[int, int]] = []
    for a, b in content:
        pieces = [(a, cue[0]), (cue[1], b)] if a <= cue[0] and cue[1] <= b else [(a, b)]
        cut += [(x, y) for x, y in pieces if x < y]
    return cut


def _completed(s: Statement, speaker: str | None, named: Span | None, within: int | None) -> Statement:
    """A statement with its speaker, what a pronoun stands for, and the statement that it lies within."""
    if speaker is None and named is None and within is None:
        return s
    return Statement(s.cue, s.content, s.source, speaker, s.quoted, s.hedged, s.stance, s.act, within, named)


def _within(found: list[Statement]) -> list[int | None]:
    """For each statement the index of the smallest one near by whose content holds its cue."""
    reach = [(min(c.start for c in s.content), max(c.end for c in s.content)) if s.content else (0, 0) for s in found]
    return [_smallest_around(found, reach, i) for i in range(len(found))]


def _smallest_around(found: list[Statement], reach: list[tuple[int, int]], i: int) -> int | None:
    """The index of the smallest statement near by whose content holds the cue of statement `i`.

    `reach` is for each statement from where to where its content goes.
    """
    cue = found[i].cue
    best: tuple[int, int] | None = None
    for j in range(max(0, i - _NEAR), min(len(found), i + _NEAR)):
        if j == i or not (reach[j][0] <= cue.start and cue.end <= reach[j][1]):
            continue
        for c in found[j].content:
            if c.covers(cue) and not any(own.covers(found[j].cue) for own in found[i].content):
                best = min(best or (len(c), j), (len(c), j))
    return best[1] if best else None

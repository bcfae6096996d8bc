"""Speakers: which name of the article a source is or speaks for, and whom a pronoun stands for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct

from recoupe.languages import LanguagePack
from recoupe.reading.document import Document, Sentence, compiled
from recoupe.reading.names import resolve
from recoupe.reading.speech import speech_of
from recoupe.records import Name, Span, Statement

Speaker = tuple[str | None, Span | None]
Mention = tuple[int, int, int, str]
_TYPES = ("PERSON", "ORG", "PLACE")
_PERSON, _ORG, _PLACE = range(3)
_PARAGRAPHS = 2  # how far back a pronoun may look for its source
_RECENT = 8  # sources that a pronoun may stand for
_SUBJECT = 9  # tokens at the beginning of a sentence in which its subject is named
_BARE = 0.6  # the share of a source's letters that a place has where the source is that place


class _Told(Struct, frozen=True):
    """A source that is no pronoun, or the subject of a sentence: where, its words, its name, what sort of speaker."""

    paragraph: int
    words: Span
    speaker: str | None
    kind: int | None


def speakers(
    doc: Document,
    names: Sequence[Name],
    found: Sequence[Statement],
    pronouns: Sequence[bool],
    hints: Sequence[Span | None],
) -> list[Speaker]:
    """For each statement the id of its speaker, and for a pronoun the source that it stands for.

    `hints` are phrases in the same sentence that a pronoun most likely means.
    """
    who = _Who(doc, names)
    return [who(*row) for row in zip(found, pronouns, hints)]


@compiled
def _bodies(pack: LanguagePack) -> frozenset[str]:
    """The offices of a language as bodies, without their holders: the first word of each."""
    entries = pack.tables["speech"]["phrases"]["offices"]
    return frozenset(forms[0] for entry in entries if (forms := pack.forms([entry])))


class _Who:
    """Answers who speaks, statement after statement."""

    def __init__(self, doc: Document, names: Sequence[Name]) -> None:
        self._doc, self._names = doc, list(names)
        self._bodies = speech_of(doc.pack).body_pronouns
        self._mentions: list[Mention] = sorted(
            (m.start, m.end, _TYPES.index(n.type), n.id) for n in names for m in n.mentions
        )
        self._recent: list[_Told] = []

    def __call__(self, statement: Statement, pronoun: bool, hint: Span | None) -> Speaker:
        if statement.source is None and not pronoun:
            return None, None
        sentence = self._doc.sentence_at(statement.cue.start)
        paragraph = sentence.paragraph if sentence else 0
        if statement.source is None:  # a subject that is left out: who spoke last
            last = self._recent[-1] if self._recent else None
            near = last is not None and paragraph - last.paragraph <= _PARAGRAPHS
            return (last.speaker, last.words) if last is not None and near else (None, None)
        if not pronoun:
            told = self._told(paragraph, statement.source)
            self._keep(told)
            return told.speaker, None
        if hint is not None:
            self._keep(self._told(paragraph, hint))
            meant: _Told | None = self._recent[-1]
        else:
            meant = self._meant(statement.source, sentence, paragraph)
        if meant is None:
            return self._speaker(statement.source), None
        if self._recent[-1:] != [meant]:
            self._keep(meant)
        return meant.speaker, meant.words

    def _keep(self, told: _Told) -> None:
        self._recent = [*self._recent[1 - _RECENT :], told]

    def _told(self, paragraph: int, source: Span) -> _Told:
        speaker = self._speaker(source)
        inside = [m for m in self._inside(source) if m[3] == speaker]
        kind = inside[0][2] if inside else None
        if kind == _PLACE and sum(m[1] - m[0] for m in inside) < _BARE * len(source):
            kind = None  # 'the prosecutor of Vevey'
        return _Told(paragraph, source, speaker, kind)

    def _meant(self, pronoun: Span, sentence: Sentence | None, paragraph: int) -> _Told | None:
        """Whom a pronoun stands for: who spoke last, or the subject of the sentence before, if that came later.

        Of a pronoun for people a place is meant only where nobody else has spoken; of one for bodies a person never.
        """
        near = [t for t in self._recent if paragraph - t.paragraph <= _PARAGRAPHS]
        before = self._subject_before(sentence, body := self._is_body(pronoun), near)
        if before is not None:
            return before
        if body:
            sure = next((t for t in reversed(near) if t.kind in (_ORG, _PLACE)), None)
            return sure or next((t for t in reversed(near) if t.kind is None), None)
        return next((t for t in reversed(near) if t.kind != _PLACE), near[-1] if near else None)

    def _is_body(self, pronoun: Span) -> bool:
        first, _ = self._doc.tokens_of(pronoun)
        return self._doc.norms[first] in self._bodies

    def _subject_before(self, sentence: Sentence | None, body: bool, near: Sequence[_Told]) -> _Told | None:
        """The name at the beginning of the sentence before, where nobody speaks in that sentence."""
        sentences = self._doc.sentences
        at = bisect_right(sentences, sentence.first, key=lambda s: s.first) - 2 if sentence else -1
        if at < 0 or sentences[at].heading:
            return None
        before = sentences[at]
        if near and near[-1].words.start >= before.span.start:
            return None
        reach = self._doc.span(before.first, min(before.first + _SUBJECT, before.last))
        fits = (_ORG,) if body else (_PERSON,)
        for start, end, kind, name in self._inside(reach):
            if kind in fits:
                return _Told(before.paragraph, Span(start, end), name, kind)
        return self._office_at(before) if body or not self._bodies else None

    def _office_at(self, sentence: Sentence) -> _Told | None:
        """The office without a name that a sentence begins with: 'Le parquet arménien a ouvert une enquête.'"""
        doc, first = self._doc, sentence.first
        speech = speech_of(doc.pack)
        at = next(
            (i for i in range(first, min(first + 2, sentence.last)) if doc.norms[i] not in speech.determiners), -1
        )
        if at < 0 or doc.norms[at] not in _bodies(doc.pack):
            return None
        head = doc.span(first, at + 1)
        behind = [m for m in self._inside(Span(head.end, sentence.span.end)) if m[0] <= head.end + 1]
        words = Span(head.start, behind[0][1]) if behind else head
        if any(m[2] == _PERSON for m in self._inside(sentence.span)):
            return None
        return _Told(sentence.paragraph, words, self._speaker(words), None)

    def _speaker(self, source: Span) -> str | None:
        """Whom the words of a source name or mean: a person, who holds an office, a body, a place."""
        named = resolve(self._doc, self._names, source)
        if named is not None:
            return named
        inside = self._inside(source)
        return min(inside, key=lambda m: (m[2], m[0]))[3] if inside else None

    def _inside(self, span: Span) -> list[Mention]:
        """The mentions inside a span, in the order of the text."""
        at = bisect_left(self._mentions, (span.start,))
        inside = []
        while at < len(self._mentions) and self._mentions[at][0] < span.end:
            if self._mentions[at][1] <= span.end:
                inside.append(self._mentions[at])
            at += 1
        return inside

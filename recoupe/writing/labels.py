"""Labels: what a question asks, in words of the interface that a person understands.

The keys of a question are ids with a letter before them: `c:` a concept, `k:` or `a:` a kind of event, `n:` a name of
the story, `s:` the beginning of a word. Ids are called by their labels in `concepts.toml` and `kinds.toml`; words are
shown as a report writes them, in the language of the interface where a report is in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from recoupe.errors import PackError
from recoupe.languages import shared
from recoupe.records import Amount, Comparison, Kind, Period, Question
from recoupe.records.comparison import claim_of
from recoupe.writing.safe import around, line
from recoupe.writing.wording import Wording

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_LISTS = ("concepts", "kinds")
_LEAD = 3
"""How many things a label names at most, besides the day."""
_WORDS = 2
"""How many words of a report a label shows at most."""
_LOOKED_AT = 1000
"""Code points of a sentence that are searched for the word a stem comes from."""
_BEFORE, _AFTER = 48, 28
"""Code points shown around an answer where nothing else says what is asked."""


def called(key: str, ui: Wording) -> str | None:
    """The label of an id of the shared lists, None where it is none of theirs."""
    return _labels(ui.code).get(key)


def question_labels(comparison: Comparison, ui: Wording) -> dict[str, str]:
    """What each question asks, by its id, as 'people killed · attack · 23 June 2024' or 'when: attack'."""
    subjects = question_subjects(comparison, ui)
    return {q.id: _lead(q, ui).replace("{what}", subjects[q.id]) for q in comparison.questions}


def question_subjects(comparison: Comparison, ui: Wording) -> dict[str, str]:
    """What each question is about, without the word that asks.

    As short as can be told apart: questions of one kind that would be called the same say more.
    """
    found: dict[str, str] = {}
    open_ones = list(comparison.questions)
    for detail in (1, 2, 3):
        told = {q.id: _subject(comparison, q, ui, detail) for q in open_ones}
        often = Counter((q.kind, told[q.id]) for q in open_ones)
        found.update(told)
        open_ones = [q for q in open_ones if often[q.kind, told[q.id]] > 1]
    return found


def _lead(question: Question, ui: Wording) -> str:
    asked = "where" if "where" in question.asks else str(question.kind)
    if question.kind is Kind.COUNT and _concepts(question, ui):
        asked = "told"
    return str(ui.table("asks").get(asked, "{what}"))


def _subject(comparison: Comparison, question: Question, ui: Wording, detail: int) -> str:
    """The subject with one key of each sort, with two, or with the words around the first answer."""
    if question.kind is Kind.STANCE:
        parts = _in_order(comparison, question, ui)[: detail + 1]
        return " · ".join(parts if parts and detail < 3 else [*parts[:1], _around(comparison, question, ui)])
    concepts = _concepts(question, ui)
    parts = concepts[: detail + ("part" in question.asks)]
    if not concepts and question.kind is Kind.QUANTITY:
        parts += _measure(question, ui)
    if not concepts and question.kind is not Kind.TIME:
        parts += _words(comparison, question, ui)[:detail]
    parts += [*_events(comparison, question, ui)[:detail], *_names(comparison, question)]
    parts = _distinct(parts)[:_LEAD]
    if not parts or parts == _measure(question, ui) or detail > 2:
        parts = [*parts[:2], _around(comparison, question, ui)]
    elif question.kind is not Kind.TIME and (day := _day(comparison, question)):
        parts.append(ui.period(day.start, day.end))
    return " · ".join(parts)


def _key(key: str) -> tuple[str, str]:
    """The sort of a key and the key itself: 'c:killed', 'n:n1', or a bare word."""
    sort, colon, bare = key.partition(":")
    return (sort, bare) if colon and len(sort) == 1 else ("", key)


def _keys(question: Question) -> list[tuple[str, str]]:
    return [_key(key) for key in (*question.asks, *question.labels)]


def _concepts(question: Question, ui: Wording) -> list[str]:
    """What is counted or measured, by its label."""
    return [label for sort, bare in _keys(question) if sort in ("c", "") and (label := called(bare, ui))][:_WORDS]


def _events(comparison: Comparison, question: Question, ui: Wording) -> list[str]:
    """The kinds of event asked about, else the kind of most answers; none that only says the concept again."""
    kinds = [bare for sort, bare in _keys(question) if sort in ("k", "a")]
    if not kinds:
        events = Counter(e for a in question.answers if (e := claim_of(comparison.story, a).event))
        kinds = [e for e, _ in events.most_common(1)]
    said = [bare for sort, bare in _keys(question) if sort in ("c", "")]
    return [label for k in kinds if not any(s[:4] == k[:4] for s in said) and (label := called(k, ui))][:_WORDS]


def _in_order(comparison: Comparison, question: Question, ui: Wording) -> list[str]:
    """All keys that mean something to a reader, the most telling first: a proposition is told by what stands in it."""
    sentences = _sentences(comparison, question, ui)
    names = {person.id: person.name for person in comparison.names}
    found = []
    for sort, bare in _keys(question):
        if sort == "n":
            found.append(line(names.get(bare, "")))
        else:
            found.append(line((called(bare, ui) if sort != "s" else None) or _as_written(bare, sentences)))
    return _distinct(found)


def _names(comparison: Comparison, question: Question) -> list[str]:
    names = {person.id: person.name for person in comparison.names}
    return [line(names[bare]) for sort, bare in _keys(question) if sort == "n" and bare in names][:1]


def _words(comparison: Comparison, question: Question, ui: Wording) -> list[str]:
    """The words of a report that the stems come from."""
    sentences = _sentences(comparison, question, ui)
    found = [_as_written(bare, sentences) for sort, bare in _keys(question) if sort in ("s", "")]
    return [line(word) for word in found if word][:_WORDS]


def _measure(question: Question, ui: Wording) -> list[str]:
    """What a unit measures: an area, a sum of money."""
    units = {a.value.unit for a in question.answers if isinstance(a.value, Amount) and a.value.unit}
    measures = ui.table("measures")
    for unit in sorted(units):
        if found := measures.get(unit) or (measures["money"] if len(unit) == 3 and unit.isupper() else None):
            return [str(found)]
    return []


def _around(comparison: Comparison, question: Question, ui: Wording) -> str:
    """The words on either side of the first answer; a gap stands for the answer, for others may differ."""
    if not question.answers:
        return question.id
    claim = claim_of(comparison.story, question.answers[0])
    text = comparison.story.readings[question.answers[0].reading].article.text
    dots = ui.tables["ellipsis"]
    sentence, answer = (claim.sentence.start, claim.sentence.end), (claim.span.start, claim.span.end)
    before, after = around(text, sentence, answer, _BEFORE, _AFTER, dots)
    return line(f"{before}[{dots}]{after}")


def _distinct(parts: Sequence[str]) -> list[str]:
    return list({_folded(p): p for p in reversed(parts) if p}.values())[::-1]


def _sentences(comparison: Comparison, question: Question, ui: Wording) -> list[str]:
    """The sentences of the answers, those in the language of the interface first."""
    found: list[tuple[bool, str]] = []
    for answer in question.answers:
        article = comparison.story.readings[answer.reading].article
        sentence = claim_of(comparison.story, answer).sentence
        end = min(sentence.end, sentence.start + _LOOKED_AT)
        found.append((article.lang != ui.code, article.text[sentence.start : end]))
    return [text for _, text in sorted(found, key=lambda f: f[0])]


def _day(comparison: Comparison, question: Question) -> Period | None:
    """The day that the answers' events share, None where they name none or differ."""
    days = {
        (claim.when.days())
        for answer in question.answers
        if (claim := claim_of(comparison.story, answer)).when is not None
    }
    if len(days) != 1:
        return None
    start, end = days.pop()
    return Period(start, end) if start and start == end else None


def _as_written(key: str, sentences: Iterable[str]) -> str:
    """The word of a sentence that `key` is, or is the beginning of; empty where no sentence shows it."""
    stem = _folded(key)
    if " " in key.strip():
        return key
    for sentence in sentences:
        for word in _WORD.findall(sentence):
            if stem and _folded(word).startswith(stem):
                return str(word).lower() if not word.isupper() else str(word)
    return ""


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def _labels(code: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _LISTS:
        try:
            table = shared(name)
        except PackError:  # a list that this installation lacks labels nothing
            continue
        _collect(table, code, found)
    return found


def _collect(table: dict[str, object], code: str, found: dict[str, str]) -> None:
    """Labels of a list, also where its entries stand in groups."""
    for key, entry in table.items():
        if not isinstance(entry, dict):
            continue
        label = entry.get("label")
        if isinstance(label, dict):
            text = label.get(code) or label.get("en")
            if isinstance(text, str):
                found.setdefault(key, text)
        elif isinstance(label, str):
            found.setdefault(key, label)
        else:
            _collect(entry, code, found)

"""Labels: what a question asks, in words of the interface that a person understands.

The ids of `concepts.toml` and `kinds.toml` are called by their labels there; anything else is a word of a report, or
the beginning of one, and is shown as that report writes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from recoupe.errors import PackError
from recoupe.languages import shared
from recoupe.records import Comparison, Period, Question
from recoupe.records.comparison import claim_of
from recoupe.writing.safe import clipped, line
from recoupe.writing.wording import Wording

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_LISTS = ("concepts", "kinds")
_LEAD = 3
"""How many things a label names at most, besides the day."""
_LOOKED_AT = 1000
"""Code points of a sentence that are searched for the word a stem comes from."""


def called(key: str, ui: Wording) -> str | None:
    """The label of an id of the shared lists, None where it is none of theirs."""
    return _labels(ui.code).get(key)


def question_label(comparison: Comparison, question: Question, ui: Wording) -> str:
    """What a question asks, as 'people killed · attack · 23 June 2024'."""
    subject, known = _subject(comparison, question, ui)
    lead = ui.table("asks_own" if known else "asks").get(str(question.kind), "{what}")
    return str(lead).replace("{what}", subject)


def question_subject(comparison: Comparison, question: Question, ui: Wording) -> str:
    """What a question is about, without the word that asks."""
    return _subject(comparison, question, ui)[0]


def _subject(comparison: Comparison, question: Question, ui: Wording) -> tuple[str, bool]:
    """The subject, and whether it begins with an id that has a label."""
    sentences = _sentences(comparison, question)
    ids, others = _shown_keys(comparison, question, ui, sentences)
    parts = _distinct([line(p) for p in (*ids, *others)])[:_LEAD]
    if not parts:
        return clipped(line(sentences[0]), 90, ui.tables["ellipsis"]) if sentences else question.id, False
    if question.kind != "time" and (day := _day(comparison, question)):
        parts.append(ui.period(day.start, day.end))
    return " · ".join(parts), bool(ids)


def _shown_keys(
    comparison: Comparison, question: Question, ui: Wording, sentences: list[str]
) -> tuple[list[str], list[str]]:
    """The labels of the ids among the question's keys, and what else it is about: words, then names.

    Words of a report stand only where no id tells what is asked: 'people killed' needs no 'killed' beside it.
    """
    names = {person.id: person.name for person in comparison.names}
    ids: list[str] = []
    words: list[str] = []
    named: list[str] = []
    events = Counter(e for a in question.answers if (e := claim_of(comparison.story, a).event))
    for key in (*question.asks, *question.labels, *(e for e, _ in events.most_common(1))):
        sort, bare = _key(key)
        if sort == "n":
            named += [names[bare]] if bare in names else []
        elif label := called(bare, ui):
            ids.append(label)
        elif shown := _as_written(bare, sentences):
            words.append(shown)
    return ids[:2], [*([] if ids else words[:2]), *named[:1]]


def _key(key: str) -> tuple[str, str]:
    """The sort of a key and the key itself: 'c:killed', 'n:n1', or a bare word."""
    sort, colon, bare = key.partition(":")
    return (sort, bare) if colon and len(sort) == 1 else ("", key)


def _distinct(parts: list[str]) -> list[str]:
    return list({_folded(p): p for p in reversed(parts) if p}.values())[::-1]


def _sentences(comparison: Comparison, question: Question) -> list[str]:
    found = []
    for answer in question.answers:
        text = comparison.story.readings[answer.reading].article.text
        sentence = claim_of(comparison.story, answer).sentence
        found.append(text[sentence.start : min(sentence.end, sentence.start + _LOOKED_AT)])
    return found


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

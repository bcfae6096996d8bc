"""Labels: what a question asks, in words of the interface that a person understands.

The keys of a question are ids with a letter before them: `c:` a concept, `k:` or `a:` a kind of event, `n:` a name of
the story, `s:` the beginning of a word. Ids are called by their labels in `concepts.toml` and `kinds.toml`; words are
shown as a report writes them, in the language of the interface where a report is in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from recoupe.errors import PackError
from recoupe.languages import shared
from recoupe.records import Amount, Comparison, Kind, Period, Question
from recoupe.records.comparison import claim_of
from recoupe.writing.quoting import disputed_words, words_around, words_counted
from recoupe.writing.safe import line
from recoupe.writing.wording import Wording

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_LISTS = ("concepts", "kinds")
_LEAD = 2
"""How many things a label names at most, besides the day or a quotation."""
_WORDS = 2
"""How many words of a report a label shows at most."""
_LOOKED_AT = 1000
"""Code points of a sentence that are searched for the word a stem comes from."""
_SHORT, _LONG = 72, 120
"""Code points of the quotation that tells one question from another, and of one that must say more."""
_NOUNS = 40
"""Code points of the words that say what is counted where no concept does."""
_DETAILS = 4
"""How often a label that is another question's too is told again in more words."""
_PHASES = ("begin", "end", "interrupt", "plan")
"""Kinds of event that say something of another one."""
_REMEMBERED = 2000  # characters of a sentence up to which its words are remembered
_THINGS = ("building", "place", "thing", "vehicle", "weapon")
"""Sorts of concepts that can have a length, a weight or a price."""


def called(key: str, ui: Wording) -> str | None:
    """The label of an id of the shared lists, None where it is none of theirs."""
    return _labels(ui.code).get(key)


def label_in(key: str, lang: str) -> str | None:
    """The label of an id in one language, in English where the lists have none in it."""
    return _labels(lang).get(key)


def question_labels(comparison: Comparison, ui: Wording, subjects: Mapping[str, str] | None = None) -> dict[str, str]:
    """What each question asks, by its id, as 'people killed' or 'when: attack'; `subjects` where they are known."""
    subjects = question_subjects(comparison, ui) if subjects is None else subjects
    return {q.id: _lead(q, ui).replace("{what}", subjects[q.id]) for q in comparison.questions}


def question_subjects(comparison: Comparison, ui: Wording) -> dict[str, str]:
    """What each question is about, without the word that asks.

    As short as can be told apart: questions that would be called the same say more, in the end by their number.
    """
    found: dict[str, str] = {}
    open_ones = list(comparison.questions)
    for detail in range(1, _DETAILS + 1):
        found.update({q.id: _subject(comparison, q, ui, detail) for q in open_ones})
        often = Counter(_as_told(q, found, ui) for q in comparison.questions)
        open_ones = [q for q in open_ones if often[_as_told(q, found, ui)] > 1]
    taken: Counter[str] = Counter()
    for question in open_ones:
        told = _as_told(question, found, ui)
        taken[told] += 1
        if taken[told] > 1:
            found[question.id] += f" ({taken[told]})"
    return found


def _as_told(question: Question, subjects: dict[str, str], ui: Wording) -> str:
    return _folded(_lead(question, ui).replace("{what}", subjects[question.id]))


def _lead(question: Question, ui: Wording) -> str:
    asked = "where" if "where" in question.asks else str(question.kind)
    if question.kind is Kind.COUNT and _concepts(question, ui):
        asked = "told"
    return str(ui.table("asks").get(asked, "{what}"))


def _subject(comparison: Comparison, question: Question, ui: Wording, detail: int) -> str:
    """The subject in the fewest words (`detail` 1) up to a quotation (`_DETAILS`), which always tells."""
    if question.kind is Kind.STANCE:
        blame = [label for key in question.asks[:1] if key.startswith("a:") and (label := called(key[2:], ui))]
        return " · ".join([*blame, disputed_words(comparison, question, ui, _LONG if detail > 1 else _SHORT)])
    if question.kind is Kind.TIME:
        parts = [head] if (head := _dated(question, ui)) else []
    elif question.kind is Kind.QUANTITY:
        parts = _measured(comparison, question, ui, detail)
    else:
        parts = _counted(comparison, question, ui, detail)
    parts = _distinct([*parts, *_names(comparison, question)])
    if not parts or detail == _DETAILS or (question.kind is Kind.TIME and detail > 1):
        most = 0 if detail == _DETAILS else _SHORT
        told = words_counted(comparison, question, ui, _NOUNS) if question.kind is Kind.COUNT and most else None
        parts = [*parts[:_LEAD], told or words_around(comparison, question, ui, most)]
    elif question.kind is not Kind.TIME and detail > 2 and (day := _day(comparison, question)):
        parts = [*parts[:_LEAD], ui.period(day.start, day.end)]
    return " · ".join(parts[: _LEAD + 1])


def _dated(question: Question, ui: Wording) -> str:
    """What happened then; its beginning or end is said of it, 'fire (beginning)'."""
    kinds = [bare for sort, bare in _keys(question) if sort == "k" and called(bare, ui)]
    head = next((kind for kind in kinds if kind not in _PHASES), None)
    phase = called(kinds[0], ui) if kinds and kinds[0] in _PHASES else None
    if head is None:
        return phase or ""
    label = str(called(head, ui))
    return f"{label} ({phase})" if phase else label


def _counted(comparison: Comparison, question: Question, ui: Wording, detail: int) -> list[str]:
    """Who or what is counted or asked for; which event only where questions must be told apart by it."""
    concepts = _concepts(question, ui)
    if concepts:
        parts = [_part_of(question, concepts, ui)] if "part" in question.asks else concepts[:1]
    elif question.kind is Kind.COUNT:
        parts = _words(comparison, question, ui)[:detail]
    else:
        parts = []
    if detail > 1 or not parts:
        found = _events(comparison, question, ui)
        if question.kind is not Kind.COUNT:
            parts += found[:detail]
        elif parts:
            parts += _whom(question, ui) or found[:1]
    if not parts and question.kind is not Kind.COUNT:
        parts = _words(comparison, question, ui)[:detail]
    return parts


def _whom(question: Question, ui: Wording) -> list[str]:
    """Which people are among those counted: policemen among the injured."""
    concepts = [bare for sort, bare in _keys(question) if sort == "c"]
    return [label for c in concepts[1:] if c != "people" and _sort(c) == "person" and (label := called(c, ui))][:1]


def _part_of(question: Question, concepts: Sequence[str], ui: Wording) -> str:
    """'people slightly injured (firefighters)', 'people injured (some of them)'."""
    bare = [bare for sort, bare in _keys(question) if sort in ("c", "") and called(bare, ui)]
    if len(concepts) > 1 and bare[1] != "people":
        return f"{concepts[0]} ({concepts[1]})"
    return f"{concepts[0]} ({ui.word('some_of_them')})"


def _measured(comparison: Comparison, question: Question, ui: Wording, detail: int) -> list[str]:
    """What is measured, and of what: 'weight · fuel'. A concept that is no bare measure says it itself."""
    asked = [bare for sort, bare in _keys(question) if sort in ("c", "") and called(bare, ui)][:1]
    measure = _measure(question, ui)
    if asked and measure and _sort(asked[0]) == "money" and measure[0] not in _money(ui):
        asked = []  # 'twenty, has lost an eye' tells no loss of twenty years
    if asked and measure and _sort(asked[0]) == "share" and measure[0] != _money(ui)[1]:
        asked = []  # three tonnes are no share of anything
    parts = (_concepts(question, ui)[:1] if asked else []) or measure
    if not asked or asked[0] == "duration" or _sort(asked[0]) == "measure":
        parts += _companion(comparison, question, ui, bool(asked))
        if len(parts) < _WORDS and asked != ["age"]:  # whose age it is no event tells
            parts += _events(comparison, question, ui)[:1]
        if len(parts) < _WORDS:  # a bare 'duration' tells nothing
            parts.append(words_around(comparison, question, ui, _SHORT))
    elif detail > 1:
        parts += _events(comparison, question, ui)[:1]
    return parts


def _money(ui: Wording) -> tuple[str, str]:
    """What sums and shares are called."""
    return str(ui.table("measures")["money"]), str(ui.table("measures")["%"])


def _companion(comparison: Comparison, question: Question, ui: Wording, named_measure: bool) -> list[str]:
    """What most sentences that give the measure speak of: for an age a person, for a sum people too, else a thing."""
    often = _shared_terms(comparison, question, 0.4)
    asked = {bare for _, bare in _keys(question)}
    money = all(isinstance(a.value, Amount) and len(a.value.unit or "") == len("EUR") for a in question.answers)
    people = {person.id: line(person.name) for person in comparison.names if person.type == "PERSON"}
    named = [people[key[2:]] for key in often if key.startswith("n:") and key[2:] in people]
    if "age" in asked and named:
        return named[:1]
    years = all(isinstance(a.value, Amount) and a.value.unit == "a" for a in question.answers)
    age = "age" in asked or (years and not named_measure)
    sorts = ("person",) if age else (*_THINGS, "person") if money else _THINGS
    most = 0.5 * len(question.answers)
    things = [key[2:] for key, n in often.items() if n > most and key.startswith("c:") and key[2:] not in asked]
    return [label for bare in things if _sort(bare) in sorts and (label := called(bare, ui))][:1]


def _shared_terms(comparison: Comparison, question: Question, least: float) -> dict[str, int]:
    """The keys around more than the part `least` of the answers, the most shared and the nearest first.

    With the number of answers that each is around.
    """
    held: dict[str, float] = {}
    often: Counter[str] = Counter()
    ids = {member: person.id for person in comparison.names for member in person.members}
    for answer in question.answers:
        for key, weight in claim_of(comparison.story, answer).terms:
            key = f"n:{ids.get((answer.reading, key[2:]), '')}" if key.startswith("n:") else key
            held[key] = held.get(key, 0.0) + weight
            often[key] += 1
    most = [key for key in held if often[key] > least * len(question.answers)]
    return {key: often[key] for key in sorted(most, key=lambda k: (-often[k], -held[k], k))}


def _sort(concept: str) -> str:
    """The sort of a concept, empty where the list does not have it."""
    try:
        return str(shared("concepts").get(concept, {}).get("sort", ""))
    except PackError:
        return ""


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


def _names(comparison: Comparison, question: Question) -> list[str]:
    names = {person.id: person.name for person in comparison.names}
    return [line(names[bare]) for sort, bare in _keys(question) if sort == "n" and bare in names][:1]


def _words(comparison: Comparison, question: Question, ui: Wording) -> list[str]:
    """The words of a report that the stems come from."""
    sentences = _sentences(comparison, question, ui)
    found = [as_written(bare, sentences) for sort, bare in _keys(question) if sort in ("s", "")]
    return [line(word) for word in found if word][:_WORDS]


def _measure(question: Question, ui: Wording) -> list[str]:
    """What a unit measures: an area, a sum of money."""
    units = {a.value.unit for a in question.answers if isinstance(a.value, Amount) and a.value.unit}
    measures = ui.table("measures")
    for unit in sorted(units):
        if found := measures.get(unit) or (measures["money"] if len(unit) == 3 and unit.isupper() else None):
            return [str(found)]
    return []


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
    """The day, or the month or year, that the answers' events share, None where they name none or differ."""
    days = {
        (claim.when.days())
        for answer in question.answers
        if (claim := claim_of(comparison.story, answer)).when is not None
    }
    if len(days) != 1:
        return None
    start, end = days.pop()
    return Period(start, end) if start and end else None


def as_written(key: str, sentences: Iterable[str]) -> str:
    """The word of a sentence that `key` is, or is the beginning of; empty where no sentence shows it."""
    stem = _folded(key)
    if " " in key.strip():
        return key
    if stem:
        for sentence in sentences:
            for word, folded in _words_of(sentence) if len(sentence) <= _REMEMBERED else _words_in(sentence):
                if folded.startswith(stem):
                    return word.lower() if not word.isupper() else word
    return ""


@lru_cache(maxsize=1024)
def _words_of(sentence: str) -> tuple[tuple[str, str], ...]:
    """The words of a sentence, each also as it is compared; a sentence is asked for once for every key around it."""
    return tuple(_words_in(sentence))


def _words_in(sentence: str) -> Iterator[tuple[str, str]]:
    return ((word, _folded(word)) for word in _WORD.findall(sentence))


@lru_cache(maxsize=16384)
def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
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

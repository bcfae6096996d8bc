"""What happened and what is counted: kinds of event and concepts, found by the word lists of a pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntFlag

from recoupe.errors import PackError
from recoupe.languages import LanguagePack
from recoupe.languages.pack import REFERENCE, shared
from recoupe.reading.document import Document, Sentence, compiled
from recoupe.records import Span
from recoupe.text.forms import expand
from recoupe.text.lexicon import Lexicon

NEGATION_WINDOW = 6  # a negation stands at most so many words before what it negates
CHAIN = 5  # auxiliaries and adverbs before a verb, at most
_BOUNDARIES = frozenset(".!?…;:,()[]«»“”\"—–|")


@dataclass(frozen=True, slots=True)
class Event:
    """A word or phrase that tells of an event, tokens `first` to `last` (excluded).

    `kind` is an id of kinds.toml. `verb` tells a verb from a noun; `participle` and `passive` say what is known of its form
    (`passive`: a participle after an auxiliary of the passive). `tense` is past, future (also what is only planned) or unknown.
    """

    kind: str
    first: int
    last: int
    span: Span
    verb: bool
    negated: bool = False
    participle: bool = False
    passive: bool = False
    tense: str = "unknown"


@dataclass(frozen=True, slots=True)
class ConceptMention:
    """A word or phrase for what is counted or measured, tokens `first` to `last` (excluded).

    `predicate`: it is said of what is counted ('cinq personnes ont été tuées'), and does not name it ('cinq morts').
    """

    concept: str
    first: int
    last: int
    span: Span
    predicate: bool


class Mark(IntFlag):
    """What a form of a list can be."""

    NOUN = 1
    VERB = 2
    PARTICIPLE = 4
    PAST = 8
    FUTURE = 16


Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Forms:
    """The compiled list of one file: what each form stands for, and what it can be."""

    lexicon: Lexicon[str]
    marks: Mapping[tuple[Words, str], Mark]


@dataclass(frozen=True, slots=True)
class _Signs:
    """The small words by which an event is read."""

    past: frozenset[str]
    future: frozenset[str]
    planned: frozenset[str]
    passive: frozenset[str]
    adverbs: frozenset[str]
    reflexive: frozenset[str]
    negation: frozenset[str]
    open_negation: frozenset[str]
    restriction: frozenset[str]
    clause: frozenset[str]
    before_noun: frozenset[str]
    before_verb: frozenset[str]
    lowercase: frozenset[str]
    affirmative: Lexicon[str]


IGNORED = ""  # what a phrase stands for that names nothing, whatever its words
_COMPANIONS = (("_pp", Mark.PARTICIPLE), ("_past", Mark.PAST), ("_future", Mark.FUTURE))


def concepts(pack: LanguagePack) -> Lexicon[str]:
    """All forms of what is counted or measured, each with the id of its concept. Compiled once.

    The value is `IGNORED`, the empty string, for a phrase that names no concept, whatever its words ('les deux hommes').
    Raises PackError if the pack names an unknown concept.
    """
    return _concept_forms(pack).lexicon


def read_concepts(doc: Document) -> list[ConceptMention]:
    """Every mention of a concept outside the clutter, in order; of two phrases at one place the longer one counts."""
    forms, signs = _concept_forms(doc.pack), _signs(doc.pack)
    norms = doc.norms
    found: list[ConceptMention] = []
    for sentence in doc.sentences:
        for first, last, concept in _longest(forms.lexicon, norms, sentence):
            marks = forms.marks[tuple(norms[first:last]), concept]
            predicate = Mark.VERB in marks and (Mark.NOUN not in marks or _after_auxiliary(norms, first, sentence, signs))
            found.append(ConceptMention(concept, first, last, doc.span(first, last), predicate))
    return found


def read_events(doc: Document) -> list[Event]:
    """Every event outside the clutter, in order. A phrase may tell of two kinds: then both stand there, one after the other."""
    forms, signs = _kind_forms(doc.pack), _signs(doc.pack)
    norms = doc.norms
    found: list[Event] = []
    for sentence in doc.sentences:
        for first, last, kind in _longest(forms.lexicon, norms, sentence):
            words = tuple(norms[first:last])
            if last == first + 1 and words[0] in signs.lowercase and doc.tokens.surfaces[first][0].isupper():
                continue
            found.append(_event(doc, sentence, first, last, kind, forms.marks[words, kind], signs))
    return found


def _event(doc: Document, sentence: Sentence, first: int, last: int, kind: str, marks: Mark, signs: _Signs) -> Event:
    norms = doc.norms
    verb = Mark.VERB in marks and (Mark.NOUN not in marks or _stands_as_verb(norms, first, sentence, signs))
    chain = _chain(norms, first, sentence, signs) if verb else []
    auxiliary = any(word in signs.passive for word in chain)
    participle = verb and Mark.PARTICIPLE in marks and (Mark.PAST not in marks or any(w in signs.past or w in signs.passive for w in chain))
    return Event(
        kind=kind,
        first=first,
        last=last,
        span=doc.span(first, last),
        verb=verb,
        negated=_negated(norms, first, last, sentence, signs),
        participle=participle,
        passive=participle and auxiliary and not any(word in signs.reflexive for word in chain),
        tense=_tense(norms, last, sentence, verb, chain, marks, signs),
    )


def _tense(norms: list[str], last: int, sentence: Sentence, verb: bool, chain: list[str], marks: Mark, signs: _Signs) -> str:
    """What the auxiliaries and the endings tell; what is planned lies in the future."""
    if any(word in signs.future for word in chain) or any(w in signs.planned for w in norms[last : min(last + 3, sentence.last)]):
        return "future"
    if any(word in signs.past for word in chain):
        return "past"
    if verb and Mark.FUTURE in marks:
        return "future"
    return "past" if verb and Mark.PAST in marks else "unknown"


def _chain(norms: list[str], first: int, sentence: Sentence, signs: _Signs) -> list[str]:
    """The auxiliaries and small words right before a verb, the nearest first: 'aurait', 'n'', 'pas encore été'."""
    chain: list[str] = []
    for i in range(first - 1, max(sentence.first, first - CHAIN) - 1, -1):
        word = norms[i]
        known = word in signs.passive or word in signs.past or word in signs.future or word in signs.reflexive
        if not known and word not in signs.adverbs and word not in signs.negation and word not in signs.open_negation:
            break
        chain.append(word)
    return chain


def _after_auxiliary(norms: list[str], first: int, sentence: Sentence, signs: _Signs) -> bool:
    return any(word in signs.passive or word in signs.past for word in _chain(norms, first, sentence, signs))


def _stands_as_verb(norms: list[str], first: int, sentence: Sentence, signs: _Signs) -> bool:
    """Of a form that is verb and noun: what the word before it shows; a noun where nothing does."""
    if first == sentence.first:
        return False
    before = norms[first - 1]
    if before in signs.before_noun:
        return False
    return before in signs.before_verb or _after_auxiliary(norms, first, sentence, signs)


def _negated(norms: list[str], first: int, last: int, sentence: Sentence, signs: _Signs) -> bool:
    """Whether a negation stands in the same clause before the event, or on both sides of it ('n'explosa pas')."""
    opened = False
    for i in range(first - 1, max(sentence.first, first - NEGATION_WINDOW) - 1, -1):
        word = norms[i]
        if word in _BOUNDARIES or word in signs.clause:
            break
        if word in signs.negation and not signs.affirmative.at(norms, i):
            return True
        opened = opened or word in signs.open_negation
    return opened and not any(w in signs.restriction for w in norms[last : min(last + 3, sentence.last)])


def _longest(lexicon: Lexicon[str], norms: list[str], sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """The forms in a sentence from left to right without overlap, the longest first; what is ignored is left out."""
    i, end = sentence.first, sentence.last
    while i < end:
        here = [(j, value) for j, value in lexicon.at(norms, i) if j <= end]
        if not here:
            i += 1
            continue
        longest = here[0][0]
        values = [value for j, value in here if j == longest]
        if IGNORED not in values:
            for value in values:
                yield i, longest, value
        i = longest


# Compiling


@compiled
def _concept_forms(pack: LanguagePack) -> _Forms:
    tables = pack.tables["concepts"]
    roles = {"nouns": Mark.NOUN, "predicates": Mark.VERB}
    return _compile(pack, "concepts", tables["concepts"], roles, tables["marks"]["ignored"])


@compiled
def _kind_forms(pack: LanguagePack) -> _Forms:
    tables = pack.tables["kinds"]
    roles = {"nouns": Mark.NOUN, "verbs": Mark.VERB}
    return _compile(pack, "kinds", tables["kinds"], roles, tables["signs"]["ignored"])


@compiled
def _signs(pack: LanguagePack) -> _Signs:
    table = pack.tables["kinds"]["signs"]
    single = {key: frozenset(pack.forms(entries)) for key, entries in table.items() if key not in ("affirmative", "ignored")}
    return _Signs(**single, affirmative=pack.lexicon({"affirmative": table["affirmative"]}))


def _compile(
    pack: LanguagePack, file: str, table: Mapping[str, Mapping[str, list[str]]], roles: Mapping[str, Mark], ignored: list[str]
) -> _Forms:
    """Expand the lists of all ids. Raises PackError where an id or a list is unknown, or a form is malformed."""
    known = shared(file)
    lexicon: Lexicon[str] = Lexicon()
    marks: dict[tuple[Words, str], Mark] = {}
    parts = [(mark, _parts(pack, suffix)) for suffix, mark in _COMPANIONS]
    norms = pack.tokenizer.norms

    def put(forms: Iterable[str], name: str, mark: Mark) -> None:
        for form in forms:
            key = (norms(form), name)
            if key in marks:
                marks[key] |= mark
            elif key[0]:
                marks[key] = mark
                lexicon.add(*key)

    for name, lists in table.items():
        if name not in known:
            raise PackError(f"languages/{pack.code}/{file}.toml: {name!r} is not in languages/{file}.toml. {REFERENCE}")
        for role, entries in lists.items():
            if role not in roles:
                raise PackError(f"languages/{pack.code}/{file}.toml: {name}.{role}: the lists are {', '.join(roles)}. {REFERENCE}")
            for entry in entries:
                try:
                    put(expand(entry, pack.endings), name, roles[role])
                    if roles[role] is Mark.VERB and "{-" in entry:
                        for mark, endings in parts:
                            put((f for f in expand(entry, endings) if "\0" not in f), name, mark)
                except ValueError as error:
                    raise PackError(f"languages/{pack.code}/{file}.toml: {name}.{role}: {error}. {REFERENCE}") from error
    put(pack.forms(ignored), IGNORED, Mark.NOUN)
    return _Forms(lexicon, marks)


def _parts(pack: LanguagePack, suffix: str) -> dict[str, list[str]]:
    """For each set of endings the part of it that a companion set names; a form without such a part gets a NUL."""
    endings = pack.endings
    return {name: endings.get(name + suffix, ["\0"]) for name in endings}

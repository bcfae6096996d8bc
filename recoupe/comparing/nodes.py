"""Nodes: the names of single readings, with what is known of their words, before they are joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, product
from typing import Any

from recoupe.languages import LanguagePack, available, load_pack
from recoupe.records import Reading
from recoupe.records.reading import Name
from recoupe.text.latin import latin
from recoupe.text.lexicon import Lexicon

Words = tuple[str, ...]
_SHORTEST = 3  # letters that a name keeps without the ending of its case
_FORMS = 12  # forms of a name at most
_WORDS = 4  # words of a name that is tried without the endings of cases


@dataclass(eq=False, slots=True)
class Node:
    """A name of one reading.

    `written` are the forms that it takes, in Latin letters, `forms` these and those without the endings of cases.
    """

    reading: int
    lang: str
    name: Name
    words: Words
    written: tuple[Words, ...]
    forms: tuple[Words, ...]
    roles: frozenset[str]
    gender: str
    bare: bool  # a family name alone, with its particles
    rank: tuple[str, ...]  # its place among others, whatever the order of the readings


@dataclass(eq=False, slots=True)
class Group:
    """Nodes found to be one."""

    nodes: list[Node] = field(default_factory=list)

    def full(self) -> list[Words]:
        """The full names in it, in all their forms, each once."""
        return list(dict.fromkeys(f for n in self.nodes if not n.bare for f in (n.words, *n.forms) if len(f) > 1))


@dataclass(frozen=True)
class Vocabulary:
    """What a language's pack tells of roles, given names and head words."""

    roles: Lexicon[str]
    given: dict[str, str]
    heads: Lexicon[str]
    small: frozenset[str]
    particles: frozenset[str]
    genders: dict[str, str]
    cases: tuple[str, ...]


@cache
def vocabulary(lang: str) -> Vocabulary:
    """What the pack of a language tells, nothing if there is none."""
    if lang not in available():
        return Vocabulary(Lexicon(), {}, Lexicon(), frozenset(), frozenset(), {}, ())
    pack = load_pack(lang)
    table = pack.tables["names"]
    roles = pack.lexicon({**table["roles"], **table["departments"]})
    given: dict[str, str] = {}
    for gender, letter in (("male", "m"), ("female", "f")):
        for form in pack.forms(table["given"][gender]):
            for word in latin(form).split()[:1]:
                given[word] = "" if given.get(word, letter) != letter else letter
    small = {
        word
        for entries in (table["articles"], table["joiners"])
        for form in pack.forms(entries)
        for word in latin(form).split()
    }
    particles = frozenset(latin(form) for form in pack.forms(table["particles"]))
    cases = tuple(sorted(table["cases"], key=lambda e: (-len(e), e)))
    return Vocabulary(roles, given, _heads(table, pack), frozenset(small), particles, _genders(table, pack), cases)


def _heads(table: Mapping[str, Any], pack: LanguagePack) -> Lexicon[str]:
    """Words that say what sort of body or place is named, and of which people it is."""
    found: Lexicon[str] = Lexicon()
    rows = [*table["organisations"].values(), table["places"]["heads"], *table["nationals"].values()]
    if table["belonging_after"]:
        rows += table["countries"].values()
    for entries in rows:
        for form in pack.forms(entries):
            words = latin(form).split()
            if words:
                found.add(words, "")
    return found


def _genders(table: Mapping[str, Any], pack: LanguagePack) -> dict[str, str]:
    """The words of one gender alone: 'Mme', 'préfète'."""
    found: dict[str, str] = {}
    for gender, letter in (("male", "m"), ("female", "f")):
        for form in pack.forms(table["gender"][gender]):
            word = latin(form)
            if " " not in word:
                found[word] = "" if found.get(word, letter) != letter else letter
    return found


def node_of(index: int, reading: Reading, name: Name) -> Node:
    """The node of a name of the reading at `index`."""
    lang = reading.article.lang
    known = vocabulary(lang)
    text = reading.article.text
    surfaces = list(dict.fromkeys(" ".join(m.of(text).split()) for m in name.mentions))
    words = tuple(latin(name.name).split())
    written = tuple(dict.fromkeys(f for f in (words, *(tuple(latin(s).split()) for s in surfaces)) if f)) or ((),)
    forms = tuple(dict.fromkeys((*written, *_without_cases(surfaces, known.cases))))
    roles: set[str] = set()
    if name.roles and lang in available():
        tokenizer = load_pack(lang).tokenizer
        for role in name.roles:
            roles |= {key for _, _, key in known.roles.find(tokenizer.norms(role))}
    gender = (known.given.get(words[0], "") if len(words) > 1 else "") or _gender_around(text, name, known)
    chunks = [c for c in name.name.split() if latin(c) not in known.particles and latin(c)]
    rank = (name.name, text, name.id)
    return Node(index, lang, name, words, written, forms, frozenset(roles), gender, len(chunks) <= 1, rank)


def _without_cases(surfaces: Sequence[str], cases: Sequence[str]) -> list[Words]:
    """The forms of a name, each word of which may have lost the ending of a case."""
    found: list[Words] = []
    if cases:
        for surface in surfaces[:_FORMS]:
            chunks = [_without_case(chunk, cases) for chunk in surface.replace("-", " ").split()]
            if len(chunks) <= _WORDS:
                found += [tuple(latin(" ".join(c)).split()) for c in islice(product(*chunks), 1, _FORMS)]
    return [f for f in found if f]


def _without_case(word: str, cases: Sequence[str]) -> tuple[str, ...]:
    """A word, and it without the longest ending of a case that it may have."""
    for ending in cases:
        if len(word) - len(ending) >= _SHORTEST and word.endswith(ending):
            return word, word[: -len(ending)]
    return (word,)


def _gender_around(text: str, name: Name, known: Vocabulary) -> str:
    """The gender that the words right before a person's mentions tell, '' where they tell none or both."""
    if name.type != "PERSON":
        return ""
    told = {
        letter
        for mention in name.mentions[:20]
        for word in latin(text[max(0, mention.start - 30) : mention.start]).split()[-2:]
        if (letter := known.genders.get(word))
    }
    return told.pop() if len(told) == 1 else ""


def key_of(name: Name) -> str | None:
    """What joins a well-known name with itself."""
    if name.key is None:
        return None
    return f"{name.key}|{name.country or '?'}" if "." in name.key else name.key

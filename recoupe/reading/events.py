"""What happened and what is counted: kinds of event and concepts, found by the word lists of a pack."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from msgspec import Struct

from recoupe.errors import PackError
from recoupe.languages import LanguagePack
from recoupe.languages.pack import REFERENCE, shared
from recoupe.reading.document import Document, Sentence, compiled
from recoupe.reading.speech import speech_of
from recoupe.records import Span
from recoupe.text.cuts import NOTHING, Cuts
from recoupe.text.inflected import Inflected
from recoupe.text.lexicon import Lexicon
from recoupe.text.tokens import Tokenizer

NEGATION_WINDOW = 6  # a negation stands at most so many words before what it negates
CHAIN = 5  # auxiliaries and adverbs before a verb, at most
_BOUNDARIES = frozenset('.!?…;:,()[]«»“”"—–|')


class Event(Struct):
    """A word or phrase that tells of an event, tokens `first` to `last` (excluded).

    `kind` is an id of kinds.toml. `verb` tells a verb from a noun; `participle` and `passive` say what is known of its
    form (`passive`: a participle after an auxiliary of the passive). `tense` is past, future (also what is only
    planned) or unknown.
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


class ConceptMention(Struct):
    """A word or phrase for what is counted or measured, tokens `first` to `last` (excluded).

    `predicate`: it is said of what is counted ('cinq personnes ont été tuées'), and does not name it ('cinq morts').
    """

    concept: str
    first: int
    last: int
    span: Span
    predicate: bool


NOUN, VERB = "noun", "verb"
_PARTS = {"participle": "pp", "past": "past"}  # lists of verb forms that no set of endings tells
_ROLES = {role: frozenset({role}) for role in (NOUN, VERB)}
IGNORED = ""  # what a phrase stands for that names nothing, whatever its words
_Sense = tuple[frozenset[str], frozenset[str]]
"""What a phrase is as one of its ids: NOUN or VERB or both, and the parts of its ending: pp, past, future."""
_Senses = Mapping[str, _Sense]
"""The ids that a phrase stands for."""
_KEPT = 100_000  # words of which is remembered what they stand for


class _Phrases(Inflected[tuple[str, str]]):
    """The phrases of a pack's lists, each with an id and what it is by its list."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        endings: Mapping[str, Sequence[str]],
        compounds: Callable[[tuple[str, str]], bool] | None,
        within: Container[str],
        cuts: Cuts,
    ) -> None:
        super().__init__(tokenizer, endings, compounds, within, cuts)
        self._senses: dict[str, _Senses] = {}

    def senses(self, norm: str) -> _Senses:
        """The ids of a word by itself."""
        found = self._senses.get(norm)
        if found is None:
            if len(self._senses) >= _KEPT:
                self._senses.clear()
            found = self._senses[norm] = _senses(self.alone(norm))
        return found


class Ids(Lexicon[str]):
    """The ids that words stand for, as a Lexicon: `at`, `find` and `longest`; in one role alone, if that is given."""

    def __init__(self, forms: Inflected[tuple[str, str]], role: str | None = None) -> None:
        super().__init__()
        self._forms, self._role = forms, role

    def __bool__(self) -> bool:
        return bool(self._forms)

    def at(self, norms: Sequence[str], i: int) -> list[tuple[int, str]]:
        """All phrases that begin at word `i`, as (index after the last word, id), the longest first."""
        found = self._forms.matches(norms, i)
        if not found or found[0][1][0] == IGNORED:
            return []
        wanted = [(end, name) for end, (name, role), _ in found if self._role in (None, role) and name != IGNORED]
        return list(dict.fromkeys(wanted))

    def find(self, norms: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Every phrase at every place, as (first word, index after the last, id)."""
        for i in range(len(norms)):
            for end, name in self.at(norms, i):
                yield i, end, name


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
    bars_verb: frozenset[str]
    bars_participle: frozenset[str]
    bars_bare: frozenset[str]
    lowercase: frozenset[str]
    particles: frozenset[str]
    affirmative: Lexicon[str]  # phrases in which a word of `negation` negates nothing
    turning: frozenset[str]  # particles and what parts clauses


def concepts(pack: LanguagePack) -> Lexicon[str]:
    """All words and phrases for what is counted or measured, each with the id of its concept. Compiled once.

    A phrase that names no concept whatever its words ('les deux hommes') is not found, nor what begins with it.
    Raises PackError if the pack names an unknown concept.
    """
    return _concepts(pack)[1]


def things(pack: LanguagePack) -> Lexicon[str]:
    """As `concepts`, but only the nouns that stand beside a number, not what is said of those counted."""
    return Ids(_concepts(pack)[0], NOUN)


def kinds(pack: LanguagePack) -> Lexicon[str]:
    """All words and phrases that tell of an event, as verb or as noun, each with the id of its kind. Compiled once."""
    return Ids(_kinds(pack))


def read_concepts(doc: Document) -> list[ConceptMention]:
    """Every mention of a concept outside the clutter, in order; of two phrases at one place the longer one counts."""
    forms, signs = _concepts(doc.pack)[0], _signs(doc.pack)
    norms = doc.norms
    found: list[ConceptMention] = []
    for sentence in doc.sentences:
        for first, last, ids in _longest(forms, norms, sentence, signs):
            if _named(doc, sentence, first, last):
                continue
            small = _is_small(doc, first, last)
            for concept, (roles, _) in ids.items():
                if small and VERB not in roles:
                    continue
                predicate = VERB in roles and (NOUN not in roles or _after_auxiliary(norms, first, sentence, signs))
                found.append(ConceptMention(concept, first, last, doc.span(first, last), predicate))
    return found


def read_events(doc: Document) -> list[Event]:
    """Every event outside the clutter, in order; of two phrases at one place the longer one counts.

    A phrase may tell of two kinds: then both stand there, one after the other.
    """
    forms, signs = _kinds(doc.pack), _signs(doc.pack)
    norms, surfaces = doc.norms, doc.tokens.surfaces
    found: list[Event] = []
    for sentence in doc.sentences:
        for first, last, ids in _longest(forms, norms, sentence, signs):
            barred = norms[first] in signs.lowercase and surfaces[first][0].isupper()
            if not barred and not _named(doc, sentence, first, last):
                found += _events(doc, sentence, first, last, ids, signs)
    return found


def _events(doc: Document, sentence: Sentence, first: int, last: int, ids: _Senses, signs: _Signs) -> Iterator[Event]:
    """The events that one phrase tells of, as the verb or as the noun that it is in its place."""
    norms = doc.norms
    role = _role(norms, first, last, sentence, ids, signs)
    if role == NOUN and _is_small(doc, first, last):
        return
    chain = [*_chain(norms, first, sentence, signs), *norms[first : last - 1]] if role == VERB else []
    passive = not signs.passive.isdisjoint(chain)
    auxiliary = passive or not signs.past.isdisjoint(chain)
    negated = _negated(norms, first, last, sentence, signs)
    for kind, (roles, parts) in ids.items():
        if role not in roles:
            continue
        participle = role == VERB and "pp" in parts and (auxiliary or "past" not in parts)
        yield Event(
            kind=kind,
            first=first,
            last=last,
            span=doc.span(first, last),
            verb=role == VERB,
            negated=negated,
            participle=participle,
            passive=participle and passive and signs.reflexive.isdisjoint(chain),
            tense=_tense(chain, norms[last : min(last + 3, sentence.last)], parts if role == VERB else NOTHING, signs),
        )


def _role(norms: list[str], first: int, last: int, sentence: Sentence, ids: _Senses, signs: _Signs) -> str | None:
    """Whether a phrase stands as NOUN or VERB; None where the word before it bars all that it can be ('un produit')."""
    roles = NOTHING.union(*[r for r, _ in ids.values()]) if len(ids) > 1 else next(iter(ids.values()))[0]
    if NOUN in roles:
        return VERB if VERB in roles and _stands_as_verb(norms, first, sentence, signs) else NOUN
    if last == first + 1 and first > sentence.first:
        before = norms[first - 1]
        parts = NOTHING.union(*(p for _, p in ids.values()))
        if before in signs.bars_verb:
            return None
        if before in signs.bars_participle and ("pp" in parts or first - 1 == sentence.first):
            return None
        if before in signs.bars_bare and not parts:
            return None
    return VERB


def _named(doc: Document, sentence: Sentence, first: int, last: int) -> bool:
    """Whether a single word is part of a name: written with a capital inside a sentence, beside another such word.

    Not told where nouns are written with a capital, nor in a line whose words mostly are.
    """
    surfaces = doc.tokens.surfaces
    word = surfaces[first]
    if last != first + 1 or first == sentence.first or not word[0].isupper() or sum(c.isupper() for c in word) > 1:
        return False
    if doc.pack.tables["names"]["nouns_capitalised"]:
        return False

    def capital(i: int) -> bool:
        return sentence.first <= i < sentence.last and surfaces[i][0].isupper()

    before, after = first - 1, first + 1
    beside = (before > sentence.first and capital(before)) or capital(after)
    hyphenated = (surfaces[before] == "-" and capital(before - 1)) or (capital(after + 1) and surfaces[after] == "-")
    if not beside and not hyphenated:
        return False
    words = [s for s in surfaces[sentence.first : min(sentence.last, sentence.first + 40)] if s[0].isalpha()]
    return 2 * sum(s[0].isupper() for s in words) < len(words)


def _is_small(doc: Document, first: int, last: int) -> bool:
    """Whether a word is no noun, being written small where nouns have a capital: 'sie waren', not 'die Waren'."""
    if last != first + 1 or not doc.pack.tables["names"]["nouns_capitalised"]:
        return False
    return doc.tokens.surfaces[first][0].islower()


def _tense(chain: list[str], after: list[str], parts: frozenset[str], signs: _Signs) -> str:
    """What auxiliaries and endings tell; what is planned lies in the future."""
    if not signs.future.isdisjoint(chain) or not signs.planned.isdisjoint(after):
        return "future"
    if not signs.past.isdisjoint(chain):
        return "past"
    if "future" in parts:
        return "future"
    return "past" if "past" in parts else "unknown"


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
        if word in signs.negation:
            return not _affirmative(norms, i, signs)
        opened = opened or word in signs.open_negation
    return opened and signs.restriction.isdisjoint(norms[last : min(last + 3, sentence.last)])


def _affirmative(norms: list[str], i: int, signs: _Signs) -> bool:
    """Whether a negation at a token is part of a phrase that negates nothing."""
    return any(end > i for k in (i, i - 1) if k >= 0 for end, _ in signs.affirmative.at(norms, k))


def _longest(
    forms: _Phrases, norms: list[str], sentence: Sentence, signs: _Signs
) -> Iterator[tuple[int, int, _Senses]]:
    """The phrases in a sentence from left to right without overlap, the longest first; what is ignored is left out."""
    particles = _particles(norms, sentence, signs) if signs.particles else ()
    if particles:
        yield from _longest_around(forms, norms, sentence, particles)
        return
    last, end = sentence.first, sentence.last
    for i, goes_on in forms.places(norms, sentence.first, end):
        if i < last:
            continue
        if goes_on:
            here = [m for m in forms.matches(norms, i) if m[0] <= end]
            if not here:
                continue
            last, ids = here[0][0], _senses_of_longest(here)
        else:
            last, ids = i + 1, forms.senses(norms[i])
        if IGNORED not in ids:
            yield i, last, ids


def _longest_around(
    forms: _Phrases, norms: list[str], sentence: Sentence, particles: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, _Senses]]:
    """As `_longest`, where particles belong to verbs before them."""
    last, end = sentence.first, sentence.last
    for i in forms.beginnings(norms, sentence.first, end):
        if i < last:
            continue
        here = _parted(forms, norms, i, particles) or [m for m in forms.matches(norms, i) if m[0] <= end]
        if here:
            last, ids = here[0][0], _senses_of_longest(here)
            if IGNORED not in ids:
                yield i, last, ids


def _senses_of_longest(matches: Sequence[tuple[int, tuple[str, str], frozenset[str]]]) -> _Senses:
    """What the longest of the phrases at one place stand for."""
    last = matches[0][0]
    return _senses((value, parts) for end, value, parts in matches if end == last)


def _senses(values: Iterable[tuple[tuple[str, str], frozenset[str]]]) -> _Senses:
    """The ids among what a phrase stands for."""
    ids: dict[str, _Sense] = {}
    for (name, role), parts in values:
        if role in _PARTS:
            role, parts = VERB, parts | {_PARTS[role]}
        if name in ids:
            roles, known = ids[name]
            ids[name] = roles | {role}, known | parts
        else:
            ids[name] = _ROLES[role], parts
    return ids


def _particles(norms: list[str], sentence: Sentence, signs: _Signs) -> list[tuple[int, int]]:
    """(first token of a clause, its last one) where that is a particle that belongs to the clause's verb."""
    found, begin = [], sentence.first
    turning = map(signs.turning.__contains__, norms[sentence.first : sentence.last])
    for i in compress(range(sentence.first, sentence.last), turning):
        if norms[i] in _BOUNDARIES:
            begin = i + 1
        elif i > begin + 1:
            after = norms[i + 1] if i + 1 < sentence.last else "."
            if after in _BOUNDARIES or after in signs.clause:
                found.append((begin, i))
    return found


def _parted(
    forms: _Phrases, norms: list[str], i: int, particles: Sequence[tuple[int, int]]
) -> list[tuple[int, tuple[str, str], frozenset[str]]]:
    """The phrases of a verb at token `i` and the particle that ends its clause: 'nahm drei Männer fest'."""
    for begin, particle in reversed(particles):
        if begin <= i < particle - 1:  # in 'zog Truppen aus der Stadt ab' the one before is a preposition
            together = forms.matches((norms[i], norms[particle]), 0)
            if here := [(i + 1, value, parts) for last, value, parts in together if last == 2]:
                return here
    return []


# Compiling


@compiled
def _concepts(pack: LanguagePack) -> tuple[_Phrases, Lexicon[str]]:
    table = pack.tables["concepts"]
    forms = _compile(pack, "concepts", {"nouns": NOUN, "predicates": VERB}, table["marks"]["ignored"])
    return forms, Ids(forms)


@compiled
def _kinds(pack: LanguagePack) -> _Phrases:
    roles = {"nouns": NOUN, "verbs": VERB, "participles": "participle", "past": "past"}
    return _compile(pack, "kinds", roles, pack.tables["kinds"]["signs"]["ignored"])


_PHRASES = ("affirmative", "ignored", "within")  # of [signs], what is compiled otherwise


@compiled
def _signs(pack: LanguagePack) -> _Signs:
    table = pack.tables["kinds"]["signs"]
    words = {key: frozenset(pack.forms(entries)) for key, entries in table.items() if key not in _PHRASES}
    turning = words["particles"] | _BOUNDARIES
    return _Signs(**words, affirmative=speech_of(pack).denial_exceptions, turning=turning)


@compiled
def _cuts(pack: LanguagePack) -> Cuts:
    """The stems of both lists, so that a word is cut once."""
    return Cuts(pack.tokenizer, pack.endings)


def _is_noun(value: tuple[str, str]) -> bool:
    return value[1] == NOUN and value[0] != IGNORED


def _compile(pack: LanguagePack, file: str, roles: Mapping[str, str], ignored: list[str]) -> _Phrases:
    """The lists of all ids. Raises PackError where an id or a list is unknown, or an entry is malformed."""
    known, where = shared(file), f"languages/{pack.code}/{file}.toml"
    compounds = _is_noun if pack.tables["pack"]["words"]["compounds"] else None
    within = frozenset(pack.forms(pack.tables["kinds"]["signs"]["within"]))
    found = _Phrases(pack.tokenizer, pack.endings, compounds, within, _cuts(pack))
    for name, lists in pack.tables[file][file].items():
        if name not in known:
            raise PackError(f"{where}: {name!r} is not in languages/{file}.toml. {REFERENCE}")
        for role, entries in lists.items():
            if role not in roles:
                raise PackError(f"{where}: {name}.{role}: the lists are {', '.join(roles)}. {REFERENCE}")
            value = name, roles[role]
            try:
                for entry in entries:
                    found.add(entry, value)
            except ValueError as error:
                raise PackError(f"{where}: {name}.{role}: {error}. {REFERENCE}") from error
    for entry in ignored:
        found.add(entry, (IGNORED, NOUN))
    return found

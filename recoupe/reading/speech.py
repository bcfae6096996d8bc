"""Speech: the words by which a language tells who says what, compiled from its pack once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress

from recoupe.languages.pack import LanguagePack
from recoupe.reading.document import Document, compiled
from recoupe.text.lexicon import Lexicon

CUE, NOUN, REPORT, POINT, THAT, DOUBT, ASIDE, ADVERB, LEAD, PERSON, MARK = (1 << bit for bit in range(11))
"""Signs of a word: what may begin with it, or what it may be, for those who say something; see Speech.signs."""
_MARKS = frozenset("«»“”\"„'‹›")  # quotation marks in normal form
_POINTS = frozenset(":-—–―")  # what may stand between a speaker and a quotation
_KEPT = 50_000  # words remembered
_DOUBTING = 6  # letters of a word of which no ending tells that it doubts
_ENDED = 5  # letters of a word that its ending alone shows to be one for people, at least
_PART = 4  # letters of the last part of a compound that names people
FORMS = ("finite", "participle", "infinitive", "gerund", "conditional")


@dataclass(frozen=True, slots=True)
class CueForm:
    """A form of a cue verb. `frames` are the sorts of content that it takes, `particle` the words that must follow."""

    act: str
    frames: frozenset[str]
    form: str
    particle: tuple[str, ...] = ()


@dataclass(frozen=True)
class Speech:
    """All of `speech.toml`, ready to be looked up by normal words."""

    verbs: Mapping[str, tuple[CueForm, ...]]
    perfect: frozenset[str]
    passive: frozenset[str]
    modal: Lexicon[str]
    clitics: frozenset[str]
    reflexive: frozenset[str]
    negation: frozenset[str]
    after_verb: frozenset[str]
    adverbs: Lexicon[str]
    adverb_endings: tuple[str, ...]
    infinitive_endings: tuple[str, ...]
    gerund_leads: frozenset[str]
    nounlike: frozenset[str]
    inverted: frozenset[str]
    bare_clause: bool
    comma_clauses: bool
    introducers: Lexicon[str]
    prepositions: Lexicon[str]
    quoting: frozenset[str]
    by: frozenset[str]
    body: frozenset[str]
    nouns: Mapping[str, str]
    hedges: Lexicon[str]
    hedge_verbs: frozenset[str]
    hedge_passive: frozenset[str]
    hedge_endings: tuple[str, ...]
    reports: frozenset[str]
    reports_of: frozenset[str]
    denial: frozenset[str]
    denial_exceptions: Lexicon[str]
    conditions: Lexicon[str]
    person: Lexicon[str]
    impersonal: frozenset[str]
    first_person: frozenset[str]
    relative: frozenset[str]
    possessive: frozenset[str]
    object_pronouns: frozenset[str]
    determiners: frozenset[str]
    linkers: frozenset[str]
    no_subject_end: frozenset[str]
    conjunctions: frozenset[str]
    subordinators: frozenset[str]
    people: frozenset[str]
    finite: frozenset[str]
    finite_endings: tuple[str, ...]
    titles: frozenset[str]
    asides: Lexicon[str]
    stops: Lexicon[str]
    audience: frozenset[str]
    outlets: frozenset[str]
    prefixes: frozenset[str]
    days: frozenset[str]
    time_words: frozenset[str]
    verb_second: bool = False
    dropped: bool = False
    compounds: bool = False
    capitals: bool = False
    reported: frozenset[str] = frozenset()
    so: frozenset[str] = frozenset()
    as_words: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    that_words: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    people_parts: tuple[str, ...] = ()
    unsaid: frozenset[str] = frozenset()
    people_endings: tuple[str, ...] = ()
    body_pronouns: frozenset[str] = frozenset()
    said_before: Lexicon[str] = field(default_factory=Lexicon)
    apart: Lexicon[str] = field(default_factory=Lexicon)
    people_phrases: Lexicon[str] = field(default_factory=Lexicon)

    @cached_property
    def articles(self) -> frozenset[str]:
        """Determiners behind which no verb stands: those that are no pronouns."""
        return frozenset(
            d
            for d in self.determiners - self.clitics - self.relative - self.that_words - self.impersonal
            if not self.person.at([d], 0) and not d[0].isdigit()
        )

    @cached_property
    def prepositions_proper(self) -> frozenset[str]:
        """Prepositions that are no articles."""
        return self.no_subject_end - self.determiners

    @cached_property
    def cue_words(self) -> frozenset[str]:
        """The words with which a cue, or a phrase that only looks like one, may begin."""
        phrases = (*self.apart.entries(), *self.prepositions.entries())
        leads = self.as_words if self.dropped else ()
        return frozenset([*self.verbs, *leads, *(words[0] for words, _ in phrases)])

    @cached_property
    def modal_ends(self) -> frozenset[str]:
        """The last words of modal words and phrases."""
        return frozenset(words[-1] for words, _ in self.modal.entries())

    @cached_property
    def adverb_ends(self) -> frozenset[str]:
        """The last words of adverbs, listed ones."""
        return frozenset(words[-1] for words, _ in self.adverbs.entries())

    @cached_property
    def aside_words(self) -> frozenset[str]:
        """The words with which an aside may begin, but for numbers and adverbs known by their endings."""
        phrases = (*self.asides.entries(), *self.adverbs.entries())
        return frozenset([*self.days, *self.time_words, *(words[0] for words, _ in phrases)])

    @cached_property
    def doubt_words(self) -> frozenset[str]:
        """The words with which a hedge may begin, but for those that `hedge_endings` tell."""
        return self.hedge_verbs | self.hedge_passive | {words[0] for words, _ in self.hedges.entries()}

    @cached_property
    def dates(self) -> frozenset[str]:
        """Days and other words for times."""
        return self.days | self.time_words

    @cached_property
    def signs(self) -> Mapping[str, int]:
        """By word its signs: of nearly every word none, so that most of a text need not be looked at."""
        return _Signs(self)

    @cached_property
    def _listed(self) -> frozenset[str]:
        """All words that have signs, but for numbers and those that `_telling` endings tell."""
        return _MARKS.union(
            *(self.cue_words, self.quoting, self.nouns, self.reports, self.reports_of, _POINTS, self.that_words),
            *(self.reported, self.doubt_words, self.aside_words, self.introducers.firsts, self.person.firsts),
        )

    @cached_property
    def _telling(self) -> tuple[str, ...]:
        """The endings by which a word may have signs."""
        return (*self.hedge_endings, *self.adverb_endings)

    def signs_of(self, norm: str) -> int:
        """The signs of a word, as `signs` keeps them."""
        if norm not in self._listed and not norm.endswith(self._telling) and not norm.isdigit():
            return 0
        rows = (
            (CUE, norm in self.cue_words or norm in self.quoting),
            (NOUN, norm in self.nouns),
            (REPORT, norm in self.reports or norm in self.reports_of),
            (POINT, norm in _POINTS),
            (THAT, norm in self.that_words or norm in self.reported),
            (DOUBT, norm in self.doubt_words or self.conditional(norm)),
            (ASIDE, norm in self.aside_words or norm.isdigit()),
            (ADVERB, self._adverb(norm)),
            (LEAD, self.introducers.begins(norm)),
            (PERSON, self.person.begins(norm)),
            (MARK, norm in _MARKS),
        )
        return sum(sign for sign, has in rows if has)

    def conditional(self, norm: str) -> bool:
        """Whether a word doubts by its ending: 'aurait'."""
        return len(norm) > _DOUBTING and bool(self.hedge_endings) and norm.endswith(self.hedge_endings)

    def speaker(self, norm: str) -> bool:
        """Whether a word names people or bodies that can speak: a listed one, or one by its ending ('-ologist')."""
        return norm in self.people or (len(norm) > _ENDED and norm.endswith(self.people_endings))

    def adverb(self, norm: str) -> bool:
        """Whether a word is an adverb by its ending, and nobody who could speak ('gouvernement')."""
        return self.signs[norm] & ADVERB != 0

    def _adverb(self, norm: str) -> bool:
        return (
            bool(self.adverb_endings)
            and len(norm) > 4
            and norm.endswith(self.adverb_endings)
            and norm not in self.people
        )


class _Signs(dict[str, int]):
    """The signs of words, each told when it is first met."""

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech

    def __missing__(self, norm: str) -> int:
        if len(self) > _KEPT:
            self.clear()
        found = self[norm] = self._speech.signs_of(norm)
        return found


def signs_of(doc: Document) -> list[int]:
    """The signs of each token of a document; found once, for several readers ask."""
    kept: list[int] | None = doc.__dict__.get("_signs")
    if kept is None:
        kept = doc.__dict__["_signs"] = list(map(speech_of(doc.pack).signs.__getitem__, doc.norms))
    return kept


def places(doc: Document, sign: int) -> list[int]:
    """The tokens of a document that have a sign."""
    return list(compress(range(len(doc.norms)), map(sign.__and__, signs_of(doc))))


@compiled
def speech_of(pack: LanguagePack) -> Speech:
    """The compiled words of saying of a language."""
    table = pack.tables["speech"]
    groups, phrases, hedges, asides = table["groups"], table["phrases"], table["hedges"], table["asides"]
    pronouns, prepositions = table["pronouns"], table["prepositions"]

    def words(entries: Iterable[str]) -> frozenset[str]:
        return frozenset(w[0] for w in pack.words(entries) if len(w) == 1)

    def lexicon(**lists: Iterable[str]) -> Lexicon[str]:
        return pack.lexicon({k: list(v) for k, v in lists.items()})

    return Speech(
        verbs=_verbs(pack, table["conjugations"], table["verbs"]),
        perfect=words(groups["perfect"]),
        passive=words(groups["passive"]),
        modal=lexicon(modal=groups["modal"]),
        clitics=words(groups["clitics"]) | words(groups["reflexive"]),
        reflexive=words(groups["reflexive"]),
        negation=words(groups["negation"]),
        after_verb=words(groups["negation"]) if groups["negation_after"] else frozenset(),
        adverbs=lexicon(adverb=groups["adverbs"]),
        adverb_endings=tuple(groups["adverb_endings"]),
        infinitive_endings=tuple(groups["infinitive_endings"]),
        gerund_leads=words(groups["gerund_leads"]),
        nounlike=words(groups["nounlike"]),
        inverted=words(groups["inverted"]),
        bare_clause=groups["bare_clause"],
        comma_clauses=groups["comma_clauses"],
        introducers=lexicon(**table["introducers"]),
        prepositions=lexicon(
            source=prepositions["source"], within=prepositions["within"], citing=prepositions["citing"]
        ),
        quoting=words(prepositions["quoting"]),
        by=words(prepositions["by"]),
        body=words(prepositions["body"]),
        nouns={w: act for act, entries in table["nouns"].items() for w in words(entries)},
        hedges=lexicon(adverb=hedges["adverbs"], adjective=hedges["adjectives"], phrase=hedges["phrases"]),
        hedge_verbs=words(hedges["verbs"]),
        hedge_passive=words(hedges["passive"]),
        hedge_endings=tuple(hedges["endings"]),
        reports=words(hedges["reports"]),
        reports_of=words(hedges["reports_of"]),
        denial=words(table["denial"]["words"]),
        conditions=lexicon(condition=table["denial"]["conditions"]),
        denial_exceptions=lexicon(
            exception=[*table["denial"]["exceptions"], *pack.tables["kinds"]["signs"]["affirmative"]]
        ),
        person=lexicon(person=pronouns["person"]),
        impersonal=words(pronouns["impersonal"]),
        first_person=words(pronouns["first"]),
        relative=words(pronouns["relative"]),
        possessive=words(pronouns["possessive"]),
        object_pronouns=words(pronouns["object"]),
        determiners=words(phrases["determiners"]),
        linkers=words(phrases["linkers"]),
        no_subject_end=words(phrases["prepositions"]) | words(phrases["determiners"]),
        conjunctions=words(phrases["conjunctions"]),
        subordinators=words(phrases["subordinators"]),
        people=words(phrases["people"]) | (_office_holders(pack) if phrases["roles"] else frozenset()),
        finite=words(phrases["finite"]) | words(groups["perfect"]) | words(groups["passive"]),
        finite_endings=tuple(phrases["finite_endings"]),
        titles=words(phrases["titles"]),
        asides=lexicon(medium=asides["medium"]),
        stops=lexicon(stop=asides["stops"]),
        audience=words(asides["audience"]),
        outlets=words(asides["outlets"]),
        prefixes=words(groups["prefixes"]),
        days=words(asides["days"]),
        time_words=words(asides["time_words"]),
        apart=lexicon(apart=groups["apart"]),
        people_phrases=_phrases(pack, phrases["people"], phrases["roles"]),
        unsaid=words(groups["unsaid"]),
        people_endings=tuple(phrases["people_endings"]),
        body_pronouns=words(pronouns["body"]),
        said_before=lexicon(before=pronouns["said_before"]),
        verb_second=groups["verb_second"],
        dropped=groups["dropped"],
        compounds=pack.tables["pack"]["words"]["compounds"],
        capitals=pack.tables["names"]["nouns_capitalised"],
        reported=words(groups["reported"]),
        so=words(prepositions["so"]),
        as_words=words(table["introducers"]["as"]),
        oblique=words(phrases["oblique"]),
        that_words=words(table["introducers"]["that"]),
        inner=words(phrases["inner"]) or words(phrases["linkers"]),
        after=words(prepositions["after"]),
        people_parts=tuple(w for w in words(phrases["people"]) if len(w) >= _PART),
    )


def _office_holders(pack: LanguagePack) -> frozenset[str]:
    """The roles and the heads of organisations of a pack's `names.toml`, those of one word."""
    table = pack.tables["names"]
    lists = [entries for name in ("roles", "organisations") for entries in table[name].values()]
    return frozenset(w[0] for entries in lists for w in pack.words(entries) if len(w) == 1)


def _phrases(pack: LanguagePack, people: Iterable[str], roles: bool) -> Lexicon[str]:
    """The words for people and bodies that have several parts: "phát ngôn viên"."""
    table = pack.tables["names"]
    held = (
        [e for name in ("roles", "organisations") for entries in table[name].values() for e in entries] if roles else []
    )
    found: Lexicon[str] = Lexicon()
    for norms in pack.words([*people, *held]):
        if len(norms) > 1:
            found.add(norms, "people")
    return found


def conjugate(entry: str, classes: Mapping[str, Mapping[str, list[str]]]) -> dict[str, list[str]]:
    """The forms of `avert-ir` by the class `ir`; a word without a known class is a finite form as it stands.

    >>> conjugate("avert-ir", {"ir": {"finite": ["it"], "participle": ["i"]}})
    {'finite': ['avertit'], 'participle': ['averti']}
    """
    stem, dash, name = entry.rpartition("-")
    if not dash or name not in classes:
        return {"finite": [entry]}
    return {
        form: [e.replace("~", stem) if "~" in e else stem + e for e in endings]
        for form, endings in classes[name].items()
    }


def _parted(first: str, flat: str, form: str) -> Iterable[tuple[str, str, str]]:
    """The forms of a separable verb, each with the word that must follow: 'teilte … mit', 'mitteilte', 'mitgeteilt'."""
    if form in ("finite", "conditional"):
        yield flat, first, form
        yield first + flat, "", "joined"
        return
    yield first + flat, "", form
    if form == "infinitive":
        yield f"{first}zu{flat}", "", form


def _verbs(
    pack: LanguagePack, classes: Mapping[str, Mapping[str, list[str]]], table: Mapping[str, Mapping[str, list[str]]]
) -> dict[str, tuple[CueForm, ...]]:
    """Forms by their first word. The frames of one form under one act are brought together."""
    frames: dict[tuple[str, tuple[str, ...], str, str], set[str]] = {}
    for act, lists in table.items():
        for frame, entries in lists.items():
            for entry in entries:
                verb, _, particle = entry.partition(" ")
                first_part, separable, verb = verb.rpartition("+")
                for form, flats in conjugate(verb, classes).items():
                    made = [(flat, particle, form) for flat in flats]
                    if separable:
                        made = [row for flat in flats for row in _parted(first_part, flat, form)]
                    for flat, after, sort in made:
                        norms = pack.tokenizer.norms(flat)
                        if not norms:
                            continue
                        rest = (*norms[1:], *pack.tokenizer.norms(after))
                        frames.setdefault((norms[0], rest, sort, act), set()).add(frame)
    found: dict[str, list[CueForm]] = {}
    for (word, rest, form, act), kinds in frames.items():
        found.setdefault(word, []).append(CueForm(act, frozenset(kinds), form, rest))
    return {w: tuple(sorted(f, key=lambda c: -len(c.particle))) for w, f in found.items()}

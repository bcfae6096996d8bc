"""What a pack and the shared lists know of names: one lexicon of marks, compiled once a pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec import Struct

from recoupe.languages import LanguagePack
from recoupe.languages.pack import shared
from recoupe.reading.document import Document, compiled
from recoupe.text.lexicon import Lexicon

PERSON, ORG, PLACE = "PERSON", "ORG", "PLACE"
_UNTAGGED = frozenset("AJPX")  # marks that the tagger does not see


@dataclass(frozen=True, slots=True)
class Known:
    """A well-known name: its type, key across languages, country and whether it is a seat of power.

    `surfaces` is the form as it is written: a capital there must be one in the text, and a word in capitals alone must
    stand in capitals ('US' is no 'us').
    """

    type: str
    key: str
    country: str | None
    seat: bool
    surfaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a phrase is to names: `flag` is its sort, `value` its key, country or gender.

    Flags: K known name, N nationality, T honorific, R role, F word before a role, H head of an organisation,
    D department, L head of a place, G given name, C counterpart, S side, W deliverer, I word inside an
    organisation's name, E word before a people's name, B before a place, A article,
    P particle, J joiner, X day of the week or month.
    """

    flag: str
    value: str = ""
    known: Known | None = None
    features: tuple[str, str] = field(init=False, repr=False, compare=False)
    """What it is to the tagger, at its first word and inside it; empty where it is nothing."""

    def __post_init__(self) -> None:
        name = self.flag if self.known is None else self.known.type + ("S" if self.known.seat else "")
        object.__setattr__(self, "features", ("", "") if name in _UNTAGGED else (f"gB{name}", f"gI{name}"))


@dataclass(slots=True)
class Gazetteer:
    """The lexicon of a pack and a few of its words at hand."""

    marks: Lexicon[Mark] = field(default_factory=Lexicon)
    particles: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    male: frozenset[tuple[str, ...]] = frozenset()
    female: frozenset[tuple[str, ...]] = frozenset()
    nouns_capitalised: bool = False
    belonging_after: bool = False
    numbered: frozenset[tuple[str, ...]] = frozenset()

    def gender(self, words: Iterable[str]) -> str:
        """`m`, `f` or '' by the titles and roles among `words`."""
        words = tuple(words)
        found = set()
        for size in (1, 2, 3):
            for i in range(len(words) - size + 1):
                part = words[i : i + size]
                found |= {"m"} if part in self.male else set()
                found |= {"f"} if part in self.female else set()
        return found.pop() if len(found) == 1 else ""


@compiled
def gazetteer(pack: LanguagePack) -> Gazetteer:
    """Compile a pack's `names.toml`, Unicode's names of countries and languages/entities.toml."""
    table = pack.tables["names"]
    made = Gazetteer(
        particles=frozenset(w for words in pack.words(table["particles"]) for w in words),
        articles=frozenset(w for words in pack.words(table["articles"]) for w in words),
        male=frozenset(pack.words(table["gender"]["male"])),
        female=frozenset(pack.words(table["gender"]["female"])),
        nouns_capitalised=bool(table["nouns_capitalised"]),
        belonging_after=bool(table["belonging_after"]),
        numbered=frozenset(pack.words(table["places"]["numbered"])),
    )
    add = made.marks.add
    lists = {
        "honorific": "T",
        "former": "F",
        "counterparts": "C",
        "sides": "S",
        "deliverers": "W",
        "inner": "I",
        "peoples": "E",
        "joiners": "J",
        "articles": "A",
        "particles": "P",
    }
    for name, flag in lists.items():
        for words in pack.words(table[name]):
            add(words, Mark(flag))
    for name, flag in {"roles": "R", "organisations": "H", "departments": "D", "nationals": "N"}.items():
        for key, entries in table[name].items():
            for words in pack.words(entries):
                add(words, Mark(flag, key))
    for name, flag in {"heads": "L", "before": "B"}.items():
        for words in pack.words(table["places"][name]):
            add(words, Mark(flag))
    for gender, letter in (("male", "m"), ("female", "f")):
        for words in pack.words(table["given"][gender]):
            add(words, Mark("G", letter))
    for part in ("weekdays", "months"):
        for entries in pack.tables.get("times", {}).get(part, {}).values():
            for words in pack.words(entries):
                if len(words) == 1:
                    add(words, Mark("X"))
    if made.belonging_after:
        for code, forms in table["countries"].items():
            for words in pack.words(forms):
                add(words, Mark("N", code))
    for form, known in _known(pack):
        surfaces = (form,) if form.isalpha() else tuple(m.group() for m in pack.tokenizer._pattern.finditer(form))
        add(
            pack.tokenizer.norms(form),
            Mark("K", known.key, Known(known.type, known.key, known.country, known.seat, surfaces)),
        )
    return made


def _known(pack: LanguagePack) -> Iterable[tuple[str, Known]]:
    """All forms of well-known names, each with what it names."""
    table = pack.tables["names"]
    own = table["forms"]
    for code, forms in _countries(pack).items():
        for form in pack.forms(forms):
            yield form, Known(PLACE, code, code, False, ())
    for name in ("capitals", "places", "seats", "organisations"):
        rows = shared("entities")[name]
        type_ = ORG if name == "organisations" else PLACE
        for country, groups in rows.items():
            for group in groups:
                forms = group.split("|")
                key = forms[0]
                seat = name in ("capitals", "seats")
                # A house of power is a place that speaks as a body.
                kind = ORG if name == "seats" else type_
                for form in dict.fromkeys([*forms, *pack.forms(own.get(key, ()))]):
                    yield form, Known(kind, key, country or None, seat, ())


def _countries(pack: LanguagePack) -> dict[str, list[str]]:
    """Names of countries by their code: Unicode's, with the pack's own."""
    from babel import Locale, UnknownLocaleError

    own = pack.tables["names"]["countries"]
    territories: Mapping[str, str] = {}
    with suppress(UnknownLocaleError, ValueError):
        territories = Locale.parse(pack.code).territories
    found: dict[str, list[str]] = {}
    for code, name in territories.items():
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES:
            plain = name.split("(")[0].strip().replace("’", "'").replace("[", "").replace("]", "").replace("|", "")
            found[code] = [*([plain] if plain else []), *own.get(code, ())]
    for code, names in own.items():
        found.setdefault(code, list(names))
    return found


_NOT_COUNTRIES = frozenset(
    [
        "ZZ",
        "EU",
        "EZ",
        "UN",
        "QO",
        "XA",
        "XB",
        "HK",
        "MO",
        "GI",
        "FK",
        "RE",
        "YT",
        "GP",
        "MQ",
        "NC",
        "GL",
        "EH",
        "PR",
        "AQ",
        "CQ",
    ]
)


class Found(Struct):
    """A mark at tokens `first` to `last` (excluded)."""

    first: int
    last: int
    mark: Mark


def marks(document: Document) -> list[list[Found]]:
    """All marks by the token at which they begin; known names only where capitals agree."""
    compiled_words = gazetteer(document.pack)
    lexicon, capitals = compiled_words.marks, compiled_words.belonging_after
    norms, surfaces = document.norms, document.tokens.surfaces
    found: list[list[Found]] = [[] for _ in norms]
    for i, j, mark in lexicon.find(norms):
        known = mark.known
        if known is not None and not _written_so(known.surfaces, surfaces, i):
            continue
        if mark.flag == "G" and not surfaces[i][0].isupper():
            continue
        if mark.flag == "N" and capitals and not surfaces[j - 1][0].isupper():
            continue  # 'anh', a pronoun, is no 'Anh'
        found[i].append(Found(i, j, mark))
    return found


def _written_so(form: tuple[str, ...], surfaces: list[str], i: int) -> bool:
    for k, word in enumerate(form):
        here = surfaces[i + k]
        if word[0].isupper() and not here[0].isupper():
            return False
        if len(form) == 1 and word.isupper() and len(word) <= 5 and here != word:
            return False
    return True

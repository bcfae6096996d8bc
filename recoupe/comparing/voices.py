"""Voices: on whose word a statement or a claim rests, under one label in all reports of a story.

A spokesperson or a head is the voice of the body, a minister that of the government; the capital, the government and
its ministries are one voice. Prosecutors, courts, police, hospitals and the like are voices of their own, also where a
capital is named beside them. What a copy says has the voice that says it in the original.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from recoupe.languages import load_pack, shared
from recoupe.records import Claim, Named, Person, Reading, Span, Statement
from recoupe.records.told import Called, Told

_WORD = re.compile(r"\w+")
_LEAD = 600  # code points within which a dispatch bears its agency's mark
_DRIFT = 0.25  # of a report's length, by which a claim of a copy may stand elsewhere than in its original
_OWN_WORDS = 8  # of a sentence that nobody else writes by chance
_LONGEST = 8  # words of a label made of the words of a source

Key = tuple[str, ...]
"""A voice: ("person", id), ("body", id), ("government", country), ("office", name, country) or ("words", …)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source in a report: its `words`, the person and the body that they name, its keys, whether it is many.

    `spelt`: the person is named in the words themselves, not only meant by them.
    """

    reading: int
    words: str
    person: Person | None
    body: Person | None
    keys: frozenset[str]
    spelt: bool
    many: bool


class Voices:
    """The labels of the voices of one story. `republished`: for each reading the index of its original, or None.

    `told` says whose word some claims are, who makes some statements, and which reports have nothing from which.
    """

    def __init__(
        self,
        readings: Sequence[Reading],
        people: Sequence[Person],
        republished: Sequence[int | None],
        told: Told | None = None,
    ) -> None:
        self._readings, self._republished, self._told = readings, republished, told or Told()
        self._people = {member: person for person in people for member in person.members}
        self._by_id = {person.id: person for person in people}
        self._terms = {(i, n.id): n.terms for i, reading in enumerate(readings) for n in reading.names}
        self._seats: dict[str, str] = {}
        for person in people:
            if person.country and person.seat:
                self._seats.setdefault(person.country, person.name)
        self._places = [
            sorted((m.start, m.end, n.id) for n in reading.names for m in n.mentions) for reading in readings
        ]
        self._sources = [
            [self._source_told(i, k) or self._source(i, s.named or s.source, s) for k, s in enumerate(r.statements)]
            for i, r in enumerate(readings)
        ]
        self._countries = self._countries_of_offices()
        self._heads = self._who_speaks_for_whom()
        self._own = [self._of_article(i) for i in range(len(readings))]
        having: dict[Key, list[Source]] = defaultdict(list)
        for source in (s for row in self._sources for s in row if s is not None):
            having[self._key(source)].append(source)
        self._labels = {key: self._label(key, sources) for key, sources in having.items()}
        self._lent: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        self._lenders: dict[tuple[int, Span], int | None] = {}
        self._as_told = {
            (i, readings[i].claims[k]): self._label_told(voice) for (i, k), voice in self._told.voices.items()
        }
        self._claims: dict[int, dict[object, list[tuple[float, Claim]]]] = {}

    # --- what is asked ---

    def of(self, reading: int, claim: Claim) -> str | None:
        """The label of the voice that stands behind a claim; for a copy's, that of the same claim of its original.

        The innermost source that is known counts, else the innermost one at all; where there is none, the agency that
        the article credits as its author, or the article itself (`article:<id>`).
        """
        if self._as_told and (reading, claim) in self._as_told:
            return self._as_told[reading, claim]
        original = self._republished[reading]
        if original is not None:
            told = self._same_claim(reading, claim, original)
            if told is not None:
                return self._of(original, told)
        return self._of(reading, claim)

    def of_statement(self, reading: int, statement: int) -> str | None:
        """The label of the voice that makes a statement, None where nobody is named."""
        source = self._sources[reading][statement]
        return self._labels[key] if source and (key := self._key(source)) else None

    def of_known(self, reading: int, statement: int) -> str | None:
        """The same, None also where the words name nobody who is known."""
        source = self._sources[reading][statement]
        key = self._key(source) if source else None
        return self._labels[key] if key is not None and key[0] != "words" else None

    def _of(self, reading: int, claim: Claim) -> str:
        if self._as_told and (reading, claim) in self._as_told:
            return self._as_told[reading, claim]
        statements = self._readings[reading].statements
        at, unknown = claim.statement, None
        while at is not None and 0 <= at < len(statements):
            source = self._sources[reading][at]
            key = self._key(source) if source else None
            if key is not None and key[0] != "words":
                return self._labels[key]
            if key is not None and unknown is None:
                unknown = self._labels[key]
            at = statements[at].within
        if unknown is None and (lender := self._lender(reading, claim.sentence)) is not None:
            return self._own[lender]
        return unknown or self._own[reading]

    def _lender(self, reading: int, sentence: Span) -> int | None:
        """The first report that has a sentence, word for word: two reporters do not write a long one alike."""
        if not self._lent:
            for i, told in enumerate(self._readings):
                for span in told.sentences:
                    self._lent.setdefault(self._words(i, span), []).append(i)
        at = reading, sentence
        if at not in self._lenders:
            words = self._words(reading, sentence)
            lent = self._lent.get(words, ()) if len(words[1]) >= _OWN_WORDS else ()
            self._lenders[at] = next((i for i in lent if (reading, i) not in self._told.separate), None)
        return self._lenders[at]

    def _words(self, reading: int, span: Span) -> tuple[str, tuple[str, ...]]:
        article = self._readings[reading].article
        return article.lang, tuple(_WORD.findall(span.of(article.text).lower()))

    # --- sources ---

    def _source(self, reading: int, span: Span | None, statement: Statement) -> Source | None:
        if span is None:
            return None
        told = self._readings[reading]
        inside = self._named_in(reading, span)
        person = self._people.get((reading, statement.speaker or ""))
        spelt = any(self._people.get((reading, name)) is person for _, _, name in inside) if person else False
        keys = set(statement.voice)
        by_id = {n.id: n for n in told.names} if inside else {}
        for _, _, name in inside:
            keys.update(t for t in by_id[name].terms if t[0] != "u")
            if by_id[name].country and by_id[name].type != "PERSON":
                keys.add(f"l:{by_id[name].country}")
        apart = not any(by_id[name].type == "PERSON" for _, _, name in inside)
        words = span.of(told.article.text)
        many = apart and not _several(told.article.lang).isdisjoint(_WORD.findall(words.lower()))
        return Source(
            reading, words, None if many else person, self._body(reading, span, inside),
            frozenset(keys), spelt, many or len({k for k in keys if k.startswith("l:")}) > 1,
        )  # fmt: skip

    def _source_told(self, reading: int, statement: int) -> Source | None:
        """The source of a statement whose speaker somebody has told, as if the words named this one alone."""
        if (reading, statement) not in self._told.speakers:
            return None
        return self._source_of((reading, self._readings[reading].statements[statement].speaker or ""))

    def _source_of(self, called: Called) -> Source | None:
        person = self._people.get(called)
        if person is None:
            return None
        body = person if person.type == "ORG" or person.seat else None
        return Source(called[0], person.name, person, body, frozenset(), True, False)

    def _label_told(self, voice: Called | int | str) -> str:
        """The label of the voice that somebody has named: somebody in the story, a report of it, or as it is called."""
        if isinstance(voice, str):
            return voice
        if isinstance(voice, int):
            return self._own[voice]
        source = self._source_of(voice)
        if source is None:
            return ""
        key = self._key(source)
        return self._labels.get(key) or self._label(key, [source])

    def _named_in(self, reading: int, span: Span) -> list[tuple[int, int, str]]:
        places = self._places[reading]
        found = []
        for at in range(bisect_left(places, (span.start,)), len(places)):
            if places[at][0] >= span.end:
                break
            if places[at][1] <= span.end:
                found.append(places[at])
        return found

    def _body(self, reading: int, span: Span, inside: Sequence[tuple[int, int, str]]) -> Person | None:
        """The body or the seat named in the words of a source; of two, the acronym at the end, else the first."""
        by_id = {n.id: n for n in self._readings[reading].names} if inside else {}
        bodies = [(end, by_id[name]) for _, end, name in inside if by_id[name].type == "ORG" or by_id[name].seat]
        if not bodies:
            return None
        end, last = bodies[-1]
        apposed = len(bodies) > 1 and end == span.end and last.type == "ORG" and last.name.isupper()
        return self._people.get((reading, last.id if apposed else bodies[0][1].id))

    # --- whose voice ---

    def _key(self, source: Source) -> Key:
        """The voice of a source."""
        themselves = _any(source, "for_themselves")
        person = source.person
        if person is not None and person.type == "PERSON":
            word = None if source.spelt else _office_word(self._readings[source.reading].article.lang, source.words)
            own: Key = ("office", word, "") if word else ("person", person.id)
            return own if themselves else self._heads.get(person.id, own)
        if source.many:
            return "words", source.words, str(source.reading)
        target = source.body or person
        of_state = target is None or target.type == "PLACE" or target.seat
        office = None if themselves else _office(source.keys)
        if office is not None and (of_state or self._plain(target)):
            return self._of_office(office, source.keys)
        if themselves and of_state:
            return "words", source.words, str(source.reading)
        if target is not None:
            return self._of_body(target)
        word = _office_word(self._readings[source.reading].article.lang, source.words)
        return ("office", word, "") if word else ("words", source.words, str(source.reading))

    def _of_body(self, body: Person) -> Key:
        if body.country and (body.seat or body.type == "PLACE"):
            return "government", body.country
        return "body", body.id

    def _of_office(self, office: str, keys: frozenset[str]) -> Key:
        """An office of the country that its words name, else of the only one whose office the story has."""
        country = _country(keys)
        if not country and len(known := self._countries.get(office, ())) == 1:
            country = next(iter(known))
        return "office", office, country

    def _plain(self, body: Person | None) -> bool:
        """Whether the words of a body's name say nothing but what it is and of which country."""
        if body is None:
            return True
        terms = [self._terms[member] for member in body.members]
        return any(ts and not any(t[0] == "u" for t in ts) for ts in terms)

    def _who_speaks_for_whom(self) -> dict[str, Key]:
        """For persons, by id, the body, the office or the government as whose voice most reports show them."""
        votes: dict[str, Counter[Key]] = defaultdict(Counter)
        for source in (s for row in self._sources for s in row if s is not None):
            person = source.person
            if person is None or person.type != "PERSON" or _any(source, "for_themselves"):
                continue
            if (key := self._spoken_for(source)) is not None:
                votes[person.id][key] += 1
        return {ident: min(found, key=lambda k: (-found[k], k)) for ident, found in votes.items()}

    def _spoken_for(self, source: Source) -> Key | None:
        """As whose voice a source shows the person that it names."""
        body = source.body
        if (office := _office(source.keys)) is not None and (body is None or body.type == "PLACE" or body.seat):
            return self._of_office(office, source.keys)
        if body is not None:
            speaks = _any(source, "for_body") or (body.seat and _any(source, "for_government"))
            return self._of_body(body) if speaks and body.name not in shared("agencies")["agencies"] else None
        country = _country(source.keys)
        return ("government", country) if country and _any(source, "for_government") else None

    def _countries_of_offices(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for source in (s for row in self._sources for s in row if s is not None):
            if (office := _office(source.keys)) and (country := _country(source.keys)):
                found[office].add(country)
        return {office: frozenset(countries) for office, countries in found.items()}

    # --- labels ---

    def _label(self, key: Key, sources: Sequence[Source]) -> str:
        """What a voice is called; `sources` are those that have it, in the order of the reports."""
        kind, name = key[0], key[1]
        first = sources[0]
        if kind in ("person", "body"):
            return self._by_id[name].name
        if kind == "government":
            called = self._seats.get(name) or next((p.name for p in self._by_id.values() if p.country == name), None)
            return called or (first.person.name if first.person else first.words)
        if kind == "office":
            plain = [s for s in sources if s.person is None or s.person.type != "PERSON"]
            langs = [self._readings[s.reading].article.lang for s in plain]
            words = [_content(lang, s.words) for lang, s in zip(langs, plain) if lang == langs[0]]
            kept = [w for w in words if 0 < w.count(" ") + 1 <= _LONGEST]
            if kept:
                return min(kept, key=lambda w: (w[1:].islower(), len(w)))
            lang = self._readings[first.reading].article.lang
            return _office_word(lang, first.words) or name.replace("_", " ")
        return f"{' '.join(_WORD.findall(first.words.lower()))} ({self._own[first.reading]})"

    def _of_article(self, reading: int) -> str:
        """The voice of an article: its agency, or itself; of a copy that of its original."""
        original = self._republished[reading]
        if original is not None:
            reading = original
        article = self._readings[reading].article
        if article.credits:  # its source says whose report it is
            issuer = self._issuer(article.credits[0], reading)
            return article.credits[0] if issuer is None else f"article:{self._readings[issuer].article.id}"
        agencies = shared("agencies")["agencies"]
        marked = Counter(
            o.label
            for o in self._readings[reading].origins
            if o.label in agencies and _signs(article.text, o.span, article.sources)
        )
        return marked.most_common(1)[0][0] if marked else f"article:{article.id}"

    def _issuer(self, credit: str, reading: int) -> int | None:
        """The report that the outlet credited in another one has published itself."""
        called = credit.casefold()
        for i, other in enumerate(self._readings):
            own = other.article
            if i != reading and not own.credits and (own.outlet or "").casefold() == called:
                return i
        return None

    # --- copies ---

    def _same_claim(self, reading: int, claim: Claim, original: int) -> Claim | None:
        """The claim of an original that a copy's claim repeats: the same value, about as far from the beginning."""
        known = self._claims.get(original)
        if known is None:
            known = self._claims[original] = defaultdict(list)
            for told in self._readings[original].claims:
                known[self._value(original, told)].append((self._place(original, told), told))
        near = known.get(self._value(reading, claim), [])
        if not near:
            return None
        place = self._place(reading, claim)
        at, told = min(near, key=lambda row: (row[1].asks[:1] != claim.asks[:1], abs(row[0] - place)))
        return told if len(near) == 1 or told.asks[:1] == claim.asks[:1] or abs(at - place) <= _DRIFT else None

    def _place(self, reading: int, claim: Claim) -> float:
        return claim.span.start / max(1, len(self._readings[reading].article.text))

    def _value(self, reading: int, claim: Claim) -> object:
        """What is the same in a copy: the kind of a claim and its value, a name as the story's."""
        if isinstance(claim.value, Named):
            person = self._people.get((reading, claim.value.entity))
            return claim.kind, person.id if person else None
        return claim.kind, claim.value


# --- what the words of a source tell ---


def _any(source: Source, sort: str) -> bool:
    return not source.keys.isdisjoint(shared("agencies")["speaking"][sort])


def _office(keys: frozenset[str]) -> str | None:
    """The office that the keys of a source tell of."""
    for office, telling in shared("agencies")["offices"].items():
        if not keys.isdisjoint(telling):
            return str(office)
    return None


def _country(keys: frozenset[str]) -> str:
    """The one country that the keys of a source name, empty where they name none or several."""
    found = [key[2:] for key in keys if key.startswith("l:")]
    return found[0] if len(found) == 1 else ""


def _content(lang: str, words: str) -> str:
    """The words of a source without the small words before them."""
    small = load_pack(lang).function_words
    found = list(_WORD.finditer(words))
    first = next((m for m in found if m.group().lower() not in small), None)
    return " ".join(words[first.start() :].split()) if first else ""


def _office_word(lang: str, words: str) -> str | None:
    """The office in the words of a source, as its language calls it first: 'la préfète X' speaks for the prefecture."""
    offices = _offices(lang)
    return next((offices[w] for w in _WORD.findall(words.lower()) if w in offices), None)


@cache
def _several(lang: str) -> frozenset[str]:
    """Words for small numbers above one."""
    pack = load_pack(lang)
    cardinals = pack.tables["figures"]["cardinals"]
    return frozenset(form for n, forms in cardinals.items() if 1 < float(n) < 13 for form in pack.forms(forms))


@cache
def _offices(lang: str) -> dict[str, str]:
    """Words for an office and its holder, under the first of them."""
    pack = load_pack(lang)
    found: dict[str, str] = {}
    for entry in pack.tables["speech"]["phrases"]["offices"]:
        forms = pack.forms([entry])
        for form in forms:
            found[form] = forms[0]
    return found


def _signs(text: str, span: Span, sources: Sequence[Span]) -> bool:
    """Whether an agency's name signs the text: in a source line, or in brackets near the beginning or at the end."""
    if any(s.overlaps(span) for s in sources):
        return True
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    bracketed = before.rstrip()[-1:] in ("(", "[", "/") and after.lstrip()[:1] in (")", "]", "/")
    return bracketed and (span.start < _LEAD or span.end > len(text) - 60)

"""Independence: how many voices really stand behind what several reports say.

A copy counts as its original, an agency's dispatch as the agency, what is attributed as the one who says it; the
bodies of one government speak as one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from recoupe.languages import load_pack, shared
from recoupe.records import Claim, Person, Reading, Span, Statement

_WORD = re.compile(r"\w+")
_LEAD = 600  # code points within which a dispatch bears its agency's mark


def origins_of(readings: Sequence[Reading], people: Sequence[Person]) -> tuple[tuple[str, ...], ...]:
    """For each reading the labels of those whose word it rests on, the same ones labelled alike in all readings."""
    members = {member: person for person in people for member in person.members}
    found = []
    for i, reading in enumerate(readings):
        labels: dict[str, None] = dict.fromkeys(reading.article.credits)
        for origin in reading.origins:
            person = members.get((i, origin.name)) if origin.name else None
            known = origin.label in shared("agencies")["agencies"]
            labels.setdefault(origin.label if known or person is None else person.name)
        found.append(tuple(labels))
    return tuple(found)


def voices(
    readings: Sequence[Reading], people: Sequence[Person], republished: Sequence[int | None]
) -> Callable[[int, Claim], str | None]:
    """A function that names the voice a claim of a reading counts for: `voice(reading, claim)`.

    The innermost attribution counts; where there is none, whoever its source credits with the report, the agency that
    the article credits as its author, or the article itself (`article:<id>`). Claims with the same label are one voice.
    """
    return Voices(readings, people, republished).of


class Voices:
    """The labels of the voices of one story."""

    def __init__(
        self, readings: Sequence[Reading], people: Sequence[Person], republished: Sequence[int | None]
    ) -> None:
        self._readings, self._republished = readings, republished
        self._people = {member: person for person in people for member in person.members}
        self._seats: dict[str, str] = {}
        for person in people:
            if person.country and person.seat:
                self._seats.setdefault(person.country, person.name)
        self._bodies = [
            sorted((m.start, m.end, n.id) for n in r.names if n.type == "ORG" or n.seat for m in n.mentions)
            for r in readings
        ]
        self._own = [self._of_article(i) for i in range(len(readings))]

    def of(self, reading: int, claim: Claim) -> str | None:
        """The label of the voice that stands behind a claim."""
        statements = self._readings[reading].statements
        at = claim.statement
        while at is not None and 0 <= at < len(statements):
            label = self.of_statement(reading, statements[at])
            if label is not None:
                return label
            at = statements[at].within
        return self._own[reading]

    def of_statement(self, reading: int, statement: Statement) -> str | None:
        """The label of the voice that makes a statement, None where nobody is named."""
        source = statement.named or statement.source
        if source is None:
            return None
        person = self._spokesbody(reading, source) or self._people.get((reading, statement.speaker or ""))
        office = self._office(reading, source)
        if office is not None and (person is None or person.type == "PERSON"):
            return office
        if person is not None:
            if person.country and (person.seat or person.type == "PLACE"):
                return self._seats.get(person.country, person.name)
            return person.name
        words = _WORD.findall(source.of(self._readings[reading].article.text).lower())
        return f"{' '.join(words)} ({self._own[reading]})"

    def _spokesbody(self, reading: int, source: Span) -> Person | None:
        """The body named inside the words of a source."""
        bodies = self._bodies[reading]
        at = bisect_left(bodies, (source.start,))
        while at < len(bodies) and bodies[at][0] < source.end:
            if bodies[at][1] <= source.end:
                return self._people.get((reading, bodies[at][2]))
            at += 1
        return None

    def _office(self, reading: int, source: Span) -> str | None:
        """The office in a source, the same one in every report: 'la préfète X' speaks for the prefecture."""
        article = self._readings[reading].article
        offices = _offices(article.lang)
        words = _WORD.findall(source.of(article.text).lower())
        return next((offices[w] for w in words if w in offices), None)

    def _of_article(self, reading: int) -> str:
        original = self._republished[reading]
        if original is not None:
            reading = original
        article = self._readings[reading].article
        if article.credits:  # its source says whose report it is
            return article.credits[0]
        agencies = shared("agencies")["agencies"]
        marked = Counter(
            o.label
            for o in self._readings[reading].origins
            if o.label in agencies and _signs(article.text, o.span, article.sources)
        )
        return marked.most_common(1)[0][0] if marked else f"article:{article.id}"


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

"""Reading: all that one article says."""

from __future__ import annotations

from dataclasses import dataclass, field

from recoupe.records.article import Article
from recoupe.records.spans import Span
from recoupe.records.values import Amount, Kind, Period, Value


@dataclass(frozen=True, slots=True)
class Name:
    """A person, organisation or place of one article, under all the forms that it takes there.

    `type` is PERSON, ORG or PLACE; `name` the fullest form; `mentions` every place where it is named, in order;
    `roles` what the article calls it ('ministre de la Défense'). `country` is the ISO 3166 code of a country, of
    its people, or of the country that a capital, a seat of power or a ministry speaks for; `seat` tells those
    last ones (Washington, the Kremlin) from the country itself. `key` is what a well-known name is called in all
    languages (languages/entities.toml), or a country's code. `terms` are the keys of the words of a body or a place
    that has no such key, as in `Statement.voice`, and `u:` with Latin letters for each word that has none.
    """

    id: str
    type: str
    name: str
    mentions: tuple[Span, ...]
    roles: tuple[str, ...] = ()
    country: str | None = None
    seat: bool = False
    key: str | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression, read against the article's day. `period` is None where the words name no day."""

    span: Span
    period: Period | None
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its words: 'more than 150' is [150, ∞).

    `kind` is count, quantity, ordinal or other (lot numbers, addresses: they carry no claim). `noun` is the span of
    what is counted
    or measured, `concept` its id in concepts.toml where it has one. `approximate`: said with 'about' or the like.
    `how` is what the words make of their number: exact, about, nearly, over, under, range or vague ('dozens').
    `number` is the number that they name (None: of a range or of vague words), in the unit `given` that they name.
    """

    span: Span
    amount: Amount
    kind: str
    noun: Span | None = None
    concept: str | None = None
    approximate: bool = False
    how: str = "exact"
    number: float | None = None
    given: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution relation: who says what (source, cue and content as in PARC and PolNeAR).

    `source` is None where nobody is named ('it is reported that'); `speaker` is the id of the Name that the source is
    or speaks
    for, where the article tells. `stance` is what the cue makes of the content: asserted, denied or unconfirmed.
    `act` is the sort of speech: say, accuse, deny, demand, confirm, threaten, praise, condemn, …
    `within` is the index of the statement whose content holds this one. `named` are the words of an earlier source
    that a pronoun as source stands for. `terms` are the keys of what the content tells of, the same in all
    languages: ids of kinds.toml (`k:attack`), concepts.toml (`c:killed`) and meanings.toml (`m:wall`). `voice` are
    those of the words of the source, with roles (`r:lawyer`), bodies (`h:company`), departments (`d:defence`) and
    countries (`l:FR`).
    """

    cue: Span
    content: tuple[Span, ...]
    source: Span | None = None
    speaker: str | None = None
    quoted: bool = False
    hedged: bool = False
    stance: str = "asserted"
    act: str = "say"
    within: int | None = None
    named: Span | None = None
    terms: tuple[str, ...] = ()
    voice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one report says, with the words that say it.

    `asks` is what is counted, measured, dated, located or asserted: ids of concepts.toml and kinds.toml, or stems of
    the words that say it, the most telling first. `terms` are (key, weight) pairs of what stands around it: kinds of
    event, concepts, stems,
    names, by which claims of several reports are aligned. `event` is the kind of event that it belongs to, `when`
    the time said of that event. `statement` is the index of the innermost statement in whose content it stands.
    """

    kind: Kind
    span: Span
    value: Value
    sentence: Span
    asks: tuple[str, ...] = ()
    terms: tuple[tuple[str, float], ...] = ()
    event: str | None = None
    when: Period | None = None
    statement: int | None = None
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Somebody whose word the report rests on: as credited, with the words that say so.

    `name` is the id of its Name if it has one.
    """

    label: str
    span: Span
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says.

    `terms` are, for each sentence, the keys of what its words tell of, in their order, the same in all languages: ids
    of kinds.toml (`k:`), concepts.toml (`c:`) and meanings.toml (`m:`).
    """

    article: Article
    sentences: tuple[Span, ...] = ()
    names: tuple[Name, ...] = ()
    times: tuple[Time, ...] = ()
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    origins: tuple[Origin, ...] = ()
    notes: tuple[str, ...] = field(default=())
    terms: tuple[tuple[str, ...], ...] = ()

"""Applying: corrections to the story that they speak of. The later of two that contradict each other counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from recoupe.correcting.copying import Copying
from recoupe.correcting.deciding import Deciding
from recoupe.correcting.log import in_force
from recoupe.correcting.readings import NotFound, Readings, fits
from recoupe.records import Named, Story, Value
from recoupe.records.correction import (
    Correction,
    NameAt,
    SameEvent,
    SamePerson,
    SameStory,
    WrongCopy,
    WrongQuestion,
    WrongSpeaker,
    WrongValue,
    WrongVoice,
    articles_of,
)
from recoupe.records.links import Links
from recoupe.records.told import Called, Claimed, Place, Standing, Told


def corrected(
    story: Story, corrections: Iterable[Correction], known: Sequence[frozenset[str]] | None = None
) -> tuple[Story, Told]:
    """A story as corrections have it, and what its comparison has to keep to.

    `known` are, for each reading, the addresses that its article is known by; by default those of a file. Corrections
    that speak of none of its articles are passed over, those that were undone count for nothing. The same again
    changes nothing, and the order in which they come makes no difference.
    """
    return _Applying(story, known).all(in_force(corrections))


class _Applying:
    """One story that is being corrected, the last correction first."""

    def __init__(self, story: Story, known: Sequence[frozenset[str]] | None) -> None:
        self._story = story
        self._readings = Readings(story.readings, known)
        self._names: Deciding[Called] = Deciding()
        self._claims: Deciding[Claimed] = Deciding()
        self._stories: Deciding[str] = Deciding()
        self._copying = Copying(story)
        self._slots: dict[tuple[str, Claimed], tuple[object, str]] = {}
        self._placed: dict[Claimed, tuple[Claimed | None, str]] = {}
        self._voices: dict[Claimed, Called | int | str] = {}
        self._own: dict[type[Correction], Callable[..., Standing]] = {
            SamePerson: self._same_person, SameEvent: self._same_event, SameStory: self._same_story,
            WrongValue: self._value, WrongQuestion: self._question, WrongSpeaker: self._speaker,
            WrongCopy: self._copy, WrongVoice: self._voice,
        }  # fmt: skip

    def all(self, corrections: Sequence[Correction]) -> tuple[Story, Told]:
        mine = [c for c in corrections if any(self._readings.holds(a) for a in articles_of(c))]
        standing = []
        for one in reversed(mine):
            try:
                standing.append(self._own[type(one)](one))
            except NotFound as missing:
                standing.append(Standing(one, "waiting", str(missing)))
            standing[-1] = replace(standing[-1], where=self._where(one))
        story = self._copying.story(self._readings.all)
        told = Told(
            tuple(reversed(standing)),
            self._names.links,
            self._claims.links,
            tuple((claim, to) for claim, (to, _) in self._placed.items() if to is not None),
            frozenset(claim for claim, (to, _) in self._placed.items() if to is None),
            self._voices,
            frozenset(said for sort, said in self._slots if sort == "speaker"),
            self._copying.separate,
        )
        return story, told

    def _where(self, one: Correction) -> tuple[tuple[str, int], ...]:
        return tuple((a, self._readings.article(a)) for a in articles_of(one) if self._readings.holds(a))

    # --- persons, questions, stories ---

    def _same_person(self, one: SamePerson) -> Standing:
        a, b = self._readings.name(one.a), self._readings.name(one.b)
        if a == b and not one.same:
            a, b = self._readings.parted(a[0], one.a, one.b, one.id)
        places = Place("name", *a), Place("name", *b)
        against = (self._names.same if one.same else self._names.apart)(a, b, one.id)
        return _stands(one, against, places)

    def _same_event(self, one: SameEvent) -> Standing:
        a, b = self._readings.claim(one.a), self._readings.claim(one.b)
        places = Place("claim", *a), Place("claim", *b)
        if a == b:
            raise NotFound("parting") if not one.same else NotFound("one")
        if one.same and one.a.kind != one.b.kind:
            raise NotFound("kinds")
        if one.same:
            elsewhere = [by for x, y in ((a, b), (b, a)) if (by := self._placed_elsewhere(x, y))]
            return _stands(one, elsewhere[0] if elsewhere else self._claims.same(a, b, one.id), places)
        return _stands(one, self._claims.apart(a, b, one.id), places)

    def _placed_elsewhere(self, claim: Claimed, other: Claimed) -> str | None:
        """The later correction that puts a claim where another one is not."""
        to, by = self._placed.get(claim, (other, None))
        return None if to == other else by

    def _question(self, one: WrongQuestion) -> Standing:
        claim = self._readings.claim(one.claim)
        to = self._readings.claim(one.to) if one.to else None
        if one.to and one.to.kind != one.claim.kind:
            raise NotFound("kinds")
        if to == claim:
            raise NotFound("one")
        places = tuple(Place("claim", *c) for c in (claim, to) if c is not None)
        against = None
        if claim in self._placed:
            against = None if self._placed[claim][0] == to else self._placed[claim][1]
        elif (tied := self._claims.tied(claim)) is not None:
            against = None if to is not None and self._claims.one(claim, to) else tied
        elif to is not None:
            put = self._placed.get(to)
            against = put[1] if put and put[0] is None else self._claims.same(claim, to, one.id)
        if against is None:
            self._placed.setdefault(claim, (to, one.id))
        return _stands(one, against, places)

    def _same_story(self, one: SameStory) -> Standing:
        against = [(self._stories.same if one.same else self._stories.apart)(a, b, one.id) for a, b in story_pairs(one)]
        places = tuple(Place("article", index) for _, index in self._where(one))
        overruled = [by for by in against if by]
        state = "applied" if not overruled else "partly" if len(overruled) < len(against) else "overruled"
        return Standing(one, state, "", overruled[0] if overruled else None, places)

    # --- values, speakers, origins ---

    def _value(self, one: WrongValue) -> Standing:
        claim = self._readings.claim(one.claim)
        value: Value | None = one.amount or one.period or one.stance
        if not fits(one.claim.kind, value or Named("")) or (value is None and one.named is None):
            raise NotFound("kinds")
        against = self._said("value", claim, _meant(one.named) or value)
        if against is None:
            if one.named is not None:
                value = Named(self._own_name(claim[0], one.named, one.id))
            if value is not None:
                self._readings.set_value(claim, value)
            self._slots.setdefault(("value", claim), (_meant(one.named) or value, one.id))
        return _stands(one, against, (Place("claim", *claim),))

    def _speaker(self, one: WrongSpeaker) -> Standing:
        said = self._readings.statement(one.statement)
        against = self._said("speaker", said, _meant(one.speaker))
        if against is None:
            own = self._own_name(said[0], one.speaker, one.id) if one.speaker else None
            self._readings.set_speaker(said, own)
            self._slots.setdefault(("speaker", said), (_meant(one.speaker), one.id))
        return _stands(one, against, (Place("statement", *said),))

    def _voice(self, one: WrongVoice) -> Standing:
        claim = self._readings.claim(one.claim)
        meant = _meant(one.voice) or one.report or one.label
        against = self._said("voice", claim, meant)
        if against is None:
            self._voices[claim] = self._whose(one)
            self._slots.setdefault(("voice", claim), (meant, one.id))
        return _stands(one, against, (Place("claim", *claim),))

    def _whose(self, one: WrongVoice) -> Called | int | str:
        if one.voice is not None:
            return self._readings.name(one.voice, one.id)
        if one.report is not None:
            return self._readings.article(one.report)
        if not one.label:
            raise NotFound("name")
        return one.label

    def _copy(self, one: WrongCopy) -> Standing:
        article, of = self._readings.article(one.article), self._readings.article(one.of)
        if article == of:
            raise NotFound("one")
        against = self._copying.take(article, of, one.same, one.id)
        return _stands(one, against, (Place("article", article), Place("article", of)))

    def _said(self, sort: str, place: Claimed, meant: object) -> str | None:
        """What has said otherwise of something of which only one thing can be true."""
        was = self._slots.get((sort, place))
        return was[1] if was and was[0] != meant else None

    def _own_name(self, reading: int, told: NameAt, by: str) -> str:
        """The id under which a reading knows a name that may be another's, which is then said to be the same."""
        own, home = self._readings.here(reading, told, by)
        if home is not None:
            self._names.same((reading, own), home, by)
        return own


def decided_stories(corrections: Iterable[Correction]) -> Links[str]:
    """Which articles have to be in one story and which not, by their addresses; the later of two corrections counts."""
    deciding: Deciding[str] = Deciding()
    for one in reversed(in_force(corrections)):
        if isinstance(one, SameStory):
            for a, b in story_pairs(one):
                (deciding.same if one.same else deciding.apart)(a, b, one.id)
    return deciding.links


def story_pairs(one: SameStory) -> list[tuple[str, str]]:
    """The pairs of articles that a correction of stories speaks of."""
    if one.same:
        named = articles_of(one)
        return [(named[0], other) for other in named[1:]]
    return [(a, b) for a in one.articles for b in one.others if a != b]


def _stands(one: Correction, against: str | None, places: tuple[Place, ...]) -> Standing:
    return Standing(one, "overruled" if against else "applied", "", against, places)


def _meant(told: NameAt | None) -> tuple[str, str] | None:
    """What tells one name from another."""
    return (told.article, told.key) if told else None

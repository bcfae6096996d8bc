"""Independence: how many voices really stand behind what several reports say, and on whose word each report rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from recoupe.comparing.voices import Voices
from recoupe.languages import shared
from recoupe.records import Claim, Person, Reading


def origins_of(
    readings: Sequence[Reading], people: Sequence[Person], known: Voices | None = None
) -> tuple[tuple[str, ...], ...]:
    """For each reading the labels of those whose word it rests on, the same ones labelled alike in all readings."""
    known = known or Voices(readings, people, [None] * len(readings))
    members = {member: person for person in people for member in person.members}
    agencies = shared("agencies")["agencies"]
    found = []
    for i, reading in enumerate(readings):
        by_source = {s.named or s.source: k for k, s in enumerate(reading.statements)}
        labels: dict[str, None] = dict.fromkeys(reading.article.credits)
        for origin in reading.origins:
            person = members.get((i, origin.name)) if origin.name else None
            voice = known.of_known(i, by_source[origin.span]) if origin.span in by_source else None
            if origin.label in agencies:
                labels.setdefault(origin.label)
            else:
                labels.setdefault(voice or (person.name if person else origin.label))
        found.append(tuple(labels))
    return tuple(found)


def voices(
    readings: Sequence[Reading], people: Sequence[Person], republished: Sequence[int | None]
) -> Callable[[int, Claim], str | None]:
    """A function that names the voice a claim of a reading counts for: `voice(reading, claim)`.

    Claims with the same label are one voice.
    """
    return Voices(readings, people, republished).of

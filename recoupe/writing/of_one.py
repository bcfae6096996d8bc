"""Of one: what a single report says as a dossier without questions, so that tables tell of it as of any other."""

from __future__ import annotations

from recoupe.records import Comparison, Dossier, Person, Reading, Saying, Story
from recoupe.writing.assemble import write


def of_one(reading: Reading, ui: str = "en") -> Dossier:
    """The dossier of a report that nothing is compared with: its text, its names and its statements."""
    people = {name.id: f"n{i}" for i, name in enumerate(reading.names, 1)}
    return write(
        Comparison(
            Story((reading,)),
            names=tuple(Person(people[n.id], n.type, n.name, n.roles, ((0, n.id),)) for n in reading.names),
            questions=(),
            sayings=tuple(
                Saying(0, i, people.get(said.speaker or ""), None) for i, said in enumerate(reading.statements)
            ),
            origins=(tuple(dict.fromkeys(origin.label for origin in reading.origins)),),
            copies=(None,),
        ),
        ui,
    )

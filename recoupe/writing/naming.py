"""Naming: what the names of a story are called in the language of the interface."""

from __future__ import annotations

from recoupe.records import Comparison, Name, Person


def names_in(comparison: Comparison, lang: str) -> dict[str, str]:
    """The name of each person, organisation and place, by its id: as reports in `lang` call it, else as compared.

    A person is called by the fullest form of such a report, an organisation or a place by the one that is used most.
    """
    by_reading = [{name.id: name for name in reading.names} for reading in comparison.story.readings]
    speaking = {i for i, reading in enumerate(comparison.story.readings) if reading.article.lang == lang}
    found = {}
    for person in comparison.names:
        members = [by_reading[i].get(name_id) for i, name_id in person.members if i in speaking]
        found[person.id] = _chosen(person, [name for name in members if name is not None])
    return found


def _chosen(person: Person, names: list[Name]) -> str:
    if not names or any(name.name == person.name for name in names):
        return person.name
    if person.type == "PERSON":
        return max(names, key=lambda name: (len(name.name), name.name)).name
    return max(names, key=lambda name: (len(name.mentions), len(name.name), name.name)).name

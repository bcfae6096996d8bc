"""One person, organisation or place under several spellings.

What is known by a key (countries, capitals, well-known bodies, ministries) is joined by it. Full names of people are
joined where family and given names sound alike; a bare family name joins the one person of the story who bears it, or,
where several do, the one whose role agrees, or nobody. Organisations and places are joined by their words, parts and
acronyms.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from recoupe.comparing.bodies import join_bodies
from recoupe.comparing.likeness import name_similarity
from recoupe.comparing.nodes import Group, Node, key_of, node_of
from recoupe.comparing.persons import join_people
from recoupe.records import Person, Reading
from recoupe.records.links import Links
from recoupe.records.told import Called
from recoupe.text.latin import latin

_ACRONYM = 8  # letters at most

__all__ = ["merge_names", "name_similarity"]


def merge_names(readings: Sequence[Reading], told: Links[Called] | None = None) -> tuple[Person, ...]:
    """All names of a story, each once, with ids n1, n2 … in the order of their first appearance.

    What is joined does not depend on the order of the readings. `told` are names that somebody has said to be one or
    two; a name that stands nowhere joins those alone that it is said to be one with.
    """
    every = [node_of(i, reading, name) for i, reading in enumerate(readings) for name in reading.names]
    nodes = [n for n in every if n.name.mentions]
    groups = _by_key([n for n in nodes if key_of(n.name)])
    rest = sorted((n for n in nodes if not key_of(n.name)), key=lambda n: n.rank)
    people, loose = join_people(
        [n for n in rest if n.name.type == "PERSON"], [n for n in nodes if n.name.type != "PERSON"]
    )
    bodies = join_bodies([*(n for n in rest if n.name.type != "PERSON"), *loose], people, groups)
    found = _bracketed([*groups, *people, *bodies], readings)
    order = {(n.reading, n.name.id): k for k, n in enumerate(every)}
    if told:
        found = _as_told(found, every, told)
    for group in found:
        group.nodes.sort(key=lambda n: order[n.reading, n.name.id])
    found.sort(key=lambda g: order[g.nodes[0].reading, g.nodes[0].name.id])
    return tuple(_person(f"n{k}", group) for k, group in enumerate(found, 1))


def _by_key(nodes: Iterable[Node]) -> list[Group]:
    found: dict[str, Group] = defaultdict(Group)
    for node in nodes:
        key = key_of(node.name)
        if key is not None:
            found[key].nodes.append(node)
    # A ministry whose country is not said is that of the one country whose ministry the story names.
    for key in [k for k in found if k.endswith("|?")]:
        others = [k for k in found if k != key and k.rsplit("|", 1)[0] == key[:-2]]
        here = {n.reading for n in found[key].nodes}
        if len(others) == 1 and not here & {n.reading for n in found[others[0]].nodes}:
            found[others[0]].nodes += found.pop(key).nodes
    return list(found.values())


def _bracketed(groups: list[Group], readings: Sequence[Reading]) -> list[Group]:
    """Join a body with the acronym that stands behind it in brackets, in whatever language: '… Mỹ (USGS)'."""
    of = {(n.reading, n.name.id): g for g in groups for n in g.nodes}
    for i, reading in enumerate(readings):
        text = reading.article.text
        long = {m.end: name for name in reading.names if name.type == "ORG" and " " in name.name for m in name.mentions}
        for name in reading.names:
            if name.type == "PERSON" or not (name.name.isupper() and len(name.name) <= _ACRONYM):
                continue
            for m in name.mentions:
                before = long.get(m.start - 2)
                if before is None or text[m.start - 2 : m.start] != " (" or text[m.end : m.end + 1] != ")":
                    continue
                one, other = of[i, before.id], of[i, name.id]
                keys = {n.name.key for g in (one, other) for n in g.nodes if n.name.key}
                if one is not other and len(keys) < 2:
                    one.nodes += other.nodes
                    of.update({(n.reading, n.name.id): one for n in other.nodes})
                    other.nodes = []
    return [g for g in groups if g.nodes]


def _as_told(groups: list[Group], nodes: Sequence[Node], told: Links[Called]) -> list[Group]:
    """Groups in which is together and apart what is said to be."""
    by_id = {(n.reading, n.name.id): n for n in nodes}
    nowhere = [[called] for called, n in by_id.items() if not n.name.mentions]
    rows = [[(n.reading, n.name.id) for n in sorted(g.nodes, key=lambda n: n.rank)] for g in groups] + nowhere
    return [
        Group([by_id[called] for called in row])
        for row in told.kept(rows, lambda a, b: name_similarity(by_id[a].name.name, by_id[b].name.name))
    ]


# --- the result -------------------------------------------------------------------------------------


def _person(id_: str, group: Group) -> Person:
    types: Counter[str] = Counter()
    names: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    for node in group.nodes:
        types[node.name.type] += len(node.name.mentions)
        names[node.name.name] += 1
        roles.update(node.name.roles)
    name = min(names, key=lambda n: (-len(latin(n).split()), n.isupper() and len(n) > 5, -names[n], n))
    country = Counter(n.name.country for n in group.nodes if n.name.country)
    return Person(
        id=id_,
        type=min(types, key=lambda t: (-types[t], t)),
        name=name,
        roles=tuple(sorted(roles, key=lambda r: (-roles[r], -len(r), r))),
        members=tuple((n.reading, n.name.id) for n in group.nodes),
        country=min(country, key=lambda c: (-country[c], c)) if country else None,
        seat=any(n.name.seat for n in group.nodes),
    )

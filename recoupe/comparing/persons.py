"""Persons: people joined by their full names, then by family names alone.

Full names are joined where family and given names sound alike; a bare family name joins the one person of the story who
bears it, or, where several do, the one whose role agrees, or nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from recoupe.comparing.likeness import word_score
from recoupe.comparing.nodes import Group, Node, Words
from recoupe.text.latin import skeleton
from recoupe.text.similarity import alike

SAME_FAMILY = 0.78  # two full names with like given names
SAME_GIVEN = 0.72
SAME_BARE = 0.82  # a family name alone
_ONE_NAME = 0.97  # one name but for its accents
_STRIPPED = 0.9  # family names of which one has lost the ending of its case
_COMPARED = 8  # forms of a name that are compared with another's


def join_people(nodes: list[Node], others: Iterable[Node] = ()) -> tuple[list[Group], list[Node]]:
    """Join people: full names first, then bare ones. The bare ones that no full name claims come back.

    So do those that more reports take for one of the `others`, organisations and places, than for people.
    """
    full = [n for n in nodes if not n.bare]
    bare = [n for n in nodes if n.bare]
    groups: list[Group] = []
    blocks: dict[str, list[Group]] = defaultdict(list)
    for node in full:
        bones = bones_of(node)
        near = {id(g): g for b in sorted(bones) for g in blocks[b]}
        fitting = [(score, g) for g in near.values() if (score := same_person(g, node)) > 0]
        if fitting:
            group = max(fitting, key=lambda f: f[0])[1]
        else:
            group = Group()
            groups.append(group)
        group.nodes.append(node)
        for b in bones:
            if all(g is not group for g in blocks[b]):
                blocks[b].append(group)
    elsewhere = _elsewhere(bare, others)
    loose = [n for n in bare if n.words in elsewhere]
    return groups, loose + _add_bare([n for n in bare if n.words not in elsewhere], blocks)


def _elsewhere(bare: Iterable[Node], others: Iterable[Node]) -> set[Words]:
    """The bare names that more reports have for an organisation or a place than for a person."""
    here: dict[Words, set[int]] = defaultdict(set)
    there: dict[Words, set[int]] = defaultdict(set)
    for node in bare:
        here[node.words].add(node.reading)
    for node in others:
        for form in node.forms:
            if form in here:
                there[form].add(node.reading)
    return {words for words, readings in there.items() if len(readings) > len(here[words])}


def bones_of(node: Node) -> set[str]:
    """The consonants of the words of its forms, by which a name is looked up."""
    return {bones(w) for form in (node.words, *node.forms) for w in form}


def bones(word: str) -> str:
    """The consonants of a word, with what one language hushes and another does not as one."""
    return skeleton(word).lower()


def same_person(group: Group, node: Node) -> float:
    """How well a full name agrees with those of a group, 0 where it is another's.

    No report gives one person two full names, nor do titles tell of two genders, unless the name is the same.
    """
    if any(o.reading == node.reading and o.words != node.words for o in group.nodes):
        return 0.0
    best = max((person_score(node, other) for other in group.nodes if not other.bare), default=0.0)
    two = any(node.gender and o.gender and node.gender != o.gender for o in group.nodes)
    return 0.0 if two and best < _ONE_NAME else best


def person_score(a: Node, b: Node) -> float:
    """How well two full names agree, 0 where they are two people's."""
    plain = max(_full_score(x, y) for x in _fulls(a.written) for y in _fulls(b.written))
    if plain or (len(a.forms) == len(a.written) and len(b.forms) == len(b.written)):
        return plain
    pairs = ((x, y) for x in _fulls(a.forms) for y in _fulls(b.forms))
    return max((_full_score(x, y) for x, y in pairs if alike(x[-1], y[-1]) >= _STRIPPED), default=0.0)


def _fulls(forms: Sequence[Words]) -> list[Words]:
    return [f for f in forms if len(f) > 1][:_COMPARED] or list(forms[:1])


def _full_score(a: Words, b: Words) -> float:
    if a == b:
        return 1.0
    if "".join(a) == "".join(b):
        return 0.99
    family, given = alike(a[-1], b[-1]), _given_score(a[:-1], b[:-1])
    if family >= SAME_FAMILY and given >= SAME_GIVEN:
        return (family + given) / 2
    if sorted(a) == sorted(b):  # family name first
        return 0.9
    short, long = sorted((a, b), key=len)
    return 0.85 if long[: len(short)] == short else 0.0  # a second family name, or a word too many


def _given_score(a: Words, b: Words) -> float:
    """Of the given names, the first decides; an initial stands for any name that begins with it."""
    if not a or not b:
        return 0.0
    if 1 in (len(a[0]), len(b[0])):
        return 0.8 if a[0][0] == b[0][0] else 0.0
    best = word_score(a[0], b[0])
    if best < SAME_GIVEN and "".join(a) and "".join(b):
        best = max(best, alike("".join(a), "".join(b)))
    return best


def _add_bare(bare: list[Node], blocks: dict[str, list[Group]]) -> list[Node]:
    """Give each bare family name to the one who bears it; those left over come back."""
    loose: list[Node] = []
    for node in bare:
        group = bearer(node, blocks)
        if group is None:
            loose.append(node)
        else:
            group.nodes.append(node)
    return loose


def bearer(node: Node, blocks: dict[str, list[Group]]) -> Group | None:
    """The person of a full name whom a bare name means. `blocks` are the people by the bones of their words."""
    if not node.bare or not node.words:
        return None
    for words in (node.words, *node.forms):
        near = list({id(g): g for g in blocks.get(bones(words[-1]), [])}.values())
        exact = [g for g in near if any(w[-len(words) :] == words for w in g.full())]
        fitting = exact or [g for g in near if any(_ends_so(w, words) or words == w[:1] for w in g.full())]
        if fitting:
            return _chosen(node, fitting)
    return None


def _ends_so(full: Words, bare: Words) -> bool:
    """Whether a full name ends in a bare one, perhaps in another spelling."""
    return len(full) >= len(bare) and all(same_bare(a, b) for a, b in zip(bare[::-1], full[::-1]))


def _chosen(node: Node, fitting: list[Group]) -> Group | None:
    """Of the bearers of a family name the only one, or the only one whose title or role agrees."""
    if len(fitting) > 1:
        fitting = [g for g in fitting if not any(o.reading == node.reading and not o.bare for o in g.nodes)]
    genders = [{o.gender for o in g.nodes} - {""} for g in fitting]
    fitting = [g for g, of in zip(fitting, genders) if not node.gender or not of or node.gender in of]
    if len(fitting) == 1:
        return fitting[0]
    scored = [(_agreement(node, g), g) for g in fitting]
    most = max((s for s, _ in scored), default=0)
    best = [g for s, g in scored if s == most]
    return best[0] if most > 0 and len(best) == 1 else None


def _agreement(node: Node, group: Group) -> int:
    """What roles and country say for a bare name's being a person's: above 0 for, below against."""
    roles = {r for o in group.nodes for r in o.roles}
    countries = {o.name.country for o in group.nodes if o.name.country}
    score = 2 * len(node.roles & roles)
    if node.roles and roles and not node.roles & roles:
        score -= 1
    if node.name.country and countries:
        score += 1 if node.name.country in countries else -2
    return score


def same_bare(a: str, b: str) -> bool:
    """Whether two bare family names are one: short ones to the letter, longer ones by sound.

    A woman's form of a Slavic name is not her husband's: Ivanova is no Ivanov.
    """
    if a == b:
        return True
    if min(len(a), len(b)) <= 3 or bones(a) != bones(b):
        return False
    if {a, b} in ({a, a + "a"}, {b, b + "a"}):
        return False
    return alike(a, b) >= SAME_BARE

"""One person, organisation or place under several spellings.

What is known by a key (countries, capitals, well-known bodies, ministries) is joined by it. Full names of people are
joined where family and given names sound alike; a bare family name joins the one person of the story who bears it, or,
where several do, the one whose role agrees, or nobody. Organisations and places are joined by their words, parts and
acronyms.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from recoupe.comparing.likeness import name_similarity, word_score
from recoupe.languages import LanguagePack, available, load_pack
from recoupe.records import Person, Reading
from recoupe.records.reading import Name
from recoupe.text.latin import latin, skeleton
from recoupe.text.lexicon import Lexicon
from recoupe.text.similarity import alike

__all__ = ["merge_names", "name_similarity"]

SAME_FAMILY = 0.78  # two full names with like given names
SAME_GIVEN = 0.72
SAME_BARE = 0.82  # a family name alone
SAME_WORD = 0.85  # words of organisations and places

Words = tuple[str, ...]


@dataclass(eq=False, slots=True)
class Node:
    """A name of one reading."""

    reading: int
    lang: str
    name: Name
    words: Words
    forms: tuple[Words, ...]
    roles: frozenset[str]
    gender: str
    bare: bool  # a family name alone, with its particles
    rank: tuple[str, ...]  # its place among others, whatever the order of the readings


@dataclass(eq=False, slots=True)
class Group:
    """Nodes found to be one."""

    nodes: list[Node] = field(default_factory=list)

    def full(self) -> list[Words]:
        """The full names in it, each once."""
        return list(dict.fromkeys(n.words for n in self.nodes if not n.bare))


@dataclass(frozen=True)
class Vocabulary:
    """What a language's pack tells of roles, given names and head words."""

    roles: Lexicon[str]
    given: dict[str, str]
    heads: frozenset[str]
    small: frozenset[str]
    particles: frozenset[str]
    genders: dict[str, str]


@cache
def _vocabulary(lang: str) -> Vocabulary:
    if lang not in available():
        return Vocabulary(Lexicon(), {}, frozenset(), frozenset(), frozenset(), {})
    pack = load_pack(lang)
    table = pack.tables["names"]
    roles = pack.lexicon({**table["roles"], **table["departments"]})
    given: dict[str, str] = {}
    for gender, letter in (("male", "m"), ("female", "f")):
        for form in pack.forms(table["given"][gender]):
            for word in latin(form).split()[:1]:
                given[word] = "" if given.get(word, letter) != letter else letter
    heads = {
        word
        for entries in table["organisations"].values()
        for form in pack.forms(entries)
        for word in [latin(form)]
        if " " not in word
    }
    small = {
        word
        for entries in (table["articles"], table["joiners"])
        for form in pack.forms(entries)
        for word in latin(form).split()
    }
    particles = frozenset(latin(form) for form in pack.forms(table["particles"]))
    return Vocabulary(roles, given, frozenset(heads), frozenset(small), particles, _genders(table, pack))


def _genders(table: Mapping[str, Any], pack: LanguagePack) -> dict[str, str]:
    """The words of one gender alone: 'Mme', 'préfète'."""
    found: dict[str, str] = {}
    for gender, letter in (("male", "m"), ("female", "f")):
        for form in pack.forms(table["gender"][gender]):
            word = latin(form)
            if " " not in word:
                found[word] = "" if found.get(word, letter) != letter else letter
    return found


def merge_names(readings: Sequence[Reading]) -> tuple[Person, ...]:
    """All names of a story, each once, with ids n1, n2 … in the order of their first appearance.

    What is joined does not depend on the order of the readings.
    """
    nodes = [_node(i, reading, name) for i, reading in enumerate(readings) for name in reading.names]
    groups = _by_key([n for n in nodes if _key(n.name)])
    rest = sorted((n for n in nodes if not _key(n.name)), key=lambda n: n.rank)
    people, loose = _people([n for n in rest if n.name.type == "PERSON"])
    bodies = _bodies([*(n for n in rest if n.name.type != "PERSON"), *loose], people, groups)
    found = [*groups, *people, *bodies]
    order = {(n.reading, n.name.id): k for k, n in enumerate(nodes)}
    for group in found:
        group.nodes.sort(key=lambda n: order[n.reading, n.name.id])
    found.sort(key=lambda g: order[g.nodes[0].reading, g.nodes[0].name.id])
    return tuple(_person(f"n{k}", group) for k, group in enumerate(found, 1))


def _node(index: int, reading: Reading, name: Name) -> Node:
    lang = reading.article.lang
    known = _vocabulary(lang)
    text = reading.article.text
    forms = tuple(dict.fromkeys(tuple(latin(m.of(text)).split()) for m in name.mentions))
    words = tuple(latin(name.name).split())
    roles: set[str] = set()
    if name.roles and lang in available():
        tokenizer = load_pack(lang).tokenizer
        for role in name.roles:
            roles |= {key for _, _, key in known.roles.find(tokenizer.norms(role))}
    gender = (known.given.get(words[0], "") if len(words) > 1 else "") or _gender_around(text, name, known)
    chunks = [c for c in name.name.split() if latin(c) not in known.particles and latin(c)]
    return Node(index, lang, name, words, forms, frozenset(roles), gender, len(chunks) <= 1, (name.name, text, name.id))


def _gender_around(text: str, name: Name, known: Vocabulary) -> str:
    """The gender that the words right before a person's mentions tell, '' where they tell none or both."""
    if name.type != "PERSON":
        return ""
    told = {
        letter
        for mention in name.mentions[:20]
        for word in latin(text[max(0, mention.start - 30) : mention.start]).split()[-2:]
        if (letter := known.genders.get(word))
    }
    return told.pop() if len(told) == 1 else ""


def _key(name: Name) -> str | None:
    """What joins a well-known name with itself."""
    if name.key is None:
        return None
    return f"{name.key}|{name.country or '?'}" if "." in name.key else name.key


def _by_key(nodes: Iterable[Node]) -> list[Group]:
    found: dict[str, Group] = defaultdict(Group)
    for node in nodes:
        key = _key(node.name)
        if key is not None:
            found[key].nodes.append(node)
    # A ministry whose country is not said is that of the one country whose ministry the story names.
    for key in [k for k in found if k.endswith("|?")]:
        others = [k for k in found if k != key and k.rsplit("|", 1)[0] == key[:-2]]
        here = {n.reading for n in found[key].nodes}
        if len(others) == 1 and not here & {n.reading for n in found[others[0]].nodes}:
            found[others[0]].nodes += found.pop(key).nodes
    return list(found.values())


# --- people -----------------------------------------------------------------------------------------


def _people(nodes: list[Node]) -> tuple[list[Group], list[Node]]:
    """Join people: full names first, then bare ones. The bare ones that no full name claims come back."""
    full = [n for n in nodes if not n.bare]
    bare = [n for n in nodes if n.bare]
    groups: list[Group] = []
    blocks: dict[str, list[Group]] = defaultdict(list)
    for node in full:
        bones = {skeleton(w) for w in node.words}
        near = {id(g): g for b in sorted(bones) for g in blocks[b]}
        fitting = [
            (max(_person_score(node, other) for other in g.nodes), g) for g in near.values() if _may_join(g, node)
        ]
        fitting = [f for f in fitting if f[0] > 0]
        if fitting:
            group = max(fitting, key=lambda f: f[0])[1]
        else:
            group = Group()
            groups.append(group)
        group.nodes.append(node)
        for b in bones:
            if all(g is not group for g in blocks[b]):
                blocks[b].append(group)
    return groups, _add_bare(bare, blocks)


def _may_join(group: Group, node: Node) -> bool:
    """Whether a group may take a node: no other full name of the same article, no other gender."""
    if any(o.reading == node.reading and o.words != node.words for o in group.nodes):
        return False
    return not any(node.gender and o.gender and node.gender != o.gender for o in group.nodes)


def _person_score(a: Node, b: Node) -> float:
    """How well two full names agree, 0 where they are two people's."""
    return max(_full_score(x, y) for x in _fulls(a) for y in _fulls(b))


def _fulls(node: Node) -> list[Words]:
    return [f for f in node.forms if len(f) > 1][:4] or [node.words]


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
    return 0.0


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
        group = _bearer(node, blocks)
        if group is None:
            loose.append(node)
        else:
            group.nodes.append(node)
    return loose


def _bearer(node: Node, blocks: dict[str, list[Group]]) -> Group | None:
    """The person of a full name whom a bare name means."""
    if not node.bare or not node.words:
        return None
    words = node.words
    near = {id(g): g for g in blocks.get(skeleton(words[-1]), [])}
    exact = [g for g in near.values() if any(w[-len(words) :] == words for w in g.full())]
    fitting = exact or [g for g in near.values() if any(_ends_so(w, words) or words == w[:1] for w in g.full())]
    return _chosen(node, fitting)


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
    if min(len(a), len(b)) <= 3 or skeleton(a) != skeleton(b):
        return False
    if {a, b} in ({a, a + "a"}, {b, b + "a"}):
        return False
    return alike(a, b) >= SAME_BARE


# --- organisations and places -----------------------------------------------------------------------


def _bodies(nodes: list[Node], people: list[Group], known: list[Group]) -> list[Group]:
    """Join organisations, places and bare names by all their words, then by parts and acronyms; the longest first.

    A reading may take a person's bare name for something else; so these may join people too.
    """
    groups: list[Group] = []
    whole: dict[str, Group] = {}
    by_bones: dict[str, list[Group]] = defaultdict(list)
    acronyms: dict[str, list[Group]] = defaultdict(list)
    for group in known:
        for node in group.nodes:
            for form in node.forms:
                whole.setdefault("".join(form), group)
    blocks: dict[str, list[Group]] = defaultdict(list)
    for group in people:
        for word in sorted({skeleton(w[-1]) for w in group.full()}):
            blocks[word].append(group)
        for words in group.full():
            whole.setdefault("".join(words), group)
    for node in sorted(nodes, key=lambda n: (-len(_content(n)), n.rank)):
        words = _content(node)
        solid = "".join(words)
        goal = whole.get("".join(node.words)) or whole.get(solid)
        if goal is None and solid:
            goal = _part_of(node, words, by_bones) or _acronym_of(node, acronyms)
            if goal is None and node.name.type != "PERSON":
                goal = _bearer(node, blocks)
        if goal is None:
            goal = Group()
            groups.append(goal)
        goal.nodes.append(node)
        for form in (words, *node.forms):
            whole.setdefault("".join(form), goal)
        if words and all(g is not goal for g in by_bones[skeleton(words[0])]):
            by_bones[skeleton(words[0])].append(goal)
        for initials in _initials(node):
            if all(g is not goal for g in acronyms[initials]):
                acronyms[initials].append(goal)
    return groups


def _content(node: Node) -> Words:
    """The words of a name without articles, small words and, where others are left, generic head words."""
    known = _vocabulary(node.lang)
    words = tuple(w for w in node.words if w not in known.small) or node.words
    own = tuple(w for w in words if w not in known.heads)
    return own or words


def _part_of(node: Node, words: Words, by_bones: dict[str, list[Group]]) -> Group | None:
    """The one organisation whose name begins with these words, perhaps in another spelling.

    Of two places one may well begin as the other: these must be the same in all their words.
    """
    fitting = []
    for group in by_bones[skeleton(words[0])]:
        if any(other.reading == node.reading for other in group.nodes):
            continue  # their article tells them apart
        for other in group.nodes:
            theirs = _content(other)
            bodies = "ORG" in (node.name.type, other.name.type) and not node.name.roles
            longer = len(theirs) > len(words) and bodies
            if (longer or len(theirs) == len(words)) and all(_same_word(a, b) for a, b in zip(words, theirs)):
                fitting.append(group)
                break
    return _only(fitting)


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    return min(len(a), len(b)) > 4 and skeleton(a) == skeleton(b) and alike(a, b) >= SAME_WORD


def _initials(node: Node) -> set[str]:
    """What may abbreviate a name: the initials of its capitalised words, and of all but the small ones."""
    small = _vocabulary(node.lang).small
    capitals = latin("".join(w[0] for w in node.name.name.replace("-", " ").split() if w[0].isupper())).replace(" ", "")
    content = "".join(w[0] for w in node.words if w not in small)
    return {i for i in (capitals, content) if len(i) > 1}


def _acronym_of(node: Node, acronyms: dict[str, list[Group]]) -> Group | None:
    text = node.name.name.replace(".", "")
    return _only(acronyms.get(latin(text), [])) if text.isupper() and 2 <= len(text) <= 7 and " " not in text else None


def _only(groups: list[Group]) -> Group | None:
    return groups[0] if len(groups) == 1 else None


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

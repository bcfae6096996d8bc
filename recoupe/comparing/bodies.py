"""Bodies: organisations and places joined by their words, parts and acronyms, and by what translated names mean.

'Bệnh viện Santa Clara' and 'лікарня Санта-Клара' have one name behind another head; 'Viện Địa vật lý Peru' and
'Геофізичний інститут Перу' share what their words mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from recoupe.comparing.nodes import Group, Node, Words, vocabulary
from recoupe.comparing.persons import bearer, bones, bones_of, same_person
from recoupe.text.latin import latin
from recoupe.text.similarity import alike

SAME_WORD = 0.85  # words of organisations and places
_SURE = 0.8  # a person whom a reading takes for something else
_TRANSLATED = 0.6  # share of the keys of two translated names that they have in common
_COMMON = 60  # a key of more bodies than that tells none apart
_TELLING = 5  # letters of a word by which a part of a name is known


_GENERIC = frozenset(
    f"m:{m}"
    for m in (
        "authority", "agency", "institute", "ministry", "office", "board", "service", "business", "group", "party",
        "government", "union", "association", "organisation", "national", "federal", "central", "local", "area",
    )
)  # fmt: skip


def join_bodies(nodes: list[Node], people: list[Group], known: list[Group]) -> list[Group]:
    """Join organisations, places and bare names by all their words, then by parts and acronyms; the longest first.

    A reading may take a person's name for something else; so these may join people too, and `known` ones.
    """
    joiner = _Joiner(people, known)
    for node in sorted(nodes, key=lambda n: (-len(_content(n)), n.rank)):
        joiner.take(node)
    return joiner.translated()


class _Joiner:
    """The groups made so far, by all that finds them."""

    def __init__(self, people: list[Group], known: list[Group]) -> None:
        self.groups: list[Group] = []
        self._whole: dict[str, Group] = {}
        self._by_bones: dict[str, list[Group]] = defaultdict(list)
        self._acronyms: dict[str, list[Group]] = defaultdict(list)
        self._blocks: dict[str, list[Group]] = defaultdict(list)
        for group in known:
            for node in group.nodes:
                for form in node.forms:
                    self._whole.setdefault("".join(form), group)
        for group in people:
            for word in sorted({b for n in group.nodes if not n.bare for b in bones_of(n)}):
                self._blocks[word].append(group)
            for words in group.full():
                self._whole.setdefault("".join(words), group)

    def take(self, node: Node) -> None:
        """Give a node to the group that it belongs to, or to a new one."""
        words = _content(node)
        goal = self._goal(node, words)
        if goal is None:
            goal = Group()
            self.groups.append(goal)
        goal.nodes.append(node)
        contents = _contents(node)
        for form in (words, *node.forms, *contents):
            self._whole.setdefault("".join(form), goal)
        for bone in {bones(form[i]) for form in contents for i in (0, -1) if form}:
            if all(g is not goal for g in self._by_bones[bone]):
                self._by_bones[bone].append(goal)
        for initials in _initials(node):
            if all(g is not goal for g in self._acronyms[initials]):
                self._acronyms[initials].append(goal)

    def _goal(self, node: Node, words: Words) -> Group | None:
        for form in (node.words, words, *node.forms, *_contents(node)):
            goal = self._whole.get("".join(form))
            if goal is not None and form:
                return goal
        goal = self._person(node) or self._part_of(node, words) or self._acronym_of(node)
        if goal is None and node.name.type != "PERSON":
            goal = bearer(node, self._blocks)
        return goal

    def _person(self, node: Node) -> Group | None:
        """The person whose full name this surely is."""
        if node.bare or node.name.type == "PERSON" or len(node.words) > 4:
            return None
        near = {id(g): g for b in sorted(bones_of(node)) for g in self._blocks[b]}
        scored = [(same_person(g, node), g) for g in near.values()]
        best = max(scored, key=lambda s: s[0], default=None)
        return best[1] if best is not None and best[0] >= _SURE else None

    def _part_of(self, node: Node, words: Words) -> Group | None:
        """The one organisation whose name begins with these words, or place whose name ends so, perhaps misspelled.

        Of two places one may well begin as the other: these must be the same in all their words.
        """
        near = {id(g): g for form in _contents(node) for i in (0, -1) if form for g in self._by_bones[bones(form[i])]}
        # their article tells apart what stands in it
        apart = [
            g for g in near.values() if all(other.reading != node.reading or _tail(node, other) for other in g.nodes)
        ]
        fitting = [(max(_one_body(node, other) for other in g.nodes), g) for g in apart]
        return _only([g for fit, g in fitting if fit == 2]) or _only([g for fit, g in fitting if fit])

    def _acronym_of(self, node: Node) -> Group | None:
        text = node.name.name.replace(".", "")
        if not (text.isupper() and 2 <= len(text) <= 7 and " " not in text):
            return None
        return _only(self._acronyms.get(latin(text), []))

    def translated(self) -> list[Group]:
        """The groups, after those whose names mean the same in two languages have been joined."""
        rows = [(g, terms) for g in self.groups if (terms := _terms(g))]
        found = [
            (score, i, j)
            for i, j in _sharing([terms for _, terms in rows])
            if (score := _same_meaning(rows[i][1], rows[j][1])) >= _TRANSLATED and _two_tongues(rows[i][0], rows[j][0])
        ]
        best: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
        for row in found:
            best[row[1]].append(row)
            best[row[2]].append(row)
        into = list(range(len(rows)))
        for score, i, j in sorted(found, key=lambda r: (-r[0], r[1], r[2])):
            rival = any(
                r[0] >= score and r != (score, i, j) and into[r[1]] != into[r[2]]
                for k in (i, j)
                for r in best[k]
                if _rivals(rows, r, (i, j), into)
            )
            one, other = rows[into[i]][0], rows[into[j]][0]
            if rival or one is other or {n.reading for n in one.nodes} & {n.reading for n in other.nodes}:
                continue
            one.nodes += other.nodes
            gone = into[j]
            into = [into[i] if k == gone else k for k in into]
            self.groups = [g for g in self.groups if g is not other]
        return self.groups


def _sharing(rows: list[frozenset[str]]) -> list[tuple[int, int]]:
    """Pairs of rows with a meaning or a department in common that not all have."""
    postings: dict[str, list[int]] = defaultdict(list)
    for i, terms in enumerate(rows):
        for term in terms:
            if term[0] in "dm":
                postings[term].append(i)
    return sorted(
        {(i, j) for at in postings.values() if len(at) <= _COMMON for n, i in enumerate(at) for j in at[n + 1 :]}
    )


def _rivals(
    rows: list[tuple[Group, frozenset[str]]], row: tuple[float, int, int], pair: tuple[int, int], into: list[int]
) -> bool:
    """Whether another pairing would give one of a pair a partner from a report that its own partner is from."""
    shared = set(row[1:]) & set(pair)
    if len(shared) != 1:
        return False
    mine, theirs = (set(pair) - shared).pop(), (set(row[1:]) - shared).pop()
    if into[mine] == into[theirs]:
        return False
    return bool({n.reading for n in rows[mine][0].nodes} & {n.reading for n in rows[theirs][0].nodes})


def _terms(group: Group) -> frozenset[str]:
    """What the words of a body's names mean; nothing where most of them mean nothing."""
    terms = {t for n in group.nodes if n.name.key is None and n.name.type != "PERSON" for t in n.name.terms}
    return frozenset(terms) if any(t[0] in "hdlm" for t in terms) else frozenset()


def _same_meaning(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of keys in common, 0 where two names can't be one body's."""
    for sort in "hdl":
        mine, theirs = ({t for t in x if t[0] == sort} for x in (a, b))
        if mine and theirs and not mine & theirs:
            return 0.0
    own, other = ({t[2:] for t in x if t[0] == "u"} for x in (a, b))
    if own and other and not any(_same_word(x, y) for x in own for y in other):
        return 0.0
    mine, theirs = ({t for t in x if t[0] in "hdlm"} for x in (a, b))
    common = mine & theirs
    telling = {t for t in common if t[0] in "dm"} - _GENERIC
    if mine == theirs and not own and not other and telling:
        return 1.0
    if len(common) < 2 or not telling:
        return 0.0
    return len(common) / (min(len(mine), len(theirs)) + 0.5 * abs(len(mine) - len(theirs)) + 0.5 * bool(own or other))


def _two_tongues(a: Group, b: Group) -> bool:
    """Whether two groups stand in two languages, and no report has both."""
    if {n.reading for n in a.nodes} & {n.reading for n in b.nodes}:
        return False
    return not {n.lang for n in a.nodes} & {n.lang for n in b.nodes}


def _content(node: Node) -> Words:
    """The words of a name without articles, small words and, where others are left, generic head words."""
    return _stripped(node, node.words)


def _contents(node: Node) -> list[Words]:
    """The same of all its forms."""
    return list(dict.fromkeys(_stripped(node, form) for form in (node.words, *node.forms)))


def _stripped(node: Node, words: Words) -> Words:
    known = vocabulary(node.lang)
    kept = tuple(w for w in words if w not in known.small and w not in known.particles) or words
    heads = {k for first, last, _ in known.heads.find(kept) for k in range(first, last)}
    return tuple(w for i, w in enumerate(kept) if i not in heads) or kept


def _one_body(node: Node, other: Node) -> int:
    """2 where two names are one, 1 where the first is a part of the second, 0 where neither is so."""
    bodies = "ORG" in (node.name.type, other.name.type) and not node.name.roles
    places = node.name.type == other.name.type == "PLACE"
    whole = bodies and node.name.type != "PLACE" and len(_content(other)) == 2
    best = 0
    for words in filter(None, _contents(node)):
        for theirs in _contents(other):
            if len(words) == len(theirs) and _like(words, theirs):
                return 2
            longer = len(theirs) > len(words)
            ends = longer and len(words[-1]) >= _TELLING and theirs[-len(words) :] == words
            tail = places and longer and len(words) > 1 and _like(words[::-1], theirs[::-1])
            if (longer and bodies and _like(words, theirs)) or (ends and (places or whole)) or tail:
                best = 1
    return best


def _tail(node: Node, other: Node) -> bool:
    """Whether a place is named by the last word of its long name: 'Lumbra' for San Pedro de Lumbra."""
    long = other.written[0]
    alone = node.name.type == other.name.type == "PLACE" and len(node.words) == 1 and len(long) > 2
    return alone and len(node.words[0]) >= _TELLING and long[-1] == node.words[0]


def _like(words: Iterable[str], theirs: Iterable[str]) -> bool:
    return all(_same_word(a, b) for a, b in zip(words, theirs))


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    return min(len(a), len(b)) > 4 and bones(a) == bones(b) and alike(a, b) >= SAME_WORD


def _initials(node: Node) -> set[str]:
    """What may abbreviate a name: the initials of its words, with and without the small ones, and an acronym in it."""
    small = vocabulary(node.lang).small
    chunks = node.name.name.replace("-", " ").split()
    capitals = latin("".join(w[0] for w in chunks if w[0].isupper())).replace(" ", "")
    content = "".join(w[0] for w in node.words if w not in small)
    inside = {latin(w) for w in chunks if w.isupper() and len(w) > 2} if len(chunks) > 1 else set()
    return {i for i in (capitals, content, *inside) if len(i) > 1}


def _only(groups: list[Group]) -> Group | None:
    return groups[0] if len(groups) == 1 else None

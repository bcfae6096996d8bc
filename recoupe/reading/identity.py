"""Identity inside an article: which mentions are one and the same."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from recoupe.reading.gazetteer import ORG, PERSON, PLACE
from recoupe.reading.roles import Role, gender_before, roles_of
from recoupe.reading.scan import Mention, Scan
from recoupe.text.latin import latin, skeleton
from recoupe.text.similarity import same_word

_MOST = 50  # names of one sound that are compared


@dataclass(eq=False, slots=True)
class Cluster:
    """Mentions of one name, in order."""

    type: str
    mentions: list[Mention] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    genders: Counter[str] = field(default_factory=Counter)

    @property
    def keys(self) -> set[str]:
        """The keys of its roles."""
        return {key for role in self.roles for key in role.keys}

    @property
    def gender(self) -> str:
        """`m`, `f` or '' by titles and given names."""
        best = self.genders.most_common(2)
        return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else ""


def clusters(scan: Scan) -> list[Cluster]:
    """Group the mentions of an article, in the order in which the names first stand."""
    index = {i: m for m in scan.mentions for i in range(m.first, m.last)}
    people = _people(scan, index, [m for m in scan.mentions if m.type == PERSON])
    others = _bodies(scan, [m for m in scan.mentions if m.type != PERSON])
    found = [c for c in [*people, *others] if c.mentions]
    for cluster in found:
        cluster.mentions.sort(key=lambda m: m.first)
    return sorted(found, key=lambda c: c.mentions[0].first)


# --- people -----------------------------------------------------------------------------------------


def _people(scan: Scan, index: dict[int, Mention], mentions: list[Mention]) -> list[Cluster]:
    found: list[Cluster] = []
    by_words: dict[tuple[str, ...], Cluster] = {}
    by_bones: dict[str, list[Cluster]] = defaultdict(list)  # full names by the sound of their last word
    by_given: dict[str, list[Cluster]] = defaultdict(list)
    bare: list[Mention] = []
    for mention in mentions:
        if _is_bare(scan, mention):
            bare.append(mention)
            continue
        bones = _bones(mention.words[-1])
        cluster = by_words.get(mention.words)
        if cluster is None:
            near = by_bones[bones][:_MOST]
            cluster = next((c for c in near if _one_person(scan, c.mentions[0].words, mention.words)), None)
        if cluster is None:
            cluster = Cluster(PERSON)
            found.append(cluster)
            by_bones[bones].append(cluster)
            by_given[mention.words[0]].append(cluster)
        by_words.setdefault(mention.words, cluster)
        _take(scan, index, cluster, mention)
    starts = {id(c): [m.first for m in c.mentions] for c in found}
    alone: dict[tuple[str, ...], Cluster] = {}
    for mention in bare:
        words, bones = mention.words, _bones(mention.words[-1])
        like = [c for c in by_bones[bones][:_MOST] if any(_ends_so(m.words, words) for m in c.mentions[:3])]
        exact = [c for c in like if any(m.words[-len(words) :] == words for m in c.mentions)]
        candidates = exact or like
        if not candidates:
            candidates = [alone[words]] if words in alone else by_given.get(words[0], [])[:_MOST]
        cluster = _nearest(scan, index, mention, candidates, starts)
        if cluster is None:
            cluster = alone[words] = Cluster(PERSON)
            found.append(cluster)
            by_bones[bones].append(cluster)
            starts[id(cluster)] = [mention.first]
        _take(scan, index, cluster, mention)
    return found


def _is_bare(scan: Scan, mention: Mention) -> bool:
    """Whether a name is a family name alone: one word, its particles and what hyphens tie to it aside."""
    norms = scan.document.norms
    parts = 0
    for i in range(mention.first, mention.last):
        tied = norms[i] == "-" or (i > mention.first and norms[i - 1] == "-")
        if norms[i][0].isalnum() and not tied and norms[i] not in scan.gazetteer.particles:
            parts += 1
    return parts <= 1


def _ends_so(full: tuple[str, ...], bare: tuple[str, ...]) -> bool:
    """Whether a full name ends in a bare one, perhaps in another spelling."""
    return len(full) >= len(bare) and all(same_word(a, b) for a, b in zip(full[::-1], bare[::-1]))


def _bones(word: str) -> str:
    return skeleton(latin(word))


def _take(scan: Scan, index: dict[int, Mention], cluster: Cluster, mention: Mention) -> None:
    cluster.mentions.append(mention)
    cluster.roles += roles_of(scan, index, mention)
    gender = gender_before(scan, mention)
    if gender:
        cluster.genders[gender] += 2
    given = scan.has(mention.first, "G") if len(mention.words) > 1 else None
    letters = {f.mark.value for f in scan.marks[mention.first] if f.mark.flag == "G"} if given else set()
    if len(letters) == 1:
        cluster.genders[letters.pop()] += 1


def _nearest(
    scan: Scan, index: dict[int, Mention], mention: Mention, candidates: list[Cluster], starts: dict[int, list[int]]
) -> Cluster | None:
    """Of those who bear a family name, the one whose title or role agrees, else the one named last, else next."""
    if len(candidates) > 1:
        gender = gender_before(scan, mention)
        keys = {key for role in roles_of(scan, index, mention) for key in role.keys}
        fitting = [c for c in candidates if not (gender and c.gender and gender != c.gender)] or candidates
        sharing = [c for c in fitting if keys & c.keys]
        candidates = sharing or fitting
    best: tuple[bool, int] | None = None
    chosen = None
    for cluster in candidates:
        where = starts[id(cluster)]
        at = bisect_left(where, mention.first)
        rank = (False, mention.first - where[at - 1]) if at else (True, where[0] - mention.first)
        if best is None or rank < best:
            best, chosen = rank, cluster
    return chosen


def _one_person(scan: Scan, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names are one person's: family names sound alike, and so do given names or initials."""
    if not same_word(a[-1], b[-1]):
        return False
    a, b = a[:-1], b[:-1]
    small = scan.gazetteer.particles
    a, b = tuple(w for w in a if w not in small), tuple(w for w in b if w not in small)
    if not a or not b:
        return False
    return same_word(a[0], b[0]) or (1 in (len(a[0]), len(b[0])) and a[0][0] == b[0][0])


# --- organisations and places -----------------------------------------------------------------------


def _bodies(scan: Scan, mentions: list[Mention]) -> list[Cluster]:
    found: dict[tuple[str, str], Cluster] = {}
    for mention in mentions:
        if mention.key is not None:
            country = mention.country or "" if mention.key.startswith("ministry.") else ""
            name = (mention.key, country)
        else:
            name = ("", "".join(plain_words(scan, mention.words)))
        cluster = found.get(name)
        if cluster is None:
            cluster = found[name] = Cluster(mention.type)
        cluster.mentions.append(mention)
    made = _bracketed(scan, list(found.values()))
    return _joined(scan, made)


def _bracketed(scan: Scan, made: list[Cluster]) -> list[Cluster]:
    """Join 'Agence fédérale … (Afsca)': a name and its acronym in brackets, whichever comes first."""
    norms = scan.document.norms
    gone: set[int] = set()
    owner = {id(m): c for c in made for m in c.mentions}
    at = {m.first: m for c in made for m in c.mentions}
    for cluster in made:
        for mention in list(cluster.mentions):
            inner = at.get(mention.last + 1)
            if inner is None or norms[mention.last] != "(" or norms[inner.last : inner.last + 1] != [")"]:
                continue
            goal, other = owner[id(mention)], owner[id(inner)]
            short, long = sorted((mention, inner), key=lambda m: len(m.words))
            if goal is not other and len(short.words) == 1 and _abbreviates(short.words[0], long.words):
                if goal.mentions[0].key is None and other.mentions[0].key is not None:
                    goal, other = other, goal
                goal.mentions += other.mentions
                goal.type = owner[id(long)].type
                for m in other.mentions:
                    owner[id(m)] = goal
                gone.add(id(other))
    return [c for c in made if id(c) not in gone]


def _abbreviates(short: str, long: tuple[str, ...]) -> bool:
    """Whether the letters of an acronym begin words of the name, in order, the first and most others: Afsca."""
    if len(long) < 2 or not 2 <= len(short) <= 10 or short[0] != long[0][0]:
        return False
    text = " " + " ".join(long)
    at = 0
    for letter in short:
        at = text.find(letter, at) + 1
        if at == 0:
            return False
    initials = [w[0] for w in long]
    return sum(1 for c in short if c in initials) * 3 >= len(short) * 2


def _joined(scan: Scan, made: list[Cluster]) -> list[Cluster]:
    """Bring together parts and wholes ('Kestrel', 'Kestrel Bank'), acronyms, and misspellings."""
    made.sort(key=lambda c: (-max(len(m.words) for m in c.mentions), c.mentions[0].first))
    kept: list[Cluster] = []
    by_word: dict[str, list[Cluster]] = defaultdict(list)
    by_bones: dict[str, list[Cluster]] = defaultdict(list)
    acronyms: dict[str, Cluster] = {}
    for cluster in made:
        mention = cluster.mentions[0]
        words = plain_words(scan, mention.words)
        goal = None
        if mention.key is None and len(words) == 1:
            word = words[0]
            surface = scan.document.tokens.surfaces[mention.first]
            if surface.isupper() and word in acronyms:
                goal = acronyms[word]
            else:
                goal = next((c for c in by_word[word] if c.type == ORG), None)
            if goal is None:
                near = by_bones[_bones(word)][:_MOST]
                goal = next((c for c in near if same_word(plain_words(scan, c.mentions[0].words)[0], word)), None)
        if goal is not None and not (
            goal.mentions[0].key is not None and len(goal.mentions[0].words) > 1 and goal.type == PLACE
        ):
            goal.mentions += cluster.mentions
            continue
        kept.append(cluster)
        if words and len(words) > 1:
            by_word[words[0]].append(cluster)
            initials = "".join(w[0] for w in words)
            acronyms.setdefault(initials, cluster)
        elif words and mention.key is None:
            by_bones[_bones(words[0])].append(cluster)
    return kept


def plain_words(scan: Scan, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name without articles and small words."""
    small = scan.gazetteer.articles | scan.gazetteer.particles
    return tuple(w for w in words if w not in small and w != "'s") or words

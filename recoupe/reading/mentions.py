"""Mentions: where names stand in an article, and what sort of name each is.

What stands in one place under one form lends its sort to all places where the form stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, islice

from recoupe.reading.document import Document, Sentence
from recoupe.reading.gazetteer import ORG, PERSON, PLACE, gazetteer, marks
from recoupe.reading.proposals import known_names, proposed
from recoupe.reading.scan import Mention, Scan, Words, mention_at
from recoupe.text.latin import latin, skeleton
from recoupe.text.similarity import same_word

ENOUGH = 0.5  # votes that a form needs in the whole article to be a name


def scan(document: Document) -> Scan:
    """Find all mentions outside the clutter."""
    found = Scan(document, gazetteer(document.pack), marks(document))
    names = proposed(found, [*document.sentences, *_furniture(document)])
    found.mentions = list(chain.from_iterable(islice(names, len(document.sentences))))
    furniture = list(chain.from_iterable(names))  # what is left: in captions a person may stand in full
    _hush(found)
    _behead(found)
    persons = [m for m in furniture if m.type == PERSON and len(m.words) > 1]
    _spread(found, persons)
    _vote(found, persons)
    _add_furniture(found, furniture)
    return found


# --- the article as a whole -------------------------------------------------------------------------


def _hush(scan: Scan) -> None:
    """Where a headline writes all its words with capitals, leave only known names and those that the report has too."""
    surfaces = scan.document.tokens.surfaces
    loud: set[int] = set()
    quiet = False
    for sentence in scan.document.sentences:
        if not sentence.heading:
            quiet = True
            continue
        words = [s for s in surfaces[sentence.first : sentence.last] if s[0].isalpha() and len(s) > 3]
        capitals = sum(s[0].isupper() for s in words)
        if len(words) > 2 and capitals > 0.7 * len(words):
            loud.update(range(sentence.first, sentence.last))
    if not loud or not quiet or scan.gazetteer.nouns_capitalised:
        return
    told = {m.words for m in scan.mentions if m.first not in loud}
    scan.mentions = [m for m in scan.mentions if m.first not in loud or m.key is not None or m.words in told]


def _behead(scan: Scan) -> None:
    """Take from a name the common word that begins its sentence ('Incendie de Sorévan'); drop what is no name.

    A word is common if the article has it in lower case.
    """
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    common = {n for n, s in zip(norms, surfaces) if s[0].islower()}
    firsts = {s.first for s in scan.document.sentences}
    firsts |= {s.first + 1 for s in scan.document.sentences if not norms[s.first][0].isalnum()}
    inner = {m.words for m in scan.mentions if m.first not in firsts}
    kept = []
    for mention in scan.mentions:
        first = mention.first
        if mention.known is None and not mention.key and not scan.ending(first, "T"):
            rest = _after_joiner(scan, first + 1, mention.last)
            head = scan.has(first, "H") or scan.has(first, "L") or scan.has(first, "G")
            if (
                first in firsts
                and rest
                and mention.words not in inner
                and (head is None or (norms[first] in common and _plain(scan, rest, mention.last) in inner))
            ):
                made = mention_at(scan, rest, mention.last, mention.type)
                made.votes = dict(mention.votes)
                found = next((k for k in _known_at(scan, rest) if k.last == mention.last), None)
                mention = found or made
            elif mention.last == first + 1 and norms[first] in common and not scan.ending(first, "R"):
                continue
        elif _common_place(scan, mention, first in firsts and norms[first] in common):
            continue
        kept.append(mention)
    scan.mentions = kept


def _common_place(scan: Scan, mention: Mention, common: bool) -> bool:
    """'Nice work': known as a place, but the report has the word in small letters, and the tagger sees no name."""
    return common and mention.known is not None and len(mention.words) == 1 and sum(mention.votes.values()) < 2.5


def _plain(scan: Scan, first: int, last: int) -> Words:
    return tuple(n for n in scan.document.norms[first:last] if n[0].isalnum())


def _known_at(scan: Scan, i: int) -> Iterable[Mention]:
    """The well-known name that begins at a token."""
    found = scan.has(i, "K")
    if found is not None:
        yield from known_names(scan, Sentence(i, found.last, scan.document.span(i, found.last), False, 0))


def _furniture(document: Document) -> list[Sentence]:
    """The lines of captions and other clutter."""
    return [
        Sentence(i, j, document.span(i, j), False, 0)
        for span in document.article.clutter
        for i, j in _lines(document, *document.tokens_of(span))
    ]


def _add_furniture(scan: Scan, furniture: list[Mention]) -> None:
    """Take up from the clutter the names that the report has too."""
    exact = {m.words: m for m in scan.mentions}
    families: dict[str, set[str]] = defaultdict(set)
    for mention in scan.mentions:
        if mention.type == PERSON:
            families[skeleton(latin(mention.words[-1]))].add(mention.words[-1])
    added = []
    for mention in furniture:
        same = exact.get(mention.words)
        if same is not None:
            mention.type = same.type
        elif mention.type != PERSON or len(mention.words) < 2 or not _of_family(mention.words[-1], families):
            continue
        added.append(mention)
    scan.mentions = sorted([*scan.mentions, *added], key=lambda m: m.first)


def _of_family(word: str, families: dict[str, set[str]]) -> bool:
    return any(same_word(f, word) for f in families.get(skeleton(latin(word)), ()))


def _lines(document: Document, first: int, last: int) -> Iterable[tuple[int, int]]:
    """The lines between two tokens, as (first token, index after the last)."""
    starts, ends, text = document.tokens.starts, document.tokens.ends, document.text
    begin = first
    for i in range(first, last):
        if i + 1 == last or "\n" in text[ends[i] : starts[i + 1]]:
            yield begin, i + 1
            begin = i + 1


def _after_joiner(scan: Scan, first: int, last: int) -> int:
    """The first word after the small words at `first`, 0 where there are none or nothing follows."""
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    i = first
    while (
        i < last
        and surfaces[i][0].islower()
        and (scan.has(i, "J") or norms[i] in scan.gazetteer.articles or norms[i] in scan.gazetteer.particles)
    ):
        i += 1
    return i if first < i < last else 0


def _spread(scan: Scan, others: list[Mention]) -> None:
    """Find the other places where the names found, and `others` from the clutter, stand, and people's last names."""
    forms: dict[str, list[tuple[Words, Mention]]] = defaultdict(list)
    sounds: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    seen: set[Words] = set()
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    for mention in (*scan.mentions, *others):
        parts = [tuple(norms[mention.first : mention.last])]
        if mention.type == PERSON and len(mention.words) > 1:
            parts.append((norms[mention.last - 1],))
        for words in parts:
            if (
                words not in seen
                and len("".join(words)) > 2
                and not (len(words) == 1 and words[0] in scan.gazetteer.particles)
            ):
                seen.add(words)
                forms[words[0]].append((words, mention))
                if len(words) == 1 and len(words[0]) > 5 and mention.known is None:
                    sounds[skeleton(latin(words[0]))].append((words[0], mention))
    taken = bytearray(len(norms))
    for mention in scan.mentions:
        taken[mention.first : mention.last] = b"\x01" * (mention.last - mention.first)
    added = []
    for sentence in scan.document.sentences:
        for i in range(sentence.first, sentence.last):
            if taken[i] or not surfaces[i][0].isupper():
                continue
            if norms[i] not in forms:
                source = _heard(norms[i], sounds) if len(norms[i]) > 5 and not scan.marks[i] else None
                if source is not None:
                    mention = mention_at(scan, i, i + 1, source.type)
                    mention.votes = {source.type: 0.5}
                    taken[i] = 1
                    added.append(mention)
                continue
            for words, source in sorted(forms[norms[i]], key=lambda f: -len(f[0])):
                j = i + len(words)
                if j > sentence.last or tuple(norms[i:j]) != words or any(taken[i:j]):
                    continue
                if len(words) == 1 and (scan.has(i, "N") or scan.has(i, "R")):
                    continue
                mention = mention_at(scan, i, j, source.type)
                if len(words) == source.last - source.first:
                    mention.key, mention.country, mention.seat, mention.known = (
                        source.key,
                        source.country,
                        source.seat,
                        source.known,
                    )
                mention.votes = {source.type: 0.5}
                taken[i:j] = b"\x01" * (j - i)
                added.append(mention)
                break
    scan.mentions = sorted([*scan.mentions, *added], key=lambda m: m.first)


def _heard(word: str, sounds: dict[str, list[tuple[str, Mention]]]) -> Mention | None:
    """The name found that a word is another spelling of."""
    return next((m for w, m in sounds.get(skeleton(latin(word)), ()) if same_word(w, word)), None)


def _vote(scan: Scan, others: list[Mention]) -> None:
    """Let all mentions of one form, `others` from the clutter too, and the words around them say of what sort it is."""
    votes: dict[Words, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for mention in (*scan.mentions, *others):
        box = votes[mention.words]
        for type_, weight in (*mention.votes.items(), *_cues(scan, mention)):
            box[type_] += weight
    owners = _lend([*scan.mentions, *others], votes)
    scan.mentions = [m for m in scan.mentions if sum(votes[m.words].values()) >= ENOUGH]
    for mention in scan.mentions:
        box = votes[mention.words]
        best = max((PERSON, ORG, PLACE), key=lambda t: box.get(t, 0.0))
        if mention.known is None and len({type_ for _, type_ in owners.get(mention.words, ())}) > 1:
            best = _owner(scan, mention, owners[mention.words])
        mention.type = best
        if mention.known is not None and mention.known.type != best and box[best] > box[mention.known.type] + 1.0:
            mention.known, mention.key, mention.country, mention.seat = None, None, None, False


def _lend(mentions: list[Mention], votes: dict[Words, dict[str, float]]) -> dict[Words, list[tuple[int, str]]]:
    """Give the sort of full names to their parts: to a person's last word, to an organisation's first and last.

    Returns for each part where the full names stand, and their sort.
    """
    owners: dict[Words, list[tuple[int, str]]] = defaultdict(list)
    for mention in mentions:
        words, box = mention.words, votes[mention.words]
        if len(words) > 1:
            best = max(sorted(box), key=lambda t: box[t])
            if best != PLACE:
                for part in {words[-1:]} if best == PERSON else {words[:1], words[-1:]}:
                    owners[part].append((mention.first, best))
    families: dict[str, list[str]] = defaultdict(list)
    for part, full in owners.items():
        for type_ in {t for _, t in full}:
            if part in votes:
                votes[part][type_] += 1.2
            if type_ == PERSON and len(part[0]) > 4:
                families[skeleton(latin(part[0]))].append(part[0])
    for words, box in votes.items():
        if families and len(words) == 1 and words not in owners and len(words[0]) > 4:
            near = families.get(skeleton(latin(words[0])), ())
            box[PERSON] += 1.2 * any(same_word(words[0], family) for family in near)
    return owners


def _owner(scan: Scan, mention: Mention, owners: list[tuple[int, str]]) -> str:
    """The sort of a part that a person and an organisation share: by title, else of the full name nearest before it."""
    if any(type_ == PERSON and weight >= 1.0 for type_, weight in _cues(scan, mention)):
        return PERSON
    before = [o for o in owners if o[0] < mention.first]
    return max(before)[1] if before else min(owners)[1]


def _cues(scan: Scan, mention: Mention) -> Iterable[tuple[str, float]]:
    """What the words inside and before a mention say of its sort."""
    first = mention.first
    dotted = first > 0 and scan.document.norms[first - 1] == "."
    if scan.ending(first - 1 if dotted else first, "T"):
        yield PERSON, 3.0
    elif scan.ending(first, "R"):
        if mention.last > first + 1 or not scan.acronym(first):
            yield PERSON, 1.0
    elif scan.ending(first, "H"):
        yield ORG, 1.0
    elif scan.ending(first, "L"):
        yield PLACE, 2.5 if scan.gazetteer.belonging_after else 0.5
    elif scan.ending(first, "B") and len(mention.words) < 3:
        yield PLACE, 0.3
    norms = scan.document.norms
    office = scan.has(mention.last + 1, "R") if mention.last < len(norms) and norms[mention.last] == "'s" else None
    if office is not None and office.mark.value == "director":
        yield ORG, 1.0  # 'Northgate's chief executive'
    if mention.last == first + 1 and scan.acronym(first):
        yield ORG, 0.6
    inside = [f.mark for i in range(first, mention.last) for f in scan.marks[i] if f.last <= mention.last]
    if any(m.flag == "H" for m in inside) and len(mention.words) > 1:
        yield ORG, 1.0
    if scan.has(first, "L") and len(mention.words) > 1:
        yield PLACE, 1.0
    given = scan.has(first, "G")
    if given and given.last < mention.last and len(mention.words) > 1:
        yield PERSON, 1.0

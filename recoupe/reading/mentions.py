"""Mentions: where names stand in an article, and what sort of name each is.

The tagger, the gazetteer and the shapes of ministries propose; what stands in one place under one form lends its sort to all
places where the form stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from recoupe.reading.document import Document, Sentence
from recoupe.reading.gazetteer import ORG, PERSON, PLACE, Found, Gazetteer, Known, gazetteer, marks
from recoupe.reading.tagger import tagger
from recoupe.text.latin import latin, skeleton
from recoupe.text.similarity import same_word

Words = tuple[str, ...]
ENOUGH = 0.5  # votes that a form needs in the whole article to be a name


@dataclass(slots=True)
class Mention:
    """A name at tokens `first` to `last` (excluded). `words` are its normal words without signs; `key` is set for well-known names and
    ministries; `votes` say of what sort it is."""

    first: int
    last: int
    type: str
    words: Words
    known: Known | None = None
    country: str | None = None
    key: str | None = None
    seat: bool = False
    votes: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Scan:
    """A document with its marks and mentions, in order and without overlap."""

    document: Document
    gazetteer: Gazetteer
    marks: list[list[Found]]
    mentions: list[Mention] = field(default_factory=list)

    def has(self, i: int, flag: str) -> Found | None:
        """The longest mark of a sort that begins at token `i`."""
        if not 0 <= i < len(self.marks):
            return None
        best = None
        for found in self.marks[i]:
            if found.mark.flag == flag and (best is None or found.last > best.last):
                best = found
        return best

    def ending(self, i: int, flag: str, within: int = 5) -> Found | None:
        """The longest mark of a sort whose last token is `i - 1`."""
        for start in range(max(0, i - within), i):
            for found in self.marks[start]:
                if found.mark.flag == flag and found.last == i:
                    return found
        return None


def scan(document: Document) -> Scan:
    """Find all mentions outside the clutter."""
    found = Scan(document, gazetteer(document.pack), marks(document))
    for sentence in document.sentences:
        found.mentions += _proposed(found, sentence)
    _behead(found)
    _spread(found)
    _vote(found)
    _add_furniture(found)
    return found


def _proposed(scan: Scan, sentence: Sentence) -> list[Mention]:
    """The mentions of one sentence, in order and apart."""
    tagged = tagger()(scan.document, scan.marks, sentence)
    return _apart([*_ministries(scan, sentence), *_known(scan, sentence), *_titled(scan, sentence), *_headed(scan, sentence), *_tagged(scan, tagged)])


# --- proposals --------------------------------------------------------------------------------------


def _mention(scan: Scan, first: int, last: int, type_: str) -> Mention:
    document = scan.document
    words = tuple(n for n in document.norms[first:last] if n[0].isalnum())
    return Mention(first, last, type_, words)


def _ministries(scan: Scan, sentence: Sentence) -> Iterable[Mention]:
    """'ministère russe de la Défense', 'Russian Defence Ministry', 'Ministry of Defence of Ukraine'."""
    norms = scan.document.norms
    for i in range(sentence.first, sentence.last):
        head = next((f for f in scan.marks[i] if f.mark.flag == "H" and f.mark.value in ("ministry",)), None)
        if head is None:
            continue
        first, last, country, department = i, head.last, None, None
        j = last
        while j < sentence.last and j < last + 5:
            nation, purpose = scan.has(j, "N"), scan.has(j, "D")
            if purpose:
                department, last = purpose.mark.value, purpose.last
                break
            if nation and country is None:
                country = nation.mark.value
                j = nation.last
            elif norms[j] in scan.gazetteer.articles or scan.has(j, "J"):
                j += 1
            else:
                break
        if department is None:
            before = scan.ending(i, "D")
            if before is None or before.first < sentence.first:
                continue
            department, first = before.mark.value, before.first
        nation = scan.ending(first, "N") if country is None else None
        if nation is not None and nation.first >= sentence.first:
            country, first = nation.mark.value, nation.first
        if country is None and scan.has(last, "N"):
            found = scan.has(last, "N")
            assert found is not None
            country, last = found.mark.value, found.last
        mention = _mention(scan, first, min(last, sentence.last), ORG)
        mention.country, mention.seat = country, True
        mention.key = f"ministry.{department}"
        mention.votes = {ORG: 4.0}
        yield mention


def _known(scan: Scan, sentence: Sentence) -> Iterable[Mention]:
    """Names of the gazetteer, the longest at each place."""
    i = sentence.first
    while i < sentence.last:
        found = scan.has(i, "K")
        # 'US' as in 'US troops' is an adjective where the pack says so, and a country all the same.
        if found is None or found.last > sentence.last:
            i += 1
            continue
        known = found.mark.known
        assert known is not None
        mention = _mention(scan, i, found.last, known.type)
        mention.known, mention.country, mention.key, mention.seat = known, known.country, known.key, known.seat
        if known.type == ORG and not known.seat:
            mention.country = None
        mention.votes = {known.type: 2.0}
        yield mention
        i = found.last


def _titled(scan: Scan, sentence: Sentence) -> Iterable[Mention]:
    """'M. Ryder', 'le préfet Tissandier': capitalised words right after a title or a role."""
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    for i in range(sentence.first, sentence.last):
        for found in scan.marks[i]:
            if found.mark.flag not in "TR":
                continue
            j = found.last
            if j < sentence.last and norms[j] == "." and found.mark.flag == "T":
                j += 1
            if found.mark.flag == "R" and surfaces[i][0].isupper() and i > sentence.first:
                continue  # 'Prime Minister Office', 'Chief Executive Officer': capitals all along tell nothing
            last = _run(scan, j, sentence.last)
            if last > j:
                mention = _mention(scan, j, last, PERSON)
                mention.votes = {PERSON: 1.5}
                yield mention


def _headed(scan: Scan, sentence: Sentence) -> Iterable[Mention]:
    """'avenue de la Gare', 'the village of Kozlovka': a place by its head word, small words and capitals."""
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    for i in range(sentence.first, sentence.last):
        head = scan.has(i, "L")
        if head is None or surfaces[i][0].isupper():
            continue
        j = head.last
        while j < min(sentence.last, head.last + 3) and (scan.has(j, "J") or norms[j] in scan.gazetteer.articles):
            j += 1
        last = _run(scan, j, sentence.last)
        if last > j > head.last and not scan.gazetteer.nouns_capitalised:
            mention = _mention(scan, i, last, PLACE)
            mention.votes = {PLACE: 0.7}
            yield mention


def _run(scan: Scan, first: int, ceiling: int) -> int:
    """The end of a run of capitalised words from `first` on that may be a person's name, with particles and hyphens inside."""
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    i = end = first
    while i < ceiling and i - first < 8:
        flags = {f.mark.flag for f in scan.marks[i]}
        if surfaces[i][0].isupper() and not flags & set("NDRHT") and not ("K" in flags and i == first):
            i += 1
            end = i
        elif i > first and (surfaces[i] == "-" or norms[i] in scan.gazetteer.particles and surfaces[i][0].islower()):
            i += 1
        else:
            break
    return end


def _tagged(scan: Scan, found: Iterable[tuple[int, int, str, float]]) -> Iterable[Mention]:
    for first, last, type_, sure in found:
        first, last = _trimmed(scan, first, last)
        if first < last and _office(scan, first, last):
            continue
        if first < last and any(s[0].isalnum() for s in scan.document.norms[first:last]):
            mention = _mention(scan, first, last, type_)
            mention.votes = {type_: sure}
            yield mention


def _office(scan: Scan, first: int, last: int) -> bool:
    """Whether words are nothing but a role or a department: 'Police Commissioner', 'Défense', 'Chief Executive'."""
    i, flags = first, set()
    while i < last:
        found = next((f for flag in "RDHNF" if (f := scan.has(i, flag)) and f.last <= last), None)
        if found is None:
            return False
        flags.add(found.mark.flag)
        i = found.last
    return "R" in flags or flags <= {"D", "N", "F"}


def _trimmed(scan: Scan, first: int, last: int) -> tuple[int, int]:
    """Without titles, articles and signs at the edges."""
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    small = scan.gazetteer.articles | scan.gazetteer.particles
    known = scan.has(first, "K")
    if known and known.mark.value.isupper() and known.last < last and not (scan.ending(last, "L") or scan.ending(last, "H") or norms[known.last] == "-"):
        type_head = scan.document.tokens.surfaces[known.last][0].isupper() and scan.document.sentence_at(scan.document.tokens.starts[first])
        if type_head and type_head.heading:
            last = known.last  # 'U.A.E. Deny': capitals of a headline
    while first < last:
        title = scan.has(first, "T")
        department = scan.has(first, "D")
        if department and department.last < last and (scan.ending(first, "J") or scan.ending(first, "A")) and not scan.ending(last, "H"):
            first = department.last
            continue
        if title and title.last < last:
            first = title.last
        elif not norms[first][0].isalnum():
            first += 1
        elif norms[first] in small and surfaces[first][0].islower() and not scan.ending(first, "T") and not scan.ending(first, "R"):
            first += 1
        else:
            break
    while last > first and (not norms[last - 1][0].isalnum() and norms[last - 1] != "." or norms[last - 1] == "'s"):
        last -= 1
    if last > first + 1 and norms[last - 1] == "." and len(surfaces[last - 2]) > 1:
        last -= 1
    return first, last


def _apart(proposed: list[Mention]) -> list[Mention]:
    """Of mentions that overlap, one: the longer; of the same words, the one that is known, with the votes of both."""
    proposed.sort(key=lambda m: (m.first - m.last, m.key is None, m.first))
    kept: list[Mention] = []
    taken: dict[int, Mention] = {}
    for mention in proposed:
        over = {id(taken[i]): taken[i] for i in range(mention.first, mention.last) if i in taken}
        for other in over.values():
            if (other.first, other.last) == (mention.first, mention.last):
                for type_, weight in mention.votes.items():
                    other.votes[type_] = other.votes.get(type_, 0.0) + weight
        if not over:
            kept.append(mention)
            for i in range(mention.first, mention.last):
                taken[i] = mention
    return sorted(kept, key=lambda m: m.first)


# --- the article as a whole -------------------------------------------------------------------------


def _behead(scan: Scan) -> None:
    """Take from a name the common word with which its sentence begins ('Incendie de Sorévan'), and drop what is no name elsewhere.

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
            if first in firsts and rest and mention.words not in inner and (head is None or norms[first] in common and _plain(scan, rest, mention.last) in inner):
                made = _mention(scan, rest, mention.last, mention.type)
                made.votes = dict(mention.votes)
                found = next((k for k in _known_at(scan, rest) if k.last == mention.last), None)
                mention = found or made
            elif mention.last == first + 1 and norms[first] in common and not scan.ending(first, "R"):
                continue
        kept.append(mention)
    scan.mentions = kept


def _plain(scan: Scan, first: int, last: int) -> Words:
    return tuple(n for n in scan.document.norms[first:last] if n[0].isalnum())


def _known_at(scan: Scan, i: int) -> Iterable[Mention]:
    return _known(scan, Sentence(i, i + 1 if scan.has(i, "K") is None else scan.has(i, "K").last, scan.document.span(i, i + 1), False, 0))  # type: ignore[union-attr]


def _add_furniture(scan: Scan) -> None:
    """Take up the names of the report from captions and other clutter: there a person may stand in full."""
    document = scan.document
    exact = {m.words: m for m in scan.mentions}
    families = {m.words[-1] for m in scan.mentions if m.type == PERSON}
    added = []
    for span in document.article.clutter:
        first, last = document.tokens_of(span)
        for i, j in _lines(document, first, last):
            for mention in _proposed(scan, Sentence(i, j, document.span(i, j), False, 0)):
                same = exact.get(mention.words)
                if same is not None:
                    mention.type = same.type
                elif not (mention.type == PERSON and len(mention.words) > 1 and any(same_word(f, mention.words[-1]) for f in families)):
                    continue
                added.append(mention)
    scan.mentions = sorted([*scan.mentions, *added], key=lambda m: m.first)


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
    while i < last and surfaces[i][0].islower() and (scan.has(i, "J") or norms[i] in scan.gazetteer.articles or norms[i] in scan.gazetteer.particles):
        i += 1
    return i if first < i < last else 0


def _spread(scan: Scan) -> None:
    """Find the other places where the names found stand, and the last names of people."""
    forms: dict[str, list[tuple[Words, Mention]]] = defaultdict(list)
    sounds: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    seen: set[Words] = set()
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    for mention in scan.mentions:
        parts = [tuple(norms[mention.first : mention.last])]
        if mention.type == PERSON and len(mention.words) > 1:
            parts.append((norms[mention.last - 1],))
        for words in parts:
            if words not in seen and len("".join(words)) > 2 and not (len(words) == 1 and words[0] in scan.gazetteer.particles):
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
                    mention = _mention(scan, i, i + 1, source.type)
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
                mention = _mention(scan, i, j, source.type)
                if len(words) == source.last - source.first:
                    mention.key, mention.country, mention.seat, mention.known = source.key, source.country, source.seat, source.known
                mention.votes = {source.type: 0.5}
                taken[i:j] = b"\x01" * (j - i)
                added.append(mention)
                break
    scan.mentions = sorted([*scan.mentions, *added], key=lambda m: m.first)


def _heard(word: str, sounds: dict[str, list[tuple[str, Mention]]]) -> Mention | None:
    """The name found that a word is another spelling of."""
    return next((m for w, m in sounds.get(skeleton(latin(word)), ()) if same_word(w, word)), None)


def _vote(scan: Scan) -> None:
    """Let all mentions of one form, and the words around them, say of what sort it is."""
    votes: dict[Words, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for mention in scan.mentions:
        box = votes[mention.words]
        for type_, weight in mention.votes.items():
            box[type_] += weight
        for type_, weight in _cues(scan, mention):
            box[type_] += weight
    lent: dict[Words, list[tuple[str, float]]] = defaultdict(list)
    for words, box in votes.items():
        if len(words) > 1:
            best = max(sorted(box), key=lambda t: box[t])
            if best in (PERSON, ORG):
                for part in {words[:1], words[-1:]} if best == ORG else {words[-1:]}:
                    lent[part].append((best, 0.8 if best == ORG else 1.2))
    for words, gifts in lent.items():
        if words in votes:
            for type_, weight in gifts:
                votes[words][type_] += weight
    families: dict[str, list[str]] = defaultdict(list)
    for words, gifts in lent.items():
        if any(type_ == PERSON for type_, _ in gifts) and len(words[0]) > 4:
            families[skeleton(latin(words[0]))].append(words[0])
    for words, box in votes.items():
        if len(words) == 1 and words not in lent and len(words[0]) > 4 and families:
            if any(same_word(words[0], family) for family in families.get(skeleton(latin(words[0])), ())):
                box[PERSON] += 1.2
    scan.mentions = [m for m in scan.mentions if max(votes[m.words].values()) >= ENOUGH]
    for mention in scan.mentions:
        box = votes[mention.words]
        best = max((PERSON, ORG, PLACE), key=lambda t: box.get(t, 0.0))
        mention.type = best
        if mention.known is not None and mention.known.type != best and box.get(best, 0.0) > box.get(mention.known.type, 0.0) + 1.0:
            mention.known, mention.key, mention.country, mention.seat = None, None, None, False


def _cues(scan: Scan, mention: Mention) -> Iterable[tuple[str, float]]:
    """What the words inside and before a mention say of its sort."""
    first = mention.first
    dotted = first > 0 and scan.document.norms[first - 1] == "."
    if scan.ending(first - 1 if dotted else first, "T"):
        yield PERSON, 3.0
    elif scan.ending(first, "R"):
        yield PERSON, 1.0
    elif scan.ending(first, "L"):
        yield PLACE, 0.5
    elif scan.ending(first, "B") and len(mention.words) < 3:
        yield PLACE, 0.3
    inside = [f.mark for i in range(first, mention.last) for f in scan.marks[i] if f.last <= mention.last]
    if any(m.flag == "H" for m in inside) and len(mention.words) > 1:
        yield ORG, 1.0
    if scan.has(first, "L") and len(mention.words) > 1:
        yield PLACE, 1.0
    given = scan.has(first, "G")
    if given and given.last < mention.last and len(mention.words) > 1:
        yield PERSON, 1.0

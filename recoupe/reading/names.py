"""Names of people, organisations and places in an article, each under all the forms that it takes there."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from recoupe.reading.document import Document
from recoupe.reading.gazetteer import ORG, PERSON, PLACE, Found, gazetteer
from recoupe.reading.identity import Cluster, clusters
from recoupe.reading.mentions import scan
from recoupe.reading.roles import plain, text_of
from recoupe.reading.scan import Mention, Scan
from recoupe.records import Name, Span

__all__ = ["read_names", "resolve", "sides"]

WINDOW = 1000  # mentions before and after a phrase among which its bearer is looked for


def read_names(document: Document) -> list[Name]:
    """All names of an article outside its clutter, with ids n1, n2 … in the order in which they first stand.

    Mentions are exact, in order, and no two of them overlap. Titles are no part of a mention.
    """
    found = _scanned(document)
    return [_name(found, cluster, f"n{number}") for number, cluster in enumerate(clusters(found), 1)]


def _name(scan: Scan, cluster: Cluster, id_: str) -> Name:
    document = scan.document
    spans = tuple(document.span(m.first, m.last) for m in cluster.mentions)
    roles: dict[tuple[str, ...], str] = {}
    for role in (r for r in cluster.roles if r.shown):
        text = text_of(scan, role)
        roles.setdefault(plain(document.pack.tokenizer.norms(text)), text)
    country = next((m.country for m in cluster.mentions if m.country), None)
    if country is None:
        country = next((role.country for role in cluster.roles if role.country), None)
    return Name(
        id=id_,
        type=_type(cluster),
        name=_fullest(scan, cluster.mentions),
        mentions=spans,
        roles=tuple(roles.values()),
        country=country,
        seat=any(m.seat for m in cluster.mentions),
        key=next((m.key for m in cluster.mentions if m.key), None),
    )


def _type(cluster: Cluster) -> str:
    count = Counter({cluster.type: 0})
    for mention in cluster.mentions:
        count[mention.type] += len(mention.words) if mention.key is None else 3
    return max((PERSON, ORG, PLACE), key=lambda t: count[t])


def _fullest(scan: Scan, mentions: list[Mention]) -> str:
    """The form with the most words; of several the one not all in capitals, the most frequent, the first."""
    texts = [" ".join(scan.document.span(m.first, m.last).of(scan.document.text).split()) for m in mentions]
    count = Counter(texts)
    best = max(
        range(len(texts)),
        key=lambda i: (len(mentions[i].words), not (texts[i].isupper() and len(texts[i]) > 5), count[texts[i]], -i),
    )
    return texts[best]


class _Index:
    """The mentions of an article in order, with what the roles of their bearers say; kept with the document."""

    def __init__(self, document: Document, names: list[Name]) -> None:
        self.names = names
        rows = sorted((m.start, m.end, k) for k, name in enumerate(names) for m in name.mentions)
        self.starts = [start for start, _, _ in rows]
        self.ends = [end for _, end, _ in rows]
        self.owners = [names[k] for _, _, k in rows]
        self._document = document
        self._offices: dict[str, set[str]] = {}

    def inside(self, span: Span) -> list[Name]:
        """The names that stand in a span, in order, each once."""
        i = bisect_left(self.starts, span.start)
        if i and self.ends[i - 1] > span.start:
            i -= 1
        found: dict[str, Name] = {}
        while i < len(self.starts) and self.starts[i] < span.end:
            found.setdefault(self.owners[i].id, self.owners[i])
            i += 1
        return list(found.values())

    def near(self, offset: int) -> list[Name]:
        """The names around a place, the nearest before it first, then the nearest after it; each once."""
        at = bisect_left(self.starts, offset)
        before = range(at - 1, max(-1, at - 1 - WINDOW), -1)
        after = range(at, min(len(self.starts), at + WINDOW))
        found: dict[str, Name] = {}
        for i in (*before, *after):
            found.setdefault(self.owners[i].id, self.owners[i])
        return list(found.values())

    def offices(self, name: Name) -> set[str]:
        """The keys of a person's roles."""
        if name.id not in self._offices:
            lexicon, tokenizer = gazetteer(self._document.pack).marks, self._document.pack.tokenizer
            self._offices[name.id] = {
                mark.value
                for role in name.roles
                for _, _, mark in lexicon.find(tokenizer.norms(role))
                if mark.flag in "RD"
            }
        return self._offices[name.id]


def resolve(document: Document, names: list[Name], span: Span) -> str | None:
    """The id of the name that a phrase such as 'M. Ryder', 'le ministre' or 'the Russian side' refers to.

    A person named inside wins, then somebody whose role the phrase says, then a body named inside, then
    whoever speaks for the country that the phrase names; of several the nearest before the phrase. None where the
    article does not tell.
    """
    index = document.__dict__.get("_named")
    if index is None or index.names != names:
        index = document.__dict__["_named"] = _Index(document, names)
    inside = index.inside(span)
    for name in inside:
        if name.type == PERSON:
            return str(name.id)
    reading = _scanned(document)
    first, last = document.tokens_of(span)
    last = min(last, first + 60)
    found = [f for i in range(first, last) for f in reading.marks[i] if f.last <= last]
    flags = {f.mark.flag for f in found}
    country = _country(found, inside)
    near = index.near(span.start)
    if flags & {"R", "C"}:
        keys = {f.mark.value for f in found if f.mark.flag in "RD"}
        person = _holder(index, near, keys, country, other="C" in flags)
        if person is not None:
            return person.id
    if inside:
        return str(inside[0].id)
    if flags & {"R", "C"}:
        return None
    body: Name | None = None
    if country is not None and flags & {"S", "H", "N"}:
        theirs = [n for n in near if n.country == country and n.type != PERSON]
        body = next((n for n in theirs if n.seat), None) or next((n for n in theirs if n.type != PLACE), None)
        body = body or next(iter(theirs), None)
    elif "H" in flags:
        body = _body(document, reading, near, {f.mark.value for f in found if f.mark.flag == "H"})
    return body.id if body else None


def sides(document: Document, names: list[Name]) -> list[tuple[int, int, str]]:
    """Where 'the Russian side' or the like stands for somebody named: tokens [first, last), and the name's id."""
    reading = _scanned(document)
    found = []
    for sentence in document.sentences:
        for i in reading.at("S", sentence.first, sentence.last):
            side = reading.has(i, "S")
            assert side is not None
            first, last = i, side.last
            nation = reading.has(last, "N") if last < sentence.last else None
            if nation is not None and nation.last <= sentence.last:
                last = nation.last
            else:
                before = reading.ending(i, "N")
                if before is None or before.first < sentence.first:
                    continue
                first = before.first
            id_ = resolve(document, names, document.span(first, last))
            if id_ is not None:
                found.append((first, last, id_))
    return found


def _country(found: list[Found], inside: list[Name]) -> str | None:
    """The country that a phrase names or belongs to."""
    nation = next((f.mark.value for f in found if f.mark.flag == "N"), None)
    return nation or next((n.country for n in inside if n.country and n.type != PERSON), None)


def _holder(index: _Index, near: list[Name], keys: set[str], country: str | None, other: bool) -> Name | None:
    """Who holds the office that a phrase names; `other`: 'his counterpart', who is of that country."""
    best, chosen = 0, None
    for name in near:
        if name.type != PERSON or (country is not None and name.country is not None and name.country != country):
            continue
        offices = index.offices(name)
        if other:
            score = 1 + bool(offices) if country is not None and name.country == country else 0
        else:
            score = len(keys & offices)
            if country is not None and name.country is None and score < len(keys):
                score = 0
        if score > best:
            best, chosen = score, name
    return chosen


def _body(document: Document, reading: Scan, near: list[Name], heads: set[str]) -> Name | None:
    """'l'entreprise', 'the party': the organisation named last that is called so, else the only one of no sort."""
    bodies = [n for n in near if n.type == ORG]
    called = {n.id: _heads(document, reading, n) for n in bodies}
    fitting = [n for n in bodies if heads & called[n.id]]
    if not fitting and heads & {"company", "union", "party"}:
        unsorted = [n for n in bodies if n.key is None and not called[n.id]]
        fitting = unsorted if len(unsorted) == 1 else []
    return fitting[0] if fitting else None


def _heads(document: Document, reading: Scan, name: Name) -> set[str]:
    """The head words in an organisation's forms and right before them."""
    found: set[str] = set()
    for mention in name.mentions[:20]:
        first, last = document.tokens_of(mention)
        found |= {
            f.mark.value for i in range(first, last) for f in reading.marks[i] if f.mark.flag == "H" and f.last <= last
        }
        before = reading.ending(first, "H")
        if before is not None:
            found.add(before.mark.value)
    return found


def _scanned(document: Document) -> Scan:
    """The scan of a document, kept with it: statements ask for many phrases of one article."""
    kept: Scan | None = document.__dict__.get("_names")
    if kept is None:
        kept = document.__dict__["_names"] = scan(document)
    return kept

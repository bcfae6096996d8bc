"""Names of people, organisations and places in an article, each under all the forms that it takes there."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from recoupe.reading.document import Document
from recoupe.reading.gazetteer import ORG, PERSON, PLACE
from recoupe.reading.identity import Cluster, clusters
from recoupe.reading.mentions import scan
from recoupe.reading.roles import country_of, keys_of, plain, text_of
from recoupe.reading.scan import Mention, Scan
from recoupe.records import Name, Span

__all__ = ["read_names", "resolve"]


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


def resolve(document: Document, names: list[Name], span: Span) -> str | None:
    """The id of the name that a phrase such as 'M. Ryder', 'le ministre' or 'the Russian side' refers to.

    A person named inside wins, then somebody whose role the phrase says, then a body named inside, then
    whoever speaks for the country that the phrase names; of several the nearest before the phrase. None where the
    article does not tell.
    """
    reading = _scanned(document)
    first, last = document.tokens_of(span)
    inside = [n for n in names if any(span.overlaps(m) for m in n.mentions)]
    people = [n for n in inside if n.type == PERSON]
    if people:
        return _outermost(people, span).id
    index = {i: m for m in reading.mentions for i in range(m.first, m.last)} if inside else {}
    keys = keys_of(reading, first, last)
    country = country_of(reading, index, first, last)
    flags = {f.mark.flag for i in range(first, last) for f in reading.marks[i] if f.last <= last}
    if "R" in flags or "C" in flags:
        person = _holder(document, names, span, keys, country, other="C" in flags)
        if person is not None:
            return person.id
    if inside:
        return _outermost(inside, span).id
    if country is not None and ("S" in flags or "H" in flags or "N" in flags) and "R" not in flags and "C" not in flags:
        theirs = [n for n in names if n.country == country]
        official = [n for n in theirs if n.seat]
        near = _nearest(official or [n for n in theirs if n.type != PLACE] or theirs, span.start)
        return near.id if near else None
    if "H" in flags:
        return _body(document, reading, names, span, first, last)
    return None


def _outermost(names: list[Name], span: Span) -> Name:
    """Of names inside a phrase the one that stands first: what follows belongs to it ('the Kremlin's man in Kyiv')."""
    return min(names, key=lambda n: next(m.start for m in n.mentions if span.overlaps(m)))


def _holder(
    document: Document, names: list[Name], span: Span, keys: set[str], country: str | None, other: bool
) -> Name | None:
    """The person who holds the office that a phrase names, the nearest before it, else after it."""
    offices = {name.id: _offices(document, name) for name in names if name.type == PERSON}
    fitting: list[tuple[int, Name]] = []
    for name in names:
        if name.type != PERSON:
            continue
        if country is not None and name.country is not None and name.country != country:
            continue
        if other:
            # 'his counterpart': somebody of the other country, whose office is like that of others
            if country is not None and name.country == country:
                fitting.append((int(bool(offices[name.id])), name))
            continue
        shared = len(keys & offices[name.id])
        if shared and not (country is not None and name.country is None and shared < len(keys)):
            fitting.append((shared, name))
    if not fitting:
        return None
    most = max(score for score, _ in fitting)
    return _nearest([name for score, name in fitting if score == most], span.start)


def _offices(document: Document, name: Name) -> set[str]:
    from recoupe.reading.gazetteer import gazetteer

    lexicon = gazetteer(document.pack).marks
    found = set()
    for role in name.roles:
        for _, _, mark in lexicon.find(document.pack.tokenizer.norms(role)):
            if mark.flag in "RD":
                found.add(mark.value)
    return found


def _body(document: Document, reading: Scan, names: list[Name], span: Span, first: int, last: int) -> str | None:
    """'l'entreprise', 'the party': the organisation named last that is called so, else the only one of no sort."""
    heads = {
        f.mark.value for i in range(first, last) for f in reading.marks[i] if f.mark.flag == "H" and f.last <= last
    }
    called = {name.id: _heads(document, reading, name) for name in names if name.type == ORG}
    fitting = [n for n in names if n.type == ORG and heads & called[n.id]]
    if not fitting and heads & {"company", "union", "party"}:
        open_ones = [n for n in names if n.type == ORG and n.key is None and not called[n.id]]
        fitting = open_ones if len(open_ones) == 1 else []
    near = _nearest(fitting, span.start)
    return near.id if near else None


def _heads(document: Document, reading: Scan, name: Name) -> set[str]:
    """The head words in an organisation's forms and right before them."""
    found: set[str] = set()
    for mention in name.mentions:
        first, last = document.tokens_of(mention)
        found |= {
            f.mark.value for i in range(first, last) for f in reading.marks[i] if f.mark.flag == "H" and f.last <= last
        }
        before = reading.ending(first, "H")
        if before is not None:
            found.add(before.mark.value)
    return found


def _nearest(names: list[Name], offset: int) -> Name | None:
    """The name with the mention nearest before an offset, else the nearest after it."""
    best: tuple[bool, int] | None = None
    chosen = None
    for name in names:
        at = bisect_left([m.start for m in name.mentions], offset)
        rank = (False, offset - name.mentions[at - 1].start) if at else (True, name.mentions[0].start - offset)
        if best is None or rank < best:
            best, chosen = rank, name
    return chosen


def _scanned(document: Document) -> Scan:
    """The scan of a document, kept with it: statements ask for many phrases of one article."""
    kept: Scan | None = document.__dict__.get("_names")
    if kept is None:
        kept = document.__dict__["_names"] = scan(document)
    return kept

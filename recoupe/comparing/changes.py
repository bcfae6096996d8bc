"""Changes: what one version of an article finds otherwise than the version before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from recoupe.records import Claim, Named, Reading, Span
from recoupe.records.kept import Change
from recoupe.records.spans import hull
from recoupe.text.latin import latin

_LIKE = 60.0  # likeness of two sentences, of 100, from which one is the other in new words
_MOST = 400  # findings of one sort that are compared with each other


@dataclass(frozen=True, slots=True)
class _Finding:
    """A finding with what it answers, what it says, and the words around it."""

    kind: str
    asks: Hashable
    says: Hashable
    shown: str
    words: str
    span: Span


def changes(before: Reading, after: Reading) -> tuple[Change, ...]:
    """What differs between two versions of one article: its title, its findings, who says what.

    What is found in the same words elsewhere in the text is no change. In the order of the newer text; what is gone
    stands last.
    """
    found = [Change("changed", "title", before.article.title, after.article.title)]
    if before.article.title == after.article.title:
        found.clear()
    old, new = list(_findings(before)), list(_findings(after))
    return (*found, *_compared(old, new))


def _findings(reading: Reading) -> Iterable[_Finding]:
    text = reading.article.text
    names = {name.id: name.name for name in reading.names}
    for claim in reading.claims:
        sentence = claim.sentence.of(text)
        asks = (claim.kind, claim.asks[:1], claim.event)
        yield _Finding(
            claim.kind, asks, (_value(claim, names), claim.hedged), _shown(claim, names, text), sentence, claim.span
        )
    for statement in reading.statements:
        said = " … ".join(span.of(text) for span in statement.content)
        who = statement.source.of(text) if statement.source else ""
        shown = f"{who}: {said}" if who else said
        yield _Finding(
            "statement", "statement", (latin(who), latin(said), statement.stance), shown, said, hull(statement.content)
        )


def _value(claim: Claim, names: dict[str, str]) -> str:
    if isinstance(claim.value, Named):
        return latin(names.get(claim.value.entity, claim.value.entity))
    return str(claim.value)


def _shown(claim: Claim, names: dict[str, str], text: str) -> str:
    value = names.get(claim.value.entity, "") if isinstance(claim.value, Named) else str(claim.value)
    words = " ".join(claim.span.of(text).split())
    return f"{words} [{value}]" if value and value != words else words


def _compared(old: Sequence[_Finding], new: Sequence[_Finding]) -> list[Change]:
    """Findings that only one version has, those paired that answer the same in like words."""
    left = defaultdict(list)
    for finding in old:
        left[finding.asks, finding.says].append(finding)
    fresh = []
    for finding in new:
        same = left[finding.asks, finding.says]
        if same:
            same.pop()
        else:
            fresh.append(finding)
    gone = [finding for same in left.values() for finding in same]
    by_ask: dict[Hashable, list[_Finding]] = defaultdict(list)
    for finding in gone[:_MOST]:
        by_ask[finding.asks].append(finding)
    found, paired = [], set()
    for finding in fresh:
        before = _likest(finding, by_ask[finding.asks]) if len(fresh) <= _MOST else None
        if before is None:
            found.append(Change("added", finding.kind, "", finding.shown, now=finding.span))
        else:
            by_ask[finding.asks].remove(before)
            paired.add(id(before))
            found.append(_changed(before, finding))
    return found + [Change("removed", f.kind, f.shown, was=f.span) for f in gone if id(f) not in paired]


def _changed(before: _Finding, after: _Finding) -> Change:
    return Change("changed", after.kind, before.shown, after.shown, was=before.span, now=after.span)


def _likest(finding: _Finding, others: Sequence[_Finding]) -> _Finding | None:
    """The finding whose sentence is likest, None where none is like enough."""
    from rapidfuzz.fuzz import ratio

    likeness = [(ratio(finding.words[:1000], other.words[:1000]), -i) for i, other in enumerate(others)]
    best, place = max(likeness, default=(0.0, 0))
    return others[-place] if best >= _LIKE else None

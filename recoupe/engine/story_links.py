"""Story links: which articles have to be in one story and which not, as corrections have it."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from recoupe.correcting import decided_stories
from recoupe.records.correction import Correction, articles_of
from recoupe.records.links import Links
from recoupe.store import Store


def story_links(store: Store, extra: Sequence[Correction] = ()) -> Links[str]:
    """The links of a store between its articles, by their ids; also those of corrections that are not kept."""
    told = [*store.corrections(kind="story"), *extra]
    if not told:
        return Links()
    ids = store.articles_at(address for one in told for address in articles_of(one))
    links = decided_stories(told)
    return Links(
        tuple((ids[a], ids[b]) for a, b in links.same if a in ids and b in ids),
        tuple((ids[a], ids[b]) for a, b in links.apart if a in ids and b in ids),
    )


def linked_to(articles: AbstractSet[str], links: Links[str]) -> set[str]:
    """The articles that have to be where one of those is, however far."""
    found = set(articles)
    while more := {other for a, b in links.same for here, other in ((a, b), (b, a)) if here in found} - found:
        found |= more
    return found - articles


def parted_from(articles: AbstractSet[str], links: Links[str]) -> set[str]:
    """The articles that may not be where one of those is."""
    pairs = [(here, other) for a, b in links.apart for here, other in ((a, b), (b, a))]
    return {other for here, other in pairs if here in articles} - articles

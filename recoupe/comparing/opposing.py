"""Opposing: whether a denial and an assertion speak of one thing, so that they can be shown as a contradiction."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.comparing.affinity import cosine, in_both, misses
from recoupe.comparing.items import Item

# Of a denial, the share that an assertion against it must meet: across languages, in one.
TO_THE_POINT = (0.1, 0.4)
# How alike the two must be where a source denies, where a source says 'not' (across languages, in one), where the
# writer does.
PLAIN, SAID, OWN = 0.2, (0.2, 0.45), 0.45
NAMED = 0.5  # weight of the names in common: a writer's own 'not' needs them, a source's in another language makes do
MORE_THAN_MUCH = 10.0  # or, of one language, so much in common
NAMED_OFTEN = 2.0  # where the same are named again and again, a denial and one sort of act are enough
WORDS = 2  # of one language, that an assertion must share with a denial


def opposes(denial: Item, other: Item) -> bool:
    """Whether an assertion speaks of the very thing that a denial denies, so that the two can be set side by side.

    The less plainly something is denied, the more alike the two must be: a source's denial, a source's 'not', a
    writer's own 'not', which in most sentences disputes nothing.
    """
    one_tongue = denial.lang == other.lang
    small, large, both = in_both(denial, other)
    shared_weights = [(key, min(small[key], large[key])) for key in both]
    named = sum([weight for key, weight in shared_weights if key.startswith("n:")])
    act = not denial.acts.isdisjoint(other.acts)
    if denial.denies and act and named >= NAMED_OFTEN:
        return True
    if not (act or not other.heavy.isdisjoint(denial.denied)) or not _to_the_point(denial, other, both):
        return False
    like = cosine(denial, other)
    if denial.denies:
        return like >= PLAIN
    if denial.claim.statement is not None:
        return like >= SAID[one_tongue] or (not one_tongue and named >= NAMED)
    much_more = one_tongue and sum([weight for _, weight in shared_weights]) >= MORE_THAN_MUCH
    return like >= OWN and (named >= NAMED or much_more)


def _to_the_point(denial: Item, other: Item, both: Sequence[str]) -> bool:
    """Whether each of the two speaks of what the other says, in one language by more than a word."""
    one_tongue = denial.lang == other.lang
    if denial.heavy.isdisjoint(other.keys if one_tongue else other.common):
        return False
    if misses(denial, other, TO_THE_POINT[one_tongue]):
        return False
    said_by_both = [k for k in both if k[0] in "sn" and k in denial.heavy and k in other.heavy]
    return not one_tongue or max(_words_met(denial, other), len(said_by_both)) >= WORDS


def _words_met(denial: Item, other: Item) -> int:
    """How many of the words of what is denied the other has too; the stem of a word is the last of its keys."""
    met, here = 0, False
    for key in denial.keys:
        here = here or key in other.heavy
        if key.startswith("s:"):
            met, here = met + here, False
    return met + here

"""Guests: reports that are held against a space without being of it, many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recoupe.grouping.traits import KINDS, Traits, kinds_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from recoupe.grouping.candidates import Candidates
    from recoupe.grouping.space import Space

    Numbers = NDArray[Any]

_AT_ONCE = 256
Columns = tuple["Numbers", "Numbers", "Numbers"]


def likenesses(guests: Sequence[Traits], space: Space, candidates: Candidates | None) -> Iterator[Columns]:
    """Columns of guests, ascending, reports of the space that each may tell one event with, and how likely it does.

    Numbers are those of the sequence given. Without candidates every report of the space is looked at. A guest in a
    language that no report is in has none.
    """
    import numpy as np

    fit = np.array([i for i, guest in enumerate(guests) if guest.lang in space.langs], dtype=np.int64)
    for a in range(0, len(fit), _AT_ONCE):
        some = fit[a : a + _AT_ONCE]
        held = _weighed([guests[i] for i in some.tolist()], space)
        ones, others = _met(held, space, candidates)
        if len(ones):
            yield some[ones], others, _likeness(held, space, ones, others)


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """Guests, weighed as if they were of the space.

    `ids` and `values` are those of one after the other, where the space knows them, `owner` whose they are; `common`
    is what each has in common with a language: (guests, kinds, languages).
    """

    lang: Numbers
    owner: Numbers
    ids: Numbers
    values: Numbers
    common: Numbers
    first: Numbers
    last: Numbers


def _weighed(guests: Sequence[Traits], space: Space) -> _Held:
    import numpy as np

    vocabulary, number = space.vectors.vocabulary, len(guests) * len(KINDS)
    keys = np.concatenate([guest.keys for guest in guests])
    owner = np.repeat(np.arange(len(guests)), [len(guest.keys) for guest in guests])
    at = np.minimum(np.searchsorted(vocabulary, keys), max(0, len(vocabulary) - 1))
    known = vocabulary[at] == keys
    spread = np.where(known, space.vectors.spread[at], 0)
    values = np.concatenate([guest.counts for guest in guests]) * space.known.rarity(keys, spread, len(space))
    place = owner * len(KINDS) + kinds_of(keys)
    lengths = np.sqrt(np.bincount(place, values.astype(np.float64) ** 2, number))
    values = (values / np.where(lengths == 0.0, 1.0, lengths)[place]).astype(np.float32)
    ids, values, owner, place = at[known], values[known], owner[known], place[known]
    sums = [np.bincount(place, values * total[ids], number).reshape(len(guests), -1) for total in space.totals]
    lang = np.array([space.langs.index(guest.lang) for guest in guests], dtype=np.int64)
    days = [[np.nan if d is None else d for d in (guest.first, guest.last)] for guest in guests]
    first, last = np.array(days, dtype=np.float64).T
    return _Held(lang, owner, ids, values, space.commons_of(np.stack(sums, 2), lang), first, last)


def _met(held: _Held, space: Space, candidates: Candidates | None) -> tuple[Numbers, Numbers]:
    import numpy as np

    if candidates is not None:
        return candidates.of_guests(held.owner, held.ids, held.lang)
    return np.repeat(np.arange(len(held.lang)), len(space)), np.tile(np.arange(len(space)), len(held.lang))


def _likeness(held: _Held, space: Space, ones: Numbers, others: Numbers) -> Numbers:
    import numpy as np

    numbers = np.arange(len(held.lang) + 1)
    begins, cuts = np.searchsorted(held.owner, numbers).tolist(), np.searchsorted(ones, numbers).tolist()
    alike = np.empty((len(ones), len(KINDS)), dtype=np.float32)
    for i in range(len(held.lang)):
        if cuts[i] < cuts[i + 1]:
            here = slice(begins[i], begins[i + 1])
            theirs = others[cuts[i] : cuts[i + 1]]
            alike[cuts[i] : cuts[i + 1]] = space.vectors.products(held.ids[here], held.values[here], theirs)
    mine, theirs = held.lang[ones], space.lang[others]
    expected = held.common[ones, :, theirs] * space.common[others, :, mine] / space.mean[:, mine, theirs].T
    gap = np.maximum(space.first[others] - held.last[ones], held.first[ones] - space.last[others])
    odds = space.weighed(alike - expected, mine, theirs) - space.cost(gap)
    bounded: Numbers = np.clip(odds, space.model.floor, space.model.ceiling)
    return bounded

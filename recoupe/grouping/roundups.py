"""Round-ups: reports that tell several events one after the other, and so would glue the stories of these together.

A digest, a column in brief or a live blog of a day has entries. So has many a report of one event; but there the
entries share names, places, kinds of event and words far more than unrelated ones do. A live blog of one event is no
round-up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from recoupe.grouping.background import background
from recoupe.grouping.entries import calls_itself, entries, parts
from recoupe.grouping.traits import KINDS, Traits, kinds_of, traits
from recoupe.languages import load_pack
from recoupe.records import Reading
from recoupe.weights import weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

FEWEST = 3  # entries of a round-up
_NOTHING = 1e-6  # likeness below which two entries share nothing of a kind
SIGNS = ("mean", "near", "none")


def told(reading: Reading) -> Traits:
    """What grouping needs of a reading: its traits, and those of its entries where it is a round-up."""
    found = traits(reading)
    events = events_of(reading)
    return replace(found, several=True, parts=events) if events else found


def events_of(reading: Reading) -> tuple[Traits, ...]:
    """The entries of a round-up as reports of their own; none of any other report."""
    named = calls_itself(reading, load_pack(reading.article.lang))
    spans = entries(reading, named)
    by = _card()
    if len(spans) < (FEWEST if named else by.fewest):
        return ()
    found = tuple(traits(part) for part in parts(reading, spans))
    return found if by.odds(signs(found)) >= (by.named if named else by.unnamed) else ()


def signs(found: Sequence[Traits]) -> tuple[float, ...]:
    """How much entries have in common: for each kind of traits, in the order of KINDS, what SIGNS name.

    `mean`: the root of the mean likeness of two; `near`: the mean of the roots of each one's highest; `none`: the share
    of those that share nothing with any other.
    """
    import numpy as np

    numbers: list[float] = []
    for kind in range(len(KINDS)):
        alike = _likeness(found, kind)
        np.fill_diagonal(alike, 0.0)
        highest = alike.max(1)
        pairs = len(found) * (len(found) - 1)
        numbers += [float(np.sqrt(alike.sum() / pairs)), float(np.sqrt(highest).mean())]
        numbers.append(float((highest < _NOTHING).mean()))
    return tuple(numbers)


def _likeness(found: Sequence[Traits], kind: int) -> Numbers:
    """How alike entries are in a kind of traits, two by two, 0 to 1."""
    import numpy as np

    some = [kinds_of(r.keys) == kind for r in found]
    keys = np.concatenate([r.keys[mine] for r, mine in zip(found, some)])
    counts = np.concatenate([r.counts[mine] for r, mine in zip(found, some)])
    row = np.repeat(np.arange(len(found)), [int(mine.sum()) for mine in some])
    known, column = np.unique(keys, return_inverse=True)
    table = np.zeros((len(found), len(known)))
    table[row, column] = np.sqrt(counts) * background().rarity(keys, np.ones(len(keys)), 1)
    lengths = np.sqrt((table**2).sum(1, keepdims=True))
    table /= np.where(lengths == 0.0, 1.0, lengths)
    alike: Numbers = table @ table.T
    return alike


@dataclass(frozen=True, slots=True)
class _Card:
    """What the signs weigh, and from what odds on a report is a round-up, if it calls itself one and if not."""

    bias: float
    weights: tuple[float, ...]
    named: float
    unnamed: float
    fewest: int

    def odds(self, found: Sequence[float]) -> float:
        """The logarithm of the odds that entries tell several events."""
        return self.bias + sum(weight * sign for weight, sign in zip(self.weights, found))


@cache
def _card() -> _Card:
    card = tomllib.loads(weights("roundups", "card.toml").read_text("utf-8"))
    told = tuple(float(card[kind][sign]) for kind in KINDS for sign in SIGNS)
    by = card["odds"]
    return _Card(by["bias"], told, by["named"], by["unnamed"], by["fewest"])

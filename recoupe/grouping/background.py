"""What is known before a batch is seen: how rare traits are in news, what chance gives, and the weights of likeness."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from recoupe.grouping.traits import KINDS
from recoupe.weights import weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """Spread of traits over a background of news, and the likeness of its unrelated reports.

    `keys` ascending with their `spread` over `reports` reports; a key that is not there has spread 0. `mean` and
    `deviation` are (kinds, languages, languages) in the order of `langs`.
    """

    keys: Numbers
    spread: Numbers
    reports: int
    langs: tuple[str, ...]
    mean: Numbers
    deviation: Numbers

    def rarity(self, keys: Numbers, spread: Numbers, reports: int) -> Numbers:
        """What each key weighs in a batch of so many reports, over which it is spread so."""
        import numpy as np

        known = np.zeros(len(keys))
        if len(self.keys):
            at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            known = np.where(self.keys[at] == keys, self.spread[at], 0.0)
        rarity = np.log((1.0 + reports + self.reports) / (1.0 + spread + known)) + 1.0
        return rarity.astype(np.float32)

    def chance(self, langs: Sequence[str]) -> tuple[Numbers, Numbers]:
        """(mean, deviation) for these languages; of one that is not known those of the others, on average."""
        import numpy as np

        number = len(langs)
        found = np.empty((2, len(KINDS), number, number))
        for table, out in zip((self.mean, self.deviation), found):
            same = np.diagonal(table, axis1=1, axis2=2).mean(1)
            count = max(1, len(self.langs) * (len(self.langs) - 1))
            other = (table.sum((1, 2)) - np.diagonal(table, axis1=1, axis2=2).sum(1)) / count
            for i, one in enumerate(langs):
                for j, two in enumerate(langs):
                    if one in self.langs and two in self.langs:
                        out[:, i, j] = table[:, self.langs.index(one), self.langs.index(two)]
                    else:
                        out[:, i, j] = same if one == two else other
        return found[0], found[1]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What likeness is made of (weights/grouping/card.toml says how it was chosen).

    `within` and `across` weigh the kinds of traits for reports in one language and in two; likeness is cut at `floor`
    and `ceiling`. Reports `free_days` apart lose nothing, each day more takes `a_day`. Two stories are joined from
    `threshold` on, of their mean likeness less `size` times the logarithm of the number of pairs. Where there is an
    embedder, each deviation by which its vectors are nearer than `embedded_chance` adds `embedded`, as far as it tells
    what the other signs do, which it does in full where it holds both apart by `embedded_full` deviations.
    """

    within: Numbers
    across: Numbers
    bias_within: float
    bias_across: float
    threshold: float
    size: float
    floor: float
    ceiling: float
    a_day: float
    free_days: float
    embedded: float = 0.0
    embedded_chance: float = 0.0
    embedded_full: float = 1.0


@cache
def model() -> Model:
    """The weights that come with the package."""
    import numpy as np

    card = tomllib.loads(weights("grouping", "card.toml").read_text("utf-8"))
    rows = {part: np.array([card[part][kind] for kind in KINDS]) for part in ("within", "across")}
    return Model(
        rows["within"],
        rows["across"],
        card["within"]["bias"],
        card["across"]["bias"],
        **card["likeness"],
        **card["embedded"],
    )


@cache
def background() -> Background:
    """The background that comes with the package."""
    import numpy as np

    with np.load(weights("grouping", "background.npz")) as file:
        return Background(
            file["keys"],
            file["spread"].astype(np.float64),
            int(file["reports"]),
            tuple(str(lang) for lang in file["langs"]),
            file["mean"].astype(np.float64),
            file["deviation"].astype(np.float64),
        )

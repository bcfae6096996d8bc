"""The space of a batch: what each trait weighs in it, and how likely two of its reports tell one event.

A trait weighs the more the rarer it is, in the batch and in a background of news (weights/grouping). Of two reports the
likeness in each kind of trait is held against what the two would have by chance, which depends on their languages and
on how much each has in common with everything; how far it lies above that, in deviations, is weighed and summed up.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from recoupe.grouping.background import Background, Model, background, model
from recoupe.grouping.traits import KINDS, Traits
from recoupe.grouping.vectors import Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

_CHUNK = 8192  # reports that are summed up at once
_SPARE = 0.02  # added to each deviation: where nothing varies, a bit more says little
_TRIMMED = 0.97  # of the pairs of two languages are taken for unrelated
_SAMPLE = 80  # reports of a language by which chance is measured
_DOCS, _PAIRS = 30, 3000  # what the background counts for beside the reports and pairs of a batch
_LOW, _HIGH = -2.0, 15.0  # deviations that count


class Space:
    """Reports of a batch as weighed vectors. Indices are those of the sequence given.

    `langs` are their languages, by whose numbers `lang` tells that of each; `totals` holds for each language the sum of
    its vectors, `common` what each report has in common with a language, `mean` what reports of two have on average.
    """

    def __init__(self, reports: Sequence[Traits], known: Background | None = None, by: Model | None = None) -> None:
        import numpy as np

        self.reports = reports
        self.model = by or model()
        self.known = known or background()
        self.langs = sorted({r.lang for r in reports})
        self.lang = np.array([self.langs.index(r.lang) for r in reports], dtype=np.int64)
        self.vectors = Vectors(reports, self.known)
        self.first = np.array([_ordinal(r.first) for r in reports], dtype=np.float64)
        self.last = np.array([_ordinal(r.last) for r in reports], dtype=np.float64)
        self._chance()

    def __len__(self) -> int:
        return len(self.reports)

    # --- what chance gives

    def _chance(self) -> None:
        """Measure what unrelated reports have in common, for each kind and each pair of languages."""
        import numpy as np

        known, langs, number = self.known, self.langs, len(KINDS)
        mean, spread = known.chance(langs)  # (kinds, langs, langs)
        self._prior, self.totals = mean, self._centres()
        members = np.bincount(self.lang, minlength=len(langs)).astype(np.float64)
        common = np.zeros((len(self), number, len(langs)))
        for at in range(len(langs)):
            common[:, :, at] = self._with_language(at)
        held = members[None, :] - (self.lang[:, None] == np.arange(len(langs)))
        prior = mean.transpose(1, 0, 2)[self.lang]  # (reports, kinds, langs)
        self.common = ((common + _DOCS * prior) / (held[:, None, :] + _DOCS)).astype(np.float32)
        self.mean = np.empty_like(mean)
        for at in range(len(langs)):
            here = self.lang == at
            self.mean[:, at, :] = self.common[here].mean(0) if here.any() else mean[:, at, :]
        self.mean = np.maximum((self.mean + self.mean.transpose(0, 2, 1)) / 2, 1e-6)
        self._commons = self.common.transpose(0, 2, 1).reshape(-1, number).copy()
        self._means = _by_pair(1.0 / self.mean)
        self.offset, self.spread_of = np.zeros_like(mean), spread.copy()
        for one in range(len(langs)):
            for other in range(one + 1):
                self._spread(one, other, spread)
        self._offsets = _by_pair(self.offset)
        self._scales = _by_pair(1.0 / (self.spread_of + _SPARE))

    def _centres(self) -> Numbers:
        """For each language the sum of the vectors of its reports."""
        import numpy as np

        vectors, width = self.vectors, len(self.vectors.vocabulary)
        total = np.zeros((len(self.langs), width), dtype=np.float32)
        for at in range(len(self.langs)):
            mine = np.flatnonzero(self.lang == at)
            for begin in range(0, len(mine), _CHUNK):
                some = [vectors.of(i) for i in mine[begin : begin + _CHUNK].tolist()]
                ids, values = (np.concatenate(parts) for parts in zip(*some))
                total[at] += np.bincount(ids, weights=values, minlength=width)
        return total

    def _with_language(self, at: int) -> Numbers:
        """For each report and kind, the sum of its likeness to the others in a language."""
        import numpy as np

        found = self.vectors.with_centre(self.totals[at])
        mine = self.lang == at
        found[mine] -= np.diff(self.vectors.edges[mine], axis=1) > 0
        return np.maximum(found, 0.0)

    def _spread(self, one: int, other: int, known: Numbers) -> None:
        import numpy as np

        rows, columns = np.flatnonzero(self.lang == one), np.flatnonzero(self.lang == other)
        pairs = _sampled(rows, columns, one == other)
        if not len(pairs):
            return
        rest = self.cosines(pairs[:, 0], pairs[:, 1]) - self._expected(pairs[:, 0], pairs[:, 1])
        limit = np.quantile(rest, _TRIMMED, axis=0)
        number = len(pairs)
        for kind in range(len(KINDS)):
            kept = rest[rest[:, kind] <= limit[kind], kind]
            variance = (number * kept.var() + _PAIRS * known[kind, one, other] ** 2) / (number + _PAIRS)
            self.spread_of[kind, one, other] = self.spread_of[kind, other, one] = np.sqrt(variance)
            offset = number * kept.mean() / (number + _PAIRS)
            self.offset[kind, one, other] = self.offset[kind, other, one] = offset

    def _expected(self, a: Numbers, b: Numbers) -> Numbers:
        """What two reports would have in common by chance, by kinds."""
        one, other, number = self.lang[a], self.lang[b], len(self.langs)
        expected: Numbers = self._commons.take(a * number + other, axis=0)
        expected *= self._commons.take(b * number + one, axis=0)
        expected *= self._means.take(one * number + other, axis=0)
        return expected

    # --- likeness

    def cosines(self, a: Numbers, b: Numbers) -> Numbers:
        """The likeness of pairs in each kind, 0 to 1; pairs of one first report stand together."""
        import numpy as np

        found = np.empty((len(a), len(KINDS)), dtype=np.float32)
        cuts = [0, *(np.flatnonzero(np.diff(a)) + 1).tolist(), len(a)]
        for begin, end in pairwise(cuts):
            if end > begin:
                ids, values = self.vectors.of(int(a[begin]))
                found[begin:end] = self.vectors.products(ids, values, b[begin:end])
        return found

    def likeness(self, one: int, others: Numbers) -> Numbers:
        """How likely a report and each of others tell one event, as a logarithm of odds between the model's bounds."""
        import numpy as np

        return np.clip(self.odds(one, others), self.model.floor, self.model.ceiling)

    def odds(self, one: int, others: Numbers) -> Numbers:
        """The same without bounds."""
        import numpy as np

        return self._odds(np.full(len(others), one), others)

    def likenesses(self, a: Numbers, b: Numbers) -> Numbers:
        """`likeness` for pairs; those of one first report stand together."""
        import numpy as np

        bounded: Numbers = np.clip(self._odds(a, b), self.model.floor, self.model.ceiling)
        return bounded

    def commons_of(self, sums: Numbers, lang: Numbers) -> Numbers:
        """What reports in these languages have in common with each language, from the sums of their likeness to it.

        Both are (reports, kinds, languages).
        """
        import numpy as np

        held = np.bincount(self.lang, minlength=len(self.langs))
        commons: Numbers = (sums + _DOCS * self._prior.transpose(1, 0, 2)[lang]) / (held + _DOCS)
        return commons

    def _odds(self, a: Numbers, b: Numbers) -> Numbers:
        if not len(a):
            return self.first[:0]
        away = self.cosines(a, b) - self._expected(a, b)
        return self.weighed(away, self.lang[a], self.lang[b]) - self._apart(a, b)

    def weighed(self, away: Numbers, mine: Numbers, theirs: Numbers) -> Numbers:
        """Odds from how far the likeness of pairs lies above what chance gives; languages by number."""
        import numpy as np

        by, both = self.model, mine * len(self.langs) + theirs
        away -= self._offsets.take(both, axis=0)
        away *= self._scales.take(both, axis=0)
        np.clip(away, _LOW, _HIGH, out=away)
        odds: Numbers = np.where(mine == theirs, away @ by.within + by.bias_within, away @ by.across + by.bias_across)
        return odds

    def _apart(self, a: Numbers, b: Numbers) -> Numbers:
        """What the days between reports take from their likeness; nothing where a day is not known."""
        import numpy as np

        return self.cost(np.maximum(self.first[b] - self.last[a], self.first[a] - self.last[b]))

    def cost(self, gap: Numbers) -> Numbers:
        """What so many days between reports take from their odds."""
        import numpy as np

        cost: Numbers = np.where(np.isnan(gap), 0.0, self.model.a_day * np.maximum(gap - self.model.free_days, 0.0))
        return cost


def _by_pair(table: Numbers) -> Numbers:
    """What is told by kind, language and language, as one row for each two languages."""
    return table.transpose(1, 2, 0).reshape(-1, len(KINDS)).copy()


def _sampled(rows: Numbers, columns: Numbers, same: bool) -> Numbers:
    """Pairs of a row and a column, all or those of evenly spread rows and columns, the same for the same reports."""
    import numpy as np

    if len(rows) * len(columns) > _SAMPLE * _SAMPLE:
        rows, columns = (x[:: -(-len(x) // _SAMPLE)] if len(x) > _SAMPLE else x for x in (rows, columns))
    pairs = np.stack((np.repeat(rows, len(columns)), np.tile(columns, len(rows))), 1)
    return pairs[pairs[:, 0] > pairs[:, 1]] if same else pairs


def _ordinal(day: int | None) -> float:
    return float("nan") if day is None else float(day)

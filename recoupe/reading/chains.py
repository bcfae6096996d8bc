"""Chains: the likeliest labels of words that stand in a row, and how likely each label is; many rows at once.

Each label of a word has a weight, and each label after each other one. What crfsuite finds for one row after the other
is found here for all rows side by side, a place a step, from both ends in the same step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_SCALED = 16  # steps after which products are scaled, long before they leave the range of numbers
_CLEAR = 0.49  # doubt in a labelling, below which it is likelier than all others together


class Chains:
    """Reads rows of words by the weights of `transitions`, an array: label after label."""

    def __init__(self, transitions: Any) -> None:
        import numpy as np

        # from the left a row is read from label to label as they stand, from the right the other way round
        self._weights = np.stack([transitions, transitions.T])
        self._factors = np.exp(self._weights)

    def read(self, sums: Any, rows: Sequence[tuple[int, int]]) -> tuple[Any, Any]:
        """For each word of the rows, one row after the other: its label in the likeliest labelling, and likelihoods.

        `sums` is an array of words by labels, in which a row takes `first` to `last` (excluded), at least one word.
        Returns an array of labels (int) and one of words by labels (0 to 1).
        """
        import numpy as np

        first, last = np.array(rows).T
        sizes = last - first
        likely = self._likely(sums, _Layout(first, sizes))
        labels = likely.argmax(axis=1)
        doubt = np.add.reduceat(1.0 - likely.max(axis=1), sizes.cumsum() - sizes)
        unclear = doubt > _CLEAR
        if unclear.any():
            labels[unclear.repeat(sizes)] = self._likeliest(sums, _Layout(first[unclear], sizes[unclear]))
        return labels, likely

    def _likely(self, sums: Any, layout: _Layout) -> Any:
        """How likely each label of each word is."""
        import numpy as np

        sums = np.exp(sums - sums.max(axis=1, keepdims=True))
        factors = sums.take(layout.places, axis=0)
        before = np.ones_like(factors)  # what all labels before a step come to
        here = before[0]
        for step, (own, after) in enumerate(zip(factors, before[1:]), 1):
            here = np.matmul(here * own, self._factors, out=after)
            if step % _SCALED == 0:
                here /= here.max(axis=2, keepdims=True)
        likely = layout.joined(before, sums, np.multiply)
        likely /= likely.sum(axis=1, keepdims=True)
        return likely

    def _likeliest(self, sums: Any, layout: _Layout) -> Any:
        """The labels of the likeliest labelling of each row: of a word the one with which most can be reached."""
        import numpy as np

        weights = sums.take(layout.places, axis=0)
        before = np.zeros_like(weights)  # what the best labels before a step come to
        here = before[0]
        for own, after in zip(weights, before[1:]):
            here = np.maximum.reduce((here + own)[:, :, :, None] + self._weights[:, None], axis=2, out=after)
        return layout.joined(before, sums, np.add).argmax(axis=1)


class _Layout:
    """Rows of words side by side: `places` tells by step, by end to begin from and by row which word comes.

    A row that has no more words stays at its last one.
    """

    def __init__(self, first: Any, sizes: Any) -> None:
        import numpy as np

        count = len(sizes)
        inner = np.minimum(np.arange(sizes.max())[:, None], sizes - 1)
        self.places = np.stack([inner, sizes - 1 - inner], axis=1) + first
        row = np.arange(count).repeat(sizes)
        left = np.arange(len(row)) - (sizes.cumsum() - sizes).repeat(sizes)  # words before a word in its row
        right = (sizes - 1).repeat(sizes) - left
        self._words = first.repeat(sizes) + left
        self._left, self._right = left * (2 * count) + row, right * (2 * count) + (count + row)

    def joined(self, before: Any, own: Any, join: Any) -> Any:
        """For each word, one row after the other: what is before it from both ends, joined with its own."""
        flat = before.reshape(-1, before.shape[3])
        made = join(flat.take(self._left, axis=0), own.take(self._words, axis=0))
        return join(made, flat.take(self._right, axis=0), out=made)

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
        count = len(transitions)
        self._factors = np.zeros((2 * count, 2 * count))  # both, side by side
        self._factors[:count, :count], self._factors[count:, count:] = np.exp(self._weights)

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
        factors = sums.take(layout.places, axis=0).reshape(len(layout.places), -1)
        before = np.ones_like(factors)  # what all labels before a step come to
        for step, (last, here) in enumerate(layout.steps, 1):
            after = np.matmul(before[last] * factors[last], self._factors, out=before[here])
            if step % _SCALED == 0:
                after /= after.max(axis=1, keepdims=True)
        likely = layout.joined(before, sums, np.multiply)
        likely /= likely.sum(axis=1, keepdims=True)
        return likely

    def _likeliest(self, sums: Any, layout: _Layout) -> Any:
        """The labels of the likeliest labelling of each row: of a word the one with which most can be reached."""
        import numpy as np

        weights = sums.take(layout.places, axis=0)
        before = np.zeros_like(weights)  # what the best labels before a step come to
        for last, here in layout.steps:
            reached = (before[last] + weights[last])[:, :, :, None] + self._weights
            np.maximum.reduce(reached, axis=2, out=before[here])
        return layout.joined(before, sums, np.add).argmax(axis=1)


class _Layout:
    """Words as they are read: the first ones of all rows, the longest row first, then the second ones, and so on.

    `places` tells for each of them which word comes from the left, and which from the right. `steps` are pairs of
    slices: the rows that go on at a step, as they stood at the step before and as they stand now.
    """

    def __init__(self, first: Any, sizes: Any) -> None:
        import numpy as np

        order = (-sizes).argsort(kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        going = (sizes[:, None] > np.arange(sizes.max())).sum(axis=0)  # rows by step
        begins = going.cumsum() - going
        begin, ends = begins.tolist(), (begins + going).tolist()
        self.steps = [(slice(a, a + end - b), slice(b, end)) for a, b, end in zip(begin, begin[1:], ends[1:])]
        left = np.arange(ends[-1]) - (sizes.cumsum() - sizes).repeat(sizes)  # words before a word in its row
        right = (sizes - 1).repeat(sizes) - left
        self._words = first.repeat(sizes) + left
        ranks = rank.repeat(sizes)
        self._left, self._right = begins[left] + ranks, begins[right] + ranks
        self.places = np.empty((ends[-1], 2), self._words.dtype)
        self.places[self._left, 0] = self.places[self._right, 1] = self._words

    def joined(self, before: Any, own: Any, join: Any) -> Any:
        """For each word, one row after the other: what is before it from both ends, joined with its own."""
        flat = before.reshape(-1, own.shape[1])
        made = join(flat.take(2 * self._left, axis=0), own.take(self._words, axis=0))
        return join(made, flat.take(2 * self._right + 1, axis=0), out=made)

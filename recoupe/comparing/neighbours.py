"""Neighbours: of many stances those that may be of one question with another, without weighing every two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from recoupe.comparing.affinity import Item, highest


class Neighbours:
    """An index of stances by the keys around them."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for n, item in enumerate(items):
            for key, weight in item.terms.items():
                self._holders[key].append((n, weight))

    def of(self, item: Item) -> Iterator[Item]:
        """Those whose affinity with a stance can be above nought, in order: what they share is added up key by key."""
        items, lang = self._items, item.lang
        dots, both = [0.0] * len(items), [0.0] * len(items)
        for key, weight in item.terms.items():
            stem = key.startswith("s:")
            for n, other in self._holders.get(key, ()):
                if stem and items[n].lang != lang:
                    continue
                dots[n] += weight * other
                both[n] += min(weight, other)
        for n, found in enumerate(items):
            if dots[n]:
                norms = item.norm * found.norm if found.lang == lang else item.neutral * found.neutral
                if highest(dots[n] / norms, both[n]) > 0.0:
                    yield found

"""Keys: what two reports of one event share, in whatever language they are."""

from __future__ import annotations

from collections import Counter

from recoupe.records import Amount, Period, Reading
from recoupe.text.latin import skeleton


def keys(reading: Reading) -> Counter[str]:
    """Names by script-neutral skeleton, exact figures, days, and what stands around claims, with their counts."""
    bag: Counter[str] = Counter()
    for name in reading.names:
        bag[f"n:{skeleton(name.name)}"] += 2 * len(name.mentions)
    for claim in reading.claims:
        if isinstance(claim.value, Amount) and claim.value.exact and (claim.value.low or 0) > 10:
            bag[f"v:{claim.value}"] += 1
        elif isinstance(claim.value, Period) and claim.value.start == claim.value.end:
            bag[f"d:{(claim.value.start or '')[:10]}"] += 1
        for key, weight in claim.terms:
            if not key.startswith("n:") and weight >= 0.5:
                bag[key] += 1
    return bag

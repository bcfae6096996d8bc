"""Units: measures brought to one unit where no rate of exchange is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from recoupe.records import Amount

# unit -> (dimension, how many of the dimension's base it is)
UNITS: dict[str, tuple[str, float]] = {
    "mm": ("length", 0.001), "cm": ("length", 0.01), "m": ("length", 1.0), "km": ("length", 1000.0),
    "m2": ("area", 1.0), "ha": ("area", 1e4), "km2": ("area", 1e6),
    "m3": ("volume", 1000.0), "L": ("volume", 1.0), "hL": ("volume", 100.0),
    "g": ("mass", 0.001), "kg": ("mass", 1.0), "t": ("mass", 1000.0), "kt": ("mass", 1e6), "Mt": ("mass", 1e9),
    "s": ("time", 1.0), "min": ("time", 60.0), "h": ("time", 3600.0), "d": ("time", 86400.0), "wk": ("time", 604800.0),
    "mo": ("months", 1.0), "a": ("months", 12.0),
    "km/h": ("speed", 1.0), "m/s": ("speed", 3.6),
    "W": ("power", 1.0), "kW": ("power", 1e3), "MW": ("power", 1e6), "GW": ("power", 1e9),
    "kWh": ("energy", 1.0), "MWh": ("energy", 1e3), "GWh": ("energy", 1e6), "TWh": ("energy", 1e9),
}  # fmt: skip


def dimension(unit: str | None) -> str:
    """What a unit measures; a unit without relatives (a currency, per cent) is its own dimension."""
    return UNITS[unit][0] if unit in UNITS else unit or ""


def in_unit(amount: Amount, unit: str | None) -> Amount:
    """The same amount in another unit of its dimension."""
    if amount.unit == unit or amount.unit not in UNITS or unit not in UNITS:
        return amount
    factor = UNITS[amount.unit][1] / UNITS[unit][1]
    return Amount(_scaled(amount.low, factor), _scaled(amount.high, factor), unit)


def common_unit(amounts: Sequence[Amount]) -> str | None:
    """The unit that most of them have; of several, the smaller."""
    counts = Counter(a.unit for a in amounts)
    return max(counts, key=lambda u: (counts[u], -UNITS[u][1] if u in UNITS else 0.0, u or ""))


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 9)

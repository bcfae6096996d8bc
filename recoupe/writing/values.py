"""Values as the dossier holds them."""

from __future__ import annotations

import math
from typing import Any

from recoupe.records import Amount, Named, Period, Value


def value_as_json(value: Value) -> dict[str, Any]:
    """A value as JSON; whole numbers as integers, an amount with a unit with its unit."""
    if isinstance(value, Amount):
        bounds: dict[str, Any] = {"low": number_as_json(value.low), "high": number_as_json(value.high)}
        return bounds if value.unit is None else {**bounds, "unit": value.unit}
    if isinstance(value, Period):
        return {"start": value.start, "end": value.end}
    if isinstance(value, Named):
        return {"entity": value.entity}
    return {"stance": value.stance}


def number_as_json(bound: float | None) -> int | float | None:
    """A whole number as an integer; None where there is none."""
    if bound is None or not math.isfinite(bound):
        return None
    return int(bound) if float(bound).is_integer() else bound

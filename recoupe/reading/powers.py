"""Powers: numbers with an exponent, all in one piece: '1.3e6', '10^-4'."""

from __future__ import annotations

from recoupe.text.tokens import Tokens


def power_at(tokens: Tokens, j: int, value: float, limit: int) -> tuple[int, float] | None:
    """(end, value) of a number whose value and exponent stand on both sides of token `j`; None where there is none."""
    if j + 1 >= limit or tokens.norms[j] not in ("e", "^") or not attached(tokens, j):
        return None
    k = j + 1
    signs = tokens.surfaces
    if signs[k] in ("+", "-", "−") and k + 1 < limit and attached(tokens, k):
        k += 1
    if not signs[k].isdecimal() or len(signs[k]) > 2 or not attached(tokens, k):
        return None
    if k + 1 < limit and attached(tokens, k + 1) and signs[k + 1][0].isalnum():
        return None  # a code: 12e4b
    by = int(signs[k]) if signs[k - 1] not in "-−" else -int(signs[k])
    try:
        return k + 1, value * 10.0**by if tokens.norms[j] == "e" else value**by
    except (OverflowError, ZeroDivisionError):
        return None


def attached(tokens: Tokens, j: int) -> bool:
    """Whether a token follows the one before it without a space."""
    return tokens.starts[j] == tokens.ends[j - 1]

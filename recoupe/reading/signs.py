"""Signs: what the signs between and before digits say of a number."""

from __future__ import annotations

from recoupe.reading.quantities import Quantity
from recoupe.text.tokens import Tokens


def stands_before(tokens: Tokens, j: int, end: int) -> bool:
    """Whether a minus sign belongs to the number after it; a word does so anyway."""
    if tokens.surfaces[j][0].isalpha():
        return True
    apart = j == 0 or tokens.starts[j] > tokens.ends[j - 1]
    return apart and tokens.starts[end] == tokens.ends[j] and tokens.surfaces[end][0].isdigit()


def slash(tokens: Tokens, i: int, limit: int) -> tuple[int, float] | None:
    """'1/4' at token `i`: (end, 0.25)."""
    if i + 2 >= limit or tokens.norms[i + 1] != "/" or tokens.ends[i + 2] - tokens.starts[i] > 7:
        return None
    above, below = tokens.surfaces[i], tokens.surfaces[i + 2]
    close = tokens.starts[i + 1] == tokens.ends[i] and tokens.starts[i + 2] == tokens.ends[i + 1]
    if not (close and above.isdecimal() and below.isdecimal()) or not 0 < int(above) < int(below) <= 100:
        return None
    more = i + 3 < limit and tokens.norms[i + 3] == "/" and tokens.starts[i + 3] == tokens.ends[i + 2]
    return None if more else (i + 3, int(above) / int(below))


def attached_throughout(tokens: Tokens, low: Quantity, high: Quantity) -> bool:
    """Whether nothing parts the two numbers of a range and the sign between them."""
    return all(tokens.starts[k] == tokens.ends[k - 1] for k in range(low.end, high.core + 1))

"""Roman numerals under thirty."""

from __future__ import annotations

import re

ROMAN = re.compile(r"(?=[XVI])(X{0,2}(?:IX|IV|V?I{0,3}))(?:er|e|è|ème|ème)?")
_VALUES = {"I": 1, "V": 5, "X": 10}


def is_roman(norm: str) -> bool:
    """Whether a word in lower case may be a Roman numeral under thirty, of two signs or more."""
    return (
        len(norm) > 1
        and norm[0] in "ivx"
        and norm[1] in "ivx"
        and ROMAN.fullmatch(norm.rstrip("erèm").upper()) is not None
    )


def roman_value(digits: str) -> int:
    """The number that some Roman digits in capitals are."""
    values = [_VALUES[d] for d in digits]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))

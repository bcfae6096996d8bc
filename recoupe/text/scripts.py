"""Scripts: which writing system a word is in, by its letters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    try:
        return unicodedata.name(char).split(" ", 1)[0]
    except ValueError:
        return ""


def script(text: str) -> str:
    """The script of the first letter, in Unicode's words: LATIN, CYRILLIC, ARABIC, CJK … ; '' without letters.

    >>> script("«Шойгу»")
    'CYRILLIC'
    """
    for char in text:
        if char.isalpha():
            return _script(char)
    return ""

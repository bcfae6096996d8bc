"""Sentences by rule: terminal signs, abbreviations, quotation marks, lines."""

from __future__ import annotations

from collections.abc import Container

from recoupe.text.tokens import Tokens

_TERMINAL = frozenset(".!?…。")
_CLOSING = frozenset("»”\"’')]›“")  # “ closes in German
_DASHES = frozenset("-–—")
_OPENING = frozenset("«»„“\"‘'([‹–—-•*¡¿")


def sentences(
    tokens: Tokens, abbreviations: Container[str] = frozenset(), ordinal_neighbours: Container[str] = frozenset()
) -> list[tuple[int, int]]:
    """Split into sentences, as (first token, index after the last), in order and covering all tokens.

    `abbreviations` are normal forms that a full stop may follow inside a sentence ('m', 'dr').
    `ordinal_neighbours` are words beside which a number with a full stop is an ordinal ('am 3. Mai').
    A blank line always ends one; a line ends one unless it breaks off in the middle of a wrapped paragraph.
    """
    text, n = tokens.text, len(tokens)
    found, first = [], 0
    i = 0
    while i < n:
        end = None
        gap = text[tokens.ends[i] : tokens.starts[i + 1]] if i + 1 < n else ""
        if "\n" in gap or "\r" in gap or "\u2029" in gap:
            if not _wrapped(tokens, i, gap):
                end = i + 1
        elif tokens.norms[i] in _TERMINAL and i + 1 < n:
            j = i + 1
            while j < n and (
                tokens.surfaces[j] in _TERMINAL
                or (tokens.surfaces[j] in _CLOSING and tokens.starts[j] == tokens.ends[j - 1])
            ):
                j += 1
            # a closing guillemet after a (no-break) space: « … . »
            if j < n and tokens.surfaces[j] == "»" and (j + 1 == n or tokens.starts[j + 1] > tokens.ends[j]):
                j += 1
            if (
                j < n
                and tokens.starts[j] > tokens.ends[j - 1]
                and _begins(tokens, j)
                and not _abbreviated(tokens, i, first, abbreviations)
                and not _ordinal(tokens, i, j, ordinal_neighbours)
            ):
                end = j
        if end is not None:
            found.append((first, end))
            first = i = end
        else:
            i += 1
    if first < n:
        found.append((first, n))
    return found


def _begins(tokens: Tokens, j: int) -> bool:
    sign = tokens.surfaces[j]
    return sign[0].isupper() or sign[0].isdigit() or sign[0] in _OPENING or not (sign[0].islower() or sign in ",;:")


def _abbreviated(tokens: Tokens, i: int, first: int, abbreviations: Container[str]) -> bool:
    """Whether the full stop at token `i` belongs to the word before it."""
    if tokens.norms[i] != "." or i == first or tokens.starts[i] != tokens.ends[i - 1]:
        return False
    word = tokens.surfaces[i - 1]
    if tokens.norms[i - 1] in abbreviations:
        return True
    return len(word) == 1 and word.isupper()  # an initial: J. Smith, U.S.


def _ordinal(tokens: Tokens, i: int, j: int, neighbours: Container[str]) -> bool:
    """Whether the full stop at token `i` makes the number before it an ordinal; `j` is the token after it."""
    if (
        i == 0
        or j != i + 1
        or tokens.norms[i] != "."
        or not tokens.surfaces[i - 1].isdecimal()
        or len(tokens.surfaces[i - 1]) > 3
    ):
        return False
    if tokens.surfaces[j] in _DASHES:  # 13. - 15. Juli
        return j + 1 < len(tokens) and tokens.surfaces[j + 1].isdecimal()
    return tokens.norms[j] in neighbours or (i > 1 and tokens.norms[i - 2] in neighbours)


def _wrapped(tokens: Tokens, i: int, gap: str) -> bool:
    """Whether a single line break after token `i` is only where a long line was folded."""
    if gap.count("\n") > 1 or gap.count("\r") > 1 or tokens.norms[i] in _TERMINAL:
        return False
    line = tokens.text.rfind("\n", 0, tokens.ends[i]) + 1
    return tokens.ends[i] - line >= 40 and tokens.surfaces[i + 1][0].islower()

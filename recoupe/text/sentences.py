"""Sentences by rule: terminal signs, abbreviations, quotation marks, lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container
from itertools import compress

from recoupe.text.tokens import Tokens

_TERMINAL = frozenset(".!?…。")
_CLOSING = frozenset("»”\"’')]›“")  # “ closes in German
_LINE_BREAK = re.compile(r"[\n\r\u2029]\s*")
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
    found, first = [], 0
    breaks = _line_ends(tokens)
    terminals = list(compress(range(len(tokens)), map(_TERMINAL.__contains__, tokens.norms)))
    for i in sorted({*terminals, *breaks}) if breaks else terminals:
        if i < first:
            continue
        if i in breaks:
            end = None if _wrapped(tokens, i) else i + 1
        else:
            end = _ended(tokens, i, first, abbreviations, ordinal_neighbours)
        if end is not None:
            found.append((first, end))
            first = end
    if first < len(tokens):
        found.append((first, len(tokens)))
    return found


def _line_ends(tokens: Tokens) -> set[int]:
    """The tokens after which a line ends, but for the last one."""
    starts, found = tokens.starts, set()
    for line in _LINE_BREAK.finditer(tokens.text):
        after = bisect_left(starts, line.end())
        if 0 < after < len(starts):
            found.add(after - 1)
    return found


def _ended(
    tokens: Tokens, i: int, first: int, abbreviations: Container[str], ordinal_neighbours: Container[str]
) -> int | None:
    """Where the sentence ends that the terminal sign at token `i` closes; None where it goes on."""
    surfaces, starts, ends = tokens.surfaces, tokens.starts, tokens.ends
    n, j = len(tokens), i + 1
    while j < n and (surfaces[j] in _TERMINAL or (surfaces[j] in _CLOSING and starts[j] == ends[j - 1])):
        j += 1
    # a closing guillemet after a (no-break) space: « … . »
    if j < n and surfaces[j] == "»" and (j + 1 == n or starts[j + 1] > ends[j]):
        j += 1
    if (
        j < n
        and starts[j] > ends[j - 1]
        and _begins(tokens, j)
        and not _abbreviated(tokens, i, first, abbreviations)
        and not _ordinal(tokens, i, j, ordinal_neighbours)
    ):
        return j
    return None


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


def _wrapped(tokens: Tokens, i: int) -> bool:
    """Whether a single line break after token `i` is only where a long line was folded."""
    gap = tokens.text[tokens.ends[i] : tokens.starts[i + 1]]
    if gap.count("\n") > 1 or gap.count("\r") > 1 or tokens.norms[i] in _TERMINAL:
        return False
    line = tokens.text.rfind("\n", 0, tokens.ends[i]) + 1
    return tokens.ends[i] - line >= 40 and tokens.surfaces[i + 1][0].islower()

"""The small notation in which packs write word forms and templates.

    tu(er|é|ée)      alternatives, also inside a word
    [dans] la nuit   what may be missing
    bless{-er}       the endings that the pack names `er`
    {n} {unit} ago   slots, each standing for what a reader puts there; `{weekday:2}` is a second slot of the same sort
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_ENDING = re.compile(r"\{-(\w+)\}")


def expand(form: str, endings: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """All flat strings that a form stands for, in the order written, each once.

    >>> expand("tu(er|é[e])")
    ['tuer', 'tué', 'tuée']

    Raises ValueError where brackets do not match or an ending is unknown.
    """

    def named(match: re.Match[str]) -> str:
        if endings is None or match[1] not in endings:
            known = ", ".join(sorted(endings or ())) or "none"
            raise ValueError(f"{form!r}: no endings named {match[1]!r} (there are: {known})")
        return "(" + "|".join(endings[match[1]]) + ")"

    flat = _ENDING.sub(named, form)
    results, at = _alternatives(flat, 0, form)
    if at != len(flat):
        raise ValueError(f"{form!r}: a bracket too many at {flat[at:]!r}")
    return list(dict.fromkeys(" ".join(r.split()) for r in results))


def _alternatives(text: str, at: int, form: str) -> tuple[list[str], int]:
    """Read `a|b|c` up to a closing bracket or the end."""
    found: list[str] = []
    current = [""]
    while at < len(text):
        char = text[at]
        if char == "|":
            found += current
            current = [""]
            at += 1
        elif char in ")]":
            break
        elif char in "([":
            inner, at = _alternatives(text, at + 1, form)
            if at >= len(text) or text[at] != (")" if char == "(" else "]"):
                raise ValueError(f"{form!r}: a bracket is not closed")
            if char == "[":
                inner = [*inner, ""]
            current = [c + i for c in current for i in inner]
            at += 1
        else:
            end = at + 1
            while end < len(text) and text[end] not in "()[]|":
                end += 1
            current = [c + text[at:end] for c in current]
            at = end
    return found + current, at

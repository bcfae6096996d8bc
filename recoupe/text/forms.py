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
_BRACKETS = re.compile(r"([()\[\]|])")
_OPTIONAL_END = re.compile(r"([^()\[\]|]*)\[([^()\[\]|]*)\]")
_CLOSED_BY = {"(": ")", "[": "]"}
_CLOSING = frozenset(")]")


def resolve(endings: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Sets of endings with those that they take in (`er = ["er", "{-er_pp}"]`) put in their place.

    >>> resolve({"er": ["er", "{-pp}"], "pp": ["é", "ée"]})
    {'er': ['er', 'é', 'ée'], 'pp': ['é', 'ée']}

    Raises ValueError where a set is unknown or takes in itself.
    """
    done: dict[str, list[str]] = {}

    def of(name: str, inside: tuple[str, ...]) -> list[str]:
        if name in inside:
            raise ValueError(f"the endings {name!r} take in themselves")
        if name not in endings:
            raise ValueError(f"no endings named {name!r} (there are: {', '.join(sorted(endings))})")
        if name not in done:
            flat: list[str] = []
            for ending in endings[name]:
                inner = _ENDING.fullmatch(ending)
                flat += of(inner[1], (*inside, name)) if inner else [ending]
            done[name] = list(dict.fromkeys(flat))
        return done[name]

    return {name: of(name, ()) for name in endings}


def expand(form: str, endings: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """All flat strings that a form stands for, in the order written, each once.

    >>> expand("tu(er|é[e])")
    ['tuer', 'tuée', 'tué']

    Raises ValueError where brackets do not match or an ending is unknown.
    """

    def named(match: re.Match[str]) -> str:
        if endings is None or match[1] not in endings:
            known = ", ".join(sorted(endings or ())) or "none"
            raise ValueError(f"{form!r}: no endings named {match[1]!r} (there are: {known})")
        return "(" + "|".join(endings[match[1]]) + ")"

    if not _BRACKETS.search(form):  # by far the most: a word, or a stem with one set of endings
        marks = list(_ENDING.finditer(form))
        if not marks:
            return [" ".join(form.split())]
        if len(marks) == 1 and endings is not None and marks[0][1] in endings:
            head, tail = form[: marks[0].start()], form[marks[0].end() :]
            if " " in form:
                head, tail = " ".join(f"{head}.".split())[:-1], " ".join(f".{tail}".split())[1:]
            return list(dict.fromkeys([head + ending + tail for ending in endings[marks[0][1]]]))
    return alternatives(_ENDING.sub(named, form))


def alternatives(form: str) -> list[str]:
    """As `expand`, but endings stay as they are written.

    >>> alternatives("bless{-er} [par balle]")
    ['bless{-er} par balle', 'bless{-er}']
    """
    if not _BRACKETS.search(form):  # by far the most
        return [" ".join(form.split())]
    last = _OPTIONAL_END.fullmatch(form)
    if last:  # coup[s]
        results = [last[1] + last[2], last[1]]
    else:
        pieces = _BRACKETS.split(form)
        results, at = _alternatives(pieces, 0, form)
        if at != len(pieces):
            raise ValueError(f"{form!r}: a bracket too many at {''.join(pieces[at:])!r}")
    return list(dict.fromkeys(" ".join(r.split()) for r in results))


def _alternatives(pieces: list[str], at: int, form: str) -> tuple[list[str], int]:
    """Read `a|b|c` up to a closing bracket or the end; `pieces` are the signs of the notation and what they part."""
    found: list[str] = []
    current = [""]
    while at < len(pieces):
        piece = pieces[at]
        if piece == "|":
            found += current
            current = [""]
        elif piece in _CLOSING:
            break
        elif piece in _CLOSED_BY:
            inner, at = _alternatives(pieces, at + 1, form)
            if at >= len(pieces) or pieces[at] != _CLOSED_BY[piece]:
                raise ValueError(f"{form!r}: a bracket is not closed")
            if piece == "[":
                inner.append("")
            current = [c + i for c in current for i in inner]
        elif piece:
            current = [c + piece for c in current]
        at += 1
    return found + current, at

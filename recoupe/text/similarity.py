"""Similarity of words by sound, with costs for what spelling habits exchange."""

from __future__ import annotations

from functools import lru_cache

from recoupe.text.latin import latin, skeleton, sound

SAME_SOUND = 0.82  # two words that are one name, spelled otherwise
_SHORT = 4  # words of so few letters must be the same
_VOWELS = frozenset("aeiou")
_PAIRS: dict[tuple[str, str], float] = {}
for _cost, _groups in {
    0.25: ("ie", "ou", "ei", "sz", "SC", "SJ", "CJ", "gh", "vf", "kg", "iJ", "uv"),
    0.4: (
        "Ck",
        "Ch",
        "Cs",
        "zC",
        "zJ",
        "sS",
        "zS",
        "Jg",
        "Jh",
        "kh",
        "td",
        "bp",
        "bv",
        "hJ",
        "tz",
        "ks",
        "kz",
        "sC",
        "fp",
        "gk",
    ),
}.items():
    for _group in _groups:
        for _a in _group:
            for _b in _group:
                if _a != _b:
                    _PAIRS.setdefault((_a, _b), _cost)


def _exchange(a: str, b: str) -> float:
    if a == b:
        return 0.0
    cost = _PAIRS.get((a, b))
    if cost is not None:
        return cost
    return 0.4 if a in _VOWELS and b in _VOWELS else 1.0


def _leave(char: str, before: str, last: bool) -> float:
    """The cost of a sound that the other spelling lacks."""
    if char in _VOWELS:
        return 0.35 if before in _VOWELS or last else 0.5
    if char in "hJ":
        return 0.4
    return 0.6 if last and char in "tsdzn" else 0.9


def distance(a: str, b: str) -> float:
    """The cheapest way from one sound to the other, 0 where they are the same."""
    row = [0.0]
    for j, char in enumerate(b):
        row.append(row[j] + _leave(char, b[j - 1] if j else "", j == len(b) - 1))
    for i, mine in enumerate(a):
        leave = _leave(mine, a[i - 1] if i else "", i == len(a) - 1)
        after = [row[0] + leave]
        for j, theirs in enumerate(b):
            best = row[j] + _exchange(mine, theirs)
            if row[j + 1] + leave < best:
                best = row[j + 1] + leave
            there = after[j] + _leave(theirs, b[j - 1] if j else "", j == len(b) - 1)
            after.append(there if there < best else best)
        row = after
    return row[-1]


@lru_cache(maxsize=262144)
def alike(a: str, b: str) -> float:
    """How much two Latin words (of `recoupe.text.latin.latin`) sound alike, from 0 to 1.

    >>> alike("choigu", "shoygu") > 0.85 > 0.5 > alike("austin", "ryder")
    True
    """
    if a == b:
        return 1.0
    if len(a) > 40 or len(b) > 40:
        return 0.0
    x, y = sound(a), sound(b)
    longest = max(len(x), len(y))
    if longest == 0 or abs(len(x) - len(y)) > 0.5 * longest + 1:
        return 0.0
    return max(0.0, 1.0 - distance(x, y) / (0.5 * (len(x) + len(y))))


def same_word(a: str, b: str) -> bool:
    """Whether two words are one name, perhaps in another spelling.

    >>> same_word("beloesov", "beloessov"), same_word("austin", "justin")
    (True, False)
    """
    if a == b:
        return True
    x, y = latin(a), latin(b)
    if x == y:
        return True
    if min(len(x), len(y)) <= _SHORT or " " in x or " " in y:
        return False
    first, second = sound(x)[0], sound(y)[0]
    if first != second and first in _VOWELS and (first, second) not in _PAIRS:
        return False  # Austin is no Justin (Юстин)
    if skeleton(x) != skeleton(y):
        return False
    return alike(x, y) >= SAME_SOUND

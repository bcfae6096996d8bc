"""Likeness of two full names, in whatever scripts, from their words alone."""

from __future__ import annotations

from functools import lru_cache

from recoupe.languages.pack import shared
from recoupe.text.latin import latin
from recoupe.text.similarity import alike

INITIAL = 0.85  # an initial that fits a name
SHORT = 0.93  # a short name that fits a given name
SHUFFLED = 0.96  # the same words in another order

Words = tuple[str, ...]


def name_similarity(a: str, b: str) -> float:
    """How likely two names are one person's or organisation's, from 0 to 1; from 0.5 on rather one than two."""
    x, y = latin(a).split(), latin(b).split()
    if not x or not y:
        return 0.0
    if x == y:
        return 1.0
    mine, my_form = _without_form(tuple(x))
    other, other_form = _without_form(tuple(y))
    score = max(_words_score(mine, other), _solid_score(mine, other))
    if my_form and other_form and my_form != other_form:
        score *= 0.9
    return min(score, 0.999)


def _words_score(x: Words, y: Words) -> float:
    """Pair the words, the likest first; what the shorter name has must be in the longer one."""
    if len(x) > len(y) or (len(x) == len(y) and x > y):
        x, y = y, x
    pairs = sorted((-word_score(p, q), abs(i - j), i, j) for i, p in enumerate(x[:12]) for j, q in enumerate(y[:12]))
    to: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for minus, _, i, j in pairs:
        if i not in to and j not in taken:
            to[i] = (j, -minus)
            taken.add(j)
    weights = [_weight(w) for w in x]
    base = sum(weights[i] * s for i, (_, s) in to.items()) / sum(weights)
    worst = min(s for _, s in to.values())
    covered = sum(_weight(y[j]) for j in taken) / sum(map(_weight, y))
    order = [to[i][0] for i in sorted(to)]
    shuffled = SHUFFLED if order != sorted(order) else 1.0
    return base * (0.4 + 0.6 * worst) * (0.4 + 0.6 * covered) * shuffled


def _weight(word: str) -> float:
    return max(2.0, min(len(word), 8)) if len(word) > 1 else 1.0


def _solid_score(x: Words, y: Words) -> float:
    """Names that differ in blanks: 'Pol Pot', 'PolPot'."""
    if len(x) == len(y):
        return 0.0
    return 0.97 * alike("".join(x), "".join(y)) ** 2


@lru_cache(maxsize=65536)
def word_score(a: str, b: str) -> float:
    """How well two words of names agree; initials and short names count for what they stand for."""
    if a == b:
        return 1.0
    if a.isdigit() or b.isdigit():
        return 0.0
    if 1 in (len(a), len(b)):
        return INITIAL if a[0] == b[0] else 0.0
    short = _short_names()
    if short.get(a, frozenset((a,))) & short.get(b, frozenset((b,))):
        return SHORT
    return alike(a, b)


@lru_cache(maxsize=1)
def _short_names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for full, forms in shared("entities")["short_names"].items():
        key = latin(full)
        for form in (full, *forms):
            found.setdefault(latin(form), set()).add(key)
    return {form: frozenset(keys) for form, keys in found.items()}


@lru_cache(maxsize=1)
def _legal_forms() -> dict[Words, str]:
    found = {}
    for form, names in shared("entities")["legal_forms"].items():
        for name in names:
            found[tuple(latin(name).split())] = form
    return found


def _without_form(words: Words) -> tuple[Words, str]:
    """A company's name without what it is in law, and that; a name is never left empty."""
    forms = _legal_forms()
    kept, form = _initials_joined(words), ""
    for _ in range(3):
        cut = _cut(kept, forms)
        if cut is None:
            break
        kept, form = cut[0], form or cut[1]
    return (kept, form) if form else (words, "")


def _cut(words: Words, forms: dict[Words, str]) -> tuple[Words, str] | None:
    """Take one legal form from the end or the beginning."""
    for size in (5, 4, 3, 2, 1):
        if len(words) > size:
            if words[-size:] in forms:
                return words[:-size], forms[words[-size:]]
            if words[:size] in forms:
                return words[size:], forms[words[:size]]
    return None


def _initials_joined(words: Words) -> Words:
    """Single letters in a row as one word: 's a r l' is 'sarl'."""
    made: list[str] = []
    run = ""
    for word in (*words, ""):
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            made.append(run)
            run = ""
        if word:
            made.append(word)
    return tuple(made)

"""Language: which pack a report needs, by identification over all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from recoupe.errors import CleanError
from recoupe.languages import available, glimpse

_WINDOW = 4000  # code points each of the beginning, the middle and the end
_LONG_LINE = 40
_WORD = re.compile(r"[^\W\d_]+")

_CLEAR = 0.14  # share of a pack's common words in an ordinary text of its language: 0.2 to 0.35
_AHEAD = 1.8  # and so many times those of any other pack
_FEW, _SHORT = 30, 0.1  # so few words vary; a smaller share will do


def identify(text: str, address: str, told: str | None = None, weakly_told: str | None = None) -> str:
    """The code of the pack for a text.

    `told` is what a table says of its report, which is believed; `weakly_told`, what a page says of itself, is heard
    only where the words leave it open. Raises CleanError if there is no pack for the language, naming it and the packs
    that there are.
    """
    packs = available()
    if told:
        code = _base(told)
        if code in packs:
            return code
        raise CleanError(_no_pack(address, code))
    words = _words(text)
    if not words:
        raise CleanError(f"{address}: holds no words to read.")
    counts = Counter(words)
    scores = sorted(((_share(counts, len(words), code), code) for code in packs), reverse=True)
    best, second = scores[0], scores[1] if len(scores) > 1 else (0.0, "")
    if best[0] >= (_CLEAR if len(words) >= _FEW else _SHORT) and best[0] >= _AHEAD * second[0]:
        return best[1]
    code = _base(weakly_told) if weakly_told else ""
    if code in packs and {c: s for s, c in scores}[code] > 0.05:
        return code
    found = _by_model(" ".join(words))
    if found in packs:
        return found
    raise CleanError(_no_pack(address, found))


def _share(counts: Counter[str], whole: int, code: str) -> float:
    """What part of the words are common ones of a language."""
    return sum([counts[word] for word in _seen(code) & counts.keys()]) / whole


def foreign(words: Iterable[str], code: str) -> bool:
    """Whether none of some words is a common one of a language."""
    return not any(w in _seen(code) for w in words)


def _base(code: str) -> str:
    return re.split(r"[-_]", code.strip().lower())[0]


def _words(text: str) -> list[str]:
    """The words that tell the language: of long lines only, if there are any; page furniture stands in short ones."""
    if len(text) > 3 * _WINDOW:
        middle = len(text) // 2
        text = "\n".join((text[:_WINDOW], text[middle : middle + _WINDOW], text[-_WINDOW:]))
    rows = text.replace("\x00", "").splitlines()
    long = [row for row in rows if len(row) >= _LONG_LINE]
    return _WORD.findall("\n".join(long or rows).lower())


@cache
def _seen(code: str) -> frozenset[str]:
    return frozenset(glimpse(code, "pack")["seen"])


def _by_model(text: str) -> str:
    """The language by a model of some hundred of them; it takes a second to open, so it is asked last."""
    from py3langid.langid import classify

    return str(classify(text)[0])  # type: ignore[no-untyped-call]


def _no_pack(address: str, code: str) -> str:
    from babel import Locale

    names = Locale.parse("en").languages
    there = ", ".join(names.get(c, c) for c in available())
    return f"{address}: is in {names.get(code, repr(code))}, for which there is no language pack; there are {there}."

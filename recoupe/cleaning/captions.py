"""Captions: lines that say what a picture shows."""

from __future__ import annotations

import re
from functools import lru_cache

from recoupe.cleaning.phrases import Words
from recoupe.languages import available, glimpse
from recoupe.text.forms import expand

_LONGEST = 60
_LONGEST_PLAIN = 18
_CREDIT_TAIL = 10  # words after 'Photo' in '… Photo J. Roe, 28/09'
_SLASH = re.compile(r"[/©]\s?(?:[A-ZÀ-ÞЀ-Я][\w.'’&-]*\s?){1,4}[)\]]?$")
_BEFORE_CREDIT = frozenset(".(©|/[–—-…»”)")


def is_caption(head: str, has_verb: bool, lang: str) -> bool:
    """Whether a line that closes no sentence is a caption: it has a credit, or names somebody, a role and no verb."""
    words = Words(head)
    if not len(words) or len(words) > _LONGEST:
        return False
    if _SLASH.search(head) or _credited(head, words):
        return True
    if has_verb or len(words) > _LONGEST_PLAIN or head[-1] in ":;,?!" or head[0].isdigit() or ":" in head:
        return False
    return _names_with_role(head, words, lang) or _names_at_start(head, words) or _names_after_office(head, words, lang)


def _credited(head: str, words: Words) -> bool:
    """'… Photo J. Roe', '(Photo: J. Roe)', '© J. Roe'."""
    credits = _credits()
    for i, norm in enumerate(words.norms):
        if norm not in credits or len(words) - i > _CREDIT_TAIL or i + 1 == len(words):
            continue
        before = head[: words.starts[i]].rstrip()
        if before and before[-1] in _BEFORE_CREDIT and words.surfaces[i][0] not in "abcdefghijklmnopqrstuvwxyzé":
            return True
    return False


@lru_cache(maxsize=1)
def _credits() -> frozenset[str]:
    found = (
        form for code in available() for entry in glimpse(code, "clutter")["credits"]["any"] for form in expand(entry)
    )
    return frozenset(f for f in found if " " not in f)


def _names_with_role(head: str, words: Words, lang: str) -> bool:
    """'The German minister Jane Roe', 'The mayor, Jane Roe, at the scene': a role in small letters, then a name."""
    surfaces = words.surfaces
    for start in range(2, len(words) - 1):
        if not (_capital(surfaces[start]) and _capital(surfaces[start + 1])) or _gap(head, words, start):
            continue
        between = head[words.ends[start - 1] : words.starts[start]].strip()
        if between not in ("", ",") or (_capital(surfaces[start - 1]) and not between):
            continue
        if not between and words.norms[start - 1] in _before_names(lang):
            continue
        return any(s[0].islower() and len(s) > 3 for s in surfaces[1:start])
    return False


def _names_after_office(head: str, words: Words, lang: str) -> bool:
    """'Le ministre belge des Transports Jane Roe', 'Transport Minister Jane Roe': an office, then a name."""
    offices = _offices(lang)
    at = next((i for i, norm in enumerate(words.norms) if norm in offices), None)
    if at is None:
        return False
    # the last two words at least: before them may stand the name of a department
    named = 0
    while named < len(words) - at - 1 and _capital(words.surfaces[-1 - named]):
        named += 1
        if named > 1 and _gap(head, words, len(words) - named):
            return False
    return named >= 2


@lru_cache(maxsize=16)
def _offices(lang: str) -> frozenset[str]:
    """The words for offices in a language: minister, spokeswoman, …"""
    pack = glimpse(lang, "pack")
    names = glimpse(lang, "names")
    forms = (
        form for entries in names["roles"].values() for entry in entries for form in expand(entry, pack["endings"])
    )
    return frozenset(f.lower() for f in forms if " " not in f and len(f) > 3)


def _gap(head: str, words: Words, i: int) -> bool:
    """Whether a sign stands between word `i` and the next, or a hyphen, which makes one name of them."""
    between = head[words.ends[i] : words.starts[i + 1]]
    return between in ("-", "‑") or bool(between.strip(" .-’'"))


def _names_at_start(head: str, words: Words) -> bool:
    """'Jane Roe, German defence minister': a name, a comma, a role."""
    end = 0
    while end < len(words) and _capital(words.surfaces[end]):
        end += 1
    if not 2 <= end <= 4 or len(words) - end < 2:
        return False
    return head[words.ends[end - 1] : words.starts[end]].strip() == "," and words.surfaces[end][0].islower()


def _capital(surface: str) -> bool:
    return surface[0].isupper() and any(c.islower() for c in surface[1:] + "a") and not surface.isdigit()


@lru_cache(maxsize=16)
def _before_names(lang: str) -> frozenset[str]:
    return frozenset(w.rstrip("'") for w in glimpse(lang, "clutter")["before_names"])

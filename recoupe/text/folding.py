"""Folding: words as they are searched for, without case, accents and the like, the same for text and query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 80  # letters of a word that count; what is longer is no word, and PostgreSQL refuses it
_CUT_WORD = re.compile(rf"([^\W_]{{1,{_LONGEST}}})[^\W_]*")
# Letters that Unicode does not take apart into a letter and its mark, and apostrophes that it takes for letters.
_APART = str.maketrans(
    dict(zip("đłøœæıðþħŧʼʻʹ", ("d", "l", "o", "oe", "ae", "i", "d", "th", "h", "t", "'", "'", "'"), strict=True))
)
_FEW = 40  # letters that are sooner looked for one by one than each letter in a table
MOST = 200_000  # characters of an article that can be found


def folded(text: str) -> str:
    """The words of a text, folded, with one space between them.

    >>> folded("L'effondrement du pont de Đồng Nai: жёлтый")
    'l effondrement du pont de dong nai желтыи'
    """
    if text.isascii():
        text = text.casefold()
    else:
        text = unicodedata.normalize("NFKD", text).casefold()
        text = _replaced(text, {c: _APART[ord(c)] for c in set(text) if ord(c) in _APART})
        text = unicodedata.normalize("NFKD", text)
        text = _replaced(text, {c: "" for c in set(text) if _is_mark(c)})
    return " ".join(_CUT_WORD.findall(text))


def _replaced(text: str, others: Mapping[str, str]) -> str:
    if len(others) > _FEW:
        return text.translate({ord(letter): other for letter, other in others.items()})
    for letter, other in others.items():
        text = text.replace(letter, other)
    return text


def _is_mark(c: str) -> bool:
    return c >= "\u0300" and unicodedata.category(c) == "Mn"


def parts(query: str) -> list[str]:
    """What a query asks for: the folded words and, in quotation marks, phrases; a word with an apostrophe is a phrase.

    >>> parts('pont "Đồng Nai" п’ять')
    ['pont', 'dong nai', 'п ять']
    """
    found = []
    for quoted, word in re.findall(r'["«“]([^"»”]*)["»”]|(\S+)', query[:1000]):
        part = folded(quoted or word)
        if part and part not in found:
            found.append(part)
    return found[:32]


@lru_cache(50_000)
def _folded_word(word: str) -> str:
    return folded(word)


def excerpt(text: str, asked: list[str], width: int = 160) -> str:
    """The words around the first place where something of what was asked stands; the beginning where nothing does."""
    firsts = {part.split()[0] for part in asked}
    at = next((m.start() for m in _WORD.finditer(text[:MOST]) if _folded_word(m.group()) in firsts), 0)
    begin = max(0, at - width // 3)
    if begin:
        begin = text.find(" ", begin, at) + 1 or begin
    end = min(len(text), begin + width)
    if end < len(text):
        end = max(text.rfind(" ", at + 1, end), min(at + 1, end)) if text.rfind(" ", at + 1, end) > 0 else end
    shown = " ".join(text[begin:end].split())
    return f"{'… ' if begin else ''}{shown}{' …' if end < len(text) else ''}"

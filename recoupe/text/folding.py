"""Folding: words as they are searched for, without case, accents and the like, the same for text and query."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
# Letters that Unicode does not take apart into a letter and its mark, and apostrophes that it takes for letters.
_APART = str.maketrans(
    dict(zip("đłøœæıðþħŧʼʻʹ", ("d", "l", "o", "oe", "ae", "i", "d", "th", "h", "t", "'", "'", "'"), strict=True))
)
_ASCII_OR_MARK = re.compile(r"[^\x00-\x7f]")
_LONGEST = 80  # letters of a word that count; what is longer is no word, and PostgreSQL refuses it
MOST = 200_000  # characters of an article that can be found


def folded(text: str) -> str:
    """The words of a text, folded, with one space between them.

    >>> folded("L'effondrement du pont de Đồng Nai: жёлтый")
    'l effondrement du pont de dong nai желтыи'
    """
    text = text.casefold()
    if _ASCII_OR_MARK.search(text):
        text = "".join(c for c in unicodedata.normalize("NFKD", text.translate(_APART)) if not _is_mark(c))
    return " ".join(word[:_LONGEST] for word in _WORD.findall(text))


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


def excerpt(text: str, asked: list[str], width: int = 160) -> str:
    """The words around the first place where something of what was asked stands; the beginning where nothing does."""
    firsts = {part.split()[0] for part in asked}
    at = next((m.start() for m in _WORD.finditer(text[:MOST]) if folded(m.group()) in firsts), 0)
    begin = max(0, at - width // 3)
    if begin:
        begin = text.find(" ", begin, at) + 1 or begin
    end = min(len(text), begin + width)
    if end < len(text):
        end = max(text.rfind(" ", at + 1, end), min(at + 1, end)) if text.rfind(" ", at + 1, end) > 0 else end
    shown = " ".join(text[begin:end].split())
    return f"{'… ' if begin else ''}{shown}{' …' if end < len(text) else ''}"

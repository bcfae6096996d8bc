"""Latin keys: any script brought to Latin letters, and a word to how it sounds, whatever the spelling habits."""

from __future__ import annotations

import re
from functools import lru_cache

from recoupe.text.scripts import script

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = re.compile(r"['’ʼ‘`´]")

# What anyascii would spell otherwise than the press does.
_CYRILLIC = str.maketrans(
    {
        "ё": "e",
        "Ё": "E",
        "ъ": "",
        "Ъ": "",
        "ь": "",
        "Ь": "",
        "ї": "i",
        "Ї": "I",
        "є": "ie",
        "Є": "Ie",
        "э": "e",
        "Э": "E",
        "щ": "shch",
        "Щ": "Shch",
    }
)

# From spelling to sound: longer spellings first. S = sh, C = ch, J = zh and dzh; what a letter is in one language and
# not in another is left to the costs of `recoupe.text.similarity`.
_SOUNDS = (
    ("shch schtsch chtch sjtsj szcz stsch", "S"),
    ("tsch tch tsj tzsch cz", "C"),
    ("dzh dsch dj dzj", "J"),
    ("sch sh sj sz", "S"),
    ("zh zj", "J"),
    ("ch", "C"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("ck qu q", "k"),
    ("tz ts", "z"),
    ("x", "ks"),
    ("w", "v"),
    ("eaux eau aux au", "o"),
    ("iou ioo", "iu"),
    ("ou oe oo", "u"),
    ("ee", "i"),
    ("ay ai ei ey aj ej", "e"),
    ("yy iy ij yi ii ie ye je", "i"),
    ("ya ja", "ia"),
    ("yu ju", "iu"),
    ("yo jo", "io"),
    ("j", "J"),
    ("y", "i"),
)
_TABLE = {spelling: sound for spellings, sound in _SOUNDS for spelling in spellings.split()}
_SPELLING = re.compile("|".join(sorted(map(re.escape, _TABLE), key=len, reverse=True)))
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def latin(text: str) -> str:
    """Lower-case Latin words separated by single blanks; hyphens part words, apostrophes join them.

    >>> latin("Сергей Шойгу")
    'sergey shoygu'
    >>> latin("Jean-Luc N’Diaye")
    'jean luc ndiaye'
    """
    if not text.isascii():
        from anyascii import anyascii

        if script(text) == "CYRILLIC":
            text = text.translate(_CYRILLIC)
        text = anyascii(_APOSTROPHES.sub("", text))
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", text).lower()))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """How a Latin word of `latin` sounds, roughly: one letter a sound, doubles once.

    >>> sound("shoigu"), sound("beloesov") == sound("beloussov")
    ('Soigu', True)
    """
    word = _SOFT_C.sub("s", word)
    heard = _SPELLING.sub(lambda m: _TABLE[m.group()], word)
    return _DOUBLE.sub(r"\1", heard.replace("c", "k"))


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of a Latin word's sound, like sounds written alike: a key that spellings mostly share.

    >>> skeleton("dzhanybetov") == skeleton("zhanibetov")
    True
    """
    heard = sound(word)
    bones = heard.translate(_BONES)
    return _DOUBLE.sub(r"\1", bones) or heard[:1]


_BONES = str.maketrans(
    {
        "a": "",
        "e": "",
        "i": "",
        "o": "",
        "u": "",
        "h": "",
        "C": "S",
        "J": "S",
        "z": "s",
        "v": "f",
        "b": "p",
        "d": "t",
        "g": "k",
    }
)

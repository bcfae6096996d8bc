"""Sketches: the traits of a report as bytes, for a store, and the few of them by which others of its story find it.

Who changes what a key of traits means adds a migration to the store that empties its sketches and marks all articles
as loose, so that they are sketched anew.
"""

from __future__ import annotations

import struct
import zlib

from recoupe.errors import StoreError
from recoupe.grouping.background import background
from recoupe.grouping.traits import NAME, PROPER, ROOT, WORD, Traits, kinds_of

_TELLING = {NAME: 12, ROOT: 12, PROPER: 12, WORD: 12}  # traits of each kind by which a report is found
_HEAD = struct.Struct("<QiiBI")  # mark, first and last day, letters of the language and _SEVERAL, number of keys
_SEVERAL = 128  # set for a report that tells several events
_NO_DAY = -(2**31)


def packed(report: Traits) -> bytes:
    """Traits as bytes; the entries of a round-up are left out."""
    import numpy as np

    lang = report.lang.encode()
    days = [_NO_DAY if day is None else day for day in (report.first, report.last)]
    head = _HEAD.pack(report.mark, *days, len(lang) | _SEVERAL * report.several, len(report.keys))
    counts = report.counts.astype(np.float32).tobytes()
    return zlib.compress(head + lang + report.keys.astype("<u4").tobytes() + counts, 1)


def unpacked(data: bytes) -> Traits:
    """Traits back from their bytes. Raises StoreError for what is damaged."""
    import numpy as np

    try:
        plain = zlib.decompress(data)
        mark, first, last, letters, number = _HEAD.unpack_from(plain)
        at = _HEAD.size + letters % _SEVERAL
        lang = plain[_HEAD.size : at].decode()
        keys = np.frombuffer(plain, "<u4", number, at).astype(np.uint32)
        counts = np.frombuffer(plain, "<f4", number, at + 4 * number).astype(np.float32)
    except (zlib.error, struct.error, ValueError) as error:
        raise StoreError(f"a kept sketch is damaged ({error}); restore the store from a copy.") from error
    first, last = (None if day == _NO_DAY else day for day in (first, last))
    return Traits(lang, keys, counts, first, last, mark, several=letters >= _SEVERAL)


def telling(report: Traits) -> tuple[int, ...]:
    """The keys by which a report is found: of each kind those that weigh most, rare in news and said early."""
    import numpy as np

    if not len(report.keys):
        return ()
    weights = report.counts * background().rarity(report.keys, np.zeros(len(report.keys)), 0)
    kinds = kinds_of(report.keys)
    found: list[int] = []
    for kind, most in _TELLING.items():
        mine = np.flatnonzero(kinds == kind)
        found += report.keys[mine[np.argsort(-weights[mine], kind="stable")[:most]]].tolist()
    return tuple(found)

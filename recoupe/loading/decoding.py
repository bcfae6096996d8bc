"""Bytes -> text: by byte order mark, by what the source declares, by what the bytes can be."""

from __future__ import annotations

import codecs
import re

from recoupe.errors import LoadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = {
    b"%PDF-": "a PDF; save its text as .txt",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a sound, film or picture file",
    b"PK\x03\x04": "a ZIP or office file; save its text as .txt",
    b"\x1f\x8b": "a gzip archive; unpack it first",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old office file; save its text as .txt",
}
_META = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]{2,40})", re.I
)
_CONTROLS = bytes(c for c in range(32) if c not in (9, 10, 12, 13, 27))
# Where most letters are no Latin ones. A closed list, because free guessing finds EBCDIC in short texts.
_OTHER_SCRIPTS = ["cp1251", "koi8_r", "cp1253", "cp1256", "gb18030", "shift_jis", "euc_jp", "euc_kr", "big5"]


def decode(data: bytes, address: str, declared: str | None = None, page: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text of some bytes and remarks on it; newlines stay as they are.

    In this order: a byte order mark; UTF-8 if it fits (a wrong declaration is likelier than an accident that looks like
    UTF-8); `declared` (from HTTP); of a `page` its own meta element; what the bytes look like.
    Raises LoadError for what is empty or binary.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _finish(data[len(mark) :].decode(encoding, "replace"), address)
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise LoadError(f"{address}: is binary ({what}).")
    wide = _wide(data)
    if wide:
        return _finish(data.decode(wide, "replace"), address, f"read as {wide.upper()}")
    _refuse_binary(data, address)
    try:
        return _finish(data.decode("utf-8"), address)
    except UnicodeDecodeError:
        pass
    for name in (declared, _meta(data) if page else None):
        text = _strictly(data, name)
        if text is not None:
            return _finish(text, address)
    replaced = data.decode("utf-8", "replace")
    bad, good = replaced.count("�"), sum(1 for c in replaced if c > "\x7f") - replaced.count("�")
    if bad * 10 <= good:
        return _finish(replaced, address, f"{bad} bytes that are no UTF-8 were replaced")
    guessed = _guess(data)
    return _finish(data.decode(guessed, "replace"), address, f"not UTF-8; read as {guessed}")


def _finish(text: str, address: str, *notes: str) -> tuple[str, tuple[str, ...]]:
    if not text.strip():
        raise LoadError(f"{address}: is empty.")
    if "\x00" in text:
        notes = (*notes, "holds NUL characters")
    return text, notes


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark, by where its zero bytes stand."""
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) < 8 or max(even, odd) < len(sample) * 0.2 or min(even, odd) > len(sample) * 0.02:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _refuse_binary(data: bytes, address: str) -> None:
    sample = data[:65536]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > len(sample) * 0.02:
        raise LoadError(f"{address}: is binary; a text or HTML file was expected.")


def _meta(data: bytes) -> str | None:
    found = _META.search(data[:4096])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _strictly(data: bytes, name: str | None) -> str | None:
    if not name:
        return None
    name = name.strip("\"' ").lower()
    # as browsers do: pages that declare Latin-1 are in its superset
    name = {
        "iso-8859-1": "cp1252",
        "latin-1": "cp1252",
        "latin1": "cp1252",
        "us-ascii": "cp1252",
        "gb2312": "gb18030",
    }.get(name, name)
    try:
        if not codecs.lookup(name)._is_text_encoding or name.startswith(
            ("utf-7", "utf7", "idna", "punycode", "unicode", "raw")
        ):
            return None
        return data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _guess(data: bytes) -> str:
    """What bytes are likeliest in: a few high ones among ASCII letters are the accents of western Europe."""
    lines = [line for line in data[: 1 << 20].splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:20000]
    high = sum(byte > 127 for byte in sample)
    if high * 3 < sum(chr(byte).isalpha() for byte in sample if byte < 128):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_OTHER_SCRIPTS, threshold=0.5).best()
    return best.encoding if best else "cp1252"

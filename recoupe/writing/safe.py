"""Text of a report made fit to be shown: nothing in it may act on the page, the terminal or the table that shows it."""

from __future__ import annotations

import re

_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")


def encodable(text: str) -> str:
    """`text` of the same length that UTF-8 can hold: lone halves of surrogate pairs become U+FFFD."""
    return _SURROGATES.sub("\ufffd", text) if _SURROGATES.search(text) else text


def plain(text: str) -> str:
    """`text` with its control characters and direction marks made visible; tabs and line feeds stay."""
    return _CONTROLS.sub(_shown, encodable(text))


def line(text: str) -> str:
    """`text` on one line, made visible as by `plain`; no-break spaces stay."""
    return plain(_SPACES.sub(" ", text)).strip()


def picture(char: str) -> str:
    """The visible sign of an ASCII control character."""
    code = ord(char)
    return "␡" if code == 0x7F else chr(0x2400 + code)


def clipped(text: str, most: int, ellipsis: str = "…") -> str:
    """The first words of `text`, at most `most` code points with the ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - len(ellipsis)]
    space = cut.rfind(" ")
    return (cut[:space] if space > most // 2 else cut).rstrip(" ,;:") + ellipsis


def around(
    text: str, whole: tuple[int, int], part: tuple[int, int], before: int, after: int, ellipsis: str = "…"
) -> tuple[str, str]:
    """What stands before and after `part` in `whole`: whole words, at most so many code points on either side."""
    left, right = max(whole[0], part[0] - before), min(whole[1], part[1] + after)
    first, last = text[left : part[0]], text[part[1] : right]
    if left > whole[0]:
        first = ellipsis + first.partition(" ")[2]
    if right < whole[1]:
        last = last.rpartition(" ")[0] + ellipsis
    return first, last


def complaint(report: str, message: str) -> str:
    """What went wrong with a report, on one line that names it once."""
    return line(message if report and report in message else f"{report}: {message}")


def _shown(match: re.Match[str]) -> str:
    char = match.group()
    code = ord(char)
    return picture(char) if code < 0x20 or code == 0x7F else f"[U+{code:04X}]"

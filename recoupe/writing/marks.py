"""Marks: a report's text as HTML, with its clutter greyed and its findings marked, however they overlap.

Two findings that cross cannot both be one element, so the text is cut at every bound and each piece opens all that
covers it. The text of the elements is the report's text again, code point for code point, but for what HTML cannot
hold (`escape`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as _escape
from itertools import pairwise

from recoupe.writing.safe import encodable, picture

_DEPTH = 6
"""Elements opened around one piece at most, besides those whose anchor stands there."""
_NONCHARACTERS = "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_SPECIAL = re.compile(
    f"\r\n?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\x80-\x9f\u202a-\u202e\u2066-\u2069]|[\ufdd0-\ufdef{_NONCHARACTERS}]"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something found at `start:end`. `css` is its class, `anchor` its HTML id if any, `href` where it leads."""

    start: int
    end: int
    css: str
    anchor: str | None = None
    href: str | None = None


def escape(text: str) -> str:
    """`text` as HTML that shows it and does nothing.

    Control characters become their pictures, code points that no page may hold U+FFFD. Marks that turn the direction
    of writing stay in the text, each shut up in an element of its own where it turns nothing; the style names them.
    """
    return _SPECIAL.sub(_special, _escape(encodable(text)))


def _special(match: re.Match[str]) -> str:
    found = match.group()
    if found[0] == "\r":
        return "&#13;\n" if found == "\r\n" else "&#13;<br>"
    code = ord(found)
    if code < 0x20 or code == 0x7F:
        return picture(found)
    if code >= 0xFDD0:
        return "\ufffd"
    return f'<bdi class="control" data-code="U+{code:04X}">{found if code >= 0x2000 else chr(0xFFFD)}</bdi>'


def marked(text: str, marks: Iterable[Mark]) -> str:
    """`text` as HTML with its marks. Marks outside the text or without length are left out."""
    sound = sorted(
        (m for m in marks if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end, m.css, m.anchor or "")
    )
    edges = sorted({0, len(text), *(m.start for m in sound), *(m.end for m in sound)})
    out: list[str] = []
    active: list[Mark] = []
    following = 0
    for low, high in pairwise(edges):
        active = [m for m in active if m.end > low]
        fresh = len(active)
        while following < len(sound) and sound[following].start == low:
            active.append(sound[following])
            following += 1
        out.append(_piece(escape(text[low:high]), active, fresh))
    return "".join(out)


def _piece(html: str, active: Sequence[Mark], fresh: int) -> str:
    """A piece inside all its marks: long ones outside. Only the first piece of a mark carries its anchor."""
    anchored = [m for m in active[fresh:] if m.anchor]
    shown = active if len(active) <= _DEPTH else [*active[-_DEPTH:]]
    inner_first = sorted(shown, key=lambda m: (m.end - m.start, not m.css.startswith("hit")))
    link = next((m.href for m in inner_first if m.href), None)
    if link and not html.isspace():  # nobody sees a link that is a space, nor hears where it leads
        html = f'<a href="{_escape(link)}">{html}</a>'
    for mark in inner_first:
        tag = "mark" if mark.css.startswith("hit") else "span"
        anchor = f' id="{_escape(mark.anchor)}"' if mark.anchor and mark in anchored else ""
        html = f'<{tag}{anchor} class="{_escape(mark.css)}">{html}</{tag}>'
    lost = "".join(f'<span id="{_escape(m.anchor or "")}"></span>' for m in anchored if m not in shown)
    return lost + html

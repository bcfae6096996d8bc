"""Markup: the text of a piece of HTML, a line a paragraph, as feeds and news formats carry it."""

from __future__ import annotations

import html
import re
from typing import Any

_BLOCKS = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dd", "dt", "blockquote", "section",
    "article", "header", "footer", "aside", "main", "table", "tr", "figure", "figcaption", "pre", "br", "hr",
    "paragraph", "block", "body.content", "hl1", "hl2", "tbody", "caption",
))  # fmt: skip
_UNREAD = frozenset(("script", "style", "noscript", "template", "svg", "head", "select", "button", "form"))
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r"<(?:!--|/?[A-Za-z][\w:.-]{0,30}(?:\s[^<>]{0,2000})?/?>)")
_TAGS = re.compile(r"<[^<>]{0,2000}>")


def has_tags(text: str) -> bool:
    """Whether a text is a piece of HTML."""
    return _TAG.search(text) is not None


def line(text: str | None, most: int = 1000) -> str | None:
    """A title or a name on one line, without tags and entities; None where nothing is left."""
    if not text:
        return None
    text = html.unescape(text[: 20 * most])
    if has_tags(text):
        text = html.unescape(_TAGS.sub(" ", text))
    return " ".join(_CONTROLS.sub(" ", text).split())[:most] or None


def plain(text: str) -> str:
    """The text of a piece of HTML, a line a paragraph; of a text without tags the text, its entities resolved."""
    if not has_tags(text):
        return _CONTROLS.sub(" ", html.unescape(text) if "&" in text else text).strip()
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)  # type: ignore[no-untyped-call]
    try:
        root = document_fromstring(_CONTROLS.sub(" ", text).encode("utf-8", "replace"), parser=parser)  # type: ignore[no-untyped-call]
    except (LxmlError, ValueError, AssertionError):
        return html.unescape(_TAGS.sub(" ", text)).strip()
    return joined(root)


def joined(root: Any) -> str:
    """The text below an element, a line a block, blanks in one."""
    parts: list[str] = []
    # an own stack, for the tree may be as deep as its writer liked
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, closing = stack.pop()
        name = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        block = name in _BLOCKS
        if closing:
            if block:
                parts.append("\n")
            parts.append(_flat(element.tail))
            continue
        if name in _UNREAD or not name:
            parts.append(_flat(element.tail) if element is not root else "")
            continue
        if block:
            parts.append("\n")
        parts.append(_flat(element.text))
        if element is not root:
            stack.append((element, True))
        stack.extend((inner, False) for inner in reversed(element))
    lines = (" ".join(row.split()) for row in "".join(parts).split("\n"))
    return "\n".join(row for row in lines if row)


def _flat(text: str | None) -> str:
    return re.sub(r"\s", " ", text) if text else ""

"""Tree: a page parsed within bounds, whatever is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td tr th dd dt option".split()
)
_DEEPEST = 240  # the parser's own limit is 255; what lies deeper would be dropped
_FLAT = re.compile(
    r"</?(?:div|span|font|b|i|em|strong|table|tbody|tr|td|ul|ol|center|blockquote|section|article)\b[^<>]*>", re.I
)

BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dd dt blockquote section article header footer aside main nav table tbody tr td th "
    "figure figcaption form pre address details summary hgroup body fieldset".split()
)
UNREAD = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "head", "select", "button"))


def parse(html: str) -> Any:
    """The root element of a page (lxml), None if there is nothing in it.

    Characters that no page may hold become blanks. A page that is nested deeper than the parser follows loses its nesting, not
    its text.
    """
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    html = _CONTROLS.sub(" ", html)
    if _depth(html) > _DEEPEST:
        html = _FLAT.sub(" <br> ", html)
    try:
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError, AssertionError):
        return None


def _depth(html: str) -> int:
    """How deep the elements are nested, about: end tags that may be left out are not counted."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match[3] or match[2].lower() in _VOID:
            continue
        if match[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth > deepest:
                deepest = depth
                if deepest > _DEEPEST:
                    break
    return deepest


def text_of(element: Any) -> str:
    """The text of an element, blanks in one."""
    return " ".join("".join(element.itertext()).split())


def leaves(root: Any) -> Iterator[Any]:
    """The innermost blocks of a page, in order, each without blocks inside; what is never shown is left out."""
    skipped: Any = None
    for element in root.iter():
        if skipped is not None:
            if _inside(element, skipped):
                continue
            skipped = None
        if not isinstance(element.tag, str):
            continue
        if element.tag in UNREAD:
            skipped = element
        elif element.tag in BLOCKS and not any(child.tag in BLOCKS for child in element.iterdescendants()):
            yield element


def _inside(element: Any, ancestor: Any) -> bool:
    return any(a is ancestor for a in element.iterancestors())


def names_of(element: Any) -> str:
    """The class and id of an element, by which sites call their parts."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def link_share(element: Any) -> float:
    """How much of an element's text is in links, 0 to 1."""
    whole = len(text_of(element))
    return sum(len(text_of(a)) for a in element.iter("a")) / whole if whole else 0.0

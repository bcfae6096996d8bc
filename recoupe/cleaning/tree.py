"""Tree: a page parsed within bounds, whatever is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import sub
from typing import Any

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CONTROL_BYTES = bytes((*range(9), 0x0B, *range(0x0E, 0x20)))
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>")
_NAME = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "td", "tr", "th", "dd", "dt", "option",
))  # fmt: skip
_MOST_NAMES, _LONG_NAME = 1000, 20  # so many short names of tags are remembered with their steps
_DEEPEST = 240  # the parser's own limit is 255; what lies deeper would be dropped
_FLAT = re.compile(r"</?(?!(?:p|br|li|h[1-6]|title|meta|link|head|body|html|script|style|time)\b)[a-z][^<>]*>", re.I)
"""What a page loses that is nested too deep: every element but those that do not nest."""


BLOCKS = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dd", "dt", "blockquote", "section",
    "article", "header", "footer", "aside", "main", "nav", "table", "tbody", "tr", "td", "th", "figure",
    "figcaption", "form", "pre", "address", "details", "summary", "hgroup", "body", "fieldset",
))  # fmt: skip
UNREAD = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "head", "select", "button"))


def parse(html: str) -> Any:
    """The root element of a page (lxml), None if there is nothing in it.

    NUL characters go, as in browsers; others that no page may hold become blanks. A page that is nested deeper than the
    parser follows loses its nesting, not its text.
    """
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring

    html = _without_controls(html)
    if _is_too_deep(html):
        html = _FLAT.sub(" <br> ", html)
    try:
        return document_fromstring(html.encode("utf-8", "replace"), parser=_parser())  # type: ignore[no-untyped-call]
    except (LxmlError, ValueError, AssertionError):
        return None


def _without_controls(html: str) -> str:
    if _holds_none(html):
        return html
    return _CONTROLS.sub(" ", html.replace("\x00", ""))


def _holds_none(html: str) -> bool:
    """Whether a page holds none of _CONTROLS, told from its bytes, which is many times as fast as to search it."""
    try:
        data = html.encode()
    except UnicodeEncodeError:  # a surrogate
        return False
    return len(data.translate(None, _CONTROL_BYTES)) == len(data) and not any(c in data for c in _NO_CHARACTERS)


def _parser() -> Any:
    """A parser that makes all elements of one class, that of the extraction library.

    lxml.html's own asks a function in Python for the class whenever an element is met again, which takes a tenth of the
    time of cleaning.
    """
    from lxml.etree import ElementDefaultClassLookup, HTMLParser
    from lxml.html import HtmlElement

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
    return parser


def _is_too_deep(html: str) -> bool:
    """Whether elements are nested too deep, about: end tags that may be left out are not counted.

    Those that end in themselves count only where it would matter, for they are slower to tell.
    """
    steps = [_STEPS[name] for name in _NAME.findall(html)]
    if steps.count(1) <= _DEEPEST or _highest(steps) <= _DEEPEST:
        return False
    return _highest([0 if end else _STEPS[name] for name, end in _TAG.findall(html)]) > _DEEPEST


class _Steps(dict[str, int]):
    """By how much a tag, 'div' or '/div', goes deeper: 1, 0 or -1."""

    def __missing__(self, name: str) -> int:
        step = 0 if name.lstrip("/").lower() in _VOID else -1 if name[0] == "/" else 1
        if len(self) < _MOST_NAMES and len(name) < _LONG_NAME:
            self[name] = step
        return step


_STEPS = _Steps()


def _highest(steps: Sequence[int]) -> int:
    """The highest point of a way that never goes below the ground: what would, stays on it."""
    heights = list(accumulate(steps, initial=0))
    above: Iterator[int] = map(sub, heights, accumulate(heights, min))
    return max(above)


def text_of(element: Any) -> str:
    """The text of an element, blanks in one."""
    from lxml.etree import tostring

    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join(tostring(element, method="text", encoding="unicode", with_tail=False).split())


@dataclass(slots=True)
class Run:
    """Text that stands together on a page: no block begins or ends in it.

    `linked`: how many of its characters are in links; `times`: the machine's form of the times in it.
    """

    element: Any
    text: str
    linked: int
    times: tuple[str, ...]

    @property
    def link_share(self) -> float:
        """How much of it is in links, 0 to 1."""
        return self.linked / len(self.text) if self.text else 0.0


def runs(root: Any) -> list[Run]:
    """The text of a page in order, as it is seen, in runs that are not blank (or hold a time)."""
    from lxml.etree import iterwalk

    found: list[Run] = []
    blocks: list[Any] = [root]
    parts: list[str] = []
    times: list[str] = []
    linked = links = 0

    def flush() -> None:
        nonlocal linked
        if not parts and not times:
            return
        text = " ".join("".join(parts).split())
        if text or times:
            found.append(Run(blocks[-1], text, min(linked, len(text)), tuple(times)))
        parts.clear()
        times.clear()
        linked = 0

    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in UNREAD or not isinstance(tag, str):
                walk.skip_subtree()
                continue
            if tag in BLOCKS:
                flush()
                blocks.append(element)
            elif tag == "a":
                links += 1
            elif tag == "br":
                parts.append(" ")
            elif tag == "time" and element.get("datetime"):
                times.append(element.get("datetime"))
            text = element.text
        else:
            if tag in BLOCKS and tag not in UNREAD:
                flush()
                blocks.pop()
            elif tag == "a":
                links -= 1
            text = element.tail if element is not root else None
        if text:
            parts.append(text)
            if links:
                linked += len(" ".join(text.split()))
    flush()
    return found


def names_of(element: Any) -> str:
    """The class and id of an element, by which sites call their parts."""
    return f"{element.get('class', '')} {element.get('id', '')}"


def link_share(element: Any) -> float:
    """How much of an element's text is in links, 0 to 1."""
    linked = sum([len(text_of(a)) for a in element.iter("a")])
    return linked / len(text_of(element)) if linked else 0.0

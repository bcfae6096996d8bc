"""XML: parsed within bounds, with what feeds do wrong put right and what is dangerous left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from recoupe.errors import LoadError
from recoupe.loading.decoding import decode

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENTITY = re.compile(r"&(?:#\d{1,7};|#x[0-9a-fA-F]{1,6};|(\w{1,31});)?")
_ROOT = re.compile(r"<[A-Za-z_]")
_DECLARATION = re.compile(r"<![^>\[]*[>\[]")
_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))


def parse(data: bytes, address: str, charset: str | None = None) -> Any:
    """The root element (lxml) of a document.

    What is malformed is read as far as it goes. Raises LoadError for what is no XML at all, and for a document that
    declares entities of its own, with which a kilobyte can be made to hold gigabytes or the files of this machine.
    """
    from lxml import etree

    text, _ = decode(data, address, charset, page=True)
    root, declares = root_of(text)
    if declares:
        raise LoadError(f"{address}: declares entities of its own (a DOCTYPE with brackets), which is refused.")
    if root < 0:
        raise LoadError(f"{address}: is no XML; a feed or a list was expected.")
    # from its root on, there is no declaration left that a parser could obey
    body = _CONTROLS.sub(" ", _ENTITY.sub(_resolved, text[root:]))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        found = etree.fromstring(body.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise LoadError(f"{address}: is no XML that can be read ({str(error)[:100]}).") from None
    if found is None:
        raise LoadError(f"{address}: is no XML that can be read.")
    return found


def root_of(text: str) -> tuple[int, bool]:
    """Where the root element begins (-1: nowhere), and whether a declaration of entities stands before it."""
    at, declares = 0, False
    while 0 <= at < len(text):
        if text.startswith("<!--", at):
            at = _behind(text, "-->", at + 4)
        elif text.startswith("<?", at):
            at = max(_behind(text, "?>", at + 2), at + 2)
        elif text.startswith("<!", at):
            end = _DECLARATION.match(text, at)
            if end is None or end[0].endswith("["):
                declares = True
                at = max(_behind(text, "]", at), at + 2)
            else:
                at = end.end()
        elif _ROOT.match(text, at):
            return at, declares
        else:
            at = text.find("<", at + 1)
    return -1, declares


def _behind(text: str, what: str, at: int) -> int:
    found = text.find(what, at)
    return found + len(what) if found >= 0 else -1


def _resolved(match: re.Match[str]) -> str:
    """An entity as a character; an ampersand that begins none is meant as one."""
    if match[0] == "&":
        return "&amp;"
    name = match[1]
    if name is None or name in _OWN:
        return match[0]
    character = html5.get(f"{name};")
    return character if character and character not in "<&>" else f"&amp;{name};"


def name_of(element: Any) -> str:
    """The name of an element without its namespace, in small letters; '' for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def space_of(element: Any) -> str:
    """The namespace of an element, '' without one."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children of an element that bear one of the names, in any namespace."""
    return (child for child in element if name_of(child) in names)


def child(element: Any, *names: str) -> Any:
    """The first child that bears the first of the names that there is, else None."""
    for name in names:
        found = next(children(element, name), None)
        if found is not None:
            return found
    return None


def text_of(element: Any) -> str:
    """All text in an element, '' for None."""
    return "".join(element.itertext()).strip() if element is not None else ""


def line_of(element: Any, most: int = 1000) -> str | None:
    """The text of an element on one line, None where there is none."""
    return " ".join(text_of(element).split())[:most] or None


def inner(element: Any) -> str:
    """What is in an element, with its tags: mark-up that was not escaped."""
    from lxml import etree

    parts = [element.text or ""]
    parts += [etree.tostring(part, encoding="unicode", with_tail=True) for part in element]
    return "".join(parts).strip()

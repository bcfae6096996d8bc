"""Authors: whom the elements of a page name as its author."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import cache, lru_cache
from typing import Any

HINTS = (
    "uthor", "byl", "Byl", "BBL", "username", "channel-name", "zuozhe", "bianji", "xiaobian", "submitted-by",
    "posted-by", "journalist-name", "screenname", "writer",
)  # fmt: skip
"""One of these is in some attribute of each element that trafilatura takes for an author's."""


def author_of(root: Any) -> str | None:
    """What trafilatura finds, which searches all elements several times, in a copy of the page and with patterns.

    It is given those that may be an author's alone: an element is judged by its own attributes, and left out with one
    that stands around it.
    """
    from trafilatura.metadata import extract_author

    if next(root.iter("rel"), None) is not None:  # tells of the element around it, without an attribute
        return extract_author(root)
    said = " ".join(_attributes()(root))
    found = _named_so(tuple([hint for hint in HINTS if hint in said]))(root)
    return extract_author(_alone(root, found)) if found else None


@cache
def _attributes() -> Any:
    """Finds the values of all attributes of a page."""
    from lxml.etree import XPath

    return XPath("//@*", smart_strings=False)


@lru_cache(maxsize=64)
def _named_so(hints: tuple[str, ...]) -> Any:
    """Finds the elements with one of some hints in an attribute, in the order of the page."""
    from lxml.etree import XPath

    return XPath(" | ".join(["//author", *[f"//*[@*[contains(., '{hint}')]]" for hint in hints]]))


def _alone(root: Any, found: Sequence[Any]) -> Any:
    """A copy of a page with nothing but some of its elements, in what stands around them."""
    if found[0] is root:
        return root
    made = {root: root.makeelement(root.tag, dict(root.attrib))}
    kept = set(found)
    for element in found:
        around = list(element.iterancestors())
        if not kept.isdisjoint(around):
            continue
        for outer in reversed(around):
            if outer not in made:
                made[outer] = outer.makeelement(outer.tag, dict(outer.attrib))
                made[outer.getparent()].append(made[outer])
        made[around[0]].append(deepcopy(element))
    return made[root]

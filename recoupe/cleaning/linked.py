"""Linked data: what a page says of its report in JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_ARTICLE = re.compile(r"Article|Posting|Report|Review|LiveBlog|NewsItem|Story|Recipe$", re.I)
_MOST = 2_000_000  # characters of JSON that are read in one page
_DEEPEST = 12


def reports(root: Any) -> list[dict[str, Any]]:
    """The objects of a page that describe a report, the likeliest first: those that have a headline and a date.

    An author or publisher that is only referred to (`{"@id": …}`) is put in its place.
    """
    things = list(_things(root))
    named = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and thing.get("name")}
    found = [_resolved(thing, named) for thing in things if _is_report(thing)]
    found.sort(key=lambda thing: -sum(key in thing for key in ("headline", "datePublished", "articleBody", "author")))
    return found


def _things(root: Any) -> Iterator[dict[str, Any]]:
    left = _MOST
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        left -= len(script.text)
        if left < 0:
            return
        yield from _walk(_parsed(script.text), 0)


def _parsed(text: str) -> Any:
    text = re.sub(r"^\s*(?://)?\s*<!\[CDATA\[|//\s*\]\]>\s*$|^\s*<!--|-->\s*$", "", text.strip().rstrip(";"))
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            if isinstance(inner, (dict, list)):
                yield from _walk(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:200]:
            yield from _walk(inner, depth + 1)


def _resolved(thing: dict[str, Any], named: dict[str, dict[str, Any]]) -> dict[str, Any]:
    def resolve(value: Any) -> Any:
        if isinstance(value, list):
            return [resolve(item) for item in value[:20]]
        if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
            return named.get(value["@id"])
        return value

    return thing | {key: resolve(thing[key]) for key in ("author", "publisher", "creator") if key in thing}


def _is_report(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds)


def text(value: Any) -> str | None:
    """A value that is text, or the name or the first item of what it is."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return " ".join(value.split())[:500] or None if isinstance(value, str) else None


def names(value: Any) -> list[str]:
    """The names in a value: of one thing, of a list of them, or the text itself."""
    found = [text(item) for item in (value if isinstance(value, list) else [value])]
    return [name for name in found if name and "://" not in name]

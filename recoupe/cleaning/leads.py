"""Leads: the paragraph under the title, which many sites set apart from the text and extraction then misses."""

from __future__ import annotations

import re
from typing import Any

from recoupe.cleaning.tree import leaves, link_share, names_of, text_of

_LEAD = re.compile(
    r"(?<![a-z])(?:teaser|lead|lede|leadtext|intro\w*|abstract|excerpt|summary|standfirst|dek|subhead\w*|sub-?title|subline|"
    r"subtitulo|chapo|chapeau|vorspann|anrei[sß]er|preface|ingress|bajada|entradilla|description|hook|sommario|occhiello|"
    r"kicker-?text|article-?(?:lead|intro)|text-lead)",
    re.I,
)
_ELSEWHERE = frozenset(("figure", "figcaption", "aside", "nav", "footer", "form", "li"))
_ASIDE = re.compile(r"sidebar|related|widget|caption|image|cookie|footer|author|comment|promo|card|list", re.I)
_SHORTEST, _LONGEST = 50, 1500
_MOST_BLOCKS = 4
_SEARCHED = 60  # blocks before the text in which its lead may stand


def leads(root: Any, text: str, title: str | None, description: str | None) -> list[str]:
    """The paragraphs that belong before `text`, which was extracted from the page; usually none or one."""
    blocks = [(element, text_of(element)) for element in leaves(root)]
    first = _first_block(blocks, text)
    if first is None:
        return []
    start = _after_title(blocks, first, title)
    there = " ".join(text.split())
    found: list[str] = []
    for element, content in blocks[start:first]:
        if (
            _SHORTEST <= len(content) <= _LONGEST
            and content[:60] not in there
            and _is_lead(element, content, description)
        ):
            if content not in found:
                found.append(content)
    return found if len(found) <= _MOST_BLOCKS and sum(map(len, found)) <= _LONGEST else []


def _first_block(blocks: list[tuple[Any, str]], text: str) -> int | None:
    """The block in which the text begins."""
    for line in text.split("\n")[:8]:
        start = " ".join(line.split()).lstrip("-| ")[:50]
        if len(start) < 25:
            continue
        for i, (_, content) in enumerate(blocks):
            if start in content:
                return i
    return None


def _after_title(blocks: list[tuple[Any, str]], first: int, title: str | None) -> int:
    """The block after the title: the last h1, or the last that reads like the title."""
    for i in range(first - 1, max(-1, first - _SEARCHED), -1):
        element, content = blocks[i]
        if element.tag == "h1" or any(a.tag == "h1" for a in element.iterancestors()) or (title and content == title):
            return i + 1
    return max(0, first - 12)


def _is_lead(element: Any, content: str, description: str | None) -> bool:
    if link_share(element) > 0.3:
        return False
    around = [element, *list(element.iterancestors())[:3]]
    if any(a.tag in _ELSEWHERE for a in around) or any(_ASIDE.search(names_of(a)) for a in around):
        return False
    if description and len(description) >= _SHORTEST and content[:45] == description[:45]:
        return True
    ended = content.rstrip('”"»’) ')[-1:] in (".", "!", "?", "…", ":")
    if any(_LEAD.search(names_of(a)) for a in around[:3]):
        return ended or len(content) >= 80
    return ended and len(content) >= 80 and any(a.tag in ("header", "hgroup") for a in around)

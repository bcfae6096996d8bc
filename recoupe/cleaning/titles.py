"""Titles: the headline of a page and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from recoupe.cleaning.linked import text as linked_text
from recoupe.cleaning.tree import Run

_SITE = re.compile(r"\s+[|\-–—·»:•/]+\s+|\s*\|\s*")
_HEADINGS = ("h1", "h2", "h3", "h4")


def titles(root: Any, reports: list[dict[str, Any]]) -> list[str]:
    """What the page calls itself, the most trusted first: JSON-LD, Open Graph, Twitter, the title element."""
    found = [linked_text(r.get("headline")) for r in reports[:1]]
    for name in ("og:title", "twitter:title", "title", "dc.title", "sailthru.title"):
        found += [
            m.get("content") for m in root.iter("meta") if (m.get("property") or m.get("name") or "").lower() == name
        ]
    found += ["".join(e.itertext()) for e in root.iter("title")][:1]
    return list(dict.fromkeys(" ".join(t.split()) for t in found if t and t.strip()))


def title_run(page: Sequence[Run], called: Sequence[str]) -> int | None:
    """The number of the run that is the headline: a heading that reads as the page is called, or else the only h1."""
    keys = [key(part) for t in called for part in dict.fromkeys((t, _SITE.split(t)[0]))]
    best: tuple[float, int] | None = None
    for i, run in enumerate(page):
        if run.element.tag not in _HEADINGS or not run.text:
            continue
        mine = key(run.text)
        score = max((_likeness(mine, k) for k in keys), default=0.0)
        if score > 0.5 and (best is None or score > best[0] + 0.05):
            best = (score, i)
    if best:
        return best[1]
    ones = [i for i, run in enumerate(page) if run.element.tag == "h1" and len(run.text) > 12]
    return ones[0] if len(ones) == 1 else None


def headline(run: Run, called: Sequence[str]) -> str:
    """The words of a headline, without a rubric that stands before it in the same element."""
    for title in called:
        length = len(title)
        if 0.5 * len(run.text) < length < len(run.text) and run.text.endswith(title) and length > 15:
            return title
    return run.text


def key(text: str) -> str:
    """Letters and digits in lower case."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _likeness(mine: str, called: str) -> float:
    """How much of a title another is, 0 to 1; the name of the site may stand behind or before."""
    if not mine or not called:
        return 0.0
    if mine in called or called in mine:
        return min(len(mine), len(called)) / max(len(mine), len(called))
    a, b = set(mine.split()), set(called.split())
    return len(a & b) / max(len(a), len(b))


def without_site(title: str, site: str | None, headline: str | None) -> str:
    """A title without the name of the site that is written behind or before it."""
    parts = [p for p in _SITE.split(title) if p]
    if len(parts) < 2:
        return title
    if headline and key(headline) in (key(p) for p in parts):
        return next(p for p in parts if key(p) == key(headline))
    if site and key(parts[-1]) == key(site):
        return title[: title.rfind(parts[-1])].rstrip(" |-–—·»:•/")
    if site and key(parts[0]) == key(site):
        return title[len(parts[0]) :].lstrip(" |-–—·»:•/")
    return title

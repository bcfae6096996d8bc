"""Leads: the paragraph under the title, which many sites set apart from the text and extraction then misses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from recoupe.cleaning.tree import Run, names_of

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
_SEARCHED = 60  # runs before the text in which its lead may stand
_BEFORE = 12  # the same where no title is known


def leads(page: Sequence[Run], title: int | None, text: str, description: str | None) -> list[str]:
    """The paragraphs of a page that belong before `text`, which was extracted from it; usually none or one.

    `title` is the number of the run that is the title, where one is known.
    """
    first = _first_run(page, text, 0 if title is None else title + 1)
    if first is None:
        return []
    start = max(0, first - _BEFORE) if title is None else title + 1
    there = " ".join(text.split())
    found: list[str] = []
    for run in page[max(start, first - _SEARCHED) : first]:
        fits = _SHORTEST <= len(run.text) <= _LONGEST and run.text[:60] not in there
        if fits and run.text not in found and _is_lead(run, description):
            found.append(run.text)
    return found if len(found) <= _MOST_BLOCKS and sum(map(len, found)) <= _LONGEST else []


def _first_run(page: Sequence[Run], text: str, start: int) -> int | None:
    """The run, from `start` on, in which the text begins."""
    for line in text.split("\n")[:8]:
        beginning = " ".join(line.split()).lstrip("-| ")[:50]
        if len(beginning) < 25:
            continue
        for i in range(start, len(page)):
            if beginning in page[i].text:
                return i
    return None


def _is_lead(run: Run, description: str | None) -> bool:
    if run.link_share > 0.3:
        return False
    around = [run.element, *islice(run.element.iterancestors(), 3)]
    if any(a.tag in _ELSEWHERE for a in around) or any(_ASIDE.search(names_of(a)) for a in around):
        return False
    if description and len(description) >= _SHORTEST and run.text[:45] == description[:45]:
        return True
    ended = run.text.rstrip('”"»’) ')[-1:] in (".", "!", "?", "…", ":")
    if any(_LEAD.search(names_of(a)) for a in around[:3]):
        return ended or len(run.text) >= 80
    return ended and len(run.text) >= 80 and any(a.tag in ("header", "hgroup") for a in around)

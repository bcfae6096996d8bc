"""HTML: the main text of a page and what the page says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from itertools import islice
from typing import Any

from recoupe.cleaning import linked
from recoupe.cleaning.leads import leads
from recoupe.cleaning.metadata import PageMetadata
from recoupe.cleaning.page import Page
from recoupe.cleaning.pagedates import page_dates
from recoupe.cleaning.pruning import prune
from recoupe.cleaning.titles import headline, key, title_run, titles, without_site
from recoupe.cleaning.tree import Run, parse, runs
from recoupe.errors import CleanError

_PROSE = 120  # characters of a paragraph that reads like text
_FEW = 0.5  # of those characters, found: so much less, and pruning took the text with it
_MORE = 1.3
_HUGE = 1_000_000  # characters of a page whose main text is not searched for: its long paragraphs are taken
_MOST_METAS = 1_000
_MANY = 12_000  # paragraphs, and links, likewise
_SHORT = 300  # characters of a text that may be a teaser of what the linked data hold in full


def read_page(html: str, address: str, url: str | None = None) -> Page:
    """The article in a page. Raises CleanError if there is no text in it."""
    root = parse(html)
    if root is None:
        raise CleanError(f"{address}: the page is empty.")
    page = runs(root)
    reports = linked.reports(root)
    called = titles(root, reports)
    at = title_run(page, called)
    huge = _is_huge(root, page)
    metadata = PageMetadata(root, url, quiet=huge)
    canonical = _canonical(root) or metadata.url or url
    lang = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()[:20] or None
    published, updated = page_dates(
        root,
        page,
        at,
        reports,
        url or canonical,
        lang and lang[:2].lower(),
        lambda: None if huge else _searched(root),
    )
    site = _named(root, "og:site_name") or next((n for r in reports for n in linked.names(r.get("publisher"))), None)
    title = headline(page[at], called) if at is not None else None
    title = title or (without_site(called[0], site or metadata.site, None) if called else None) or metadata.title
    authors = [n for r in reports[:1] for n in linked.names(r.get("author"))] or metadata.authors
    outlet, locale = site or metadata.site, _named(root, "og:locale")
    text = _long_paragraphs(page) if huge else _main_text(root, page, at, title, reports, lambda: parse(html))
    if not any(c.isalnum() for c in text):
        raise CleanError(f"{address}: the page holds no text that reads like an article.")
    return Page(
        text=text,
        title=title,
        outlet=outlet,
        authors=tuple(dict.fromkeys(authors)),
        published=published,
        updated=updated,
        url=canonical,
        language=lang or locale,
    )


def date_of_page(html: str, url: str | None = None) -> str | None:
    """When a page was published, as ISO 8601; None where nothing tells."""
    root = parse(html)
    if root is None:
        return None
    page = runs(root)
    reports = linked.reports(root)
    huge = _is_huge(root, page)
    lang = (root.get("lang") or "").strip()[:2].lower() or None
    at = title_run(page, titles(root, reports))
    return page_dates(root, page, at, reports, url, lang, lambda: None if huge else _searched(root))[0]


def _searched(root: Any) -> str | None:
    from htmldate import find_date

    try:
        found = find_date(deepcopy(root), original_date=True, extensive_search=True)
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError):
        return None
    return str(found) if found else None


def _main_text(
    root: Any,
    page: Sequence[Run],
    at: int | None,
    title: str | None,
    reports: list[dict[str, Any]],
    again: Callable[[], Any],
) -> str:
    """The text of the report, its lead first, without its title; `root` is pruned on the way, `again` makes another."""
    description = _description(root)
    prune(root)
    text = _extracted(root)
    if len(text) < _FEW * sum(len(run.text) for run in page if len(run.text) >= _PROSE and _stands(run, root)):
        unpruned = _extracted(again())
        if len(unpruned) > _MORE * len(text):
            text = unpruned
    body = next((b for r in reports if isinstance(b := r.get("articleBody"), str)), "")
    if len(text) < _SHORT and len(body) > 2 * len(text) and "<" not in body:
        text = body.strip()
    text = _below_title(text, title)
    return "\n".join([*leads(page, at, text, description), text])


def _stands(run: Run, root: Any) -> bool:
    """Whether a run's element is still in the tree."""
    return run.element is root or any(above is root for above in run.element.iterancestors())


def _extracted(root: Any) -> str:
    import trafilatura

    try:
        found = trafilatura.bare_extraction(root, options=_extractor())  # works on a copy
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError):  # what odd pages make it raise
        return ""
    return (getattr(found, "text", None) or "") if found else ""


@cache
def _extractor() -> Any:
    """The options of the extraction, which take a while to make."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", with_metadata=False, comments=False)


def _is_huge(root: Any, page: Sequence[Run]) -> bool:
    """Whether a page is so large that the search for its main text would take too long."""
    if len(page) > _MANY or sum(len(run.text) for run in page) > _HUGE:
        return True
    return sum(1 for _ in islice(root.iter(), 10 * _MANY)) >= 10 * _MANY or any(
        sum(1 for _ in root.iter(t)) > most for t, most in (("a", _MANY), ("meta", _MOST_METAS))
    )


def _long_paragraphs(page: Sequence[Run]) -> str:
    return "\n".join(run.text for run in page if len(run.text) >= _PROSE // 2 and run.link_share < 0.5)


def _below_title(text: str, title: str | None) -> str:
    """A text without its title and what stands above it, if that is a line or two such as a rubric."""
    if not title:
        return text
    rows, wanted = text.split("\n"), key(title)
    for i in range(min(4, len(rows)) - 1, -1, -1):
        if sum(map(len, rows[:i])) < _PROSE and key(rows[i]) == wanted:
            return "\n".join(rows[i + 1 :])
    return text


def _description(root: Any) -> str | None:
    return _named(root, "og:description") or _named(root, "description")


def _named(root: Any, name: str) -> str | None:
    for element in root.iter("meta"):
        if (element.get("property") or element.get("name") or "").lower() == name:
            return " ".join((element.get("content") or "").split()) or None
    return None


def _canonical(root: Any) -> str | None:
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            href = (element.get("href") or "").strip()
            return href if href.startswith(("http://", "https://")) else None
    return None

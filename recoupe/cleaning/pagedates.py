"""Page dates: when a page was published and last changed.

Sources in the order of their trust: JSON-LD, meta elements that mean publication, the address, what stands beside the
title, meta elements that may mean anything, and last the search of htmldate over all of the page.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any

from recoupe.cleaning.dates import Calendar, date_in_address, iso_day
from recoupe.cleaning.phrases import Words
from recoupe.cleaning.tree import Run, names_of
from recoupe.languages import available

_PUBLISHED = frozenset((
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "publication-date", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "dc.date.issued", "dcterms.issued",
    "dc.date.created", "dcterms.created", "bt:pubdate", "rbpubdate", "article_date_original",
    "originalpublicationdate", "date.issued", "datecreated", "article:publicationdate", "article.created",
    "analyticsattributes.articledate", "citation_publication_date", "citation_date", "ptime", "timestamp",
    "vr:published_time", "article:published", "sc:publishdate", "shareaholic:article_published_time", "release_date",
))  # fmt: skip
_UPDATED = frozenset((
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "lastmod",
    "last-modified", "dc.date.modified", "dcterms.modified", "article:modified", "revised", "updated",
    "date.updated",
))  # fmt: skip
_WEAK = frozenset(("date", "dc.date", "dcterms.date"))
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T |]+(\d\d)[:h](\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?(?!\d)",
    re.I,
)
_ENGLISH = re.compile(r"([A-Z][a-z]{2})[a-z]* (\d{1,2}),? (\d{4})(?:\s+(\d\d):(\d\d))?")
_MONTHS = {
    m: i for i, m in enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1)
}
_AROUND = re.compile(
    r"sidebar|related|widget|footer|comment-|teaser|recommend|trending|more-|latest|nav(?![a-z]*y)|menu|cookie", re.I
)
_LANGUAGES = ("de", "fr", "es", "it", "nl", "pt", "ru", "uk", "vi")  # tried where a page does not say which it is in
_MOST_METAS = 500
_FEW = 12  # words beside a date that stands alone
_LONGEST_LINE = 160
_BEFORE, _AFTER = 8, 14  # blocks before and after the title in which its date may stand


def stamp(told: str | None) -> str | None:
    """A machine's date as ISO 8601, to the second at most; None if it is none or no report can be of it.

    >>> stamp("2023-11-09T02:11:03.5Z"), stamp("Tue, Sep 15 2020 10:01:41 EDT")
    ('2023-11-09T02:11:03+00:00', '2020-09-15T10:01:41-04:00')
    """
    told = (told or "").strip()[:60]
    match = _ISO.search(told)
    if match:
        day = iso_day(int(match[1]), int(match[2]), int(match[3]))
        return day and day + _clock(match[4], match[5], match[6], match[7])
    if re.fullmatch(r"\d{8}(?:T?\d{4,6}Z?)?", told):
        return iso_day(int(told[:4]), int(told[4:6]), int(told[6:8]))
    try:
        parsed = parsedate_to_datetime(told)
        return parsed.isoformat() if iso_day(parsed.year, parsed.month, parsed.day) else None
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    match = _ENGLISH.search(told)
    if match and match[1] in _MONTHS:
        day = iso_day(int(match[3]), _MONTHS[match[1]], int(match[2]))
        return day and day + _clock(match[4], match[5], None, None)
    return None


def _clock(hour: str | None, minute: str | None, second: str | None, zone: str | None) -> str:
    if not hour or not minute or int(hour) > 23 or int(minute) > 59:
        return ""
    zone = zone or ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        zone = "+00:00"
    elif zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"T{hour}:{minute}" + (f":{second}" if second and int(second) < 60 else "") + zone


def page_dates(
    root: Any,
    page: Sequence[Run],
    title: int | None,
    reports: list[dict[str, Any]],
    url: str | None,
    lang: str | None,
    search: Callable[[], str | None],
) -> tuple[str | None, str | None]:
    """When a page was published and updated, as ISO 8601; `search` is asked where nothing else tells."""
    metas = list(_metas(root))
    beside = beside_title(page, title, lang)
    linked = next((s for r in reports if (s := stamp(_told(r.get("datePublished"))))), None)
    strong = linked or next((s for name, s in metas if name in _PUBLISHED), None)
    updated = next((s for r in reports if (s := stamp(_told(r.get("dateModified"))))), None)
    updated = updated or next((s for name, s in metas if name in _UPDATED), None)
    in_address = date_in_address(url) if url else None
    if strong:
        # a page that was moved to another system may be stamped anew; its address tells the older day
        if in_address and _days(in_address, strong) > 2:
            return in_address, updated
        return _seen(strong, updated, beside, root), updated
    if in_address:
        return in_address, updated
    if beside and beside.alone:
        return beside.date, updated
    weak = next((s for name, s in metas if name in _WEAK), None)
    return weak or search() or (beside.date if beside else None), updated


def _told(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, str) else None


def _metas(root: Any) -> Iterator[tuple[str, str]]:
    for element in islice(root.iter("meta"), _MOST_METAS):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        when = stamp(element.get("content")) if name else None
        if when:
            yield name.strip().lower(), when


def _days(earlier: str, later: str) -> int:
    """Days from one to the other."""
    return (datetime.date.fromisoformat(later[:10]) - datetime.date.fromisoformat(earlier[:10])).days


def _seen(told: str, updated: str | None, beside: Beside | None, root: Any) -> str:
    """The day that readers saw, where it is not that of the machine's stamp.

    One in universal time may be of the day before or after; others are of when a page was set up.
    """
    if told.endswith("+00:00") and "T" in told:
        moment = datetime.datetime.fromisoformat(told)
        for element in islice(root.iter("time"), _MOST_METAS):
            other = stamp(element.get("datetime"))
            if other and _same_moment(other, moment):
                return other
    if beside and beside.alone and _days(told, beside.date) in (-1, *range(1, _days(told, updated or told) + 2)):
        return beside.date
    return told


def _same_moment(told: str, moment: datetime.datetime) -> bool:
    if "T" not in told or told[-6] not in "+-" or told.endswith("+00:00"):
        return False
    try:
        return abs((datetime.datetime.fromisoformat(told) - moment).total_seconds()) < 120
    except (ValueError, TypeError):
        return False


@dataclass(frozen=True, slots=True)
class Beside:
    """A date that stands beside the title; `alone`: in a line of its own, with a name or a place at most."""

    date: str
    alone: bool


def beside_title(page: Sequence[Run], title: int | None, lang: str | None) -> Beside | None:
    """The date that stands nearest to the title (run number `title`), after it or else before it."""
    if title is None:
        return None
    others = () if lang else _LANGUAGES
    calendar = Calendar(lang or "en", None if lang in available() else "dmy", others)  # without a pack: most write dmy
    loose: Beside | None = None
    for part in (page[title + 1 : title + _AFTER], page[max(0, title - _BEFORE) : title][::-1]):
        for run in part:
            found = _date_of(run, calendar)
            if found and found.alone:
                return found
            loose = loose or found
    return loose


def _date_of(run: Run, calendar: Calendar) -> Beside | None:
    if any(_AROUND.search(names_of(a)) or a.tag in ("nav", "aside", "footer") for a in _near(run.element)):
        return None
    text = run.text[:_LONGEST_LINE]
    digits = sum(c.isdecimal() for c in text)
    words = Words(text) if digits >= 4 and "//" not in text else None
    dates = calendar.find(words.norms) if words else []
    if dates and words:
        i, j, date = dates[0]
        rest = len(words) - (j - i)
        if i == 0 or rest <= _FEW:
            return Beside(date, rest <= _FEW or (i == 0 and run.element.tag != "li"))
    when = next((when for told in run.times if (when := stamp(told))), None)
    if when and len(run.text) <= _LONGEST_LINE:
        return Beside(when, True)
    return Beside(dates[0][2], False) if dates and len(run.text) <= _LONGEST_LINE else None


def _near(element: Any) -> Iterator[Any]:
    yield element
    for ancestor in islice(element.iterancestors(), 4):
        if ancestor.tag in ("body", "html"):
            return
        yield ancestor

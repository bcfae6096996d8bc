"""Cleaning: Report -> Article. Finds the main text, its language, title, dates and provenance; marks page furniture."""

from __future__ import annotations

import re
from pathlib import PurePath

from recoupe.cleaning import clutter, heading
from recoupe.cleaning.agencies import agency_of
from recoupe.cleaning.language import identify
from recoupe.cleaning.page import Page
from recoupe.cleaning.plain import read_text
from recoupe.errors import CleanError
from recoupe.records import Article, Report

__all__ = ["clean"]


def clean(report: Report) -> Article:
    """The article in a report. Raises CleanError if there is no text, or none in a language that has a pack."""
    page = _page(report)
    if not any(c.isalnum() for c in page.text):
        raise CleanError(f"{report.address}: holds no text to read.")
    lang = identify(page.text, report.address, report.language, page.language)
    return _article(report, page, lang)


def reading_text(report: Report, page: Page) -> str:
    """The text of a page without its clutter and its title: what is left to read."""
    try:
        lang = identify(page.text, report.address, report.language, page.language)
    except CleanError:
        return page.text
    marks = clutter.mark(page.text, lang, page.title)
    kept = (
        line
        for line, role in zip(marks.lines, marks.roles)
        if role == "report" or (role == "heading" and line is not marks.title)
    )
    return "\n".join(page.text[line.start : line.end] for line in kept)


def _page(report: Report) -> Page:
    if report.media == "html":
        from recoupe.cleaning.html import read_page  # brings the extraction library, a second of imports

        return read_page(report.content, report.address, report.url)
    return read_text(report)


def _article(report: Report, page: Page, lang: str) -> Article:
    known = report.title or page.title
    marks = clutter.mark(page.text, lang, known)
    sources, source = heading.sources_of(marks)
    url = report.url or page.url or source
    said = heading.dates_of(marks, lang, url)
    dates = heading.Dates(
        published=heading.normal_date(report.published) or page.published or said.published,
        updated=heading.normal_date(report.updated) or page.updated or said.updated,
    )
    return Article(
        id=report.id or _id(report.address),
        path=report.address,
        text=page.text,
        lang=lang,
        title=heading.title_of(marks, page.text, known),
        url=url,
        outlet=report.outlet or page.outlet or heading.outlet_of(url),
        authors=report.authors or page.authors or heading.authors_of(marks, lang),
        published=dates.published,
        updated=dates.updated,
        day=dates.day,
        translated_from=heading.translated_from(marks, lang, source),
        headings=marks.spans("heading"),
        clutter=marks.spans("clutter", "caption"),
        captions=marks.spans("caption"),
        sources=sources,
        credits=tuple(dict.fromkeys(agency_of(name) or name for name in report.credits)),
        notes=(*report.notes, *page.notes),
    )


def _id(address: str) -> str:
    """A short name by the address: 'a' of reports/a.fr.txt; it is the pipeline's to see that no two are the same."""
    name = PurePath(address.rstrip("/").split("?")[0]).name.split(".")[0]
    return re.sub(r"[^\w-]+", "-", name).strip("-")[:40] or "report"

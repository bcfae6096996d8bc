"""Heading: title, outlet, authors, dates and provenance, from what the source said and from the lines of the text."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from recoupe.cleaning.agencies import names_agency
from recoupe.cleaning.clutter import Marks
from recoupe.cleaning.dates import date_in_address, iso_day
from recoupe.cleaning.language import foreign
from recoupe.cleaning.phrases import Words, furniture_of
from recoupe.records import Period, Span

_TITLE = 110  # code points of a title that had to be made of a first sentence
_SENTENCE = re.compile(r".{20,}?[.!?…](?=[\s»”\"]|$)", re.S)
_SLUG_WORD = re.compile(r"[a-z]{2,}")
_BYLINE = 10  # words
_UPDATE_LAG = 2  # days that a report is older, at most, than the update it names


@dataclass(frozen=True, slots=True)
class Dates:
    """ISO 8601, with a clock time where one is known."""

    published: str | None = None
    updated: str | None = None

    @property
    def day(self) -> Period | None:
        """The days on which the report can have been published: that day; or up to two days before an update."""
        if self.published:
            return Period(self.published[:10], self.published[:10])
        if self.updated:
            last = datetime.date.fromisoformat(self.updated[:10])
            return Period((last - datetime.timedelta(days=_UPDATE_LAG)).isoformat(), last.isoformat())
        return None


def title_of(marks: Marks, text: str, known: str | None) -> str:
    """The known title, the line that is the title, or the beginning of the first sentence."""
    if known and known.strip():
        return " ".join(known.split())[:500]
    if marks.title:
        return " ".join(marks.title.head.split())
    first = next((line for line, role in zip(marks.lines, marks.roles) if role == "report"), None)
    first = first or next(iter(marks.lines), None)
    if first is None:
        return ""
    sentence = _SENTENCE.match(first.head)
    return shortened(" ".join((sentence[0] if sentence else first.head).split()))


def shortened(text: str) -> str:
    """At most _TITLE code points, cut between words."""
    if len(text) <= _TITLE:
        return text
    cut = text[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:–—-")
    return f"{cut} …"


def dates_of(marks: Marks, lang: str, address: str | None) -> Dates:
    """What the lines of the text say of the days of the report, and its address where they say nothing."""
    furniture = furniture_of(lang)
    published, updated = [], []
    first_report = next((i for i, role in enumerate(marks.roles) if role == "report"), len(marks.lines))
    for i, (line, sign) in enumerate(zip(marks.lines, marks.signs)):
        if sign is None or sign.kind not in ("published", "updated", "date"):
            continue
        words = Words(line.head)
        said = {m.value.kind: m.captures["date"] for _, m in furniture.find(words, "dates")}
        if "published" in said:
            published.append(said["published"])
        if "updated" in said:
            updated.append(said["updated"])
        if not said and sign.value and i < first_report:
            published.append(sign.value)
    first = published[0] if published else address and date_in_address(address)
    return Dates(first or None, max(updated) if updated else None)


def normal_date(told: str | None) -> str | None:
    """A date as some source gives it, as ISO 8601; None if it is none."""
    if not told:
        return None
    told = told.strip()
    try:
        parsed = datetime.datetime.fromisoformat(told)
        return told[:10] if len(told) == 10 else parsed.isoformat()
    except ValueError:
        pass
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)(?!\d)", told)
    if match:
        return iso_day(int(match[1]), int(match[2]), int(match[3]))
    try:
        return parsedate_to_datetime(told).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def sources_of(marks: Marks) -> tuple[tuple[Span, ...], str | None]:
    """The lines that say where the report comes from, and the first address that they give."""
    spans, address = [], None
    awaited = False
    for line, sign, role in zip(marks.lines, marks.signs, marks.roles):
        kind = sign.kind if sign else None
        if kind in ("source", "agency") or (awaited and kind == "link"):
            spans.append(Span(line.start, line.end))
            if sign and kind != "agency":
                address = address or sign.value
        elif role == "clutter" and kind in (None, "author") and line.words <= _BYLINE and names_agency(line.head):
            spans.append(Span(line.start, line.end))
        awaited = bool(sign and kind == "source" and sign.label)
    return tuple(spans), address


def outlet_of(url: str | None) -> str | None:
    """The host of an address, without www."""
    if not url:
        return None
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return re.sub(r"^(?:www\d?|m|amp)\.", "", host) or None


def authors_of(marks: Marks, lang: str) -> tuple[str, ...]:
    """The people named in bylines, without the agencies beside them."""
    said = [sign.value for _, sign in marks.with_sign("author") if sign.value]
    if not said:
        return ()
    parts = re.split(rf"[,;&/|()]|\s(?:{_and(lang)})\s", " , ".join(said))
    names = (" ".join(part.split()) for part in parts)
    return tuple(dict.fromkeys(n for n in names if n[:1].isupper() and not names_agency(n)))


def _and(lang: str) -> str:
    """The word for 'and', as a pattern."""
    from babel import Locale, UnknownLocaleError

    try:
        last = Locale.parse(lang).list_patterns["standard"]["2"]
    except (UnknownLocaleError, ValueError, KeyError):
        return "and"
    return "|".join({"and", re.escape(last.replace("{0}", "").replace("{1}", "").strip())} - {""})


def translated_from(marks: Marks, lang: str, source: str | None) -> str | None:
    """The language, as ISO 639-1, that the report was translated from, where it says so or its source shows it."""
    for _, sign in marks.with_sign("translated"):
        if sign.value and sign.value != lang:
            return sign.value
    return _language_of_source(source, lang) if source else None


def _language_of_source(url: str, lang: str) -> str | None:
    """The one language of the country of an address whose words are none of `lang`."""
    try:
        parts = urlsplit(url)
        country = (parts.hostname or "").rpartition(".")[2]
        words = _SLUG_WORD.findall(max(parts.path.split("/"), key=len))
    except ValueError:
        return None
    if len(country) != 2 or len(words) < 6 or not foreign(words, lang):
        return None
    from babel.languages import get_official_languages

    official = get_official_languages(country.upper(), de_facto=True)
    return official[0] if len(official) == 1 and official[0] != lang and len(official[0]) == 2 else None

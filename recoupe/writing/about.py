"""About: the one line that says what the story is."""

from __future__ import annotations

import re
from collections import Counter

from recoupe.records import Article, Comparison, Person, Reading, Span
from recoupe.writing.labels import called, label_in
from recoupe.writing.safe import clipped, line
from recoupe.writing.wording import Wording

_KINDS, _NAMES, _WORDS = 2, 3, 3
_OUTCOMES = ("kill", "injure", "accuse", "deny", "announce", "begin", "end", "plan", "interrupt")
"""Kinds of event that come of another one or say something of it: they name a story only where nothing else does."""
_LONG = 5
"""A title word shorter than this tells too little to stand for a story."""
_TITLE_WORD = re.compile(r"\w+(?:-\w+)*")


def about(comparison: Comparison, ui: Wording) -> str:
    """The kinds of event and the names that most reports share, and the days of the reports."""
    readings = comparison.story.readings
    names = _shared_names(comparison)
    parts = [_capital(", ".join(_shared_kinds(readings, ui) or _title_words(readings, names))), ", ".join(names)]
    parts = [p for p in parts if p] or [line(r.article.title) for r in readings[:1]]
    said = clipped(" · ".join(parts), 160, ui.tables["ellipsis"])
    days = report_days([r.article for r in readings])
    if days is None:
        return said
    return f"{said} — {ui.word('reports_of', date=ui.period(*days))}"


def report_days(articles: list[Article]) -> tuple[str, str] | None:
    """The first and the last day on which the reports can have been published, None where no report tells."""
    days: list[str] = []
    for article in articles:
        if article.published:
            days.append(article.published[:10])
        elif article.day is not None:
            days.extend(d[:10] for d in (article.day.start, article.day.end) if d)
    return (min(days), max(days)) if days else None


def _shared_kinds(readings: tuple[Reading, ...], ui: Wording) -> list[str]:
    """Kinds of event that at least two reports have, most shared first."""
    reports: Counter[str] = Counter()
    claims: Counter[str] = Counter()
    for reading in readings:
        events = [c.event for c in reading.claims if c.event]
        reports.update(set(events))
        claims.update(events)
    shared = [k for k in reports if reports[k] > 1]
    ranked = sorted(shared, key=lambda k: (-_titled(readings, k), k in _OUTCOMES, -reports[k], -claims[k], k))
    telling = [k for k in ranked if k not in _OUTCOMES] or ranked
    labels = [label for kind in telling if (label := called(kind, ui))]
    return list(dict.fromkeys(labels))[:_KINDS]


def _titled(readings: tuple[Reading, ...], kind: str) -> int:
    """In how many titles a kind of event is called by its label in the language of the report."""
    found = 0
    for reading in readings:
        label = label_in(kind, reading.article.lang)
        found += bool(label) and str(label).lower() in reading.article.title[:500].lower()
    return found


def _shared_names(comparison: Comparison) -> list[str]:
    """Names that at least two reports have; those in most titles first, then those in most reports."""
    ranked = []
    for place, person in enumerate(comparison.names):
        reports = {reading for reading, _ in person.members}
        if len(reports) > 1:
            titles, mentions = _presence(comparison, person)
            ranked.append(((-titles, -len(reports), -mentions, place), line(person.name)))
    return list(dict.fromkeys(name for _, name in sorted(ranked)))[:_NAMES]


def _presence(comparison: Comparison, person: Person) -> tuple[int, int]:
    """In how many titles a name stands, and how often it is named at all."""
    titles: set[int] = set()
    mentions = 0
    for index, name_id in person.members:
        reading = comparison.story.readings[index]
        heads = reading.article.headings
        for name in reading.names:
            if name.id == name_id:
                mentions += len(name.mentions)
                if any(_inside(m, heads) for m in name.mentions):
                    titles.add(index)
    return len(titles), mentions


def _inside(span: Span, others: tuple[Span, ...]) -> bool:
    return any(other.overlaps(span) for other in others[:20])


def _title_words(readings: tuple[Reading, ...], names: list[str]) -> list[str]:
    """Words that at least two titles share, outside the names."""
    known = {w.lower() for name in names for w in _TITLE_WORD.findall(name)}
    seen: Counter[str] = Counter()
    for reading in readings:
        words = dict.fromkeys(w.lower() for w in _TITLE_WORD.findall(reading.article.title[:500]))
        seen.update(w for w in words if len(w) >= _LONG and w not in known and not w.isdigit())
    return [line(w) for w, n in seen.most_common() if n > 1][:_WORDS]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

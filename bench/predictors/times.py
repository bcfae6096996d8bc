"""Predictions for `times`: temporal expressions with their values, by that benchmark's conventions.

Its texts are of two sorts. Running text (two corpora of TIMEX3) has each date of a range marked by itself, without the
words around it, and no day together with its clock time is two. A short text is a sentence or no more than a phrase; a
phrase by itself looks ahead, and counts whole weeks and months.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recoupe.languages import LanguagePack
    from recoupe.reading.document import Document
    from recoupe.reading.expressions import Item
    from recoupe.records import Period

DURATIONS = {"a": "P{}Y", "mo": "P{}M", "wk": "P{}W", "d": "P{}D", "h": "PT{}H", "min": "PT{}M", "s": "PT{}S"}
HOURS = {"morning": (4, 12), "noon": (12, 14), "afternoon": (12, 19), "evening": (18, 24), "night": (18, 24)}
RUNNING = 280  # characters of a text that is no phrase and no single sentence
SEASONS_IN_MONTHS = frozenset({"ru", "uk"})  # languages whose sets write a season as its months
SEASONS = {"spring": (3, 20, 6, 21), "summer": (6, 21, 9, 24), "autumn": (9, 23, 12, 21), "winter": (12, 21, 3, 21)}
SEASON_CODES = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}
OPEN = frozenset({"since", "until", "by", "before", "after", "not_before", "of_day"})
Found = dict[str, Any]


def predict(data: Path, out: Path) -> None:
    """Write `{"id", "times"}` for each text in `data/inputs.jsonl` to `out`; nothing in a language without a pack."""
    from recoupe.languages import available, load_pack

    known = available()
    with (data / "inputs.jsonl").open(encoding="utf-8") as texts, out.open("w", encoding="utf-8") as found:
        for line in texts:
            row = json.loads(line)
            times = (
                read(row["text"], row["lang"], row.get("reference_date"), load_pack(row["lang"]))
                if row["lang"] in known
                else []
            )
            found.write(json.dumps({"id": row["id"], "times": times}) + "\n")


@dataclass(frozen=True)
class Style:
    """How the times of a text are marked: `running` text, or a phrase that is nothing `but` a time."""

    day: Period | None
    running: bool
    bare: bool
    monthly: bool  # seasons begin with their month, as in the East


def read(text: str, lang: str, reference: str | None, pack: LanguagePack) -> list[Found]:
    """The times of one text, and the figures that are durations."""
    from recoupe.reading.document import open_document
    from recoupe.reading.figures import find_figures
    from recoupe.reading.times import resolved
    from recoupe.records import Article, Period

    day = Period(reference[:10], reference[:10]) if reference else None
    doc = open_document(Article("text", "", text, lang, "", day=day), pack)
    running = len(text) > RUNNING
    times = resolved(doc, exact=not running)
    bare = not running and len(times) == 1 and is_bare(doc, times[0][0])
    if bare:
        times = resolved(doc, exact=True, ahead=True)
    style = Style(day, running, bare, lang in SEASONS_IN_MONTHS)
    found: list[Found] = []
    spans = [doc.span(item.first, item.end) for item, _ in times]
    if running:
        for item, period in times:
            found += parted(doc, item, period, style)
    else:
        found = [marked(doc, group, style) for group in together(doc, times)]
    for figure in find_figures(doc, spans):
        if figure.unit in DURATIONS and not figure.said.vague and figure.said.value >= 0:
            span = doc.span(figure.first, figure.end)
            length = DURATIONS[figure.unit or ""].format(f"{figure.said.value:g}")
            found.append({"start": span.start, "end": span.end, "value": {"duration": length}})
    return sorted(found, key=lambda t: int(t["start"]))


def is_bare(doc: Document, item: Item) -> bool:
    """Whether a text is nothing but one expression."""
    return all(not doc.norms[i][0].isalnum() or len(doc.norms[i]) < 4 for i in range(item.first)) and not any(
        doc.norms[i][0].isalnum() for i in range(item.end, len(doc.norms))
    )


def together(doc: Document, times: list[tuple[Item, Period | None]]) -> list[list[tuple[Item, Period | None]]]:
    """A day with the clock times beside it: one expression."""
    groups: list[list[tuple[Item, Period | None]]] = []
    for item, period in times:
        last = groups[-1] if groups else []
        brief = period is None or period.clock or period.start == period.end
        if last and brief and beside(doc, last[-1][0], item) and mixes(last, item):
            last.append((item, period))
        else:
            groups.append([(item, period)])
    return groups


def beside(doc: Document, left: Item, right: Item) -> bool:
    between = doc.norms[left.end : right.first]
    small = doc.pack.function_words | {",", "-", "–"}
    near = left.sentence is right.sentence and len(between) <= 2
    return near and all(word in small or len(word) < 3 for word in between)


def mixes(group: list[tuple[Item, Period | None]], item: Item) -> bool:
    """Whether a group and the next time are a day and its clock times."""
    if any(p is not None and not p.clock and p.start != p.end for _, p in group):
        return False
    clocks = sum(i.minutes is not None for i, _ in group)
    days = len(group) - clocks
    return clocks < 2 if item.minutes is not None else days == 0


def marked(doc: Document, group: list[tuple[Item, Period | None]], style: Style) -> Found:
    """One expression of a short text."""
    span = doc.span(group[0][0].first, group[-1][0].end)
    clocks = [(item, period) for item, period in group if item.minutes is not None]
    item, period = clocks[0] if clocks else group[0]
    there = value(item, period, style)
    if len(clocks) == 2 and isinstance(there, dict) and "at" in there:
        other = value(*clocks[1], style)
        if isinstance(other, dict) and "at" in other:
            there = {"from": there["at"], "to": other["at"]}
    elif len(clocks) == 2 and isinstance(there, dict) and "time" in there:
        other = value(*clocks[1], style)
        if isinstance(other, dict) and "time" in other:
            there = {"time": there["time"], "time_to": other["time"]}
    return {"start": span.start, "end": span.end, "value": there}


def parted(doc: Document, item: Item, period: Period | None, style: Style) -> list[Found]:
    """The dates of an expression of running text, each without the words around it."""
    from recoupe.reading.expressions import dates_within

    if item.minutes is not None or item.said.rule not in OPEN | {"between", "third"}:
        span = doc.span(item.first, item.end)
        return [{"start": span.start, "end": span.end, "value": value(item, period, style)}]
    inner = dates_within(doc, item)
    if item.said.rule == "third" or not inner or len(inner) > 2:
        inner = [item]
    found = []
    for part, bound in zip(inner, ("start", "end") if len(inner) == 2 else ("any",), strict=True):
        span = doc.span(part.first, part.end)
        found.append({"start": span.start, "end": span.end, "value": whole(item, period, bound)})
    return found


def whole(item: Item, period: Period | None, bound: str) -> str | None:
    """The day, the month or the year at an end of a period, as exact as its date was said."""
    if period is None:
        return None
    said, rule = item.said, item.said.rule
    end = period.end if bound == "end" or rule in ("by", "until", "before") else period.start
    if end is None:
        return None
    at = dt.date.fromisoformat(end[:10])
    if rule == "before":
        at += dt.timedelta(1)
    if rule == "after":
        at -= dt.timedelta(1)
    name = "date2" if bound == "end" else "date"
    date = said if rule == "third" else said.get(name) or said.get("date2")
    return shortened(date, at)


def shortened(date: Any, at: dt.date) -> str:
    """A day as `2024-05-01`, `2024-05` or `2024`."""
    if date is None or date.rule not in ("date", "third") or date.get("day") or date.get("weekday"):
        return at.isoformat()
    inner = date.get("date")
    if date.get("month") or (inner is not None and inner.get("month")):
        return at.isoformat()[:7]
    year = date.get("year") or (inner is not None and inner.get("year")) or date.get("period") == ("unit", "year")
    return at.isoformat()[:4] if year else at.isoformat()


def value(item: Item, period: Period | None, style: Style) -> dict[str, Any] | str | None:
    """A period as the benchmark writes it: the end is not included."""
    if period is None:
        minutes = item.minutes
        return (
            None if minutes is None or minutes[0] > 1439 else {"time": f"{minutes[0] // 60:02d}:{minutes[0] % 60:02d}"}
        )
    if style.running and item.said.rule == "season" and period.start is not None:
        return f"{period.start[:4]}-{SEASON_CODES[item.said.get('season')]}"
    if period.clock:
        return {"at": period.start} if period.start == period.end else {"from": period.start, "to": period.end}
    special = conventional(item, period, style)
    if special is not None:
        return special
    end = None if period.end is None else (dt.date.fromisoformat(period.end) + dt.timedelta(1)).isoformat()
    start = period.start
    last = item.said.get("date2") if item.said.rule == "between" else None
    if last is not None and period.end and last.rule == "date" and not last.get("day") and not last.get("weekday"):
        # the sources end such a range with the first day of the last month or year
        end = period.end[:8] + "01" if last.get("month") else period.end[:5] + "01-01"
    if item.part in HOURS and start is not None and start == period.end:
        first, last = HOURS[item.part]
        return {"from": f"{start}T{first:02d}:00", "to": f"{start}T{last:02d}:00" if last < 24 else f"{end}T00:00"}
    return None if start is None and end is None else {"from": start, "to": end}


def names_year(said: Any) -> bool:
    """Whether the whole of which an expression names the beginning or the end is a year."""
    date = said.get("date")
    if date is not None and date.rule == "date":
        return bool(date.get("year")) and not date.get("month")
    span = (date or said).get("period")
    return span == ("unit", "year") or (said.get("year") is not None and said.get("month") is None)


def conventional(item: Item, period: Period | None, style: Style) -> dict[str, Any] | None:
    """What the sources mean by some expressions, other than Recoupe: the last two weeks, this summer."""
    from recoupe.reading.calendar import around, shift

    said = item.said
    if style.running or style.day is None or style.day.start is None:
        return None
    day = dt.date.fromisoformat(style.day.start)
    if said.rule in ("last_n", "next_n") and said.get("n") is not None and not said.get("n").vague:
        count, unit = int(said.get("n").value), said.get("unit")
        sign = -1 if said.rule == "last_n" else 1
        whole_units = (style.bare and unit != "day") or unit in ("quarter", "decade")
        here = around(day, unit)[0] if whole_units else day
        begin = here if sign < 0 else shift(here, 1, unit if whole_units else "day")
        other = shift(begin, sign * count, unit)
        return {"from": min(begin, other).isoformat(), "to": max(begin, other).isoformat()}
    if said.rule == "earlier_this" and period is not None and period.end == style.day.start:
        return {"from": period.start, "to": period.end}  # without the report's day
    if said.rule == "third" and said.get("third") in ("start", "end") and period is not None and period.start:
        year = int(period.start[:4])
        if period.end and period.start[5:] == "12-21" and names_year(said):
            return {"from": f"{year}-09-01", "to": f"{year + 1}-01-01"}
        if period.end and period.start[5:] == "01-01" and names_year(said):
            return {"from": period.start, "to": f"{year}-04-01" if style.bare else f"{year}-05-01"}
    span = said.get("period")
    if said.rule in ("this", "last", "next") and span and span[0] == "season" and not style.monthly:
        return season(item, day)
    return None


def season(item: Item, day: dt.date) -> dict[str, Any] | None:
    """A season from solstice to equinox."""
    name, step = item.said.get("period")[1], {"last": -1, "this": 0, "next": 1}[item.said.rule]
    month, first, last_month, last = SEASONS[name]
    spans = [
        (dt.date(y, month, first), dt.date(y + (last_month < month), last_month, last))
        for y in range(day.year - 2, day.year + 3)
    ]
    here = next(n for n, s in enumerate(spans) if day < s[1])
    if step < 0 or (step > 0 and spans[here][0] <= day):
        here += step
    return {"from": spans[here][0].isoformat(), "to": spans[here][1].isoformat()}

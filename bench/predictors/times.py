"""Predictions for `times`: temporal expressions with their values, by that benchmark's conventions."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recoupe.languages import LanguagePack
    from recoupe.reading.expressions import Item
    from recoupe.records import Period

DURATIONS = {"a": "P{}Y", "mo": "P{}M", "wk": "P{}W", "d": "P{}D", "h": "PT{}H", "min": "PT{}M", "s": "PT{}S"}
HOURS = {"morning": (4, 12), "noon": (12, 14), "afternoon": (12, 19), "evening": (18, 24), "night": (18, 24)}


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


def read(text: str, lang: str, reference: str | None, pack: LanguagePack) -> list[dict[str, Any]]:
    """The times of one text, and the figures that are durations."""
    from recoupe.reading.document import open_document
    from recoupe.reading.figures import find_figures
    from recoupe.reading.times import resolved
    from recoupe.records import Article, Period

    day = Period(reference[:10], reference[:10]) if reference else None
    doc = open_document(Article("text", "", text, lang, "", day=day), pack)
    found, spans = [], []
    for item, period in resolved(doc):
        span = doc.span(item.first, item.end)
        spans.append(span)
        found.append({"start": span.start, "end": span.end, "value": value(item, exact(item, period, day))})
    for figure in find_figures(doc, spans):
        if figure.unit in DURATIONS and not figure.said.vague and figure.said.value >= 0:
            span = doc.span(figure.first, figure.end)
            length = DURATIONS[figure.unit or ""].format(f"{figure.said.value:g}")
            found.append({"start": span.start, "end": span.end, "value": {"duration": length}})
    return sorted(found, key=lambda t: int(t["start"]))


def exact(item: Item, period: Period | None, day: Period | None) -> Period | None:
    """The single day that the sources mean by 'two weeks ago', where Recoupe takes the week."""
    from recoupe.reading.calendar import shift
    from recoupe.records import Period

    count, unit, sign = item.said.get("n"), item.said.get("unit"), {"ago": -1, "ahead": 1}.get(item.said.rule)
    if period is None or day is None or day.start is None or sign is None or unit not in ("week", "month", "year"):
        return period
    if count.vague or count.low is None or count.high is None:
        return period
    there = shift(dt.date.fromisoformat(day.start), sign * count.value, unit).isoformat()
    return Period(there, there)


def value(item: Item, period: Period | None) -> dict[str, Any] | None:
    """A period as the benchmark writes it: the end is not included."""
    if period is None:
        minutes = item.minutes
        return (
            None if minutes is None or minutes[0] > 1439 else {"time": f"{minutes[0] // 60:02d}:{minutes[0] % 60:02d}"}
        )
    if period.clock:
        return {"at": period.start} if period.start == period.end else {"from": period.start, "to": period.end}
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

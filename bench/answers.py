"""What the readers of times and figures find of the numbers and dates of a folder of stories: found, wrong, spurious.

    python bench/answers.py STORIES [--lang fr,en] [--show not_found,wrong,spurious] [--seed]

Reads each report by itself, with the day that the story's `published` gives, and holds its times and figures against
the values that the story asks for. No names are read, so that figures inside names count as spurious here.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from recoupe.languages import available, load_pack
from recoupe.reading.document import open_document
from recoupe.reading.figures import read_figures
from recoupe.reading.times import read_times
from recoupe.records import Article, Period, Span

CLASSES = ("not_found", "wrong", "spurious")


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("stories", type=Path, nargs="+")
    ask.add_argument("--lang")
    ask.add_argument("--show", default="not_found,wrong,spurious")
    ask.add_argument("--scorer", type=Path)
    args = ask.parse_args()
    langs = args.lang.split(",") if args.lang else list(available())
    total: dict[str, Counter[str]] = {}
    for folder in sorted(f for s in args.stories for f in s.iterdir() if (f / "story.json").is_file()):
        scorer = load_scorer(args.scorer or args.stories[0].parent / "score.py")
        for article in json.loads((folder / "story.json").read_text("utf-8"))["articles"]:
            if article["lang"] in langs:
                report(folder, article, scorer, total, args.show.split(","))
    for kind, tally in sorted(total.items()):
        right, gold, got = tally["right"], tally["gold"], tally["got"]
        p, r = right / got if got else 0.0, right / gold if gold else 0.0
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        print(f"{kind:<9} gold {gold}  found {got}  precision {p:.3f}  recall {r:.3f}  F1 {f1:.3f}")


def load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(
    folder: Path, article: dict[str, Any], scorer: ModuleType, total: dict[str, Counter[str]], show: list[str]
) -> None:
    story = json.loads((folder / "story.json").read_text("utf-8"))
    text = (folder / article["file"]).read_text("utf-8")
    published = article["published"] or article.get("updated")
    day = Period(published[:10], published[:10]) if published else None
    if article["published"] is None and day is not None:
        day = Period(_days_before(published[:10], 2), published[:10])
    first_line = text.find("\n")
    headings = (Span(0, first_line),) if 0 < first_line < 160 else ()
    doc = open_document(
        Article(article["id"], article["file"], text, article["lang"], "", day=day, headings=headings),
        load_pack(article["lang"]),
    )
    times = read_times(doc)
    got: list[tuple[str, Span, dict[str, Any]]] = [
        ("time", t.span, {"start": t.period.start, "end": t.period.end}) for t in times if t.period
    ]
    for f in read_figures(doc, times, []):
        if f.kind in ("count", "quantity"):
            got.append((f.kind, f.span, {"low": f.amount.low, "high": f.amount.high, "unit": f.amount.unit}))
    got = [g for g in got if not any(h.covers(g[1]) for h in headings)]
    compare(f"{folder.name}/{article['id']}", text, story, article["id"], got, scorer, total, show)


def _days_before(day: str, n: int) -> str:
    import datetime

    return (datetime.date.fromisoformat(day) - datetime.timedelta(n)).isoformat()


def compare(
    where: str,
    text: str,
    story: dict[str, Any],
    article: str,
    got: list[tuple[str, Span, dict[str, Any]]],
    scorer: ModuleType,
    total: dict[str, Counter[str]],
    show: list[str],
) -> None:
    used: set[int] = set()
    for slot in story["slots"]:
        if slot["kind"] not in ("count", "quantity", "time"):
            continue
        for value in slot["values"]:
            if value["article"] != article:
                continue
            at = text.find(value["quote"])
            start = at + value["quote"].find(value["mention"])
            span = Span(start, start + len(value["mention"]))
            here = [i for i, g in enumerate(got) if g[1].overlaps(span)]
            tally = total.setdefault(slot["kind"], Counter())
            tally["gold"] += 1
            right = [
                i
                for i in here
                if got[i][0] == slot["kind"] and right_value(slot["kind"], value["value"], got[i][2], scorer)
            ]
            used |= set(right or here)
            tally["right"] += bool(right)
            if right:
                continue
            sort = "wrong" if here else "not_found"
            if sort in show:
                print(
                    f"{sort:<9} {where} {slot['kind']} {value['mention']!r} in {value['quote']!r}: {value['value']}",
                    [got[i][2] for i in here],
                )
    seen: set[tuple[str, int]] = set()
    for i, (kind, span, value) in enumerate(got):
        tally = total.setdefault(kind, Counter())
        if (kind, span.start) not in seen:
            tally["got"] += 1
        seen.add((kind, span.start))
        before, after = text[max(0, span.start - 25) : span.start], text[span.end : span.end + 25]
        if i not in used and "spurious" in show:
            print(f"spurious  {where} {kind} {before!r} [{span.of(text)}] {after!r} {value}")


def right_value(kind: str, gold: dict[str, Any], got: dict[str, Any], scorer: ModuleType) -> bool:
    scale = {
        ("m2", "ha"): 1e4,
        ("kg", "t"): 1e3,
        ("t", "kg"): 1e-3,
        ("min", "h"): 60,
        ("d", "wk"): 7,
        ("m", "cm"): 0.01,
    }
    by = scale.get((gold.get("unit") or "", got.get("unit") or ""))
    if kind == "quantity" and by:
        got = {"low": got["low"] and got["low"] * by, "high": got["high"] and got["high"] * by, "unit": gold["unit"]}
    return bool(scorer.value_right(kind, gold, got))


if __name__ == "__main__":
    sys.exit(main())

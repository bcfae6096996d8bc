#!/usr/bin/env python3
"""How many contradictions are shown in real news, where none or few are.

    python bench/contradictions.py STORIES

STORIES is the folder of the benchmark of stories: docs.jsonl.gz with the texts, gold.jsonl with the story of each.

translations   contested questions a story of the set `wikinews`: each is one article in three languages, so that every
               contradiction between its reports is one that we made up
outlets        contested questions whether something is so, a story of the set `outlets`: one event told at length by
               three to five papers, which rarely deny what another one says
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from recoupe import Article, Report, Story, clean, compare, read  # noqa: E402
from recoupe.errors import RecoupeError  # noqa: E402
from recoupe.records import Kind  # noqa: E402

CALLED = {
    Kind.COUNT: "counts",
    Kind.QUANTITY: "measures",
    Kind.TIME: "days",
    Kind.ENTITY: "who",
    Kind.STANCE: "whether",
}
MOST = 6  # reports of a story
CONTESTED = "contested"


def main() -> None:
    folder = Path(sys.argv[1])
    for name, value in measured(folder).items():
        print(f"{name:40} {value:10.4f}", flush=True)


def measured(folder: Path) -> dict[str, float]:
    """Contested questions a story."""
    apart = contested(folder, "wikinews")
    figures = {f"translations, {CALLED[kind]}": apart[kind] for kind in Kind}
    return figures | {"outlets, whether": contested(folder, "outlets")[Kind.STANCE]}


def contested(folder: Path, name: str) -> dict[Kind, float]:
    """How many questions of each kind are contested, a story of a set."""
    found: Counter[Kind] = Counter()
    number = 0
    for articles in stories(folder, name):
        number += 1
        comparison = compare(Story(readings=tuple(read(a) for a in articles)))
        found.update(q.kind for q in comparison.questions if q.verdict == CONTESTED)
    return {kind: found[kind] / max(1, number) for kind in Kind}


def stories(folder: Path, name: str) -> Iterator[list[Article]]:
    """The stories of a set that several reports tell, in an order that stays."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as file:
        docs = {row["id"]: row for row in map(json.loads, file) if row["set"] == name}
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["set"] == name:
            members[row["cluster"]].append(docs[row["id"]])
    for _, rows in sorted(members.items()):
        articles = [article for row in rows[:MOST] if (article := cleaned(row)) is not None]
        if len(articles) > 1:
            yield articles


def cleaned(row: dict[str, Any]) -> Article | None:
    """A text as an article; None for one that is none."""
    try:
        return clean(Report(row["id"], "text", row["text"], language=row["lang"]))
    except RecoupeError:
        return None


if __name__ == "__main__":
    main()

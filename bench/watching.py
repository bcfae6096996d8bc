#!/usr/bin/env python3
"""Measure how much memory a watch takes, round after round, and what share of a round goes to rules and channels.

    python bench/watching.py [ROUNDS [REPORTS]]

Each of ROUNDS (20) brings REPORTS (250) of `bench.made`, those of one event spread over the rounds, into a store that
begins empty; the rules are those by default with new stories, new sources and an Atom feed. One process beside the
watch itself reads, as `recoupe watch` has it. Memory is the largest that the two ever took, which is to stay under
1 GB, however many rounds there are.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.made import items  # noqa: E402
from recoupe.engine.watch import RulesFile, Watcher  # noqa: E402
from recoupe.engine.workers import Workers  # noqa: E402
from recoupe.settings import Settings  # noqa: E402
from recoupe.store import open_store  # noqa: E402
from recoupe.watching.rules import DEFAULT, Feed, Rule, Rules, dump  # noqa: E402

ROUNDS, REPORTS = 20, 250
RULES = Rules(
    (*DEFAULT.rules, Rule("stories", ("story",), to=("feed",)), Rule("sources", ("origin",), to=("feed",))),
    (Feed("feed", "alerts.atom"),),
)


def rounds(number: int, reports: int) -> Iterator[list[dict[str, str]]]:
    """What comes in each round, in the order of days with some of each event late."""
    chance = random.Random(5)
    rows = [
        {
            "text": i.text,
            "title": i.title,
            "url": i.url,
            "outlet": i.outlet,
            "published": i.published,
            "language": i.lang,
        }
        for i in items(number * reports // 2, max(2, number * reports // 500))
    ][: number * reports]
    rows.sort(key=lambda row: (row["published"][:10], chance.random()))
    for n in range(number):
        yield rows[n * reports : (n + 1) * reports]


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    reports = int(sys.argv[2]) if len(sys.argv) > 2 else REPORTS
    with tempfile.TemporaryDirectory() as folder:
        for name, value in measure(Path(folder), number, reports).items():
            print(f"{name:40} {value:10.4f}", flush=True)


def measure(folder: Path, number: int, reports: int) -> dict[str, float]:
    """The figures, by name; a line a round on standard error."""
    source = folder / "news.jsonl"
    (folder / "rules.toml").write_text(dump(RULES))
    spent = {"_collect": 0.0, "_gather": 0.0, "_judge": 0.0, "_tell": 0.0}
    alerts = 0
    with open_store(str(folder / "news.db")) as store, Workers(1) as workers:
        watcher = Watcher(
            store,
            [str(source)],
            RulesFile(str(folder / "rules.toml")),
            Settings(),
            show=lambda text: None,
            workers=workers,
        )
        for step in spent:
            setattr(watcher, step, _timed(getattr(watcher, step), step, spent))
        store.begin_watch()
        for n, rows in enumerate(rounds(number, reports), 1):
            source.write_text("".join(json.dumps(row) + "\n" for row in rows))
            begun = time.perf_counter()
            found = watcher.round()
            alerts += len(found.alerts)
            print(
                f"round {n:3}: {found.collected.new} new, {len(found.stories)} stories, {len(found.alerts)} alerts, "
                f"{time.perf_counter() - begun:.1f} s, {_memory(resource.RUSAGE_SELF):.0f} MB",
                file=sys.stderr, flush=True,
            )  # fmt: skip
    total = sum(spent.values())
    watch, reader = _memory(resource.RUSAGE_SELF), _memory(resource.RUSAGE_CHILDREN)
    return {
        "memory (MB)": watch + reader,
        "memory of the watch itself (MB)": watch,
        "memory of its reader (MB)": reader,
        "alerts": float(alerts),
        "seconds a round": total / number,
        "share of rules and channels": (spent["_judge"] + spent["_tell"]) / total,
    }


def _timed(step, name: str, spent: dict[str, float]):  # type: ignore[no-untyped-def]
    def timed(*given: object) -> object:
        begun = time.perf_counter()
        try:
            return step(*given)
        finally:
            spent[name] += time.perf_counter() - begun

    return timed


def _memory(whose: int) -> float:
    """The largest resident memory so far, in MB."""
    return resource.getrusage(whose).ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)


if __name__ == "__main__":
    main()

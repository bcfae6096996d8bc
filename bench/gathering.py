#!/usr/bin/env python3
"""Measure how long a batch of new articles takes to find its stories in a large store.

    python bench/gathering.py [NUMBER]

A store of NUMBER articles (100,000) in the stories that they tell is made, and one of a tenth: sketches are those of
bench/grouping.py, the articles a line each. Then BATCH new ones of its last days are kept and put into stories, in
processor seconds of one process: finding what is near, grouping it, and writing the stories; reading them and writing
their dossiers is left out.
"""

from __future__ import annotations

import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"  # before anything brings numpy

import math  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import insert  # noqa: E402

from bench.grouping import bcubed, pile, read_bases  # noqa: E402
from bench.speed import alone  # noqa: E402
from recoupe.engine.gather import Gathering  # noqa: E402
from recoupe.grouping.sketches import packed as sketched  # noqa: E402
from recoupe.grouping.sketches import telling  # noqa: E402
from recoupe.grouping.traits import Traits  # noqa: E402
from recoupe.records import Article  # noqa: E402
from recoupe.records.kept import Made, Sketch  # noqa: E402
from recoupe.store.engines import writing  # noqa: E402
from recoupe.store.packing import packed  # noqa: E402
from recoupe.store.rows import maker_id  # noqa: E402
from recoupe.store.sql import SqlStore  # noqa: E402
from recoupe.store.tables import articles, stories, versions  # noqa: E402

NUMBER, BATCH = 100_000, 100
DAY = "2021-07-23"


def main() -> None:
    alone()
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    for name, value in measure(number).items():
        print(f"{name:40} {value:10.4f}", flush=True)


def measure(number: int) -> dict[str, float]:
    """The figures, by name."""
    reports, told = pile(read_bases(), number + BATCH)
    ordered = sorted(range(len(reports)), key=lambda i: (reports[i].first or 0, i))
    reports, told = [reports[i] for i in ordered], [told[i] for i in ordered]
    small, _, _ = batch(reports[-(number // 10 + BATCH) :], told[-(number // 10 + BATCH) :])
    whole, looked, score = batch(reports, told)
    return {
        f"{BATCH} articles into {number:,} (s)": whole,
        "growth, from a tenth": math.log10(whole / small),
        "articles looked at for each": looked / BATCH,
        "B-cubed F1 of these": score,
    }


def batch(reports: Sequence[Traits], told: Sequence[int]) -> tuple[float, int, float]:
    """(seconds that the last BATCH of some reports take to join the others, articles looked at, B-cubed F1 of them)."""
    with tempfile.TemporaryDirectory() as folder, SqlStore(str(Path(folder) / "store.db")) as store:
        fill(store, reports, told)
        fresh = [sketch(i, reports[i]) for i in range(len(reports) - BATCH, len(reports))]
        store.keep_sketches(fresh)
        gathering = Gathering(store, dossiers=False)
        near, begun = store.near, time.process_time()
        looked = 0

        def counting(*asked: Any) -> Any:
            nonlocal looked
            found = near(*asked)
            looked += len(found[0])
            return found

        store.near = counting  # type: ignore[method-assign]
        gathering.put(fresh)
        seconds = time.process_time() - begun
        names = {name: i for i, name in enumerate(map(name_of, range(len(reports))))}
        groups: dict[str, list[int]] = {}
        for version in store.current([s.article for s in fresh]):
            groups.setdefault(version.story or "", []).append(names[version.id] - len(reports) + BATCH)
        return seconds, looked, bcubed(list(groups.values()), told[-BATCH:])


def fill(store: SqlStore, reports: Sequence[Traits], told: Sequence[int]) -> None:
    """Keep articles for reports, all but the last BATCH of them in the stories that they tell."""
    old = len(reports) - BATCH
    with writing(store._engine) as connection:
        maker = maker_id(connection, Made("1"))
        names = sorted({f"t{story}" for story in told[:old]})
        connection.execute(insert(stories), [_story(name) for name in names])
        rows = [
            {"id": name_of(i), "key": f"p:{i}", "current": 1, "loose": int(i >= old),
             "story": f"t{told[i]}" if i < old else None} for i in range(len(reports))
        ]  # fmt: skip
        connection.execute(insert(articles), rows)
        connection.execute(insert(versions), [_version(i, report, maker) for i, report in enumerate(reports)])
    for begin in range(0, old, 5000):
        store.keep_sketches([sketch(i, reports[i]) for i in range(begin, min(begin + 5000, old))])


def name_of(i: int) -> str:
    return f"a{i:010}"


def sketch(i: int, report: Traits) -> Sketch:
    return Sketch(name_of(i), 1, report.first or 0, telling(report), sketched(report))


def _story(name: str) -> dict[str, Any]:
    zeros = dict.fromkeys(("contested", "origins", "dossiers", "size"), 0)
    return {"id": name, "title": name, "created": DAY, "changed": DAY, "state": "open", **zeros}


def _version(i: int, report: Traits, maker: int) -> dict[str, Any]:
    article = Article(name_of(i), f"{i}.txt", f"Report {i}.", report.lang, f"Report {i}")
    return {
        "article": article.id, "number": 1, "told": str(i), "read": str(i), "seen": DAY, "source": "here",
        "first_day": DAY, "last_day": DAY, "lang": article.lang, "title": article.title, "maker": maker,
        "body": packed(article),
    }  # fmt: skip


if __name__ == "__main__":
    main()

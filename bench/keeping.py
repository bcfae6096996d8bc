#!/usr/bin/env python3
"""Measure collecting end to end, and a store of 100,000 articles.

    python bench/keeping.py [pages | rows | store]... [--store FILE]

pages   some 1,000 fetched pages (a WARC, packed with gzip) into a new SQLite store, on all cores: collected, put into
        stories and compared, articles a second; and which part of the processor time each step takes, measured on
        SAMPLE of them one after the other in one process
rows    the same for plain texts as JSONL, of some 260 words, and of SHORT words as agencies send them first
store   the store that bench/stored.py makes (some minutes; FILE, if it is there, is taken instead): search at the 95th
        percentile of QUERIES, a story with its dossier, `recoupe stories` as a process, and by how much the second
        half took longer to keep than the first

The news are made up (bench/made.py). Wall time, for two processes share what there is.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.made import Item, items, page  # noqa: E402
from recoupe.engine import Workers, collect, gather  # noqa: E402
from recoupe.store import Which, open_store  # noqa: E402

EVENTS, DAYS = 330, 3  # some 1,000 reports
SAMPLE = 120
SHORT = 75
QUERIES = 200
READS = 100
Figures = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure collecting, and a store of 100,000 articles.")
    parser.add_argument("parts", nargs="*", default=["pages", "rows", "store"])
    parser.add_argument("--store", type=Path, help="a store that bench/stored.py made")
    options = parser.parse_args()
    measures: dict[str, Callable[[], Figures]] = {
        "pages": pages, "rows": rows, "store": lambda: stored(options.store),
    }  # fmt: skip
    for part in options.parts:
        for name, value in measures[part]().items():
            print(f"{name:40} {value:10.4f}", flush=True)


# --- collecting


def pages() -> Figures:
    """Articles a second of fetched pages, and the share of each step."""
    made = list(items(EVENTS, DAYS))
    return rate("pages", made, as_archive) | shares("pages", made[:SAMPLE], as_archive)


def rows() -> Figures:
    """Articles a second of plain texts, long and short, and the share of each step."""
    made = list(items(EVENTS, DAYS))
    short = [replace(i, text=shortened(i.text, SHORT)) for i in made]
    return rate("rows", made, as_rows) | shares("rows", made[:SAMPLE], as_rows) | rate("short rows", short, as_rows)


def rate(name: str, made: Sequence[Item], write: Callable[[Sequence[Item], Path], str]) -> Figures:
    """Articles a second from sources to dossiers, once all processes are at work."""
    with tempfile.TemporaryDirectory() as folder, Workers() as workers:
        warm = write(list(items(20, DAYS, seed=2)), Path(folder) / "warm")
        source = write(made, Path(folder) / "made")
        with open_store(f"{folder}/warm.db") as store:  # a process reads its first texts slowly
            gather(store, collect(store, [warm], workers=workers).touched, workers=workers)
        with open_store(f"{folder}/store.db") as store:
            begun = time.perf_counter()
            found = collect(store, [source], on_problem=told, workers=workers)
            between = time.perf_counter()
            stories = gather(store, found.touched, on_problem=told, workers=workers)
            ended = time.perf_counter()
    print(
        f"{name}: {found.new} articles, {len(stories)} stories; collected in {between - begun:.1f} s, "
        f"gathered and compared in {ended - between:.1f} s",
        file=sys.stderr,
    )
    if found.new < len(made) * 0.98:
        raise SystemExit(f"keeping.py: of {len(made)} {name} only {found.new} were kept")
    return {f"{name} (articles/s)": found.new / (ended - begun), f"{name}, collecting (articles/s)": found.new / (
        between - begun
    )}  # fmt: skip


def told(problem: Any) -> None:
    print(f"keeping.py: {problem.message}", file=sys.stderr)


def shares(name: str, made: Sequence[Item], write: Callable[[Sequence[Item], Path], str]) -> Figures:
    """What part of the processor time each step takes, in one process."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        warm = write(list(items(20, DAYS, seed=2)), Path(folder) / "warm")  # other news: texts come but once
        for source in (warm, write(made, Path(folder) / "made")):
            with open_store(f"{source}.db") as store:
                clock = Clock()
                touched = clock.of("rest", lambda: collect(clock.store(store), [source], workers=clock.workers()))  # type: ignore[arg-type]  # noqa: B023
                clock.of("gather", lambda: gather(clock.store(store), touched.touched, workers=clock.workers()))  # type: ignore[arg-type]  # noqa: B023
    spent = {
        "clean": clock.spent["cleaned"],
        "read": clock.spent["prepared_one"],
        "keep": clock.spent["store in rest"],
        "compare": clock.spent.get("written", 0.0),
        "load": clock.spent["rest"] - sum(clock.spent[k] for k in ("cleaned", "prepared_one", "store in rest")),
        "gather": clock.spent["gather"] - clock.spent.get("written", 0.0),
    }
    whole = sum(spent.values())
    each = {f"{name}, ms an article": whole * 1000 / len(made)}
    return each | {f"{name}, share of {step}": value / whole for step, value in spent.items()}


class Clock:
    """Seconds of processor time by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._now = ""

    def of(self, name: str, run: Callable[[], Any]) -> Any:
        """Run, and add the time to a step."""
        before, self._now = self._now, self._now or name
        begun = time.process_time()
        try:
            return run()
        finally:
            self._now = before
            self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - begun

    def workers(self) -> Workers:
        """Workers that do all here and note what it was."""
        clock = self

        class Noted(Workers):
            def submit(self, work: Any, task: Any) -> Any:
                return clock.of(work.__name__, lambda: super(Noted, self).submit(work, task))

        return Noted(0)

    def store(self, inner: Any) -> Any:
        """A store that notes what it takes."""
        clock = self

        class Noted:
            def __getattr__(self, name: str) -> Any:
                found = getattr(inner, name)
                return lambda *a, **k: clock.of(f"store in {clock._now}", lambda: found(*a, **k))

        return Noted()


def as_archive(made: Sequence[Item], place: Path) -> str:
    """Pages as a WARC, each record packed by itself."""
    file = place.with_suffix(".warc.gz")
    with file.open("wb") as out:
        for item in made:
            body = page(item).encode()
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {item.url}\r\n"
                f"WARC-Date: {item.published[:19]}Z\r\n"
                f"WARC-Record-ID: <urn:made:{item.event}:{item.number}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + answer + b"\r\n\r\n", 6))
    return str(file)


def as_rows(made: Sequence[Item], place: Path) -> str:
    """Texts as JSONL."""
    file = place.with_suffix(".jsonl")
    file.write_text("".join(json.dumps(item.row(), ensure_ascii=False) + "\n" for item in made), "utf-8")
    return str(file)


def shortened(text: str, words: int) -> str:
    """The sentences of a text up to so many words."""
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if kept and sum(len(s.split()) for s in kept) + len(sentence.split()) > words:
            break
        kept.append(sentence)
    return " ".join(kept)


# --- a store of many


def stored(file: Path | None) -> Figures:
    """How quickly a large store answers, and how its growth slows it down."""
    if file is not None and file.is_file():
        return asked(file)
    from bench.stored import NUMBER, ingest

    ticks: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        made = file or Path(folder) / "store.sqlite"
        ingest(str(made), NUMBER, lambda have, spent: ticks.append((have, spent)))
        return slower(ticks) | asked(made)


def slower(ticks: Sequence[tuple[int, float]]) -> Figures:
    """By which part the second half took longer to keep than the first: (articles, seconds) at some moments."""
    whole, total = ticks[-1]
    half, first = min(ticks, key=lambda tick: abs(tick[0] - whole / 2))
    return {"second half slower by": ((total - first) / (whole - half)) / (first / half) - 1}


def asked(file: Path) -> Figures:
    """The answers of a store, in milliseconds; those that a user waits for in a process of its own, in seconds."""
    with open_store(str(file)) as store:
        chance = random.Random(5)
        some = store.stories(Which(most=5000))
        told = chance.sample(some, min(READS, len(some)))
        words = queries([version.article.text for s in told for version in store.current(s.articles[:2])], chance)
        searched = sorted(timed(lambda q=query: store.search(q, Which(most=20))) for query in words)  # type: ignore[misc]
        read = sorted(timed(lambda s=s: (store.story(s.id), store.dossiers(s.id, last=True))) for s in told)  # type: ignore[misc]
        contested = max(timed(lambda: store.stories(Which(contested=True))) for _ in range(3))
    return {
        "search, 95th percentile (ms)": searched[int(len(searched) * 0.95)] * 1000,
        "search, longest (ms)": searched[-1] * 1000,
        "a story with its dossier (ms)": read[int(len(read) * 0.95)] * 1000,
        "contested stories (ms)": contested * 1000,
        "recoupe stories (s)": min(process("stories", file) for _ in range(3)),
        "recoupe search (s)": min(process("search", file, words[0]) for _ in range(3)),
    }


def queries(texts: Sequence[str], chance: random.Random) -> list[str]:
    """What users look for: a name, two words, a phrase, a common word."""
    found = []
    for n in range(QUERIES):
        words = re.findall(r"[^\W\d_]{2,}", chance.choice(texts))
        at = chance.randrange(len(words) - 3)
        long = [w for w in words if len(w) > 5]
        capital = [w for w in words if w[0].isupper()]
        found.append(
            (
                lambda: chance.choice(capital or words),  # noqa: B023
                lambda: " ".join(chance.sample(long or words, 2)),  # noqa: B023
                lambda: f'"{" ".join(words[at : at + 3])}"',  # noqa: B023
                lambda: chance.choice(words),  # noqa: B023
            )[n % 4]()
        )
    return found


def timed(run: Callable[[], Any]) -> float:
    """Seconds."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def process(command: str, file: Path, *arguments: str) -> float:
    """Seconds that a command takes from a cold start."""
    line = [sys.executable, "-m", "recoupe", command, *arguments, "--store", str(file)]
    return timed(lambda: subprocess.run(line, cwd=ROOT, stdout=subprocess.DEVNULL, check=True))


if __name__ == "__main__":
    main()

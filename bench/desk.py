#!/usr/bin/env python3
"""Time the desk on a store: its first page, every sort of page, and 200 readers at once while articles come in.

    python bench/desk.py [STORE]

STORE is one that bench/stored.py made (by default bench/out/store.sqlite); a copy of it is worked on. Every page is
asked for the first time, so that nothing is remembered of it but what its story's other pages left.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import multiprocessing
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
STORE = Path(os.environ.get("RECOUPE_BENCH_STORE") or ROOT / "bench" / "out" / "store.sqlite")
READERS, SECONDS, STORIES, POPULAR = 200, 15.0, 60, 40
LISTS = ("", "?contested=1", "?sort=contested", "?sort=changed", "?lang=fr", "?lang=uk&contested=1", "?updated=1",
         "?single=1", "?page=20", "?outlet=outlet", "?person=a", "?since=2024-06-01&until=2024-06-07")  # fmt: skip
PARTS = ("", "/statements", "/timeline", "/names", "/origins", "/reports", "/history", "/compare", ".json")


@contextmanager
def desk(store: Path) -> Iterator[tuple[int, int, float]]:
    """A desk in a process of its own: its port, its process, and how long its first page took from the start on."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "recoupe", "desk", "--store", str(store), "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stderr
        told = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stderr.readline())
        if told is None:
            raise SystemExit("desk.py: the desk did not start")
        port = int(told.group(1))
        while get(port, "/stories")[0] != 200:
            time.sleep(0.01)
        yield port, process.pid, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait()


def get(port: int, path: str) -> tuple[int, bytes, float]:
    """One page: its status, its body, and how many seconds it took."""
    begun = time.perf_counter()
    try:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        line.request("GET", path)
        answer = line.getresponse()
        body = answer.read()
        line.close()
    except OSError:
        return 0, b"", time.perf_counter() - begun
    return answer.status, body, time.perf_counter() - begun


def pages(port: int) -> Iterator[tuple[str, str]]:
    """Pages of every sort: (its sort, its path)."""
    yield from (("lists", f"/stories{query}") for query in LISTS)
    found: list[str] = []
    for number in range(1, 90, 3):
        told = json.loads(get(port, f"/stories.json?page={number}")[1])
        found += [one["id"] for one in told["stories"]]
    random.seed(1)
    for story in random.sample(found, min(STORIES, len(found))):
        yield from ((part.strip("/") or "story", f"/stories/{story}{part}") for part in PARTS)
        dossier = json.loads(get(port, f"/stories/{story}.json")[1])
        contested = [q["id"] for q in dossier["questions"] if q["verdict"] == "contested"]
        yield from (("question", f"/stories/{story}/questions/{name}") for name in contested[:1])
        yield from (("article", f"/articles/{article['id']}") for article in dossier["articles"][:2])
        yield "versions", f"/articles/{dossier['articles'][0]['id']}/versions"


def part(times: list[float], share: float) -> float:
    """The time under which that share of times lies, in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))] * 1000


async def reader(port: int, paths: list[str], until: float, times: list[float], wrong: list[str]) -> None:
    """One of many: asks for one page after the other."""
    chosen = random.Random(id(times) + len(times))
    into, out = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        path = chosen.choice(paths)
        begun = time.perf_counter()
        out.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        head = await into.readuntil(b"\r\n\r\n")
        size = re.search(rb"content-length: (\d+)", head)
        await into.readexactly(int(size.group(1)) if size else 0)
        times.append(time.perf_counter() - begun)
        if not head.startswith(b"HTTP/1.1 200"):
            wrong.append(f"{path}: {head[:40]!r}")
    out.close()


async def readers(port: int, paths: list[str]) -> tuple[list[float], list[str]]:
    """What all readers waited, and what went wrong."""
    times: list[float] = []
    wrong: list[str] = []
    until = time.perf_counter() + SECONDS
    asked = [reader(port, paths, until, times, wrong) for _ in range(READERS)]
    for result in await asyncio.gather(*asked, return_exceptions=True):
        if result is not None:
            wrong.append(repr(result))
    return times, wrong


def ingest(store: str, seconds: float) -> None:
    """Keep new versions of articles, and new dossiers of their stories, as fast as the store takes them."""
    from recoupe.records.kept import Entry
    from recoupe.store import StoryUpdate, Which, open_store

    with open_store(store) as kept:
        until, turn = time.perf_counter() + seconds, 0
        stories = kept.stories(Which(most=200))
        while time.perf_counter() < until:
            story = stories[turn % len(stories)]
            turn += 1
            now = kept.current(list(story.articles))
            entries = [
                Entry(
                    f"bench:{turn}:{v.id}", "bench", f"bench{turn}{v.id}", replace(v.article, title=f"{turn}"), v.made
                )
                for v in now
            ]
            kept.keep(entries)
            last = kept.dossiers(story.id, last=True)[0]
            dossier = replace(last.dossier, notes=[f"turn {turn}"])
            kept.update([StoryUpdate(story.id, story.articles, story.title, last.made, dossier, last.versions)])


def measure(source: Path) -> dict[str, float]:
    """The figures, by name."""
    from recoupe.store import open_store

    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        store = Path(shutil.copy(source, Path(folder) / "store.sqlite"))
        with open_store(str(store)) as opened:
            while opened.sum_up_anew(200):
                pass
        with desk(store):
            pass  # bytecode, and the file in the memory of the machine
        figures = {"first page (s)": min(_first(store) for _ in range(3))}
        with desk(store) as (port, process, _):
            by_sort: dict[str, list[float]] = {}
            paths = list(pages(port))
            for sort, path in paths:
                status, _, seconds = get(port, path)
                if status != 200:
                    raise SystemExit(f"desk.py: {path}: {status}")
                by_sort.setdefault(sort, []).append(seconds)
            figures["any page, 95% (ms)"] = part([t for times in by_sort.values() for t in times], 0.95)
            figures |= {f"{sort}, 95% (ms)": part(times, 0.95) for sort, times in by_sort.items()}
            popular = [path for _, path in random.sample(paths, POPULAR)]
            beside = multiprocessing.get_context("spawn").Process(target=ingest, args=(str(store), SECONDS + 2))
            beside.start()
            times, wrong = asyncio.run(readers(port, popular))
            beside.join()
            figures["200 readers, 95% (ms)"] = part(times, 0.95)
            figures["200 readers, errors"] = float(len(wrong))
            figures["200 readers, pages a second"] = len(times) / SECONDS
            figures["memory (MB)"] = _memory(process)
            if wrong:
                print(*wrong[:5], sep="\n", file=sys.stderr)
    return figures


def _first(store: Path) -> float:
    with desk(store) as (_, _, seconds):
        return seconds


def _memory(process: int) -> float:
    told = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(told.group(1)) / 1000 if told else 0.0


def main() -> None:
    store = Path(sys.argv[1]) if len(sys.argv) > 1 else STORE
    if not store.exists():
        raise SystemExit(f"desk.py: there is no {store}; 'python bench/stored.py {store}' makes it")
    for name, value in measure(store).items():
        print(f"{name:32} {value:8.2f}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Make a store of 100,000 articles with their readings, stories and dossiers, and time how it grows.

    python bench/stored.py FILE [NUMBER [EVENTS]]

Some 3,000 reports of `bench.made` are really cleaned, read, put into stories by their events and compared; the rest are
variants of those (see `bench.made`), each event again under other names, in another week. They are kept as `collect`
keeps them: asked for, judged and kept, 64 at a time.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import zstandard

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.made import Item, Variant, items  # noqa: E402
from recoupe.engine.made import made, reader_of  # noqa: E402
from recoupe.engine.work import cleaned, read_one, written  # noqa: E402
from recoupe.engine.workers import Workers  # noqa: E402
from recoupe.records import Article, Dossier, Report  # noqa: E402
from recoupe.records.kept import Entry, Sealed  # noqa: E402
from recoupe.settings import Settings  # noqa: E402
from recoupe.store import StoryUpdate, open_store  # noqa: E402
from recoupe.store.packing import digest, id_of, packed, packed_reading, unpacked  # noqa: E402
from recoupe.store.preparing import Prepared, PreparedDossier, PreparedReading, prepared  # noqa: E402

NUMBER = 100_000
EVENTS, DAYS, WEEKS = 950, 28, 52
BATCH = 64
Ready = tuple[Entry, Prepared]


@dataclass(frozen=True, slots=True)
class Base:
    """One event as it was read: its bytes are what variants are made of, `ids` those of its articles."""

    articles: tuple[bytes, ...]
    readings: tuple[bytes, ...]
    ids: tuple[str, ...]
    keys: tuple[str, ...]
    dossier: bytes | None
    title: str
    lang: str
    names: tuple[str, ...]


def bases(events: int = EVENTS) -> list[Base]:
    """Events, really read and compared."""
    settings = Settings()
    told: dict[int, list[Item]] = {}
    for item in items(events, DAYS):
        told.setdefault(item.event, []).append(item)
    rows = [i for members in told.values() for i in members]
    with Workers() as workers:
        reports = [
            Report(f"made.jsonl#{n}", "text", i.text, None, i.url, i.outlet, i.published, i.lang, i.title)
            for n, i in enumerate(rows)
        ]
        articles = [
            replace(a, id=id_of(f"u:{a.url}"))
            for a in workers.map(cleaned, [(r, settings) for r in reports])
            if isinstance(a, Article)
        ]
        readings = dict(zip(articles, workers.map(read_one, [(a, None) for a in articles]), strict=True))
        by_url = {a.url: a for a in articles}
        stories = [[by_url[i.url] for i in members if i.url in by_url] for members in told.values()]
        dossiers = workers.map(
            written,
            [
                (
                    tuple(Sealed(a.id, 1, "", a.lang, packed(a), packed_reading(readings[a])) for a in m),  # type: ignore[arg-type]
                    settings.ui,
                    settings.vague,
                    (),
                    (),
                )
                for m in stories
            ],
        )
    found = []
    for members, own, dossier in zip(told.values(), stories, dossiers, strict=True):
        plain = zstandard.ZstdDecompressor().decompress
        found.append(
            Base(
                tuple(plain(packed(a)) for a in own),
                tuple(plain(packed_reading(readings[a])) for a in own),  # type: ignore[arg-type]
                tuple(a.id for a in own),
                tuple(f"u:{a.url}" for a in own),
                plain(dossier.body) if isinstance(dossier, PreparedDossier) else None,
                own[0].title,
                own[0].lang,
                tuple(dict.fromkeys(n for i in members for n in i.names)),
            )
        )
    return found


def variant(base: Base, number: int) -> tuple[list[Ready], StoryUpdate]:
    """An event again: its entries, as they are asked for and as they are kept, and its story."""
    settings = Settings()
    keys = [k.replace("/v0000/", f"/v{number:04}/") for k in base.keys]
    ids = [id_of(key) for key in keys]
    told = made([base.lang], settings)
    chance = random.Random(f"{base.keys[0]} {number}")
    other = Variant(
        base.names,
        chance.randrange(WEEKS),
        number,
        {a.encode(): b.encode() for a, b in zip(base.ids, ids, strict=True)},
    )
    pack = zstandard.ZstdCompressor(level=1).compress
    whole = zstandard.ZstdCompressor(level=3, write_checksum=True).compress
    entries = []
    for key, article, reading in zip(keys, base.articles, base.readings, strict=True):
        one = Entry(key, "/made/news.jsonl", digest(key), unpacked(pack(other.of(article)), Article), told)
        ready = prepared(one)
        read = PreparedReading(ready.read, reader_of(base.lang, settings), told, whole(other.of(reading)))
        entries.append((one, replace(ready, reading=read)))
    dossier = unpacked(pack(other.of(base.dossier)), Dossier) if base.dossier else None
    title = other.of(base.title.encode()).decode()
    return entries, StoryUpdate(
        id_of(ids[0], "s"), tuple(ids), title, made([base.lang], settings, dossier=True), dossier,
        tuple((name, 1) for name in ids),
    )  # fmt: skip


def pile(read: Sequence[Base], number: int) -> Iterator[tuple[list[Ready], StoryUpdate]]:
    """So many articles, as events."""
    have, again = 0, 0
    while have < number:
        for base in read:
            if have >= number:
                return
            one = variant(base, again)
            have += len(one[0])
            yield one
        again += 1


def ingest(file: str, number: int, tell: Callable[[int, float], None], events: int = EVENTS) -> None:
    """Make the store; `tell` hears how many articles are there and the processor time that keeping them took so far."""
    spent, have, said = 0.0, 0, 0
    entries: list[Ready] = []
    updates: list[StoryUpdate] = []
    read = bases(events)
    print(f"read {sum(len(b.ids) for b in read)} reports of {len(read)} events", file=sys.stderr, flush=True)
    with open_store(file) as store:

        def keep() -> float:
            begun = time.process_time()
            store.known([entry.report for entry, _ in entries])
            store.judge([entry for entry, _ in entries])
            store.keep([ready for _, ready in entries])
            store.update(updates)
            return time.process_time() - begun

        for more, update in pile(read, number):
            entries += more
            updates.append(update)
            if len(entries) >= BATCH:
                spent += keep()
                have += len(entries)
                entries, updates = [], []
                if have // 5000 > said:
                    said = have // 5000
                    tell(have, spent)
        spent += keep()
        tell(have + len(entries), spent)


def main() -> None:
    number = int(sys.argv[2]) if len(sys.argv) > 2 else NUMBER
    Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
    events = int(sys.argv[3]) if len(sys.argv) > 3 else EVENTS
    ingest(sys.argv[1], number, lambda have, spent: print(f"{have:7} {spent:8.1f} s", flush=True), events)


if __name__ == "__main__":
    main()

"""Made-up news for the benchmarks of the store: reports of events, as texts and as pages, and cheap variants of them.

An event is told in one language by one to twelve outlets. It has eight passages of training/corpus, of the example
story in French and English too, in which every marked name is another one, of seeded lists; each report has six of
them in an order of its own, which is some 260 words, and every number in it is another one of as many digits.

A variant of what was read is what another event would have given: its names, days (by whole weeks, so that weekdays are
still true) and addresses are replaced by others of the same length, in the article, its reading and its dossier alike.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from training.corpus.own import parse

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = {"a.txt": "fr", "c.txt": "en", "d.txt": "fr", "e.txt": "en"}
LANGUAGES = ("en", "fr", "en", "de", "es", "nl", "ru", "uk", "vi")  # English twice as often
SIZES = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7, 12)
PASSAGES, TAKEN = 8, 6
FIRST = date(2024, 1, 1)
OUTLETS = 90
_KINDS = (("aeiouy", "bcdfghjklmnprstvz"), ("аеиоу", "бвгдзклмнпрст"))


@dataclass(frozen=True, slots=True)
class Item:
    """One report of an event."""

    event: int
    number: int
    lang: str
    title: str
    text: str
    outlet: str
    url: str
    published: str
    names: tuple[str, ...]

    def row(self) -> dict[str, str]:
        """It as a row of a JSONL file."""
        return {
            "title": self.title, "text": self.text, "url": self.url, "source": self.outlet, "language": self.lang,
            "published": self.published,
        }  # fmt: skip


def items(events: int, days: int, seed: int = 1) -> Iterator[Item]:
    """The reports of so many events on so many days, in the order of events."""
    pools = {lang: _pool(lang) for lang in sorted(set(LANGUAGES))}
    for number in range(events):
        chance = random.Random(seed * 1_000_003 + number)
        lang = chance.choice(LANGUAGES)
        day = FIRST + timedelta(chance.randrange(days))
        told: dict[str, str] = {}
        passages = [_renamed(*row, told, chance) for row in chance.sample(pools[lang], PASSAGES)]
        for outlet, size in zip(chance.sample(range(OUTLETS), SIZES[-1]), range(chance.choice(SIZES)), strict=False):
            taken = chance.sample(passages, TAKEN)
            text = "\n\n".join(_refigured(p, chance) for p in taken)
            title = taken[0].split(". ")[0][:90].rstrip(" ,;:")
            url = f"https://outlet-{outlet:02}.example/v0000/{number:06}"
            published = f"{day + timedelta(size % 2)}T{chance.randrange(6, 22):02}:15:00+00:00"
            yield Item(number, size, lang, title, text, f"Outlet {outlet:02}", url, published, tuple(told.values()))


def page(item: Item) -> str:
    """A report as a page with the furniture of its outlet: some 25 kB."""
    chance = random.Random(item.url)
    paragraphs = "\n".join(f"<p>{p}</p>" for p in item.text.split("\n\n"))
    links = "\n".join(
        f'<li class="teaser"><a href="/v0000/{chance.randrange(10**6):06}"><img src="/i/{n}.jpg" alt="">'
        f"<h3>{item.title[: chance.randrange(20, 60)]}</h3></a><time>{item.published[:10]}</time></li>"
        for n in range(40)
    )
    menu = "".join(f'<li><a href="/section/{n}">{n}. {item.outlet}</a></li>' for n in range(30))
    script = ";".join(f"window.q{n}=[{chance.random()},{chance.random()}]" for n in range(200))
    return f"""<!DOCTYPE html>
<html lang="{item.lang}"><head><meta charset="utf-8"><title>{item.title} | {item.outlet}</title>
<meta property="og:site_name" content="{item.outlet}"><meta property="og:title" content="{item.title}">
<meta property="article:published_time" content="{item.published}"><link rel="canonical" href="{item.url}">
<script>{script}</script><style>{".a { color: red; margin: 0 1px }" * 60}</style></head>
<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{item.title}</h1>
<p class="byline"><time datetime="{item.published}">{item.published[:10]}</time></p>
<div class="body">{paragraphs}</div></article>
<aside><h2>More</h2><ul>{links}</ul></aside></main>
<footer><p>© {item.outlet}</p><ul>{menu}</ul></footer></body></html>"""


# --- variants -----------------------------------------------------------------------------------------


class Variant:
    """Replaces, in bytes of a record, the names of an event, days and addresses by others of the same length."""

    def __init__(self, names: Sequence[str], weeks: int, number: int, ids: dict[bytes, bytes]) -> None:
        words = {w for name in names for w in re.findall(r"[^\W\d_]{4,}", name)}
        self._others = {w.encode(): like(w, number).encode() for w in words} | ids
        self._others[b"/v0000/"] = f"/v{number:04}/".encode()
        self._weeks = weeks
        every = sorted(map(re.escape, self._others), key=len, reverse=True)
        self._pattern = re.compile(b"|".join([*every, rb"20\d\d-\d\d-\d\d"]))

    def of(self, data: bytes) -> bytes:
        """The variant of a record's bytes, as long as they were."""
        return self._pattern.sub(self._other, data)

    def _other(self, match: re.Match[bytes]) -> bytes:
        return self._others.get(match[0]) or later(match[0], self._weeks)


@lru_cache(20_000)
def later(day: bytes, weeks: int) -> bytes:
    """An ISO day so many weeks later."""
    try:
        return (date.fromisoformat(day.decode()) + timedelta(weeks=weeks)).isoformat().encode()
    except ValueError:
        return day


@lru_cache(200_000)
def like(word: str, number: int) -> str:
    """Another word with as many letters and bytes: vowels for vowels, consonants for consonants."""
    chance = random.Random(f"{word} {number}")
    made = []
    for c in word:
        for vowels, consonants in _KINDS:
            kind = vowels if c.lower() in vowels else consonants if c.lower() in consonants else ""
            if kind:
                other = chance.choice(kind)
                c = other.upper() if c.isupper() else other
                break
        made.append(c)
    return "".join(made)


# --- what events are made of --------------------------------------------------------------------------


@lru_cache
def _pool(lang: str) -> list[tuple[str, tuple[str, ...]]]:
    """The passages of a language, each with the names that are marked in it."""
    rows = []
    for file in (f"{lang}.txt", f"{lang}.dev.txt"):
        for line in (ROOT / "training" / "corpus" / file).read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                found = parse(line)
                rows.append((found["text"], tuple(found["text"][s:e] for s, e, *_ in found["names"])))
    for name, code in EXAMPLES.items():
        if code == lang:
            text = (ROOT / "examples" / "tunnel-fire" / name).read_text("utf-8")
            rows += [(p.strip(), ()) for p in re.split(r"\n+", text) if len(p.split()) > 15]
    return rows


def _renamed(text: str, names: Sequence[str], told: dict[str, str], chance: random.Random) -> str:
    for name in names:
        if name not in told:
            told[name] = like(name, chance.randrange(10**9))
    if not names:
        return text
    pattern = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    return re.sub(pattern, lambda m: told[m[0]], text)


def _refigured(text: str, chance: random.Random) -> str:
    def number(match: re.Match[str]) -> str:
        if len(match[0]) == 4 and match[0][:2] in ("19", "20"):
            return match[0]
        return str(chance.randrange(1, 10)) + "".join(str(chance.randrange(10)) for _ in match[0][1:])

    return re.sub(r"\d+", number, text)

#!/usr/bin/env python3
"""Measure how fast read reports of one event are compared, how that grows with their number, and the memory it takes.

    python bench/comparing.py [NUMBER]...      of reports; 2, 50 and 500 where none is given

One process on one core, in seconds of processor time; reading is not counted. The reports are made from the text files
of the example story, seeded, the same at every run. Each takes one language and one text in it, drops a quarter of its
sentences, takes some from the other text of that language instead, and lets paragraphs change places; it moves every
third number, be it in digits or in words, by a little; in one long word of forty it changes a letter, so that there are
words that hardly any other report has; and it appears at an hour of its own within three days. So a third of what they
say differs, and half of what they say in one language cannot meet the words of the other.

The first comparison of a process opens what the packs hold; it is given apart. Growth is the power by which the time
grows from 50 reports to 500.
"""

from __future__ import annotations

import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"  # before anything brings numpy

import math  # noqa: E402
import random  # noqa: E402
import re  # noqa: E402
import sys  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from datetime import UTC, datetime, timedelta  # noqa: E402
from pathlib import Path  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.speed import LANGUAGES, STORY, alone, resident, timed  # noqa: E402
from recoupe import Reading, Report, clean, compare, one_story, read  # noqa: E402

SIZES = (2, 50, 500)
MEMORY = "memory (MB)"
GROWTH = "growth"
FIRST = datetime(2025, 3, 12, 6, tzinfo=UTC)
HOURS = 72
DROPPED, TAKEN, MOVED, MISSPELT = 0.25, 0.15, 0.33, 0.025
_SENTENCE = re.compile(r"(?<=[.!?»”\"]) +(?=[A-ZÀ-Ý«“\"])")
_NUMBERS = (
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fourteen"),
    ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "quatorze"),
)
Text = list[list[str]]
"""Paragraphs as lists of sentences."""


def texts() -> dict[str, list[Text]]:
    """The example story's texts by language."""
    found: dict[str, list[Text]] = {}
    for name, lang in LANGUAGES.items():
        rows = (STORY / name).read_text("utf-8").splitlines()
        found.setdefault(lang, []).append([_SENTENCE.split(row.strip()) for row in rows if row.strip()])
    return found


def reports(number: int) -> list[Report]:
    """So many reports of the example story's event, the first ones the same whatever the number."""
    story = texts()
    made = []
    for n in range(number):
        chance = random.Random(n)
        lang = sorted(story)[n % len(story)]
        appeared = FIRST + timedelta(minutes=chance.randrange(HOURS * 60))
        made.append(
            Report(f"{n}.txt", "text", told(story[lang], chance), published=appeared.isoformat(), language=lang)
        )
    return made


def told(of: Sequence[Text], chance: random.Random) -> str:
    """One report made from texts of one language."""
    base = chance.choice(of)
    title, *paragraphs = base
    others = [sentence for text in of if text is not base for row in text[1:] for sentence in row]
    rows = []
    for paragraph in paragraphs:
        row = []
        for sentence in paragraph:
            if chance.random() >= DROPPED:
                row.append(sentence)
            if chance.random() < TAKEN:
                row.append(chance.choice(others))
        if row:
            rows.append(" ".join(row))
    for at in range(len(rows) - 1):
        if chance.random() < 0.2:
            rows[at], rows[at + 1] = rows[at + 1], rows[at]
    return altered("\n\n".join((" ".join(title), *rows)), chance)


def altered(text: str, chance: random.Random) -> str:
    """A text with some other numbers and misspelt words."""

    def digits(match: re.Match[str]) -> str:
        number = int(match[0])
        if chance.random() > MOVED or 1900 < number < 2100:
            return match[0]
        return str(max(1, number + chance.randrange(-3, 4) * max(1, number // 20)))

    def word(match: re.Match[str]) -> str:
        low = match[0].lower()
        row = next((row for row in _NUMBERS if low in row), None)
        if row is not None and chance.random() < MOVED:
            other = row[max(0, min(len(row) - 1, row.index(low) + chance.randrange(-2, 3)))]
            return other.capitalize() if match[0][0].isupper() else other
        if len(low) < 6 or chance.random() > MISSPELT:
            return match[0]
        at = chance.randrange(1, len(low))
        return match[0][:at] + chance.choice("aeilnorst") + match[0][at + 1 :]

    return re.sub(r"[^\W\d_]+", word, re.sub(r"\d+", digits, text))


def readings(number: int) -> list[Reading]:
    """The reports, read."""
    return [read(clean(report)) for report in reports(number)]


def measure(sizes: Sequence[int] = SIZES) -> dict[str, float]:
    """The figures, by name."""
    read_ones = readings(max(sizes))
    figures = {"first, 2 reports (s)": timed(lambda: compare(one_story(read_ones[:2])))}
    seconds = {}
    for size in sizes:
        story = one_story(read_ones[:size])
        runs = 5 if size < 10 else 1
        seconds[size] = min(timed(lambda story=story: compare(story)) for _ in range(runs))  # type: ignore[misc]
        figures[f"{size} reports (s)"] = seconds[size]
    if len(sizes) > 1:
        few, many = sizes[-2:]
        figures[GROWTH] = math.log(seconds[many] / seconds[few]) / math.log(many / few)
    return figures | {MEMORY: resident()}


def main() -> None:
    alone()
    for name, value in measure([int(n) for n in sys.argv[1:]] or SIZES).items():
        print(f"{name:32} {value:10.4f}", flush=True)


if __name__ == "__main__":
    main()

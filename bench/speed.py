#!/usr/bin/env python3
"""Measure how fast reports are cleaned and read, how much memory that takes, and that no text takes unbounded time.

    python bench/speed.py [NAME]...      of speed, memory, growth, hostile; all where none is given

One process on one core, in seconds of processor time.

speed    words a second of `clean` + `read` over 1,000 articles, beside an untrained spaCy pipeline of tok2vec, tagger,
         parser and entity recogniser in the size of its `sm` models on the same texts. The articles are made from the
         paragraphs of the example story's text files: each takes the paragraphs of one language in an order of its own
         until it has 300 words. In each, every number is another one of as many digits, and one long word in twenty has
         a letter changed. Beside that our own words a second over text whose words come for the first time, as in the
         news: the passages of training/corpus one after the other, each once, language by language.
memory   the largest resident memory with all packs open, in MB
growth   by which power of its length the time for a text grows from 1 kB to 1 MB: many short articles, one long one
hostile  the longest time for 100 kB of any of HOSTILE in any language, in seconds, and the power by which it grows from
         10 kB; who takes longer than LONGEST is stopped. All are read at 10 kB in every language, and at 100 kB in the
         language that was slowest then and wherever it might take longer than half of ALLOWED.
"""

from __future__ import annotations

import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"  # before anything brings numpy

import math  # noqa: E402
import random  # noqa: E402
import re  # noqa: E402
import resource  # noqa: E402
import signal  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterable, Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from recoupe import Report, clean, read  # noqa: E402
from recoupe.errors import CleanError  # noqa: E402
from recoupe.languages import available  # noqa: E402
from training.corpus.own import parse  # noqa: E402

STORY = ROOT / "examples" / "tunnel-fire"
PASSAGES = ROOT / "training" / "corpus"
LANGUAGES = {"a.txt": "fr", "c.txt": "en", "d.txt": "fr", "e.txt": "en"}
ARTICLES = 1000
TURN = 50  # articles that each reads before it is the other's turn
LENGTH = 300  # words
DAY = "2025-03-14"
WORDS, PEER, TIMES = "words a second", "spaCy's words a second", "times as fast as spaCy"
MORE_IS_BETTER = (WORDS, TIMES)
NEW = "words a second, new text"
READ_BEFORE, PER_LANGUAGE = 10, 40  # articles of new text: so many first, for what is compiled once a pack, and timed
SIZES = (1_000, 10_000, 100_000, 1_000_000)
PARTS = ("speed", "memory", "growth", "hostile")
LONGEST = 10.0  # seconds for one hostile text
ALLOWED = 2.0
Figures = dict[str, float]

HOSTILE: dict[str, str] = {
    "one letter": "a",
    "one capital": "A",
    "letters with blanks": "a ",
    "capitals with blanks": "A ",
    "digits": "7",
    "numbers": "1 000 ",
    "numbers with points": "1.000.",
    "dates in figures": "12/12/",
    "years": "2024-",
    "full stops": ".",
    "commas": ",",
    "dashes": "- ",
    "apostrophes": "l'",
    "opened quotation marks": "« ",
    "quotation marks": '"a" ',
    "brackets": "(",
    "square brackets": "[a](",
    "tags": "<a ",
    "lines": "a\n",
    "blank lines": "\n",
    "addresses": "http://a.",
    "ago": "il y a ",
    "according to": "selon ",
    "between": "entre le 3 et ",
    "from to": "from 3 to ",
    "number words": "deux cent mille ",
    "more number words": "twenty hundred and ",
    "joined number words": "vierundzwanzigtausend",
    "hyphens": "quatre-vingt-",
    "names": "Anna Maria de la ",
    "initials": "J. ",
    "titles": "M. le ministre ",
    "said": "he said that ",
    "says he": "« non », dit-il, ",
    "modifiers": "plus de moins de ",
    "weekdays": "lundi mardi ",
    "more weekdays": "Monday morning, ",
    "killed": "three killed and ",
    "combining accents": "e\u0301\u0300",
    "no-break blanks": "1\u00a0",
    "Cyrillic": "двадцать один ",
    "Vietnamese": "ngày 5 tháng ",
}
"""What is repeated to make a text that gives matchers the most work."""


def main() -> None:
    parts = sys.argv[1:] or PARTS
    if unknown := [p for p in parts if p not in PARTS]:
        raise SystemExit(f"speed.py: there is no {unknown[0]!r}, there are {', '.join(PARTS)}")
    alone()
    measures: dict[str, Callable[[], Figures]] = {
        "speed": speed, "memory": memory, "growth": growth, "hostile": hostile,
    }  # fmt: skip
    if parts == ["memory"]:
        open_all()
        print(f"{'memory with all packs (MB)':32} {resident():10.4f}")
        return
    for part in parts:
        for name, value in measures[part]().items():
            print(f"{name:32} {value:10.4f}", flush=True)


def alone() -> None:
    """Stay on one core; the one that the process is on where the system lets choose."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


# --- speed


def speed() -> Figures:
    """Words a second of our own and, where spaCy is installed, of a pipeline of its."""
    made = articles(ARTICLES)
    words = sum(len(text.split()) for _, text in made)
    for lang, text in made[:20]:
        digest(text, lang)  # what is compiled once a pack is no part of it
    ours, theirs = by_turns(made)
    figures = {WORDS: words / ours}
    if theirs is not None:
        figures[PEER] = words / theirs
        figures[TIMES] = figures[WORDS] / figures[PEER]
    return figures | each_language()


def each_language() -> Figures:
    """Words a second of text read for the first time, in each language that has passages and in all of them."""
    figures: Figures = {}
    words = seconds = 0.0
    for lang in available():
        file = PASSAGES / f"{lang}.txt"
        if not file.is_file():
            continue
        made = in_turn([parse(line)["text"] for line in file.read_text("utf-8").splitlines() if line.strip()])
        for text in made[:READ_BEFORE]:
            digest(text, lang)
        new = made[READ_BEFORE : READ_BEFORE + PER_LANGUAGE]
        count = sum(len(text.split()) for text in new)
        spent = timed(lambda new=new, lang=lang: [digest(text, lang) for text in new])  # type: ignore[misc]
        figures[f"{NEW}, {lang}"] = count / spent
        words, seconds = words + count, seconds + spent
    return {NEW: words / seconds} | figures if seconds else figures


def in_turn(passages: Iterable[str]) -> list[str]:
    """Texts of LENGTH words, or a passage more, that have each passage once."""
    made, text, size = [], list[str](), 0
    for row in passages:
        text.append(row)
        size += len(row.split())
        if size >= LENGTH:
            made.append("\n\n".join(text))
            text, size = [], 0
    return made


def assembled(passages: Sequence[str], number: int) -> list[str]:
    """Texts of LENGTH words, each of passages in an order of its own."""
    made = []
    for n in range(number):
        chance = random.Random(n)
        text, size = [], 0
        for row in chance.sample(passages, len(passages)):
            text.append(altered(row, chance))
            size += len(row.split())
            if size >= LENGTH:
                break
        made.append("\n\n".join(text))
    return made


def digest(text: str, lang: str | None = None) -> None:
    """Clean and read one text; a text that no language can be told of is none to read."""
    try:
        read(clean(Report("a.txt", "text", text, published=DAY, language=lang)))
    except CleanError:
        return


def timed(run: Callable[[], Any]) -> float:
    """Seconds of processor time."""
    begun = time.process_time()
    run()
    return time.process_time() - begun


def articles(number: int) -> list[tuple[str, str]]:
    """(language, text) of articles made as the head of this file says; the same at every call."""
    paragraphs: dict[str, list[str]] = {}
    for name, lang in LANGUAGES.items():
        rows = (STORY / name).read_text("utf-8").split("\n\n")
        paragraphs.setdefault(lang, []).extend(row.strip() for row in rows if row.strip())
    texts = {lang: assembled(rows, number) for lang, rows in paragraphs.items()}
    return [(lang, texts[lang][n]) for n in range(number) for lang in [sorted(texts)[n % len(texts)]]]


def altered(text: str, chance: random.Random) -> str:
    """A text with other numbers and some unknown words."""

    def number(match: re.Match[str]) -> str:
        if len(match[0]) == 4 and match[0][:2] in ("19", "20"):
            return match[0][:3] + str(chance.randrange(10))
        return str(chance.randrange(1, 10)) + "".join(str(chance.randrange(10)) for _ in match[0][1:])

    def word(match: re.Match[str]) -> str:
        if chance.random() > 0.05:
            return match[0]
        at = chance.randrange(1, len(match[0]))
        return match[0][:at] + chance.choice("aeilnorst") + match[0][at + 1 :]

    return re.sub(r"[^\W\d_]{6,}", word, re.sub(r"\d+", number, text))


def by_turns(made: Sequence[tuple[str, str]]) -> tuple[float, float | None]:
    """Seconds that we take and that spaCy takes for the same texts, a few of them by turns.

    So both meet the machine as it is, which is not always equally quick. None, and a word why, without spaCy.
    """
    pipes = peers({lang for lang, _ in made})
    ours = theirs = 0.0
    for k in range(0, len(made), TURN):
        part = made[k : k + TURN]
        ours += timed(lambda part=part: [digest(text, lang) for lang, text in part])  # type: ignore[misc]
        for lang, nlp in pipes.items():
            texts = [text for code, text in part if code == lang]
            theirs += timed(lambda nlp=nlp, texts=texts: list(nlp.pipe(texts)))  # type: ignore[misc]
    return ours, theirs if pipes else None


def peers(langs: Iterable[str]) -> dict[str, Any]:
    """spaCy's pipelines, each run in."""
    try:
        import spacy
    except ImportError:
        print("speed: no spaCy to compare with: pip install 'recoupe[spacy]'", file=sys.stderr)
        return {}
    pipes = {lang: pipeline(spacy, lang) for lang in sorted(langs)}
    for lang, nlp in pipes.items():
        list(nlp.pipe([text for code, text in articles(20) if code == lang]))
    return pipes


def pipeline(spacy: Any, lang: str) -> Any:
    """A pipeline like spaCy's small ones, untrained: tagger and parser share a tok2vec, NER has one of its own."""
    nlp = spacy.blank(lang)
    words = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "include_static_vectors": False,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1, "maxout_pieces": 3,  # noqa: E501
        },
    }  # fmt: skip
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    transitions = {
        "@architectures": "spacy.TransitionBasedParser.v2", "extra_state_tokens": False, "hidden_width": 64,
        "maxout_pieces": 2, "use_upper": True,
    }  # fmt: skip
    nlp.add_pipe("tok2vec", config={"model": words})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    nlp.add_pipe("parser", config={"model": {**transitions, "state_type": "parser", "tok2vec": shared}})
    nlp.add_pipe("ner", config={"model": {**transitions, "state_type": "ner", "tok2vec": words}})
    nlp.initialize(lambda: examples(spacy, nlp))
    return nlp


def examples(spacy: Any, nlp: Any) -> list[Any]:
    """A few sentences with made-up labels: 50 tags, 40 relations, 4 sorts of entities."""
    made = []
    for n in range(0, 60, 6):
        words = ["the", "minister", "spoke", "of", "Erevan", "today"]
        deps = ["det", "nsubj", "ROOT", "prep", "pobj", "advmod"] if n == 0 else [f"d{(n + k) % 40}" for k in range(6)]
        deps[2] = "ROOT"
        made.append(
            spacy.training.Example.from_dict(
                spacy.tokens.Doc(nlp.vocab, words=words),
                {
                    "tags": [f"T{(n + k) % 50}" for k in range(6)],
                    "heads": [1, 2, 2, 2, 3, 2],
                    "deps": deps,
                    "entities": ["O", "U-PER", "O", "O", "U-LOC", "O"]
                    if n % 4
                    else ["O", "U-ORG", "O", "O", "U-MISC", "O"],
                },
            )
        )
    return made


# --- memory


def memory() -> Figures:
    """The memory of a process that has read with each pack; a process of its own, for this one has more."""
    printed = subprocess.run([sys.executable, __file__, "memory"], capture_output=True, text=True, check=True).stdout
    name, value = printed.strip().splitlines()[-1].rsplit(None, 1)
    return {name.strip(): float(value)}


def open_all() -> None:
    """Read something in every language: all of its pack is compiled."""
    text = (STORY / "a.txt").read_text("utf-8") + "\n\n" + (STORY / "c.txt").read_text("utf-8")
    for lang in available():
        digest(text, lang)


def resident() -> float:
    """The largest resident memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


# --- growth


def growth() -> Figures:
    """The power by which time grows with length."""
    made = articles(600)
    english = [text for lang, text in made if lang == "en"]
    digest(english[0], "en")
    whole = "\n\n".join(english)
    whole *= math.ceil(SIZES[-1] / len(whole))

    def one_long(size: int) -> None:
        digest(whole[:size], "en")

    def many_short(size: int) -> None:
        for at in range(0, size, 1000):
            digest(whole[at : at + 1000], "en")

    return {
        "growth, many short articles": exponent(many_short, SIZES),
        "growth, one long article": exponent(one_long, SIZES),
    }


def exponent(run: Callable[[int], None], sizes: Iterable[int]) -> float:
    """The slope of the time over the size, both as logarithms, by least squares; short runs are run again."""
    points = []
    for size in sizes:
        runs = max(1, min(20, 50_000 // size))
        if size < 100_000:
            run(size)
        points.append((math.log(size), math.log(max(timed(lambda: [run(size) for _ in range(runs)]) / runs, 1e-5))))  # noqa: B023
    x0, y0 = (sum(p[k] for p in points) / len(points) for k in (0, 1))
    return sum((x - x0) * (y - y0) for x, y in points) / sum((x - x0) ** 2 for x, _ in points)


# --- hostile


def hostile() -> Figures:
    """The worst of all hostile texts in all languages."""
    slowest, steepest = (0.0, ""), (0.0, "")
    open_all()
    for name, piece in HOSTILE.items():
        text = piece * (100_000 // len(piece))
        short = {lang: timed(lambda lang=lang: stopped(text[:10_000], lang)) for lang in available()}  # type: ignore[misc]  # noqa: B023
        worst = max(short.values())
        for lang, before in short.items():
            if before < worst and before * 10 < ALLOWED / 2:
                continue
            long = timed(lambda lang=lang: stopped(text, lang))  # type: ignore[misc]  # noqa: B023
            if long > ALLOWED:
                print(f"hostile: {name} in {lang}: {long:.1f} s", file=sys.stderr)
            slowest = max(slowest, (long, f"{name} in {lang}"))
            if long > 0.2:  # below, what is measured is the clock
                steepest = max(steepest, (math.log10(long / max(before, 1e-4)), f"{name} in {lang}"))
    print(f"slowest: {slowest[1]}; steepest: {steepest[1]}", file=sys.stderr)
    return {"hostile text, slowest (s)": slowest[0], "hostile text, growth": steepest[0]}


def stopped(text: str, lang: str) -> None:
    """As `digest`, but given up after LONGEST seconds."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        digest(text, lang)
    except TimeoutError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


if __name__ == "__main__":
    main()

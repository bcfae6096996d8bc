"""B-cubed of names over stories, by names alone: `python -m bench.names_bcubed STORY… [--misses]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    from recoupe.cleaning import clean
    from recoupe.comparing.names import merge_names
    from recoupe.languages import available, load_pack
    from recoupe.reading.document import open_document
    from recoupe.reading.names import read_names
    from recoupe.records import Reading, Report

    show = "--misses" in sys.argv
    total = [0.0, 0.0, 0]
    for folder in (Path(a) for a in sys.argv[1:] if not a.startswith("--")):
        gold = json.loads((folder / "story.json").read_text("utf-8"))
        readings, files = [], []
        for article in gold["articles"]:
            if article["lang"] not in available():
                continue
            text = (folder / article["file"]).read_text("utf-8")
            made = clean(Report(str(folder / article["file"]), "text", text))
            document = open_document(made, load_pack(made.lang))
            readings.append(Reading(made, names=tuple(read_names(document))))
            files.append(article["id"])
        if not readings:
            continue
        story = [0.0, 0.0, 0]
        score(gold, readings, files, merge_names(readings), story, show)
        print(f"{folder.name:20} P {story[0] / story[2]:.3f} R {story[1] / story[2]:.3f} ({story[2]})")
        total = [a + b for a, b in zip(total, story)]
    p, r = total[0] / total[2], total[1] / total[2]
    print(f"names_bcubed {2 * p * r / (p + r):.4f}")


def score(gold: dict, readings: list, files: list[str], people: tuple, total: list, show: bool) -> None:
    label = {member: person.id for person in people for member in person.members}
    of = {person.id: person.name for person in people}
    items = []
    for entity in gold["entities"]:
        for article, forms in entity["mentions"].items():
            if article not in files:
                continue
            index = files.index(article)
            text = readings[index].article.text
            for form in forms:
                at, hit = -1, None
                while hit is None and (at := text.find(form, at + 1)) >= 0:
                    here = [
                        (min(m.end, at + len(form)) - max(m.start, at), label[index, n.id])
                        for n in readings[index].names
                        for m in n.mentions
                    ]
                    hit = max((h for h in here if h[0] > 0), default=(0, None))[1]
                items.append((entity["id"], hit or f"none:{len(items)}", f"{article}:{form} ({entity['name']})"))
    for entity, hit, words in items:
        both = sum(1 for e, h, _ in items if e == entity and h == hit)
        p, r = both / sum(1 for _, h, _ in items if h == hit), both / sum(1 for e, _, _ in items if e == entity)
        total[0] += p
        total[1] += r
        total[2] += 1
        if show and (p < 1 or r < 1):
            print(f"   P {p:.2f} R {r:.2f} {words} -> {hit} {of.get(hit, '')}")


if __name__ == "__main__":
    main()

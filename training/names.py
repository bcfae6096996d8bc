"""Train the tagger of names: `python -m training.names [--public DIR] [--out FILE] [--leave-out NAME …]`.

Data: training/corpus (CC0, ours) and, where `--public` names a folder with `<lang>/<source>.<part>.jsonl.gz`
(one sentence a line, `{"t": tokens, "n": BIO labels, "m": indices of tokens without a known label}`), the sources of
PUBLIC, whose licence is clear; all their parts, since what is measured is measured on other texts.
Windows with an unknown label are left out. Writes common.txt too: words that the data has in lower case, by language.
Prints F1 on training/corpus/*.dev.txt by language.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from recoupe.languages import LanguagePack, available, load_pack
from recoupe.languages.pack import FOLDER, open_pack
from recoupe.reading.document import Document, open_document
from recoupe.reading.gazetteer import gazetteer, marks
from recoupe.reading.tagger import Features, lists, segments, windows
from recoupe.records import Article
from recoupe.weights import weights
from training.corpus.own import parse

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = ("fr", "en", "nl", "de", "es", "ru", "uk", "vi")
# Sources of clear licence, by their file names; the card in recoupe/weights/names lists them with their owners.
PUBLIC = (
    "uner_pud",
    "uner_ewt",
    "pud_projected",
    "wikigold",
    "crossner_politics",
    "gum",
    "germeval2014",
    "wikiner",
    "factrueval2016",
    "gsd_distant",
    "alts_distant",
    "parlamint_names",
    "taiga_names",
    "alpino_distant",
    "lassysmall_distant",
    "vtb_distant",
)
LIMIT = 6000  # sentences a source, so that none outweighs the rest


class Sample(NamedTuple):
    """A text with its names, and the places without a known label, in code points."""

    text: str
    names: list[tuple[int, int, str]]
    gaps: list[tuple[int, int]]


class Row(NamedTuple):
    """A window of a sentence: the features of its tokens, and their labels."""

    features: list[list[str]]
    labels: list[str]


def pack_of(code: str) -> LanguagePack:
    """The pack of a language, or an empty one where there is none yet."""
    return load_pack(code) if code in available() else replace(open_pack(FOLDER / "_template"), code=code)


def own(code: str, part: str) -> Iterator[Sample]:
    """Our own passages."""
    for line in (CORPUS / f"{code}{part}.txt").read_text("utf-8").splitlines():
        if line.strip():
            passage = parse(line)
            yield Sample(passage["text"], [(s, e, k) for s, e, k in passage["names"]], [])


def shortened(sample: Sample, chance: random.Random) -> Sample:
    """The passage with people called by their last or first name alone, as the press does after the first time."""
    text, names, at = "", [], 0
    for start, end, kind in sorted(sample.names):
        text += sample.text[at:start]
        name = sample.text[start:end]
        words = name.split()
        if kind == "PER" and len(words) > 1:
            name = chance.choices((words[-1], words[0], name), (4, 2, 3))[0]
        names.append((len(text), len(text) + len(name), kind))
        text += name
        at = end
    return Sample(text + sample.text[at:], names, [])


def public(folder: Path, code: str, leave_out: set[str]) -> Iterator[Sample]:
    """Sentences of the public sets, put together again from their tokens."""
    for source in PUBLIC:
        for file in sorted((folder / code).glob(f"{source}.*.jsonl.gz")) if source not in leave_out else []:
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                rows = [json.loads(line) for line in lines]
            random.Random(7).shuffle(rows)
            for row in rows[:LIMIT]:
                yield joined(row["t"], row["n"], row.get("m") or [])


def joined(tokens: list[str], labels: list[str], masked: list[int]) -> Sample:
    """Text from tokens, without the blanks that a tokeniser has put in."""
    text, spans = "", []
    for token in tokens:
        tight = (
            not text
            or (text[-1] in "([«'’" and text[-2:-1].isalpha())
            or token in (",", ".", ")", "]", ";", "...")
            or (token[0] in "'’" and len(token) > 1)
        )
        text += token if tight else " " + token
        spans.append((len(text) - len(token), len(text)))
    names = [(spans[i][0], spans[j - 1][1], kind) for i, j, kind in segments(labels)]
    return Sample(text, names, [spans[i] for i in masked])


def labelled(sample: Sample, pack: LanguagePack) -> tuple[Document, list[str]]:
    """A document with a label for each of its tokens, "?" where it is unknown."""
    document = open_document(Article("a", "", sample.text, pack.code, ""), pack)
    labels = ["O"] * len(document.tokens)
    starts = document.tokens.starts
    for start, end, kind in sample.names:
        i = bisect_left(starts, start)
        if i < len(starts) and starts[i] == start:
            labels[i] = "B-" + kind
            i += 1
            while i < len(starts) and starts[i] < end:
                labels[i] = "I-" + kind
                i += 1
    for start, end in sample.gaps:
        for i in range(bisect_left(starts, start), bisect_left(starts, end)):
            labels[i] = "?"
    return document, labels


def rows(document: Document, labels: list[str], features: Features) -> Iterator[Row]:
    """What a document teaches: its windows around capitals, of which all labels are known."""
    found = marks(document)
    surfaces = document.tokens.surfaces
    for s in document.sentences:
        for first, last in windows(surfaces, s.first, s.last):
            if "?" not in labels[first:last]:
                yield Row(features(document, found, first, last, s.first, s.last), labels[first:last])


def write_common(documents: dict[str, list[tuple[Document, list[str]]]], file: Path) -> None:
    """Write the words that the texts of each language have in lower case, twice at least.

    Where every noun has a capital, also the words with one that stand outside names four times, and seldom inside.
    """
    lines = []
    for code, read in documents.items():
        small: Counter[str] = Counter()
        large: Counter[str] = Counter()
        named: Counter[str] = Counter()
        for document, labels in read:
            firsts = {s.first for s in document.sentences}
            for i, (surface, norm, label) in enumerate(zip(document.tokens.surfaces, document.norms, labels)):
                if label != "O":
                    named[norm] += 1
                elif len(surface) > 1 and surface[0].islower():
                    small[norm] += 1
                elif len(surface) > 1 and i not in firsts and gazetteer(document.pack).nouns_capitalised:
                    large[norm] += 1
        words = {w for w, n in small.items() if n > 1} | {w for w, n in large.items() if n > 3 and n > 5 * named[w]}
        lines.append(" ".join([code, *sorted(w for w in words if w[0].isalpha())]))
    file.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--public", type=Path)
    options.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "recoupe/weights/names/model.crfsuite")
    options.add_argument("--leave-out", nargs="*", default=[])
    options.add_argument("--languages", nargs="*", default=list(LANGUAGES))
    options.add_argument(
        "--own-weight", type=int, default=2, help="how often our own corpus is read: as it is, then shortened"
    )
    options.add_argument("--iterations", type=int, default=90)
    options.add_argument("--c1", type=float, default=0.2)
    options.add_argument("--c2", type=float, default=0.02)
    options.add_argument("--minfreq", type=int, default=2)
    options.add_argument("--keep-common", action="store_true", help="leave common.txt as it is")
    args = options.parse_args()
    packs = {code: pack_of(code) for code in args.languages}
    documents: dict[str, list[tuple[Document, list[str]]]] = {}
    for code, pack in packs.items():
        samples = [*own(code, ""), *(public(args.public, code, set(args.leave_out)) if args.public else ())]
        documents[code] = [labelled(sample, pack) for sample in samples]
    if not args.keep_common:
        write_common(documents, weights("names", "common.txt"))
        lists.cache_clear()
    chance = random.Random(11)
    for code, pack in packs.items():
        for _ in range(1, args.own_weight):
            documents[code] += [labelled(shortened(sample, chance), pack) for sample in own(code, "")]
    features = Features()
    known: list[Row] = []
    for code, read in documents.items():
        before = len(known)
        for document, labels in read:
            known += rows(document, labels, features)
        print(code, len(known) - before, "windows", flush=True)
    del documents
    train(known, args)
    measure(args.out, args.languages)


def train(read: list[Row], args: argparse.Namespace) -> None:
    """Write the model that these windows make."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for row in read:
        trainer.append(row.features, row.labels)
    trainer.set_params(
        {
            "c1": args.c1,
            "c2": args.c2,
            "max_iterations": args.iterations,
            "feature.minfreq": args.minfreq,
            "feature.possible_transitions": True,
        }
    )
    args.out.parent.mkdir(parents=True, exist_ok=True)
    began = time.process_time()
    trainer.train(str(args.out))
    print(f"{(time.process_time() - began) / 60:.1f} CPU minutes, {args.out.stat().st_size / 1e6:.1f} MB", flush=True)


def measure(file: Path, languages: list[str]) -> None:
    """Print F1 on the part of our corpus that was kept from training."""
    model = pycrfsuite.Tagger()
    model.open(str(file))
    features = Features()
    for code in languages:
        c: Counter[str] = Counter()
        pack = pack_of(code)
        for sample in own(code, ".dev"):
            document, labels = labelled(sample, pack)
            for row in rows(document, labels, features):
                got = set(segments(model.tag(row.features)))
                gold = set(segments(row.labels))
                c["tp"] += len(got & gold)
                c["fp"] += len(got - gold)
                c["fn"] += len(gold - got)
        print(code, f"own dev F1 {2 * c['tp'] / (2 * c['tp'] + c['fp'] + c['fn']):.3f}")


if __name__ == "__main__":
    main()

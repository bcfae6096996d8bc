"""Train the tagger of names: `python -m training.names [--public DIR] [--out FILE] [--leave-out NAME …]`.

Data: training/corpus (CC0, ours) and, where `--public` names a folder with `<lang>/<source>.train.jsonl.gz`
(one sentence a line, `{"t": tokens, "n": BIO labels, "m": indices of tokens without a known label}`), the sources of
PUBLIC, whose licence is clear.
Prints F1 on training/corpus/*.dev.txt by language.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from recoupe.languages import LanguagePack, available, load_pack
from recoupe.languages.pack import FOLDER, open_pack
from recoupe.reading.document import Document, open_document
from recoupe.reading.gazetteer import Found, marks
from recoupe.reading.tagger import Features, segments
from recoupe.records import Article
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
    """A text with its names in code points."""

    text: str
    names: list[tuple[int, int, str]]


def pack_of(code: str) -> LanguagePack:
    """The pack of a language, or an empty one where there is none yet."""
    return load_pack(code) if code in available() else replace(open_pack(FOLDER / "_template"), code=code)


def own(code: str, part: str) -> Iterator[Sample]:
    """Our own passages."""
    for line in (CORPUS / f"{code}{part}.txt").read_text("utf-8").splitlines():
        if line.strip():
            passage = parse(line)
            yield Sample(passage["text"], [(s, e, k) for s, e, k in passage["names"]])


def public(folder: Path, code: str, leave_out: set[str]) -> Iterator[Sample]:
    """Sentences of the public sets, put together again from their tokens."""
    for source in PUBLIC:
        for file in sorted((folder / code).glob(f"{source}.train*.jsonl.gz")) if source not in leave_out else []:
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                rows = [json.loads(line) for line in lines]
            random.Random(7).shuffle(rows)
            for row in rows[:LIMIT]:
                if not row.get("m"):
                    yield joined(row["t"], row["n"])


def joined(tokens: list[str], labels: list[str]) -> Sample:
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
    return Sample(text, [(spans[i][0], spans[j - 1][1], kind) for i, j, kind in segments(labels)])


def labelled(sample: Sample, pack: LanguagePack) -> tuple[Document, list[list[Found]], list[str]]:
    """A document with a label for each of its tokens."""
    document = open_document(Article("a", "", sample.text, pack.code, ""), pack)
    labels = ["O"] * len(document.tokens)
    starts = document.tokens.starts
    where = {s: i for i, s in enumerate(starts)}
    for start, end, kind in sample.names:
        if start in where:
            i = where[start]
            labels[i] = "B-" + kind
            i += 1
            while i < len(starts) and starts[i] < end:
                labels[i] = "I-" + kind
                i += 1
    return document, marks(document), labels


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--public", type=Path)
    options.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "recoupe/weights/names/model.crfsuite")
    options.add_argument("--leave-out", nargs="*", default=[])
    options.add_argument("--languages", nargs="*", default=list(LANGUAGES))
    options.add_argument("--own-weight", type=int, default=2, help="how many times our own corpus is read")
    options.add_argument("--iterations", type=int, default=80)
    options.add_argument("--c1", type=float, default=0.2)
    options.add_argument("--c2", type=float, default=0.02)
    options.add_argument("--minfreq", type=int, default=2)
    args = options.parse_args()
    features = Features()
    trainer = pycrfsuite.Trainer(verbose=False)
    count: Counter[str] = Counter()
    for code in args.languages:
        pack = pack_of(code)
        samples = list(own(code, "")) * args.own_weight
        if args.public:
            samples += public(args.public, code, set(args.leave_out))
        for sample in samples:
            document, found, labels = labelled(sample, pack)
            for s in document.sentences:
                trainer.append(features(document, found, s.first, s.last), labels[s.first : s.last])
                count[code] += s.last - s.first
    print("tokens", dict(count), flush=True)
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
    measure(args.out, args.languages)


def measure(file: Path, languages: list[str]) -> None:
    """Print F1 on the part of our corpus that was kept from training."""
    model = pycrfsuite.Tagger()
    model.open(str(file))
    features = Features()
    for code in languages:
        c: Counter[str] = Counter()
        pack = pack_of(code)
        for sample in own(code, ".dev"):
            document, found, labels = labelled(sample, pack)
            for s in document.sentences:
                got = set(segments(model.tag(features(document, found, s.first, s.last))))
                gold = set(segments(labels[s.first : s.last]))
                c["tp"] += len(got & gold)
                c["fp"] += len(got - gold)
                c["fn"] += len(gold - got)
        print(code, f"own dev F1 {2 * c['tp'] / (2 * c['tp'] + c['fp'] + c['fn']):.3f}")


if __name__ == "__main__":
    main()

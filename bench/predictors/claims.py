"""Predictions for `claims`: which of the given mentions of events, in the reports of one theme, are of one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.predictors import rows, write_rows

if TYPE_CHECKING:
    from recoupe.comparing.coreference import Mention
    from recoupe.comparing.translations import Text
    from recoupe.languages import LanguagePack


def predict(data: Path, out: Path) -> None:
    """Write `{"id", "cluster"}` for each mention in `data/mentions.jsonl` to `out`."""
    write_rows(out, _clusters(data))


def _clusters(data: Path) -> Iterator[dict[str, Any]]:
    from recoupe.comparing.coreference import same_events

    for topic, ids, texts, mentions in topics(data):
        for number, group in enumerate(same_events(texts, mentions)):
            yield from ({"id": ids[i], "cluster": f"{topic}.{number}"} for i in group)


def topics(data: Path) -> Iterator[tuple[str, list[str], list[Text], list[Mention]]]:
    """For each topic its name, the ids of its mentions, its reports and its mentions."""
    docs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(data / "docs.jsonl"):
        docs[f"{row['set']}/{row['topic']}"].append(row)
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(data / "mentions.jsonl"):
        told[row["doc"]].append(row)
    for topic, those in sorted(docs.items()):
        texts = [_text(row) for row in those]
        ids, mentions = [], []
        for i, row in enumerate(those):
            for mention in told[row["doc"]]:
                ids.append(mention["id"])
                mentions.append(_mention(i, mention, row["sentences"][mention["sent"]], texts[i]))
        yield topic, ids, texts, mentions


def _text(row: dict[str, Any]) -> Text:
    from recoupe.comparing.translations import Text

    keys = tuple(tuple(_keys(word, not i, row["lang"]) for i, word in enumerate(words)) for words in row["sentences"])
    return Text(row["lang"], tuple(tuple(word.lower() for word in words) for words in row["sentences"]), keys)


def _mention(text: int, row: dict[str, Any], words: list[str], told: Text) -> Mention:
    from recoupe.comparing.coreference import Mention
    from recoupe.reading.word_keys import event_keys

    keys = frozenset(k for t in row["tokens"] for k in told.keys[row["sent"]][t] if not k.startswith("x:"))
    pack = _pack(row["lang"])
    kinds, saying = event_keys([pack.tokenizer.normal(words[t]) for t in row["tokens"]], pack) if pack else ((), False)
    return Mention(text, row["sent"], tuple(row["tokens"]), keys | frozenset(kinds), saying)


@cache
def _keys(word: str, begins: bool, lang: str) -> frozenset[str]:
    from recoupe.reading.word_keys import word_keys

    pack = _pack(lang)
    return word_keys(word, begins, pack) if pack else frozenset()


@cache
def _pack(lang: str) -> LanguagePack | None:
    from recoupe.languages import available, load_pack

    return load_pack(lang) if lang in available() else None

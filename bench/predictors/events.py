"""Predictions for `events`: the class of a sentence's political event, and the countries of its source and target.

The classes come from the kinds of event of the language pack, the countries from its names. What is left is how PLOVER
(CAMEO) reads them: to say that one will act is to agree where the act is kind, to threaten where it is not; to say that
another must act is to demand; to deny or to fail to do a kind act is to reject.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from recoupe.reading.document import Document
    from recoupe.reading.events import Event

CLASSES = {
    "agree", "aid", "assault", "coerce", "concede", "consult", "cooperate", "mobilize", "protest", "reject", "retreat",
    "sanction", "support", "threaten",
}  # fmt: skip
OLD_NAMES = {"request": "DEMAND", "accuse": "DISAPPROVE"}
KINDS = {
    "investigate": "INVESTIGATE", "inspect": "INVESTIGATE", "destroy": "COERCE", "explosion": "FIGHT", "fire": "FIGHT",
    "extradite": "COOPERATE", "return": "AGREE", "curfew": "COERCE", "expel": "COERCE", "resign": "RETREAT",
    "exercise": "COOPERATE", "cancel": "REJECT", "stab": "ASSAULT", "talk": "CONSULT",
}  # fmt: skip
FIGHTING = {"fight", "clash", "attack", "launch", "invade", "war", "capture", "annex", "intercept", "kill", "injure"}
ONE_SIDED = {"assault", "torture", "rape", "coup", "kidnap"}
KIND_ACTS = {"CONSULT", "AID", "CONCEDE", "RETREAT", "SUPPORT", "COOPERATE", "AGREE"}
HARD_ACTS = {"PROTEST", "FIGHT", "ASSAULT", "SANCTION", "COERCE", "MOBILIZE"}
WILLING = {"will", "offered", "willing", "ready", "promised", "agreed", "would", "pledged", "prepared"}
OBLIGED = {"must", "should", "ought"}
BACKGROUND = {"after", "following", "amid", "over", "since", "for", "of", "despite", "against", "by", "in"}
UNIONS = {
    "United Nations", "NATO", "European Union", "European Commission", "OSCE", "African Union", "Arab League", "UNHCR",
    "UNICEF", "World Bank", "International Monetary Fund", "World Health Organization", "IAEA", "UN Security Council",
    "International Criminal Court", "World Trade Organization", "OPEC",
}  # fmt: skip


class Actor(NamedTuple):
    """A country or a body at tokens `first` to `last` (excluded)."""

    first: int
    last: int
    code: str


def predict(data: Path, out: Path) -> None:
    """Write a row for each sentence in `data/sentences.jsonl` to `out`."""
    from recoupe.languages import load_pack
    from recoupe.reading.document import open_document
    from recoupe.records import Article

    three = _three_letters()
    with (data / "sentences.jsonl").open(encoding="utf-8") as rows, out.open("w", encoding="utf-8") as found:
        for line in rows:
            row = json.loads(line)
            article = Article(row["id"], row["id"], row["text"], row["lang"], "")
            doc = open_document(article, load_pack(row["lang"]))
            kind, source, target = _code(doc, three)
            found.write(json.dumps({"id": row["id"], "event": kind, "source": source, "target": target}) + "\n")


def _code(doc: Document, three: dict[str, str]) -> tuple[str, list[str], list[str]]:
    """(class, codes of the source, codes of the target) of one sentence."""
    from recoupe.reading.events import read_events

    known = [(e, c) for e in read_events(doc) if (c := _class(e))]
    actors = _actors(doc, three)
    if not known:
        return "CONSULT", *_sides(actors, len(doc.norms) // 2, False, "CONSULT")
    event, kind = min(known, key=lambda k: (_background(doc, k[0]), not k[0].verb, k[0].first))
    before = set(doc.norms[max(0, event.first - 5) : event.first])
    if before & OBLIGED:
        kind = "DEMAND"
    elif kind in KIND_ACTS and event.negated:
        kind = "REJECT"
    elif before & WILLING and event.verb:
        kind = "AGREE" if kind in KIND_ACTS else "THREATEN" if kind in HARD_ACTS else kind
    return kind, *_sides(actors, event.first, event.passive, kind)


def _class(event: Event) -> str | None:
    from recoupe.languages.pack import shared

    if event.kind in KINDS:
        return KINDS[event.kind]
    group = shared("kinds")[event.kind]["class"]
    if group == "assault":
        return "FIGHT" if event.kind in FIGHTING else "ASSAULT" if event.kind in ONE_SIDED else "COERCE"
    return group.upper() if group in CLASSES else OLD_NAMES.get(group)


def _background(doc: Document, event: Event) -> bool:
    """Whether a noun stands where a sentence tells why or after what something happened."""
    return not event.verb and bool(set(doc.norms[max(0, event.first - 3) : event.first]) & BACKGROUND)


def _sides(actors: list[Actor], at: int, passive: bool, kind: str) -> tuple[list[str], list[str]]:
    """Who acts and who is acted upon: before and after the event, the other way round in the passive."""
    before = list(dict.fromkeys(a.code for a in actors if a.first < at))
    after = [c for c in dict.fromkeys(a.code for a in actors if a.first >= at) if c not in before]
    if kind == "AGREE" and len(before) == 2 and not after:
        return before, []
    source, target = before[:1], (before[1:2] if not after else after[:1])
    return (target, source) if passive and kind != "CONSULT" else (source, target)


def _actors(doc: Document, three: dict[str, str]) -> list[Actor]:
    """Every country, people and international body, in order."""
    from recoupe.reading.gazetteer import gazetteer

    found: list[Actor] = []
    for first, last, mark in gazetteer(doc.pack).marks.longest(doc.norms):
        code = ""
        if mark.flag == "N":
            code = three.get(mark.value, "")
        elif mark.known:
            code = "IGO" if mark.known.key in UNIONS else three.get(mark.known.country or "", "")
        if code and doc.tokens.surfaces[first][0].isupper() and not (found and found[-1].first == first):
            found.append(Actor(first, last, code))
    return found


def _three_letters() -> dict[str, str]:
    """ISO 3166 codes of three letters by those of two."""
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    codes = {two[0]: three for three, two in aliases.items() if len(three) == 3 and three.isalpha() and len(two) == 1}
    return codes | {
        "RS": "SRB",
        "DE": "DEU",
        "RU": "RUS",
        "CD": "COD",
        "FR": "FRA",
        "TL": "TLS",
        "MM": "MMR",
        "YE": "YEM",
    }

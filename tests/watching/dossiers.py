"""Small dossiers for the tests of the rules, each report given by its words and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from recoupe.records.dossier import (
    Dossier,
    DossierAnswer,
    DossierArticle,
    DossierEstimate,
    DossierName,
    DossierPair,
    DossierQuestion,
    DossierStatement,
    Mention,
)
from recoupe.watching.views import View


@dataclass
class Told:
    """A report: its text, and for each question (words, value, origin)."""

    name: str
    text: str = ""
    answers: dict[str, tuple[str, object, str | None]] = field(default_factory=dict)
    denies: str = ""
    outlet: str | None = None
    lang: str = "en"
    version: int = 1
    copy_of: str | None = None
    speaker: str = "Dorval"


QUESTIONS = {
    "killed": ("count", "people killed"),
    "fuel": ("quantity", "weight · fuel"),
    "who": ("entity", "who: order"),
    "true": ("stance", "whether: “it fell”"),
}


def view(*reports: Told, number: int = 1, story: str = "s1", verdicts: dict[str, str] | None = None) -> View:
    """The dossier of some reports. Figures that differ are contested unless `verdicts` says otherwise."""
    articles = [
        DossierArticle(
            r.name,
            f"{r.name}.txt",
            f"https://{r.name}.example.org/1",
            r.outlet or f"Paper {r.name}",
            f"Title {r.name}",
            r.lang,
            "2025-03-17",
            None,
            r.text,
            [],
            None,
            [],
            r.copy_of,
        )
        for r in reports
    ]
    names = [
        DossierName("n1", "PERSON", "Anne Kerzel", [], [Mention("a", 0, 1, "Кержель")]),
        DossierName("n2", "PLACE", "Morvelay", [], []),
    ]
    questions = [q for i, key in enumerate(QUESTIONS, 1) if (q := _question(i, key, reports, verdicts or {}))]
    statements = [
        DossierStatement(
            f"s{i}",
            r.name,
            _place(r.text, r.speaker),
            _place(r.text, "denied"),
            [_place(r.text, r.denies)],
            False,
            False,
            None,
            None,
            "denied",
            "deny",
        )
        for i, r in enumerate(reports)
        if r.denies
    ]
    dossier = Dossier("A bridge", articles, names, questions, statements, [])
    return View(story, number, dossier, {r.name: r.version for r in reports})


def _place(text: str, words: str) -> tuple[int, int]:
    begin = text.index(words)
    return begin, begin + len(words)


def _question(i: int, key: str, reports: tuple[Told, ...], verdicts: dict[str, str]) -> DossierQuestion | None:
    kind, label = QUESTIONS[key]
    answers = []
    for r in reports:
        if key in r.answers:
            words, value, origin = r.answers[key]
            begin, end = _place(r.text, words)
            answers.append(
                DossierAnswer(
                    r.name,
                    begin,
                    end,
                    words,
                    (0, len(r.text)),
                    _value(kind, value),
                    None,
                    False,
                    origin or f"article:{r.name}",
                )
            )
    if not answers:
        return None
    pairs = [
        DossierPair(a, b, "conflict", "≠")
        for a in range(len(answers))
        for b in range(a)
        if answers[a].value != answers[b].value
    ]
    verdict = verdicts.get(key, "contested" if pairs else "corroborated" if len(answers) > 1 else "single")
    origins = len({a.origin for a in answers})
    return DossierQuestion(f"q{i}", kind, label, verdict, origins, answers, pairs, [], [], _estimate(kind, answers))


def _value(kind: str, value: object) -> dict[str, object]:
    if kind == "count":
        return {"low": value, "high": value}
    if kind == "quantity":
        return {"low": value, "high": value, "unit": "t"}
    return {"entity" if kind == "entity" else "stance": value}


def _estimate(kind: str, answers: list[DossierAnswer]) -> DossierEstimate | None:
    if kind not in ("count", "quantity"):
        return None
    values = [a.value["low"] for a in answers]
    return DossierEstimate(
        values[-1],
        min(values),
        max(values),
        answers[0].value.get("unit"),
        False,
        False,
        "newest",
        "",
        len(values),
        1,
        0,
        "range",
    )

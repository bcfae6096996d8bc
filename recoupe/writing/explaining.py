"""Explaining: how a verdict came about, from the words to the value, to the voice, to the rule.

All forms show what is gathered here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recoupe.errors import SettingsError
from recoupe.records import Dossier
from recoupe.records.dossier import DossierAnswer, DossierArticle, DossierPair, DossierQuestion
from recoupe.text.latin import latin
from recoupe.writing.safe import clipped, line
from recoupe.writing.view import Quote, View

_LISTED = 8
"""Questions that a message names at most."""
_WORDS = 60
"""Code points shown of an answer's words."""
_YEAR = re.compile(r"\d{4}")
_EXTRACTED = (".html", ".htm", ".xhtml")
_UNKNOWN_HERE = re.compile(r"\A.+ \(article:[^()]*\)\Z", re.S)


@dataclass(frozen=True, slots=True)
class Told:
    """One answer from its words on. `name` is its report's id, with a number where the report answers more than once.

    The words stand at `start` to `end` of the report's text, on `line`; `place` says so. `reading` tells how they
    became the value, `voice` who says so, `day` when, `counts` which origin that is and why.
    """

    name: str
    article: str
    path: str
    line: int
    start: int
    end: int
    place: str
    quote: Quote
    value: str
    reading: str
    voice: str
    day: str
    counts: str
    origin: str | None


@dataclass(frozen=True, slots=True)
class Joined:
    """What put an answer into the question: its nearest neighbour, what both speak of, and the signs that weigh."""

    pair: str
    affinity: float
    shared: list[str]
    signs: list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs that have one reason: the verdict, why, the rule by its name and in words, and the pairs by their names."""

    verdict: str
    why: str
    rule: str
    says: str
    pairs: list[str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """How the verdict of one question came about. `voices` are the origins with the answers that count for them."""

    id: str
    label: str
    kind: str
    verdict: str
    verdict_word: str
    answers: list[Told]
    joined: list[Joined]
    voices: list[tuple[str, list[str]]]
    compared: list[Compared]
    why: str
    estimate: str | None
    estimate_why: str | None


def explain(dossier: Dossier, question: str) -> Explanation:
    """How the verdict of a question came about; `question` is its id or words of its label.

    Raises SettingsError if no question or more than one is meant.
    """
    return explained(View(dossier), find_question(dossier, question))


def find_question(dossier: Dossier, asked: str) -> DossierQuestion:
    """The question with this id, this label, or, if there is but one, with all these words in its label.

    Capitals and accents make no difference. Raises SettingsError for none or several.
    """
    wanted = latin(asked)
    words = wanted.split()
    exact = [q for q in dossier.questions if q.id == asked.strip() or (wanted and latin(q.label) == wanted)]
    found = exact or [q for q in dossier.questions if words and _has(latin(q.label).split(), words)]
    if len(found) == 1:
        return found[0]
    if found:
        raise SettingsError(f"{len(found)} questions fit {asked!r}: {_listed(found)}. Give the id of one.")
    if not dossier.questions:
        raise SettingsError("the dossier asks no question, so there is nothing to explain.")
    raise SettingsError(f"no question fits {asked!r}. There are {_listed(dossier.questions)}.")


def _has(label: list[str], words: list[str]) -> bool:
    return all(any(have.startswith(word) for have in label) for word in words)


def _listed(questions: list[DossierQuestion]) -> str:
    shown = ", ".join(f"{q.id} ({clipped(line(q.label), 60)})" for q in questions[:_LISTED])
    left = len(questions) - _LISTED
    return f"{shown} and {left} more" if left > 0 else shown


def explained(view: View, question: DossierQuestion) -> Explanation:
    """How the verdict of a question of a dossier came about."""
    names = _names(question)
    estimate = question.estimate if view.course(question) else None
    return Explanation(
        id=question.id,
        label=question.label,
        kind=question.kind,
        verdict=question.verdict,
        verdict_word=view.ui.verdict(question.verdict, "word"),
        answers=[_told(view, answer, name) for answer, name in zip(question.answers, names)],
        joined=list(_joined(view, question, names)),
        voices=_voices(view, question, names),
        compared=list(_compared(view, question, names)),
        why=_why(view, question),
        estimate=view.estimate(question) if estimate else None,
        estimate_why=estimate.why if estimate else None,
    )


def _names(question: DossierQuestion) -> list[str]:
    """'a', or 'a.1' and 'a.2' where a report answers more than once."""
    often: dict[str, int] = {}
    for answer in question.answers:
        often[answer.article] = often.get(answer.article, 0) + 1
    seen: dict[str, int] = {}
    names = []
    for answer in question.answers:
        seen[answer.article] = seen.get(answer.article, 0) + 1
        names.append(f"{answer.article}.{seen[answer.article]}" if often[answer.article] > 1 else answer.article)
    return names


# --- from the words to the voice ---


def _told(view: View, answer: DossierAnswer, name: str) -> Told:
    article = view.articles[answer.article]
    number = article.text.count("\n", 0, answer.start) + 1
    extracted = article.path.lower().endswith(_EXTRACTED) or "://" in article.path
    place = view.ui.step(
        "place_in_page" if extracted else "place",
        path=line(article.path), line=number, start=answer.start, end=answer.end,
    )  # fmt: skip
    return Told(
        name, answer.article, article.path, number, answer.start, answer.end, place, view.quote(answer),
        view.ui.value(answer.value, view.names), _reading(view, article, answer), view.voice(answer),
        _day(view, answer), _counts(view, article, answer), answer.origin,
    )  # fmt: skip


def _reading(view: View, article: DossierArticle, answer: DossierAnswer) -> str:
    """How the words became the value."""
    ui = view.ui
    words = ui.quoted(clipped(line(answer.text), _WORDS))
    value = ui.value(answer.value, view.names)
    if "start" in answer.value or "end" in answer.value:
        day = view.date(article.published or article.updated)
        if day is None or _YEAR.search(answer.text):
            return ui.step("time", x=words, value=value)
        return ui.step("time_from", x=words, value=value, day=day)
    if "entity" in answer.value:
        return ui.step("entity", x=words, value=value)
    if "stance" in answer.value:
        return ui.step("stance", x=words, value=value)
    return _figure(view, answer, words, value)


def _figure(view: View, answer: DossierAnswer, words: str, value: str) -> str:
    ui = view.ui
    read = answer.read or {}
    number, unit = read.get("number"), read.get("unit")
    converted = unit is not None and unit != answer.value.get("unit")
    how = str(read.get("how", "exact"))
    if number is None:
        return ui.step(how if how in ("vague", "range") else "plain", x=words, value=value)
    given = ui.value({"low": number, "high": number, "unit": unit})
    if converted:
        return ui.step("converted" if how == "exact" else "converted_about", x=words, n=given, value=value)
    return ui.step(how, x=words, n=given, value=value)


def _day(view: View, answer: DossierAnswer) -> str:
    if answer.said is None:
        return view.ui.step("no_day")
    day = view.ui.period(answer.said.get("start"), answer.said.get("end"))
    return view.ui.step(f"day_of_{answer.dated_by or 'report'}", day=day)


def _counts(view: View, article: DossierArticle, answer: DossierAnswer) -> str:
    """Which voice the answer counts for, and why."""
    ui, label = view.ui, answer.origin or f"article:{article.id}"
    origin = view.whose(answer)
    source = ui.quoted(line(answer.attributed_to or ""))
    if label == f"article:{article.id}":
        return ui.step("counts_report")
    if article.copy_of in view.articles and not answer.attributed_to:
        return ui.step("counts_copy", id=article.copy_of)
    if label.startswith("article:"):
        return ui.step("counts_copy", id=label.removeprefix("article:"))
    if _UNKNOWN_HERE.match(label):
        return ui.step("counts_here", source=source if answer.attributed_to else ui.quoted(line(origin)))
    if not answer.attributed_to:
        return ui.step("counts_credit", origin=line(origin))
    if view.origin(answer) is None:
        return ui.step("counts_source", origin=line(origin))
    return ui.step("counts_speaks", origin=line(origin), source=source)


# --- why one question, how many voices, which rules ---


def _joined(view: View, question: DossierQuestion, names: list[str]) -> Iterator[Joined]:
    table = view.ui.table("signs")
    for link in question.links:
        signs = [(str(table.get(sign, sign)), weight) for sign, weight in link.signs.items()]
        yield Joined(f"{names[link.a]}–{names[link.b]}", link.affinity, [line(s) for s in link.shared], signs)


def _voices(view: View, question: DossierQuestion, names: list[str]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for answer, name in zip(question.answers, names):
        found.setdefault(view.voice_label(answer), []).append(name)
    return list(found.items())


def _compared(view: View, question: DossierQuestion, names: list[str]) -> Iterator[Compared]:
    """The pairs by their reason, contradictions first."""
    grouped: dict[tuple[str, str, str], list[DossierPair]] = {}
    for pair in question.pairs:
        grouped.setdefault((pair.verdict, pair.rule, pair.why), []).append(pair)
    order = {verdict: i for i, verdict in enumerate(("conflict", "updated", "compatible", "agree"))}
    says = view.ui.table("rules_say")
    for (verdict, rule, why), pairs in sorted(grouped.items(), key=lambda g: order.get(g[0][0], 9)):
        told = [f"{names[p.a]}–{names[p.b]}" for p in pairs]
        yield Compared(verdict, why, rule, str(says.get(rule, "")), told)


def _why(view: View, question: DossierQuestion) -> str:
    """The rule that made one verdict of those of the pairs."""
    ui = view.ui
    reports = len({a.article for a in question.answers})
    if question.verdict == "single":
        return view.one_voice(question) or ui.step("why_single")
    decides = {"contested": "conflict", "updated": "updated", "compatible": "compatible", "corroborated": "agree"}
    n = sum(pair.verdict == decides.get(question.verdict) for pair in question.pairs)
    return ui.step(
        f"why_{question.verdict}", n=n, pairs=len(question.pairs), reports=reports, voices=question.independent_origins
    )

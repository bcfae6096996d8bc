"""Views: a dossier as rules look at it, and a new version of an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from recoupe.records.alert import Evidence
from recoupe.records.dossier import (
    Dossier,
    DossierAnswer,
    DossierArticle,
    DossierName,
    DossierQuestion,
    DossierStatement,
)
from recoupe.records.kept import Change, Version
from recoupe.records.values import Amount, Period
from recoupe.text.folding import MOST, folded

_SENTENCE = 400  # code points of the sentence around evidence

Place = tuple[str, str]
"""An article and words in it, folded: the same when the article gets a new version."""


@dataclass(eq=False)
class View:
    """One dossier of a story, with the versions that it was made from; what rules ask again and again is kept."""

    story: str
    number: int
    dossier: Dossier
    versions: Mapping[str, int]

    @cached_property
    def articles(self) -> dict[str, DossierArticle]:
        """The reports by their id."""
        return {article.id: article for article in self.dossier.articles}

    @cached_property
    def names(self) -> dict[str, DossierName]:
        """The names by their id."""
        return {name.id: name for name in self.dossier.names}

    @cached_property
    def words(self) -> list[str]:
        """The folded words of each report, with a space at both ends; what is searched for is found in them."""
        return [f" {folded(a.title)} {folded(a.text[:MOST])} " for a in self.dossier.articles]

    @cached_property
    def called(self) -> list[tuple[str, set[str]]]:
        """Each name's type with the folded forms that it takes, a space at both ends of each."""
        return [
            (name.type, {f" {folded(form)} " for form in {name.name, *(m.text for m in name.mentions)}})
            for name in self.dossier.names
        ]

    @cached_property
    def size(self) -> int:
        """How many reports there are, copies of others not counted."""
        return sum(article.copy_of is None for article in self.dossier.articles)

    def questions(self) -> Iterator[DossierQuestion]:
        """The questions."""
        return iter(self.dossier.questions)

    def told(self, value: Mapping[str, Any]) -> str:
        """A value in words."""
        return worded(value, self.names)

    def speaker(self, statement: DossierStatement) -> str:
        """Who says it: the name that the speaker has in the story, else the words of the report."""
        if statement.speaker in self.names:
            return self.names[statement.speaker].name
        who = statement.who
        return " ".join(self.articles[statement.article].text[who[0] : who[1]].split()) if who else ""

    def of_answer(self, answer: DossierAnswer, side: str = "after") -> Evidence:
        """An answer as evidence."""
        value = self.told(answer.value)
        return self.evidence(
            answer.article, (answer.start, answer.end), answer.sentence, value, answer.attributed_to, side
        )

    def evidence(
        self, name: str, span: tuple[int, int], sentence: tuple[int, int], value: str, who: str | None, side: str
    ) -> Evidence:
        """Words of a report as evidence."""
        article = self.articles[name]
        begin = max(sentence[0], span[0] - _SENTENCE // 2)
        around = " ".join(article.text[begin : min(sentence[1], begin + _SENTENCE)].split())
        return Evidence(
            name, self.versions.get(name), article.outlet, article.url, article.lang, article.published, span[0],
            span[1], article.text[span[0] : span[1]], around, value, who, side,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """A new version of an article: the version before, the new one, and what it finds otherwise."""

    before: Version
    after: Version
    changes: tuple[Change, ...]


def worded(value: Mapping[str, Any], names: Mapping[str, DossierName] | None = None) -> str:
    """A value of a dossier in words that no language owns.

    >>> worded({"low": 150, "high": None}), worded({"low": 2, "high": 2, "unit": "t"}), worded({"stance": "denied"})
    ('≥ 150', '2 t', 'denied')
    """
    if "entity" in value:
        name = (names or {}).get(str(value["entity"]))
        return name.name if name else str(value["entity"])
    if "stance" in value:
        return str(value["stance"])
    if "start" in value or "end" in value:
        return str(Period(value.get("start"), value.get("end")))
    low, high = value.get("low"), value.get("high")
    if low is None and high is None:
        return ""
    return str(Amount(tidy(low), tidy(high), value.get("unit")))


def tidy(bound: float | None) -> float | None:
    """A figure without the places that nobody measured, such as a conversion makes.

    >>> tidy(9.656064), tidy(0.012345), tidy(1200000.0)
    (9.66, 0.0123, 1200000.0)
    """
    if bound is None or float(bound).is_integer():
        return bound
    return round(bound, 2) if abs(bound) >= 1 else float(f"{bound:.3g}")


def place(answer: DossierAnswer) -> Place:
    """Where an answer stands, whatever version of the report."""
    return answer.article, folded(answer.text)

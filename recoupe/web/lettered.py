"""Lettered: a dossier in which each article is called by a letter, as a person speaks of it.

Articles of a store are known by ids like `akrbzduayue`; a reader of a page reads 'report a'. The JSON keeps the ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from recoupe.records import Dossier
from recoupe.records.dossier import DossierArticle, DossierCorrection, DossierName, DossierQuestion
from recoupe.writing.safe import clipped

_OWN = "article:"
_TITLE = 300
"""Code points of a title that are shown at most."""


def letter(index: int) -> str:
    """The letters of the article at a place.

    >>> letter(0), letter(25), letter(26), letter(52)
    ('a', 'z', 'aa', 'ba')
    """
    told = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        told = chr(ord("a") + rest) + told
    return told


def letters_of(dossier: Dossier) -> dict[str, str]:
    """The letter of each article, in the order in which the dossier shows them."""
    return {article.id: letter(i) for i, article in enumerate(dossier.articles)}


def lettered(dossier: Dossier, letters: Mapping[str, str], ui: str) -> Dossier:
    """A dossier with letters for ids, in a language of the interface."""
    return replace(
        dossier,
        ui=ui,
        articles=[_article(article, letters) for article in dossier.articles],
        names=[_name(name, letters) for name in dossier.names],
        questions=[_question(question, letters) for question in dossier.questions],
        statements=[replace(s, article=letters[s.article]) for s in dossier.statements],
        corrections=[_correction(correction, letters) for correction in dossier.corrections],
    )


def _article(article: DossierArticle, letters: Mapping[str, str]) -> DossierArticle:
    copy, version = letters.get(article.copy_of or ""), letters.get(article.version_of or "")
    title, outlet = clipped(article.title, _TITLE), clipped(article.outlet, _TITLE) if article.outlet else None
    return replace(article, id=letters[article.id], title=title, outlet=outlet, copy_of=copy, version_of=version)


def _name(name: DossierName, letters: Mapping[str, str]) -> DossierName:
    return replace(name, mentions=[replace(m, article=letters[m.article]) for m in name.mentions])


def _correction(correction: DossierCorrection, letters: Mapping[str, str]) -> DossierCorrection:
    """A correction names the articles of the store in its words: '“Six” (akrbzduayue) means 9'."""
    text = correction.text
    for article in correction.articles:
        text = text.replace(article, letters.get(article, article))
    return replace(correction, text=text, articles=[letters[a] for a in correction.articles if a in letters])


def _question(question: DossierQuestion, letters: Mapping[str, str]) -> DossierQuestion:
    return replace(
        question,
        answers=[replace(a, article=letters[a.article], origin=_origin(a.origin, letters)) for a in question.answers],
        history=[replace(point, origin=_origin(point.origin, letters)) for point in question.history],
    )


def _origin(origin: str | None, letters: Mapping[str, str]) -> str | None:
    """An origin that only one report knows names it: 'article:akrbzduayue', 'a neighbour (article:akrbzduayue)'."""
    before, own, name = (origin or "").rpartition(_OWN)
    bare = name.rstrip(")")
    if own and bare in letters:
        return f"{before}{own}{letters[bare]}{name[len(bare) :]}"
    return origin

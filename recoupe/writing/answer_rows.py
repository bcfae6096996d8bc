"""Answer rows: what every table tells of a question and of an answer to it, under one name each."""

from __future__ import annotations

from typing import Any

from recoupe.records.dossier import DossierAnswer, DossierArticle, DossierQuestion


def of_question(question: DossierQuestion) -> dict[str, Any]:
    """What is asked, its verdict and, where it has them, its best, lowest and highest figure."""
    found = question.estimate
    return {
        "question": question.id,
        "kind": question.kind,
        "label": question.label,
        "verdict": question.verdict,
        "independent_origins": question.independent_origins,
        "best": found and found.best,
        "lowest": found and found.low,
        "highest": found and found.high,
    }


def of_answer(answer: DossierAnswer, article: DossierArticle) -> dict[str, Any]:
    """Which report answers, in which words, and on whose word; the value, the place and the voice are the table's."""
    return {
        "article": article.id,
        "outlet": article.outlet,
        "lang": article.lang,
        "published": article.published,
        "url": article.url,
        "text": answer.text,
        "attributed_to": answer.attributed_to,
        "hedged": answer.hedged,
    }

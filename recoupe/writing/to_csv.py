"""The dossier as a table: one row an answer. A cell that a spreadsheet would run as a formula is defused."""

from __future__ import annotations

import csv
import io
from typing import Any

from recoupe.records import Dossier
from recoupe.records.dossier import DossierAnswer, DossierQuestion
from recoupe.writing.answer_rows import of_answer, of_question
from recoupe.writing.safe import line
from recoupe.writing.view import View

COLUMNS = (
    "question", "kind", "label", "verdict", "independent_origins", "article", "outlet", "lang", "published", "url",
    "value", "low", "high", "unit", "start", "end", "entity", "stance", "text", "sentence", "attributed_to", "hedged",
    "origin", "span_start", "span_end", "why",
    "said", "best", "lowest", "highest", "corrected",
)  # fmt: skip
"""Names of the columns, in every interface language the same. `span_*` count code points of the report's text."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def to_csv(dossier: Dossier) -> str:
    """A header and one row an answer, comma separated, quoted where needed, rows ended by CR LF as RFC 4180 asks."""
    view = View(dossier)
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for question in dossier.questions:
        reasons = _reasons(question)
        for index, answer in enumerate(question.answers):
            row = _row(view, question, answer, reasons.get(index, ""))
            table.writerow([cell(row.get(column)) for column in COLUMNS])
    return out.getvalue()


def _row(view: View, question: DossierQuestion, answer: DossierAnswer, why: str) -> dict[str, Any]:
    article = view.articles[answer.article]
    value = dict(answer.value)
    if "entity" in value:
        value["entity"] = view.names.get(value["entity"], value["entity"])
    return {
        **of_question(question),
        **of_answer(answer, article),
        "value": view.ui.value(answer.value, view.names),
        **value,
        "sentence": "".join((quote := view.quote(answer)).before) + quote.answer + quote.after,
        "hedged": "yes" if answer.hedged else "no",
        "origin": view.whose(answer),
        "span_start": answer.start,
        "span_end": answer.end,
        "why": why,
        "said": (answer.said or {}).get("start"),
        "corrected": " ".join(answer.corrected),
    }


def _reasons(question: DossierQuestion) -> dict[int, str]:
    """For each answer the reasons of the pairs that it stands in, each once."""
    found: dict[int, dict[str, None]] = {}
    for pair in question.pairs:
        for index in (pair.a, pair.b):
            found.setdefault(index, {})[pair.why] = None
    return {index: "; ".join(whys) for index, whys in found.items()}


def cell(value: Any) -> str | int | float:
    """A number as it is; words on one line, with an apostrophe before what would be taken for a formula."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = line(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text

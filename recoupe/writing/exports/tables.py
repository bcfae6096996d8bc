"""Tables: dossiers as rows, every finding with the place of its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from recoupe.errors import SettingsError
from recoupe.records import Dossier
from recoupe.records.dossier import DossierAnswer, DossierArticle, DossierQuestion
from recoupe.writing.answer_rows import of_answer, of_question
from recoupe.writing.exports.events import event_rows
from recoupe.writing.exports.schemas import TABLES, Row

Stories = Iterable[tuple[str | None, Dossier]]
"""Dossiers, each with the word by which its rows are known; None of reports that are in no story."""
_PARTS = " … "


def rows(table: str, stories: Stories) -> list[Row]:
    """The rows of a table from all dossiers, in their order; each row has every column of `TABLES[table]`.

    Raises SettingsError if there is no such table, KeyError for a dossier whose parts do not fit together.
    """
    check(table)
    made = _MAKERS[table]
    names = [column.name for column in TABLES[table]]
    found = ({"story": story, **row} for story, dossier in stories for row in made(story or "", dossier))
    return [{name: row.get(name) for name in names} for row in found]


def check(table: str) -> None:
    """Raise SettingsError if there is no such table."""
    if table not in TABLES:
        raise SettingsError(f"there is no table {table!r}; choose one of {', '.join(TABLES)}.")


def _answers(_: str, dossier: Dossier) -> Iterator[Row]:
    articles = {article.id: article for article in dossier.articles}
    names = {name.id: name.name for name in dossier.names}
    for question in dossier.questions:
        of_question = _of_question(question)
        for index, answer in enumerate(question.answers):
            yield {**of_question, "answer": index, **_answer(answer, articles[answer.article], question.kind, names)}


def _of_question(question: DossierQuestion) -> Row:
    row = of_question(question)
    return {**row, **{name: _number(row[name]) for name in ("best", "lowest", "highest")}}


def _answer(answer: DossierAnswer, article: DossierArticle, kind: str, names: dict[str, str]) -> Row:
    said = answer.said or {}
    return {
        **of_answer(answer, article),
        **_value(answer.value, kind, names),
        "start": answer.start,
        "end": answer.end,
        "sentence_start": answer.sentence[0],
        "sentence_end": answer.sentence[1],
        "sentence": _cut(article, answer.sentence),
        "origin": answer.origin,
        "said_start": _text(said.get("start")),
        "said_end": _text(said.get("end")),
        "dated_by": answer.dated_by,
        "how": _text((answer.read or {}).get("how")),
        "corrected": answer.corrected,
    }


def _value(value: dict[str, Any], kind: str, names: dict[str, str]) -> Row:
    if kind == "time":
        return {"time_start": _text(value.get("start")), "time_end": _text(value.get("end"))}
    if kind == "entity":
        entity = _text(value.get("entity"))
        return {"entity": entity, "entity_name": names.get(entity or "")}
    if kind == "stance":
        return {"stance": _text(value.get("stance"))}
    return {"low": _number(value.get("low")), "high": _number(value.get("high")), "unit": _text(value.get("unit"))}


def _statements(_: str, dossier: Dossier) -> Iterator[Row]:
    articles = {article.id: article for article in dossier.articles}
    names = {name.id: name.name for name in dossier.names}
    for found in dossier.statements:
        article = articles[found.article]
        who = found.who
        yield {
            "statement": found.id,
            "article": article.id,
            "outlet": article.outlet,
            "lang": article.lang,
            "url": article.url,
            "speaker": found.speaker,
            "speaker_name": names.get(found.speaker or ""),
            "who": who and _cut(article, who),
            "who_start": who and who[0],
            "who_end": who and who[1],
            "cue": _cut(article, found.cue),
            "cue_start": found.cue[0],
            "cue_end": found.cue[1],
            "content": _PARTS.join(_cut(article, span) for span in found.content),
            "content_spans": _spans(found.content),
            "quoted": found.quoted,
            "hedged": found.hedged,
            "stance": found.stance,
            "act": found.act,
            "group": found.group,
            "corrected": found.corrected,
        }


def _names(_: str, dossier: Dossier) -> Iterator[Row]:
    articles = {article.id: article for article in dossier.articles}
    for name in dossier.names:
        for mention in name.mentions:
            yield {
                "name_id": name.id,
                "type": name.type,
                "name": name.name,
                "roles": name.roles,
                "article": mention.article,
                "lang": articles[mention.article].lang,
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
            }


def _articles(_: str, dossier: Dossier) -> Iterator[Row]:
    for article in dossier.articles:
        row = {column.name: getattr(article, column.name, None) for column in TABLES["articles"]}
        row |= {"clutter": _spans(article.clutter), "headings": _spans(article.headings), "article": article.id}
        del row["story"]
        yield row


def _stories(_: str, dossier: Dossier) -> Iterator[Row]:
    verdicts = Counter(question.verdict for question in dossier.questions)
    days = sorted(article.published for article in dossier.articles if article.published)
    yield {
        "about": dossier.about,
        "ui": dossier.ui,
        "articles": len(dossier.articles),
        "languages": sorted({article.lang for article in dossier.articles}),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "names": len(dossier.names),
        "statements": len(dossier.statements),
        "questions": len(dossier.questions),
        **{name: verdicts[name] for name in ("contested", "updated", "compatible", "corroborated", "single")},
        "problems": len(dossier.problems),
    }


_MAKERS = {
    "answers": _answers,
    "statements": _statements,
    "names": _names,
    "articles": _articles,
    "stories": _stories,
    "events": event_rows,
}


def _cut(article: DossierArticle, span: tuple[int, int]) -> str:
    return article.text[span[0] : span[1]]


def _spans(spans: Iterable[tuple[int, int]]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]


def _number(value: object) -> float | None:
    """A figure; None for what is none, as in a file that somebody has edited."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)

"""Events: what reports say of the dead as rows with the fields of the UCDP's event data.

A dossier holds no coordinates and no parties: fields that would need them are left out, not guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from recoupe.languages import shared
from recoupe.records import Dossier
from recoupe.records.dossier import DossierArticle, DossierQuestion
from recoupe.writing.exports.schemas import Row
from recoupe.writing.labels import label_in

_DEAD = "killed"
_PART = " · "
_AROUND, _COUNTRY = 2, 6
"""UCDP's `where_prec`: at or around a place that has a name; in a country, nobody says where."""
_DATE_STEPS = ((1, 1), (6, 2), (7, 3), (31, 4))
"""The most days that each of UCDP's `date_prec` stands for."""
_LONGER = 5


def event_rows(story: str, dossier: Dossier) -> Iterator[Row]:
    """A row for each question of the dead with a figure.

    Who drowned is counted among the killed: questions of that kind have rows only where no report tells the killed.
    """
    ours = [(q, counted) for q in dossier.questions if q.estimate and (counted := _counted(q, dossier.ui))]
    if any(counted == _DEAD for _, counted in ours):
        ours = [(q, counted) for q, counted in ours if counted == _DEAD]
    for question, counted in ours:
        yield _event(story, dossier, question, counted)


def _counted(question: DossierQuestion, ui: str) -> str | None:
    """The id of what a question counts, None where it is not the dead; its label begins with that id's own."""
    if question.kind != "count":
        return None
    return _labels(ui).get(question.label.partition(_PART)[0])


@cache
def _labels(ui: str) -> dict[str, str]:
    """The ids of the dead by their labels in an interface language."""
    concepts = shared("concepts")
    dead = [key for key, told in concepts.items() if key == _DEAD or _parent(told) == _DEAD]
    return {label: key for key in dead if (label := label_in(key, ui))}


def _parent(told: object) -> str | None:
    return told.get("parent") if isinstance(told, dict) else None


def _event(story: str, dossier: Dossier, question: DossierQuestion, counted: str) -> Row:
    found = question.estimate
    assert found is not None
    answering = {answer.article for answer in question.answers}
    articles = [article for article in dossier.articles if article.id in answering]
    days = _days(dossier, question)
    place, where = _where(dossier, question)
    return {
        "id": f"{story}:{question.id}",
        "label": question.label,
        "counted": counted,
        "verdict": question.verdict,
        "best": round(found.best),
        "low": round(found.low),
        "high": round(found.high),
        "open_low": found.open_low,
        "open_high": found.open_high,
        "number_of_sources": len(articles),
        "independent_origins": question.independent_origins,
        "source_article": ";".join(",".join(map(_field, _source(article))) for article in articles),
        "source_office": ";".join(_field(_source(article)[0]) for article in articles),
        "source_date": ";".join(_source(article)[1] for article in articles),
        "source_headline": ";".join(_field(article.title) for article in articles),
        "source_original": ";".join(dict.fromkeys(_field(a.attributed_to) for a in question.answers if a.attributed_to))
        or None,
        "where_description": place,
        "where_prec": where,
        "date_start": days[0],
        "date_end": days[1],
        "date_prec": _date_precision(*days),
    }


def _source(article: DossierArticle) -> tuple[str, str, str]:
    """Outlet, day and title; a report without an outlet is called by where it was read from."""
    return article.outlet or article.path, (article.published or "")[:10], article.title


def _field(text: str) -> str:
    """Words in which nothing separates: quoted where they hold a comma, a semicolon or a quotation mark."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',;"\n') else text


# --- when and where: what stands in the sentences that give the number ---------------------------------


def _sentences(question: DossierQuestion) -> set[tuple[str, tuple[int, int]]]:
    return {(answer.article, (answer.sentence[0], answer.sentence[1])) for answer in question.answers}


def _days(dossier: Dossier, question: DossierQuestion) -> tuple[str | None, str | None]:
    """The days that most of these sentences give; else none but the last on which it can have happened.

    Nobody counts the dead before there are any, so what the first voice says bounds it.
    """
    sentences = _sentences(question)
    heard = min((str(a.said["start"]) for a in question.answers if a.said and a.said.get("start")), default=None)
    told: Counter[tuple[str, str]] = Counter()
    for other in dossier.questions:
        if other.kind != "time":
            continue
        for answer in other.answers:
            start, end = answer.value.get("start"), answer.value.get("end")
            past = heard is None or (start and str(start)[:10] <= heard[:10])
            if start and end and past and (answer.article, tuple(answer.sentence)) in sentences:
                told[str(start)[:10], str(end)[:10]] += 1
    if not told:
        return None, heard and heard[:10]
    most = max(told.values())
    return min((days for days, often in told.items() if often == most), key=lambda days: (_length(*days) or 0, days))


def _length(start: str, end: str) -> int | None:
    """Days from the first to the last, both counted; None where they are no days."""
    try:
        return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    except ValueError:
        return None


def _date_precision(start: str | None, end: str | None) -> int | None:
    days = _length(start, end) if start and end else None
    if days is None:
        return None
    return next((code for most, code in _DATE_STEPS if days <= most), _LONGER)


def _where(dossier: Dossier, question: DossierQuestion) -> tuple[str | None, int | None]:
    """The place that these sentences name most, a country only where they name no other, and its precision."""
    sentences = _sentences(question)
    langs = {article.id: article.lang for article in dossier.articles}
    places: Counter[str] = Counter()
    countries: set[str] = set()
    for name in dossier.names:
        if name.type != "PLACE":
            continue
        for mention in name.mentions:
            if mention.text.casefold() in _countries(langs[mention.article]):
                countries.add(name.name)
            inside = any(a == mention.article and start <= mention.start < end for a, (start, end) in sentences)
            places[name.name] += inside
    if not any(places.values()):
        return None, None
    best = max((p for p in places if places[p]), key=lambda p: (p not in countries, places[p]))
    return best, _COUNTRY if best in countries else _AROUND


@cache
def _countries(lang: str) -> frozenset[str]:
    """The countries of the world as a language calls them, in small letters; none where it is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(lang).territories
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(name.casefold() for code, name in territories.items() if code.isalpha())

"""Assemble: a comparison as the dossier that every other program reads (docs/reference/dossier.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from recoupe.records import (
    Answer,
    Comparison,
    Dossier,
    Person,
    Point,
    Question,
    Saying,
    Span,
)
from recoupe.records.comparison import claim_of
from recoupe.records.dossier import (
    DossierAnswer,
    DossierArticle,
    DossierName,
    DossierPair,
    DossierProblem,
    DossierQuestion,
    DossierStatement,
    Mention,
)
from recoupe.writing.about import about
from recoupe.writing.corrections import Corrected, corrections
from recoupe.writing.figures import day_as_json, estimate, link, point, read_as
from recoupe.writing.labels import question_labels, question_subjects
from recoupe.writing.naming import names_in
from recoupe.writing.order import by_importance
from recoupe.writing.reasons import reasons
from recoupe.writing.safe import encodable, line
from recoupe.writing.timeline import timeline
from recoupe.writing.values import value_as_json
from recoupe.writing.wording import Wording, wording

_Told = TypeVar("_Told", Answer, Point)


def write(comparison: Comparison, ui: str = "en") -> Dossier:
    """Write down what came of a comparison; labels, names and reasons are in the interface language `ui`.

    Raises SettingsError if there is no interface in that language.
    """
    words = wording(ui)
    names = names_in(comparison, words.code)
    called = {person.name: names[person.id] for person in comparison.names}
    comparison = replace(
        comparison,
        names=tuple(replace(person, name=names[person.id]) for person in comparison.names),
        origins=tuple(tuple(dict.fromkeys(called.get(o, o) for o in found)) for found in comparison.origins),
        questions=tuple(
            replace(
                q,
                answers=tuple([_of_origin(a, called) for a in q.answers]),
                history=tuple([_of_origin(p, called) for p in q.history]),
            )
            for q in comparison.questions
        ),
    )
    told = question_subjects(comparison, words)
    labels = question_labels(comparison, words, told)
    marks = Corrected(comparison)
    names = {person.id: line(person.name) for person in comparison.names}
    questions = [
        _question(comparison, q, labels[q.id], names, words, marks) for q in by_importance(comparison.questions)
    ]
    subjects = {id_: encodable(subject) for id_, subject in told.items()}
    return Dossier(
        about=encodable(about(comparison, words)),
        articles=[_article(comparison, i, words, marks) for i in range(len(comparison.story.readings))],
        names=[_name(comparison, person, marks) for person in comparison.names],
        questions=questions,
        statements=[_statement(comparison, saying, i, marks) for i, saying in enumerate(_sayings(comparison), 1)],
        timeline=timeline(questions, subjects),
        problems=[
            DossierProblem(encodable(p.report), p.step, encodable(words.message(p.message)))
            for p in comparison.story.problems
        ],
        notes=[encodable(words.message(note)) for note in comparison.notes],
        ui=words.code,
        corrections=corrections(comparison, words),
    )


def _of_origin(told: _Told, called: Mapping[str, str]) -> _Told:
    """An answer or a point of a course with the name of its origin; mostly it is called so already."""
    name = called.get(told.origin or "", told.origin)
    return told if name == told.origin else replace(told, origin=name)


def _article(comparison: Comparison, index: int, words: Wording, marks: Corrected) -> DossierArticle:
    reading = comparison.story.readings[index]
    article = reading.article
    original = comparison.copies[index] if index < len(comparison.copies) else None
    earlier = comparison.versions[index] if index < len(comparison.versions) else None
    return DossierArticle(
        id=article.id,
        path=encodable(article.path),
        url=_encodable(article.url),
        outlet=_encodable(article.outlet),
        title=encodable(article.title),
        lang=article.lang,
        published=article.published,
        updated=article.updated,
        text=encodable(article.text),
        clutter=[_pair(span) for span in article.clutter],
        translated_from=article.translated_from,
        origins=[encodable(o) for o in comparison.origins[index]] if index < len(comparison.origins) else [],
        copy_of=None if original is None else _id(comparison, original),
        authors=[encodable(a) for a in article.authors],
        headings=[_pair(span) for span in article.headings],
        notes=[encodable(words.message(n)) for n in (*article.notes, *reading.notes)],
        version_of=None if earlier is None else _id(comparison, earlier),
        corrected=marks.of("article", index),
    )


def _name(comparison: Comparison, person: Person, marks: Corrected) -> DossierName:
    mentions: list[Mention] = []
    for index, name_id in sorted(person.members):
        reading = comparison.story.readings[index]
        spans = {span for name in reading.names if name.id == name_id for span in name.mentions}
        mentions.extend(
            Mention(reading.article.id, span.start, span.end, encodable(span.of(reading.article.text)))
            for span in sorted(spans)
        )
    roles = [encodable(r) for r in person.roles]
    told = marks.of_all(("name", *member) for member in person.members)
    return DossierName(person.id, person.type, encodable(person.name), roles, mentions, told)


def _question(
    comparison: Comparison,
    question: Question,
    label: str,
    names: Mapping[str, str],
    words: Wording,
    marks: Corrected,
) -> DossierQuestion:
    return DossierQuestion(
        id=question.id,
        kind=str(question.kind),
        label=encodable(label),
        verdict=question.verdict,
        independent_origins=question.independent_origins,
        answers=[_answer(comparison, question, answer, marks) for answer in question.answers],
        pairs=[
            DossierPair(p.a, p.b, str(p.verdict), encodable(why), p.rule)
            for p, why in zip(question.pairs, reasons(comparison, question, words))
        ],
        links=[link(comparison, question, found, names, words) for found in question.links],
        history=[point(found) for found in question.history],
        estimate=estimate(question.estimate, words),
        corrected=marks.of_all(("claim", a.reading, a.claim) for a in question.answers),
    )


def _answer(comparison: Comparison, question: Question, answer: Answer, marks: Corrected) -> DossierAnswer:
    claim = claim_of(comparison.story, answer)
    article = comparison.story.readings[answer.reading].article
    value = value_as_json(answer.value)
    if question.kind == "quantity":
        value.setdefault("unit", None)
    return DossierAnswer(
        article=article.id,
        start=claim.span.start,
        end=claim.span.end,
        text=encodable(claim.span.of(article.text)),
        sentence=_pair(claim.sentence),
        value=value,
        attributed_to=_encodable(answer.attributed_to),
        hedged=answer.hedged,
        origin=_encodable(answer.origin),
        said=day_as_json(answer.said),
        dated_by=answer.dated_by,
        read=read_as(comparison, answer),
        corrected=marks.of("claim", answer.reading, answer.claim),
    )


def _sayings(comparison: Comparison) -> list[Saying]:
    """All statements of the story in the order of the reports, also those that the comparison had nothing to say of."""
    known = {(s.reading, s.statement): s for s in comparison.sayings}
    return [
        known.get((i, j)) or Saying(i, j, None, None)
        for i, reading in enumerate(comparison.story.readings)
        for j in range(len(reading.statements))
    ]


def _statement(comparison: Comparison, saying: Saying, number: int, marks: Corrected) -> DossierStatement:
    statement = comparison.story.readings[saying.reading].statements[saying.statement]
    # '"…," he said': a pronoun after what was said is no more than the sign of a quotation
    tag = statement.named is not None and statement.content[0] < statement.cue
    source = statement.named if tag else statement.source
    return DossierStatement(
        id=f"s{number}",
        article=_id(comparison, saying.reading),
        source=None if source is None else _pair(source),
        cue=_pair(statement.cue),
        content=[_pair(span) for span in statement.content],
        quoted=statement.quoted,
        hedged=statement.hedged,
        speaker=saying.speaker,
        group=saying.group,
        stance=statement.stance,
        act=statement.act,
        named=None if statement.named is None else _pair(statement.named),
        corrected=marks.of("statement", saying.reading, saying.statement),
    )


def _id(comparison: Comparison, index: int) -> str:
    return comparison.story.readings[index].article.id


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _encodable(text: str | None) -> str | None:
    return None if text is None else encodable(text)

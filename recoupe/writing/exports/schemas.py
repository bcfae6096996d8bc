"""Schemas: the tables that dossiers are exported as, column by column (docs/reference/exports.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Shape = Literal["text", "integer", "number", "truth", "texts", "spans"]
"""`texts` is a list of text, `spans` a list of `{start, end}`; every cell but those of a key may be null."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its cells are, and what they mean."""

    name: str
    shape: Shape
    means: str


def _columns(*lines: str) -> tuple[Column, ...]:
    """Columns from lines such as 'start integer: first code point'."""
    found = []
    for told in lines:
        head, _, means = told.partition(": ")
        name, shape = head.split()
        found.append(Column(name, shape, means))  # type: ignore[arg-type]
    return tuple(found)


_STORY = "story text: the id of its story in the store, or the name of the file that its dossier comes from"

TABLES: dict[str, tuple[Column, ...]] = {
    "answers": _columns(
        _STORY,
        "question text: id of the question",
        "kind text: `count`, `quantity`, `time`, `entity` or `stance`",
        "label text: what is asked",
        "verdict text: of the question",
        "independent_origins integer: voices behind the question's answers",
        "answer integer: index of the answer in its question",
        "article text: id of the report in its dossier",
        "outlet text: who published the report",
        "lang text: its language",
        "published text: when it appeared, ISO 8601",
        "url text: its address",
        "low number: lowest figure that the answer allows; null is open",
        "high number: highest figure; null is open",
        "unit text: of a quantity",
        "time_start text: first day or minute that the answer allows, ISO 8601",
        "time_end text: last day or minute",
        "entity text: id of the name that is the answer",
        "entity_name text: that name",
        "stance text: `asserted`, `denied` or `unconfirmed`",
        "start integer: first code point, in the report's text, of the words that give the value",
        "end integer: the code point after the last",
        "text text: those words",
        "sentence_start integer: first code point of the sentence around them",
        "sentence_end integer: the code point after its last",
        "sentence text: that sentence",
        "attributed_to text: the words that name who says so; null is the report itself",
        "hedged truth: the writer does not vouch for it",
        "origin text: the voice that it counts for",
        "said_start text: first day on which it may have been said",
        "said_end text: last such day",
        "dated_by text: `statement`, `report` or null",
        "how text: how a figure was read",
        "best number: best figure of the question",
        "lowest number: lowest figure of the question",
        "highest number: highest figure of the question",
        "corrected texts: ids of the corrections that have a part in it",
    ),
    "statements": _columns(
        _STORY,
        "statement text: id of the statement",
        "article text: id of the report in its dossier",
        "outlet text: who published the report",
        "lang text: its language",
        "url text: its address",
        "speaker text: id of the name that speaks",
        "speaker_name text: that name",
        "who text: the words that tell who speaks",
        "who_start integer: their first code point in the report's text",
        "who_end integer: the code point after the last",
        "cue text: the words that say that something is said",
        "cue_start integer: their first code point",
        "cue_end integer: the code point after the last",
        "content text: what is said; parts are joined by ' … '",
        "content_spans spans: where the parts stand",
        "quoted truth: it stands in quotation marks",
        "hedged truth: the writer does not vouch for it",
        "stance text: `asserted`, `denied` or `unconfirmed`",
        "act text: the sort of speech",
        "group text: statements of one group are one statement in other words",
        "corrected texts: ids of the corrections that have a part in it",
    ),
    "names": _columns(
        _STORY,
        "name_id text: id of the name",
        "type text: `PERSON`, `ORG` or `PLACE`",
        "name text: its fullest form",
        "roles texts: what the reports call it",
        "article text: id of the report in which this mention stands",
        "lang text: the language of that report",
        "start integer: first code point of the mention in the report's text",
        "end integer: the code point after the last",
        "text text: the mention",
    ),
    "articles": _columns(
        _STORY,
        "article text: id of the report in its dossier",
        "path text: where it was read from",
        "url text: its address",
        "outlet text: who published it",
        "title text: its title",
        "authors texts: who signed it",
        "lang text: its language",
        "published text: when it appeared, ISO 8601",
        "updated text: when it was changed",
        "translated_from text: the language that it was translated from",
        "origins texts: whose word it rests on",
        "copy_of text: id of the report that it republishes",
        "version_of text: id of an earlier version of it",
        "text text: the text that all spans count in",
        "clutter spans: page furniture",
        "headings spans: the title and headings between paragraphs",
        "notes texts: remarks for the reader",
    ),
    "stories": _columns(
        _STORY,
        "about text: what the story is, in a line",
        "ui text: the language of labels",
        "articles integer: reports",
        "languages texts: of the reports",
        "first text: when the first report appeared",
        "last text: when the last did",
        "names integer: names",
        "statements integer: statements",
        "questions integer: questions",
        "contested integer: questions that no value settles",
        "updated integer: questions with a newer value",
        "compatible integer: questions whose values differ, and something satisfies all",
        "corroborated integer: questions on which independent voices agree",
        "single integer: questions with one voice only",
        "problems integer: reports that could not be used, or only in part",
    ),
    "events": _columns(
        _STORY,
        "id text: the dossier and the question, with a colon between",
        "label text: what is asked",
        "counted text: id of what is counted: `killed`, or a narrower one where no report tells the dead",
        "verdict text: of the question",
        "best integer: most credible number of the dead",
        "low integer: lowest number",
        "high integer: highest number",
        "open_low truth: some report leaves the lower end open",
        "open_high truth: some report leaves the upper end open",
        "number_of_sources integer: reports that give a number",
        "independent_origins integer: voices behind them; copies and translations count once",
        "source_article text: outlet, day and title of each report, joined by ';'",
        "source_office text: outlets, joined by ';'",
        "source_date text: days of the reports, joined by ';'",
        "source_headline text: titles, joined by ';'",
        "source_original text: whom the reports name for the number, joined by ';'",
        "where_description text: the place that the sentences name most",
        "where_prec integer: 2 at or around that place, 6 a country only, null none is named",
        "date_start text: first day on which it may have happened",
        "date_end text: last such day",
        "date_prec integer: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer, null not known",
    ),
}
"""The columns of each table, in their order."""

"""Corrections in words, and the marks of what they have a part in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import PurePath

from recoupe.records import Comparison
from recoupe.records.correction import (
    ClaimAt,
    Correction,
    NameAt,
    SameEvent,
    SamePerson,
    SameStory,
    StatementAt,
    Undo,
    WrongCopy,
    WrongQuestion,
    WrongSpeaker,
    WrongValue,
    WrongVoice,
    kind_of,
)
from recoupe.records.dossier import DossierCorrection
from recoupe.records.told import Standing
from recoupe.writing.safe import clipped, encodable, line
from recoupe.writing.values import value_as_json
from recoupe.writing.wording import Wording

_WORDS = 60  # code points shown of quoted words
Called = Callable[[str], str]
"""What the article with an address is called."""


class Corrected:
    """The ids of the corrections that have a part in what a comparison found."""

    def __init__(self, comparison: Comparison) -> None:
        self._marks: dict[tuple[str, int, int | str], list[str]] = defaultdict(list)
        for standing in comparison.corrections:
            if standing.state in ("applied", "partly"):
                for place in dict.fromkeys(standing.places):
                    self._marks[place.sort, place.reading, place.what].append(standing.correction.id)

    def of(self, sort: str, reading: int, what: int | str = "") -> list[str]:
        """Those of one claim, statement, name or article."""
        return list(self._marks.get((sort, reading, what), ()))

    def of_all(self, places: Iterable[tuple[str, int, int | str]]) -> list[str]:
        """Those of several, each once."""
        return list(dict.fromkeys(mark for place in places for mark in self._marks.get(place, ())))


def corrections(comparison: Comparison, words: Wording) -> list[DossierCorrection]:
    """The corrections that speak of a story, and how they stand in it."""
    return [_correction(comparison, standing, words) for standing in comparison.corrections]


def _correction(comparison: Comparison, standing: Standing, words: Wording) -> DossierCorrection:
    one = standing.correction
    ids = {address: comparison.story.readings[index].article.id for address, index in standing.where}
    return DossierCorrection(
        id=one.id,
        kind=kind_of(one),
        text=encodable(correction_in_words(one, words, lambda address: ids.get(address) or short(address))),
        state=standing.state,
        why=state_in_words(standing.state, standing.why, standing.by, words),
        by=standing.by,
        when=one.when,
        author=encodable(one.author),
        note=encodable(one.note),
        articles=list(dict.fromkeys(ids.values())),
    )


def told(one: DossierCorrection, words: Wording) -> str:
    """A correction of a dossier on one line: what it says, whether it counts, who said so when and why."""
    by = str(words.table("corrections")["by"]).replace("{author}", one.author) if one.author else ""
    facts = [one.why, one.when[:10], by, words.quoted(one.note) if one.note else ""]
    return line(f"{one.id}{words.tables['colon']} {one.text} — {' · '.join(filter(None, facts))}")


def state_in_words(state: str, why: str, by: str | None, words: Wording) -> str:
    """How a correction stands, and why."""
    said = str(words.table("correction_states")[state]).replace("{by}", by or "")
    reason = words.table("correction_waits").get(why)
    return f"{said}{words.tables['colon']} {reason}" if reason else said


def short(address: str) -> str:
    """An address as a reader may be shown it: the name of a file, an address of the web without its beginning."""
    kind, _, rest = address.partition(":")
    if kind == "p":
        return PurePath(rest).name or rest
    return clipped(rest.removeprefix("https://").removeprefix("http://").removeprefix("www."), _WORDS)


def log_line(one: Correction, words: Wording, called: Called = short) -> str:
    """A correction of a log on one line; one that was taken back says so."""
    by = str(words.table("corrections")["by"]).replace("{author}", one.author) if one.author else ""
    undone = f"{words.table('correction_states')['undone']} ({one.undone_by})" if one.undone_by else ""
    facts = [one.when[:16].replace("T", " "), by, words.quoted(one.note) if one.note else "", undone]
    said = correction_in_words(one, words, called)
    return line(f"{one.id}{words.tables['colon']} {said} — {' · '.join(filter(None, facts))}")


def correction_in_words(one: Correction, words: Wording, called: Called = short) -> str:
    """What a correction says, on one line; `called` names its articles."""
    key, a, b = _parts(one, words, called)
    template = str(words.table("corrections")[key])
    return line(template.replace("{a}", "\0").replace("{b}", b).replace("\0", a))


def _parts(one: Correction, words: Wording, called: Called) -> tuple[str, str, str]:
    """The template of a correction and what fills it."""

    def of(words_: str, address: str) -> str:
        shown = words.quoted(clipped(line(words_), _WORDS, words.tables["ellipsis"]))
        template = str(words.table("corrections")["of_report"])
        return template.replace("{id}", called(address)).replace("{words}", shown)

    def name(at: NameAt) -> str:
        return of(at.name, at.article)

    def claim(at: ClaimAt) -> str:
        return of(at.quote.exact, at.article)

    match one:
        case SamePerson():
            return f"person_{_sort(one.same)}", name(one.a), name(one.b)
        case SameEvent():
            return f"event_{_sort(one.same)}", claim(one.a), claim(one.b)
        case SameStory():
            return f"story_{_sort(one.same)}", _some(one.articles, words, called), _some(one.others, words, called)
        case WrongValue():
            value = one.amount or one.period or one.stance
            told = name(one.named) if one.named else words.value(value_as_json(value)) if value else "?"
            return "value", claim(one.claim), told
        case WrongQuestion():
            return (
                ("question_moved", claim(one.claim), claim(one.to))
                if one.to
                else ("question_out", claim(one.claim), "")
            )
        case WrongSpeaker():
            key = "speaker" if one.speaker else "speaker_nobody"
            return key, _statement(one.statement, of), name(one.speaker) if one.speaker else ""
        case WrongCopy():
            return f"copy_{_sort(one.same)}", called(one.article), called(one.of)
        case WrongVoice():
            told = name(one.voice) if one.voice else called(one.report) if one.report else line(one.label or "?")
            return "voice", claim(one.claim), told
        case Undo():
            return "undo", one.of, ""
    raise TypeError(f"no correction: {type(one).__name__}")


def _sort(same: bool) -> str:
    return "same" if same else "apart"


def _statement(at: StatementAt, of: Callable[[str, str], str]) -> str:
    return of(at.content or at.cue.exact, at.article)


def _some(addresses: tuple[str, ...], words: Wording, called: Called) -> str:
    """Articles, the first by name where there are many."""
    if len(addresses) <= 3:
        return ", ".join(called(a) for a in addresses)
    template = str(words.table("corrections")["and_more"])
    return template.replace("{n}", words.number(len(addresses) - 1)).replace("{first}", called(addresses[0]))

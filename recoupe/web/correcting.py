"""Correcting on the desk: what a form says as a correction, and what it would change, in words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from recoupe.correcting.making import Findings
from recoupe.errors import RecoupeError
from recoupe.records import Amount, Dossier, Period, Stance
from recoupe.records.correction import (
    Correction,
    SameEvent,
    SamePerson,
    SameStory,
    WrongCopy,
    WrongQuestion,
    WrongSpeaker,
    WrongValue,
    WrongVoice,
)
from recoupe.records.dossier import DossierQuestion
from recoupe.store.sql import SqlStore
from recoupe.web.asking import Asked, Wrong
from recoupe.web.showing import ShownStory
from recoupe.writing.view import View
from recoupe.writing.wording import Wording

_ANSWER = re.compile(r"(q\d{1,9})\.(\d{1,9})\Z")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?\Z")
_UNIT = re.compile(r"[^\s\x00-\x1f]{1,20}\Z")
_NOTE = 2000
STANCES = ("asserted", "denied", "unconfirmed")


class Forms:
    """The corrections that the forms of a story may send. All raise Wrong for what makes no sense."""

    def __init__(self, asked: Asked, shown: ShownStory) -> None:
        self._asked, self._shown = asked, shown
        self._store: SqlStore = asked.desk.store
        dossier = shown.kept.dossier
        self.addresses = self._store.addresses(a.id for a in dossier.articles)
        self.findings = Findings(dossier, self.addresses)

    def correction(self) -> Correction:
        """What the form says."""
        kinds = {
            "value": self._value, "question": self._question, "event": self._event, "voice": self._voice,
            "speaker": self._speaker, "person": self._person, "story": self._story, "copy": self._copy,
        }  # fmt: skip
        kind = self._asked.text("kind") or ""
        if kind not in kinds:
            raise self._wrong("correct_wrong_kind")
        try:
            made = kinds[kind]()
        except (RecoupeError, KeyError):
            raise self._wrong("correct_wrong_finding") from None
        said = {"author": self._asked.text("author", 200) or "", "note": self._asked.text("note", _NOTE) or ""}
        return replace(made, **said)

    def _wrong(self, key: str) -> Wrong:
        return Wrong(self._asked.ui.word(key))

    def _claim(self, name: str) -> Any:
        found = _ANSWER.match(self._asked.text(name) or "")
        if found is None:
            raise self._wrong("correct_wrong_finding")
        return self.findings.answer(found[1], int(found[2]))

    def _same(self) -> bool:
        return self._asked.flag("same")

    def _value(self) -> WrongValue:
        claim = self._claim("answer")
        if claim.kind in ("count", "quantity"):
            return WrongValue(claim=claim, amount=self._amount(claim.kind))
        if claim.kind == "time":
            return WrongValue(claim=claim, period=self._period())
        if claim.kind == "stance":
            stance = self._asked.text("stance")
            if stance not in STANCES:
                raise self._wrong("correct_wrong_value")
            return WrongValue(claim=claim, stance=Stance(stance))
        return WrongValue(claim=claim, named=self.findings.name(self._asked.text("name") or ""))

    def _amount(self, kind: str) -> Amount:
        low, high = self._number("low"), self._number("high")
        unit = (self._asked.text("unit", 20) or None) if kind == "quantity" else None
        if (low is None and high is None) or (low is not None and high is not None and low > high):
            raise self._wrong("correct_wrong_value")
        if unit is not None and not _UNIT.match(unit):
            raise self._wrong("correct_wrong_value")
        return Amount(low, high, unit)

    def _number(self, name: str) -> float | None:
        given = (self._asked.text(name, 40) or "").replace(" ", "").replace("\u202f", "").replace(",", ".")
        if not given:
            return None
        try:
            number = float(given)
        except ValueError:
            raise self._wrong("correct_wrong_value") from None
        if not math.isfinite(number):
            raise self._wrong("correct_wrong_value")
        return number

    def _period(self) -> Period:
        start, end = self._asked.text("start", 20), self._asked.text("end", 20)
        if not (start or end) or any(m and not _is_moment(m) for m in (start, end)) or (start and end and start > end):
            raise self._wrong("correct_wrong_value")
        return Period(start, end)

    def _question(self) -> WrongQuestion:
        if self._asked.text("to"):
            return WrongQuestion(claim=self._claim("answer"), to=self._claim("to"))
        return WrongQuestion(claim=self._claim("answer"))

    def _event(self) -> SameEvent:
        return SameEvent(a=self._claim("answer"), b=self._claim("other"), same=self._same())

    def _voice(self) -> WrongVoice:
        claim = self._claim("answer")
        sort, _, what = (self._asked.text("voice") or "").partition(":")
        if sort == "name":
            return WrongVoice(claim=claim, voice=self.findings.name(what))
        if sort == "article":
            return WrongVoice(claim=claim, report=self._article(what))
        label = self._asked.text("label", 200)
        if not label:
            raise self._wrong("correct_wrong_voice")
        return WrongVoice(claim=claim, label=label)

    def _speaker(self) -> WrongSpeaker:
        said = self.findings.statement(self._asked.text("statement") or "")
        name = self._asked.text("name")
        return WrongSpeaker(statement=said, speaker=self.findings.name(name) if name else None)

    def _person(self) -> SamePerson:
        if self._same():
            a, b = (
                self.findings.name(self._asked.text("name") or ""),
                self.findings.name(self._asked.text("other") or ""),
            )
            return SamePerson(a=a, b=b, same=True)
        one, other = self._spelling("one"), self._spelling("other")
        if one == other:
            raise self._wrong("correct_wrong_parting")
        return SamePerson(a=one, b=other, same=False)

    def _spelling(self, field: str) -> Any:
        article, _, words = (self._asked.text(field) or "").partition(":")
        name = self._asked.text("name") or ""
        mentions = next((n.mentions for n in self._shown.kept.dossier.names if n.id == name), [])
        own = self._shown.ids.get(article, "")
        exact = next((m.text for m in mentions if m.article == own and " ".join(m.text.split()) == words), words)
        return self.findings.spelling(name, own, exact)

    def _article(self, letter: str) -> str:
        return self.findings.article(self._shown.ids[letter])

    def _story(self) -> SameStory:
        articles = tuple(self.addresses.values())
        if self._asked.flag("whole"):  # this story and another one are one
            return SameStory(articles=articles[:1], others=self._others()[:1], same=True)
        own = self._article(self._asked.text("article") or "")
        if not self._same():
            return SameStory(articles=(own,), others=tuple(a for a in articles if a != own), same=False)
        return SameStory(articles=(own,), others=self._others()[:1], same=True)

    def _others(self) -> tuple[str, ...]:
        """The addresses of the articles of the other story."""
        name = (self._asked.text("other") or "").rstrip("/").rpartition("/")[2].partition("?")[0]
        other = self._store.story(name)
        if other.id == self._shown.story.id or not other.articles:
            raise self._wrong("correct_wrong_story")
        return tuple(self._store.addresses(other.articles).values())

    def _copy(self) -> WrongCopy:
        article, of = self._article(self._asked.text("article") or ""), self._article(self._asked.text("of") or "")
        if article == of:
            raise self._wrong("correct_wrong_finding")
        return WrongCopy(article=article, of=of, same=self._same())


def _is_moment(moment: str) -> bool:
    try:
        return bool(_MOMENT.match(moment) and datetime.fromisoformat(moment))
    except ValueError:
        return False


# --- what would change --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """One thing that would not be as it is: what, and how it is before and after ('' where it is not there)."""

    what: str
    before: str
    after: str


def differences(before: Dossier, after: Dossier, letters: Mapping[str, str], ui: Wording) -> list[Difference]:
    """What a reader would see otherwise in a dossier, the questions first."""
    old, new = View(before), View(after)
    found = _questions(old, new, letters, ui)
    found += _others(old, new, letters, ui)
    return found


def _questions(old: View, new: View, letters: Mapping[str, str], ui: Wording) -> list[Difference]:
    mine = {_places(q): q for q in old.dossier.questions}
    theirs = {_places(q): q for q in new.dossier.questions}
    found = []
    for places, question in mine.items():
        now = theirs.get(places)
        if now is None or _told(old, question, letters, ui) != _told(new, now, letters, ui):
            after = _told(new, now, letters, ui) if now else ""
            found.append(Difference(question.label, _told(old, question, letters, ui), after))
    for places, question in theirs.items():
        if places not in mine:
            found.append(Difference(question.label, "", _told(new, question, letters, ui)))
    return found


def _places(question: DossierQuestion) -> frozenset[tuple[str, str, int]]:
    return frozenset((question.kind, a.article, a.start) for a in question.answers)


def _told(view: View, question: DossierQuestion, letters: Mapping[str, str], ui: Wording) -> str:
    """A question in a line: its verdict, its sides with their reports, how many voices."""
    sides = "; ".join(
        f"{side.text} ({', '.join(letters.get(a, a) for a in side.articles)})" for side in view.sides(question)
    )
    verdict = ui.verdict(question.verdict, "word")
    return f"{verdict}{ui.tables['colon']} {sides} · {ui.counted('independent', question.independent_origins)}"


def _others(old: View, new: View, letters: Mapping[str, str], ui: Wording) -> list[Difference]:
    found = []
    was, now = ({frozenset((m.article, m.start) for m in n.mentions): n for n in v.dossier.names} for v in (old, new))
    gone = "; ".join(_name(name, letters) for places, name in was.items() if places not in now)
    come = "; ".join(_name(name, letters) for places, name in now.items() if places not in was)
    if gone or come:
        found.append(Difference(ui.heading("names"), gone, come))
    said: Counter[tuple[str, str]] = Counter()
    for a, b in zip(old.dossier.statements, new.dossier.statements):
        said[old.names.get(a.speaker or "", ""), new.names.get(b.speaker or "", "")] += 1
    for (before, after), often in said.items():
        if before != after:
            times = f" × {often}" if often > 1 else ""
            found.append(Difference(f"{ui.heading('says')}{times}", before, after))
    for x, y in zip(old.dossier.articles, new.dossier.articles):
        if (x.copy_of, x.version_of) != (y.copy_of, y.version_of):
            what = ui.word("report_named", id=letters.get(x.id, x.id))
            found.append(Difference(what, _original(x, letters), _original(y, letters)))
    return found


def _original(article: Any, letters: Mapping[str, str]) -> str:
    of = article.copy_of or article.version_of
    return f"→ {letters.get(of, of)}" if of else ""


def _name(name: Any, letters: Mapping[str, str]) -> str:
    forms = dict.fromkeys((" ".join(m.text.split()), letters.get(m.article, m.article)) for m in name.mentions)
    return ", ".join(f"{form} ({article})" for form, article in list(forms)[:8])

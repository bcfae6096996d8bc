"""Timeline: the dated answers in the order of time, each question once for every time that its reports can share."""

from __future__ import annotations

from dataclasses import dataclass, field

from recoupe.records.dossier import DossierQuestion, TimelineEntry

_FIRST, _LAST = "0000", "9999"


@dataclass(slots=True)
class _Slot:
    """A time that some answers of one question share: the narrowest span that satisfies all of them."""

    start: str | None
    end: str | None
    answers: list[int] = field(default_factory=list)

    def meet(self, start: str | None, end: str | None) -> tuple[str | None, str | None] | None:
        """What is left when one more answer must hold too, None if nothing is."""
        low = max(self.start, start, key=_opening)
        high = min(self.end, end, key=_closing)
        return (low, high) if _opening(low) <= _closing(high) else None


def timeline(questions: list[DossierQuestion], labels: dict[str, str]) -> list[TimelineEntry]:
    """All resolved times of the questions that ask for one, sorted; `labels` name what each question dates.

    Answers that something satisfies share an entry, with what satisfies them all; contested times have an entry each.
    """
    entries = [
        TimelineEntry(slot.start, slot.end, labels[question.id], [(question.id, i) for i in slot.answers])
        for question in questions
        if question.kind == "time"
        for slot in _slots(question)
    ]
    return sorted(entries, key=lambda e: (_sort_key(e), e.label))


def _slots(question: DossierQuestion) -> list[_Slot]:
    """Narrow answers first, so that 'in May' joins '12 May' and not the other way round."""
    dated = [
        (answer.value.get("start"), answer.value.get("end"), i)
        for i, answer in enumerate(question.answers)
        if answer.value.get("start") or answer.value.get("end")
    ]
    dated.sort(key=lambda d: (d[0] is None or d[1] is None, _width(d[0], d[1]), d[2]))
    slots: list[_Slot] = []
    for start, end, index in dated:
        for slot in slots:
            if met := slot.meet(start, end):
                slot.start, slot.end = met
                slot.answers.append(index)
                break
        else:
            slots.append(_Slot(start, end, [index]))
    for slot in slots:
        slot.answers.sort()
    return slots


def _width(start: str | None, end: str | None) -> int:
    """A rough length in days, enough to tell narrow from wide."""
    return _days(end or _LAST) - _days(start or _FIRST)


def _days(moment: str) -> int:
    digits = [int(p) if p.isascii() and p.isdigit() else 0 for p in moment[:10].split("-")]
    year, month, day = [*digits, 1, 1][:3]
    return year * 372 + month * 31 + day


def _opening(moment: str | None) -> str:
    if moment is None:
        return ""
    return moment if "T" in moment else f"{moment}T00:00"


def _closing(moment: str | None) -> str:
    if moment is None:
        return "~"
    return moment if "T" in moment else f"{moment}T23:59"


def _sort_key(entry: TimelineEntry) -> tuple[str, str]:
    return _opening(entry.start or entry.end), _closing(entry.end)

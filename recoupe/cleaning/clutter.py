"""Clutter: marks page furniture, headings and captions by words, shape, repetition and place; strips nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from recoupe.cleaning.captions import is_caption
from recoupe.cleaning.lines import Line, lines
from recoupe.cleaning.phrases import Furniture, furniture_of
from recoupe.cleaning.signs import Sign, sign_of
from recoupe.languages import glimpse
from recoupe.records import Span

_KEPT = frozenset({"correction"})
_LISTED = ("*", "-", "•", "–", "—", "·", "►", "▪", "‣", "→", "|", "@", "#")
_OPENS_LIST = ":"

SHORT_TITLE = 3  # words: so short is a rubric rather than a title, if a longer line follows
LONG_TITLE = 40
TAG = 4  # words of 'guerre en Ukraine' above a report or below it
HEADING = 12  # words of a heading between two paragraphs
TEASER = 11  # words from which a line without a full stop between two paragraphs is another story's headline
LABELLED_TEASER = 5
LONG_TEASER = 30
_MOST_TEASERS = 3
_SHORTEST_LIST = 4
_LOOKED_AT = 1000  # lines at the beginning and at the end whose words are looked at


@dataclass
class Marks:
    """What each line of a text is. `roles` runs beside `lines`: title, heading, clutter, caption, report."""

    lines: list[Line]
    signs: list[Sign | None]
    roles: list[str] = field(default_factory=list)
    title: Line | None = None

    def spans(self, *roles: str) -> tuple[Span, ...]:
        """The lines that have one of these roles."""
        return tuple(Span(line.start, line.end) for line, role in zip(self.lines, self.roles) if role in roles)

    def with_sign(self, *kinds: str) -> list[tuple[Line, Sign]]:
        """The lines that have one of these signs."""
        return [(line, sign) for line, sign in zip(self.lines, self.signs) if sign and sign.kind in kinds]


def mark(text: str, lang: str, title: str | None = None) -> Marks:
    """Say of each line of a text in language `lang` what it is; `title` is the title where it is known."""
    furniture = furniture_of(lang)
    found = lines(text)
    marks = Marks(found, _signs(found, furniture))
    marks.roles = ["report"] * len(found)
    if not found:
        return marks
    prose = [_is_prose(line, sign) for line, sign in zip(found, marks.signs)]
    marks.title = _title(marks, prose, title)
    _by_words(marks, prose)
    _by_title(marks)
    if any(prose):
        _by_shape(marks, prose, frozenset(glimpse(lang, "clutter")["verbs"]), lang)
        _after_comments(marks)
    return marks


def _signs(found: Sequence[Line], furniture: Furniture) -> list[Sign | None]:
    """The sign of each line; in the middle of a text of very many lines nobody looks."""
    middle = range(_LOOKED_AT, len(found) - _LOOKED_AT)
    return [None if i in middle else sign_of(line, furniture) for i, line in enumerate(found)]


def _is_prose(line: Line, sign: Sign | None) -> bool:
    if sign and sign.kind not in _KEPT:
        return False
    return (line.ended and line.words >= 6) or line.words >= 30


def _title(marks: Marks, prose: Sequence[bool], known: str | None) -> Line | None:
    """The line that is the title: the known one if it is there, else the first line that looks like one."""
    found = marks.lines
    if known:
        key = Line(0, len(known), known[:400], 0, False, False, "").key
        for line in found[:12]:
            if line.key == key:
                return line
    lead = []
    for i, line in enumerate(found[:12]):
        if marks.signs[i] is not None:
            continue
        if prose[i] and not (i == 0 and _titles_though_ended(found)):
            break
        if line.words > LONG_TITLE or not line.whole:
            break
        lead.append(line)
    if not lead or known:
        return None
    counts = Counter(line.key for line in found[:40] if line.whole)
    for line in lead:
        if counts[line.key] > 1 and line.words > SHORT_TITLE:
            return line
    if lead[0].words <= SHORT_TITLE and len(lead) > 1 and lead[1].words > SHORT_TITLE + 1:
        return lead[1]
    return lead[0]


def _titles_though_ended(found: Sequence[Line]) -> bool:
    """Whether the first line is a title although it closes like a sentence."""
    first = found[0]
    if len(found) < 3 or first.words > 25:
        return False
    if first.last in "?!…":
        return True
    return first.words <= 14 and found[1].apart and found[1].words >= 1.5 * first.words


def _by_words(marks: Marks, prose: Sequence[bool]) -> None:
    """What the words of a line say, and what stands below a label that stands alone."""
    under_label = False
    body = [i for i, is_prose in enumerate(prose) if is_prose]
    first, last = (body[0], body[-1]) if body else (0, 0)
    for i, (line, sign) in enumerate(zip(marks.lines, marks.signs)):
        if sign is None:
            if under_label and not line.ended and line.words <= 25:
                marks.roles[i] = "clutter"
            else:
                under_label = False
            continue
        if sign.kind in _KEPT or line is marks.title:
            continue
        if sign.kind == "date" and i > first:  # the days of a chronology
            if i < last:
                marks.roles[i] = "report" if line.head.startswith(_LISTED) else "heading"
                continue
            if line.head.startswith(_LISTED):
                continue
        if sign.kind == "nothing" and line.head.startswith("|"):
            continue  # a row of a table
        marks.roles[i] = "caption" if sign.kind == "photo" else "clutter"
        under_label = sign.label and sign.kind in ("related", "tags")


def _by_title(marks: Marks) -> None:
    """The title and its repetitions, of which the last words may be missing ('… | The Site')."""
    if marks.title is None:
        return
    key = marks.title.key
    size = key.count(" ") + 1  # words: of as many are the lines whose keys are worth making
    for i, line in enumerate(marks.lines):
        if line is marks.title or (line.words == size and line.whole and key and line.key == key):
            marks.roles[i] = "heading"


def _by_shape(marks: Marks, prose: list[bool], verbs: frozenset[str], lang: str) -> None:
    """What the shape and the place of a line without a closing sign say."""
    found = marks.lines
    title_at = next((i for i, line in enumerate(found) if line is marks.title), -1)
    body = [i for i, is_prose in enumerate(prose) if is_prose and i != title_at]
    if not body:
        return
    shapes = _Shapes(marks, prose, body[0], body[-1], verbs, lang)
    in_list = False
    teasers = []
    for i, line in enumerate(found):
        if marks.roles[i] == "report" and body[0] < i < body[-1] and shapes.asks(i):
            marks.roles[i] = "heading"
        if marks.roles[i] != "report" or line.ended or i == title_at:
            in_list = False
            continue
        in_list = _in_list(found, i, in_list)
        if not in_list and line.whole:
            marks.roles[i] = shapes.role(i)
            if marks.roles[i] == "clutter" and body[0] < i < body[-1] and line.words > HEADING // 2:
                teasers.append(i)
    if len(teasers) >= _MOST_TEASERS:  # so many are the long headings of the text itself
        for i in teasers:
            marks.roles[i] = "heading"


def _in_list(found: Sequence[Line], i: int, before: bool) -> bool:
    """Whether a line is an item of a list or a row of a table that the report itself gives."""
    if found[i].head.startswith(_LISTED) and found[i].words:
        return True
    previous = found[i - 1] if i else None
    return previous is not None and (previous.last == _OPENS_LIST or (before and not found[i].apart))


class _Shapes:
    """The judgement of lines without a closing sign in one text, whose paragraphs run from line `first` to `last`."""

    def __init__(
        self, marks: Marks, prose: list[bool], first: int, last: int, verbs: frozenset[str], lang: str
    ) -> None:
        self._marks, self._prose = marks, prose
        self._first, self._last = first, last
        self._verbs, self._lang = verbs, lang
        self._counts = Counter(line.key for line in marks.lines if line.whole and not line.ended)
        self._labels = Counter(_label(line) for line in marks.lines if line.whole)
        # so many lines below the last paragraph are a list that belongs to it: dates, prices, names
        below = range(last + 1, len(prose))
        self._list_end = next((j for j in below if marks.signs[j] or marks.lines[j].ended), len(prose))
        if self._list_end - last <= _SHORTEST_LIST:
            self._list_end = 0
        # whether the paragraphs close as paragraphs do, so that one that does not stands out
        long = [line for line in marks.lines if line.words >= 18 or line.ended]
        self._orderly = sum(line.ended for line in long) >= 0.7 * len(long)

    def role(self, i: int) -> str:
        """What line `i` is."""
        line = self._marks.lines[i]
        if self._counts[line.key] > 1 and line.words <= HEADING:
            return "clutter"
        has_verb = not self._verbs.isdisjoint(line.head.lower().replace("’", "'").split())
        if is_caption(line.head, has_verb, self._lang):
            return "caption"
        if i < self._first and (line.last == _OPENS_LIST or line.words > LONG_TEASER):
            return "report"
        if i < self._first:
            return "clutter" if line.words <= TAG else "heading"
        if i > self._last:
            return self._below(i, line, has_verb)
        return self._between(i, line) if self._orderly else "report"

    def asks(self, i: int) -> bool:
        """Whether line `i` is a heading in the form of a question, between two paragraphs."""
        line = self._marks.lines[i]
        return line.head.endswith("?") and line.words <= HEADING - 2 and not _label(line) and self._alone(i)

    def _below(self, i: int, line: Line, has_verb: bool) -> str:
        if i < self._list_end:
            return "report"
        follows = any(self._marks.signs[j] and self._marks.roles[j] == "clutter" for j in range(self._last + 1, i))
        if (follows and line.words <= LONG_TEASER) or (line.words <= TAG + 2 and not has_verb) or line.words <= 2:
            return "clutter"
        label = _label(line)
        if label and len(label.split()) <= 3 and self._labels[label] == 1 and line.words <= LONG_TEASER:
            return "clutter"
        return "report"

    def _between(self, i: int, line: Line) -> str:
        if line.last in ",;:" or line.words > LONG_TEASER:
            return "report"
        label = _label(line)
        if label and self._labels[label] > 1:
            return "report"
        if line.words < (LABELLED_TEASER if label else TEASER):
            return "heading"
        if self._alone(i) and line.head[-1] not in '”"»':
            return "clutter"
        return "heading" if line.words <= HEADING else "report"

    def _alone(self, i: int) -> bool:
        """Whether paragraphs stand on both sides: lines without a closing sign in a row are a list."""
        beside = (j for j in (i - 1, i + 1) if 0 <= j < len(self._prose))
        return all(self._prose[j] or self._marks.lines[j].ended or self._marks.signs[j] for j in beside)


def _label(line: Line) -> str | None:
    """What stands before a colon near the beginning of a line."""
    before, colon, _ = line.head.partition(":")
    return before.strip().lower() if colon and len(before.split()) <= 5 else None


def _after_comments(marks: Marks) -> None:
    """What follows the line that opens the readers' comments is theirs, if it is near the end."""
    whole = sum(line.words for line in marks.lines)
    after = 0
    for i in range(len(marks.lines) - 1, -1, -1):
        sign = marks.signs[i]
        if sign and sign.kind == "comments":
            for j in range(i + 1, len(marks.lines)):
                kept = marks.signs[j]
                if marks.roles[j] == "report" and not (kept and kept.kind in _KEPT):
                    marks.roles[j] = "clutter"
        after += marks.lines[i].words
        if after > 0.35 * whole:
            break

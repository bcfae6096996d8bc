"""View: a dossier as a person looks at it. All printed forms show what is arranged here; each decides only how."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from recoupe.records import Dossier
from recoupe.records.dossier import DossierAnswer, DossierArticle, DossierName, DossierQuestion, DossierStatement
from recoupe.writing.course import Course, course_of, estimate_in_words
from recoupe.writing.safe import around, line
from recoupe.writing.wording import VERDICTS, Wording, wording

_PAIRS_OF = {"contested": "conflict", "updated": "updated", "compatible": "compatible", "corroborated": "agree"}
_STANCES = {"asserted": 0, "unconfirmed": 1, "denied": 2}
_AROUND = 260
"""Code points shown of a sentence on either side of the answer in it."""
_WEB = re.compile(r"https?://[^\s\"'<>]+\Z", re.I)


_OWN = re.compile(r"(?:\A| \()article:.*\Z", re.S)
"""How an origin is called that is known inside one report only: 'article:b', 'a neighbour (article:b)'."""


@dataclass(frozen=True, slots=True)
class Quote:
    """An answer in its sentence: `before` + `answer` + `after`, cut where the sentence is very long."""

    before: str
    answer: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer ready to be shown; `index` is its place in the question.

    `places` is in how many more places its report says the same, `corrected` what corrections have a part in it.
    """

    index: int
    answer: DossierAnswer
    article: DossierArticle
    quote: Quote
    places: int = 0
    corrected: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Side:
    """All answers of a question that give one value; `text` is it in words, `origins` whose word they are.

    `articles` are the reports on this side; `answers` those of them that are worth reading: a copy of a report that is
    here, or a report that says it a second time, is not.
    """

    text: str
    articles: list[str]
    answers: list[Shown]
    origins: list[str]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A statement as the report has it: pieces of text, each plain ('') or `source`, `cue` or `content`.

    `same` are other statements that the same words show: those of another report that has them too, and those inside.
    """

    statement: DossierStatement
    article: DossierArticle
    pieces: list[tuple[str, str]]
    same: list[DossierStatement] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The statement as one text on one line."""
        return line("".join(piece for _, piece in self.pieces))

    @property
    def articles(self) -> list[str]:
        """The reports that have these words."""
        return list(dict.fromkeys([self.statement.article, *(s.article for s in self.same)]))


@dataclass(frozen=True, slots=True)
class Speaker:
    """What one speaker says: `groups` are statements in several wordings, `alone` those that stand once."""

    name: str
    roles: list[str]
    groups: list[list[Excerpt]]
    alone: list[Excerpt]

    @property
    def count(self) -> int:
        """How many statements there are."""
        return sum(map(len, self.groups)) + len(self.alone)


@dataclass(frozen=True, slots=True)
class Spellings:
    """A name and how each report spells it, with how often: `{article id: [(spelling, times), …]}`."""

    name: DossierName
    by_article: dict[str, list[tuple[str, int]]]
    different: int

    @property
    def by_form(self) -> dict[str, list[str]]:
        """The reports that use each spelling, the most used first."""
        found: dict[str, list[str]] = {}
        for article, forms in self.by_article.items():
            for form, _ in forms:
                found.setdefault(form, []).append(article)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))


@dataclass(eq=False)
class View:
    """A dossier arranged for showing, in the dossier's interface language."""

    dossier: Dossier
    ui: Wording = field(init=False)

    def __post_init__(self) -> None:
        self.ui = wording(self.dossier.ui)

    @cached_property
    def articles(self) -> dict[str, DossierArticle]:
        """The reports by id."""
        return {a.id: a for a in self.dossier.articles}

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the story by id."""
        return {n.id: n.name for n in self.dossier.names}

    def verdict(self, name: str) -> list[DossierQuestion]:
        """The questions of one verdict in the order of the dossier, which is that of importance."""
        return [q for q in self.dossier.questions if q.verdict == name]

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each report stands among the reports."""
        return {a.id: i for i, a in enumerate(self.dossier.articles)}

    @cached_property
    def tally(self) -> list[tuple[str, str]]:
        """How many questions have each verdict, in words, contested first; verdicts without any are left out."""
        counts = [(v, sum(q.verdict == v for q in self.dossier.questions)) for v in VERDICTS]
        return [(v, self.ui.tallied(v, n)) for v, n in counts if n]

    def sides(self, question: DossierQuestion) -> list[Side]:
        """The answers of a question by their value: numbers and times in order, others as told."""
        grouped: dict[str, list[tuple[int, DossierAnswer]]] = {}
        told = sorted(enumerate(question.answers), key=lambda a: self.place[a[1].article])
        for index, answer in told:
            grouped.setdefault(_key(answer.value), []).append((index, answer))
        return [self._side(answers) for answers in sorted(grouped.values(), key=lambda a: _rank(a[0][1].value))]

    def _side(self, answers: list[tuple[int, DossierAnswer]]) -> Side:
        here = {answer.article for _, answer in answers}
        originals = [a for a in answers if self.original(self.articles[a[1].article]) not in here]
        told: dict[str, list[tuple[int, DossierAnswer]]] = {}
        for index, answer in originals or answers:
            told.setdefault(answer.article, []).append((index, answer))
        worth = {article: self._shown(mine) for article, mine in told.items()}
        return Side(
            self.ui.value(answers[0][1].value, self.names),
            sorted(here, key=lambda article: self.place[article]),
            list(worth.values()),
            list(dict.fromkeys(o for s in worth.values() if (o := self.origin(s.answer)))),
        )

    def _shown(self, answers: list[tuple[int, DossierAnswer]]) -> Shown:
        """One of the answers by which a report says one thing: one with a source if there is one, else the first."""
        index, answer = next((a for a in answers if a[1].attributed_to), answers[0])
        places = len({(a.start, a.end) for _, a in answers}) - 1
        told = list(dict.fromkeys(mark for _, each in answers for mark in each.corrected))
        return Shown(index, answer, self.articles[answer.article], self.quote(answer), places, told)

    def corrected(self, marks: Iterable[str]) -> str | None:
        """The mark of something in which corrections have a part, None where there are none."""
        told = ", ".join(marks)
        return f"{self.ui.table('corrections')['corrected']} ({told})" if told else None

    def quote(self, answer: DossierAnswer) -> Quote:
        """The answer in its sentence."""
        text = self.articles[answer.article].text
        start, end = min(answer.sentence[0], answer.start), max(answer.sentence[1], answer.end)
        dots = self.ui.tables["ellipsis"]
        before, after = around(text, (start, end), (answer.start, answer.end), _AROUND, _AROUND, dots)
        return Quote(before, answer.text, after)

    def reasons(self, question: DossierQuestion) -> list[tuple[str, str]]:
        """Why the verdict is what it is: (reports, reason), each reason once, those of most pairs first.

        That a value is equal to itself is no reason worth a line.
        """
        decides = _PAIRS_OF.get(question.verdict)
        found: dict[frozenset[str], tuple[str, str]] = {}
        often: dict[frozenset[str], int] = {}
        for pair in question.pairs:
            if pair.verdict != decides or _says_nothing(pair.why):
                continue
            a, b = question.answers[pair.a], question.answers[pair.b]
            values = frozenset((_key(a.value), _key(b.value)))  # 'a ≠ b' and 'b ≠ a' are one reason
            turned = pair.why.startswith(f"{self.ui.value(b.value, self.names)} →")  # told from the earlier report
            both = (b.article, a.article) if turned else (a.article, b.article)
            found.setdefault(values, ("–".join(both), pair.why))
            often[values] = often.get(values, 0) + 1
        return [found[values] for values in sorted(found, key=lambda v: -often[v])]

    def origin(self, answer: DossierAnswer) -> str | None:
        """Whose word an answer is, as a reader knows it; None where it is the report's own or the named source's."""
        label = self.whose(answer)
        if not label or label == self.known_outlet(self.articles[answer.article]):
            return None
        source = _tokens(answer.attributed_to or "")
        told = _tokens(label) <= source or (label in self._people and _last(label) in source)
        return None if told else label

    def whose(self, answer: DossierAnswer) -> str:
        """The origin of an answer without the mark of one that only its report knows; empty where it is the report."""
        return _OWN.sub("", answer.origin or "")

    @cached_property
    def _people(self) -> set[str]:
        return {n.name for n in self.dossier.names if n.type == "PERSON"}

    def voice(self, answer: DossierAnswer) -> str:
        """Who says so: the attribution, or the report itself."""
        if answer.attributed_to:
            return self.ui.word("according", who=self.ui.quoted(line(answer.attributed_to)))
        outlet = self.known_outlet(self.articles[answer.article])
        return self.ui.word("own_voice_of", outlet=outlet) if outlet else self.ui.word("own_voice")

    def facts(self, shown: Shown) -> list[str]:
        """All that is said of an answer below its words: the voice, the origin, doubt, and how often it is repeated."""
        found = [self.voice(shown.answer)]
        if origin := self.origin(shown.answer):
            found.append(self.ui.word("rests_on", origin=origin))
        if shown.answer.hedged:
            found.append(self.ui.word("hedged"))
        if shown.places:
            found.append(f"+ {self.ui.counted('places', shown.places)}")
        return found

    def course(self, question: DossierQuestion) -> Course | None:
        """How the figure of a question went, None where there is nothing to tell."""
        return course_of(question, self.ui, lambda point: self._voice_called(point.origin), self.place)

    def estimate(self, question: DossierQuestion) -> str | None:
        """The best, lowest and highest figure in words, None where all say the same or there is none."""
        if question.estimate is None or self.course(question) is None:
            return None
        return estimate_in_words(question.estimate, self.ui)

    def one_voice(self, question: DossierQuestion) -> str | None:
        """That several reports answer with one voice only, and whose it is; None where that is not so."""
        reports = len({answer.article for answer in question.answers})
        if question.verdict != "single" or reports < 2:
            return None
        labels = dict.fromkeys(self.voice_label(answer) for answer in question.answers)
        return self.ui.counted("one_voice", reports).replace("{origin}", ", ".join(labels))

    def voice_label(self, answer: DossierAnswer) -> str:
        """The voice that an answer counts for, as a reader knows it; a report is called by its outlet or its id."""
        return self._voice_called(answer.origin or f"article:{answer.article}")

    def _voice_called(self, origin: str | None) -> str:
        label = origin or ""
        if label.startswith("article:"):
            article = self.articles.get(label.removeprefix("article:"))
            outlet = self.known_outlet(article) if article else None
            return line(outlet or self.ui.word("report_named", id=label.removeprefix("article:")))
        return line(_OWN.sub("", label))

    def known_outlet(self, article: DossierArticle) -> str | None:
        """Who published a report: its outlet, else the host of its address."""
        if article.outlet:
            return article.outlet
        host = re.match(r"https?://(?:www\.)?([^/?#\s]+)", article.url or "", re.I)
        return host.group(1) if host else None

    def outlet(self, article: DossierArticle) -> str:
        """Who published a report, or that nobody knows."""
        return self.known_outlet(article) or self.ui.word("no_outlet")

    def date(self, stamp: str | None) -> str | None:
        """A day and, where it is known, a clock time."""
        if not stamp:
            return None
        moment = stamp[:16] if "T" in stamp else stamp[:10]
        return self.ui.period(moment, moment)

    def language(self, code: str) -> str:
        """What a language is called."""
        return self.ui.named("languages", code)

    def web(self, url: str | None) -> str | None:
        """`url` if it is an address of the web that may stand in a link."""
        return url if url and _WEB.match(url) else None

    @cached_property
    def speakers(self) -> list[Speaker]:
        """Who says what: named speakers first, those with most to compare on top."""
        by_name: dict[str, list[Excerpt]] = {}
        known = {n.id: n for n in self.dossier.names}
        for statement in self.dossier.statements:
            by_name.setdefault(self._speaker_key(statement), []).append(self.excerpt(statement))
        found = []
        for key, excerpts in by_name.items():
            name = known.get(key)
            title = name.name if name else key or self.ui.heading("unnamed")
            found.append(Speaker(title, name.roles if name else [], *_grouped(excerpts)))
        unnamed = self.ui.heading("unnamed")
        return sorted(found, key=lambda s: (s.name == unnamed, -len(s.groups), -s.count))

    def _speaker_key(self, statement: DossierStatement) -> str:
        """The id of the speaker, else the words that name it."""
        if statement.speaker in self.names:
            return str(statement.speaker)
        if statement.who is None:
            return ""
        words = " ".join(self.articles[statement.article].text[slice(*statement.who)].split())
        return words[:80]

    def excerpt(self, statement: DossierStatement) -> Excerpt:
        """A statement with its source, cue and content told apart; what lies between is kept as it is."""
        article = self.articles[statement.article]
        parts = [("content", c) for c in statement.content]
        parts += [("cue", statement.cue)]
        parts += [("source", statement.who)] if statement.who else []
        return Excerpt(statement, article, list(_pieces(article.text, parts, self.ui.tables["ellipsis"])))

    @cached_property
    def spellings(self) -> list[Spellings]:
        """The names that are shown: in two reports or more, or with a role; most differently spelt first."""
        found = []
        for name in self.dossier.names:
            by_article: dict[str, dict[str, int]] = {}
            for mention in name.mentions:
                forms = by_article.setdefault(mention.article, {})
                form = " ".join(mention.text.split())
                forms[form] = forms.get(form, 0) + 1
            if len(by_article) > 1 or (name.roles and by_article):
                counted = {a: sorted(f.items(), key=lambda i: (-i[1], i[0])) for a, f in by_article.items()}
                different = len({form for forms in by_article.values() for form in forms})
                found.append(Spellings(name, counted, different))
        order = {"PERSON": 0, "ORG": 1, "PLACE": 2}
        return sorted(found, key=lambda s: (order.get(s.name.type, 3), -len(s.by_article), -s.different))

    @cached_property
    def origins(self) -> list[tuple[str, list[str]]]:
        """Each origin with the ids of the reports that rest on it, the most credited first."""
        found: dict[str, list[str]] = {}
        for article in self.dossier.articles:
            for origin in article.origins:
                found.setdefault(origin, []).append(article.id)
        return sorted(found.items(), key=lambda item: -len(item[1]))

    @cached_property
    def copies(self) -> list[DossierArticle]:
        """The reports that republish another one here."""
        return [a for a in self.dossier.articles if self.original(a)]

    def original(self, article: DossierArticle) -> str | None:
        """The id of the report here that one republishes or updates."""
        return next((i for i in (article.copy_of, article.version_of) if i in self.articles), None)

    def again(self, article: DossierArticle) -> str | None:
        """What a report is to the one that it republishes, in words: its copy, its translation, a version of it."""
        original = self.original(article)
        if original is None:
            return None
        if article.copy_of is None:
            return self.ui.word("version_of", id=original)
        if self.articles[original].lang != article.lang:
            return self.ui.word("translation_of", id=original)
        return self.ui.word("copy_of", id=original)

    def times(self) -> Iterator[tuple[str, str, list[Shown]]]:
        """The timeline: (when, what, the answers that say so); what looks the same stands once."""
        return _merged(self._times())

    def _times(self) -> Iterator[tuple[str, str, list[Shown]]]:
        questions = {q.id: q for q in self.dossier.questions}
        for entry in self.dossier.timeline:
            shown = []
            for question_id, index in entry.answers:
                answer = questions[question_id].answers[index]
                shown.append(Shown(index, answer, self.articles[answer.article], self.quote(answer)))
            shown.sort(key=lambda s: self.place[s.article.id])
            yield self.ui.period(entry.start, entry.end), entry.label, shown


def _merged(entries: Iterable[tuple[str, str, list[Shown]]]) -> Iterator[tuple[str, str, list[Shown]]]:
    """Entries that would look the same as one."""
    found: dict[tuple[str, str], list[Shown]] = {}
    for when, what, shown in entries:
        found.setdefault((when, what), []).extend(shown)
    for (when, what), shown in found.items():
        yield when, what, shown


def _says_nothing(why: str) -> bool:
    """'7 = 7'."""
    left, equals, right = why.partition(" = ")
    return bool(equals) and left == right


def _tokens(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _last(name: str) -> str:
    return re.findall(r"\w+", name.lower())[-1] if re.search(r"\w", name) else ""


def _key(value: dict[str, object]) -> str:
    return json.dumps(value, sort_keys=True)


def _rank(value: dict[str, object]) -> tuple[float, float, str]:
    """Where a value stands among others: numbers by size, times by date, others as told."""
    if "low" in value:
        low, high = value.get("low"), value.get("high")
        first = low if isinstance(low, int | float) else high if isinstance(high, int | float) else 0
        return float(first), float(high) if isinstance(high, int | float) else float("inf"), ""
    if "start" in value or "end" in value:
        return 0.0, 0.0, str(value.get("start") or value.get("end") or "")
    return float(_STANCES.get(str(value.get("stance")), 0)), 0.0, ""


def _grouped(excerpts: Iterable[Excerpt]) -> tuple[list[list[Excerpt]], list[Excerpt]]:
    """Statements that share a group, and those that are alone in theirs; the same words stand once."""
    by_group: dict[str, list[Excerpt]] = {}
    for excerpt in _once(list(excerpts)):
        shared = excerpt.statement.group or next((s.group for s in excerpt.same if s.group), None)
        by_group.setdefault(shared or f"\0{excerpt.statement.id}", []).append(excerpt)
    groups = [g for g in by_group.values() if len(g) > 1]
    return groups, [e for g in by_group.values() if len(g) == 1 for e in g]


def _once(excerpts: list[Excerpt]) -> list[Excerpt]:
    """Excerpts whose words no other one shows: an earlier report with the same, or a longer passage of its own."""
    kept: dict[str, Excerpt] = {}
    for excerpt in excerpts:
        if excerpt.words in kept:
            kept[excerpt.words].same.append(excerpt.statement)
        else:
            kept[excerpt.words] = excerpt
    whole: list[Excerpt] = []
    cover: Excerpt | None = None
    for excerpt in sorted(kept.values(), key=lambda e: (e.article.id, _hull(e)[0], -_hull(e)[1])):
        if cover is not None and _inside(excerpt, cover):
            cover.same.extend((excerpt.statement, *excerpt.same))
            continue
        whole.append(excerpt)
        if cover is None or cover.article.id != excerpt.article.id or _hull(excerpt)[1] > _hull(cover)[1]:
            cover = excerpt
    chosen = {id(excerpt) for excerpt in whole}
    return [excerpt for excerpt in kept.values() if id(excerpt) in chosen]


def _inside(excerpt: Excerpt, other: Excerpt) -> bool:
    """Whether a longer excerpt of one report shows all of a shorter one, and no group would be torn apart by it."""
    if excerpt.article.id != other.article.id or _hull(excerpt)[1] > _hull(other)[1]:
        return False
    groups = {excerpt.statement.group, other.statement.group} - {None}
    return len(groups) < 2 and excerpt.words in other.words


def _hull(excerpt: Excerpt) -> tuple[int, int]:
    said = excerpt.statement
    spans = [said.cue, *said.content, *([said.who] if said.who else [])]
    return min(s[0] for s in spans), max(s[1] for s in spans)


def _pieces(text: str, parts: list[tuple[str, tuple[int, int]]], dots: str) -> Iterator[tuple[str, str]]:
    """Cut a stretch of text at the bounds of its parts; where parts overlap the first listed wins."""
    start, end = min(p[1][0] for p in parts), max(p[1][1] for p in parts)
    edges = sorted({start, end, *(edge for _, span in parts for edge in span)})
    shown = 0
    for low, high in pairwise(edges):
        role = next((r for r, (s, e) in parts if s <= low and high <= e), "")
        most = 700 if role else 160
        piece = text[low : min(high, low + most)]
        if high - low > most:
            piece = piece.rpartition(" ")[0] + dots
        shown += len(piece)
        yield role, piece
        if shown > 1500:
            return

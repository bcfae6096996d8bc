"""What a store keeps, as text: stories, what became of them, versions of an article, what a search found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from recoupe.records import Dossier
from recoupe.records.dossier import DossierQuestion
from recoupe.records.kept import Change, Hit, KeptDossier, KeptStory, StoryEvent, Version
from recoupe.writing.explaining import find_question
from recoupe.writing.rows import WIDTH, Row, printed, styled
from recoupe.writing.safe import line

_SIGNS = {"added": "+", "removed": "−", "changed": "~"}
_HAPPENED = {
    "joined": "{article} joined",
    "left": "{article} left",
    "changed": "{article} changed, version {detail}",
    "moved": "{article} moved to {detail}",
    "dossier": "dossier {detail}",
}


def stories_to_text(stories: Sequence[KeptStory], width: int = WIDTH, colour: bool = False) -> str:
    """A story a paragraph: its id, its days, how many reports and contested questions, its title."""
    return printed(_stories(stories), width, colour)


def _stories(stories: Sequence[KeptStory]) -> Iterator[Row]:
    for story in stories:
        head = [story.id, _days(story.first, story.last), _counted(len(story.articles), "report")]
        if story.contested:
            head.append(f"{story.contested} contested")
        yield Row(styled("  ".join(head), "bold"))
        yield Row(styled(line(story.title)), 4)


def hits_to_text(hits: Sequence[Hit], width: int = WIDTH, colour: bool = False) -> str:
    """An article a paragraph: its id, where and when it appeared, its title, and words around what was asked."""

    def rows() -> Iterator[Row]:
        for hit in hits:
            head = [hit.id, hit.outlet or "", hit.lang, (hit.published or "")[:10]]
            if hit.story:
                head.append(f"story {hit.story}")
            if not hit.current:
                head.append(f"version {hit.number}, since changed")
            yield Row(styled("  ".join(line(part) for part in head if part), "bold"))
            yield Row(styled(line(hit.title)), 4)
            yield Row(styled(line(hit.excerpt), "dim"), 4)

    return printed(rows(), width, colour)


def versions_to_text(
    versions: Sequence[Version], changed: Sequence[Sequence[Change]], width: int = WIDTH, colour: bool = False
) -> str:
    """An article with its versions; `changed` is, for each but the first, what it finds otherwise."""

    def rows() -> Iterator[Row]:
        last = versions[-1]
        article = last.article
        yield Row(styled(line(article.title) or last.id, "bold"))
        facts = [last.id, article.outlet, article.lang, article.published, article.url or article.path]
        yield Row(styled(line(" · ".join(fact for fact in facts if fact)), "dim"))
        if last.story:
            yield Row(styled(f"story {last.story}", "dim"))
        for i, version in enumerate(versions):
            yield Row(styled(f"version {version.number}, kept {_moment(version.seen)}", "bold"))
            if i and version.article.updated == versions[i - 1].article.updated:
                yield Row(styled("changed without a new time stamp"), 2)
            yield from _changes(changed[i - 1] if i else ())
            if i and not changed[i - 1]:
                yield Row(styled("other words, the same findings"), 2)

    return printed(rows(), width, colour)


def _changes(changes: Iterable[Change]) -> Iterator[Row]:
    for change in changes:
        words = f"{change.before} → {change.after}" if change.what == "changed" else change.before or change.after
        yield Row(styled(line(f"{_SIGNS[change.what]} {change.kind}: {words}")), 2, 2)


def history_to_text(story: KeptStory, events: Sequence[StoryEvent], width: int = WIDTH, colour: bool = False) -> str:
    """What happened to a story, a line an event."""

    def rows() -> Iterator[Row]:
        yield from _stories([story])
        for event in events:
            told = _HAPPENED[event.what].format(article=event.article, detail=event.detail)
            came = f" from {event.detail}" if event.what == "joined" and event.detail else ""
            yield Row(styled(f"{_moment(event.at)}  {told}{came}"), 2, 2)

    return printed(rows(), width, colour)


def course(kept: Sequence[KeptDossier], asked: str) -> list[tuple[KeptDossier, DossierQuestion]]:
    """The question that is asked, in each dossier of a story that has it; found by words of it in the last one.

    In the others it is the one that most of its answers belong to, else the one of the same label. Raises SettingsError
    where no question fits, or several.
    """
    if not kept:
        return []
    wanted = find_question(kept[-1].dossier, asked)
    found = ((one, same_question(one.dossier, wanted)) for one in kept)
    return [(one, question) for one, question in found if question is not None]


def same_question(dossier: Dossier, wanted: DossierQuestion) -> DossierQuestion | None:
    """The question of another dossier that most answers of this one belong to, else the one of the same label."""
    places = {(a.article, a.start, a.end) for a in wanted.answers}
    shared = [
        (len(places & {(a.article, a.start, a.end) for a in q.answers}), -i)
        for i, q in enumerate(dossier.questions)
        if q.kind == wanted.kind
    ]
    count, place = max(shared, default=(0, 0))
    if count:
        return dossier.questions[-place]
    return next((q for q in dossier.questions if q.label == wanted.label), None)


def course_to_text(
    found: Sequence[tuple[KeptDossier, DossierQuestion]], width: int = WIDTH, colour: bool = False
) -> str:
    """How a question moved from dossier to dossier: its verdict, its best, low and high, or its answers."""

    def rows() -> Iterator[Row]:
        if found:
            yield Row(styled(line(found[-1][1].label), "bold"))
        before = None
        for kept, question in found:
            told = f"{question.verdict}, {question_told(question)}"
            if told != before:
                yield Row(styled(f"{_moment(kept.at)}  dossier {kept.number}: {line(told)}"), 2, 2)
            before = told

    return printed(rows(), width, colour)


def question_told(question: DossierQuestion) -> str:
    """What a question's answers come to, in a few words."""
    best = question.estimate
    if best is not None:
        unit = f" {best.unit}" if best.unit else ""
        low, high = f"low {best.low:g}{' or less' * best.open_low}", f"high {best.high:g}{' or more' * best.open_high}"
        return f"best {best.best:g}, {low}, {high}{unit}, {_counted(best.voices, 'voice')}"
    told = dict.fromkeys(" ".join(answer.text.split()) for answer in question.answers)
    return " / ".join(list(told)[:6])


def _days(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return "no day"
    return first if first == last else f"{first} – {last}"


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"

"""The six steps strung together; the one file where their order stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from recoupe.cleaning import clean
from recoupe.comparing import compare
from recoupe.correcting import corrected
from recoupe.errors import CleanError, LoadError, RecoupeError
from recoupe.grouping import group, marked, open_embedder, with_copies
from recoupe.loading import load
from recoupe.reading import open_pipeline, read
from recoupe.records import Article, Dossier, Problem, Reading, Report, Story
from recoupe.records.correction import Correction
from recoupe.settings import Settings
from recoupe.writing import write
from recoupe.writing.remembering import NAMELESS, remember, remembered

OnProblem = Callable[[Problem], None]
Progress = Callable[[str], None]
"""Called with the address of a report when it has been read."""


class Keeping(Protocol):
    """Somewhere that readings are kept for the next run."""

    def get(self, report: Report) -> Reading | None:
        """The reading of a report, if it is there."""

    def put(self, report: Report, reading: Reading) -> None:
        """Keep the reading of a report."""


def read_all(
    addresses: Iterable[str],
    settings: Settings | None = None,
    on_problem: OnProblem | None = None,
    progress: Progress | None = None,
    kept: Keeping | None = None,
) -> Iterator[Reading]:
    """Load, clean and read each report; one that `kept` knows is not read again.

    A report that cannot be used is handed to `on_problem` and left out; without `on_problem` its error is raised.
    Raises SettingsError, before the first report, if a pipeline of the settings cannot be opened.
    """
    settings = settings or Settings()
    taggers = {code: open_pipeline(name) for code, name in settings.pipelines}
    for report in load(addresses, settings, on_problem):
        try:
            known = kept.get(report) if kept else None
            if known is not None:
                yield known
                if progress:
                    progress(report.address)
                continue
            article = clean_one(report, settings)
            reading = read(article, taggers.get(article.lang))
        except RecoupeError as error:
            if on_problem is None:
                raise
            on_problem(Problem(report.address, "clean", str(error)))
        else:
            if kept:
                kept.put(report, reading)
            yield reading
        if progress:
            progress(report.address)


def clean_one(report: Report, settings: Settings) -> Article:
    """The article of a report. Raises CleanError where there is none, or one longer than any report of news."""
    article = clean(report)
    if len(article.text) > settings.max_text:
        raise CleanError(
            f"{report.address}: holds {len(article.text):,} characters of text, more than any report of news "
            f"(the limit is {settings.max_text:,}); cut out the article and try again."
        )
    return article


def one_story(readings: Iterable[Reading], on_problem: OnProblem | None = None) -> Story:
    """Take reports that are known to tell one story; the same text twice is read once.

    Articles keep the ids that their source gave them, the others get a letter by their place. Raises LoadError if fewer
    than two different reports are left.
    """
    kept: list[Reading] = []
    seen: dict[str, str] = {}
    problems: list[Problem] = []
    for reading in readings:
        article = reading.article
        if article.text in seen:
            problem = Problem(
                article.path, "clean", f"{article.path}: the same text as {seen[article.text]}, read once."
            )
            problems.append(problem)
            if on_problem:
                on_problem(problem)
            continue
        seen[article.text] = article.path
        kept.append(reading)
    if len(kept) < 2:
        have = "only one report is" if kept else "no report is"
        raise LoadError(f"{have} left to compare; a comparison needs two or more different ones.")
    taken: set[str] = set()
    story = Story(
        tuple(replace(r, article=_identified(r.article, i, taken)) for i, r in enumerate(kept)), tuple(problems)
    )
    return with_copies(story)


def write_up(
    story: Story,
    ui: str = "en",
    vague: str = "range",
    corrections: Iterable[Correction] = (),
    known: Sequence[frozenset[str]] | None = None,
) -> Dossier:
    """Compare the reports of one story and write down what came of it.

    `corrections` count, as far as they speak of these reports; `known` are, for each, the addresses that it is known
    by, by default those of its article.
    """
    right, told = corrected(story, corrections, known)
    return write(compare(right, vague, told), ui)


def cross_check(
    addresses: Iterable[str],
    settings: Settings | None = None,
    on_problem: OnProblem | None = None,
    progress: Progress | None = None,
    corrections: Iterable[Correction] = (),
) -> Dossier:
    """Cross-check reports that are known to tell one story, with what somebody has put right in them.

    What went wrong with single reports is told to `on_problem` and stands in the dossier's `problems`. Raises
    RecoupeError if fewer than two reports are left.
    """
    settings = settings or Settings()
    problems: list[Problem] = []

    def note(problem: Problem) -> None:
        problems.append(problem)
        if on_problem:
            on_problem(problem)

    story = one_story(read_all(addresses, settings, note, progress), note)
    return write_up(replace(story, problems=tuple(problems)), settings.ui, settings.vague, corrections)


def group_all(
    addresses: Iterable[str],
    settings: Settings | None = None,
    on_problem: OnProblem | None = None,
    progress: Progress | None = None,
    kept: Keeping | None = None,
    since: str | None = None,
    onto: Iterable[Story] = (),
) -> list[Story]:
    """Group any number of reports into stories, going on from those of `onto`, and mark the copies in each.

    Reports that appeared before the day `since` (ISO 8601) are left out; one of which no day is known stays. An
    earlier story stays whole as long as one of its reports does.
    """
    embedder = open_embedder(settings.embedder) if settings and settings.embedder else None
    readings = read_all(addresses, settings, on_problem, progress, kept)
    earlier = [s for s in onto if not since or not all(_before(r.article, since) for r in s.readings)]
    found = group((r for r in readings if not since or not _before(r.article, since)), earlier, embedder)
    return [with_copies(story) if len(story.readings) > 1 and not story.copies else story for story in found]


def save_stories(
    stories: Sequence[Story],
    path: str,
    settings: Settings | None = None,
    report_of: Callable[[Reading], str] = lambda reading: NAMELESS,
) -> None:
    """Keep beside a list of stories at `path` what is needed to go on from it. Raises WriteError.

    `report_of` names the report of a reading, in 64 characters, for those who look for it before it is read again.
    """
    rows = (
        (report_of(reading), story.id, story.tells if story.roundup else None, reading)
        for story in stories
        for reading in story.readings
    )
    remember(rows, _made(settings), path)


def open_stories(
    path: str, settings: Settings | None = None, on_known: Callable[[str, Reading], None] | None = None
) -> list[Story]:
    """The stories of the list at `path`, with their readings, as they were kept beside it.

    Where another version or another pipeline made those, the articles are read anew. `on_known` is told each report by
    its name, with its reading. Raises LoadError.
    """
    settings = settings or Settings()
    taggers = {code: open_pipeline(name) for code, name in settings.pipelines}
    members: dict[str, list[Reading]] = {}
    tells: dict[str, tuple[str, ...]] = {}
    for row in remembered(path, _made(settings)):
        reading = row.reading or read(row.article, taggers.get(row.article.lang))
        members.setdefault(row.story, []).append(reading)
        if row.tells is not None:
            tells[row.story] = row.tells
        if on_known and row.report != NAMELESS:
            on_known(row.report, reading)
    return marked((Story(tuple(readings), id=name) for name, readings in members.items()), tells)


def _made(settings: Settings | None) -> dict[str, object]:
    """What readings that are kept rest on, beside their articles."""
    from recoupe import __version__

    return {"program": __version__, "pipelines": [list(pair) for pair in sorted((settings or Settings()).pipelines)]}


def _before(article: Article, day: str) -> bool:
    last = (article.day.end if article.day else None) or article.published
    return last is not None and last[:10] < day


def cross_check_all(
    addresses: Iterable[str], settings: Settings | None = None, on_problem: OnProblem | None = None
) -> Iterator[Dossier]:
    """Group any number of reports into stories and cross-check each that two reports or more tell."""
    settings = settings or Settings()
    for story in group(read_all(addresses, settings, on_problem)):
        if len(story.readings) > 1:
            yield write_up(one_story(story.readings, on_problem), settings.ui, settings.vague)


def _identified(article: Article, index: int, taken: set[str]) -> Article:
    """The article under an id of its own: the one its source gave, else a letter by its place."""
    letter, rest = chr(ord("a") + index % 26), index // 26
    own = article.id if article.id and article.id not in taken else f"{letter}{rest or ''}"
    while own in taken:
        own += "'"
    taken.add(own)
    return replace(article, id=own)

"""`recoupe group`: any pile of reports into stories."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import (
    AllowPrivate,
    Columns,
    Follow,
    Pipelines,
    Quiet,
    Since,
    Ui,
    coloured,
    columns,
    day_of,
    settings_from,
)
from recoupe.cli.telling import Watch, show, tell
from recoupe.errors import LoadError, RecoupeError, SettingsError, WriteError

if TYPE_CHECKING:
    from recoupe.grouping.naming import Changes
    from recoupe.records import Problem, Story
    from recoupe.settings import Settings
    from recoupe.writing.listing import Taken

EXAMPLES = """\b
Examples:
  recoupe group pile/ -o stories.json
  recoupe group new/ --onto stories.json -o stories.json
  recoupe group --onto stories.json -o stories.html
  recoupe group day.jsonl --since 2024-06-20 -o stories.html --compare dossiers/
  recoupe group https://example.org/feed.xml

\b
Exit status: 0 all is well; 1 there are stories, but some report could not be used; 2 there are none."""
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the stories into FILE instead of showing them."),
]
FormName = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="html|json|csv|text",
        help="Form of the list of stories; by default that of FILE's ending, else text.",
    ),
]
Onto = Annotated[
    str | None,
    typer.Option(
        "--onto",
        metavar="FILE",
        help="Go on from the stories in FILE, a list made with -o FILE.json: reports join, open, merge and split them, "
        "and a story keeps its id. May be the file of -o.",
    ),
]
SomePaths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="As for compare; with --onto there may be none, to show its stories anew."),
]
EmbedderName = Annotated[
    str | None,
    typer.Option(
        "--embedder",
        metavar="sentence-transformers:NAME",
        help="Ask a model of sentences too: a folder, an installed package or one in the cache; nothing is downloaded.",
    ),
]
Compare = Annotated[
    str | None,
    typer.Option("--compare", metavar="DIR", help="Cross-check each story of two reports or more, as pages in DIR."),
]


def group(
    paths: SomePaths = None,
    output: Output = None,
    form: FormName = None,
    onto: Onto = None,
    since: Since = None,
    compare: Compare = None,
    ui: Ui = None,
    allow_private: AllowPrivate = False,
    follow: Follow = False,
    column: Columns = None,
    pipeline: Pipelines = None,
    embedder: EmbedderName = None,
    quiet: Quiet = False,
) -> None:
    """Group a pile of reports into stories, across languages.

    Shows which reports tell one event, in which languages, on which days and of whom, and which are copies of others.
    Beside a list that ends in .json lies what has been read, in FILE.readings, so that --onto can go on from it.
    """
    from recoupe.writing import listed, stories_form_of, stories_to_text, tally
    from recoupe.writing.wording import wording

    if not paths and not onto:
        raise SettingsError("group needs PATHS of reports, or --onto with a list of stories; see recoupe group --help.")
    target = None if output == "-" else output
    chosen, first = stories_form_of(target, form), day_of(since, "--since")
    settings = replace(settings_from(ui, allow_private, follow, column, pipeline), embedder=embedder or "")
    lasting = target if chosen.name == "json" else None
    with Watch(paths or (), quiet) as watch:
        work = _Work(settings, watch, target, pipeline)
        stories, changes = work.grouped(paths or (), onto, first, lasting, quiet)
        dossiers = _compared(stories, Path(compare), settings, work.problem, target) if compare else {}
        rows = listed(stories, dossiers, changes)
        if target is not None:
            chosen.save(rows, work.problems, settings.ui, target)
    if target is None:
        text = chosen.name == "text"
        show(
            stories_to_text(rows, work.problems, settings.ui, columns(), coloured())
            if text
            else chosen.make(rows, work.problems, settings.ui)
        )
    elif not quiet:
        tell(f"wrote {target}: {tally(rows, wording(settings.ui))}.")
    raise typer.Exit(1 if work.problems else 0)


class _Work:
    """One run: reports into stories, with what went wrong."""

    def __init__(self, settings: Settings, watch: Watch, target: str | None, pipeline: list[str] | None) -> None:
        self.problems: list[Problem] = []
        self._settings, self._watch = settings, watch
        self._place = _beside(target, pipeline) if target else None

    def problem(self, problem: Problem) -> None:
        """Take down what went wrong with one report."""
        self.problems.append(problem)
        self._watch.problem(problem)

    def grouped(
        self, paths: Sequence[str], onto: str | None, first: str | None, lasting: str | None, quiet: bool
    ) -> tuple[list[Story], Taken | None]:
        """The stories, and what is new in them where they go on from others; what has been read is kept if `lasting`.

        Raises LoadError where there are none.
        """
        from recoupe.cli.keeping import Kept
        from recoupe.grouping import changed
        from recoupe.pipeline import group_all, open_stories, save_stories
        from recoupe.writing.listing import taken

        with Kept(self._place) as kept:
            earlier = open_stories(onto, self._settings, kept.know) if onto else []
            stories = group_all(paths, self._settings, self.problem, self._watch.step, kept, first, earlier)
            if kept.taken and not quiet:
                tell(f"went on from an earlier run that had read {kept.taken} of the reports.")
            if not stories:
                raise LoadError("no report is left to group.")
            if onto and not quiet:
                tell(f"{onto}: {_told(changed(earlier, stories))}.")
            if lasting:
                save_stories(stories, lasting, self._settings, kept.name_of)
        return stories, taken(earlier) if onto else None


def _told(changes: Changes) -> str:
    """What became of earlier stories, in words."""
    parts = (
        (len(changes.opened), "new"),
        (len(changes.grown), "grown"),
        (len(changes.merged), "merged into others"),
        (len(changes.split), "split"),
    )
    return ", ".join(f"{n} {what}" for n, what in parts if n) or "nothing has changed"


def _beside(target: str, pipeline: list[str] | None) -> Path:
    """Where readings are kept while the work lasts; not the same for other pipelines."""
    path = Path(target)
    other = "." + hashlib.sha256(" ".join(pipeline).encode()).hexdigest()[:8] if pipeline else ""
    return path.with_name(f".{path.name}{other}.readings")


def _compared(
    stories: list[Story], folder: Path, settings: Settings, note: Callable[[Problem], None], target: str | None
) -> dict[str, str]:
    """Write a dossier of each story that several reports tell; its address by the story's id."""
    import os

    from recoupe.pipeline import one_story, write_up
    from recoupe.records import Problem
    from recoupe.writing import FORMS

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(
            f"{folder}: cannot be made ({error.strerror}); choose another folder for --compare."
        ) from error
    found = {}
    for story in stories:
        if len(story.readings) < 2:
            continue
        place = folder / f"{story.id}.html"
        try:
            whole = replace(one_story(story.readings), id=story.id)
            FORMS["html"].save(write_up(whole, settings.ui, settings.vague), str(place))
        except WriteError:
            raise
        except RecoupeError as error:
            note(Problem(str(place), "compare", str(error)))
            continue
        start = Path(target).parent if target else Path()
        found[story.id] = os.path.relpath(place, start).replace(os.sep, "/")
    return found

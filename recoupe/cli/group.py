"""`recoupe group`: any pile of reports into stories."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import (
    AllowPrivate,
    Columns,
    Follow,
    Paths,
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
from recoupe.errors import LoadError, RecoupeError, WriteError

if TYPE_CHECKING:
    from recoupe.records import Problem, Story
    from recoupe.settings import Settings

EXAMPLES = """\b
Examples:
  recoupe group pile/ -o stories.json
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
Compare = Annotated[
    str | None,
    typer.Option("--compare", metavar="DIR", help="Cross-check each story of two reports or more, as pages in DIR."),
]


def group(
    paths: Paths,
    output: Output = None,
    form: FormName = None,
    since: Since = None,
    compare: Compare = None,
    ui: Ui = None,
    allow_private: AllowPrivate = False,
    follow: Follow = False,
    column: Columns = None,
    pipeline: Pipelines = None,
    quiet: Quiet = False,
) -> None:
    """Group a pile of reports into stories, across languages.

    Shows which reports tell one event, in which languages, on which days and of whom, and which are copies of others.
    """
    from recoupe.cli.keeping import Kept
    from recoupe.pipeline import group_all
    from recoupe.writing import listed, stories_form_of, stories_to_text, tally
    from recoupe.writing.wording import wording

    target = None if output == "-" else output
    chosen, first = stories_form_of(target, form), day_of(since, "--since")
    settings = settings_from(ui, allow_private, follow, column, pipeline)
    problems: list[Problem] = []
    with Watch(paths, quiet) as watch:

        def note(problem: Problem) -> None:
            problems.append(problem)
            watch.problem(problem)

        with Kept(_beside(target, pipeline)) if target else nullcontext() as kept:
            stories = group_all(paths, settings, note, watch.step, kept, first)
            if kept and kept.taken and not quiet:
                tell(f"went on from an earlier run that had read {kept.taken} of the reports.")
            if not stories:
                raise LoadError("no report is left to group.")
            dossiers = _compared(stories, Path(compare), settings, note, target) if compare else {}
            rows = listed(stories, dossiers)
            if target is not None:
                chosen.save(rows, problems, settings.ui, target)
    if target is None:
        text = chosen.name == "text"
        show(
            stories_to_text(rows, problems, settings.ui, columns(), coloured())
            if text
            else chosen.make(rows, problems, settings.ui)
        )
    elif not quiet:
        tell(f"wrote {target}: {tally(rows, wording(settings.ui))}.")
    raise typer.Exit(1 if problems else 0)


def _beside(target: str, pipeline: list[str] | None) -> Path:
    """Where readings are kept while the work lasts; not the same for other pipelines."""
    path = Path(target)
    other = "." + hashlib.sha256(" ".join(pipeline).encode()).hexdigest()[:8] if pipeline else ""
    return path.with_name(f".{path.name}{other}.readings")


def _compared(
    stories: list[Story], folder: Path, settings: Settings, note: object, target: str | None
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
            note(Problem(str(place), "compare", str(error)))  # type: ignore[operator]
            continue
        start = Path(target).parent if target else Path()
        found[story.id] = os.path.relpath(place, start).replace(os.sep, "/")
    return found

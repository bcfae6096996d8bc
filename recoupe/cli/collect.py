"""`recoupe collect`: sources into a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import (
    AllowPrivate,
    Columns,
    Follow,
    Pipelines,
    Quiet,
    StoreAddress,
    Ui,
    Vague,
    settings_from,
)
from recoupe.cli.telling import Watch, tell
from recoupe.errors import SettingsError

if TYPE_CHECKING:
    from recoupe.engine import Collected

EXAMPLES = """\b
Examples:
  recoupe collect feeds.opml news.warc.gz result.json articles.jsonl
  recoupe collect https://example.org/feed.xml --store ~/news.db
  recoupe collect --reread

\b
Exit status: 0 all is well; 1 some report or source could not be used; 2 nothing could be kept."""
Again = Annotated[
    bool, typer.Option("--again", help="Take up what was kept before too, as after an update of the program.")
]
Reread = Annotated[
    bool, typer.Option("--reread", help="Read anew what older packs have read, as after an update; needs no PATHS.")
]
Given = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="What to collect, as `recoupe compare` takes it, archives and feeds too."),
]
Processes = Annotated[
    int | None, typer.Option("--processes", "-p", min=0, help="How many processes read; by default one a core.")
]


def collect(
    paths: Given = None,
    store: StoreAddress = None,
    ui: Ui = None,
    allow_private: AllowPrivate = False,
    follow: Follow = False,
    column: Columns = None,
    pipeline: Pipelines = None,
    vague: Vague = "range",
    again: Again = False,
    reread: Reread = False,
    processes: Processes = None,
    quiet: Quiet = False,
) -> None:
    """Keep what sources hold: articles with every version, what they say, and the stories that they tell.

    What is kept already is passed over, so that the same command can be run again and again. A page that says
    something else than before becomes a new version of its article.
    """
    from recoupe.engine import Collected, Workers, gather, stale
    from recoupe.engine import collect as collect_into
    from recoupe.engine import reread as read_anew
    from recoupe.store import open_store

    if not paths and not reread:
        raise SettingsError("nothing to collect: give PATHS, or --reread to read anew what is kept.")
    settings = settings_from(ui, allow_private, follow, column, pipeline, vague)
    given, found, read = paths or [], Collected(), 0
    with open_store(store, make=bool(given)) as opened, Workers(processes) as workers:
        waiting = stale(opened, settings) if reread else []
        with Watch([*waiting, *given], quiet) as watch:
            if reread:
                read = read_anew(opened, settings, watch.problem, watch.step, workers=workers)
            if given:
                found = collect_into(opened, given, settings, watch.problem, watch.step, workers=workers, again=again)
            stories = gather(opened, None, settings, watch.problem, workers=workers)
    if not quiet:
        if reread:
            tell(f"read {read} of {len(waiting)} articles anew.")
        tell(_told(found, sum(len(story.articles) > 1 for story in stories)))
    done = read or not (given or waiting) or found.new or found.changed or found.known
    raise typer.Exit(0 if not watch.problems else 1 if done else 2)


def _told(found: Collected, stories: int) -> str:
    counts = f"kept {found.new} new and {found.changed} changed articles, {found.known} were known"
    return f"{counts}; {stories} {'story' if stories == 1 else 'stories'} of several reports changed."

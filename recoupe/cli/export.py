"""`recoupe export`: a store, or dossiers from files, as tables and entities for other programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from recoupe.cli.options import Quiet, Since, StoreAddress, Until, day_of
from recoupe.cli.telling import show, tell
from recoupe.errors import LoadError, SettingsError, WriteError

if TYPE_CHECKING:
    from recoupe.records import Dossier

_T = TypeVar("_T")
EXAMPLES = """\b
Examples:
  recoupe export answers -o answers.parquet
  recoupe export articles --since 7d -o week.jsonl
  recoupe export statements --story smsxdwkg673
  recoupe export ftm -o entities.jsonl
  recoupe export events stories/*.json -o events.csv
  recoupe export linked story.json -o story.jsonld

\b
Exit status: 0 all is well; 2 nothing was written."""
LINKED, FTM = "linked", "ftm"
"""What is asked for in place of a table to have JSON-LD, or entities of the model FollowTheMoney."""
_LONE = ("articles", "statements", "names", LINKED, FTM)
"""The tables that tell of reports too that nothing is compared with."""
_AT_ONCE = 1 << 16
"""Characters that are written at once."""
_ANEW = "make it anew with 'recoupe compare … -o dossier.json'."
Table = Annotated[
    str,
    typer.Argument(
        metavar="TABLE",
        help="One of answers, statements, names, articles, stories, events; linked: all as JSON-LD; or ftm: entities "
        "for FollowTheMoney as JSON lines.",
    ),
]
Dossiers = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DOSSIER]...", help="Dossiers saved as JSON; without any, what the store keeps."),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the table into FILE instead of showing it."),
]
FormName = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="csv|jsonl|parquet",
        help="Form of the table; by default that of FILE's ending, else csv.",
    ),
]
StoryNames = Annotated[
    list[str] | None,
    typer.Option("--story", metavar="ID", help="Only this story of the store; may be given repeatedly."),
]


def export(
    table: Table,
    dossier: Dossiers = None,
    output: Output = None,
    form: FormName = None,
    store: StoreAddress = None,
    since: Since = None,
    until: Until = None,
    story: StoryNames = None,
    quiet: Quiet = False,
) -> None:
    """Write a table of what a store keeps, or of what one or many dossiers hold.

    Answers, statements, mentions of names, reports or stories, with the place of all words; what is said of the dead
    as events with the fields of the UCDP's data; linked data; or entities. A store of any size is gone through story
    by story.
    """
    from recoupe.store import Which
    from recoupe.writing.exports import check, table_form, table_text

    target = None if output == "-" else output
    if table not in (LINKED, FTM):
        check(table)
        form = table_form(target, form)
        if target is None and form == "parquet":  # said before anything is read
            table_text(table, [], form)
    elif form is not None:
        one = "JSON-LD" if table == LINKED else "JSON lines"
        raise SettingsError(f"{table} has one form, {one}; leave --format out.")
    which = Which(since=day_of(since, "--since"), until=day_of(until, "--until"))
    if dossier and (story or store or since or until):
        raise SettingsError("--store, --story, --since and --until go with the store; leave them or the files out.")
    if dossier:
        told = "1 dossier" if len(dossier) == 1 else f"{len(dossier)} dossiers"
        _write(table, _of_files(dossier), target, form, told, quiet)
    else:
        _of_store(table, target, form, store, which, story or [], quiet)


def _of_store(
    table: str, target: str | None, form: str | None, address: str | None, which: Any, names: list[str], quiet: bool
) -> None:
    from recoupe.engine.export import stored
    from recoupe.engine.made import readers
    from recoupe.settings import Settings
    from recoupe.store import open_store

    with open_store(address, make=False) as opened:
        alone = readers(Settings()) if table in _LONE else None
        _write(table, stored(opened, which, names, alone), target, form, "the store", quiet)


def _write(
    table: str,
    stories: Iterable[tuple[str | None, Dossier]],
    target: str | None,
    form: str | None,
    source: str,
    quiet: bool,
) -> None:
    """Show or write a table, story by story."""
    from recoupe.writing.exports import entities, entity_line, jsonld_parts, linked_nodes, rows, save_table, table_parts

    count = Counter[str]()
    if table == FTM:
        found = _each(stories, entities, count)
        _out((entity_line(entity) for entity in found), target)
    elif table == LINKED:
        _out(jsonld_parts([node] for node in _each(stories, linked_nodes, count)), target)
    else:
        made = _each(stories, lambda story, dossier: rows(table, [(story, dossier)]), count)
        if target is None:
            _out(table_parts(table, made, form or "csv"), None)
        else:
            save_table(table, made, target, form or "csv")
    if target is not None and not quiet:
        what = {FTM: "entities", LINKED: "nodes"}.get(table, "rows")
        tell(f"wrote {target}: {count['rows']} {what} from {source}.")


def _each(
    stories: Iterable[tuple[str | None, Dossier]],
    make: Callable[[str | None, Dossier], Sequence[_T]],
    count: Counter[str],
) -> Iterator[_T]:
    """All that is made of each story, counted. Raises LoadError for a file that somebody has edited."""
    for story, dossier in stories:
        try:
            made = make(story, dossier)
        except (KeyError, IndexError, TypeError, OverflowError) as error:
            raise LoadError(f"{story}: its parts do not fit together; {_ANEW}") from error
        count["rows"] += len(made)
        yield from made


def _out(parts: Iterable[str], target: str | None) -> None:
    """Show parts, or write them into a file; many small ones at once."""
    from recoupe.writing.saving import saved

    if target is None:
        for text in _joined(parts):
            show(text)
        return
    with saved(target) as file:
        for text in _joined(parts):
            file.write(text.encode("utf-8"))


def _joined(parts: Iterable[str]) -> Iterator[str]:
    waiting: list[str] = []
    letters = 0
    for part in parts:
        waiting.append(part)
        letters += len(part)
        if letters > _AT_ONCE:
            yield "".join(waiting)
            waiting, letters = [], 0
    yield "".join(waiting)


def _of_files(paths: list[str]) -> Iterator[tuple[str, Dossier]]:
    """The dossiers of files, each called by the name of its file, or by all of the path where others share it."""
    often = Counter(Path(path).stem for path in paths)
    for path in paths:
        yield Path(path).stem if often[Path(path).stem] == 1 else path, opened_dossier(path)


def opened_dossier(path: str) -> Dossier:
    """The dossier in a file. Raises LoadError if it cannot be read or is none."""
    from recoupe.writing.to_json import from_json

    try:
        return from_json(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise LoadError(
            f"{path}: cannot be read ({getattr(error, 'strerror', None) or error}); give a dossier."
        ) from error
    except WriteError as error:
        raise LoadError(f"{path}: {error} If it is one, {_ANEW}") from error

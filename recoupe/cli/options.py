"""What several commands share: their options, and where a result goes."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.errors import SettingsError

if TYPE_CHECKING:
    from recoupe.settings import Settings

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATHS",
        help="Files and folders of reports (text, HTML, feeds, WARC, Telegram, ninjs, NewsML-G2, JSON, CSV), http(s) "
        "addresses, or - for standard input.",
    ),
]
Ui = Annotated[
    str | None,
    typer.Option("--ui", metavar="fr|en", help="Language of headings and labels; by default that of the locale."),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Also fetch from private and loopback network addresses.")
]
Follow = Annotated[
    bool, typer.Option("--follow", help="Also fetch what a file leads to: the feeds of a list, the pages of a feed.")
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="Take a field of each report, such as text or published, from that column; may be given repeatedly.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on standard error but what ends the work.")]
Pipelines = Annotated[
    list[str] | None,
    typer.Option(
        "--pipeline",
        metavar="LANG=NAME",
        help="Let a spaCy pipeline, by its package or folder, find the names in a language; may be given repeatedly.",
    ),
]
Vague = Annotated[
    str,
    typer.Option(
        "--vague",
        metavar="range|acled",
        help="How best, low and high take 'dozens': as 24 or more, or as 12 as ACLED does.",
    ),
]
StoreAddress = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="ADDRESS",
        help="The store: a file, or postgresql://user@host/name; by default recoupe/recoupe.db in your data folder.",
    ),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DAY", help="From that day on: 2025-03-14, yesterday, today, 7d."),
]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to that day, said as for --since.")]
Most = Annotated[int, typer.Option("--most", "-n", min=1, help="Show no more than so many.")]
LIST_FORMS = ("text", "json")
ListForm = Annotated[str, typer.Option("--format", "-f", metavar="text|json", help="A list, or a JSON object a line.")]
FIELDS = ("text", "html", "title", "url", "outlet", "published", "updated", "language", "authors", "credits", "id")
"""What a column of a table may hold."""

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def interface(asked: str | None) -> str:
    """The interface language: the one asked for, else the locale's where there is an interface in it, else English.

    Raises SettingsError for one that was asked for and does not exist.
    """
    from recoupe.writing.wording import interfaces, wording

    if asked is not None:
        return wording(asked.lower()).code
    locale = next((value for name in _LOCALE if (value := os.environ.get(name))), "")
    code = locale.partition(".")[0].partition("_")[0].lower()
    return code if code in interfaces() else "en"


def settings_from(
    ui: str | None,
    allow_private: bool,
    follow: bool,
    column: list[str] | None,
    pipeline: list[str] | None,
    vague: str = "range",
) -> Settings:
    """The settings that the options of a command that reads reports ask for. Raises SettingsError for what is none."""
    from recoupe.settings import Settings

    return Settings(
        interface(ui),
        allow_private,
        pipelines=pipelines(pipeline),
        vague=vague_as(vague),
        follow=follow,
        columns=columns_of(column),
    )


def pipelines(asked: list[str] | None) -> tuple[tuple[str, str], ...]:
    """The pairs of language and pipeline in `LANG=NAME`; of two for one language the last.

    Raises SettingsError for what has not that form, and for a language without a pack.
    """
    from recoupe.languages import available

    found: dict[str, str] = {}
    for entry in asked or ():
        code, _, name = (part.strip() for part in entry.partition("="))
        if not name:
            raise SettingsError(f"--pipeline takes LANG=NAME, such as fr=fr_core_news_lg, not {entry!r}.")
        if code not in available():
            raise SettingsError(
                f"--pipeline {entry}: {code!r} is no language of ours; there are {', '.join(available())}."
            )
        found[code] = name
    return tuple(found.items())


def columns_of(asked: list[str] | None) -> tuple[tuple[str, str], ...]:
    """The pairs of field and column in `FIELD=NAME`. Raises SettingsError for what has not that form."""
    found: dict[str, str] = {}
    for entry in asked or ():
        field, _, name = (part.strip() for part in entry.partition("="))
        if field not in FIELDS or not name:
            raise SettingsError(
                f"--column takes FIELD=NAME, such as text=body, not {entry!r}; the fields are {', '.join(FIELDS)}."
            )
        found[field] = name
    return tuple(found.items())


def vague_as(asked: str) -> str:
    """How words that name no number are taken. Raises SettingsError for a way that does not exist."""
    known = ("range", "acled")
    if asked.lower() not in known:
        raise SettingsError(
            f"--vague {asked}: there is no such way to take 'dozens'; choose one of {', '.join(known)}."
        )
    return asked.lower()


def day_of(asked: str | None, option: str) -> str | None:
    """The day that is asked for, as `YYYY-MM-DD`. Raises SettingsError for what is no day."""
    from datetime import date, timedelta

    if asked is None:
        return None
    word = asked.strip().lower()
    ago = {"today": 0, "yesterday": 1}.get(word)
    if ago is None and word.endswith("d") and word[:-1].isdecimal() and len(word) < 6:
        ago = int(word[:-1])
    try:
        return str(date.today() - timedelta(ago) if ago is not None else date.fromisoformat(word))
    except (ValueError, OverflowError):
        raise SettingsError(f"{option} {asked}: is no day; say 2025-03-14, yesterday, today or 7d.") from None


def seconds_of(asked: str, option: str) -> float:
    """The seconds in `90s`, `10m`, `2h` or `1d`. Raises SettingsError for what is no such time."""
    units = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
    word = asked.strip().lower()
    number, unit = (word[:-1], word[-1:]) if word[-1:] in units else (word, "s")
    if not number.isdecimal() or len(number) > 8 or not 1 <= int(number) * units[unit] <= 7 * 86_400:
        raise SettingsError(f"{option} {asked}: is no time from 1s to 7d; say 90s, 10m or 2h.")
    return float(int(number) * units[unit])


def form_in(form: str, of: str) -> None:
    """Raises SettingsError for a form of a list that does not exist."""
    if form not in LIST_FORMS:
        raise SettingsError(f"there is no form {form!r} of {of}; choose one of {', '.join(LIST_FORMS)}.")


def columns() -> int:
    """How wide a text for standard output may be: the terminal's width up to 110, 80 when piped."""
    return min(shutil.get_terminal_size((80, 24)).columns, 110) if sys.stdout.isatty() else 80


def coloured() -> bool:
    """Whether standard output shows colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

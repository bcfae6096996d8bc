"""The command line: a command is one file here. Everything heavy is imported inside the commands."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from recoupe.cli import (
    alerts,
    collect,
    compare,
    corrections,
    desk,
    explain,
    export,
    group,
    history,
    languages,
    pack,
    read,
    search,
    show,
    stories,
    watch,
)
from recoupe.cli import open as opening
from recoupe.cli.telling import OutputClosed, tell
from recoupe.errors import RecoupeError

FINE, PARTLY, FAILED, INTERRUPTED, CLOSED = 0, 1, 2, 130, 141
"""Exit statuses: all is well; some report could not be used; no result; Ctrl-C; the reader of the output left."""

app = typer.Typer(
    name="recoupe",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog=compare.EXAMPLES)(compare.compare)
app.command(epilog=group.EXAMPLES)(group.group)
app.command(epilog=explain.EXAMPLES)(explain.explain)
app.command(epilog=export.EXAMPLES)(export.export)
app.command(epilog=read.EXAMPLES)(read.read)
app.command(epilog=languages.EXAMPLES)(languages.languages)
app.command(epilog=collect.EXAMPLES)(collect.collect)
app.command(epilog=watch.EXAMPLES)(watch.watch)
app.command(epilog=alerts.EXAMPLES)(alerts.alerts)
app.command(epilog=stories.EXAMPLES)(stories.stories)
app.command(epilog=show.EXAMPLES)(show.show)
app.command(epilog=desk.EXAMPLES)(desk.desk)
app.command(epilog=pack.EXAMPLES)(pack.pack)
app.command("open", epilog=opening.EXAMPLES)(opening.open_)
app.command(epilog=history.EXAMPLES)(history.history)
app.command(epilog=search.EXAMPLES)(search.search)
app.command(epilog=corrections.EXAMPLES)(corrections.corrections)


def _version(asked: bool) -> None:
    if asked:
        from recoupe import __version__

        sys.stdout.write(f"recoupe {__version__}\n")
        raise typer.Exit


@app.callback(epilog="\b\nExample:\n  recoupe compare a.txt b.html -o dossier.html")
def _recoupe(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Cross-check reports of one event: what they agree on, what they contradict, who said it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit status. Nothing is raised: an error is one line on standard error."""
    _speak_utf8()
    try:
        status: Any = app(args=arguments, prog_name="recoupe", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else FINE
    except typer.Exit as end:
        return end.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except OutputClosed:
        _drop_output()
        return CLOSED
    except RecoupeError as error:
        _show_trace_if_asked()
        tell(str(error))
        return FAILED
    except Exception as error:
        _show_trace_if_asked()
        tell(_usage(error) or _surprise(error))
        return FAILED


def _usage(error: Exception) -> str | None:
    """What is wrong with the command line, None where the error is something else."""
    if not any(kind.__name__ == "ClickException" for kind in type(error).__mro__):
        return None
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "recoupe"
    return f"{error.format_message()} See '{command} --help'."  # type: ignore[attr-defined]


def _surprise(error: Exception) -> str:
    said = str(error) or "no message"
    return f"unexpected {type(error).__name__}: {said}. This is a fault of Recoupe; RECOUPE_DEBUG=1 shows where it is."


def _show_trace_if_asked() -> None:
    if os.environ.get("RECOUPE_DEBUG", "0") not in ("", "0"):
        import traceback

        traceback.print_exc()


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; what cannot be encoded is shown, not raised."""
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors=errors)  # type: ignore[union-attr]


def _drop_output() -> None:
    """Turn standard output away, so that nothing complains about the closed pipe on the way out."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

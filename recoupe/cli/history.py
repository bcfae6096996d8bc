"""`recoupe history`: what became of a story, or of one of its questions."""

from __future__ import annotations

from typing import Annotated

import typer

from recoupe.cli.options import ListForm, StoreAddress, coloured, columns, form_in
from recoupe.cli.telling import as_lines, show

EXAMPLES = """\b
Examples:
  recoupe history smsxdwkg673
  recoupe history smsxdwkg673 killed"""
Name = Annotated[str, typer.Argument(metavar="STORY", help="The id of a story, or the beginning of it.")]
Asked = Annotated[
    str | None, typer.Argument(metavar="QUESTION", help="Words of a question's label, or its id in the last dossier.")
]


def history(name: Name, question: Asked = None, store: StoreAddress = None, form: ListForm = "text") -> None:
    """Show what happened to a story; with a question, how its answers and its verdict moved."""
    form_in(form, "a history")
    from recoupe.store import open_store
    from recoupe.writing.of_kept import course, course_to_text, history_to_text

    with open_store(store, make=False) as opened:
        story = opened.story(name)
        if question is None:
            events = opened.history(story.id)
            show(as_lines(events) if form == "json" else history_to_text(story, events, columns(), coloured()))
            return
        found = course(opened.dossiers(story.id), question)
    if form == "json":
        show(as_lines([{"at": k.at, "dossier": k.number, "question": q} for k, q in found]))
    elif found:
        show(course_to_text(found, columns(), coloured()))

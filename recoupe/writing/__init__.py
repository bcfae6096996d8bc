"""Comparison -> Dossier, and its printed forms: a form is one file `to_<name>.py` and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from recoupe.errors import SettingsError
from recoupe.records import Dossier
from recoupe.writing.assemble import write
from recoupe.writing.explanation_forms import explanation
from recoupe.writing.listing import listed
from recoupe.writing.of_reading import reading_to_json, reading_to_text
from recoupe.writing.saving import save
from recoupe.writing.stories import stories_form_of, stories_to_text, tally
from recoupe.writing.to_csv import to_csv
from recoupe.writing.to_html import to_html
from recoupe.writing.to_json import from_json, to_json
from recoupe.writing.to_markdown import to_markdown
from recoupe.writing.to_pandas import to_pandas
from recoupe.writing.to_spacy import to_spacy
from recoupe.writing.to_terminal import to_terminal
from recoupe.writing.wording import interfaces

__all__ = [
    "FORMS", "Form", "explanation", "form_of", "from_json", "interfaces", "listed", "reading_to_json",
    "reading_to_text", "save", "stories_form_of", "stories_to_text", "tally", "to_csv", "to_html", "to_json",
    "to_markdown", "to_pandas", "to_spacy", "to_terminal", "write",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form: its name, the endings of its files, what makes it.

    `lead` opens a file of it: a byte order mark where the programs that open such files guess wrong without one.
    """

    name: str
    endings: tuple[str, ...]
    make: Callable[[Dossier], str]
    lead: str = ""

    def save(self, dossier: Dossier, path: str) -> None:
        """Write a dossier in this form into a file. Raises WriteError."""
        save(self.lead + self.make(dossier), path)


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("html", (".html", ".htm"), to_html),
        Form("json", (".json",), to_json),
        Form("md", (".md", ".markdown"), to_markdown),
        Form("csv", (".csv",), to_csv, lead="\ufeff"),
        Form("text", (".txt", ".text"), to_terminal),
    )
}


def form_of(path: str | None = None, name: str | None = None) -> Form:
    """The form by its name or, without one, by the ending of a file; text where neither is given.

    Raises SettingsError for a name or an ending that no form has.
    """
    if name is not None:
        if name not in FORMS:
            raise SettingsError(f"there is no form {name!r}; choose one of {', '.join(FORMS)}.")
        return FORMS[name]
    if path is None:
        return FORMS["text"]
    ending = PurePath(path).suffix.lower()
    for form in FORMS.values():
        if ending in form.endings:
            return form
    known = ", ".join(form.endings[0] for form in FORMS.values())
    raise SettingsError(f"{path}: no form goes with this ending; end it in one of {known}, or say --format.")

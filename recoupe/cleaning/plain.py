"""Plain: a pasted or saved text, kept as it is, so that offsets hold."""

from __future__ import annotations

from recoupe.cleaning.page import Page
from recoupe.records import Report


def read_text(report: Report) -> Page:
    """The whole content of a text report; all else is left to its lines."""
    return Page(text=report.content)

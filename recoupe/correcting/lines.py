"""Lines: corrections as JSON lines, to be kept in a file, sent to somebody and taken in again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from recoupe.correcting.log import identified
from recoupe.errors import SettingsError
from recoupe.records.correction import KINDS, Correction, kind_of

_MAY_LACK = ("prefix", "suffix", "value", "content")
_LONGEST = 1_000_000  # code points of a line


def to_lines(corrections: Iterable[Correction]) -> str:
    """One object a line, in the order given; `correction` names its kind. What took it back follows from the log."""
    return "".join(json.dumps(as_json(c), ensure_ascii=False) + "\n" for c in corrections)


def as_json(correction: Correction) -> dict[str, Any]:
    """A correction as a JSON object, without what is empty."""
    import msgspec

    body = msgspec.to_builtins(correction)
    del body["undone_by"]
    return {"correction": kind_of(correction), **{k: _brief(v) for k, v in body.items() if v is not None and v != ""}}


def _brief(value: Any) -> Any:
    """An anchor without what may be left out."""
    if not isinstance(value, dict):
        return value
    return {k: _brief(v) for k, v in value.items() if v != "" or k not in _MAY_LACK}


def from_lines(text: str, called: str = "the corrections") -> list[Correction]:
    """Corrections from JSON lines; empty lines are passed over. Raises SettingsError, with the line, for what is none.

    The id is that which follows from what is said.
    """
    return list(_read(text, called))


def _read(text: str, called: str) -> Iterator[Correction]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield from_json(json.loads(line) if len(line) <= _LONGEST else None)
            except (ValueError, RecursionError, SettingsError) as error:
                raise SettingsError(f"{called}, line {number}: no correction ({str(error)[:300]}).") from None


def from_json(body: object) -> Correction:
    """A correction from its JSON object. Raises SettingsError for what is none."""
    import msgspec

    if not isinstance(body, dict) or body.get("correction") not in KINDS:
        raise SettingsError(f"'correction' must be one of {', '.join(KINDS)}")
    kind = KINDS[body["correction"]]
    try:
        return identified(msgspec.convert({k: v for k, v in body.items() if k != "undone_by"}, kind))
    except msgspec.ValidationError as error:
        raise SettingsError(str(error)) from None

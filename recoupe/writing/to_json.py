"""The dossier as JSON, the contract with every other program (docs/reference/dossier.md)."""

from __future__ import annotations

from recoupe.errors import WriteError
from recoupe.records import Dossier


def to_json(dossier: Dossier) -> str:
    """One object, indented, fields in the order of the record; the same dossier gives the same text."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(dossier), indent=1).decode() + "\n"


def from_json(text: str | bytes) -> Dossier:
    """The dossier back from its JSON; fields that this version does not know are passed over.

    Raises WriteError if the text is no dossier.
    """
    import msgspec

    try:
        return msgspec.json.decode(text, type=Dossier)
    except msgspec.MsgspecError as error:
        raise WriteError(f"this is no dossier of the schema recoupe/dossier/1: {error}.") from error

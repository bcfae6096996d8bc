"""Packs: a story in one file, a zip of JSON (docs/reference/packs.md). The same story gives the same bytes.

Its members stand in the order of their names and tell no time of the machine; `pack.json` has the digest of each other.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from recoupe.correcting.lines import to_lines
from recoupe.errors import StoreError
from recoupe.records.pack import Pack
from recoupe.writing.to_json import to_json

SCHEMA = "recoupe/pack/1"
MOST_BYTES = 256 * 1024 * 1024
"""Of a pack as it lies on the disk."""
MOST_MEMBERS = 20_000
MOST_MEMBER = 32 * 1024 * 1024
"""Unpacked bytes of one member."""
MOST_UNPACKED = 1024 * 1024 * 1024
"""Unpacked bytes of all."""
HEAD, HISTORY, NOTES, CORRECTIONS = "pack.json", "history.json", "dossiers.json", "corrections.jsonl"
_ID, _NUMBER = r"a[a-z2-7]{10}", r"[1-9][0-9]{0,5}"
NAMES = re.compile(
    r"(pack|history|dossiers)\.json|corrections\.jsonl"
    rf"|(dossiers/{_NUMBER}|articles/{_ID}/{_NUMBER}|readings/{_ID}/{_NUMBER}/{_NUMBER})\.json"
)
"""How the members of a pack are called; nothing else is opened."""
_WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: no time of ours in it


# --- writing -------------------------------------------------------------------------------------------


def write_pack(pack: Pack, file: BinaryIO) -> None:
    """Write a pack into a file, member by member by name. Raises StoreError for a story that no pack holds."""
    members = dict(_members(pack))
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    head = {"schema": SCHEMA, "story": pack.story, "files": dict(sorted(digests.items()))}
    members[HEAD] = _json(head)
    large = next((name for name, data in members.items() if len(data) > MOST_MEMBER), None)
    total = sum(map(len, members.values()))
    if large or len(members) > MOST_MEMBERS or total > MOST_UNPACKED:
        what = f"{large} alone" if large else f"{len(members)} parts of {total >> 20} MB"
        raise StoreError(f"{pack.story.id}: is too large for one file ({what}).")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, _WHEN)
            info.create_system, info.external_attr = 3, 0o644 << 16  # the same on every system
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, members[name])


def _members(pack: Pack) -> Iterator[tuple[str, bytes]]:
    yield HISTORY, _json(pack.events)
    yield NOTES, _json([note for note, _ in pack.dossiers])
    for written, dossier in pack.dossiers:
        yield f"dossiers/{written.number}.json", to_json(dossier).encode()
    for version in pack.versions:
        yield f"articles/{version.id}/{version.number}.json", _json(version)
    counts: dict[tuple[str, int], int] = {}
    for note, reading in pack.readings:
        data = _json({**msgspec.to_builtins(note), "reading": reading})
        if len(data) > MOST_MEMBER:  # it can be made again
            continue
        of = note.id, note.number
        counts[of] = counts.get(of, 0) + 1
        yield f"readings/{note.id}/{note.number}/{counts[of]}.json", data
    if pack.corrections:
        yield CORRECTIONS, to_lines(pack.corrections).encode()


def _json(record: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"

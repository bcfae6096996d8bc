"""A pack that is opened. It comes from anywhere, so all of it is measured and checked before anything is made of it.

How many members it has, how large they are, their names, their digests, and that its parts fit together. Nothing of it
is ever written to a path that it names.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, TypeVar

import msgspec

from recoupe.correcting.lines import from_lines
from recoupe.correcting.log import in_order
from recoupe.errors import LoadError, RecoupeError, StoreError, WriteError
from recoupe.records import Dossier, Reading
from recoupe.records.correction import Correction
from recoupe.records.dossier import SCHEMA as DOSSIER_SCHEMA
from recoupe.records.kept import KeptStory, StoryEvent
from recoupe.records.pack import DossierNote, Pack, PackedVersion, ReadingNote
from recoupe.store.pack_checks import what_is_wrong
from recoupe.store.packing import reading_from
from recoupe.store.packs import (
    CORRECTIONS,
    HEAD,
    HISTORY,
    MOST_BYTES,
    MOST_MEMBER,
    MOST_MEMBERS,
    MOST_UNPACKED,
    NAMES,
    NOTES,
    SCHEMA,
)
from recoupe.writing.to_json import from_json

_DIRECTORY = 4 * 1024 * 1024
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_T = TypeVar("_T")


class PackFile:
    """A pack that is being read; use it as a context. Raises LoadError, here and later, for whatever is wrong."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = self._opened()
        try:
            self._zip, self._infos = self._directory()
            self.head = self._read_head()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> PackFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._file.close()

    def last_dossier(self, number: int | None = None) -> Dossier:
        """The dossier of that number, by default the last."""
        numbers = sorted(int(name[9:-5]) for name in self._infos if name.startswith("dossiers/"))
        if not numbers:
            raise LoadError(f"{self._path}: holds no dossier, for the story has one report only.")
        if number is not None and number not in numbers:
            raise LoadError(f"{self._path}: has no dossier {number}; its last one is {numbers[-1]}.")
        return self._dossier(number or numbers[-1])

    def whole(self) -> Pack:
        """All of it. What fits together is checked: a dossier rests on versions that are there, words lie in texts."""
        notes = self._decoded(NOTES, list[DossierNote])
        pack = Pack(
            self.story,
            tuple(self._decoded(name, PackedVersion) for name in self._named("articles/")),
            tuple(self._reading(name) for name in self._named("readings/")),
            tuple(self._decoded(HISTORY, list[StoryEvent])),
            tuple((note, self._dossier(note.number)) for note in notes),
            tuple(self._corrections()),
        )
        if len(notes) != len(self._named("dossiers/")):
            raise LoadError(f"{self._path}: its dossiers are not those that it lists.")
        for version, name in zip(pack.versions, self._named("articles/"), strict=True):
            self._is_at(name, f"articles/{version.id}/{version.number}.json")
        for (note, _), name in zip(pack.readings, self._named("readings/"), strict=True):
            self._is_at(name.rpartition("/")[0], f"readings/{note.id}/{note.number}")
        if wrong := what_is_wrong(pack):
            raise LoadError(f"{self._path}: its parts do not fit together: {wrong}.")
        return pack

    @property
    def story(self) -> KeptStory:
        """The story as its store listed it."""
        return self._converted(HEAD, self.head.get("story"), KeptStory)

    # --- the file

    def _opened(self) -> BinaryIO:
        try:
            file = Path(self._path).open("rb")  # noqa: SIM115 (closed with the pack)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise LoadError(f"{self._path}: cannot be read ({reason}); give a file that 'recoupe pack' made.") from None
        if (size := file.seek(0, io.SEEK_END)) > MOST_BYTES:
            file.close()
            raise LoadError(f"{self._path}: has {size >> 20} MB, more than any pack (the limit is {MOST_BYTES >> 20}).")
        return file

    def _directory(self) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
        self._check_end()
        try:
            opened = zipfile.ZipFile(self._file)
        except _BROKEN as error:
            raise self._damaged(error) from None
        infos: dict[str, zipfile.ZipInfo] = {}
        for info in opened.infolist():
            if info.filename in infos:
                raise LoadError(f"{self._path}: holds {info.filename[:80]!r} twice; it is no pack of ours.")
            if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise LoadError(f"{self._path}: {info.filename[:80]!r} is packed in a way that no pack of ours is.")
            if info.file_size > MOST_MEMBER:
                raise LoadError(
                    f"{self._path}: {info.filename[:80]!r} unpacks to {info.file_size >> 20} MB, more than any part of "
                    f"a pack (the limit is {MOST_MEMBER >> 20})."
                )
            infos[info.filename] = info
        if (total := sum(info.file_size for info in infos.values())) > MOST_UNPACKED:
            raise LoadError(f"{self._path}: unpacks to {total >> 20} MB, more than any pack; nothing was read of it.")
        if HEAD not in infos:
            raise LoadError(f"{self._path}: is no pack, for it holds no {HEAD}; give a file that 'recoupe pack' made.")
        return opened, infos

    def _check_end(self) -> None:
        """Bound what zipfile reads at once: the directory, which stands at the end, and how many members it lists."""
        size = self._file.seek(0, io.SEEK_END)
        self._file.seek(max(0, size - (1 << 16) - 64))
        tail = self._file.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) - at < 22:
            raise LoadError(f"{self._path}: is no pack, or was not copied to its end.")
        count = int.from_bytes(tail[at + 10 : at + 12], "little")
        length = int.from_bytes(tail[at + 12 : at + 16], "little")
        if count > MOST_MEMBERS or length > _DIRECTORY or tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
            raise LoadError(f"{self._path}: lists more parts than any pack has (the limit is {MOST_MEMBERS:,}).")

    # --- its members

    def _read_head(self) -> Mapping[str, Any]:
        head = self._converted(HEAD, self._parsed(HEAD, self._bytes(HEAD)), dict[str, Any])
        schema = head.get("schema")
        if schema != SCHEMA:
            if isinstance(schema, str) and schema.startswith("recoupe/pack/"):
                raise LoadError(f"{self._path}: was packed by a newer Recoupe ({schema[:40]}); update the program.")
            raise LoadError(f"{self._path}: is no pack of ours; its {HEAD} does not say {SCHEMA!r}.")
        odd = next((name for name in self._infos if not NAMES.fullmatch(name)), None)
        if odd is not None:
            raise LoadError(f"{self._path}: holds {odd[:80]!r}, as no pack does; nothing was read of it.")
        self._check_digests(self._converted(HEAD, head.get("files"), dict[str, str]))
        return head

    def _check_digests(self, told: Mapping[str, str]) -> None:
        """Every member is there, and as it was when it was packed."""
        there = self._infos.keys() - {HEAD}
        if missing := sorted(told.keys() ^ there):
            verb = "is missing" if missing[0] in told else "is not listed"
            raise LoadError(f"{self._path}: {missing[0][:80]!r} {verb}; it was not copied whole, or was changed.")
        for name in sorted(there):
            digest = hashlib.sha256()
            for part in self._parts(name):
                digest.update(part)
            if digest.hexdigest() != told[name]:
                raise LoadError(f"{self._path}: {name!r} is not what was packed; its digest is another.")

    def _parts(self, name: str) -> Iterator[bytes]:
        left = self._infos[name].file_size
        try:
            with self._zip.open(self._infos[name]) as member:
                while part := member.read(_CHUNK):
                    left -= len(part)
                    if left < 0:
                        raise zipfile.BadZipFile(f"{name} is longer than it says")
                    yield part
        except _BROKEN as error:
            raise self._damaged(error) from None

    def _bytes(self, name: str) -> bytes:
        return b"".join(self._parts(name))

    def _named(self, beginning: str) -> list[str]:
        return sorted(name for name in self._infos if name.startswith(beginning))

    def _decoded(self, name: str, kind: type[_T]) -> _T:
        if name not in self._infos:
            raise LoadError(f"{self._path}: {name!r} is missing; it was not copied whole, or was changed.")
        return self._converted(name, self._parsed(name, self._bytes(name)), kind)

    def _parsed(self, name: str, data: bytes) -> Any:
        try:
            return msgspec.json.decode(data)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            raise LoadError(f"{self._path}: {name!r} cannot be read ({error}).") from None

    def _converted(self, name: str, built: Any, kind: type[_T]) -> _T:
        try:
            return msgspec.convert(built, kind)
        except (msgspec.MsgspecError, RecursionError, ValueError) as error:
            raise LoadError(f"{self._path}: {name!r} is not as it should be ({error}).") from None

    def _dossier(self, number: int) -> Dossier:
        name = f"dossiers/{number}.json"
        if name not in self._infos:
            raise LoadError(f"{self._path}: {name!r} is missing; it was not copied whole, or was changed.")
        try:
            found = from_json(self._bytes(name))
        except (WriteError, RecursionError, ValueError) as error:
            raise LoadError(f"{self._path}: {name!r}: {error}") from None
        if found.schema != DOSSIER_SCHEMA:
            raise LoadError(f"{self._path}: {name!r} is of the schema {found.schema[:40]!r}, which is not known here.")
        return found

    def _reading(self, name: str) -> tuple[ReadingNote, Reading]:
        built = self._parsed(name, self._bytes(name))
        if not isinstance(built, dict):
            raise LoadError(f"{self._path}: {name!r} is not as it should be (no object).")
        try:
            reading = reading_from(built.pop("reading", None))
        except (StoreError, RecursionError) as error:
            raise LoadError(f"{self._path}: {name!r} is not as it should be ({error}).") from None
        return self._converted(name, built, ReadingNote), reading

    def _corrections(self) -> list[Correction]:
        if CORRECTIONS not in self._infos:
            return []
        try:
            return in_order(from_lines(self._bytes(CORRECTIONS).decode(), CORRECTIONS))
        except (RecoupeError, UnicodeDecodeError) as error:
            raise LoadError(f"{self._path}: {error}") from None

    def _is_at(self, name: str, right: str) -> None:
        if name != right:
            raise LoadError(f"{self._path}: {name!r} holds {right!r}; its parts do not fit together.")

    def _damaged(self, error: object) -> LoadError:
        return LoadError(f"{self._path}: is damaged, or was not copied to its end ({str(error)[:200]}).")

"""Sending: what a form or a program sends, read within bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from recoupe.web.security import Refused

if TYPE_CHECKING:
    from starlette.requests import Request

MAX_FILES, MAX_FIELDS = 100, 500
MAX_FIELD = 8 * 1024 * 1024
"""Bytes of one field that is no file: a pasted text may be long."""


@dataclass(frozen=True)
class Upload:
    """A file that was sent; `name` is what its sender calls it, which says nothing about where it may lie."""

    name: str
    file: BinaryIO
    size: int


@dataclass(frozen=True)
class Sent:
    """What was sent: the fields by name, each with all its values, and the files."""

    fields: Mapping[str, list[str]]
    files: tuple[Upload, ...] = ()
    is_json: bool = False
    body: Any = None
    form: Any = None

    def get(self, name: str) -> str | None:
        """The first value of a field, None where it is not given or empty."""
        values = self.fields.get(name)
        return values[0] if values and values[0] else None

    def all(self, name: str) -> list[str]:
        """All values of a field."""
        return self.fields.get(name, [])

    def close(self) -> None:
        """Let go of the files."""
        for upload in self.files:
            with suppress(OSError):
                upload.file.close()


async def received(request: Request) -> Sent:
    """What a request sends. Raises Refused for what is too much, malformed, or of another kind."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _as_json(await request.body())
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise Refused(415, "A form or JSON was expected.")
    return await _as_form(request)


def _as_json(body: bytes) -> Sent:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "This is no JSON.") from None
    if not isinstance(value, dict):
        raise Refused(400, "A JSON object was expected.")
    fields = {
        name: [_text(v) for v in (given if isinstance(given, list) else [given])] for name, given in value.items()
    }
    return Sent(fields, is_json=True, body=value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


async def _as_form(request: Request) -> Sent:
    from starlette.datastructures import UploadFile
    from starlette.exceptions import HTTPException

    try:
        form = await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD)
    except HTTPException as error:
        raise Refused(400, "The form is too large, or not well formed.") from error
    fields: dict[str, list[str]] = {}
    files: list[Upload] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files.append(Upload(value.filename, value.file, value.size or 0))
        else:
            fields.setdefault(name, []).append(value)
    return Sent(fields, tuple(files), form=form)

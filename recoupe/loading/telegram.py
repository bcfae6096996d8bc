"""Telegram: the messages of the chats that Telegram Desktop exports as `result.json`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

from recoupe.errors import LoadError
from recoupe.loading.jobs import Job, failing
from recoupe.loading.sources import Source
from recoupe.loading.visits import Visit
from recoupe.records import Report

if TYPE_CHECKING:
    from msgspec import Raw

LIMIT = 512 * 1024 * 1024
"""Bytes of an export; a year of a busy channel has some twenty million."""

_MOST_FAULTS = 1000
_LONGEST = 100_000  # characters of a message; Telegram's own limit is 4096
_LISTS = ("chats", "left_chats")
_EPOCH_LIMIT = 1 << 40
_HALF = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def jobs(source: Source, visit: Visit, kind: str) -> Iterator[Job]:
    """One job a message that has a text; joinings, pictures without words and the like are passed over.

    A message or a chat that is damaged is a job that fails. Raises LoadError for what is no export.
    """
    top = _whole(source.whole(LIMIT), source.address)
    chats = [top] if "messages" in top else list(_chats(top, source.address))
    several = len(chats) > 1 or "messages" not in top
    faults = 0
    for chat in chats:
        number = _value(chat.get("id"))
        told = chat_of(_value(chat.get("name")), _value(chat.get("type")), number)
        place = f"{source.address}#{_text_id(number)}/" if several else f"{source.address}#"
        try:
            messages = _list(chat.get("messages"), f"{place}messages")
        except LoadError as error:
            yield failing(source.address, str(error).removeprefix(f"{source.address}: "))
            continue
        for index, raw in enumerate(messages):
            message = _value(raw)
            if not isinstance(message, dict):
                faults += 1
                if faults > _MOST_FAULTS:
                    raise LoadError(f"{source.address}: more than {_MOST_FAULTS:,} messages are damaged.")
                yield failing(f"{place}{index}", "is no message.")
                continue
            text = _text(message)
            if message.get("type") == "service" or not any(c.isalnum() for c in text):
                continue
            where = f"{place}{_text_id(message.get('id')) or index}"
            yield Job("", where, partial(_report, message, text, where, told), named=False)


def chat_of(name: Any, kind: Any, number: Any) -> tuple[str | None, bool, str | None]:
    """A chat as its name, whether it speaks with one voice (a channel), and its number if messages have an address."""
    kind = kind if isinstance(kind, str) else ""
    shared = "channel" in kind or "supergroup" in kind
    called = " ".join(name.split())[:200] if isinstance(name, str) else ""
    return called or None, "channel" in kind, _text_id(number) if shared else None


def _report(message: dict[str, Any], text: str, where: str, chat: tuple[str | None, bool, str | None]) -> Report:
    name, is_channel, number = chat
    written_by = _name(message.get("author")) or (None if is_channel else _name(message.get("from")))
    told = _text_id(message.get("id"))
    forwarded = _name(message.get("forwarded_from")) or _name(message.get("saved_from"))
    return Report(
        where,
        "text",
        text,
        url=f"https://t.me/c/{number}/{told}" if number and told else None,
        outlet=name or _name(message.get("from")),
        published=_when(message.get("date"), message.get("date_unixtime")),
        updated=_when(message.get("edited"), message.get("edited_unixtime")),
        authors=(written_by,) if written_by else (),
        credits=(forwarded,) if forwarded else (),
    )


def _text(message: dict[str, Any]) -> str:
    """The text of a message: a string, or a list of strings and of spans such as {"type": "bold", "text": …}."""
    text = _joined(message.get("text"))
    if not text.strip():
        text = _joined(message.get("text_entities"))
    return text.encode("utf-8", "replace").decode("utf-8")[:_LONGEST].strip()


def _joined(value: Any) -> str:
    if isinstance(value, str):
        return value
    parts = value if isinstance(value, list) else [value]
    found = (part.get("text") if isinstance(part, dict) else part for part in parts)
    return "".join(part for part in found if isinstance(part, str))


def _name(value: Any) -> str | None:
    return " ".join(value.split())[:200] or None if isinstance(value, str) else None


def _text_id(value: Any) -> str:
    value = str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**20 else value
    return value if isinstance(value, str) and len(value) <= 40 and value.lstrip("-").isalnum() else ""


def _when(local: Any, unix: Any) -> str | None:
    """A time with its offset: exports give it on the exporter's clock and as Unix time, newer ones both."""
    try:
        shown = datetime.fromisoformat(local).replace(tzinfo=None) if isinstance(local, str) else None
    except ValueError:
        shown = None
    seconds = int(unix) if isinstance(unix, (str, int)) and str(unix)[:16].isascii() and str(unix).isdecimal() else None
    if seconds is None or seconds > _EPOCH_LIMIT:
        return shown.isoformat() if shown else None
    try:
        exact = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return shown.isoformat() if shown else None
    offset = shown - exact.replace(tzinfo=None) if shown else timedelta(0)
    if abs(offset) > timedelta(hours=15) or offset.total_seconds() % 900:
        return exact.isoformat()
    return exact.astimezone(timezone(offset)).isoformat()


# --- JSON, each message on its own, so that one that is damaged costs itself ---------------------------


def _whole(data: bytes, address: str) -> dict[str, Raw]:
    """The export; halves of characters that were cut in two, which are no JSON, are replaced."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return _fields(data, address)
    except LoadError:
        if not _HALF.search(data):
            raise
    return _fields(_HALF.sub(rb"\\ufffd", data), address)


def _fields(data: bytes, address: str) -> dict[str, Raw]:
    import msgspec

    try:
        return msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise LoadError(f"{address}: is no JSON that can be read ({str(error)[:100]}).") from None


def _list(raw: Raw | None, where: str) -> list[Raw]:
    import msgspec

    try:
        return msgspec.json.decode(raw or b"null", type=list[msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise LoadError(f"{where}: is no list of messages as Telegram Desktop exports it.") from None


def _value(raw: Raw | None) -> Any:
    """A value, None if it is damaged."""
    import msgspec

    try:
        return msgspec.json.decode(raw) if raw is not None else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _chats(top: dict[str, Raw], address: str) -> Iterator[dict[str, Raw]]:
    """The chats of an export of several, those that were left among them."""
    found = False
    for name in _LISTS:
        if name not in top:
            continue
        listed = _fields(bytes(top[name]), address).get("list")
        for raw in _list(listed, address):
            found = True
            yield _fields(bytes(raw), address)
    if not found:
        raise LoadError(f"{address}: holds no chats of Telegram; export them as machine-readable JSON.")

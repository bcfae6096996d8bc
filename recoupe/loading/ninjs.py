"""ninjs: news in JSON (IPTC), versions 1 to 3, one item a file or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from recoupe.errors import LoadError
from recoupe.loading import markup
from recoupe.loading.jobs import Job, failing
from recoupe.loading.sources import Source
from recoupe.loading.visits import Visit, is_remote
from recoupe.records import Report

_PROVIDERS = ("publisher", "provider", "distributor", "copyrightholder")
_WORDLESS = frozenset(("picture", "graphic", "audio", "video", "photo"))
_GONE = frozenset(("canceled", "cancelled", "withheld"))
_RENDERED = {"text/plain": 0, "text": 0, "text/html": 1, "application/xhtml+xml": 1, "html": 1, "xhtml": 1}
_DEEPEST = 4


def jobs(source: Source, visit: Visit, kind: str) -> Iterator[Job]:
    """One job an item of text, those in an item's associations too. Raises LoadError for what is no JSON."""
    try:
        whole = json.loads(source.whole().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise LoadError(f"{source.address}: is no JSON ({str(error)[:100]}).") from None
    several = isinstance(whole, list)
    for number, item in enumerate(whole if several else [whole], 1):
        where = f"{source.address}#{number}" if several else source.address
        if not isinstance(item, dict):
            yield failing(where, "is no object.")
            continue
        yield from _items(item, where, 0, visit.settings.max_bytes)


def _items(item: dict[str, Any], where: str, deep: int, most: int) -> Iterator[Job]:
    """An item and those within it; pictures and films in it have no text, which is no fault."""
    fields = {_plain(name): value for name, value in item.items()}
    inner = fields.get("associations") or fields.get("items")
    inner = list(inner.values()) if isinstance(inner, dict) else inner if isinstance(inner, list) else []
    parts = [part for part in inner if isinstance(part, dict)] if deep < _DEEPEST else []
    text = _body(fields, most)
    if text or not (parts or deep or _line(fields.get("type")) in _WORDLESS):
        yield Job("", where, partial(_report, fields, text, where), named=False)
    for number, part in enumerate(parts, 1):
        yield from _items(part, f"{where}.{number}" if "#" in where else f"{where}#1.{number}", deep + 1, most)


def _plain(name: str) -> str:
    """A field's name in all versions: bodyText, body_text and bodytext are one."""
    return name.replace("_", "").lower()


def _report(fields: dict[str, Any], text: str, where: str) -> Report:
    if (_line(fields.get("pubstatus")) or "").rpartition(":")[2].lower() in _GONE:
        raise LoadError(f"{where}: was withdrawn by its provider; it was left out.")
    if not text.strip():
        raise LoadError(f"{where}: the item holds no text.")
    provider, credits = _sources(fields)
    created = _line(fields.get("firstcreated")) or _line(fields.get("contentcreated"))
    version = _line(fields.get("contentmodified")) or _line(fields.get("versioncreated"))
    uri = _line(fields.get("uri"))
    by = markup.line(_line(fields.get("byline")) or _line(fields.get("by")), 200)
    return Report(
        where,
        "text",
        text,
        url=next((a for a in (_link(fields), uri) if a and is_remote(a)), None),
        outlet=provider or _line(fields.get("copyrightholder")),
        published=created or version,
        updated=version if created and version != created else None,
        language=_line(fields.get("language")),
        title=markup.line(_headline(fields)),
        authors=(by,) if by else (),
        credits=credits,
    )


def _body(fields: dict[str, Any], most: int) -> str:
    """The text of an item: as plain text where it is given as that, else out of its mark-up, else its description."""
    found: list[tuple[int, str]] = []
    for body in _listed(fields.get("bodies")):
        value = body.get("value")
        if isinstance(value, str) and value.strip():
            media = _line(body.get("contentType") or body.get("contenttype")) or _line(body.get("role")) or ""
            found.append((_RENDERED.get(media.partition(";")[0].lower(), 2), value))
    for rank, name in enumerate(("bodytext", "bodyxhtml", "bodyhtml", "body")):
        if isinstance(fields.get(name), str) and fields[name].strip():
            found.append((min(rank, 2), fields[name]))
    if not found:
        found = [(0, value) for said in _listed(fields.get("descriptions")) if (value := _line(said.get("value")))]
        found += [(1, value) for name in ("descriptiontext", "descriptionhtml") if (value := _line(fields.get(name)))]
    if not found or _line(fields.get("type")) in _WORDLESS:
        return ""
    text = min(found, key=lambda pair: pair[0])[1]
    return markup.plain(text[:most].encode("utf-8", "replace").decode("utf-8"))


def _headline(fields: dict[str, Any]) -> str | None:
    listed = _listed(fields.get("headlines"))
    main = [headline for headline in listed if _line(headline.get("role")) in ("main", "headline", None)]
    return next((_line(h.get("value")) for h in (*main, *listed)), None) or _line(fields.get("headline"))


def _sources(fields: dict[str, Any]) -> tuple[str | None, tuple[str, ...]]:
    """Who issues an item, and those whose information it says it rests on."""
    provider, credits = None, []
    for found in _listed(fields.get("infosources") or fields.get("infosource")):
        name = _line(found.get("name"))
        if not name:
            continue
        role = (_line(found.get("role")) or _line(found.get("rel")) or "").lower()
        if provider is None and any(word in role for word in _PROVIDERS):
            provider = name
        else:
            credits.append(name)
    return provider, tuple(dict.fromkeys(credits))[:20]


def _link(fields: dict[str, Any]) -> str | None:
    """Where the item is published, of its alternative ids and links."""
    for link in _listed(fields.get("links") or fields.get("link")):
        if _line(link.get("rel")) in ("canonical", "self", "alternate", None) and _line(link.get("href")):
            return _line(link.get("href"))
    return _line(fields.get("url"))


def _listed(value: Any) -> list[dict[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values[:500] if isinstance(item, dict)]


def _line(value: Any) -> str | None:
    return " ".join(value.split())[:1000] or None if isinstance(value, str) else None

"""NewsML-G2: the news items in a message, a package or by themselves, their text as NITF, XHTML or plain."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from recoupe.errors import LoadError
from recoupe.loading import markup, xml
from recoupe.loading.jobs import Job, failing
from recoupe.loading.sources import Source
from recoupe.loading.visits import Visit
from recoupe.records import Report

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_WORDLESS = frozenset(("picture", "graphic", "audio", "video", "animation", "still"))
_GONE = frozenset(("canceled", "withheld"))
_BODIES = ("body.content", "body")  # of NITF, of XHTML


def jobs(source: Source, visit: Visit, kind: str) -> Iterator[Job]:
    """One job a news item of text; pictures, films and packages hold none, which is no fault."""
    root = xml.parse(source.whole(), source.address, source.charset)
    items = [element for element in root.iter() if xml.name_of(element) == "newsitem"]
    if not items:
        yield failing(source.address, "holds no news items (packages and concepts have no text of their own).")
    for number, item in enumerate(items, 1):
        where = f"{source.address}#{number}" if len(items) > 1 else source.address
        text = _text(item)
        if text or len(items) == 1 or _code(_at(item, "itemmeta", "itemclass")) not in _WORDLESS:
            yield Job("", where, partial(_report, item, text, where), named=False)


def _report(item: Any, text: str, where: str) -> Report:
    if _code(_at(item, "itemmeta", "pubstatus")) in _GONE:
        raise LoadError(f"{where}: was withdrawn by its provider; it was left out.")
    if not text:
        raise LoadError(f"{where}: the item holds no text.")
    content = xml.child(item, "contentmeta")
    created = _line(_at(item, "contentmeta", "contentcreated")) or _line(_at(item, "itemmeta", "firstcreated"))
    version = _line(_at(item, "contentmeta", "contentmodified")) or _line(_at(item, "itemmeta", "versioncreated"))
    language = _at(item, "contentmeta", "language")
    told = (language.get("tag") if language is not None else None) or item.get(_LANG)
    return Report(
        where,
        "text",
        text,
        url=_address(item),
        outlet=_name(_at(item, "itemmeta", "provider")) or _name(_at(item, "rightsinfo", "copyrightholder")),
        published=created or version,
        updated=version if created and version != created else None,
        language=told.strip()[:20] if told and told.strip() else None,
        title=markup.line(xml.text_of(_at(item, "contentmeta", "headline"))),
        authors=_authors(content),
        credits=_credits(content),
    )


def _at(element: Any, *names: str) -> Any:
    """The first element under a path of names, None where there is none."""
    for name in names:
        if element is None:
            return None
        element = xml.child(element, name)
    return element


def _line(element: Any) -> str | None:
    return xml.line_of(element, 200)


def _code(element: Any) -> str:
    """The code of a concept without its scheme: 'stat:usable' is usable."""
    if element is None:
        return ""
    code = element.get("qcode") or element.get("uri") or element.get("literal") or ""
    return code.replace("/", ":").rpartition(":")[2].lower()


def _name(element: Any) -> str | None:
    """What a party is called: its name, or the word that stands for it."""
    if element is None:
        return None
    said = _line(xml.child(element, "name"))
    if said:
        return said
    literal = element.get("literal") or (element.get("qcode") or "").rpartition(":")[2]
    return " ".join(literal.split())[:200] or None


def _authors(content: Any) -> tuple[str, ...]:
    if content is None:
        return ()
    named = [_name(creator) for creator in xml.children(content, "creator")]
    said = named or [markup.line(xml.text_of(xml.child(content, "by", "byline")), 200)]
    return tuple(dict.fromkeys(name for name in said if name))[:20]


def _credits(content: Any) -> tuple[str, ...]:
    """Whose information the item rests on, by its own word; a credit line where nothing else says so."""
    if content is None:
        return ()
    named = [name for source in xml.children(content, "infosource") if (name := _name(source))]
    line = _line(xml.child(content, "creditline"))
    return tuple(dict.fromkeys(named or ([line] if line else [])))[:20]


def _address(item: Any) -> str | None:
    """Where the item is published on the web, where it says so."""
    for link in (part for meta in xml.children(item, "itemmeta") for part in xml.children(meta, "link")):
        href = (link.get("href") or "").strip()
        if href.startswith(("http://", "https://")) and _code_of_rel(link) in ("", "alternate", "self", "canonical"):
            return href
    guid = (item.get("guid") or "").strip()
    return guid if guid.startswith(("http://", "https://")) else None


def _code_of_rel(link: Any) -> str:
    return (link.get("rel") or "").replace("/", ":").rpartition(":")[2].lower()


def _text(item: Any) -> str:
    """The text of an item: of plain data as it is, of mark-up its paragraphs."""
    content = xml.child(item, "contentset")
    if content is None:
        return ""
    for inline in xml.children(content, "inlinexml"):
        body = next((part for name in _BODIES for part in inline.iter() if xml.name_of(part) == name), inline)
        text = markup.joined(body)
        if text:
            return text
    for data in xml.children(content, "inlinedata"):
        media = (data.get("contenttype") or "text/plain").lower()
        if media.startswith("text/") and not data.get("encoding"):
            return markup.plain("".join(data.itertext()))
    return ""

"""Alerts as text, JSON and an Atom feed. Every word of a report in them is made fit to be shown."""

from __future__ import annotations

import html
import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from recoupe.records.alert import Alert, Evidence
from recoupe.writing.rows import WIDTH, Row, printed, styled
from recoupe.writing.safe import clipped, encodable, line
from recoupe.writing.wording import Wording, wording

SCHEMA = "recoupe/alert/1"
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEADLINE = 300  # characters
_QUOTED = 400


def headline(alert: Alert, ui: str = "en") -> str:
    """What happened, in one line."""
    words = wording(ui)
    template = str(words.table("alerts").get(alert.what, "{subject}: {before} → {after}"))
    nothing = words.word("alert_nothing")
    filled = {"subject": alert.subject, "before": alert.before or nothing, "after": alert.after or nothing}
    told = re.sub(r"\{(\w+)\}", lambda blank: filled.get(blank.group(1), blank.group()), template)
    return clipped(line(told), _HEADLINE)


def subject_of(alerts: Sequence[Alert], ui: str = "en") -> str:
    """What several alerts are about, in one line."""
    first = headline(alerts[0], ui)
    if len(alerts) == 1:
        return first
    words = wording(ui)
    return words.word("alert_subject", many=words.counted("alert", len(alerts)), first=first)


def alerts_to_text(alerts: Sequence[Alert], ui: str = "en", width: int = WIDTH, colour: bool = False) -> str:
    """An alert a paragraph: what happened, where and by which rule, and the words that it rests on."""
    words = wording(ui)

    def rows() -> Iterator[Row]:
        for alert in alerts:
            yield Row(styled(headline(alert, ui), "bold"), 0, 2)
            yield Row(styled(line(alert.title)), 2)
            yield Row(styled(_facts(alert, words), "dim"), 2, 2)
            for evidence in alert.evidence:
                side = _side(evidence, words)
                yield Row(styled(f"{side}  {_quoted(evidence, words)}"), 2, 2)
            yield Row(styled(""))

    return printed(rows(), width, colour) + "\n" if alerts else ""


def alert_to_json(alert: Alert, ui: str = "en") -> bytes:
    """An alert as one JSON object with its headline; text that UTF-8 cannot hold is mended."""
    import msgspec

    told = {"schema": SCHEMA, "headline": headline(alert, ui), **msgspec.to_builtins(alert)}
    return msgspec.json.encode(_encodable(told))


def alerts_to_atom(
    alerts: Sequence[Alert], title: str, name: str, url: str | None = None, ui: str = "en", now: str | None = None
) -> str:
    """A feed of alerts, the last one first. `name` makes its id, which stays; `now` dates an empty one (ISO 8601)."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": ui})
    _element(feed, "id", _urn(f"recoupe:feed:{name}"))
    _element(feed, "title", title)
    moment = now or datetime.now(UTC).isoformat(timespec="seconds")
    _element(feed, "updated", max((a.at for a in alerts if a.at), default=moment))
    _element(ET.SubElement(feed, f"{{{_ATOM}}}author"), "name", "Recoupe")
    _element(feed, "generator", "Recoupe")
    if url:
        ET.SubElement(feed, f"{{{_ATOM}}}link", {"rel": "self", "href": _xml(url)})
    for alert in alerts:
        _entry(feed, alert, moment, ui)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _entry(feed: ET.Element, alert: Alert, moment: str, ui: str) -> None:
    entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
    _element(entry, "id", _urn(f"recoupe:alert:{alert.id}"))
    _element(entry, "title", headline(alert, ui))
    _element(entry, "updated", alert.at or moment)
    _element(entry, "published", alert.at or moment)
    for term in (alert.what, f"rule:{alert.rule}"):
        ET.SubElement(entry, f"{{{_ATOM}}}category", {"term": _xml(line(term))})
    for evidence in alert.evidence:
        if (evidence.url or "").lower().startswith(("http://", "https://")):
            ET.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "related", "href": _xml(line(str(evidence.url)))})
    content = _element(entry, "content", _as_html(alert, wording(ui)))
    content.set("type", "html")


def _as_html(alert: Alert, words: Wording) -> str:
    """What happened, and the words that it rests on, as a fragment of HTML without scripts, styles or images."""

    def safe(text: str) -> str:
        return html.escape(line(text))

    quoted = "".join(f"<li>{safe(_side(e, words))}: {safe(_quoted(e, words))}</li>" for e in alert.evidence)
    return f"<p>{safe(alert.title)}</p><p>{safe(_facts(alert, words))}</p><ul>{quoted}</ul>"


def _facts(alert: Alert, words: Wording) -> str:
    facts = [alert.at[:16].replace("T", " "), words.word("alert_rule", name=alert.rule)]
    if alert.story:
        facts.append(words.word("alert_story", id=alert.story))
    if alert.article:
        facts.append(words.word("alert_article", id=alert.article))
    return line(" · ".join(fact for fact in facts if fact))


def _side(evidence: Evidence, words: Wording) -> str:
    return words.word("alert_before") if evidence.side == "before" else words.word("alert_after")


def _quoted(evidence: Evidence, words: Wording) -> str:
    """'The Paper: “Four people died” = 4 (police)'."""
    outlet = evidence.outlet or evidence.url or evidence.article
    quoted = words.quoted(clipped(line(evidence.text), _QUOTED))
    value = f" = {evidence.value}" if evidence.value and evidence.value not in evidence.text else ""
    who = f" ({evidence.who})" if evidence.who else ""
    return line(f"{outlet}{words.tables['colon']} {quoted}{value}{who}")


def _element(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = _xml(text)
    return element


def _xml(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, encodable(name))}"


def _encodable(value: object) -> object:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {key: _encodable(one) for key, one in value.items()}
    return [_encodable(one) for one in value] if isinstance(value, list | tuple) else value

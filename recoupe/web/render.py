"""Render: a page as HTML or JSON. Everything in a template is escaped; words of reports go through `words` as well."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from recoupe.web.shelf import Made
from recoupe.web.words import words
from recoupe.writing.safe import clipped, line
from recoupe.writing.to_html import TEMPLATES as SHARED
from recoupe.writing.to_html import add_filters
from recoupe.writing.wording import interfaces

if TYPE_CHECKING:
    from jinja2 import Environment

    from recoupe.web.asking import Asked, Page
    from recoupe.writing.wording import Wording

_MARK = secrets.token_hex(16)
"""Stands for the token of a visitor's forms in a page that is kept for all; no report can know it."""
_HOME = Path(__file__).parent
_WEB = re.compile(r"https?://[^\s\"'<>\\]+\Z", re.I)
_MOST = 300
"""Code points of a text of a report that a list shows at most."""


def as_html(asked: Asked, page: Page, template: str) -> bytes:
    """A page as a person sees it; a mark stands where the token of the visitor's forms belongs."""
    ui = asked.ui
    html = (
        environment()
        .get_template(template)
        .render(
            page=page,
            record=page.record,
            asked=asked,
            ui=ui,
            visitor=replace(asked.visitor, mark=_MARK),
            moment=lambda stamp: moment(stamp, ui),
            said=_said(asked.query.get("said", ""), ui),
            **page.shown,
        )
    )
    return html.lstrip().encode("utf-8", "replace")


def as_json(page: Page) -> bytes:
    """A page as a program reads it."""
    return encoded(page.record)


def made(body: bytes, media: str, state: str | None = None) -> Made:
    """A page ready for the shelf; its tag changes when its body does."""
    tag = hashlib.sha256(body + static_digest().encode()).hexdigest()[:24]
    return Made(body, tag, media, state or "")


def answered(made: Made, asked: Asked, known: str, status: int = 200) -> Response:
    """The answer to a visitor; nothing but its tag where the browser has this very page."""
    personal = _MARK.encode() in made.body
    own = hashlib.sha256(asked.visitor.token.encode()).hexdigest()[:8] if personal else ""
    tag = f'"{made.tag}{own}"'
    if status == 200 and tag in known:
        return Response(status_code=304, headers={"etag": tag})
    body = made.body.replace(_MARK.encode(), asked.visitor.token.encode()) if personal else made.body
    return Response(body, status, {"etag": tag, "vary": "Accept-Language, Cookie"}, made.media)


def encoded(record: Any) -> bytes:
    """A record as JSON; a dossier exactly as the command line writes it."""
    import msgspec

    from recoupe.records import Dossier
    from recoupe.writing.to_json import to_json

    if isinstance(record, Dossier):
        return to_json(record).encode("utf-8", "replace")
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:  # half a surrogate pair out of a report
        builtins = msgspec.to_builtins(record) if is_dataclass(record) else record
        return json.dumps(builtins, ensure_ascii=True, default=msgspec.to_builtins).encode()


def _said(key: str, ui: Wording) -> str | None:
    """What was just done, in words; only what we have a word for."""
    return ui.tables["words"].get(f"said_{key}") if key else None


# --- what a browser fetches beside the page -----------------------------------------------------------


@cache
def static_files() -> dict[str, tuple[bytes, str]]:
    """The one style and the one script: what the dossier has, and a file a group of pages, one after the other."""
    style = [(SHARED / "dossier.css").read_text("utf-8")]
    style += [file.read_text("utf-8") for file in sorted((_HOME / "static").glob("*.css"))]
    script = [f"(() => {{\n{file.read_text('utf-8')}\n}})();" for file in sorted((_HOME / "static").glob("*.js"))]
    files = {
        "desk.css": ("\n".join(style).encode(), "text/css; charset=utf-8"),
        "desk.js": ("\n".join(['"use strict";', *script]).encode(), "text/javascript; charset=utf-8"),
    }
    for file in sorted((_HOME / "static").glob("*.svg")):
        files[file.name] = (file.read_bytes(), "image/svg+xml")
    return files


@cache
def static_digest() -> str:
    """What tells this style and script from those of another version."""
    joined = b"".join(body for body, _ in static_files().values())
    return hashlib.sha256(joined).hexdigest()[:12]


# --- templates ----------------------------------------------------------------------------------------


@cache
def environment() -> Environment:
    """The templates of the desk, and those that it shares with the dossier's page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader([_HOME / "templates", SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    add_filters(made)
    made.filters["short"] = short
    made.filters["web"] = web
    made.filters["flat"] = line
    made.globals["static"] = lambda name: f"/static/{name}?v={static_digest()}"
    made.globals["languages"] = lambda: [(code, words(code).tables["language"]) for code in interfaces()]
    made.globals["beside"] = _beside
    return made


def _beside(asked: Asked) -> str:
    """Where this very page stands as JSON."""
    path, mark, query = asked.link().partition("?")
    return f"{path}.json{mark}{query}"


def short(text: str | None, most: int = _MOST) -> str:
    """The first words of a text that may be a million characters long."""
    return clipped(text or "", most)


def moment(stamp: str | None, ui: Wording) -> str:
    """A day, with a clock time where one is known; as it is where it is no moment."""
    told = (stamp or "")[:40]
    whole = told[:16] if "T" in told else told[:10]
    return ui.period(whole, whole) if whole else ""


def web(url: str | None) -> str | None:
    """An address if it leads to a page of the web; `javascript:` and its like lead nowhere."""
    return url if url and len(url) < 4000 and _WEB.match(url) else None

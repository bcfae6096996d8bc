"""Visitor: who asks: in which language, since when away, and with which token their forms come back."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from recoupe.web.words import language_of, words

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from recoupe.web.desk import Desk
    from recoupe.web.security import Gate
    from recoupe.writing.wording import Wording

_LANGUAGE, _VISIT, _SESSION = "recoupe_ui", "recoupe_visit", "recoupe_session"
_AWAY = timedelta(minutes=30)
"""Who was away for longer comes back for another visit."""
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00\Z")
_SESSION_FORM = re.compile(r"[A-Za-z0-9_-]{20,60}\Z")
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Visitor:
    """Who asks. `since` is when the visit before this one ended (UTC), None on the first one."""

    ui: Wording
    gate: Gate
    session: str
    since: str | None
    latest: str
    secure: bool = False
    new: frozenset[str] = field(default_factory=frozenset)
    mark: str = ""

    @cached_property
    def token(self) -> str:
        """What a form of ours sends with it; the `mark` in its place where a page is made for all visitors."""
        return self.mark or self.gate.signed("form", self.session)

    def gave(self, token: str) -> bool:
        """Whether a form is one that we gave to this visitor."""
        return self.gate.is_signed(token, "form", self.session)

    def remember(self, answer: Response) -> None:
        """Let the browser bring back who it is; no script reads it and no other site sends it."""
        keep = {_LANGUAGE: self.ui.code, _SESSION: self.session, _VISIT: f"{self.since or ''}|{self.latest}"}
        for name, value in keep.items():
            if name in self.new:
                age = None if name == _SESSION else _YEAR
                answer.set_cookie(name, value, max_age=age, httponly=True, samesite="strict", secure=self.secure)


def visitor_of(request: Request, desk: Desk) -> Visitor:
    """Who makes a request."""
    cookies = request.cookies
    asked = request.query_params.get("ui")
    accepted = request.headers.get("accept-language", "")
    code = language_of(asked, cookies.get(_LANGUAGE), accepted, desk.settings.ui)
    session = cookies.get(_SESSION, "")
    new = {_VISIT}
    if not _SESSION_FORM.match(session):
        session = secrets.token_urlsafe(24)
        new.add(_SESSION)
    if asked == code:
        new.add(_LANGUAGE)
    since, latest = _visits(cookies.get(_VISIT, ""), datetime.now(UTC))
    return Visitor(words(code), desk.gate, session, since, latest, request.url.scheme == "https", frozenset(new))


def _visits(told: str, now: datetime) -> tuple[str | None, str]:
    """When the visit before this one ended, and now; `told` is what the browser brought back."""
    before, _, last = told.replace("%7C", "|").partition("|")
    stamp = now.isoformat(timespec="seconds")
    if not _STAMP.match(last):
        return None, stamp
    if now - datetime.fromisoformat(last) > _AWAY:
        return last, stamp
    return (before if _STAMP.match(before) else None), stamp

"""Asking: what a page is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from recoupe.web.desk import Desk
from recoupe.web.security import inside
from recoupe.web.visitor import Visitor, visitor_of

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams
    from starlette.requests import Request

    from recoupe.writing.wording import Wording


class Missing(Exception):
    """There is no such thing here; `what` is the key of a word that says what: `no_story`, `no_article`, `no_page`."""

    def __init__(self, what: str = "no_page") -> None:
        super().__init__(what)
        self.what = what


class Wrong(Exception):
    """What was asked or sent makes no sense; the message is for who sent it, and holds nothing else."""


@dataclass(frozen=True)
class Asked:
    """What a page is asked: the parts of its path, the query, who asks, in which language."""

    desk: Desk
    path: Mapping[str, str]
    query: QueryParams
    visitor: Visitor
    here: str

    @property
    def ui(self) -> Wording:
        """The words of the interface."""
        return self.visitor.ui

    def text(self, name: str, most: int = 500) -> str | None:
        """A value of the query without the space around it, None where it is not given or empty."""
        value = " ".join(self.query.get(name, "")[:most].replace("\0", "").split())
        return value or None

    def number(self, name: str, otherwise: int, least: int = 0, most: int = 10_000) -> int:
        """A number of the query within bounds; what is no number is as if it were not given."""
        value = self.query.get(name, "")
        given = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else otherwise
        return min(max(given, least), most)

    def flag(self, name: str) -> bool:
        """Whether something is asked for: `?contested=1`."""
        return self.query.get(name, "") not in ("", "0")

    def link(self, **changed: object) -> str:
        """This page with parts of its query changed; None takes one out."""
        pairs = [(k, v) for k, v in self.query.multi_items() if k not in changed and k not in ("ui", "said")]
        pairs += [(k, str(v)) for k, v in changed.items() if v is not None]
        return self.here + (f"?{urlencode(pairs)}" if pairs else "")


@dataclass(frozen=True)
class Page:
    """What a page has to show: `record` is all of it, as it goes out as JSON; `shown` is what only HTML needs."""

    record: Any
    title: str = ""
    shown: Mapping[str, Any] = field(default_factory=dict)
    template: str | None = None
    status: int = 200


@dataclass(frozen=True)
class Leave:
    """Where to go on, with what was done: `said` is the key of a word of the interface, `record` it for a program.

    `entered`: the visitor gave the token of the desk.
    """

    to: str
    said: str | None = None
    record: Any = None
    entered: bool = False


def asked_by(request: Request) -> Asked:
    """What a request asks."""
    desk: Desk = request.app.state.desk
    return Asked(desk, request.path_params, request.query_params, visitor_of(request, desk), inside(request.url.path))

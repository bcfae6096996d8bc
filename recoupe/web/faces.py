"""Faces: a page is one function that gives a record; HTML and JSON are two faces of it.

    @page("/stories", "stories.html")
    def stories(asked: Asked) -> Page: ...

makes `/stories` and `/stories.json`. What changes something is an action; a browser sends its form, with the token
that the page gave it, and is led on to a page; a program sends JSON and gets a record:

    @action("/stories/{story}/name")
    def name(asked: Asked, sent: Sent) -> Leave | Page: ...

Both run in a thread and may block. They are found by being in a module of `recoupe.web.pages`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from recoupe.web import render
from recoupe.web.asking import Asked, Leave, Missing, Page, Wrong, asked_by
from recoupe.web.security import Refused, entered, inside
from recoupe.web.sending import Sent, received
from recoupe.web.shelf import Made

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["Action", "Asked", "Face", "File", "Leave", "Missing", "Page", "Sent", "Wrong", "action", "page", "serve"]


@dataclass(frozen=True)
class Face:
    """A page at its path, and as JSON beside it.

    `state` tells by one look into the store what the page would show, so that one that is on the shelf need not be
    made. `since`: it shows what is new since the last visit.
    """

    path: str
    template: str
    ask: Callable[[Asked], Page | Leave]
    state: Callable[[Asked], str | None] | None = None
    since: bool = False

    def routes(self) -> Sequence[Route]:
        """The page's, and that of its JSON, which comes first: `{name}` would take `x.json` for a name."""
        json = Route(beside(self.path), partial(self._answer, as_json=True), name=f"{self.ask.__name__}.json")
        return [json, Route(self.path, partial(self._answer, as_json=False), name=self.ask.__name__)]

    async def _answer(self, request: Request, as_json: bool) -> Response:
        asked = asked_by(request)
        key = (asked.here, str(asked.query), asked.ui.code, asked.visitor.since if self.since else None)
        known = request.headers.get("if-none-match", "")
        made = asked.desk.shelf.lately(key) if self._may_lie(asked) else None
        if made is not None:
            answer = render.answered(made, asked, known)
        elif self._may_lie(asked):
            answer = await asked.desk.work(self._shelved, asked, key, known, as_json)
        else:
            answer = await asked.desk.work(self._told, asked, known, as_json)
        if not as_json:
            asked.visitor.remember(answer)
        return answer

    def _may_lie(self, asked: Asked) -> bool:
        """Whether the page may come from the shelf; what was just done is told to one visitor alone."""
        return self.state is not None and "said" not in asked.query

    def _shelved(self, asked: Asked, key: Hashable, known: str, as_json: bool) -> Response:
        """The answer, from the shelf or made anew; of many who ask for one page at once, one makes it."""
        shelf = asked.desk.shelf
        with shelf.alone(key):
            if (made := shelf.lately(key)) is not None:
                return render.answered(made, asked, known)
            turn = shelf.turn
            state = self.state(asked) if self.state is not None else None
            if state is not None and (made := shelf.of(key, state)) is not None:
                return render.answered(made, asked, known)
            return self._told(asked, known, as_json, lambda made: shelf.put(key, made, turn), state)

    def _told(
        self,
        asked: Asked,
        known: str,
        as_json: bool,
        keep: Callable[[Made], None] | None = None,
        state: str | None = None,
    ) -> Response:
        """The answer, made anew."""
        page = self.ask(asked)
        if isinstance(page, Leave):
            return left(page, asked)
        body = render.as_json(page) if as_json else render.as_html(asked, page, page.template or self.template)
        made = render.made(body, "application/json" if as_json else "text/html", state)
        if keep is not None and page.status == 200:
            keep(made)
        return render.answered(made, asked, known, page.status)


@dataclass(frozen=True)
class File:
    """What is neither a page nor its JSON: a feed, a table; a browser takes it for nothing else than its `media`."""

    path: str
    media: str
    make: Callable[[Asked], str | bytes]

    def routes(self) -> Sequence[Route]:
        """The route, to be read only."""
        return [Route(self.path, self._get, name=self.make.__name__)]

    async def _get(self, request: Request) -> Response:
        asked = asked_by(request)
        return Response(await asked.desk.work(self.make, asked), media_type=self.media)


@dataclass(frozen=True)
class Action:
    """What changes something: only by POST, only from a form of ours or as JSON from a program."""

    path: str
    template: str
    do: Callable[[Asked, Sent], Leave | Page]

    def routes(self) -> Sequence[Route]:
        """The route, for POST alone."""
        return [Route(self.path, self._post, methods=["POST"], name=self.do.__name__)]

    async def _post(self, request: Request) -> Response:
        asked = asked_by(request)
        sent = await received(request)
        if not sent.is_json and not asked.visitor.gave(sent.get("token") or ""):
            raise Refused(403, asked.ui.word("stale_form"))

        def made() -> Response:
            done = self.do(asked, sent)
            asked.desk.shelf.doubt()
            if sent.is_json:
                shown = done if isinstance(done, Page) else Page(done.record)
                return render.answered(render.made(render.as_json(shown), "application/json"), asked, "", shown.status)
            if isinstance(done, Leave):
                return left(done, asked)
            html = render.as_html(asked, done, done.template or self.template)
            return render.answered(render.made(html, "text/html"), asked, "", done.status)

        try:
            answer = await asked.desk.work(made, writes=True)
        finally:
            await run_in_threadpool(sent.close)
        asked.visitor.remember(answer)
        return answer


def page(
    path: str, template: str, state: Callable[[Asked], str | None] | None = None, since: bool = False
) -> Callable[[Callable[[Asked], Page | Leave]], Face]:
    """Make a function a page at a path, shown by a template.

    `state` is what its content hangs on, besides its path, its query and the language; None: it is made every time.
    """
    return lambda ask: Face(path, template, ask, state, since)


def action(path: str, template: str = "done.html") -> Callable[[Callable[[Asked, Sent], Leave | Page]], Action]:
    """Make a function what is done when a form is sent to a path; `template` shows a Page that it gives."""
    return lambda do: Action(path, template, do)


def serve(path: str, media: str) -> Callable[[Callable[[Asked], str | bytes]], File]:
    """Make a function a file at a path, of a media type."""
    return lambda make: File(path, media, make)


def beside(path: str) -> str:
    """Where the JSON of a page stands."""
    return "/index.json" if path == "/" else f"{path}.json"


def left(leave: Leave, asked: Asked) -> Response:
    """Lead a browser on."""
    to = inside(leave.to)
    if leave.said:
        path, mark, part = to.partition("#")
        to = f"{path}{'&' if '?' in path else '?'}said={leave.said}{mark}{part}"
    answer = RedirectResponse(to, status_code=303)
    if leave.entered:
        answer.headers.append("set-cookie", entered(asked.desk.gate))
    return answer
